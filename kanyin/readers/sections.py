# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Headings → nested sections with ids, body before back.

A section without an id of its own is s1, s1-1 …; one marked `.back` (利益冲突, 作者贡献声明) is b1, b2 …
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kanyin.findings import Where
from kanyin.model import Block, Inlines, Section
from kanyin.readers.attributes import split
from kanyin.readers.blocks import Blocks
from kanyin.readers.context import Context
from kanyin.readers.inlines import read_inlines
from kanyin.readers.source import Place

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass
class _Open:
    """A section that is still being filled. The outermost one, of level 0, is the article."""

    level: int
    automatic: str
    id: str = ""
    title: Inlines = ()
    where: Where | None = None
    content: list[Block] = field(default_factory=list)
    children: int = 0

    def close(self) -> Section:
        return Section(self.id, self.title, tuple(self.content), self.where)


class Sections:
    """`body` and `back` of an article, and `title`: the first heading, when `take_title` asks for it."""

    def __init__(self, tokens: Sequence[Token], blocks: Blocks, context: Context, *, take_title: bool) -> None:
        self.context = context
        self.blocks = blocks
        self.back: list[Section] = []
        self.title: Place | None = None
        self._take_title = take_title
        self._stack = [_Open(0, "")]
        self._in_back = False
        self._read(tokens)
        self._close(1)
        self.body = tuple(self._stack[0].content)

    def _read(self, tokens: Sequence[Token]) -> None:
        begin = 0
        for at, token in enumerate(tokens):
            if token.type == "heading_open" and token.level == 0:
                self._stack[-1].content += self.blocks.read(tokens[begin:at])
                self._heading(token, tokens[at + 1])
                begin = at + 3
        self._stack[-1].content += self.blocks.read(tokens[begin:])

    def _heading(self, token: Token, inline: Token) -> None:
        source = self.context.source
        place = Place(source, inline.content, inline.map[0] if inline.map else 0)
        where = place.at()
        content, attributes = split(inline.content)
        if self._take_title and self.title is None and content:
            self.title = Place(source, content, place.line)
            return
        level = int(token.tag[1:])
        is_back = attributes.classes == ("back",)
        if attributes.values or (attributes.classes and not is_back):
            self.context.report("SOURCE-ATTRIBUTE", where, what=attributes.raw)
        self._close(1 if is_back else level)
        parent = self._stack[-1]
        if parent.level == 0:
            if self._in_back and not is_back:
                self.context.report("SOURCE-BACK-ORDER", where)
            self._in_back = is_back
        elif level > parent.level + 1:
            self.context.report("SOURCE-HEADING-LEVEL", where, found="#" * level, expected="#" * (parent.level + 1))
        if parent.level == 0 and is_back:
            automatic = f"b{len(self.back) + 1}"
        else:
            parent.children += 1
            automatic = f"{parent.automatic}-{parent.children}" if parent.automatic else f"s{parent.children}"
        opened = _Open(level, automatic, where=where)
        opened.id = self.context.name(attributes.id, automatic, "sec", where)
        opened.title = read_inlines(content, Place(source, content, place.line), self.context)
        self._stack.append(opened)

    def _close(self, level: int) -> None:
        """Close all sections of this level and below it."""
        while self._stack[-1].level >= level:
            section = self._stack.pop().close()
            if len(self._stack) == 1 and self._in_back:
                self.back.append(section)
            else:
                self._stack[-1].content.append(section)
