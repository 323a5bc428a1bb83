# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""An excerpt (摘编): the parts that a permit names, and not a sentence more.

References, notes and links follow the selection: only what the chosen parts cite is kept, and the numbers start anew.
Title, authors and journal stay, because 著作权法 asks that author and title of what is used be named; and the subtitle
says that this is a part (节选), so that nobody takes it for the whole.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from kanyin.findings import UsageError, Where, finding
from kanyin.model import (
    Article,
    Block,
    Cell,
    DisplayFormula,
    Figure,
    Front,
    Inline,
    Inlines,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Section,
    Styled,
    TableWrap,
    Xref,
)

ABSTRACT = "abstract"
MARK, MARK_EN = "节选", "Excerpt"
_CHOOSABLE = (Section, Figure, TableWrap, DisplayFormula)


def parts(article: Article) -> list[str]:
    """The ids that may be chosen, in order of appearance."""
    found = [ABSTRACT] if article.front.abstract or article.front.abstract_en else []
    blocks = _walk((*article.body, *article.back))
    return found + [b.id for b in blocks if isinstance(b, _CHOOSABLE) and b.id]


def chosen_blocks(article: Article, chosen: Sequence[str]) -> list[Section | Figure | TableWrap | DisplayFormula]:
    """What bears the chosen ids; an abstract is no block."""
    return [b for b in _walk((*article.body, *article.back)) if isinstance(b, _CHOOSABLE) and b.id in chosen]


def nested(article: Article, chosen: Sequence[str]) -> Iterator[tuple[str, Section | Figure | TableWrap]]:
    """Each chosen section with every section, figure and table that stands inside it, at any depth."""
    for block in _walk((*article.body, *article.back)):
        if isinstance(block, Section) and block.id in chosen:
            inside = (b for b in _walk(block.content) if isinstance(b, Section | Figure | TableWrap))
            yield from ((block.id, b) for b in inside)


def select(article: Article, chosen: Sequence[str]) -> Article:
    """The article cut to `chosen`. Raises UsageError when nothing is chosen or an id does not exist."""
    known = parts(article)
    unknown = [part for part in chosen if part not in known]
    if unknown or not chosen:
        place = Where(str(article.path))
        raise UsageError(
            *(finding("TYPESET-PART-UNKNOWN", place, part=part, known=", ".join(known)) for part in unknown or ["—"])
        )
    wanted = frozenset(chosen)
    body = tuple(_kept(article.body, wanted))
    back = tuple(b for b in _kept(article.back, wanted) if isinstance(b, Section))
    front = _front(article.front, with_abstract=ABSTRACT in wanted)
    notes = {note.id: note for note in article.footnotes}
    used: dict[str, set[str]] = {"bibr": set(), "fn": set()}
    pending = [*_inlines((*body, *back)), *(part.content for part in (*front.abstract, *front.abstract_en))]
    while pending:
        for xref in _xrefs(pending.pop()):
            if xref.ref_type not in used:
                continue
            new = set(xref.rids) - used[xref.ref_type]
            used[xref.ref_type] |= new
            if xref.ref_type == "fn":
                pending += [notes[rid].content for rid in new if rid in notes]
    return dataclasses.replace(
        article,
        front=front,
        body=body,
        back=back,
        refs=tuple(ref for ref in article.refs if ref.id in used["bibr"]),
        footnotes=tuple(note for note in article.footnotes if note.id in used["fn"]),
    )


def _front(front: Front, *, with_abstract: bool) -> Front:
    return dataclasses.replace(
        front,
        subtitle=f"{front.subtitle}（{MARK}）" if front.subtitle else MARK,
        subtitle_en=f"{front.subtitle_en} ({MARK_EN})" if front.subtitle_en else MARK_EN,
        abstract=front.abstract if with_abstract else (),
        abstract_en=front.abstract_en if with_abstract else (),
        kwds=front.kwds if with_abstract else (),
        kwds_en=front.kwds_en if with_abstract else (),
        author_notes=(),
    )


def _kept(content: Sequence[Block], wanted: frozenset[str]) -> Iterator[Block]:
    """Chosen blocks, whole; of a section that is not chosen, the chosen ones inside it."""
    for block in content:
        match block:
            case Section() | Figure() | TableWrap() | DisplayFormula() if block.id in wanted:
                yield block
            case Section() | Quote():
                yield from _kept(block.content, wanted)
            case ListBlock():
                for item in block.items:
                    yield from _kept(item, wanted)
            case _:
                pass


def _walk(content: Sequence[Block]) -> Iterator[Block]:
    for block in content:
        yield block
        if isinstance(block, Section | Quote):
            yield from _walk(block.content)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _walk(item)


def _inlines(content: Sequence[Block]) -> Iterator[Inlines]:
    for block in _walk(content):
        match block:
            case Section():
                yield block.title
            case Paragraph():
                yield block.content
            case Figure():
                yield from (block.caption.zh, block.caption.en, block.notes)
            case TableWrap():
                yield from (block.caption.zh, block.caption.en, *block.notes)
                yield from (cell.content for cell in _cells(block))
            case _:
                pass


def _cells(block: TableWrap) -> Iterator[Cell]:
    for row in (*block.head, *block.body):
        yield from row


def _xrefs(content: Sequence[Inline]) -> Iterator[Xref]:
    for inline in content:
        if isinstance(inline, Xref):
            yield inline
        elif isinstance(inline, Styled | Link):
            yield from _xrefs(inline.content)
