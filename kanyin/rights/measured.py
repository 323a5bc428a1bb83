# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What was measured of a text, in the form in which the decision looks at it: whose, how much, quoted or not, how much
before. Made here from the comparison; judged in `passages` and `grants`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from kanyin.config.register import Register, Work, doi_key
from kanyin.config.registercheck import folded
from kanyin.findings import Where
from kanyin.model import Reference
from kanyin.rights.match.units import Laid, Unit, protected
from kanyin.rights.match.values import Measured, Passage, WorkShare, union

Ranges = tuple[tuple[int, int], ...]
COMMONPLACE_WORKS, COMMONPLACE_CHARS = 5, 60
"""A short passage that so many works have is a phrase of the trade, and nobody's."""
_QUOTED = re.compile('“[^“”]*”|「[^「」]*」|『[^『』]*』|"[^"]*"', re.DOTALL)


@dataclass(frozen=True)
class Placed:
    """A passage where it stands in the article; `source` is its place in the work, in 字."""

    where: Where | None
    snippet: str
    chars: int
    attributed: bool
    source: Ranges


@dataclass(frozen=True)
class FromWork:
    """What an article has from one work. `chars` and `share` are of this build, the others with all earlier ones.

    `free` counts the 字 that are not quoted with author and source.
    """

    work: str
    chars: int
    share: float
    free: int
    all_chars: int
    all_share: float
    placed: tuple[Placed, ...]

    @property
    def source(self) -> Ranges:
        return tuple(span for placed in self.placed for span in placed.source)


@dataclass(frozen=True)
class Facts:
    """The measurement of one article. `total` in 字; `others` of them belong to other works than `work`.

    `indexed` tells whether the work asked for is in the index at all; without it nothing about it was measured. `own`
    is the share of the running text (units that an index holds) that was found in the work. `same`: the whole article,
    whatever of it is to be printed, is the work as it was indexed, each part under its id; else `covered` is the share
    of the work that was found in the article. `figures` is None where they could not be counted.

    Of a finished PDF (`pages`) `same` means that no word was found changed; `changed` are the first of those that were.
    `blind` are pages that show something and say nothing that could be compared.
    """

    work: str
    total: int
    others: int
    free: int
    works: tuple[FromWork, ...]
    indexed: bool
    figures: int | None
    own: float = 1.0
    same: bool = True
    covered: float = 1.0
    pages: bool = False
    changed: tuple[Placed, ...] = ()
    blind: tuple[int, ...] = ()

    def of(self, work: str) -> FromWork | None:
        return next((one for one in self.works if one.work == work), None)


Earlier = Callable[[str], Ranges]
"""The ranges of a work, in 字, that went into earlier builds for the same user."""


def facts(
    laid: Laid,
    measured: Measured,
    work: str,
    sizes: Callable[[str], int],
    register: Register,
    refs: Iterable[Reference],
    earlier: Earlier,
    figures: int | None,
) -> Facts:
    """Judge nothing; put together what the rules ask for. `sizes` gives the 字 of a work, 0 if not indexed."""
    cited = {ref.id: ref for ref in refs}
    works, spans, free_spans = [], [], []
    for share in measured.works:
        entry = register.works_by_id.get(share.work)
        if entry is not None and entry.title.basis == "unprotected":
            continue
        passages = [p for p in share.passages if not _commonplace(p) or share.work == work]
        if not passages:
            continue
        attributions = [entry is not None and _attributed(laid, p, entry, cited) for p in passages]
        works.append(_from_work(laid, share, passages, attributions, sizes(share.work), earlier(share.work)))
        if share.work != work:
            spans += [p.text for p in passages]
            free_spans += [p.text for p, quoted in zip(passages, attributions, strict=True) if not quoted]
    own = _own(laid, measured.of(work), register.policy.excerpt.whitelist)
    return Facts(work, measured.total, union(spans), union(free_spans), tuple(works), bool(sizes(work)), figures, own)


def with_more(found: Facts, more: Facts, sizes: Callable[[str], int], least: int) -> Facts:
    """What was measured, with what another reading of the same shows beyond it: passages of which `least` 字 are new.

    They count as not quoted: what stands only there was not written as a quotation.
    """
    works = {one.work: one for one in found.works}
    added = 0
    for one in more.works:
        known = works.get(one.work)
        before = known.source if known else ()
        fresh = [replace(p, source=new, chars=union(new), attributed=False) for p in one.placed for new in [
            _beyond(p.source, before)] if union(new) >= least]  # fmt: skip
        if not fresh:
            continue
        spans = [span for placed in fresh for span in placed.source]
        size, count = sizes(one.work), union(spans)
        base = known or replace(one, chars=0, free=0, all_chars=one.all_chars - one.chars, placed=())
        chars, together = base.chars + count, base.all_chars + count
        works[one.work] = replace(
            base,
            chars=chars,
            share=round(chars / size, 4),
            free=base.free + count,
            all_chars=together,
            all_share=round(together / size, 4),
            placed=(*base.placed, *fresh),
        )
        added += count if one.work != found.work else 0
    return replace(found, works=tuple(works.values()), others=found.others + added, free=found.free + added)


def apart_from(found: Facts, other: Facts) -> Facts:
    """What was measured, without what belongs to another text that stands there too: its work and its passages."""
    works = []
    for one in found.works:
        known = other.of(one.work)
        placed = [replace(p, source=_beyond(p.source, known.source if known else ())) for p in one.placed]
        if one.work != other.work:
            works.append(replace(one, placed=tuple(p for p in placed if p.source)))
    return replace(found, works=tuple(works))


def _beyond(spans: Ranges, known: Ranges) -> Ranges:
    """What is in these ranges and in none of the known ones."""
    left = list(spans)
    for low, high in known:
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, low)), (max(start, high), end))
            if piece[0] < piece[1]
        ]
    return tuple(left)


def _own(laid: Laid, share: WorkShare | None, whitelist: Iterable[str]) -> float:
    """The share of the letters and digits of running text that lie in a passage of the work."""
    inside = bytearray(len(laid.text))
    for passage in share.passages if share else ():
        inside[passage.start : passage.end] = b"\1" * (passage.end - passage.start)
    counted = found = 0
    running = set(protected(laid.units, whitelist))
    for unit, start in zip(laid.units, laid.starts, strict=True):
        if unit in running:
            letters = [start + i for i, char in enumerate(unit.text) if char.isalnum()]
            counted += len(letters)
            found += sum(inside[i] for i in letters)
    return found / counted if counted else 1.0


def _commonplace(passage: Passage) -> bool:
    return passage.works >= COMMONPLACE_WORKS and passage.chars <= COMMONPLACE_CHARS


def _from_work(
    laid: Laid, share: WorkShare, passages: list[Passage], quoted: list[bool], size: int, before: Ranges
) -> FromWork:
    placed = tuple(
        Placed(laid.units[laid.at(p.start)].where, snippet(laid.text[p.start : p.end]), p.chars, q, p.source)
        for p, q in zip(passages, quoted, strict=True)
    )
    now = [span for p in passages for span in p.source]
    chars, together = union(now), union([*now, *before])
    free = union([span for p in placed if not p.attributed for span in p.source])
    return FromWork(share.work, chars, round(chars / size, 4), free, together, round(together / size, 4), placed)


def snippet(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 24 else f"{line[:16]}……{line[-6:]}"


def _attributed(laid: Laid, passage: Passage, work: Work, cited: dict[str, Reference]) -> bool:
    """Quoted as a quotation, with a reference to work and author beside it, in each unit it touches."""
    return all(
        _quoted(laid, number, low, high, work, cited)
        for number in range(laid.at(passage.start), laid.at(passage.end - 1) + 1)
        for low, high in [_within(laid, number, passage)]
        if sum(char.isalnum() for char in laid.text[low:high]) > STRAY
    )


STRAY = 3
"""So few letters of a passage in a neighbouring unit are chance."""


def _within(laid: Laid, number: int, passage: Passage) -> tuple[int, int]:
    start = laid.starts[number]
    return max(passage.start, start), min(passage.end, start + len(laid.units[number].text))


def _quoted(laid: Laid, number: int, low: int, high: int, work: Work, cited: dict[str, Reference]) -> bool:
    unit = laid.units[number]
    near: tuple[Unit, ...] = (unit,)
    if unit.kind == "quote":
        near = laid.units[max(number - 1, 0) : number + 2]
    elif unit.kind != "reference" and not _in_marks(laid, number, low, high):
        return False
    return any(_names(cited[id_], work) for one in near for id_ in one.cites if id_ in cited)


def _in_marks(laid: Laid, number: int, low: int, high: int) -> bool:
    start = laid.starts[number]
    for marks in _QUOTED.finditer(laid.units[number].text):
        inside = min(start + marks.end(), high) - max(start + marks.start(), low)
        if inside >= 0.9 * (high - low):
            return True
    return False


def _names(reference: Reference, work: Work) -> bool:
    if not reference.csl.get("author"):
        return False
    if work.doi and doi_key(str(reference.csl.get("DOI", ""))) == doi_key(work.doi):
        return True
    title = str(reference.csl.get("title", ""))
    return bool(work.article_title) and folded(title) == folded(work.article_title)


def taken(found: Facts) -> Iterator[FromWork]:
    """The works from which something stands in the article, its own apart."""
    return (one for one in found.works if one.work != found.work)
