# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""One page of columns: which floats stand on it and where, and how high its columns are when the text ends on it.

Figures and tables leave the text and go to the top or foot of a column or page. They keep their order, none stands on a
page before its place in the text, and none waits while there is room; text fills what they leave, so no holes arise.
Columns on which the text ends are made level. All of this is a search over trial layouts, which `Sheet` makes.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    """A page that lays out trials; only the last one stands. Lengths in px. Floats are numbered [first, last)."""

    count: int
    height: float
    line: float
    first: int
    last: int

    def lay(self, plan: Plan, height: float | None = None) -> Laid: ...

    def measure(self, number: int) -> Float: ...

    def anchor(self, number: int) -> int: ...

    def is_late(self, number: int) -> bool:
        """Whether the text had come to its place before this page."""
        ...


def room(plan: Plan, column: int, height: float) -> float:
    """What floats leave of a column."""
    return height - sum(p.height for p in plan if p.column in (None, column))


def _fits(sheet: Sheet, plan: Plan, column: int | None, height: float) -> bool:
    """Whether a float of that height goes into a column, or over all of them: beside enough text or none."""
    columns = range(sheet.count) if column is None else [column]
    left = min(room(plan, c, sheet.height) for c in columns) - height + grid.EPSILON * sheet.line
    return left >= LEAST_LINES * sheet.line or 0 <= left < sheet.line


def carried(sheet: Sheet, plan: Plan) -> Plan:
    """The plan with floats that have waited since an earlier page, as many as there is room for, at the top."""
    for number in range(_next(sheet, plan), sheet.last):
        if not sheet.is_late(number) or not (item := sheet.measure(number)).whole:
            break
        for column in _columns(sheet, item, 0):
            if _fits(sheet, plan, column, item.height):
                break
        else:
            break
        plan = (*plan, Placed(number, column, item.edges[0], item.height, item.kind))
    return plan


def arrange(sheet: Sheet, plan: Plan) -> tuple[Plan, Laid]:
    """Lay out a page: `plan` stands already, each further float is placed once the text has come to it."""
    laid = sheet.lay(plan)
    placed: list[Float] = []
    number = _next(sheet, plan)
    while number < sheet.last:
        found = _place(sheet, plan, laid, number, placed)
        if found is None:
            return plan, laid
        plan, laid = found
        number += 1
    return plan, _level(sheet, plan, laid) if laid.done else laid


def _next(sheet: Sheet, plan: Plan) -> int:
    return plan[-1].number + 1 if plan else sheet.first


def _columns(sheet: Sheet, item: Float, at: int) -> Sequence[int | None]:
    return [None] if item.spanning else range(at, sheet.count)


def _place(sheet: Sheet, plan: Plan, laid: Laid, number: int, placed: list[Float]) -> tuple[Plan, Laid] | None:
    """The first place for a float with which it and those before it stay on the page of their place in the text."""
    at = next((c for c, ended in enumerate(laid.ended) if ended >= sheet.anchor(number)), None)
    if at is None or not (item := sheet.measure(number)).whole:
        return None
    tried = False
    for column in _columns(sheet, item, at):
        if not _fits(sheet, plan, column, item.height):
            continue
        for edge in item.edges:
            new = Placed(number, column, edge, item.height, item.kind)
            if any(new.order < old.order for old in plan if old.kind == new.kind):
                continue
            found = sheet.lay((*plan, new))
            tried = True
            if all(found.begun >= f.anchor for f in (*placed, item)):
                placed.append(item)
                return (*plan, new), found
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
