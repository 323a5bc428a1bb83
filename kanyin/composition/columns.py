# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""One page of columns: which floats stand on it and where, and how high its columns are when the text ends on it.

Figures and tables leave the text and go to the top or foot of a column or page. Those of a kind keep their order, none
stands on a page before its place in the text, and none waits while there is room, also when one of another kind does;
text fills what they leave, so no holes arise. Columns on which the text ends are made level. All of this is a search
over trial layouts, which `Sheet` makes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from kanyin.composition import grid

LEAST_LINES = 2
"""A float leaves no fewer lines of text than this beside it in a column, or none at all."""
STEPS_ONE_BY_ONE = 3


@dataclass(frozen=True)
class Float:
    """A box out of the flow. `anchor` is the number of blocks of the flow that stand before it in the source."""

    number: int
    anchor: int
    spanning: bool
    edges: tuple[str, ...]
    height: float
    whole: bool = True  # it fits on a page, and so it is not broken
    kind: str = ""  # floats of one kind stand in the order of the source


@dataclass(frozen=True)
class Placed:
    """A float, or one fragment of a long one, at an edge of a column, or of the page when `column` is None."""

    number: int
    column: int | None
    edge: str
    height: float
    kind: str = ""
    part: int = 0

    @property
    def order(self) -> tuple[int, bool]:
        """Grows in the order in which a page is read."""
        return (1 << 30 if self.edge == "bottom" else -1) if self.column is None else self.column, self.edge != "top"


Plan = tuple[Placed, ...]


@dataclass(frozen=True)
class Laid:
    """Text in columns. `ended[c]`: blocks that have ended at the foot of column c; `begun`: blocks begun in all."""

    ended: tuple[int, ...]
    begun: int
    done: bool
    depths: tuple[float, ...]  # of the text in each column


class Sheet(Protocol):
    """A page that lays out trials; only the last one stands. Lengths in px.

    `without_text` says that floats alone are left to stand before what comes next.
    """

    count: int
    height: float
    line: float
    without_text: bool

    @property
    def waiting(self) -> Sequence[int]:
        """The numbers of the floats that stand on no page yet, in order."""
        ...

    def lay(self, plan: Plan, height: float | None = None) -> Laid: ...

    def measure(self, number: int) -> Float: ...

    def anchor(self, number: int) -> int: ...

    def kind(self, number: int) -> str: ...

    def widen(self, number: int, *, spanning: bool) -> None:
        """Have a float stand over all columns, or in one as before."""
        ...

    def is_late(self, number: int) -> bool:
        """Whether the text had come to its place before this page."""
        ...


def room(plan: Plan, column: int, height: float) -> float:
    """What floats leave of a column."""
    return height - sum(p.height for p in plan if p.column in (None, column))


def _fits(sheet: Sheet, plan: Plan, item: Float, column: int | None) -> bool:
    """Whether a float goes into a column, or over all of them: beside enough text or none."""
    columns = range(sheet.count) if column is None else [column]
    left = min(room(plan, c, sheet.height) for c in columns) - item.height + grid.EPSILON * sheet.line
    return left >= LEAST_LINES * sheet.line or 0 <= left < sheet.line or (left > 0 and not item.anchor)


def carried(sheet: Sheet, plan: Plan) -> Plan:
    """The plan with floats that have waited since an earlier page, as many as there is room for, at the top."""
    held: set[str] = set()
    for number in _rest(sheet, plan):
        if not sheet.is_late(number):
            break
        if sheet.kind(number) in held:
            continue
        item = sheet.measure(number)
        places = list(_edges(sheet, plan, item, 0)) if item.whole else []
        new = min(places, key=lambda place: place.edge != item.edges[0], default=None)
        if new is None:
            held.add(item.kind)
        else:
            plan = (*plan, new)
    return plan


def arrange(sheet: Sheet, plan: Plan) -> tuple[Plan, Laid]:
    """Lay out a page: `plan` stands already, each further float is placed once the text has come to it."""
    laid = sheet.lay(plan)
    placed: list[Float] = []
    held = {sheet.kind(number) for number in _rest(sheet, plan) if sheet.is_late(number)}
    for number in _rest(sheet, plan):
        if sheet.kind(number) in held:
            continue
        if max(laid.ended) < sheet.anchor(number):
            break
        found = _place(sheet, plan, laid, number, placed)
        if found is None:
            held.add(sheet.kind(number))
        else:
            plan, laid = found
    return plan, _level(sheet, plan, laid) if laid.done else laid


def _rest(sheet: Sheet, plan: Plan) -> list[int]:
    return [number for number in sheet.waiting if all(p.number != number for p in plan)]


def _edges(sheet: Sheet, plan: Plan, item: Float, at: int) -> Iterator[Placed]:
    """The places that have room for a float, in column `at` and after it, and keep the order of its kind."""
    for column in _columns(sheet, plan, item, at):
        if not _fits(sheet, plan, item, column):
            continue
        for edge in item.edges:
            new = Placed(item.number, column, edge, item.height, item.kind)
            if not any(new.order < old.order for old in plan if old.kind == new.kind):
                yield new


def _columns(sheet: Sheet, plan: Plan, item: Float, at: int) -> Sequence[int | None]:
    if item.spanning:
        return [None]
    if sheet.without_text:  # nothing fills what they leave: the fullest column gets the next one last
        return sorted(range(at, sheet.count), key=lambda c: -room(plan, c, sheet.height))
    return range(at, sheet.count)


def _place(sheet: Sheet, plan: Plan, laid: Laid, number: int, placed: list[Float]) -> tuple[Plan, Laid] | None:
    """The first place for a float with which it and those before it stay on the page of their place in the text."""
    at = next((c for c, ended in enumerate(laid.ended) if ended >= sheet.anchor(number)), None)
    if at is None or not (item := sheet.measure(number)).whole:
        return None
    tried = False
    for wider in (False, True):
        if wider:
            if item.anchor or item.spanning:
                break
            # what stands before all text belongs to its first page: where no column has room for it, all have
            sheet.widen(number, spanning=True)
            item = sheet.measure(number)
        for new in _edges(sheet, plan, item, at):
            found = sheet.lay((*plan, new))
            tried = True
            if all(found.begun >= f.anchor for f in (*placed, item)):
                placed.append(item)
                return (*plan, new), found
        if wider:
            sheet.widen(number, spanning=False)
    if tried:
        sheet.lay(plan)
    return None


def _level(sheet: Sheet, plan: Plan, laid: Laid) -> Laid:
    """The least height, in lines, with which everything still stands on the page."""
    over = sum(p.height for p in plan if p.column is None)
    beside = [sum(p.height for p in plan if p.column == c) for c in range(sheet.count)]
    least = max((sum(laid.depths) + sum(beside)) / sheet.count, *beside) + over
    low, high = round(grid.up(least, sheet.line) / sheet.line), int(sheet.height / sheet.line + grid.EPSILON)
    best, tries = None, 0
    while low <= high:
        lines = low if tries < STEPS_ONE_BY_ONE else (low + high) // 2
        tries += 1
        found = sheet.lay(plan, lines * sheet.line)
        if found.done:
            best, high = lines, lines - 1
            if tries <= STEPS_ONE_BY_ONE:
                return found
        else:
            low = lines + 1
    return sheet.lay(plan, best * sheet.line if best is not None else None)
