# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Boxes of WeasyPrint that are wider than their column, and what becomes of them (`fitting` decides)."""

from __future__ import annotations

from typing import Any

from kanyin.composition.fitting import IN_PLACE, Fit, fit, scales
from kanyin.composition.page_properties import EDGES
from kanyin.composition.properties import key
from kanyin.composition.table_seam import comfortable_width

USED = {
    "weasyprint.css.properties": ("ZERO_PIXELS",),
    "weasyprint.css.tokens": ("Dimension",),
    "weasyprint.formatting_structure.boxes": ("ReplacedBox",),
    "weasyprint.layout.preferred": ("max_content_width", "min_content_width"),
}
"""Module → what of it is replaced or called."""


def fitted(context: Any, box: Any, column: float, page: float, height: float) -> tuple[Any, Fit]:
    """A child of the columns as it is to be laid out: a float over all columns where it does not fit one. Lengths px.

    What is too wide even for a page stays as it is, and is reported when the pages are done.
    """
    least = box.style[key("-kanyin-least-size")]
    if not least:
        return box, Fit()
    known = box.__dict__.setdefault("kanyin_fits", {})
    measures = column, page, height
    if measures not in known:
        known[measures] = _fitted(context, box, *measures, least)
    return known[measures]  # type: ignore[no-any-return]


def _fitted(context: Any, box: Any, column: float, page: float, height: float, least: float) -> tuple[Any, Fit]:
    from weasyprint.layout.preferred import min_content_width

    floating = box.style["float"] in EDGES
    if floating and box.style["float_reference"] == "page":
        column = page
    size = box.style["font_size"]
    tables = [child for child in box.children if child.is_table_wrapper]
    need = float(min_content_width(context, box)) + 2 * _beside(context, box)
    wanted = max([need, *(comfortable_width(context, child) for child in tables)])
    how = fit(wanted, column, page, height if tables else 0.0, size, least)
    how = how or fit(need, column, page, height if tables else 0.0, size, least)
    if how is None or how == Fit():
        return box, Fit()
    if floating:
        return box, how
    for scale in scales(size, size * IN_PLACE):
        smaller, width = _smaller(context, box, scale)
        if need - width <= column:
            return smaller, Fit()
    box = box.copy()
    box.style = box.style.copy()
    box.style.update({"float": "bottom", "float_reference": "page"})  # at the top it would stand before its text
    return box, how


def _beside(context: Any, box: Any) -> float:
    """The width of what stands at the edge beside a formula: its number must not meet it."""
    from weasyprint.layout.preferred import max_content_width

    loose = [inner for inner in box.descendants(placeholders=True) if inner.is_absolutely_positioned()]
    return max(
        (float(max_content_width(context, inner)) + inner.style["font_size"] / 2 for inner in loose), default=0.0
    )


def _smaller(context: Any, box: Any, scale: float) -> tuple[Any, float]:
    """A copy with its pictures scaled, and by how much the widest of them is narrower."""
    from weasyprint.css.tokens import Dimension
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.preferred import min_content_width

    copy, less = box.deepcopy(), 0.0
    for inner in copy.descendants():
        if isinstance(inner, boxes.ReplacedBox):
            width = float(min_content_width(context, inner))
            less = max(less, width * (1 - scale))
            inner.style = inner.style.copy()
            inner.style.update({"width": Dimension(width * scale, "px"), "height": "auto"})
    return copy, less


def shrink(box: Any, scale: float) -> None:
    """Have a laid-out box drawn smaller, its upper left corner staying where it is."""
    _draw(box, (scale, 0.0, 0.0, scale, 0.0, 0.0))


def turn(box: Any, scale: float, width: float, spare: float) -> None:
    """Have a laid-out box drawn a quarter turn to the left; `spare` is the room beside it, px."""
    _draw(box, (0.0, -scale, scale, 0.0, max(0.0, spare) / 2, width * scale))


def _draw(box: Any, matrix: tuple[float, ...]) -> None:
    from weasyprint.css.properties import ZERO_PIXELS

    box.style = box.style.copy()
    box.style.update({"transform": (("matrix", matrix),), "transform_origin": (ZERO_PIXELS, ZERO_PIXELS)})
