# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What stands on the pages of a PDF: every glyph with its box, every ruled line, every font.

Only the finished file is read, so that the same eye looks at every system's work.
"""

from __future__ import annotations

import logging
import re
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from math import hypot
from pathlib import Path
from typing import Any, BinaryIO


@dataclass(frozen=True)
class Glyph:
    """One glyph. `x` is its origin, `right` origin plus advance, `y` its baseline; pt from the page's lower left.

    `text` may hold several characters (a ligature). `notdef` is true when the font had no glyph for the character.
    """

    page: int
    text: str
    x: float
    right: float
    y: float
    size: float
    font: str
    notdef: bool


@dataclass(frozen=True)
class Rule:
    """A ruled line, `weight` thick, pt."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    weight: float

    @property
    def horizontal(self) -> bool:
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(frozen=True)
class Fonts:
    """Names of the fonts used, and of those not embedded or embedded whole."""

    names: tuple[str, ...]
    not_embedded: tuple[str, ...]
    not_subset: tuple[str, ...]


def read(pdf: Path | BinaryIO) -> tuple[list[Glyph], list[Rule], int]:
    """Glyphs in the order of the content streams, rules, and the number of pages."""
    from pdfminer.cmapdb import IdentityCMap
    from pdfminer.converter import PDFLayoutAnalyzer
    from pdfminer.layout import LTCurve, LTFigure, LTLine, LTRect
    from pdfminer.pdffont import PDFUnicodeNotDefined
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdftypes import PDFStream, resolve1

    glyphs: list[Glyph] = []
    rules: list[Rule] = []
    pages = 0

    class Device(PDFLayoutAnalyzer):
        def render_char(self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int,
                        *rest: Any) -> float:  # fmt: skip
            try:
                text = font.to_unichr(cid)
            except PDFUnicodeNotDefined:
                text = "\ufffd"
            advance = float(font.char_width(cid) * fontsize * scaling)
            a, _, c, d, e, f = matrix
            x, y = e + c * rise, f + d * rise
            missing = font.is_multibyte() and cid == 0
            size = hypot(c, d) * fontsize
            glyphs.append(Glyph(pages, text, x, x + a * advance, y, size, font.fontname, missing))
            return advance

        def receive_layout(self, page: Any) -> None:
            self.collect(page)

        def collect(self, holder: Any) -> None:
            for item in holder:
                if isinstance(item, LTFigure):
                    self.collect(item)
                elif isinstance(item, (LTLine, LTRect, LTCurve)) and (rule := _rule(pages, item)) is not None:
                    rules.append(rule)

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # Type 3 fonts without a box, once a glyph

    class Resources(PDFResourceManager):
        def get_font(self, objid: object, spec: Any) -> Any:
            font: Any = super().get_font(objid, spec)
            if font.is_multibyte() and isinstance(resolve1(spec.get("Encoding")), PDFStream):
                font.cmap = IdentityCMap(WMode=0)  # a CMap of the file's own is not read: the codes are the glyphs
            return font

    manager = Resources(caching=True)
    device = Device(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    with pdf.open("rb") if isinstance(pdf, Path) else nullcontext(pdf) as stream:
        for page in PDFPage.get_pages(stream):
            interpreter.process_page(page)
            pages += 1
    return glyphs, rules, pages


def _rule(page: int, item: Any) -> Rule | None:
    """A stroke, or a filled box so thin that it is one."""
    width, height = item.x1 - item.x0, item.y1 - item.y0
    if min(width, height) > 3 or max(width, height) < 12:
        return None
    weight = max(min(width, height), item.linewidth or 0.0) if item.stroke else min(width, height)
    return Rule(page, item.x0, item.y0, item.x1, item.y1, round(weight, 3))


def fonts(pdf: Path) -> Fonts:
    """Fonts of all pages, read from their resources."""
    import pikepdf

    names: set[str] = set()
    bare: set[str] = set()
    whole: set[str] = set()
    with pikepdf.open(pdf) as document:
        for item in document.objects:
            if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != "/Font":
                continue
            kind = item.get("/Subtype")
            if kind == "/Type0" or kind == "/Type3":
                continue
            name = str(item.get("/BaseFont", "?")).lstrip("/")
            names.add(name)
            descriptor = item.get("/FontDescriptor")
            if descriptor is None or not any(k in descriptor for k in ("/FontFile", "/FontFile2", "/FontFile3")):
                bare.add(name)
            if not (len(name) > 7 and name[6] == "+"):
                whole.add(name)
    return Fonts(tuple(sorted(names)), tuple(sorted(bare)), tuple(sorted(whole)))


def inserted_spaces(texts: Sequence[str], source: str) -> int:
    """Spaces between two Han in extracted texts (per text, the most) that the source does not have."""
    between = re.compile(r"(?<=[\u4e00-\u9fff，。、；：])[ \u3000]+(?=[\u4e00-\u9fff])")
    own = len(between.findall(source))
    return max((max(0, len(between.findall(text)) - own) for text in texts), default=0)


def poppler(pdf: Path) -> list[str]:
    """The text as poppler gives it, where it is installed."""
    program = shutil.which("pdftotext")
    if program is None:
        return []
    done = subprocess.run([program, "-enc", "UTF-8", str(pdf), "-"], capture_output=True, check=True)
    return [done.stdout.decode()]
