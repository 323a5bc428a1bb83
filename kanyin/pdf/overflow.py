# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What is laid out wider than the place it was given: it would run into the next column, or off the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kanyin.findings import Finding, Where, finding

ROOM = 16.0
"""px (12 pt): a mark may hang at a line's end, and a gutter is wider than this."""

SHOWN = 24
"""Characters of a wide thing that the finding quotes."""


def overflows(document: Any, source: str) -> list[Finding]:
    """A finding for each table, picture or word that reaches further right than its column; `source` is named."""
    found: dict[tuple[int, str], Finding] = {}
    for number, page in enumerate(document.pages, start=1):
        for box, over in _wide(page._page_box, None):
            text = (
                " ".join(_text(box).split())[:SHOWN] or (box.element is not None and box.element.get("alt", "")) or "–"
            )
            where = Where(source, page=number)
            found.setdefault((number, text), finding("RENDER-TOO-WIDE", where, what=text, over=f"{over * 0.75:.0f}"))
    return list(found.values())


def _wide(box: Any, right: float | None) -> Iterator[tuple[Any, float]]:
    """Boxes that reach beyond the right edge (px) of the block they stand in, the outermost of each."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.MarginBox) or (not box.is_in_normal_flow() and not box.is_floated()):
        right = None
    elif right is not None and (box.is_table_wrapper or isinstance(box, boxes.ReplacedBox | boxes.TextBox)):
        over = box.position_x + box.width - right
        if over > ROOM and (not isinstance(box, boxes.TextBox) or box.text.strip()):
            yield box, over
            return
    if isinstance(box, boxes.BlockContainerBox | boxes.FlexContainerBox) and not isinstance(box, boxes.MarginBox):
        if box.style["overflow"] == "hidden":
            return
        if isinstance(box.width, int | float):
            right = box.content_box_x() + box.width
    for child in getattr(box, "children", ()):
        yield from _wide(child, right)


def _text(box: Any) -> str:
    if hasattr(box, "text"):
        return str(box.text)
    return " ".join(filter(None, (_text(child) for child in getattr(box, "children", ()))))
