# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""One document of an issue on its way to pages, in a form that crosses processes; and who does that work.

A hand lays documents out and keeps their pages until it is told on which folio they begin. It is a process of its own,
or, where one core has to do, this process.
"""

from __future__ import annotations

import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kanyin.config.job import Profile
from kanyin.config.layout import LayoutSpec
from kanyin.findings import Finding, KanyinError, RenderError, Where, finding
from kanyin.pdf.paginate import Pages, paginate, renumbered, write
from kanyin.seen import watching

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


@dataclass(frozen=True)
class Sheet:
    """HTML and all that its pages depend on. `folio` is the number in it; `filler` the id of a notice at its end."""

    html: str
    layout: LayoutSpec
    roots: tuple[Path, ...]
    fontconfig: Path
    profile: Profile
    source: str
    folio: int
    filler: str = ""


@dataclass(frozen=True)
class Laid:
    """Pages are there: how many, what was found, and the digests of the files that were read."""

    count: int
    findings: tuple[Finding, ...]
    used: tuple[Path, ...]
    digests: Mapping[Path, str]


@dataclass(frozen=True)
class Written:
    """The PDF of pages, not yet stamped."""

    data: bytes
    findings: tuple[Finding, ...]


Reply = Laid | Written | KanyinError | None
"""None: these pages cannot be given other numbers and have to be laid out again."""


class Bench:
    """Pages laid out here and not yet written."""

    def __init__(self) -> None:
        self.pages: dict[int, tuple[Pages, Sheet]] = {}

    def do(self, number: int, what: Sheet | int) -> Reply:
        """Lay a sheet out, or write the one of that number, its folio being moved by as much."""
        try:
            return self._lay(number, what) if isinstance(what, Sheet) else self._write(number, what)
        except KanyinError as error:
            return error

    def _lay(self, number: int, sheet: Sheet) -> Laid:
        from kanyin.composition.seam import install

        with watching() as seen:
            pages = paginate(
                sheet.html,
                layout=sheet.layout,
                roots=sheet.roots,
                fontconfig=sheet.fontconfig,
                profile=sheet.profile,
                extend=install,
                source=sheet.source,
            )
        if sheet.filler:
            _fits(pages, sheet)
        self.pages[number] = pages, sheet
        return Laid(pages.count, pages.findings, pages.used, seen.digests)

    def _write(self, number: int, shift: int) -> Written | None:
        pages, sheet = self.pages.pop(number)
        told = len(pages.findings)
        moved = renumbered(pages, shift)
        if moved is None:
            return None
        data, findings = write(moved, sheet.profile)
        return Written(data, (*moved.findings[told:], *findings))


def _fits(pages: Pages, sheet: Sheet) -> None:
    """A notice below an article stands on a page that the article needs anyway. Raises RenderError."""
    page, below = pages.anchors.get(sheet.filler, (0, 0.0))
    if page != pages.count or below <= pages.top + 1:
        raise RenderError(finding("ISSUE-FILLER-ROOM", Where(sheet.source)))


class Hand(Protocol):
    """`give` begins a piece of work, `take` waits for what came of it."""

    def give(self, number: int, what: Sheet | int) -> None: ...

    def take(self) -> Reply: ...


class Own:
    """This process; it works when it is asked for what came of it."""

    def __init__(self) -> None:
        self.bench = Bench()
        self.work: tuple[int, Sheet | int] | None = None

    def give(self, number: int, what: Sheet | int) -> None:
        self.work = number, what

    def take(self) -> Reply:
        assert self.work
        return self.bench.do(*self.work)


class Other:
    """A process of its own, which ends with this one."""

    def __init__(self) -> None:
        from multiprocessing import get_context

        # forkserver: a fork of a process that holds Pango's threads would be a gamble
        context = get_context("forkserver")
        self.line, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, number: int, what: Sheet | int) -> None:
        self.line.send((number, what))

    def take(self) -> Reply:
        try:
            reply = self.line.recv()
        except EOFError:
            self.process.join()
            raise RenderError(finding("RENDER-PROCESS", Where(), state=self.process.exitcode)) from None
        if isinstance(reply, BaseException) and not isinstance(reply, KanyinError):
            raise reply
        answer: Reply = reply
        return answer

    def end(self) -> None:
        self.process.terminate()
        self.process.join()
        self.line.close()


def ready(hands: Sequence[Hand]) -> list[Hand]:
    """Those of the hands at work that have something to give; waits for the first."""
    lines: list[Any] = [hand.line for hand in hands if isinstance(hand, Other)]
    if not lines:
        return list(hands)
    from multiprocessing.connection import wait

    done = wait(lines)
    return [hand for hand in hands if isinstance(hand, Other) and hand.line in done]


def _serve(line: Connection) -> None:
    """The life of a process: do what comes, until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who waits for us decides
    bench = Bench()
    while True:
        try:
            number, what = line.recv()
        except (EOFError, OSError):
            return
        try:
            reply: Reply | Exception = bench.do(number, what)
        except Exception as error:  # our bug: told to the one who waits, who reports it
            reply = RuntimeError(f"{type(error).__name__}: {error}")
        line.send(reply)
