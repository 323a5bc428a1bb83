# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Tables: pipe rows and HTML tables → rows of cells, with spanning cells and every cell kept.

In a pipe table a cell that holds only `<` joins the cell on its left, and one that holds only `^` joins the one above.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from kanyin.model import Cell
from kanyin.readers.block_rules import RawCell, RawTable
from kanyin.readers.context import Context
from kanyin.readers.inlines import read_inlines
from kanyin.readers.source import Place

MAX_CELLS = 20_000
MAX_COLUMNS = 60
"""A page is too narrow for more; one that holds thousands would be laid out for minutes to be of no use."""

Align = Literal["", "left", "center", "right"]
Rows = tuple[tuple[Cell, ...], ...]
_Raw = list[tuple[int, list[RawCell]]]


def read_pipe_table(table: RawTable, context: Context) -> tuple[Rows, Rows]:
    """Head and body. Ragged rows are reported and keep their cells."""
    width = len(table.aligns)
    rows = table.head + table.body
    first = context.source.where(rows[0][0])
    if sum(len(cells) for _, cells in rows) > MAX_CELLS:
        context.refuse("SOURCE-TABLE-SIZE", first, limit=MAX_CELLS)
        return (), ()
    if (widest := max(width, *(len(cells) for _, cells in rows))) > MAX_COLUMNS:
        context.refuse("SOURCE-TABLE-COLUMNS", first, found=widest, limit=MAX_COLUMNS)
        return (), ()
    for line, cells in rows:
        if len(cells) != width:
            where = context.source.where(line, cells[-1].column if cells else 0)
            context.report("SOURCE-TABLE-RAGGED", where, found=len(cells), expected=width)
            cells += [RawCell("", 0) for _ in range(width - len(cells))]
    aligns = cast("list[Align]", table.aligns)
    return _join(table.head, aligns, context, header=True), _join(table.body, aligns, context, header=False)


def _join(rows: _Raw, aligns: Sequence[Align], context: Context, *, header: bool) -> Rows:
    """Give each joined cell to the cell that it belongs to; a join that makes no rectangle stays text."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for y, (line, cells) in enumerate(rows):
        for x, cell in enumerate(cells):
            over = (y, x - 1) if cell.text == "<" else (y - 1, x) if cell.text == "^" else None
            if over is not None and over not in owners:
                context.report("SOURCE-TABLE-SPAN", context.source.where(line, cell.column), mark=cell.text)
                over = None
            owners[y, x] = owners[over] if over else (y, x)
    spans = _spans(owners)
    for (y, x), (height, width) in spans.items():
        area = {(y + down, x + right) for down in range(height) for right in range(width)}
        if any(owners.get(place) != (y, x) for place in area):
            line, cells = rows[y]
            context.report("SOURCE-TABLE-SPAN", context.source.where(line, cells[x].column), mark=cells[x].text)
            for place in [p for p, owner in owners.items() if owner == (y, x)]:
                owners[place] = place
    spans = _spans(owners)
    made: list[tuple[Cell, ...]] = []
    for y, (line, cells) in enumerate(rows):
        row = []
        for x, cell in enumerate(cells):
            if (y, x) in spans:
                content = read_inlines(cell.text, Place(context.source, cell.text, line, cell.column), context)
                height, width = spans[y, x]
                row.append(Cell(content, header, aligns[x] if x < len(aligns) else "", width, height))
        made.append(tuple(row))
    return tuple(made)


def _spans(owners: dict[tuple[int, int], tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell that stands for itself: how many rows and columns reach to the farthest one joined to it."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for (y, x), owner in owners.items():
        height, width = spans.get(owner, (1, 1))
        spans[owner] = max(height, y - owner[0] + 1), max(width, x - owner[1] + 1)
    return spans
