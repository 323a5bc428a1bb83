# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The pages of an issue's articles: laid out on all cores, each article once, or taken from where they are kept.

On which folio an article begins is known when all before it have been laid out. Nobody waits for that: every article
is laid out as if it began on page 1, and its heads are numbered when the number is known. A core that is free lays out
the next article meanwhile.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kanyin.config.issue import Folio, Issue
from kanyin.config.job import Job
from kanyin.findings import Finding, KanyinError
from kanyin.model import Permit
from kanyin.pipeline.issue_plan import Piece, folios
from kanyin.pipeline.kept_pages import Kept, Shelf
from kanyin.pipeline.sheets import Hand, Laid, Other, Own, Reply, Sheet, Written, ready
from kanyin.seen import Seen
from kanyin.tools.fonts import fontconfig
from kanyin.typeset.html import FILLER, Ending, typeset


@dataclass(frozen=True)
class Paged:
    """An article's pages as one PDF, not yet stamped."""

    start: Folio
    count: int
    data: bytes
    used: tuple[Path, ...]


@dataclass
class _State:
    """What is known of one article so far; `plain` begins on page 1, `hand` has laid the article out and holds its
    pages, `given` is the folio for which they are being written."""

    sheet: Sheet
    plain: Sheet
    permits: tuple[Permit, ...]
    kept: Kept | None = None
    count: int | None = None
    hand: Hand | None = None
    given: Folio | None = None
    used: tuple[Path, ...] = ()
    done: Paged | None = None
    findings: list[Finding] = field(default_factory=list)


def sheet(piece: Piece, job: Job, start: int, before: str) -> tuple[Sheet, list[Finding]]:
    """An article as HTML that begins on page `start`, with what stands below its end."""
    article, layout, filler = piece.prepared.article, piece.prepared.layout, piece.filler
    assert article
    below = filler.decision.permit if filler and filler.decision else None
    ending = Ending(filler.article if filler else None, below, piece.closing)
    html, findings = typeset(
        article, piece.permit, layout, folio=start, before=before, prefix=piece.prefix, ending=ending
    )
    roots = (article.root, *([filler.article.root] if filler and filler.article else []))
    source = article.front.where.file if article.front.where else str(piece.prepared.source)
    fonts = fontconfig(job.places.fonts)
    end = piece.prefix + FILLER if filler else ""
    return Sheet(html, layout, roots, fonts, job.profile, source, start, end), findings


def permits_of(piece: Piece) -> tuple[Permit, ...]:
    below = piece.filler.decision.permit if piece.filler and piece.filler.decision else None
    return (piece.permit, below) if below else (piece.permit,)


def all_pages(
    issue: Issue, pieces: Sequence[Piece], job: Job, seen: Seen, hands: Hands, tell: Callable[[str], None]
) -> tuple[list[Paged], list[Finding], Callable[[], None]]:
    """The pages of every article, what was found, and what keeps them for the next time once they are delivered.

    `tell` hears the source of each article that is done. Raises KanyinError.
    """
    shelf = Shelf.of(job)
    before = [start.prefix if start else "" for start in folios(issue, pieces, [1] * len(pieces))]
    states = []
    for piece, prefix in zip(pieces, before, strict=True):
        made, findings = sheet(piece, job, 1, prefix)
        state = _State(made, made, permits_of(piece), findings=findings)
        state.kept = shelf.find(piece.prepared.source, made, state.permits, seen)
        state.count = state.kept.count if state.kept else None
        states.append(state)
    fresh = _Work(issue, pieces, states, job, seen, hands, tell).run()
    paged = [state.done for state in states if state.done]

    def keep() -> None:
        for n in fresh:
            one, state = paged[n], states[n]
            kept = Kept(one.start, one.count, one.data, one.used)
            if not state.findings:
                shelf.keep(pieces[n].prepared.source, state.plain, state.permits, kept, seen)

    return paged, [finding for state in states for finding in state.findings], keep


class Hands:
    """At most one process a core, begun when there is work for it; with one core, this process does it."""

    def __init__(self, job: Job) -> None:
        from multiprocessing import parent_process

        # one of many jobs at once has one core; so has who asked for it
        self.most = 1 if parent_process() else job.processes or os.cpu_count() or 1
        self.hands: list[Hand] = []

    def have(self, wanted: int) -> list[Hand]:
        if not self.hands and (self.most == 1 or wanted <= 1):
            self.hands.append(Own())
        while not any(isinstance(hand, Own) for hand in self.hands) and len(self.hands) < min(self.most, wanted):
            self.hands.append(Other())
        return self.hands

    def end(self) -> None:
        for hand in self.hands:
            if isinstance(hand, Other):
                hand.end()


@contextmanager
def hands_for(job: Job) -> Iterator[Hands]:
    hands = Hands(job)
    try:
        yield hands
    finally:
        hands.end()


class _Work:
    """The order in which articles are laid out, numbered and written."""

    def __init__(
        self,
        issue: Issue,
        pieces: Sequence[Piece],
        states: Sequence[_State],
        job: Job,
        seen: Seen,
        hands: Hands,
        tell: Callable[[str], None],
    ) -> None:
        self.issue, self.pieces, self.states, self.job = issue, pieces, states, job
        self.seen, self.hands, self.tell = seen, hands, tell
        self.todo = deque(n for n, state in enumerate(states) if not state.kept)
        self.busy: dict[int, int] = {}
        self.fresh: list[int] = []

    def run(self) -> list[int]:
        """Which articles were laid out now."""
        while True:
            starts = folios(self.issue, self.pieces, [state.count for state in self.states])
            self._settle(starts)
            if all(state.done for state in self.states):
                return self.fresh
            hands = self.hands.have(len(self.todo) + len(self.busy))
            for hand in hands:
                if id(hand) not in self.busy:
                    self._give(hand, starts)
            at_work = [hand for hand in hands if id(hand) in self.busy]
            for hand in ready(at_work):
                self._take(self.busy.pop(id(hand)), hand.take(), hand)

    def _settle(self, starts: Sequence[Folio | None]) -> None:
        """Take what is kept where it begins on the right folio; lay out anew what turns out to begin elsewhere."""
        for n, (state, start) in enumerate(zip(self.states, starts, strict=True)):
            if start is None:
                continue
            if state.kept and not state.done:
                kept, state.kept = state.kept, None
                if kept.folio == start:
                    state.done = Paged(start, kept.count, kept.data, kept.used)
                    self.tell(str(self.pieces[n].prepared.source))
                else:
                    self.todo.append(n)
            elif state.done and state.done.start != start:
                state.done = None
                self.todo.append(n)

    def _give(self, hand: Hand, starts: Sequence[Folio | None]) -> None:
        for n, state in enumerate(self.states):
            start = starts[n]
            if state.hand is hand and start:
                state.given = start
                hand.give(n, start.number - state.sheet.folio)
                self.busy[id(hand)] = n
                return
        if self.todo:
            n = self.todo.popleft()
            hand.give(n, self.states[n].sheet)
            self.busy[id(hand)] = n

    def _take(self, n: int, reply: Reply, hand: Hand) -> None:
        state, start = self.states[n], self.states[n].given
        if isinstance(reply, KanyinError):
            raise type(reply)(*state.findings, *reply.findings)
        if isinstance(reply, Laid):
            self.seen.adopt(reply.digests)
            state.count, state.used, state.hand = reply.count, reply.used, hand
            state.findings += reply.findings
        elif isinstance(reply, Written):
            assert start and state.count
            state.hand = None
            state.findings += reply.findings
            state.done = Paged(start, state.count, reply.data, state.used)
            self.fresh.append(n)
            self.tell(str(self.pieces[n].prepared.source))
        else:
            assert start
            state.hand = None
            state.sheet, _ = sheet(self.pieces[n], self.job, start.number, start.prefix)
            self.todo.appendleft(n)


def own_page(html: str, like: Piece, job: Job, hands: Hands, seen: Seen) -> tuple[bytes, int, list[Finding]]:
    """A page that the issue has beside its articles: its PDF and how many pages it is."""
    layout = like.prepared.layout
    hand = hands.have(1)[0]
    made = Sheet(html, layout, (layout.root,), fontconfig(job.places.fonts), job.profile, layout.issue, 0)
    hand.give(-1, made)
    laid = hand.take()
    if isinstance(laid, Laid):
        seen.adopt(laid.digests)
        hand.give(-1, 0)
        written = hand.take()
        if isinstance(written, Written):
            return written.data, laid.count, [*laid.findings, *written.findings]
        laid = written
    assert isinstance(laid, KanyinError)
    raise laid
