# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""How wide the columns of a table are, and where its figures line up: by what stands in the cells.

The least total height is looked for: columns begin as wide as their contents on one line, and give way where that costs
the fewest lines for the width it frees. Short words (例数, 编号) keep to one line while anything else can give.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

MOST_ROWS = 60
"""Of a long table only so many rows are looked at, the fullest ones."""
MOST_LINES = 8
SHORT = 4.6
"""What is no longer than this, in em, is a word rather than a text, and is not to be broken."""
LONGEST_FIGURE = 12.0
BROKEN_WORD, ALONE, EACH_LINE = 1.5, 0.5, 0.05
"""What a broken word, a last line of one Han and a line of a cell cost, in rows of the table."""
ALIKE, UNEVEN = 0.05, 0.4
"""Neighbours whose lengths differ by less than this share should take as many lines; what it costs when they do not."""
_STEPS = 12
_NARROWER = 1e-6


@dataclass(frozen=True)
class Text:
    """A text of a cell. `ends[i]` is its width up to the i-th place where it may be broken, `em` its size, px.

    `whole` says that it is a figure or a short word, which is broken last of all.
    """

    ends: tuple[float, ...]
    em: float
    whole: bool = False

    def lines(self, width: float) -> tuple[int, float]:
        """How many lines it takes, filled one after another, and the width of the last one."""
        count, begin, last = 1, 0.0, 0.0
        for end in self.ends:
            if end - begin > width + 0.01 and last > begin:
                count, begin = count + 1, last
            last = end
        return count, last - begin


@dataclass(frozen=True)
class Cell:
    """A cell of row `row` and columns [column, column + span); `edges` is its padding and border left and right, px."""

    row: int
    column: int
    span: int
    edges: float
    texts: tuple[Text, ...]

    @cached_property
    def natural(self) -> float:
        return self.edges + max((t.ends[-1] for t in self.texts if t.ends), default=0.0)

    def height(self, width: float) -> tuple[float, float]:
        """(lines, what its breaks cost) in columns of that width together."""
        if width >= self.natural - 0.01:
            return float(len(self.texts)), 0.0
        return _height(self.texts, round(width - self.edges, 2))


@lru_cache(maxsize=20000)
def _height(texts: tuple[Text, ...], width: float) -> tuple[float, float]:
    total, cost = 0, 0.0
    for text in texts:
        count, last = text.lines(width)
        total += count
        if count > 1:
            cost += EACH_LINE * (count - 1)
            cost += BROKEN_WORD if text.whole else ALONE * (last < 1.3 * text.em)
    return float(total), cost


def is_whole(text: str, width: float, em: float) -> bool:
    """Whether a text is a short word, or a figure such as 5.5（3.8，8.6）; `width` and `em` in px."""
    return width <= SHORT * em or bool(_FIGURE.match(text) and not _HAN.search(text) and width <= LONGEST_FIGURE * em)


def widths(cells: Sequence[Cell], least: Sequence[float], natural: Sequence[float], room: float) -> list[float]:
    """The width of each column, together `room` px, of which none gets less than `least`: these sum up to less.

    `natural` is what the columns take when nothing is broken. What is left over goes to all alike.
    """
    found = [max(pair) for pair in zip(least, natural, strict=True)]
    if sum(found) > room:
        found = _fitting(_fullest(cells, least), list(least), found, room)
    spare = (room - sum(found)) / len(found)
    return [width + spare for width in found]


def _fullest(cells: Sequence[Cell], least: Sequence[float]) -> list[list[Cell]]:
    """The rows in which anything may have to be broken, at most so many."""
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        if cell.natural > sum(least[cell.column : cell.column + cell.span]) + 0.01:
            rows.setdefault(cell.row, []).append(cell)
    return sorted(rows.values(), key=lambda row: -sum(cell.natural for cell in row))[:MOST_ROWS]


def _fitting(rows: list[list[Cell]], least: list[float], found: list[float], room: float) -> list[float]:
    """Take width away where it costs the fewest lines, then give back what no line needs."""
    touched = [[row for row in rows if any(c.column <= j < c.column + c.span for c in row)] for j in range(len(found))]
    steps = [_steps(j, rows, least[j]) for j in range(len(found))]

    def change(j: int, width: float) -> float:
        before = sum(_cost(row, found) for row in touched[j])
        kept, found[j] = found[j], width
        after = sum(_cost(row, found) for row in touched[j])
        found[j] = kept
        return after - before

    while (over := sum(found) - room) > _NARROWER:
        best: tuple[float, float, int, float] | None = None
        for j, width in enumerate(found):
            for step in {*steps[j], max(least[j], width - over)}:
                freed = min(width - step, over)
                if freed > _NARROWER:
                    rate = (change(j, step) / freed, -freed, j, max(step, width - over))
                    best = min(best, rate) if best else rate
        if best is None:
            break
        found[best[2]] = best[3]
    for j, width in enumerate(found):
        for step in sorted(steps[j]):
            if step < width and change(j, step) <= 0:
                found[j] = step
                break
    _give_back(found, steps, room, change)
    return found


def _give_back(found: list[float], steps: list[list[float]], room: float, change: object) -> None:
    """Widen columns again where what has been freed saves lines."""
    assert callable(change)
    while (spare := room - sum(found)) > _NARROWER:
        gains = [
            (change(j, step) / (step - width), j, step)
            for j, width in enumerate(found)
            for step in steps[j]
            if width + _NARROWER < step <= width + spare
        ]
        if not gains or min(gains)[0] >= 0:
            return
        _, j, step = min(gains)
        found[j] = step


def _cost(row: list[Cell], found: list[float]) -> float:
    most, cost, beside, before = 0.0, 0.0, -1.0, 0.0
    for cell in row:
        width = found[cell.column] if cell.span == 1 else sum(found[cell.column : cell.column + cell.span])
        lines, more = cell.height(width)
        most = max(most, lines)
        cost += more
        if lines != before and abs(cell.natural - beside) < ALIKE * beside:
            cost += UNEVEN  # heads such as 干预组（n=240） and 对照组（n=238） are broken both or neither
        beside, before = cell.natural, lines
    return most + cost


def _steps(column: int, rows: list[list[Cell]], least: float) -> list[float]:
    """The widths of a column below which some cell takes a line more."""
    found = {round(least, 2)}
    for row in rows:
        for cell in row:
            if cell.span == 1 and cell.column == column:
                found.update(_thresholds(cell, least))
    kept = sorted(width for width in found if width >= least - 0.01)
    every = max(1, len(kept) // (4 * _STEPS))
    return kept[::every]


def _thresholds(cell: Cell, least: float) -> list[float]:
    """The least widths at which it takes 1, 2 … lines."""
    found = [cell.natural]
    high = cell.natural
    for count in range(len(cell.texts) + 1, len(cell.texts) + MOST_LINES):
        low = least
        if cell.height(low)[0] > count:
            for _ in range(_STEPS):
                middle = (low + high) / 2
                low, high = (low, middle) if cell.height(middle)[0] <= count else (middle, high)
            found.append(round(high + 0.01, 2))
        else:
            break
    return found


# ---------------------------------------------------------------- figures that line up

_FIGURE = re.compile(r"[<>＜＞≤≥≈−–+\-]?\s?\d")
_HAN = re.compile(r"[\u3400-\u9fff]")
_PLAIN = re.compile(r"[<>＜＞≤≥≈−–+\-]?\s?\d[\d\s,]*")
_MARKS = "±～~（("


def line_up(texts: Sequence[str]) -> list[int | None]:
    """For each cell of a column the place in its text that stands below that of the others; None where nothing does.

    The mark is ±, a range's ～ or a bracket when every figure has it; else the end of the whole number, when there is
    nothing but numbers. Other texts (—, 参照) stay where they are.
    """
    figures = [text for text in texts if _FIGURE.match(text)]
    none: list[int | None] = [None] * len(texts)
    if len(figures) < 2:
        return none
    mark = next((mark for mark in _MARKS if all(mark in text for text in figures)), None)
    if mark is None and any(m in text for text in figures for m in _MARKS):
        return none

    def place(text: str) -> int | None:
        if not (found := _PLAIN.match(text)):
            return None
        return len(found[0].rstrip()) if mark is None else text.index(mark)

    return [place(text) for text in texts]
