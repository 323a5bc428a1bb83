# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Which drawings of a page reach into a part of it, by their bounds and not by what one viewer makes of them.

A hair that PDFium leaves out is a stroke in another viewer, a tile that it cannot draw a black one; so what is there to
be drawn counts, not what is seen. Only a clip limits it, for that every viewer keeps. Part of what reads with PDFium:
`raster` hands over its pages.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from kanyin.preflight.facts import Box

_DEEP = 16
"""Forms in forms that are looked into; deeper ones are refused elsewhere."""
_NEAR = 0.5
"""Points by which the bounds of one rectangle may differ between two readers."""
_EDGE = 1
"""Pixels that rounding may move an edge by."""
Pixels = tuple[float, float, float, float]
"""Left, top, right, bottom."""
_EVERYWHERE: Pixels = (-1e9, -1e9, 1e9, 1e9)
_Map = Callable[[float, float], tuple[float, float]]


def reaching(page: Any, to_pixels: _Map, edges: Pixels, whites: Sequence[Box], own: int) -> Iterator[str]:
    """The kinds of the objects of a PDFium page that reach into `edges`; see `raster.Page.objects`."""
    import pypdfium2.raw as raw  # type: ignore[import-untyped]

    count = raw.FPDFPage_CountObjects(page)
    left = list(whites)
    for n in range(count):
        held = raw.FPDFPage_GetObject(page, n)
        if n >= count - own and raw.FPDFPageObj_GetType(held) == raw.FPDF_PAGEOBJ_TEXT:
            continue
        for kind in _of(raw, held, to_pixels, edges, _EVERYWHERE, 0):
            if kind == "path" and (white := _white(raw, held, left)):
                left.remove(white)
            else:
                yield kind


def _of(raw: Any, held: Any, to_pixels: _Map, edges: Pixels, limit: Pixels, depth: int) -> Iterator[str]:
    limit = _clipped(raw, held, to_pixels, limit)
    kind = raw.FPDFPageObj_GetType(held)
    if kind == raw.FPDF_PAGEOBJ_FORM:
        if depth >= _DEEP or not _meet(limit, edges):
            return
        m = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(held, m)

        def through(x: float, y: float) -> tuple[float, float]:
            return to_pixels(m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f)

        for n in range(raw.FPDFFormObj_CountObjects(held)):
            yield from _of(raw, raw.FPDFFormObj_GetObject(held, n), through, edges, limit, depth + 1)
        return
    if _meet(_within(_around(_corners(_bounds(raw, held)), to_pixels), limit), edges):
        names = {raw.FPDF_PAGEOBJ_IMAGE: "image", raw.FPDF_PAGEOBJ_SHADING: "shading", raw.FPDF_PAGEOBJ_TEXT: "text"}
        yield names.get(kind, "path")


def _bounds(raw: Any, held: Any) -> Box:
    x0, y0, x1, y1 = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(held, x0, y0, x1, y1)
    return x0.value, y0.value, x1.value, y1.value


def _corners(box: Box) -> list[tuple[float, float]]:
    return [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]


def _around(points: Sequence[tuple[float, float]], to_pixels: _Map) -> Pixels:
    seen = [to_pixels(*point) for point in points]
    across, down = [x for x, _ in seen], [y for _, y in seen]
    return min(across), min(down), max(across), max(down)


def _clipped(raw: Any, held: Any, to_pixels: _Map, limit: Pixels) -> Pixels:
    """`limit` and the rectangle around each path to which an object is clipped; nothing is painted beyond."""
    clip = raw.FPDFPageObj_GetClipPath(held)
    for path in range(max(0, raw.FPDFClipPath_CountPaths(clip)) if clip else 0):
        points = []
        for n in range(max(0, raw.FPDFClipPath_CountPathSegments(clip, path))):
            x, y = ctypes.c_float(), ctypes.c_float()
            if raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, path, n), x, y):
                points.append((x.value, y.value))
        # A clip without an area is no clip to every viewer.
        if len(points) > 2:
            limit = _within(_around(points, to_pixels), limit)
    return limit


def _within(a: Pixels, b: Pixels) -> Pixels:
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])


def _meet(a: Pixels, b: Pixels) -> bool:
    """Whether they have a place in common; something without breadth has one too."""
    if a[0] > a[2] or a[1] > a[3]:
        return False
    return a[0] <= b[2] - _EDGE and b[0] + _EDGE <= a[2] and a[1] <= b[3] - _EDGE and b[1] + _EDGE <= a[3]


def _white(raw: Any, held: Any, whites: Sequence[Box]) -> Box | None:
    """The white rectangle that this path is; None when it is another one, or PDFium sees another colour."""
    if raw.FPDFPageObj_GetType(held) != raw.FPDF_PAGEOBJ_PATH:
        return None
    said = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(held, *said) or any(value.value != 255 for value in said):
        return None
    box = _bounds(raw, held)
    return next((one for one in whites if all(abs(a - b) < _NEAR for a, b in zip(one, box, strict=True))), None)
