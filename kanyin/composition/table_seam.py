# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""WeasyPrint's tables: the widths of their columns are chosen by what stands in the cells, and their figures line up.

`table-layout: auto` leaves the algorithm to the engine; its own shares out width by the longest text alone. Tables with
widths in their style sheet, and `table-layout: fixed`, are the engine's as before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kanyin.composition.fitting import COMFORT
from kanyin.composition.paragraph import Paragraph
from kanyin.composition.table_widths import Cell, Text, is_whole, line_up, widths

USED = {
    "weasyprint.formatting_structure.boxes": ("LineBox",),
    "weasyprint.layout.preferred": (
        "max_content_width", "min_content_width", "table_and_columns_preferred_widths",
    ),
    "weasyprint.layout.table": ("auto_table_layout",),
}  # fmt: skip
"""Module → what of it is replaced or called."""

_original: dict[str, Any] = {}
_Measurable = Callable[[Any, Any], Paragraph | None]


def install(paragraph_of: _Measurable) -> None:
    """Replace the choice of widths for this process. `paragraph_of(context, line box)` is None for what is not text."""
    from weasyprint.layout import table

    _original["widths"] = table.auto_table_layout
    _original["paragraph"] = paragraph_of
    table.auto_table_layout = _auto_table_layout


def _auto_table_layout(context: Any, box: Any, containing_block: Any) -> None:
    """Set the widths of a table's columns, and how far each figure moves; see `auto_table_layout` of the engine."""
    from weasyprint.layout.preferred import table_and_columns_preferred_widths

    _original["widths"](context, box, containing_block)
    table = box.get_wrapped_table()
    if not table.column_widths:
        return
    known = table.__dict__.setdefault("kanyin_widths", {})
    if table.width not in known:
        _, _, least, natural, shares, given, spacing, _ = table_and_columns_preferred_widths(context, box, outer=False)
        if any(shares) or any(given) or sum(least) > table.width - spacing + 0.01:
            known[table.width] = table.column_widths
        else:
            found, wider = _cells(context, table, len(least))
            natural = [max(pair) for pair in zip(natural, wider, strict=True)]
            known[table.width] = widths(found, least, natural, table.width - spacing)
    table.column_widths = list(known[table.width])


def _cells(context: Any, table: Any, count: int) -> tuple[list[Cell], list[float]]:
    """The cells with their texts, and what each column needs for its figures to line up."""
    found: list[Cell] = []
    columns: list[list[tuple[Any, str, Paragraph]]] = [[] for _ in range(count)]
    number = 0
    for group in table.children:
        for row in group.children:
            for cell in row.children:
                lines = [(line, _original["paragraph"](context, line)) for line in _lines(cell)]
                texts = tuple(_text(context, line, paragraph) for line, paragraph in lines)
                found.append(Cell(number, cell.grid_x, cell.colspan, _edges(cell), texts))
                if len(lines) == 1 and lines[0][1] and _is_figure(cell):
                    columns[cell.grid_x].append((cell, lines[0][1].string, lines[0][1]))
            number += 1
    return found, [_line_up(column) for column in columns]


def comfortable_width(context: Any, wrapper: Any) -> float:
    """The width of a table in which no short word has to be broken, and no text stands in a sliver; px."""
    from weasyprint.layout.preferred import table_and_columns_preferred_widths

    table = wrapper.get_wrapped_table()
    _, _, least, natural, _, _, spacing, _ = table_and_columns_preferred_widths(context, wrapper, outer=False)
    em = table.style["font_size"]
    enough = [max(low, min(high, COMFORT * em)) for low, high in zip(least, natural, strict=True)]
    for cell in _cells(context, table, len(least))[0]:
        if cell.span == 1 and all(text.whole for text in cell.texts):
            enough[cell.column] = max(enough[cell.column], cell.natural)
    return float(sum(enough) + spacing)


def _lines(cell: Any) -> list[Any]:
    from weasyprint.formatting_structure import boxes

    return [box for box in cell.descendants() if isinstance(box, boxes.LineBox)]


def _text(context: Any, line: Any, paragraph: Paragraph | None) -> Text:
    from weasyprint.layout.preferred import max_content_width, min_content_width

    em = float(line.style["font_size"])
    if paragraph is None:  # something drawn stands in it
        whole, piece = max_content_width(context, line), min_content_width(context, line)
        count = max(1, round(whole / piece)) if piece else 1
        return Text(tuple(whole * (n + 1) / count for n in range(count)), em)
    count = len(paragraph.string)
    places = [k for k in range(1, count) if paragraph.costs[k] >= 0]
    ends = tuple(paragraph.measures.line(0, k)[0] for k in (*places, count))
    return Text(ends, em, is_whole(paragraph.string, ends[-1], em))


def _edges(cell: Any) -> float:
    """Padding and collapsed borders, px; they are computed lengths before the table is laid out."""
    sides = (f"{kind}_{side}" for kind in ("padding", "border") for side in ("left", "right"))
    total = 0.0
    for name in sides:
        value = cell.style[f"{name}_width" if name.startswith("border") else name]
        total += value if isinstance(value, int | float) else getattr(value, "value", 0.0)
    return total


def _is_figure(cell: Any) -> bool:
    return bool(cell.colspan == 1 and cell.element_tag == "td" and cell.style["text_align_all"] == "center")


def _line_up(column: list[tuple[Any, str, Paragraph]]) -> float:
    """Note for each figure how far it moves from the middle; returns what the column needs for them, px."""
    places = line_up([text for _, text, _ in column])
    parts = []
    for (cell, text, paragraph), place in zip(column, places, strict=True):
        if place is not None:
            whole = paragraph.greatest_width()
            before = paragraph.measures.line(0, place)[0] if place else 0.0
            parts.append((cell, before, whole - before if place < len(text) else 0.0))
    left = max((before for _, before, _ in parts), default=0.0)
    right = max((after for _, _, after in parts), default=0.0)
    for cell, before, after in parts:
        cell.kanyin_shift = ((left - right) - (before - after)) / 2
    return left + right + max((_edges(cell) for cell, _, _ in parts), default=0.0)


def shift_figures(table: Any) -> None:
    """Move the figures of a table that has been laid out. One that had to be broken stays where it is."""
    for group in table.children:
        for row in group.children:
            for cell in row.children:
                if (shift := cell.__dict__.get("kanyin_shift")) and len(cell.children) == 1:
                    for line in cell.children:
                        line.translate(shift, 0)
