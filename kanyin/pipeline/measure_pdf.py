# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Compare a finished PDF with the index of protected works: the same facts as of an article, from what its pages say.

A page is read in more than one way, and a passage counts that any of them shows. Whether the file is the work whose
name it bears is measured by what is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kanyin.config.job import Job
from kanyin.config.register import Register
from kanyin.findings import Finding, Where, finding
from kanyin.model import Finished, Reference
from kanyin.pipeline.measure import index_path, open_index, open_ledger, told
from kanyin.preflight.words import Channel, Words
from kanyin.rights.identity import letters
from kanyin.rights.match.units import Kind, Laid, Unit, lay
from kanyin.rights.match.values import Measured
from kanyin.rights.measured import Facts, FromWork, Placed, Ranges, facts, snippet
from kanyin.rights.pages import page_range
from kanyin.rights.request import Request

if TYPE_CHECKING:
    from kanyin.rights.match.index import Index

KINDS: dict[Channel, Kind] = {
    "page": "text", "running": "generated", "columns": "text", "told": "text", "alt": "alt", "other": "generated"
}  # fmt: skip
READINGS: tuple[tuple[Channel, ...], ...] = (("page", "running", "alt", "other"), ("columns",), ("told",))
"""Of the same pages; the first is what is drawn, with everything the file says beside."""
ARTEFACTS = {"radical", "compatibility"}
"""What fonts of a PDF often give for a character; nobody typed it. The comparison has read through it."""


def measure_finished(
    seen: Finished, words: Words | None, register: Register, job: Job
) -> tuple[Facts | None, list[Finding]]:
    """What was measured, None without an index. Raises RightsError when the index cannot be read or was changed."""
    path, server = index_path(register, job), register.policy.excerpt.server
    if path is None or words is None:
        return None, [finding("MATCH-NOT-COMPARED", Where(str(job.places.rights)))]
    index, ledger = open_index(path, server), open_ledger(path, server)
    request = Request(None, register, job, "")
    cited = dict(_named(words, register))
    policy = register.policy.excerpt
    pinned = request.work is not None and seen.sha256 in {file.sha256 for file in request.work.finished}

    def earlier(work: str) -> Ranges:
        return ledger.earlier(request.user, work, granted=work == request.work_id)

    read, found = [], list[Finding]()
    for channels in READINGS:
        laid = lay(_units(words, channels, job, tuple(cited)))
        if not laid.units:
            continue
        compared = _without_own(index.compare(laid.text, min_run=policy.min_run), request, pinned)
        read.append(facts(laid, compared, request.work_id, index.size, register, cited.values(), earlier, None))
        if len(read) == 1:
            found = told([d for d in compared.disguises if d.kind not in ARTEFACTS and d.char != "\u00ad"], laid)
    blind = tuple(number for number in words.blind if number in _wanted(seen.pages, job))
    first = _together(read) if read else _nothing(request.work_id, index)
    if pinned:
        first = replace(first, own=1.0)  # somebody looked at it
    elif first.indexed:
        first = _against_work(first, words, index, register, job)
    return replace(first, pages=True, blind=blind), found


def _without_own(measured: Measured, request: Request, pinned: bool) -> Measured:
    """Without what the work has in common with others of its holder: those words are his, and granted with the work.

    Of a file that somebody looked at that is all; else what stands in the passages of the work itself.
    """
    own = measured.of(request.work_id)
    spans = [passage.text for passage in own.passages] if own else []
    works = []
    for share in measured.works:
        other = request.register.works_by_id.get(share.work)
        kept = share.passages
        if request.work and other and other is not request.work and other.holder == request.work.holder:
            kept = () if pinned else tuple(one for one in kept if not _inside(one.text, spans))
        if kept:
            works.append(replace(share, passages=kept))
    return replace(measured, works=tuple(works))


def _inside(passage: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    low, high = passage
    return sum(max(0, min(high, end) - max(low, start)) for start, end in spans) >= INSIDE * (high - low)


INSIDE = 0.8
"""Of a passage so much has to stand in what is the work's own."""


def _nothing(work: str, index: Index) -> Facts:
    return Facts(work, 0, 0, 0, (), bool(index.size(work)), None)


def _together(read: list[Facts]) -> Facts:
    """What any of the readings shows; the same passage in two of them is one."""
    works: dict[str, FromWork] = {}
    for one in (one for reading in read for one in reading.works):
        if one.work not in works or one.chars > works[one.work].chars:
            works[one.work] = one
    return replace(
        read[0],
        others=max(one.others for one in read),
        free=max(one.free for one in read),
        works=tuple(works.values()),
        own=max(one.own for one in read[:2]),
    )


def _against_work(found: Facts, words: Words, index: Index, register: Register, job: Job) -> Facts:
    """How the whole file stands to the work whose name it bears, whichever pages of it are to be printed."""
    whole = replace(job, command="reprint", parts=())
    covered = 0.0
    for channels in (("page", "running", "alt"), ("columns", "alt")):
        laid = lay(_units(words, channels, whole, ()))
        share = index.compare(laid.text, min_run=register.policy.excerpt.min_run).of(found.work)
        covered = max(covered, share.share if share else 0.0)
    laid = lay(_units(words, ("page",), whole, ()))
    changed = tuple(_changed(laid, start, end) for start, end in index.changes(found.work, laid.text))
    return replace(found, same=not changed and covered >= SAME, covered=covered, changed=changed)


def _changed(laid: Laid, start: int, end: int) -> Placed:
    around = snippet(laid.text[max(start - 8, 0) : end + 8])
    return Placed(laid.units[laid.at(start)].where, around, end - start, False, ())


SAME = 0.9
"""Of a work that has so much in a file without a word changed, the file is a copy."""


def _wanted(count: int, job: Job) -> set[int]:
    """The pages that would be printed."""
    ranges = [found for part in job.parts if (found := page_range(part))]
    if job.command != "excerpt" or not ranges:
        return set(range(1, count + 1))
    return {number for first, last in ranges for number in range(first, min(last, count) + 1)}


def _units(words: Words, channels: Iterable[Channel], job: Job, cites: tuple[str, ...]) -> Iterator[Unit]:
    """What is said by these channels on pages that would be printed, and, where all are, by the file beside them."""
    wanted = _wanted(max((one.page for one in words.said), default=0), job)
    if job.command != "excerpt":
        wanted.add(0)
    for channel in channels:
        for one in words.said:
            if one.channel == channel and one.page in wanted:
                yield Unit(KINDS[channel], one.text, Where(str(job.source), page=one.page), cites)


def _named(words: Words, register: Register) -> Iterator[tuple[str, Reference]]:
    """The registered works that the pages name by title and an author: a quotation may be from them."""
    text = letters("".join(one.text for one in words.said if one.channel == "page"))
    for work in register.works:
        authors = [author.name for author in work.authors if author.name and letters(author.name) in text]
        if authors and work.article_title and letters(work.article_title) in text:
            yield work.id, Reference(work.id, {"title": work.article_title, "author": authors})
