# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What becomes of a table or formula wider than its column: over all columns, smaller, or turned on its side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

STEP = 2 / 3
"""px (half a point): the steps in which type is made smaller."""

IN_PLACE = 0.8
"""A formula is made smaller by no more than this in its column; then it goes over all columns."""

COMFORT = 4.0
"""em that a column of a table should have for a text that is broken."""


@dataclass(frozen=True)
class Fit:
    """`spanning`: over all columns; `scale`: of its size; `turned`: a quarter left, on a page of its own."""

    spanning: bool = False
    scale: float = 1.0
    turned: bool = False


def scales(size: float, least: float) -> Iterator[float]:
    """1 and less, step by step, until type of that size is `least`, px."""
    steps = 0
    while size - steps * STEP > least - 1e-6:
        yield (size - steps * STEP) / size
        steps += 1


def fit(need: float, column: float, page: float, height: float, size: float, least: float) -> Fit | None:
    """How a box that needs a width finds it; `height` is that of a page, 0 for what is not to be turned. None: nowhere.

    Lengths in px. Its type is not made smaller than `least`.
    """
    if need <= column:
        return Fit()
    for room, turned in ((page, False), (height, True)):
        for scale in scales(size, least):
            if need * scale <= room:
                return Fit(True, scale, turned)
    return None
