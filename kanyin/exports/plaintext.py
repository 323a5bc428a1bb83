# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Article → plain text, which anything can read in a hundred years: every word in reading order, no markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kanyin.findings import RightsError, Where, finding
from kanyin.model import (
    AbstractPart,
    Article,
    Bilingual,
    Block,
    Cell,
    DisplayFormula,
    Figure,
    Front,
    Inline,
    InlineFormula,
    Inlines,
    LineBreak,
    ListBlock,
    Paragraph,
    Permit,
    Quote,
    Section,
    Styled,
    TableWrap,
    Text,
)  # fmt: skip


def write(article: Article, permit: Permit, references: Sequence[str]) -> bytes:
    """UTF-8, a block a line, cells of a row between tabs. `references` are the entries as they are printed.

    Raises RightsError for a permit that covers only parts: the file would hold the whole.
    """
    if permit.parts:
        raise RightsError(finding("TEXT-PARTS", article.front.where or Where(), parts=", ".join(permit.parts)))
    lines = [
        *_front(article.front),
        *_blocks((*article.body, *article.back)),
        *(f"{number}. {plain(note.content)}" for number, note in enumerate(article.footnotes, 1)),
        *(f"[{number}] {entry}" for number, entry in enumerate(references, 1)),
        permit.notice.text,
        *permit.credit,
    ]
    return "".join(f"{line}\n" for line in lines if line.strip()).encode()


def _front(front: Front) -> Iterator[str]:
    people, people_en = (
        "，".join(one.name for one in front.contribs),
        ", ".join(one.name_en for one in front.contribs if one.name_en),
    )
    yield from (front.title, front.subtitle, people, *(aff.name for aff in front.affs))
    yield from _abstract(front.abstract)
    yield "；".join(front.kwds)
    yield from (front.title_en, front.subtitle_en, people_en, *(aff.name_en for aff in front.affs))
    yield from _abstract(front.abstract_en)
    yield "; ".join(front.kwds_en)
    yield from (*front.funding, *front.funding_en, *front.author_notes)


def _abstract(parts: Sequence[AbstractPart]) -> Iterator[str]:
    for part in parts:
        yield f"{part.label}  {plain(part.content)}" if part.label else plain(part.content)


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Section():
                yield plain(block.title)
                yield from _blocks(block.content)
            case Paragraph():
                yield plain(block.content)
            case Quote():
                yield from _blocks(block.content)
            case ListBlock():
                for item in block.items:
                    yield from _blocks(item)
            case DisplayFormula():
                yield f"{block.alt or block.tex} {block.label}"
            case Figure():
                yield from _caption(block.label, block.caption)
                yield block.alt
                yield plain(block.notes)
            case TableWrap():
                yield from _caption(block.label, block.caption)
                yield from map(_row, (*block.head, *block.body))
                yield from map(plain, block.notes)


def _caption(label: str, caption: Bilingual) -> Iterator[str]:
    yield f"{label} {plain(caption.zh)}".strip()
    yield plain(caption.en)


def _row(cells: Sequence[Cell]) -> str:
    return "\t".join(plain(cell.content) for cell in cells)


def plain(content: Inlines) -> str:
    return "".join(map(_plain, content))


def _plain(inline: Inline) -> str:
    match inline:
        case Text():
            return inline.value
        case InlineFormula():
            return inline.alt or inline.tex
        case LineBreak():
            return " "
        case Styled():
            return plain(inline.content)
        case _:
            return inline.text if hasattr(inline, "text") else plain(inline.content)
