# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Is it this character that is printed there, dark enough, with nothing over it?

Text that can be searched and copied proves no ink: a font may be blank, white paint may lie on top. So each character
of the notice is drawn a second time, from the house's font file by FreeType, and laid over the picture of the page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from operator import mul
from pathlib import Path
from typing import Any

from kanyin.findings import ToolError, finding
from kanyin.preflight.facts import Glyph

FACE = "kanyin-song.otf"
OVERSAMPLING = 8
"""The reference is drawn this many times larger and averaged, so that hinting plays no part."""
PLACES = ((0, 1), (-1, 1), (0, 0), (-1, 0), (1, 1), (1, 0))
"""PDFium sets small glyphs on whole pixels; these are the pixels tried around the origin, the usual ones first."""
ALIKE = 0.975
"""A likeness from which on no other place is tried."""


@dataclass(frozen=True)
class Reference:
    """Coverage of one glyph, a byte a pixel, with its upper left corner relative to the origin (y downwards)."""

    left: int
    top: int
    width: int
    height: int
    mask: bytes
    total: int
    square: int


class Ink:
    """Compares glyphs with a picture of the page. Keeps what it has drawn and judged: pages repeat each other."""

    def __init__(self, fonts: Path) -> None:
        """Raises ToolError VERIFY-FONT when the font is not in `fonts`."""
        self._path = fonts / FACE
        if not self._path.is_file():
            raise ToolError(finding("VERIFY-FONT", font=FACE, folder=fonts.name))
        self._fonts: dict[float, Any] = {}
        self._references: dict[tuple[str, float], Reference | None] = {}
        self._judged: dict[tuple[str, float, int, bytes], Glyph] = {}

    def look(self, char: str, size: float, x: float, y: float, picture: Any) -> Glyph | None:
        """The best match of `char` at `size` pixels with its origin near x, y of a gray PIL picture.

        None for a character without ink, such as a space.
        """
        size = round(size, 2)
        reference = self._reference(char, size)
        if reference is None:
            return None
        best: Glyph | None = None
        for dx, dy in PLACES:
            left = math.floor(x) + dx + reference.left
            top = math.floor(y) + dy + reference.top
            right, bottom = left + reference.width, top + reference.height
            paper = picture.crop((left - 3, top - 3, right + 3, bottom + 3)).getextrema()[1]
            cell = picture.crop((left, top, right, bottom)).tobytes()
            key = (char, size, paper, cell)
            if key not in self._judged:
                self._judged[key] = _compare(char, reference, cell, paper)
            found = self._judged[key]
            if best is None or found.likeness > best.likeness:
                best = found
            if best.likeness > ALIKE:
                break
        return best

    def _reference(self, char: str, size: float) -> Reference | None:
        key = (char, size)
        if key not in self._references:
            self._references[key] = self._draw(char, size)
        return self._references[key]

    def _draw(self, char: str, size: float) -> Reference | None:
        from PIL import Image, ImageDraw, ImageFont

        if size not in self._fonts:
            basic = ImageFont.Layout.BASIC
            self._fonts[size] = ImageFont.truetype(self._path, size * OVERSAMPLING, layout_engine=basic)
        font = self._fonts[size]
        em = math.ceil(size) + 2
        large = Image.new("L", (3 * em * OVERSAMPLING, 3 * em * OVERSAMPLING))
        ImageDraw.Draw(large).text((em * OVERSAMPLING, 2 * em * OVERSAMPLING), char, 255, font, anchor="ls")
        small = large.reduce(OVERSAMPLING)
        box = small.getbbox()
        if box is None:
            return None
        mask = small.crop(box).tobytes()
        left, top, right, bottom = box
        return Reference(
            left - em, top - 2 * em, right - left, bottom - top, mask, sum(mask), sum(map(mul, mask, mask))
        )


def _compare(char: str, reference: Reference, cell: bytes, paper: int) -> Glyph:
    """Correlate the darkness of the page (`paper` minus pixel) with the coverage of the glyph."""
    pixels = sum(cell)
    both = paper * reference.total - sum(map(mul, reference.mask, cell))
    dark = len(cell) * paper * paper - 2 * paper * pixels + sum(map(mul, cell, cell))
    likeness = max(0.0, both / math.sqrt(reference.square * dark)) if dark else 0.0
    strength = both / reference.square
    ink = min(max(paper - 255 * strength, 0), 255)
    contrast = (_luminance(paper) + 0.05) / (_luminance(ink) + 0.05)
    return Glyph(char, likeness, strength * 255 / paper if paper else 0.0, contrast)


def _luminance(gray: float) -> float:
    """Relative luminance of a gray of sRGB, 0 to 255 (WCAG 2.2)."""
    value = gray / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
