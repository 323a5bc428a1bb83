# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""See a PDF as a viewer shows it: the text of a page, where each character stands, and the picture at 150 dpi.

The only module that reads with PDFium. The picture includes annotations and what layers show by default.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any

from kanyin.findings import SourceError, Where, finding
from kanyin.preflight.facts import Box, Glyph, Printed
from kanyin.preflight.ink import Ink, Mark

DPI = 150
LARGEST = 24.0
"""Points; the picture of anything larger is not compared: a notice is small print."""
_FINE = 1024
"""PDFium gives device places as whole numbers; asking for a page this much larger keeps the fractions."""


class Document:
    """An open PDF. Raises SourceError VERIFY-UNREADABLE or VERIFY-ENCRYPTED."""

    def __init__(self, data: bytes, name: str) -> None:
        import pypdfium2  # type: ignore[import-untyped]

        try:
            self._pdf: Any = pypdfium2.PdfDocument(data)
            self.count = len(self._pdf)
        except pypdfium2.PdfiumError as error:
            code = "VERIFY-ENCRYPTED" if "assword" in str(error) else "VERIFY-UNREADABLE"
            raise SourceError(finding(code, Where(name), reason=error)) from error
        if not self.count:
            raise SourceError(finding("VERIFY-UNREADABLE", Where(name), reason="no pages"))

    def page(self, number: int, unit: float) -> Page:
        """Page `number` from 1; `unit` is its UserUnit."""
        import pypdfium2

        try:
            return Page(self._pdf[number - 1], unit)
        except pypdfium2.PdfiumError as error:
            raise SourceError(finding("VERIFY-UNREADABLE", Where(page=number), reason=error)) from error


class Page:
    """One page. `lines` is its text with line ends, `text` the same without them and without what PDFium adds."""

    def __init__(self, page: Any, unit: float) -> None:
        import pypdfium2.raw as raw  # type: ignore[import-untyped]

        self._raw, self._page = raw, page
        self._text = page.get_textpage()
        points = page.get_width(), page.get_height()
        # Whether PDFium counts in UserUnits is left to it: the size on paper comes from the boxes of its own page.
        left, bottom, right, top = page.get_bbox()
        across = (top - bottom if page.get_rotation() % 180 else right - left) * unit
        self._dots = DPI / 72 * across / points[0] if points[0] else 0.0
        self.width = max(1, math.ceil(points[0] * self._dots))
        self.height = max(1, math.ceil(points[1] * self._dots))
        self._affine = self._device()
        chars = self._chars()
        self.lines = "".join(char for _, char in chars).replace("\r\n", "\n")
        kept = [(i, char) for i, char in chars if char > " " or not self._added(i)]
        self._index = [i for i, _ in kept]
        self.text = "".join(char for _, char in kept)

    def _chars(self) -> list[tuple[int, str]]:
        """PDFium's places and what stands there; a character above U+FFFF has two places, the first one counts."""
        count = self._raw.FPDFText_CountChars(self._text)
        codes = [self._raw.FPDFText_GetUnicode(self._text, i) for i in range(count)]
        found: list[tuple[int, str]] = []
        for i, code in enumerate(codes):
            before = codes[i - 1] if i else 0
            if 0xDC00 <= code < 0xE000 and 0xD800 <= before < 0xDC00:
                found[-1] = i - 1, chr(0x10000 + (before - 0xD800) * 0x400 + code - 0xDC00)
            else:
                found.append((i, chr(code)))
        return found

    def _added(self, index: int) -> bool:
        """Only what PDFium says it made itself: a glyph may be mapped to a line end and still print."""
        return bool(self._raw.FPDFText_IsGenerated(self._text, index) == 1)

    def _device(self) -> tuple[float, float, float, float, float, float]:
        """The matrix from user space to pixels, y downwards."""

        def at(x: float, y: float) -> tuple[float, float]:
            dx, dy = ctypes.c_int(), ctypes.c_int()
            size = self.width * _FINE, self.height * _FINE
            self._raw.FPDF_PageToDevice(self._page, 0, 0, *size, 0, x, y, dx, dy)
            return dx.value / _FINE, dy.value / _FINE

        span = 500.0
        e, f = at(0, 0)
        a, b = at(span, 0)
        c, d = at(0, span)
        return (a - e) / span, (b - f) / span, (c - e) / span, (d - f) / span, e, f

    def to_pixels(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self._affine
        return a * x + c * y + e, b * x + d * y + f

    def to_points(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self._affine
        det = a * d - b * c
        return (d * (x - e) - c * (y - f)) / det, (a * (y - f) - b * (x - e)) / det

    def picture(self, left: int, top: int, right: int, bottom: int) -> Any:
        """A part of the page as a gray PIL picture; white where it reaches over the edge.

        A gray bitmap, because PDFium then smooths text plainly; on a coloured one it spreads it for the stripes of a
        liquid crystal, which no reference can be compared with.
        """
        import pypdfium2

        width, height = right - left, bottom - top
        bitmap = pypdfium2.PdfBitmap.new_native(width, height, self._raw.FPDFBitmap_Gray)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        self._raw.FPDF_RenderPageBitmap(
            bitmap, self._page, -left, -top, self.width, self.height, 0, self._raw.FPDF_ANNOT
        )
        return bitmap.to_pil()

    def find(self, wanted: str, ink: Ink, trim: Box) -> tuple[Printed, ...]:
        """Every place where `wanted` stands, exactly and without interruption."""
        found = []
        start = self.text.find(wanted)
        while start >= 0:
            found.append(self._printed(wanted, self._index[start : start + len(wanted)], ink, trim))
            start = self.text.find(wanted, start + 1)
        return tuple(found)

    def _printed(self, wanted: str, places: list[int], ink: Ink, trim: Box) -> Printed:
        marks = [self._mark(i) for i in places]
        sizes = [size for _, _, size, _ in marks]
        pixels = max(sizes) * DPI / 72
        left = math.floor(min(x for x, *_ in marks)) - 4
        right = math.ceil(max(x for x, *_ in marks) + pixels) + 4
        top = math.floor(min(y for _, y, *_ in marks) - pixels) - 4
        bottom = math.ceil(max(y for _, y, *_ in marks) + pixels / 4) + 4
        glyphs: list[Glyph] = []
        turned = any(not upright for *_, upright in marks)
        if not turned and 0 < max(sizes) <= LARGEST and self._meets(left, top, right, bottom):
            set_ = [Mark(c, m[2] * DPI / 72, m[0] - left, m[1] - top) for c, m in zip(wanted, marks, strict=True)]
            glyphs = ink.look(set_, self.picture(left, top, right, bottom))
        a, b = self.to_points(left + 4, bottom - 4), self.to_points(right - 4, top + 4)
        box = min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])
        outside = any(not self._inside(x, y, size * DPI / 72, trim) for x, y, size, _ in marks)
        return Printed(wanted, min(sizes), max(sizes), turned, outside, box, tuple(glyphs))

    def _mark(self, index: int) -> tuple[float, float, float, bool]:
        """Origin in pixels, size in points on paper, and whether it stands upright and unstretched."""
        raw = self._raw
        x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
        raw.FPDFText_GetCharOrigin(self._text, index, x, y)
        raw.FPDFText_GetMatrix(self._text, index, matrix)
        size = raw.FPDFText_GetFontSize(self._text, index) * 72 / DPI
        a, b, c, d, _, _ = self._affine
        right = a * matrix.a + c * matrix.b, b * matrix.a + d * matrix.b
        up = a * matrix.c + c * matrix.d, b * matrix.c + d * matrix.d
        height = -up[1] * size
        upright = height > 0 and all(abs(v * size) < height * 0.02 for v in (up[0], right[1], right[0] + up[1]))
        px, py = self.to_pixels(x.value, y.value)
        return px, py, height, upright

    def _meets(self, left: int, top: int, right: int, bottom: int) -> bool:
        """Whether a rectangle can be pictured: it touches the page, and is no larger than a page may be."""
        touches = right > 0 and bottom > 0 and left < self.width and top < self.height
        return touches and (right - left) * (bottom - top) < 40_000_000

    def visible(self, trim: Box) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in pixels of what is seen of the page and remains when it is cut."""
        corners = [self.to_pixels(trim[0], trim[1]), self.to_pixels(trim[2], trim[3])]
        left, right = min(c[0] for c in corners), max(c[0] for c in corners)
        top, bottom = min(c[1] for c in corners), max(c[1] for c in corners)
        return max(0.0, left), max(0.0, top), min(self.width, right), min(self.height, bottom)

    def _inside(self, x: float, y: float, size: float, trim: Box) -> bool:
        """Whether the body of a glyph (its height, and half an em of its width) lies on the visible page."""
        left, top, right, bottom = self.visible(trim)
        return left <= x and x + size / 2 <= right and top <= y - size * 0.88 and y + size * 0.12 <= bottom
