# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Citations: numbers in the order of first citation (GB/T 7714—2025 9.2, 2015 10.1), and whether all is in order.

The order is that of reading: what a table, a figure or a footnote cites counts from where the text first calls it. The
abstract is read apart from the article, so it gives no numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kanyin.findings import Finding, Where, finding
from kanyin.model import (
    Article,
    Block,
    Figure,
    Footnote,
    Inlines,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Section,
    Styled,
    TableWrap,
    Text,
    Xref,
)
from kanyin.typeset.runs import plain

_LITERAL = re.compile(r"\[\s*(\d{1,4}(?:\s*[-–—～~,，、]\s*\d{1,4})*)\s*\]")


@dataclass(frozen=True)
class _Cited:
    """One citation as it was met: the references it names, or the numbers that were typed by hand."""

    rids: tuple[str, ...]
    where: Where | None
    typed: tuple[int, ...] = ()


def number(article: Article) -> dict[str, int]:
    """Reference id → number from 1. References that nobody cites come last, in the order of the list.

    Where numbers were typed into the text by hand, the positions in the list count instead: typed text is not changed.
    """
    known = [ref.id for ref in article.refs]
    met = list(_reading(article))
    if any(cited.typed and not cited.rids for cited in met):
        return _numbered(known)
    return _numbered([rid for cited in met for rid in cited.rids if rid in set(known)] + known)


def _numbered(ids: Sequence[str]) -> dict[str, int]:
    return {rid: n for n, rid in enumerate(dict.fromkeys(ids), start=1)}


def join(numbers: Sequence[int]) -> str:
    """1, 3, 4, 5 → "1,3-5"; two in a row are joined as well: "1-2". Order and repetitions do not matter."""
    runs: list[list[int]] = []
    for n in sorted(set(numbers)):
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return ",".join(str(r[0]) if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in runs)


def read_numbers(text: str) -> tuple[int, ...]:
    """The numbers of "[1,3-5]" typed by hand, ranges written out; empty if the text is nothing of that kind."""
    found = _LITERAL.fullmatch(text.strip())
    if not found:
        return ()
    numbers: list[int] = []
    for part in re.split(r"\s*[,，、]\s*", found[1]):
        ends = [int(n) for n in re.split(r"\s*[-–—～~]\s*", part)]
        # no list of references is that long: such a span is a slip, and is not written out
        numbers += range(ends[0], ends[-1] + 1) if 0 <= ends[-1] - ends[0] < 500 else ends
    return tuple(numbers)


def check(article: Article) -> list[Finding]:
    """Citations without a reference, references nobody cites, numbers out of order, citations in the abstract."""
    known = {ref.id: position for position, ref in enumerate(article.refs, start=1)}
    positions = {position: rid for rid, position in known.items()}
    findings: list[Finding] = []
    cited_ids: dict[str, None] = {}
    highest = 0
    for cited in _reading(article):
        for rid in cited.rids:
            if rid not in known:
                findings.append(finding("CITE-UNKNOWN", cited.where, key=rid))
        for n in cited.typed:
            if n not in positions:
                findings.append(finding("CITE-NO-SUCH-NUMBER", cited.where, number=n, count=len(known)))
            elif n > highest + 1 and positions[n] not in cited_ids:
                findings.append(finding("CITE-ORDER", cited.where, number=n, expected=highest + 1))
            highest = max(highest, n)
        cited_ids.update(dict.fromkeys(cited.rids))
        cited_ids.update((positions[n], None) for n in cited.typed if n in positions)
    findings += [finding("CITE-UNUSED", r.where, id=r.id) for r in article.refs if r.id not in cited_ids]
    for part in (*article.front.abstract, *article.front.abstract_en):
        for cited in _Walk(article).inlines(part.content, None):
            findings.append(finding("CITE-IN-ABSTRACT", cited.where or article.front.where))
    return findings


def _reading(article: Article) -> Iterator[_Cited]:
    walk = _Walk(article)
    yield from walk.blocks(article.body)
    yield from walk.blocks(article.back)
    yield from walk.rest()


class _Walk:
    """Goes through an article as a reader does; tables, figures and notes are read where they are first called."""

    def __init__(self, article: Article) -> None:
        self._called: dict[str, Block | Footnote] = {note.id: note for note in article.footnotes}
        self._collect(article.body)
        self._collect(article.back)
        self._read: set[str] = set()

    def _collect(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if isinstance(block, Figure | TableWrap):
                self._called.setdefault(block.id, block)
            elif isinstance(block, Section | Quote):
                self._collect(block.content)
            elif isinstance(block, ListBlock):
                for item in block.items:
                    self._collect(item)

    def rest(self) -> Iterator[_Cited]:
        """Footnotes that nothing calls."""
        for id in list(self._called):
            yield from self._call(id)

    def blocks(self, blocks: Sequence[Block]) -> Iterator[_Cited]:
        for block in blocks:
            if isinstance(block, Paragraph):
                yield from self.inlines(block.content, block.where)
            elif isinstance(block, Section):
                yield from self.inlines(block.title, block.where)
                yield from self.blocks(block.content)
            elif isinstance(block, Quote):
                yield from self.blocks(block.content)
            elif isinstance(block, ListBlock):
                for item in block.items:
                    yield from self.blocks(item)
            elif isinstance(block, Figure | TableWrap):
                yield from self._call(block.id)

    def _call(self, id: str) -> Iterator[_Cited]:
        target = self._called.get(id)
        if target is None or id in self._read:
            return
        self._read.add(id)
        if isinstance(target, Footnote):
            yield from self.inlines(target.content, target.where)
            return
        if isinstance(target, Figure | TableWrap):
            yield from self.inlines(target.caption.zh, target.where)
            yield from self.inlines(target.caption.en, target.where)
        if isinstance(target, TableWrap):
            for row in (*target.head, *target.body):
                for cell in row:
                    yield from self.inlines(cell.content, target.where)
            for note in target.notes:
                yield from self.inlines(note, target.where)
        if isinstance(target, Figure):
            yield from self.inlines(target.notes, target.where)

    def inlines(self, content: Inlines, where: Where | None) -> Iterator[_Cited]:
        for item in content:
            if isinstance(item, Xref) and item.ref_type == "bibr":
                yield _Cited(item.rids, item.where or where, read_numbers(item.text))
            elif isinstance(item, Xref):
                for rid in item.rids:
                    yield from self._call(rid)
            elif isinstance(item, Styled) and item.style == "sup" and all(isinstance(i, Text) for i in item.content):
                if typed := read_numbers(plain(item.content)):
                    yield _Cited((), where, typed)
            elif isinstance(item, Styled | Link):
                yield from self.inlines(item.content, where)
