# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Figures and tables of JATS, with their captions in both languages and the notes below them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, cast
from urllib.parse import unquote

from kanyin.model import Bilingual, Block, Cell, Figure, Inline, Inlines, LineBreak, Paragraph, TableWrap, Text
from kanyin.readers.context import Context
from kanyin.readers.figures import check_file
from kanyin.readers.jats_inline import Inliner, trimmed
from kanyin.readers.jats_state import State
from kanyin.readers.source import Source
from kanyin.readers.tables import MAX_CELLS, Align
from kanyin.readers.xmltree import Chars, Node

Rows = tuple[tuple[Cell, ...], ...]
_PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif")
_TOLD = {
    "label",
    "caption",
    "alt-text",
    "long-desc",
    "graphic",
    "media",
    "table",
    "alternatives",
    "object-id",
    "permissions",
}


class Floats:
    def __init__(self, state: State, inline: Inliner, blocks: Callable[[Sequence[Node | Chars]], list[Block]]) -> None:
        self.state = state
        self.inline = inline
        self.blocks = blocks

    def figure(self, node: Node, *, label: str = "", identifier: str = "") -> list[Block]:
        """A figure; one without a picture gives its words as paragraphs, one with several a figure for each."""
        inside = [node] if node.name in ("graphic", "inline-graphic") else _pictures(node)
        caption, notes = self.caption(node)
        label = self.text(node, "label") or label
        notes = [*notes, *self.notes(node)]
        if not inside:
            others = [child for child in node.children if not (isinstance(child, Node) and child.name in _TOLD)]
            heads = [line for line in ((Text(label),) if label else (), caption.zh, caption.en, *notes) if line]
            content = self.blocks(others)
            return [*(Paragraph(line, node.where) for line in heads), *content]
        made: list[Block] = []
        for number, picture in enumerate(inside):
            alt = self.text(picture, "alt-text") or self.text(node, "alt-text")
            name = (
                identifier or self.state.named(node, "fig")
                if not number
                else self.state.named(Node("", {}, node.where), "fig")
            )
            first = number == 0
            made.append(
                Figure(
                    name,
                    label if first else "",
                    caption if first else Bilingual(),
                    self.file(picture),
                    alt,
                    _width(node),
                    joined(notes) if first else (),
                    node.where,
                )
            )
        others = [
            child for child in node.children if isinstance(child, Node) and child.name not in _TOLD | {"attrib", "p"}
        ]
        return [*made, *self.blocks(others)]

    def table(self, node: Node) -> list[Block]:
        """A table; of several under one caption the first carries it. One that is only a picture is a figure."""
        tables = [node] if node.name == "array" else _tables(node)
        caption, notes = self.caption(node)
        if not tables and not self.state.own:
            pictures = _pictures(node)
            if pictures:
                self.state.report("JATS-TABLE-PICTURE", node.where, pictures[0].get("href"))
                figure = Figure(
                    self.state.named(node, "fig"), self.text(node, "label"), caption, self.file(pictures[0]),
                    self.text(node, "alt-text"), _width(node), joined([*notes, *self.notes(node)]), node.where,
                )  # fmt: skip
                return [figure]
        label = self.text(node, "label")
        notes = [*notes, *self.notes(node)]
        head, body = self.rows(tables[0]) if tables else ((), ())
        made: list[Block] = [
            TableWrap(self.state.named(node, "tab"), label, caption, head, body, tuple(notes), _width(node), node.where)
        ]
        for more in tables[1:]:
            head, body = self.rows(more)
            name = self.state.named(Node("", {}, more.where), "tab")
            made.append(TableWrap(name, "", Bilingual(), head, body, (), _width(node), more.where))
        told = _TOLD | {"attrib", "table-wrap-foot", "fn-group", "fn", "p", "array", "tbody", "tr"}
        return [*made, *self.blocks([child for child in node.nodes if child.name not in told])]

    def caption(self, node: Node) -> tuple[Bilingual, list[Inlines]]:
        """The caption in both languages; what stands below a caption's title is a note."""
        main: list[Inlines] = []
        english: list[Inlines] = []
        notes: list[Inlines] = []
        captions = node.all("caption")
        if len(captions) > 1 and captions[0].get("lang") == "en" and captions[1].get("lang") != "en":
            captions = [captions[1], captions[0], *captions[2:]]
        for number, caption in enumerate(captions):
            title = caption.first("title")
            below = [child for child in caption.children if child is not title]
            line = self.inline.line(below) if not self.state.own else ()
            if title is None:
                (english if number else main).append(line)
                continue
            (english if number else main).append(self.inline.all(title))
            notes += [line] if line else []
        return Bilingual(joined(main), joined(english)), notes

    def notes(self, node: Node) -> list[Inlines]:
        """What stands below a figure or table, each note with the sign that calls it."""
        out: list[Inlines] = []
        for child in node.nodes:
            if child.name in ("table-wrap-foot", "fn-group"):
                out += self.notes(child)
            elif child.name in ("fn", "attrib", "p", "title", "license", "copyright-statement"):
                label = child.first("label")
                mark = self.inline.all(label) if label is not None else ()
                line = self.inline.all(child, without=["label"])
                out.append((*mark, Text(" "), *line) if mark else line)
            elif child.name == "permissions":
                line = self.inline.line(child.children)
                out += [] if self.state.own else [line]  # of ours: the register says it
        return [line for line in out if line]

    def rows(self, table: Node) -> tuple[Rows, Rows]:
        head: list[tuple[Cell, ...]] = []
        body: list[tuple[Cell, ...]] = []
        cells = 0
        for part in table.nodes:
            if part.name == "tbody" and part.get("content-type") == "empty":
                continue
            rows = [part] if part.name == "tr" else part.all("tr")
            for row in rows:
                covered = row.get("content-type") == "covered"
                made = () if covered else tuple(self.cell(c, part.name == "thead") for c in row.all("td", "th"))
                cells += len(made)
                if cells > MAX_CELLS:
                    self.state.refuse("SOURCE-TABLE-SIZE", table.where, limit=MAX_CELLS)
                    return (), ()
                (head if part.name == "thead" else body).append(made)
        if not head and table.first("thead") is None and not self.state.own:
            while len(body) > 1 and body[0] and all(cell.header for cell in body[0]):
                head.append(body.pop(0))
        return tuple(head), tuple(body)

    def cell(self, node: Node, in_head: bool) -> Cell:
        if any(part.name in ("table", "array", "list") for part in node.walk()):
            self.state.report(
                "JATS-CELL", node.where, next(p.name for p in node.walk() if p.name in ("table", "array", "list"))
            )
        align = node.get("align") or (re.findall(r"text-align:\s*(\w+)", node.get("style")) or [""])[0]
        shown = cast(Align, align if align in ("left", "center", "right") else "")
        spans = [
            int(v) if (v := node.get(k)).isascii() and v.isdigit() and 1 <= int(v) <= 1000 else 1
            for k in ("colspan", "rowspan")
        ]
        header = node.name == "th" or (in_head and not self.state.own)
        return Cell(self.inline.all(node), header, shown, *spans)

    def text(self, node: Node, name: str) -> str:
        found = node.first(name)
        return self.inline.plain(found) if found is not None else ""

    def file(self, node: Node) -> str:
        """The picture's file: as it is named, or with the suffix under which it lies beside the article."""
        href = "" if self.state.own and node.get("href") == "#" else node.get("href")
        name = unquote(href)
        if not self.state.own and (self.state.root / href).is_file():
            name = href
        elif not (self.state.root / name).is_file():
            found = [name + suffix for suffix in _PICTURES if (self.state.root / (name + suffix)).is_file()]
            stem = re.sub(r"\.[A-Za-z]{3,4}\Z", "", name)
            found += [stem + suffix for suffix in _PICTURES if (self.state.root / (stem + suffix)).is_file()]
            name = found[0] if found else name
        context = Context(Source("", node.where.file), self.state.root)
        check_file(name, node.where, context)
        for problem in context.findings:
            self.state.add(problem)
        return name


def _pictures(node: Node) -> list[Node]:
    """The pictures right in a figure; of several forms of one, the one that prints best here."""
    found: list[Node] = []
    for child in node.nodes:
        if child.name == "graphic":
            found.append(child)
        elif child.name == "alternatives" and (forms := child.all("graphic", "inline-graphic")):
            found.append(min(forms, key=_rank))
    return found


def _rank(picture: Node) -> int:
    suffix = "." + picture.get("href").lower().rpartition(".")[2]
    return _PICTURES.index(suffix) if suffix in _PICTURES else len(_PICTURES)


def _tables(node: Node) -> list[Node]:
    return [
        t
        for child in node.nodes
        for t in ([child] if child.name == "table" else child.all("table"))
        if child.name in ("table", "alternatives")
    ]


def _width(node: Node) -> Literal["column", "page"]:
    return "page" if node.get("specific-use") == "page-width" else "column"


def joined(lines: Sequence[Inlines]) -> Inlines:
    """Lines below each other."""
    out: list[Inline] = []
    for line in lines:
        if line:
            out += [*([LineBreak()] if out else []), *line]
    return tuple(out) if len(lines) < 2 else trimmed(tuple(out))
