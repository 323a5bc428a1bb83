# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Tables → HTML that a voice can read: header cells with a scope, the stub column marked, spanners known as such.

A three-line table (三线表) has no verticals; what belongs to what is said by spanner rules and alignment alone, so the
structure has to be right in the markup: which cells are headers becomes scopes and headers in the tags of the PDF.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from kanyin.model import Cell, TableWrap
from kanyin.typeset.inlines import Inliner, plain

GAP = "\u00a0" * 3
"""Between the label and the caption of a table that goes on; a wider space would shrink beside Han."""

LONG = 20
"""A column with a text of so many half-width places is read like text: set flush left rather than centred."""

DEEPEST = 2
"""Levels of a stub, by the ideographic spaces before it."""


def table(wrap: TableWrap, caption: str, inliner: Inliner) -> str:
    """The table in a `div`: a box that spans columns must not be the table itself."""
    goes_on = html.escape(f"续{wrap.label}{GAP}{plain(wrap.caption.zh)}".rstrip(GAP)) if wrap.label else "续表"
    opening = f'<div class="table width-{wrap.width}" id="{inliner.anchor(wrap.id)}" data-continued="{goes_on}">'
    parts = [opening, "<table>"]
    if caption:
        parts.append(f"<caption>{caption}</caption>")
    flush = {column for row in _placed(wrap.body) for column, cell in row if cell.colspan == 1 and _is_long(cell)}
    if wrap.head:
        parts += ["<thead>", *_rows(wrap.head, inliner, flush, head=True), "</thead>"]
    parts += ["<tbody>", *_rows(wrap.body, inliner, flush, head=False), "</tbody>", "</table>"]
    parts += [f'<p class="note">{inliner.set(note)}</p>' for note in wrap.notes]
    return "\n".join([*parts, "</div>"])


def _placed(rows: Sequence[Sequence[Cell]]) -> Iterator[list[tuple[int, Cell]]]:
    """The cells of each row with the columns that they begin in."""
    taken: dict[int, int] = {}  # column → rows for which a cell from above still holds it
    for row in rows:
        found, column = [], 0
        held = {c: n - 1 for c, n in taken.items() if n > 1}
        for cell in row:
            while taken.get(column, 0) > 0:
                column += 1
            found.append((column, cell))
            for place in range(column, column + cell.colspan):
                if cell.rowspan > 1:
                    held[place] = cell.rowspan - 1
            column += cell.colspan
        taken = held
        yield found


def _is_long(cell: Cell) -> bool:
    return sum(1 + (east_asian_width(char) in "WF") for char in plain(cell.content)) >= LONG


def _rows(rows: Sequence[Sequence[Cell]], inliner: Inliner, flush: set[int], *, head: bool) -> list[str]:
    return [
        f"<tr>{''.join(_cell(cell, inliner, column, flush, head=head) for column, cell in row)}</tr>"
        for row in _placed(rows)
    ]


def _cell(cell: Cell, inliner: Inliner, column: int, flush: set[int], *, head: bool) -> str:
    header = head or cell.header
    content: str = inliner.set(cell.content)
    classes = [name for name, holds in (("stub", column == 0), ("spanner", head and cell.colspan > 1)) if holds]
    text = plain(cell.content)
    if depth := min(DEEPEST, len(text) - len(text.lstrip("\u3000"))):
        classes.append(f"indent-{depth}")  # at the start of a line the space itself has no width
    if cell.align:
        classes.append(f"to-{cell.align}")
    elif column in flush and column and cell.colspan == 1:
        classes.append("to-left")
    if head and cell.colspan > 1:
        content = f"<span>{content}</span>"
    attributes = f' class="{" ".join(classes)}"' if classes else ""
    if cell.colspan > 1:
        attributes += f' colspan="{cell.colspan}"'
    if cell.rowspan > 1:
        attributes += f' rowspan="{cell.rowspan}"'
    if header:
        attributes += f' scope="{_scope(cell, head=head)}"'
    name = "th" if header else "td"
    return f"<{name}{attributes}>{content}</{name}>"


def _scope(cell: Cell, *, head: bool) -> str:
    if head:
        return "colgroup" if cell.colspan > 1 else "col"
    return "rowgroup" if cell.rowspan > 1 else "row"
