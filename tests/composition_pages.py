# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Small documents set by the real engine with composition on: their lines, their PDF, the time they take."""

from __future__ import annotations

import gc
import html as markup
import io
import logging
import time
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bench.composition.glyphs import read

HOME = Path(__file__).resolve().parents[1]

SHEET = """
@page { size: 210mm 297mm; margin: 20mm }
html { font: 10pt/16pt "Kanyin Song", "Kanyin Rare", "Kanyin Rare B", "Kanyin Symbols"; text-align: justify;
  text-justify: inter-character; text-autospace: normal; text-spacing-trim: trim-both; line-break: strict }
body, p, td, li, div { margin: 0; padding: 0 }
sup, sub { font-size: .65em; line-height: 0; vertical-align: .35em }
sub { vertical-align: -.2em }
"""


@dataclass(frozen=True)
class Piece:
    """A text box as laid out: `x`, `width` and `y` (baseline) in px."""

    text: str
    x: float
    width: float
    y: float
    size: float


@dataclass(frozen=True)
class Row:
    """A line box: its text, left edge, width, the width of the box it stands in, and its place on the pages."""

    text: str
    x: float
    width: float
    room: float
    page: int
    y: float
    pieces: tuple[Piece, ...]

    @property
    def over(self) -> float:
        """By how much it is wider than its room, px."""
        return self.width - self.room


@cache
def engine() -> Any:
    """WeasyPrint with composition on, seeing our faces alone."""
    from kanyin.composition import seam
    from kanyin.pdf.paginate import engine as load
    from kanyin.tools.fonts import fontconfig

    weasyprint = load(fontconfig(HOME / "fonts"))
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    seam.install()
    return weasyprint


def lay_out(body: str, css: str = "", *, lang: str = "zh-CN") -> Any:
    """A document of HTML `body`."""
    head = f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><style>{SHEET}{css}</style>'
    return engine().HTML(string=f"{head}<body>{body}</body></html>").render()


def paragraph(text: str, measure: str = "84mm", css: str = "") -> Any:
    """One paragraph of plain text in a measure."""
    return lay_out(f"<p>{markup.escape(text)}</p>", f"p {{ width: {measure} }} {css}")


def rows(document: Any) -> list[Row]:
    """Every line box of a document, in order."""
    from weasyprint.formatting_structure import boxes

    found: list[Row] = []

    def walk(box: Any, page: int, room: float) -> None:
        if isinstance(box, boxes.LineBox):
            pieces = tuple(
                Piece(b.text, b.position_x, b.width, b.position_y + (b.baseline or 0), b.style["font_size"])
                for b in box.descendants()
                if isinstance(b, boxes.TextBox)
            )
            text = "".join(p.text for p in pieces)
            found.append(Row(text, box.position_x, box.width, room, page, box.position_y, pieces))
            for child in box.descendants():
                if isinstance(child, boxes.InlineBlockBox):
                    walk(child, page, room)
            return
        for child in getattr(box, "children", ()):
            inner = getattr(box, "width", room)
            walk(child, page, inner if isinstance(inner, (int, float)) else room)

    for number, page in enumerate(document.pages):
        walk(page._page_box, number, 0.0)
    return found


def lines(document: Any) -> list[str]:
    return [row.text for row in rows(document)]


def pdf(document: Any) -> bytes:
    data: bytes = document.write_pdf()
    return data


def text_layer(data: bytes) -> str:
    """The characters of the text layer in drawing order, NFC, without white space."""
    glyphs, _, _ = read(io.BytesIO(data))
    return bare("".join(glyph.text for glyph in glyphs))


def bare(text: str) -> str:
    """NFC without white space and invisible characters: what a text layer must keep."""
    return "".join(
        c for c in unicodedata.normalize("NFC", text) if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc")
    )


def seconds(body: str, css: str = "") -> float:
    """CPU time of laying a document out, the better of two runs after one that loads fonts.

    Without the collector of garbage, which looks at everything that other tests have left behind.
    """
    lay_out(body[:2000], css)
    spent: list[float] = []
    for _ in range(2):
        gc.collect()
        gc.disable()
        try:
            begin = time.process_time()
            lay_out(body, css)
            spent.append(time.process_time() - begin)
        finally:
            gc.enable()
    return min(spent)
