# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Blocks and sections → JATS."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import quote

from kanyin.exports.jats_inline import Inliner, alternative
from kanyin.exports.xml import el, identifier, lines, text
from kanyin.model import (
    Bilingual,
    Block,
    Cell,
    DisplayFormula,
    Figure,
    Footnote,
    ListBlock,
    Paragraph,
    Quote,
    Section,
    TableWrap,
)

# statements at the end: what they are is told by their headings
_NOTES = (
    (re.compile("利益冲突|[Cc]onflicts? of interest|[Cc]ompeting interest"), "COI-statement"),
    (re.compile("作者贡献|[Aa]uthor contribution"), "author-contribution"),
    (re.compile("伦理|[Ee]thic"), "ethics-statement"),
    (re.compile("数据(?:可用|共享|获取)|[Dd]ata (?:availability|sharing)"), "data-availability"),
)
_THANKS = re.compile("致谢|志谢|[Aa]cknowledge?ments?")


class Body:
    """`rights` gives the permissions of a figure or table that is somebody else's, as an element, by its id."""

    def __init__(self, inline: Inliner, rights: Callable[[str], str]) -> None:
        self.inline = inline
        self.rights = rights

    def blocks(self, content: Sequence[Block]) -> str:
        """Paragraphs and the like before sections, as JATS wants it; what follows a section goes into one more."""
        out: list[str] = []
        behind: list[str] = []
        seen = False
        for block in content:
            if isinstance(block, Section):
                seen = True
                if behind:
                    out.append(_untitled(behind))
                    behind = []
                out.append(self.section(block))
            else:
                (behind if seen else out).append(self.block(block))
        if behind:
            out.append(_untitled(behind))
        return lines(out)

    def section(self, section: Section) -> str:
        title = el("title", {}, self.inline.all(section.title))
        return el("sec", {"id": _id(section.id)}, lines([title]), self.blocks(section.content), "\n")

    def back(self, section: Section) -> str:
        """A statement at the end, as the element that says what it is."""
        title = "".join(getattr(part, "value", "") for part in section.title)
        inner = lines([el("title", {}, self.inline.all(section.title))]) + self.blocks(section.content) + "\n"
        if _THANKS.search(title) and all(isinstance(block, Paragraph) for block in section.content):
            return el("ack", {"id": _id(section.id)}, inner)
        for pattern, kind in _NOTES:
            if pattern.search(title):
                return el("notes", {"id": _id(section.id), "notes-type": kind}, inner)
        return el("sec", {"id": _id(section.id)}, inner)

    def footnote(self, footnote: Footnote) -> str:
        return el("fn", {"id": _id(footnote.id)}, el("p", {}, self.inline.all(footnote.content)))

    def block(self, block: Block) -> str:
        match block:
            case Paragraph(content):
                return el("p", {}, self.inline.all(content))
            case Quote(content):
                return el("disp-quote", {}, self.blocks(content), "\n")
            case ListBlock():
                return self.items(block)
            case DisplayFormula():
                return self.formula(block)
            case Figure():
                return self.figure(block)
            case TableWrap():
                return self.table(block)
            case Section():
                return self.section(block)

    def items(self, block: ListBlock) -> str:
        kind = {"list-type": "order" if block.ordered else "bullet"}
        items = [el("list-item", {}, self.item(item)) for item in block.items]
        return el("list", kind, lines(items), "\n") if items else ""

    def item(self, item: Sequence[Block]) -> str:
        """Only paragraphs and lists stand in an item; all else stands in a paragraph of its own."""
        made = [
            self.block(block) if isinstance(block, Paragraph | ListBlock) else el("p", {}, self.block(block))
            for block in item
        ]
        return lines(made) if made else el("p", {})

    def formula(self, block: DisplayFormula) -> str:
        label = el("label", {}, text(block.label)) if block.label else ""
        tex = self.inline.formula(block.tex, display=True)
        return el("disp-formula", {"id": _id(block.id)}, label, alternative(block.alt), tex)

    def figure(self, block: Figure) -> str:
        graphic = el("graphic", {"xlink:href": address(block.file) or "#"}, alternative(block.alt))
        parts = [*self.caption(block.label, block.caption), graphic]
        if block.notes:
            parts.append(el("attrib", {}, self.inline.all(block.notes)))
        parts.append(self.rights(block.id))
        return el("fig", _float(block.id, block.width), lines(parts), "\n")

    def table(self, block: TableWrap) -> str:
        sections = [
            el(name, {}, lines(el("tr", {}, *map(self.cell, row)) if row else _COVERED for row in rows), "\n")
            for name, rows in (("thead", block.head), ("tbody", block.body))
            if rows
        ]
        parts = self.caption(block.label, block.caption)
        if sections:
            parts.append(el("table", {}, lines(sections if block.body else [*sections, _EMPTY_BODY]), "\n"))
        if block.notes:
            notes = [el("p", {}, self.inline.all(note)) for note in block.notes]
            parts.append(el("table-wrap-foot", {}, lines(notes), "\n"))
        parts.append(self.rights(block.id))
        return el("table-wrap", _float(block.id, block.width), lines(parts), "\n")

    def cell(self, cell: Cell) -> str:
        spans = {"colspan": cell.colspan, "rowspan": cell.rowspan}
        values = {"align": cell.align, **{key: str(span) for key, span in spans.items() if span != 1}}
        return el("th" if cell.header else "td", values, self.inline.all(cell.content))

    def caption(self, label: str, caption: Bilingual) -> list[str]:
        parts = [el("label", {}, text(label))] if label else []
        if caption.zh or caption.en:
            parts.append(el("caption", {}, el("title", {}, self.inline.all(caption.zh))))
        if caption.en:
            parts.append(el("caption", {"xml:lang": "en"}, el("title", {}, self.inline.all(caption.en))))
        return parts


# A row has at least one cell and a table at least one body (XHTML table model). A row that cells above it cover, and a
# table that is all head, say so, and the reader takes them for what they are.
_COVERED = el("tr", {"content-type": "covered"}, el("td", {}))
_EMPTY_BODY = el("tbody", {"content-type": "empty"}, _COVERED)


def address(file: str) -> str:
    """A file's name as a relative IRI: only what would end or change it is escaped."""
    return "".join(quote(char) if char in ' %#?<>"{}|\\^`' or ord(char) < 32 else char for char in file)


def _float(id: str, width: str) -> dict[str, str]:
    return {"id": _id(id), "specific-use": "page-width" if width == "page" else ""}


def _id(value: str) -> str:
    return identifier(value) if value else ""


def _untitled(parts: Sequence[str]) -> str:
    return el("sec", {}, lines([el("title", {}), *parts]), "\n")
