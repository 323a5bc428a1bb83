# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The boxes of a page of somebody else: made to agree with each other, and enlarged at the foot where that is needed.

A page without free space gets a strip below it. What was cropped away, or lies beyond the page, stays invisible: the
old content is clipped to what was seen of it.
"""

from __future__ import annotations

from typing import Any

from kanyin.findings import Where, finding
from kanyin.pdf.boxes import Box, Frame, frame, normal, overlap
from kanyin.pdf.stamp import StampError

BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
WIDEST = 1200 / 25.4 * 72
"""Points on paper; nothing of ours is printed on more."""


def settle(page: Any, where: Where) -> None:
    """Write boxes with their lower left corner first and inside the MediaBox, and leave out those without extent.

    Raises StampError STAMP-BOX where the page itself has none, or is larger than any paper.
    """
    try:
        media = normal(_box(page, "/MediaBox") or (0.0, 0.0, 612.0, 792.0))
        unit = float(page.get("/UserUnit", 1))
        sides = (media[2] - media[0]) * unit, (media[3] - media[1]) * unit
        for name in BOXES:
            box = _box(page, name)
            if name == "/MediaBox":
                page[name] = _array(media)
            elif box is not None:
                inside = overlap(media, normal(box))
                if min(inside[2] - inside[0], inside[3] - inside[1]) * unit < 1:
                    del page[name]
                else:
                    page[name] = _array(inside)
        seen(page)
    except (ValueError, TypeError, OverflowError, ArithmeticError):
        raise StampError(finding("STAMP-BOX", where)) from None
    if not 1 <= min(sides) <= max(sides) <= WIDEST:
        raise StampError(finding("STAMP-BOX", where))


def seen(page: Any) -> Frame:
    """The visible page. Raises ValueError for one without extent."""
    media = _box(page, "/MediaBox")
    if media is None:
        raise ValueError("no MediaBox")
    return frame(media, _box(page, "/CropBox"), _box(page, "/TrimBox"), _turn(page), float(page.get("/UserUnit", 1)))


def visible(page: Any) -> Box:
    """What is seen of the page after trimming, in its user space."""
    box = normal(_box(page, "/MediaBox") or (0.0, 0.0, 0.0, 0.0))
    for name in ("/CropBox", "/TrimBox"):
        other = _box(page, name)
        box = overlap(box, normal(other)) if other else box
    return box


def enlarge(page: Any, strip: float) -> Box:
    """Add `strip` points at the foot, as somebody sees it; return what was visible before, in user space."""
    before = visible(page)
    x0, y0, x1, y1 = before
    more = strip / float(page.get("/UserUnit", 1))
    turn = _turn(page) % 360
    if turn == 0:
        y0 -= more
    elif turn == 90:
        x1 += more
    elif turn == 180:
        y1 += more
    else:
        x0 -= more
    for name in BOXES:
        if name in page and name != "/MediaBox":
            del page[name]
    page["/MediaBox"] = _array((x0, y0, x1, y1))
    return before


def above(page: Any, zone: float) -> Box:
    """The page without the lowest `zone` points of what is seen of it, in user space; what is beyond its other sides
    stays, for a bleed."""
    media = _box(page, "/MediaBox")
    seen_ = visible(page)
    x0, y0, x1, y1 = normal(media) if media else seen_
    less = zone / float(page.get("/UserUnit", 1))
    turn = _turn(page) % 360
    if turn == 0:
        return x0, seen_[1] + less, x1, y1
    if turn == 90:
        return x0, y0, seen_[2] - less, y1
    if turn == 180:
        return x0, y0, x1, seen_[3] - less
    return seen_[0] + less, y0, x1, y1


def _turn(page: Any) -> int:
    turn = float(page.get("/Rotate", 0))
    if turn != int(turn):
        raise ValueError("a rotation by less than a degree")
    return int(turn)


def _box(page: Any, name: str) -> Box | None:
    values = page.get(name)
    if values is None:
        return None
    x0, y0, x1, y1 = (float(v) for v in values)
    if not all(abs(v) < 1e6 for v in (x0, y0, x1, y1)):
        raise ValueError("a box without measure")
    return x0, y0, x1, y1


def _array(box: Box) -> Any:
    import pikepdf

    return pikepdf.Array([round(v, 4) if v != int(v) else int(v) for v in box])
