# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Do characters follow one another as they are read? Text in the right order may be strewn over a page all the same.

Pure: places come from the page, widths from the house's font.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from kanyin.preflight.ink import Mark

OFF = 0.06
"""What of an em a character may stand beside its place; places are rounded to less."""
CENTRE = 0.6
"""What of an em the middle of a line may stand beside that of the page."""
LEADINGS = (0.95, 1.6)
"""Baselines of one text stand between so many ems apart."""
FULL = 0.35
"""What of the page a line fills at least before it is broken; a clause may end one sooner."""


def follows(marks: Sequence[Mark], widths: Sequence[float], ends: Container[int], page: tuple[float, float]) -> bool:
    """Whether the characters stand in lines, one size, evenly, each line centred under the one before.

    Places in pixels, y downwards; `widths` are advances in pixels, `ends` the positions of characters that may be the
    last of a line; `page` are the left and right edge.
    """
    size = marks[0].size
    if any(abs(mark.size - size) > 0.01 * size for mark in marks):
        return False
    start = 0
    for n, mark in enumerate(marks):
        if n + 1 < len(marks):
            following = marks[n + 1]
            down = following.y - mark.y
            if abs(following.y - marks[start].y) <= OFF * size:
                if abs(mark.x + widths[n] - following.x) > OFF * size:
                    return False
                continue
            if not LEADINGS[0] * size <= down <= LEADINGS[1] * size:
                return False
        left, right = marks[start].x, mark.x + widths[n]
        if abs(left + right - page[0] - page[1]) / 2 > CENTRE * size:
            return False
        if n + 1 < len(marks) and n not in ends and right - left < FULL * (page[1] - page[0]):
            return False
        start = n + 1
    return True
