# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The characters of a page in the order in which a reader goes through them, whatever order they were drawn in.

Characters on one height are a line; a wide gap parts it. A piece goes below the piece above it that it shares the most
of its width with. That is a rough guess at columns, and enough: it is a second reading, held against the same works.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

Place = tuple[str, float, float, float, float]
"""A character with the left, bottom, right and top of its box, in points."""
GAP = 1.0
"""Heights of a character; more than that between two of them parts a line."""
FAR = 4.0
"""Heights of a line; a column does not go on below a wider gap."""


@dataclass
class _Column:
    left: float
    right: float
    bottom: float
    lines: list[str] = field(default_factory=list)


def in_columns(places: Iterable[Place]) -> str:
    """The text of a page, column after column."""
    columns: list[_Column] = []
    for text, left, bottom, right, top in _pieces(_lines(places)):
        height = max(top - bottom, 1.0)
        near = [
            (min(right, one.right) - max(left, one.left), one)
            for one in columns
            if one.bottom - FAR * height <= top <= one.bottom + height
        ]
        shared, column = max(near, key=lambda found: found[0], default=(0.0, None))
        if column is None or shared < 0.5 * min(right - left, column.right - column.left):
            column = _Column(left, right, bottom)
            columns.append(column)
        column.lines.append(text)
        column.left, column.right, column.bottom = left, right, min(column.bottom, bottom)
    return "\n".join(line for column in columns for line in column.lines)


def in_lines(places: Iterable[Place]) -> str:
    """The text of a page, each line across all columns."""
    return "\n".join(_joined(line)[0] for line in _lines(places))


def _lines(places: Iterable[Place]) -> list[list[Place]]:
    """Characters on about one height, from the top down, each line from the left."""
    lines: list[list[Place]] = []
    for one in sorted(places, key=lambda place: -(place[2] + place[4]) / 2):
        middle = (one[2] + one[4]) / 2
        last = lines[-1][0] if lines else None
        if last is not None and last[2] <= middle <= last[4]:
            lines[-1].append(one)
        else:
            lines.append([one])
    return [sorted(line, key=lambda place: place[1]) for line in lines]


def _pieces(lines: Iterable[list[Place]]) -> Iterable[Place]:
    """Lines, parted where there is a wide gap."""
    for line in lines:
        piece: list[Place] = []
        for one in line:
            if piece and one[1] - piece[-1][3] > GAP * max(one[4] - one[2], 1.0):
                yield _joined(piece)
                piece = []
            piece.append(one)
        if piece:
            yield _joined(piece)


def _joined(piece: list[Place]) -> Place:
    """One piece as text; a small gap is a space."""
    text = ""
    for before, one in zip([None, *piece[:-1]], piece, strict=True):
        if before is not None and one[1] - before[3] > 0.15 * (one[4] - one[2]):
            text += " "
        text += one[0]
    edges = min(p[1] for p in piece), min(p[2] for p in piece), max(p[3] for p in piece), max(p[4] for p in piece)
    return (text, *edges)
