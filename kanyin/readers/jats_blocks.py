# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Blocks and sections of JATS → ours. What has no block of its own becomes the nearest one, and is reported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kanyin.model import (
    Block,
    DisplayFormula,
    Inlines,
    LineBreak,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Section,
    Styled,
    Text,
)
from kanyin.readers.jats_floats import Floats
from kanyin.readers.jats_inline import Inliner
from kanyin.readers.jats_state import State
from kanyin.readers.xmltree import Chars, Node

_SECTIONS = {"sec", "ack", "notes", "app", "glossary"}
# what parts a paragraph in two when it stands in one
_BLOCKS = {
    "list", "def-list", "disp-quote", "disp-formula", "disp-formula-group", "fig", "fig-group", "table-wrap",
    "table-wrap-group", "boxed-text", "supplementary-material", "media", "graphic", "preformat", "verse-group",
    "speech", "statement", "fn-group", "array", "block-alternatives", "chem-struct-wrap", "ref-list", "p",
}  # fmt: skip
_QUOTES = {"disp-quote", "boxed-text", "statement", "verse-group"}
_UNPRINTED = {"object-id", "sec-meta"}
_GROUPS = {"fig-group", "table-wrap-group", "disp-formula-group", "block-alternatives", "chem-struct-wrap", "app-group"}

if TYPE_CHECKING:
    from kanyin.model import Inline


class Blocks:
    def __init__(self, state: State, inline: Inliner) -> None:
        self.state = state
        self.inline = inline
        self.floats = Floats(state, inline, self.blocks)

    def blocks(self, content: Sequence[Node | Chars], parent: str | None = None) -> list[Block]:
        """The blocks of a container. Characters between them are a paragraph.

        `parent` is the id of the section, empty for the body; None where no section may stand: then the heading of one
        is a paragraph in bold.
        """
        out: list[Block] = []
        loose: list[Node | Chars] = []
        sections = 0

        def flush() -> None:
            if line := self.inline.line(loose):
                where = next((item.where for item in loose if isinstance(item, Node) or item.value.strip()), None)
                out.append(Paragraph(line, where))
            loose.clear()

        for child in content:
            if isinstance(child, Chars) or child.name not in _BLOCKS | _SECTIONS | _GROUPS | _UNPRINTED:
                loose.append(child)
                continue
            flush()
            if child.name in _UNPRINTED:
                continue  # not taken: it is kept in the front matter
            if child.name in _SECTIONS and parent is None:
                out += self.group(child)
            elif child.name in _SECTIONS:
                sections += 1
                out.append(self.section(child, f"{parent}-{sections}" if parent else f"s{sections}"))
            else:
                out += self.block(child)
        flush()
        return out

    def section(self, node: Node, automatic: str) -> Section:
        """A section with its label and title as heading; without an id of its own it is named as in our source."""
        label, title = node.first("label"), node.first("title")
        heading = self.inline.all(title) if title is not None else ()
        if label is not None and (mark := self.inline.plain(label)):
            heading = (Text(f"{mark} "), *heading) if heading else (Text(mark),)
        identifier = self.state.unique(self.state.id(node.get("id")) or automatic, node.where)
        content = [child for child in node.children if child is not label and child is not title]
        return Section(identifier, merged(heading), tuple(self.blocks(content, automatic)), node.where)

    def block(self, node: Node) -> list[Block]:
        name = node.name
        if name == "p":
            return self.blocks(node.children)
        if name in _QUOTES:
            return self.quote(node)
        if name in _GROUPS:
            return self.group(node)
        match name:
            case "list":
                return self.items(node)
            case "def-list":
                return self.definitions(node)
            case "disp-formula":
                return self.formula(node)
            case "fig" | "graphic":
                return self.floats.figure(node)
            case "table-wrap" | "array":
                return self.floats.table(node)
            case "supplementary-material" | "media":
                return self.supplement(node)
            case "fn-group":
                return self.notes(node)
            case "preformat":
                return [Paragraph(code(node.text()), node.where)]
            case "speech":
                return self.group(node)
            case _:
                return self.blocks(node.children)

    def items(self, node: Node) -> list[Block]:
        """A list; marks that the layout would not set by itself stay, in the text of the items."""
        kind = node.get("list-type") or "bullet"
        ordered = kind in ("order", "ordered", "number", "arabic")
        items = []
        for number, item in enumerate(node.all("list-item"), 1):
            label = item.first("label")
            content = self.blocks([child for child in item.children if child is not label])
            mark = self.inline.plain(label) if label is not None else ""
            if not mark and not ordered and kind not in ("bullet", "simple"):
                mark = _count(number, kind)
            if mark and mark.strip(".)） ") != str(number) and mark.strip() not in "•·-–*":
                content = _marked(mark, content)
            items.append(tuple(content))
        others = [child for child in node.children if not (isinstance(child, Node) and child.name == "list-item")]
        return [*self.blocks(others), *([ListBlock(ordered, tuple(items), node.where)] if items else [])]

    def definitions(self, node: Node) -> list[Block]:
        """Terms and what they mean, as a list: the term in bold before its meaning."""
        items = []
        for item in node.all("def-item"):
            terms = [self.inline.all(term) for term in item.all("term")]
            content = [block for meaning in item.all("def") for block in self.blocks(meaning.children)]
            for term in reversed(terms):
                content = _before((Styled("bold", term), Text("：")), content) if term else content
            items.append(tuple(content))
        others = [child for child in node.children if not (isinstance(child, Node) and child.name == "def-item")]
        return [*self.blocks(others), *([ListBlock(False, tuple(items), node.where)] if items else [])]

    def quote(self, node: Node) -> list[Block]:
        if node.name != "disp-quote":
            self.state.report("JATS-NEAREST", node.where, node.name)
        heads = [
            child for child in node.children if isinstance(child, Node) and child.name in ("label", "title", "caption")
        ]
        rest = [child for child in node.children if child not in heads]
        if node.name == "verse-group":
            lines = [self.inline.all(line) for line in node.all("verse-line")]
            rest = [child for child in rest if not (isinstance(child, Node) and child.name == "verse-line")]
            verses: list[Block] = [Paragraph(parted(lines), node.where)] if any(lines) else []
            content = [*self.headed(heads), *verses, *self.blocks(rest)]
        else:
            content = [*self.headed(heads), *self.blocks(rest)]
        return [Quote(tuple(content), node.where)] if content else []

    def group(self, node: Node) -> list[Block]:
        """Several figures, tables or formulas under one heading: the heading in bold, then each."""
        heads = [
            child for child in node.children if isinstance(child, Node) and child.name in ("label", "title", "caption")
        ]
        return [*self.headed(heads), *self.blocks([child for child in node.children if child not in heads])]

    def headed(self, heads: Sequence[Node]) -> list[Block]:
        out: list[Block] = []
        for head in heads:
            if line := self.inline.all(head):
                out.append(Paragraph((Styled("bold", line),), head.where))
        return out

    def notes(self, node: Node) -> list[Block]:
        """Notes that the text calls are footnotes; others stand here, under the heading of their group."""
        out = self.headed(node.all("title"))
        for fn in node.all("fn"):
            if self.state.own or fn.get("id") in self.state.called:
                self.inline.note(fn, self.state.named(fn, "fn"))
            else:
                out += self.blocks(fn.children)
        return out

    def formula(self, node: Node) -> list[Block]:
        """A formula on lines of its own; one that is only a picture is a figure, one of letters a paragraph."""
        label = node.first("label")
        mark = self.inline.plain(label) if label is not None else ""
        tex, alt = self.inline.tex(node)
        if tex:
            given = self.state.id(node.get("id"))
            identifier = self.state.unique(given, node.where) if given else ""
            return [DisplayFormula(identifier, tex, alt, mark, node.where)]
        pictures = [part for part in node.walk() if part.name in ("graphic", "inline-graphic")]
        if pictures:
            return self.floats.figure(pictures[0], label=mark, identifier=self.state.named(node, "fig"))
        line = self.inline.all(node, without=["label"])
        if mark:
            line = (*line, Text(f" {mark}"))
        return [Paragraph(merged(line), node.where)] if line else []

    def supplement(self, node: Node) -> list[Block]:
        """A file beside the article: what is said of it, and its name."""
        content = self.blocks(node.children)
        href = node.get("href") or next((n.get("href") for n in node.walk() if n.name == "media"), "")
        self.state.report("JATS-SUPPLEMENT", node.where, href)
        name: Inlines = (Link(href, (Text(href),)),) if href.startswith("http") else (Text(href),) if href else ()
        return [*content, *([Paragraph(name, node.where)] if name else [])]


def code(text: str) -> Inlines:
    lines = text.strip("\n").expandtabs(4).split("\n")
    return parted([(Styled("code", (Text(line.strip()),)),) if line.strip() else () for line in lines])


def parted(lines: Sequence[Inlines]) -> Inlines:
    """Lines below each other."""
    out: list[Inline] = []
    for line in lines:
        if line:
            out += [*([LineBreak()] if out else []), *line]
    return tuple(out)


def merged(content: Inlines) -> Inlines:
    """Neighbouring texts as one."""
    out: list[Inline] = []
    for inline in content:
        last = out[-1] if out else None
        if isinstance(inline, Text) and isinstance(last, Text):
            out[-1] = Text(last.value + inline.value)
        else:
            out.append(inline)
    return tuple(out)


def _before(start: Inlines, content: Sequence[Block]) -> list[Block]:
    first = content[0] if content else None
    if isinstance(first, Paragraph):
        return [Paragraph(merged((*start, *first.content)), first.where), *content[1:]]
    return [Paragraph(start), *content]


def _marked(mark: str, content: Sequence[Block]) -> list[Block]:
    return _before((Text(f"{mark} "),), content)


def _count(number: int, kind: str) -> str:
    """a), B), iii): the marks of a list that counts with letters or in Roman numerals."""
    if kind.startswith("alpha"):
        letter = chr(ord("a") + (number - 1) % 26)
        return f"{letter.upper() if 'upper' in kind else letter})"
    if kind.startswith("roman"):
        roman, rest = "", number
        for value, sign in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
            roman += sign * (rest // value)
            rest %= value
        return f"{roman.upper() if 'upper' in kind else roman})"
    return ""
