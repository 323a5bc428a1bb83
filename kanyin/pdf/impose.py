# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Pages of a press file put on printer's sheets, so that they follow each other when the sheets are folded.

A booklet is folded once, sheet in sheet, and stitched through the back. A section of sixteen is folded three times at
right angles, and sections are gathered one after the other. The pages themselves are carried over whole: with their
notices, in one form each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kanyin.config.job import Scheme
from kanyin.pdf.boxes import MM, Box
from kanyin.pdf.press_marks import SLUG

PAPER = 0.1 * MM
"""How thick a leaf is: what an inner leaf of a fold stands out beyond the next outer one."""
STEP = 6 * MM
"""By how much the bar on the back of each section stands lower than on the one before."""
_GUTTER = 3 * MM
"""The least strip between two edges that are cut."""

_OUTER = ((5, 12, 9, 8), (4, 13, 16, 1))
_INNER = ((7, 10, 11, 6), (2, 15, 14, 3))
"""A section of sixteen, outside and inside: the upper row stands on its head, for it is folded over."""


@dataclass(frozen=True)
class Slot:
    """Where one page stands: `page` counts from 1; `trim` is its finished size on the sheet, in points.

    A `turned` page stands on its head. `shift` is how far its content moves towards the back, against creep. `back` is
    the side of the page, upright, at which it is bound.
    """

    page: int
    trim: Box
    turned: bool
    shift: float
    back: Literal["left", "right"]


@dataclass(frozen=True)
class Side:
    """One side of a sheet; `name` counts sheets and sides (1A, 1B, 2A …), `width` and `height` hold all marks.

    `columns` and `rows` are the places of all cuts, those of blank pages too. `collating` is the upper end of the bar
    on the back of a section, a step lower in each: a gap in the stair of a gathered volume shows a section that is
    missing or twice there.
    """

    name: str
    width: float
    height: float
    slots: tuple[Slot, ...]
    folds: tuple[tuple[float, float, float, float], ...]
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    collating: tuple[float, float] | None


def plan(pages: int, scheme: Scheme, size: tuple[float, float], bleed: float) -> list[Side]:
    """The sides of all sheets, in the order in which they are printed; `size` and `bleed` in points.

    Places beyond the last page stay empty.
    """
    if scheme == "booklet":
        total = -(-pages // 4) * 4
        rows = []
        for sheet in range(total // 4):
            low, high = 2 * sheet + 1, total - 2 * sheet
            rows += [((high, low),), ((low + 1, high - 1),)]
        return [_side(n, pages, total, 0, 0, row, size, bleed) for n, row in enumerate(rows)]
    sections = -(-pages // 16)
    return [
        _side(2 * section + side, pages, 16, 16 * section, section, rows, size, bleed)
        for section in range(sections)
        for side, rows in enumerate((_OUTER, _INNER))
    ]


def _side(
    number: int,
    pages: int,
    total: int,
    before: int,
    section: int,
    rows: tuple[tuple[int, ...], ...],
    size: tuple[float, float],
    bleed: float,
) -> Side:
    """`rows` hold pages of the fold (1 to `total`), the upper row first; `before` pages stand in earlier sections."""
    width, height = size
    gutter = max(2 * bleed, _GUTTER)
    edge = bleed + SLUG
    slots, folds = [], []
    columns, heights = set(), set()
    rightmost = top = 0.0
    for up, row in enumerate(reversed(rows)):
        bottom = edge + up * (height + gutter)
        top = bottom + height
        for across, page in enumerate(row):
            # two pages share a back; between two pairs lies a strip that is cut away
            left = edge + across * width + (across // 2) * gutter
            rightmost = left + width
            # the edge that is not the back
            columns.add(round(left + (width if across % 2 else 0), 3))
            heights |= {round(bottom, 3), round(top, 3)}
            depth = min(page - 1, total - page) // 2
            if before + page <= pages:
                trim = (left, bottom, left + width, top)
                slots.append(Slot(before + page, trim, up == 1, depth * PAPER, "left" if page % 2 else "right"))
    full, tall = rightmost + edge, top + edge
    for pair in range(len(rows[0]) // 2):
        x = edge + (2 * pair + 1) * width + pair * gutter
        folds += [(x, 0.0, x, SLUG), (x, tall - SLUG, x, tall)]
    if len(rows) == 2:
        x, y = edge + 2 * width + gutter / 2, edge + height + gutter / 2
        folds += [(x, 0.0, x, SLUG), (x, tall - SLUG, x, tall), (0.0, y, SLUG, y), (full - SLUG, y, full, y)]
    sheet, side = divmod(number, 2)
    outside = len(rows) == 2 and side == 0
    collating = (edge + 3 * width + gutter, edge + height - (section + 1) * STEP) if outside else None
    return Side(
        f"{sheet + 1}{'AB'[side]}",
        full,
        tall,
        tuple(slots),
        tuple(folds),
        tuple(sorted(columns)),
        tuple(sorted(heights)),
        collating,
    )
