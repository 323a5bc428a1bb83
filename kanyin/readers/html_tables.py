# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""HTML tables inside Markdown, as converters leave them and as `exports.markdown` writes what pipes cannot say."""

from __future__ import annotations

import dataclasses
import re
from typing import cast

from kanyin.model import Cell
from kanyin.readers.context import Context
from kanyin.readers.inlines import read_inlines
from kanyin.readers.source import Place
from kanyin.readers.tables import MAX_CELLS, MAX_COLUMNS, Align

_HTML_CELL = re.compile(r"<(/?)(table|thead|tbody|tfoot|tr|td|th|caption|colgroup|col)\b([^<>]*)>", re.IGNORECASE)
_HTML_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


class HtmlTable:
    """The table in a piece of HTML. Cell content is inline Markdown; what stands between cells is in `loose`."""

    def __init__(self, place: Place, context: Context) -> None:
        self.place = place
        self.context = context
        self.head: list[tuple[Cell, ...]] = []
        self.body: list[tuple[Cell, ...]] = []
        self.loose: list[str] = []
        self._row: list[Cell] | None = None
        self._cell: tuple[str, str] | None = None  # tag name and attributes of the cell that is open
        self._in_head = False
        self._cells = 0
        self._sections = False  # whether thead or tbody say what is head and what is not
        self._read()
        if not self._sections:
            self._find_head()

    def _read(self) -> None:
        begin = 0
        for tag in _HTML_CELL.finditer(self.place.content):
            self._between(begin, tag.start())
            name = tag[2].lower()
            if name in ("td", "th", "caption"):
                self._cell = None if tag[1] else (name, tag[3])
                if not tag[1] and name != "caption" and self._row is None:
                    self._row = []
            elif name in ("thead", "tr", "table", "tbody", "tfoot"):
                self._end_row()
                self._in_head = not tag[1] if name == "thead" else self._in_head and name == "tr"
                self._row = [] if name == "tr" and not tag[1] else None
                self._sections |= name in ("thead", "tbody")
            begin = tag.end()
        self._between(begin, len(self.place.content))
        self._end_row()
        if self._cells > MAX_CELLS:
            self.context.refuse("SOURCE-TABLE-SIZE", self.place.at(), limit=MAX_CELLS)
        widest = max((sum(cell.colspan for cell in row) for row in (*self.head, *self.body)), default=0)
        if widest > MAX_COLUMNS:
            self.context.refuse("SOURCE-TABLE-COLUMNS", self.place.at(), found=widest, limit=MAX_COLUMNS)

    def _between(self, begin: int, end: int) -> None:
        """The text between two tags: the content of a cell, or text that has no place in a table."""
        text = self.place.content[begin:end]
        if self._cell is None or self._cell[0] == "caption":
            if text.strip() and not re.fullmatch(r"(?:\s|</?(?:html|body|div)\b[^<>]*>)*", text, re.IGNORECASE):
                self.loose.append(text.strip())
            return
        name, attributes = self._cell
        self._cell = None
        self._cells += 1
        if self._cells > MAX_CELLS or self._row is None:
            return
        lead = len(text) - len(text.lstrip())
        content = read_inlines(text.strip(), self.place.part(begin + lead, end), self.context)
        values = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _HTML_ATTRIBUTE.finditer(attributes)}
        align = re.search(r"left|center|right", values.get("align", "") or values.get("style", ""))
        spans = [self._span(values.get(key, "1"), begin) for key in ("colspan", "rowspan")]
        shown = cast(Align, align[0] if align else "")
        self._row.append(Cell(content, name == "th", shown, *spans))

    def _span(self, value: str, offset: int) -> int:
        if value.isascii() and value.isdigit() and 1 <= int(value) <= 1000:
            return int(value)
        self.context.report("SOURCE-TABLE-SPAN", self.place.at(offset), mark=value)
        return 1

    def _end_row(self) -> None:
        if self._row is not None:
            (self.head if self._in_head else self.body).append(tuple(self._row))
        self._row = None

    def _find_head(self) -> None:
        """The first rows of nothing but `th`; without any, the first row, which is what converters mean by it."""
        while self.body and all(cell.header for cell in self.body[0]):
            self.head.append(self.body.pop(0))
        if not self.head and len(self.body) > 1:
            self.context.report("SOURCE-TABLE-HEAD", self.place.at())
            self.head.append(tuple(dataclasses.replace(cell, header=True) for cell in self.body.pop(0)))
