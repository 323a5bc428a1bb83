# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""All text of an article, unit by unit, with its place: what is printed, what is read aloud, what lies in drawings.

Whatever channel text takes, it is compared: body, captions, alternative texts, tables, formulas, footnotes, references,
affiliations, words in drawings, and what a layout would print by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kanyin.findings import Where
from kanyin.model import (
    Article,
    Block,
    DisplayFormula,
    Figure,
    Inline,
    InlineFormula,
    LineBreak,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Reference,
    Section,
    Styled,
    TableWrap,
    Text,
    Xref,
)

Kind = Literal[
    "title", "text", "quote", "heading", "caption", "alt", "table", "formula", "footnote", "reference", "affiliation",
    "keyword", "drawing", "generated",
]  # fmt: skip
FACTS: frozenset[Kind] = frozenset({"title", "keyword"})
"""Never indexed: too short to be protected, and rightly repeated by everybody who cites."""
LONGEST = {"reference": 150, "affiliation": 80, "statute": 600}
"""In characters: what is longer is not what it claims to be, and is indexed like any text."""
_STATUTE = re.compile(r"^\s*第[一二三四五六七八九十百千零〇0-9]+条|《[^《》]{2,30}(法|条例|办法|规定|解释|规则)》第")


@dataclass(frozen=True)
class Unit:
    """`cites` are the ids of the references cited in it; of a reference, its own."""

    kind: Kind
    text: str
    where: Where | None = None
    cites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Laid:
    """Units laid end to end: one text, and the unit at each offset of it."""

    text: str
    units: tuple[Unit, ...]
    starts: tuple[int, ...]

    def at(self, offset: int) -> int:
        """The number of the unit at an offset."""
        return max(bisect_right(self.starts, offset) - 1, 0)


def lay(units: Iterable[Unit]) -> Laid:
    kept = tuple(unit for unit in units if unit.text.strip())
    starts, length = [], 0
    for unit in kept:
        starts.append(length)
        length += len(unit.text) + 1
    return Laid("\n".join(unit.text for unit in kept), kept, tuple(starts))


def protected(units: Iterable[Unit], whitelist: Iterable[str]) -> Iterator[Unit]:
    """The units of a work that go into the index.

    Facts and what the policy's whitelist names are left out on this side, never on the other: so a reference that two
    articles share is no passage, and body text that is passed off as a reference is compared like any.
    """
    listed = set(whitelist)
    for unit in units:
        short = len(unit.text) <= LONGEST.get(unit.kind, 0)
        if unit.kind in FACTS or unit.kind == "generated":
            continue
        if (unit.kind == "reference" and "references" in listed) and short:
            continue
        if (unit.kind == "affiliation" and "affiliations" in listed) and short:
            continue
        if "statute_text" in listed and _STATUTE.search(unit.text) and len(unit.text) <= LONGEST["statute"]:
            continue
        yield unit


def units(article: Article) -> Iterator[Unit]:
    """Everything an article says, in the order of its source."""
    front, at = article.front, article.front.where
    for title in (front.title, front.title_en, front.subtitle, front.subtitle_en):
        yield Unit("title", title, at)
    for aff in front.affs:
        yield Unit("affiliation", f"{aff.name} {aff.name_en}", at)
    for part in (*front.abstract, *front.abstract_en):
        yield Unit("text", f"{part.label} {plain(part.content)}", at, _cites(part.content))
    for words in (front.kwds, front.kwds_en):
        yield Unit("keyword", " ".join(words), at)
    for line in (*front.funding, *front.funding_en, *front.author_notes, front.permissions.statement):
        yield Unit("text", line, at)
    yield from _blocks((*article.body, *article.back), "text")
    for note in article.footnotes:
        yield Unit("footnote", plain(note.content), note.where, _cites(note.content))
    for reference in article.refs:
        yield Unit("reference", _entry(reference), reference.where, (reference.id,))


def part_texts(article: Article, whitelist: Iterable[str]) -> list[tuple[str, str]]:
    """Every part that has an id, with its text, as it goes into the index."""
    listed = tuple(whitelist)
    named = [block for block in _walk((*article.body, *article.back)) if getattr(block, "id", "")]
    return [(getattr(b, "id", ""), lay(protected(_blocks((b,), "text"), listed)).text) for b in named]


def figures(article: Article) -> list[Figure]:
    """Every figure, also those inside sections."""
    return [block for block in _walk((*article.body, *article.back)) if isinstance(block, Figure)]


def plain(content: Iterable[Inline]) -> str:
    """Inline content as the characters a reader sees; readings of ruby behind them, lest they part what is one text."""
    inlines = tuple(content)
    readings = " ".join(_readings(inlines))
    return "".join(_plain(inline) for inline in inlines) + (f" {readings}" if readings else "")


def _readings(content: Iterable[Inline]) -> Iterator[str]:
    for inline in content:
        if isinstance(inline, Styled) and inline.reading:
            yield inline.reading
        elif isinstance(inline, Styled | Link):
            yield from _readings(inline.content)


def _plain(inline: Inline) -> str:
    match inline:
        case Text():
            return inline.value
        case Styled() | Link():
            return "".join(_plain(inner) for inner in inline.content)
        case InlineFormula():
            return f" {inline.tex} {inline.alt} "
        case Xref():
            return inline.text
        case LineBreak():
            return "\n"


def _cites(content: Iterable[Inline]) -> tuple[str, ...]:
    found: list[str] = []
    for inline in content:
        if isinstance(inline, Xref) and inline.ref_type == "bibr":
            found += inline.rids
        elif isinstance(inline, Styled | Link):
            found += _cites(inline.content)
    return tuple(found)


def _blocks(content: Iterable[Block], kind: Kind) -> Iterator[Unit]:
    for block in content:
        match block:
            case Section():
                yield Unit("heading", plain(block.title), block.where)
                yield from _blocks(block.content, kind)
            case Paragraph():
                yield Unit(kind, plain(block.content), block.where, _cites(block.content))
            case Quote():
                yield from _blocks(block.content, "quote")
            case ListBlock():
                for item in block.items:
                    yield from _blocks(item, kind)
            case DisplayFormula():
                yield Unit("formula", f"{block.tex} {block.alt} {block.label}", block.where)
            case Figure():
                yield Unit("caption", _caption(block), block.where)
                yield Unit("alt", block.alt, block.where)
                yield Unit("caption", plain(block.notes), block.where)
            case TableWrap():
                yield Unit("caption", _caption(block), block.where)
                rows = (*block.head, *block.body)
                yield Unit("table", "\n".join(" ".join(plain(c.content) for c in row) for row in rows), block.where)
                yield Unit("caption", "\n".join(plain(note) for note in block.notes), block.where)


def _caption(block: Figure | TableWrap) -> str:
    return f"{plain(block.caption.zh)}\n{plain(block.caption.en)}"


def _entry(reference: Reference) -> str:
    """Every string of an entry, whatever its field is called: a long one in an odd field goes along too."""
    return " ".join(_strings(reference.csl))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)


def _walk(content: Iterable[Block]) -> Iterator[Block]:
    for block in content:
        yield block
        if isinstance(block, Section | Quote):
            yield from _walk(block.content)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _walk(item)
