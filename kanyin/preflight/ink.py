# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Is it this character that is printed there, dark enough, with nothing over it?

Text that can be searched and copied proves no ink: a font may be blank, white paint may lie on top. So each character
of the notice is drawn a second time, from the house's font file by FreeType, and laid over the picture of the page.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import mul
from pathlib import Path
from typing import Any

from kanyin.findings import ToolError, finding
from kanyin.preflight.facts import Glyph
from kanyin.tools.fontpin import pinned_font

FACE = "kanyin-song.otf"
OVERSAMPLING = 16
"""The reference is drawn this many times larger and averaged, so that hinting plays no part."""
PLACES = ((0, 1), (-1, 1), (0, 0), (-1, 0), (1, 1), (1, 0))
"""PDFium sets small glyphs on whole pixels; these are the pixels tried around the origin, the usual ones first."""
MEASURED = round(7 / 72 * 150, 2)
"""Pixels; the size at which advances are taken: that of the notice, whose font is open anyway."""
ALIKE = 0.975
"""A likeness from which on no other place is tried."""

FULL = 0.9
"""Darkness from which on a stroke counts as full: thin ones at small sizes are smoothed to less than black."""
TOUCH = 0.25
"""What of an em two neighbours may share; characters that lie on one another are not excused by each other."""


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


@dataclass(frozen=True)
class Mark:
    """A character that should stand in a picture: its size and the place of its origin, in pixels."""

    char: str
    size: float
    x: float
    y: float


@dataclass(frozen=True)
class Found:
    """Where a character was found best: the upper left corner of its reference in the picture."""

    mark: Mark
    reference: Reference
    left: int
    top: int
    glyph: Glyph

    @property
    def box(self) -> tuple[int, int, int, int]:
        return self.left, self.top, self.left + self.reference.width, self.top + self.reference.height


class Ink:
    """Compares glyphs with a picture of the page. Keeps what it has drawn and judged: pages repeat each other."""

    def __init__(self, fonts: Path) -> None:
        """Raises ToolError VERIFY-FONT when the font in `fonts` is not, byte for byte, the pinned one."""
        data = pinned_font(fonts, FACE)
        if data is None:
            raise ToolError(finding("VERIFY-FONT", font=FACE, folder=fonts.name))
        self._data = data
        self._fonts: dict[float, Any] = {}
        self._references: dict[tuple[str, float], Reference | None] = {}
        self._judged: dict[tuple[str, float, int, bytes], Glyph] = {}
        self._advances: dict[str, float] = {}

    def look(self, marks: Sequence[Mark], picture: Any) -> list[Found | None]:
        """The best match of each character of a text in a gray PIL picture; spaces have no ink and give None.

        A glyph reaches into the box of the next one now and then (j, 摘 before 编). One that is not found at once is
        looked for again together with the others around it, each of which stands where it was found itself.
        """
        each = [self._alone(mark, picture) for mark in marks]
        found = [one for one in each if one is not None]
        better = {
            one.mark: replace(one, glyph=self._among(one, found[max(0, n - 2) : n + 3], picture))
            for n, one in enumerate(found)
            if _match(one.glyph) <= ALIKE
        }
        return [one and better.get(one.mark, one) for one in each]

    def advance(self, char: str, size: float) -> float:
        """How far the next character stands from this one, in pixels at `size` pixels."""
        if char not in self._advances:
            self._advances[char] = self._font(MEASURED).getlength(char) / (MEASURED * OVERSAMPLING)
        return self._advances[char] * size

    def _alone(self, mark: Mark, picture: Any) -> Found | None:
        reference = self._reference(mark.char, round(mark.size, 2))
        if reference is None:
            return None
        best: Found | None = None
        for dx, dy in PLACES:
            left, top = math.floor(mark.x) + dx + reference.left, math.floor(mark.y) + dy + reference.top
            glyph = self._judge(mark, reference, left, top, picture)
            if best is None or _match(glyph) > _match(best.glyph):
                best = Found(mark, reference, left, top, glyph)
            if _match(best.glyph) > ALIKE:
                break
        return best

    def _among(self, one: Found, others: Sequence[Found], picture: Any) -> Glyph:
        """The match of a character with the ink of its neighbours drawn into the reference."""
        mask = bytearray(one.reference.mask)
        for other in others:
            shared = min(one.box[2], other.box[2]) - max(one.left, other.left)
            if other is not one and shared <= max(2, one.mark.size * TOUCH):
                _draw_over(mask, one, other)
        if bytes(mask) == one.reference.mask:
            return one.glyph
        reference = _reference_of(one.reference, bytes(mask))
        left, top, right, bottom = one.box
        paper = picture.crop((left - 3, top - 3, right + 3, bottom + 3)).getextrema()[1]
        together = _compare(one.mark.char, reference, picture.crop(one.box).tobytes(), paper)
        return max(one.glyph, together, key=_match)

    def _judge(self, mark: Mark, reference: Reference, left: int, top: int, picture: Any) -> Glyph:
        right, bottom = left + reference.width, top + reference.height
        paper = picture.crop((left - 3, top - 3, right + 3, bottom + 3)).getextrema()[1]
        cell = picture.crop((left, top, right, bottom)).tobytes()
        key = (mark.char, round(mark.size, 2), paper, cell)
        if key not in self._judged:
            self._judged[key] = _compare(mark.char, reference, cell, paper)
        return self._judged[key]

    def _reference(self, char: str, size: float) -> Reference | None:
        key = (char, size)
        if key not in self._references:
            self._references[key] = self._draw(char, size)
        return self._references[key]

    def _font(self, size: float) -> Any:
        from PIL import ImageFont

        if size not in self._fonts:
            basic = ImageFont.Layout.BASIC
            self._fonts[size] = ImageFont.truetype(io.BytesIO(self._data), size * OVERSAMPLING, layout_engine=basic)
        return self._fonts[size]

    def _draw(self, char: str, size: float) -> Reference | None:
        from PIL import Image, ImageDraw

        font = self._font(size)
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


def _match(glyph: Glyph) -> float:
    """How well a place fits: a faint edge has the shape of a stroke too, so darkness counts as well."""
    return glyph.likeness * min(1.0, glyph.strength / FULL)


def _reference_of(reference: Reference, mask: bytes) -> Reference:
    return replace(reference, mask=mask, total=sum(mask), square=sum(map(mul, mask, mask)))


def _draw_over(mask: bytearray, one: Found, other: Found) -> None:
    """Add the ink of another glyph to the mask of this one, where both boxes meet."""
    left, top = max(one.left, other.left), max(one.top, other.top)
    right, bottom = min(one.box[2], other.box[2]), min(one.box[3], other.box[3])
    for y in range(top, bottom):
        for x in range(left, right):
            at = (y - one.top) * one.reference.width + x - one.left
            ink = other.reference.mask[(y - other.top) * other.reference.width + x - other.left]
            # Two edges in one pixel: each darkens what the other leaves light.
            mask[at] += ink * (255 - mask[at]) // 255


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
