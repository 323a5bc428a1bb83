# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Article → article.md, so that reading it gives the same article, places apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kanyin.exports.markdown_front import front_matter
from kanyin.exports.markdown_inline import attributes, footnote_label, guarded, inlines, paragraph
from kanyin.exports.markdown_table import rows
from kanyin.model import (
    Article,
    Bilingual,
    Block,
    DisplayFormula,
    Figure,
    Inlines,
    ListBlock,
    Paragraph,
    Quote,
    Section,
    TableWrap,
    Text,
)

_NUMBER = r"[ \u3000]?(?:S?\d+(?:[-–.]\d+)*[A-Za-z]?|[一二三四五六七八九十]+)"
_FIGURE_LABEL = re.compile(rf"[附续]?图{_NUMBER}")
_TABLE_LABEL = re.compile(rf"[附续]?表{_NUMBER}")
_ENGLISH_LABEL = re.compile(r"(?:Supplementary )?(?:Fig|Tab)")
_NOTE = re.compile(r"注[ \u3000]*[:：]")


def write(article: Article) -> str:
    """The text of article.md, with the front matter and a line end at its end."""
    writer = _Writer()
    parts = [f"---\n{front_matter(article)}\n---"]
    parts += writer.blocks(article.body, 1)
    for number, section in enumerate(article.back, 1):
        parts += writer.section(section, 1, f"b{number}", "back")
    for footnote in article.footnotes:
        parts.append(f"[^{footnote_label(footnote.id)}]: {inlines(footnote.content)}")
    return "\n\n".join(parts) + "\n"


class _Writer:
    """Counts as the reader does, so that an id is written only where the reader would give another."""

    def __init__(self) -> None:
        self.figures = 0
        self.tables = 0
        self.formulas = 0

    def blocks(self, content: Sequence[Block], level: int, parent: str = "") -> list[str]:
        """Pieces to be parted by blank lines."""
        out: list[str] = []
        sections = 0
        last: Block | None = None
        for block in content:
            if isinstance(block, Section):
                sections += 1
                out += self.section(block, level, f"{parent}-{sections}" if parent else f"s{sections}")
            else:
                if isinstance(block, ListBlock) and isinstance(last, ListBlock):
                    out.append("<!-- -->")  # or the two lists would be read as one
                out += self.block(block, level)
            last = block
        return out

    def section(self, section: Section, level: int, automatic: str, *classes: str) -> list[str]:
        named = attributes(section.id if section.id != automatic else "", *classes)
        title = inlines(section.title)
        if title.endswith("#"):  # a run of # at the end of a heading would be dropped
            title = title[:-1] + "\\#"
        heading = f"{'#' * level} {title}".rstrip() + named
        return [heading, *self.blocks(section.content, level + 1, automatic)]

    def block(self, block: Block, level: int) -> list[str]:
        match block:
            case Paragraph(content):
                return [paragraph(content)]
            case Quote(content):
                return [_prefixed("\n\n".join(self.blocks(content, level)), "> ", "> ")]
            case ListBlock():
                return [self.items(block, level)]
            case DisplayFormula():
                return [self.formula(block)]
            case Figure():
                return [self.figure(block)]
            case TableWrap():
                return self.table(block)
            case Section():
                raise TypeError("a section stands among blocks, not inside one")

    def items(self, block: ListBlock, level: int) -> str:
        items = []
        for number, item in enumerate(block.items, 1):
            mark = f"{number}. " if block.ordered else "- "
            # nothing but marks (- - -) would be a rule
            text = "\n\n".join(self.blocks(item, level)) or "<!-- -->"
            items.append(_prefixed(text, mark, " " * len(mark)))
        return "\n".join(items)

    def formula(self, block: DisplayFormula) -> str:
        label = ""
        if block.id:
            self.formulas += 1
            label = f"({self.formulas})"
        values = {"label": block.label} if block.label != label else {}
        values |= {"alt": block.alt} if block.alt else {}
        return f"$$\n{block.tex}\n$${attributes(block.id, **values)}"

    def figure(self, block: Figure) -> str:
        self.figures += 1
        values = {"width": "page"} if block.width == "page" else {}
        captioned = bool(block.label or block.caption != Bilingual())
        labelled = bool(_FIGURE_LABEL.fullmatch(block.label))
        if not labelled and captioned:
            values["label"] = block.label
        named = attributes(block.id if block.id != f"fig{self.figures}" else "", **values).strip()
        file = f"<{block.file}>" if re.search(r"[\s()<>]|^$", block.file) else block.file
        lines = [f"![{inlines((Text(block.alt),))}]({file}){named}"]
        if captioned:
            lines.append(_caption(block.label if labelled else "", block.caption))
        text = "\n".join(lines)
        if block.notes:
            text += "\n\n" + _notes([block.notes])
        return text

    def table(self, block: TableWrap) -> list[str]:
        self.tables += 1
        values = {"width": "page"} if block.width == "page" else {}
        labelled = bool(_TABLE_LABEL.fullmatch(block.label))
        if not labelled and (block.label or block.caption != Bilingual()):
            values["label"] = block.label
        named = attributes(block.id if block.id != f"tab{self.tables}" else "", **values)
        caption = _caption(block.label if labelled else "", block.caption) + named
        parts = [caption.strip()] if caption.strip() else []
        parts.append(rows(block))
        if block.notes:
            parts.append(_notes(block.notes))
        return parts


def _caption(label: str, caption: Bilingual) -> str:
    text = inlines(caption.zh, bar=True)
    if caption.en:
        english = inlines(caption.en, bar=True)
        if _ENGLISH_LABEL.match(english):  # it would be taken for the translated label
            english = f"&#{ord(english[0])};{english[1:]}"
        text += f" | {english}"
    return f"{label}：{text.strip()}" if label else guarded(text.strip())


def _notes(notes: Sequence[Inlines]) -> str:
    """Lines below a figure or table; when the first does not begin with 注, the last says that these are notes."""
    lines = [guarded(inlines(note)) for note in notes]
    return "\n".join(lines) + ("" if _NOTE.match(lines[0]) else " {.note}")


def _prefixed(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *(others + line if line else others.rstrip() for line in lines[1:])])
