# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""See a PDF as a viewer shows it: the text of a page, where each character stands, and the picture at 150 dpi.

The only module that reads with PDFium. The picture includes annotations and what layers show by default.
"""

from __future__ import annotations

import ctypes
import hashlib
import math
from collections.abc import Container, Iterator, Sequence
from typing import Any

from kanyin.findings import SourceError, Where, finding
from kanyin.preflight.facts import Box, Glyph, Printed
from kanyin.preflight.ink import Found, Ink, Mark
from kanyin.preflight.reach import reaching
from kanyin.preflight.setting import follows

DPI = 150
PAPER = 250
"""The darkest gray (0 to 255) that still counts as unprinted paper."""
CLEAR = 2 / 25.4 * DPI
"""Pixels above the notice that are free as well."""
LARGEST = 24.0
"""Points; the picture of anything larger is not compared: a notice is small print."""
VISIBLE = 60
"""Steps of gray between a character and what surrounds it; with less nobody reads it."""
LEAST = 2.0
"""Points; a smaller character is read by nobody."""
FAINT, LIGHT = 24, 200
"""Steps of gray at a pixel a point, where thin strokes are pale; and from where on a fill is light, seen on dark."""
LARGEST_SKETCH = 40_000_000
"""Pixels; a page that is larger is no page."""
_FINE = 1024
"""PDFium gives device places as whole numbers; asking for a page this much larger keeps the fractions."""


class Document:
    """An open PDF. Raises SourceError VERIFY-UNREADABLE or VERIFY-ENCRYPTED."""

    def __init__(self, data: bytes, name: str, *, forms: bool = False) -> None:
        """`forms`: fields are drawn too, as a viewer does that lets them be filled in."""
        import pypdfium2  # type: ignore[import-untyped]

        try:
            self._pdf: Any = pypdfium2.PdfDocument(data)
            if forms:
                self._pdf.init_forms()
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

    def boxes(self, number: int) -> tuple[Box, Box]:
        """What a viewer shows of a page, and its TrimBox or what stands for it, in points."""
        page = self._pdf[number - 1]
        return tuple(page.get_bbox()), tuple(page.get_trimbox())

    def images(self, number: int) -> Iterator[tuple[int, int, int]]:
        """Width and height in pixels of each image of a page, and its pixels per inch on paper."""
        from pypdfium2 import raw

        for held in self._pdf[number - 1].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
            meta = held.get_metadata()
            yield meta.width, meta.height, round(min(meta.horizontal_dpi, meta.vertical_dpi))

    def picture(self, number: int, dpi: int) -> Any:
        """A page as a PIL picture in colour. Raises SourceError VERIFY-UNREADABLE."""
        import pypdfium2

        try:
            return self._pdf[number - 1].render(scale=dpi / 72).to_pil()
        except pypdfium2.PdfiumError as error:
            raise SourceError(finding("VERIFY-UNREADABLE", Where(page=number), reason=error)) from error

    def sketch(self, number: int, box: Box | None = None) -> tuple[Any, Box]:
        """A page as a gray PIL picture, a pixel a point, and the box of it that was drawn: `box`, else what is left of
        the page when it is trimmed. Raises SourceError VERIFY-UNREADABLE."""
        import pypdfium2
        from pypdfium2 import raw

        try:
            page = self._pdf[number - 1]
            if box is None:
                a, b = page.get_bbox(), page.get_trimbox()
                box = max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])
            page.set_mediabox(*box)
            page.set_cropbox(*box)
            width, height = (max(1, math.ceil(side)) for side in page.get_size())
            if width * height > LARGEST_SKETCH:
                raise SourceError(finding("VERIFY-BOX", Where(page=number), box="/MediaBox"))
            bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_Gray)
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
            raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
            if self._pdf.formenv:
                raw.FPDF_FFLDraw(self._pdf.formenv, bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
            return bitmap.to_pil(), box
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
        self._glyphs: dict[int, Glyph | None] = {}

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

    def agrees(self, box: Box, rotation: int) -> bool:
        """Whether the page is seen here as the objects of the file have it."""
        mine = self._page.get_bbox()
        same = all(abs(a - b) < 0.5 for a, b in zip(mine, box, strict=True))
        return same and self._page.get_rotation() % 360 == rotation

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

    def fingerprint(self) -> str:
        """Size and SHA-256 of the whole picture: equal for equal pages drawn by the same PDFium."""
        picture = self.picture(0, 0, self.width, self.height)
        return f"{self.width}x{self.height}:{hashlib.sha256(picture.tobytes()).hexdigest()}"

    def find(self, wanted: str, ink: Ink, trim: Box, ends: Container[int] = (), first: int = 0) -> tuple[Printed, ...]:
        """Every place from the character `first` on where `wanted` stands, exactly and without interruption.

        `ends` are the positions of characters after which a line may end before it is full.
        """
        found = []
        start = self.text.find(wanted, first)
        while start >= 0:
            found.append(self._printed(wanted, start, ink, trim, ends))
            start = self.text.find(wanted, start + 1)
        return tuple(found)

    def _printed(self, wanted: str, start: int, ink: Ink, trim: Box, ends: Container[int]) -> Printed:
        places = self._index[start : start + len(wanted)]
        marks = [self._mark(i) for i in places]
        sizes = [size for _, _, size, _ in marks]
        edges = self._around(marks)
        glyphs: list[Glyph] = []
        turned = any(not upright for *_, upright in marks)
        if not turned and 0 < max(sizes) <= LARGEST and self._meets(*edges):
            if not self._glyphs.keys() >= set(places):
                self._look(wanted, places, marks, ink, edges)
            glyphs = [glyph for i in places if (glyph := self._glyphs[i])]
        left, _, right, _ = self.visible(trim)
        set_ = [Mark(c, m[2] * DPI / 72, m[0], m[1]) for c, m in zip(wanted, marks, strict=True)]
        even = min(sizes) > 0 and follows(set_, [ink.advance(m.char, m.size) for m in set_], ends, (left, right))
        a, b = self.to_points(edges[0], edges[3]), self.to_points(edges[2], edges[1])
        box = min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])
        outside = any(not self._inside(x, y, size * DPI / 72, trim) for x, y, size, _ in marks)
        return Printed(wanted, min(sizes), max(sizes), turned, outside, even, box, tuple(glyphs))

    def _around(self, marks: Sequence[tuple[float, float, float, bool]]) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of a rectangle around all these characters, in pixels."""
        pixels = max(size for _, _, size, _ in marks) * DPI / 72
        return (
            math.floor(min(x for x, *_ in marks)),
            math.floor(min(y for _, y, *_ in marks) - pixels),
            math.ceil(max(x for x, *_ in marks) + pixels),
            math.ceil(max(y for _, y, *_ in marks) + pixels / 4),
        )

    def _look(self, text: str, places: list[int], marks: Any, ink: Ink, edges: tuple[int, int, int, int]) -> Any:
        """Compare these characters with the page and keep what was found; the picture with their ink taken out."""
        left, top = edges[0] - 4, edges[1] - 4
        picture = self.picture(left, top, edges[2] + 4, edges[3] + 4)
        set_ = [Mark(c, m[2] * DPI / 72, m[0] - left, m[1] - top) for c, m in zip(text, marks, strict=True)]
        found = ink.look(set_, picture)
        for i, one in zip(places, found, strict=True):
            self._glyphs[i] = one.glyph if one else None
            if one is not None:
                _take_out(one, picture)
        return picture

    def foot(self, start: int, ink: Ink, trim: Box) -> bool:
        """Whether the text from `start` to the end is all that shows from its top to the foot of the page.

        Looks at all these characters at once; `find` looks at none of them again.
        """
        places = self._index[start:]
        marks = [self._mark(i) for i in places]
        sizes = [size for _, _, size, _ in marks]
        left, top, right, bottom = self.strip(start, trim)
        edges = left + 4, top + 4, right - 4, bottom - 4
        if not (min(sizes) > 0 and max(sizes) <= LARGEST and all(m[3] for m in marks) and self._meets(*edges)):
            return False
        return bool(self._look(self.text[start:], places, marks, ink, edges).getextrema()[0] >= PAPER)

    def seen(self, first: int, end: int) -> tuple[Glyph, ...]:
        """What `foot` saw of the characters from `first` up to `end`."""
        return tuple(glyph for i in self._index[first:end] if (glyph := self._glyphs.get(i)))

    def strip(self, start: int, trim: Box) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of what is the notice's, in pixels: from `CLEAR` above it to the foot."""
        left, top, right, bottom = self.visible(trim)
        highest = min((y - size * 0.88 * DPI / 72 for _, y, size, _ in map(self._mark, self._index[start:])), default=0)
        return round(left), round(max(top, highest - CLEAR)), round(right), round(bottom)

    def apart(self, box: Box, edges: tuple[int, int, int, int]) -> bool:
        """Whether a box of user space and a rectangle of pixels have no pixel in common, but for rounding."""
        (x0, y0), (x1, y1) = self.to_pixels(box[0], box[1]), self.to_pixels(box[2], box[3])
        left, top, right, bottom = edges
        across = min(x0, x1) < right - 1 and left + 1 < max(x0, x1)
        return not (across and min(y0, y1) < bottom - 1 and top + 1 < max(y0, y1))

    def objects(self, edges: tuple[int, int, int, int], whites: Sequence[Box], own: int = 0) -> Iterator[str]:
        """What reaches into a rectangle of pixels, seen or not: paths, text, images, shadings.

        The last `own` texts are the stamp's; each of `whites` accounts for one white path. Not everything that reaches
        there shows here: viewers differ in what they can draw, and in how thin a shape may be that they draw.
        """
        yield from reaching(self._page, self.to_pixels, edges, whites, own)

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
        touches = right > max(0, left) and bottom > max(0, top) and left < self.width and top < self.height
        return touches and (right - left) * (bottom - top) < 40_000_000

    def characters(self) -> list[tuple[str, float, bool]]:
        """Every character in order: itself, its size in points on paper, and whether there is ink where it stands."""
        picture = self.picture(0, 0, self.width, self.height)
        found = []
        for i, char in zip(self._index, self.text, strict=True):
            box = [ctypes.c_double() for _ in range(4)]
            self._raw.FPDFText_GetCharBox(self._text, i, *box)
            left, right, bottom, top = (value.value for value in box)
            a, b = self.to_pixels(left, bottom), self.to_pixels(right, top)
            x0, x1 = max(0, math.floor(min(a[0], b[0]))), min(self.width, math.ceil(max(a[0], b[0])))
            y0, y1 = max(0, math.floor(min(a[1], b[1]))), min(self.height, math.ceil(max(a[1], b[1])))
            ink = False
            if x0 < x1 and y0 < y1:
                darkest, lightest = picture.crop((x0, y0, x1, y1)).getextrema()
                ink = lightest - darkest >= VISIBLE
            found.append((char, self._mark(i)[2], ink))
        return found

    def places(self) -> Iterator[tuple[str, float, float, float, float]]:
        """Every character that has a shape, with the left, bottom, right and top of its loose box in points."""
        box = self._raw.FS_RECTF()
        for i, char in zip(self._index, self.text, strict=True):
            if char > " " and self._raw.FPDFText_GetLooseCharBox(self._text, i, box):
                yield char, box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top)

    def shown(self) -> Iterator[tuple[str, float, float, float, float]]:
        """Those of `places` that a reader sees, in the order in which they are drawn: LEAST points high, and darker or
        lighter than what surrounds them. Seen is what the finished page shows, so what is covered is not."""
        raw, picture = self._raw, self._page.render(scale=1, grayscale=True).to_pil()
        left, _, _, top = self._page.get_bbox()
        tone = [ctypes.c_uint() for _ in range(4)]
        edges = [ctypes.c_double() for _ in range(4)]
        box = raw.FS_RECTF()
        for i, char in zip(self._index, self.text, strict=True):
            if char <= " " or not raw.FPDFText_GetLooseCharBox(self._text, i, box):
                continue
            low, high = min(box.bottom, box.top), max(box.bottom, box.top)
            raw.FPDFText_GetCharBox(self._text, i, *edges)
            x0, x1, y0, y1 = (edge.value for edge in edges)
            around = (
                max(0, math.floor(x0 - left)),
                max(0, math.floor(top - y1)),
                min(picture.width, math.ceil(x1 - left)),
                min(picture.height, math.ceil(top - y0)),
            )
            if high - low < LEAST or around[0] >= around[2] or around[1] >= around[3]:
                continue
            part = picture.crop(around)
            darkest, lightest = part.getextrema()
            said = raw.FPDFText_GetFillColor(self._text, i, *tone)
            light = said and min(value.value for value in tone[:3]) >= LIGHT
            clear = said and tone[3].value < FAINT
            dark = not light or sum(part.tobytes()) < LIGHT * part.width * part.height
            if lightest - darkest >= FAINT and dark and not clear:
                yield char, box.left, low, box.right, high

    def unmapped(self) -> float:
        """The share of the characters of which the file does not say what they mean."""
        count = sum(self._raw.FPDFText_HasUnicodeMapError(self._text, i) == 1 for i in self._index)
        return count / len(self._index) if self._index else 0.0

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


def _take_out(one: Found, picture: Any) -> None:
    """Make paper of a character where it was found, with the smoothed edge around it."""
    left, top, right, bottom = one.box
    picture.paste(255, (left - 1, top - 1, right + 1, bottom + 1))
