# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""HTML into pages, and pages into PDF: the only import of WeasyPrint.

Everything that WeasyPrint logs becomes a finding, because what an engine mutters is what a reader later sees missing.
Fonts come from one folder: Pango is given a fontconfig file that names nothing else.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from kanyin.config.job import Profile
from kanyin.config.layout import LayoutSpec
from kanyin.findings import Finding, KanyinError, RenderError, Where, finding
from kanyin.pdf.fetch import Gate, fetcher
from kanyin.pdf.folios import keeping, renumber
from kanyin.pdf.overflow import overflows
from kanyin.tools.crash import crash_report

# screen claims PDF/UA-1, archive PDF/A-3a (the stamp adds PDF/UA-1 to its metadata); print becomes PDF/X-4 in `press`,
# once the preflight has seen it
VARIANTS: dict[Profile, str | None] = {"screen": "pdf/ua-1", "archive": "pdf/a-3a", "print": None}

EXTENSION = "kanyin.composition"
"""The logger of what `extend` brings in: it speaks when its columns failed and the engine's were taken."""

TIME_LIMIT = 300.0
"""Seconds for laying out one article, and for writing one file."""

PRINT_SHEET = "@page {{ bleed: {bleed}mm }}"
"""The bleed alone: the engine would draw its marks inside it."""


@dataclass(frozen=True)
class Pages:
    """Pages laid out. `used` are the files that went into them, `source` is the one that findings name.

    `anchors` says on which page, and how far below its top edge (px), each id stands; `kept` is for `renumbered`.
    """

    document: Any
    count: int
    findings: tuple[Finding, ...]
    used: tuple[Path, ...] = ()
    source: str = ""
    kept: tuple[Any, Any] | None = None

    @property
    def anchors(self) -> dict[str, tuple[int, float]]:
        return {
            name: (number, place[1])
            for number, page in reversed(list(enumerate(self.document.pages, start=1)))
            for name, place in page.anchors.items()
        }

    @property
    def top(self) -> float:
        """How far below its top edge (px) the text of the last page begins."""
        return float(self.document.pages[-1]._page_box.content_box_y())


def paginate(
    html: str,
    *,
    layout: LayoutSpec,
    roots: Sequence[Path],
    fontconfig: Path,
    profile: Profile = "screen",
    extend: Callable[[], None] = lambda: None,
    source: str = "",
) -> Pages:
    """Lay out an HTML document. `roots` are the folders it may read, the first one being its base.

    `source` is the file that findings name. `extend` is called once the engine is there and before it is used. Raises
    RenderError when the engine fails.
    """
    weasyprint = engine(fontconfig)
    extend()
    gate = Gate([*roots, layout.root])
    fetch = fetcher(gate)
    with listening() as heard:
        try:
            with patience():
                fonts = _fonts(fontconfig)
                sheets = [
                    weasyprint.CSS(
                        filename=str(layout.root / name),
                        url_fetcher=fetch,
                        base_url=_base(layout.root),
                        font_config=fonts,
                    )
                    for name in layout.styles
                ]
                if profile == "print":
                    sheets.append(weasyprint.CSS(string=PRINT_SHEET.format(bleed=layout.press.bleed)))
                read = weasyprint.HTML(string=html, base_url=_base(roots[0]), url_fetcher=fetch)
                with keeping() as kept:
                    document = read.render(
                        font_config=fonts, stylesheets=sheets, pdf_variant=VARIANTS[profile], pdf_tags=True
                    )
        except KanyinError:
            raise
        except TimeUp:
            raise RenderError(*gate.findings, finding("RENDER-TIME", Where(source), limit=TIME_LIMIT)) from None
        except Exception as error:  # the engine raises whatever its inside raises; each is a failure to render
            raise RenderError(*gate.findings, _failed(error, source)) from error
    findings = (*gate.findings, *_unexplained(heard, gate, source))
    if wide := overflows(document, source):
        raise RenderError(*findings, *wide)
    return Pages(document, len(document.pages), findings, tuple(sorted(gate.used)), source, kept[0])


def renumbered(pages: Pages, shift: int) -> Pages | None:
    """The same pages with other numbers; None when they have to be laid out again. Raises RenderError."""
    assert pages.kept
    if not shift:
        return pages
    with listening() as heard:
        try:
            with patience():
                done = renumber(pages.document, pages.kept, shift)
        except TimeUp:
            raise RenderError(finding("RENDER-TIME", Where(pages.source), limit=TIME_LIMIT)) from None
        except Exception as error:  # as above
            raise RenderError(_failed(error, pages.source)) from error
    if not done:
        return None
    return replace(pages, findings=(*pages.findings, *(_said(record, pages.source) for record in heard)))


def write(pages: Pages, profile: Profile) -> tuple[bytes, list[Finding]]:
    """The PDF of laid-out pages, not yet stamped."""
    options = {"pdf_variant": VARIANTS[profile], "pdf_tags": profile != "print", **_colours(pages.document)}
    with listening() as heard:
        try:
            with patience():
                data: bytes = pages.document.write_pdf(**options)
        except TimeUp:
            raise RenderError(finding("RENDER-TIME", Where(pages.source), limit=TIME_LIMIT)) from None
        except Exception as error:  # as above
            raise RenderError(_failed(error, pages.source)) from error
    return data, [_said(record, pages.source) for record in heard]


def _colours(document: Any) -> dict[str, str]:
    """Put the colour profile of PDF/A into the document, and say so: the engine would leave its file open."""
    if document.output_intent != "srgb":
        return {}
    from importlib.resources import files

    from weasyprint.css import ColorProfile

    with (files("weasyprint.pdf") / "sRGB2014.icc").open("rb") as file:
        profile = ColorProfile(file, "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))
    document.color_profiles["srgb"] = profile
    return {"output_intent": "given"}


def engine(fontconfig: Path) -> Any:
    """WeasyPrint, seeing the fonts of one fontconfig file. The first call of a process decides."""
    os.environ["FONTCONFIG_FILE"] = str(fontconfig)
    os.environ.pop("FONTCONFIG_PATH", None)
    import weasyprint

    return weasyprint


@cache
def _fonts(fontconfig: Path) -> Any:
    """One font configuration for all documents of a process: faces are found, and text is shaped, only once."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


class TimeUp(BaseException):
    """Not an Exception: the engine catches those in places and would go on."""


@contextmanager
def patience() -> Iterator[None]:
    """Stop work that takes longer than `TIME_LIMIT`: a small file can ask for hours (a drawing that uses itself)."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals reach the main thread alone; jobs run there, in each process
        return

    rung = False

    def ring(number: int, frame: object) -> None:
        nonlocal rung
        rung = True
        raise TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    # and again each second: an interruption in a place that nothing can leave, such as a destructor, is lost
    signal.setitimer(signal.ITIMER_REAL, TIME_LIMIT, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    if rung:
        raise TimeUp  # the engine had caught it, in a drawing, and gone on without that drawing


@contextmanager
def listening() -> Iterator[list[logging.LogRecord]]:
    """Collect what WeasyPrint, its font tools and what extends it log, and keep it from the terminal."""
    heard: list[logging.LogRecord] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record)

    ear = Ear(logging.WARNING)
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools", EXTENSION)]
    states = [(log, log.propagate, log.level) for log in loggers]
    for log in loggers:
        log.addHandler(ear)
        log.propagate = False
        log.setLevel(logging.WARNING)
    try:
        yield heard
    finally:
        for log, propagate, level in states:
            log.removeHandler(ear)
            log.propagate = propagate
            log.setLevel(level)


def _unexplained(heard: Sequence[logging.LogRecord], gate: Gate, source: str) -> Iterator[Finding]:
    """What the engine logged, without the lines that only repeat a refusal of the gate."""
    for record in heard:
        if gate.findings and "Failed to load" in record.getMessage():
            continue
        yield _said(record, source)


def _said(record: logging.LogRecord, source: str) -> Finding:
    if record.name == EXTENSION:
        report = crash_report(record.exc_info[1]) if record.exc_info and record.exc_info[1] else ""
        return finding("RENDER-COLUMNS", Where(source), problem=record.getMessage(), report=report)
    code = "RENDER-ENGINE-ERROR" if record.levelno >= logging.ERROR else "RENDER-ENGINE-WARNING"
    return finding(code, Where(source), said=record.getMessage())


def _failed(error: Exception, source: str) -> Finding:
    problem = f"{type(error).__name__}: {error}"
    return finding("RENDER-FAILED", Where(source), problem=problem, report=crash_report(error))


def _base(folder: Path) -> str:
    return folder.resolve().as_uri() + "/"
