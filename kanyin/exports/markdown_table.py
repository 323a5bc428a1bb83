# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The rows of a table, with pipes where they can say it, else as HTML.

Pipes cannot say: a head cell in the body, cells aligned against their column, a table without a head.
"""

from __future__ import annotations

import re

from kanyin.exports.markdown_inline import inlines
from kanyin.model import Cell, TableWrap

_MEANT_CELL = re.compile(r"<|\^|:?-+:?")


def rows(table: TableWrap) -> str:
    """The lines of the table, without caption and notes."""
    return _pipes(table) or _html(table)


def _pipes(table: TableWrap) -> str:
    """A pipe table, or nothing when pipes cannot say what the table is."""
    grid = _grid(table)
    if grid is None:
        return ""
    head = len(table.head)
    columns = list(zip(*grid, strict=True))
    aligns = []
    for column in columns:
        found = {cell.align for cell, _ in column}
        if len(found) != 1:
            return ""
        aligns.append({"": "---", "left": ":---", "center": ":---:", "right": "---:"}[found.pop()])
    rows = [[mark if mark else _cell(cell) for cell, mark in row] for row in grid]
    lines = ["| " + " | ".join(row) + " |" for row in [*rows[:head], aligns, *rows[head:]]]
    return "\n".join(lines)


def _cell(cell: Cell) -> str:
    text = inlines(cell.content, bar=True)
    return f"\\{text}" if _MEANT_CELL.fullmatch(text) else text


def _grid(table: TableWrap) -> list[list[tuple[Cell, str]]] | None:
    """Every place of the table with its cell and `<` or `^` where it is joined; None when there is no such grid."""
    if not table.head or len(table.head) > 6:
        return None
    if any(not cell.header for row in table.head for cell in row) or any(c.header for row in table.body for c in row):
        return None
    grid: list[list[tuple[Cell, str]]] = []
    for rows in (table.head, table.body):
        placed: dict[tuple[int, int], tuple[Cell, str]] = {}
        for y, row in enumerate(rows):
            x = 0
            for cell in row:
                while (y, x) in placed:
                    x += 1
                for down in range(cell.rowspan):
                    for right in range(cell.colspan):
                        if (y + down, x + right) in placed or y + down >= len(rows):
                            return None
                        placed[y + down, x + right] = (cell, "<" if right else "^" if down else "")
        width = 1 + max((x for _, x in placed), default=-1)
        if len(placed) != width * len(rows) or (grid and rows and width != len(grid[0])) or (rows and not width):
            return None
        grid += [[placed[y, x] for x in range(width)] for y in range(len(rows))]
    return grid


def _html(table: TableWrap) -> str:
    lines = ["<table>"]
    for name, rows in (("thead", table.head), ("tbody", table.body)):
        if rows or name == "tbody":
            lines += [f"<{name}>", *("<tr>" + "".join(_html_cell(cell) for cell in row) + "</tr>" for row in rows)]
            lines.append(f"</{name}>")
    return "\n".join([*lines, "</table>"])


def _html_cell(cell: Cell) -> str:
    name = "th" if cell.header else "td"
    values = {"align": cell.align, "colspan": str(cell.colspan), "rowspan": str(cell.rowspan)}
    written = "".join(f' {k}="{v}"' for k, v in values.items() if v not in ("", "1"))
    # a tag in the text of a cell must not look like one of the table's own
    content = re.sub(r"\\(.)", lambda m: "&lt;" if m[1] == "<" else m[0], inlines(cell.content, bar=True))
    return f"<{name}{written}>{content}</{name}>"
