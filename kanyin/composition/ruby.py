# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Ruby (注音): how a base and the annotation above it make room for each other (CLREQ 3.3, CSS Ruby 1).

A base is one character with a reading of its own, or several that share one; it is never broken, and its annotation
stands in the middle above it. Where the annotation is the wider one, the characters of the base move apart.
"""

from __future__ import annotations

from kanyin.composition.breaks import NEVER
from kanyin.composition.marks import Class
from kanyin.composition.spacing import Widths

SHEET = "rt { font-size: 50%; font-weight: 400; text-indent: 0; text-decoration: none; text-emphasis: none }"
"""What a browser's own style sheet says of annotations."""

ASCENT, DESCENT = 0.88, 0.12
"""The em box of Han above and below the baseline, em."""
CLEAR = 0.08
"""What stays free below the line above, em: its letters reach below the em box."""


def make_room(widths: Widths, costs: list[int], first: int, end: int, wanted: float) -> None:
    """Let the base [first, end) be at least `wanted` px wide, all of it in one line."""
    for k in range(first + 1, end):
        costs[k] = NEVER
    short = wanted - sum(widths.natural[first:end])
    if short > 0:
        each = short / (end - first)
        for k in range(first, end):
            widths.natural[k] += each
            widths.lead[k] -= each / 2


def middle(
    first: int, end: int, start: int, advances: list[float], widths: Widths, kinds: list[Class]
) -> tuple[float, float]:
    """Left and right edge of a base in a line that begins at cluster `start`, px; a gap behind it is not its own."""
    left = sum(advances[: first - start])
    right = left + sum(advances[first - start : end - start])
    if kinds[end - 1] in (Class.HAN, Class.LETTER, Class.DIGIT) and end - start < len(advances):
        right -= widths.at_end[end - 1]
    return left, right


def rise(base: float, annotation: float) -> float:
    """How far above the base's baseline the annotation's stands; both sizes and the answer in px."""
    return ASCENT * base + DESCENT * annotation


def height(base: float, annotation: float, leading: float) -> float:
    """What of an annotation counts for the height of its line, px: it may stand in the leading of the line above."""
    return annotation - max(0.0, (leading - base) / 2 - CLEAR * base)
