# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Where the bottom of a page is for somebody who looks at it.

A PDF page has boxes, a rotation and a unit (ISO 32000-1, 14.11.2 and 7.7.3.3); a mark placed by its MediaBox alone may
fall outside the paper, lie on its side, or come out tiny. A Frame turns the three into one upright rectangle in points.
"""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]

MM = 72 / 25.4
"""Points in a millimetre."""


@dataclass(frozen=True)
class Frame:
    """The visible page, upright: its size in points, and the matrix from there (origin bottom left) to user space."""

    width: float
    height: float
    matrix: Matrix


def normal(box: Box) -> Box:
    """The same rectangle with its lower left corner first; any two opposite corners may be given."""
    x0, y0, x1, y1 = box
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def overlap(a: Box, b: Box) -> Box:
    """The part that both rectangles cover; empty (no width or height) when they do not meet."""
    x0, y0, x1, y1 = max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])
    return x0, y0, max(x0, x1), max(y0, y1)


def frame(media: Box, crop: Box | None, trim: Box | None, rotate: int, unit: float) -> Frame:
    """The visible page. What is cropped away or trimmed off the paper does not count as visible.

    `rotate` is in degrees clockwise, a multiple of 90; `unit` is UserUnit, in 1/72 inch.
    Raises ValueError for a page without extent or with another rotation.
    """
    box = normal(media)
    for other in (crop, trim):
        if other is not None:
            box = overlap(box, normal(other))
    x0, y0, x1, y1 = box
    w, h = x1 - x0, y1 - y0
    if w <= 0 or h <= 0 or unit <= 0 or rotate % 90:
        raise ValueError("a page without extent")
    k = 1 / unit
    turn = rotate % 360
    if turn == 0:
        return Frame(w * unit, h * unit, (k, 0, 0, k, x0, y0))
    if turn == 90:
        return Frame(h * unit, w * unit, (0, k, -k, 0, x1, y0))
    if turn == 180:
        return Frame(w * unit, h * unit, (-k, 0, 0, -k, x1, y1))
    return Frame(h * unit, w * unit, (0, -k, k, 0, x0, y1))
