# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Where a text that is otherwise the work says something else: a word put in, left out or exchanged.

A share does not show that: one 字 more or less turns a sentence into its opposite. What is looked for is a small gap
between two runs that are the same: the text goes on a little later than the work, or the work than the text. Larger
gaps are figures, tables and notes that a page puts elsewhere; they count in the share.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

SEED = 5
"""Equal shades in a row that make a run here: six 字."""
SMALL = 12
"""A larger gap, in 字, is no change of a word."""
SURE = 48
"""字 that two runs have together where what lies between them is a change; titles and addresses resemble each other."""
OFTEN = 200
"""So many places of the text at which a run may start are looked at, for each place of the work."""


_LABEL = re.compile("图|表|table|figure|fig")
_WORD = re.compile("[a-z]+")


@dataclass(frozen=True)
class Change:
    """Between two equal runs: the 字 of the text, and how many of the work stand there instead; either may be none.

    Where the runs share an edge it cannot be told which of them it belongs to; `or_text` is the other reading.
    """

    text: tuple[int, int]
    or_text: tuple[int, int]
    missing: int


@dataclass(frozen=True, order=True)
class _Run:
    text: int
    place: int
    text_end: int
    place_end: int


def changes(text: bytes, work: bytes) -> Iterator[Change]:
    """The small gaps between runs of two rows of shades, one byte for each two 字, in the order of the text."""
    runs = _widest(_runs(text, work))
    for number, run in enumerate(runs):
        near = (other for other in runs[number + 1 : number + 4] if _follows(run, other))
        if other := next(near, None):
            shared = max(0, run.text_end - other.text, run.place_end - other.place)
            missing = other.place - run.place_end + shared
            yield Change((run.text_end - shared, other.text), (run.text_end, other.text + shared), missing)


def harmless(between: str, missing: int) -> bool:
    """Whether `between` is what a page puts among the words: a number of a note or of a figure, a formula in signs.

    `missing` 字 of the work are not there instead.
    """
    said = _LABEL.sub("", unicodedata.normalize("NFKC", between).casefold())
    letters = [char for char in said if char.isalpha()]
    words = _WORD.findall(said)
    if not missing:
        return not letters or (len(letters) == 1 and bool(words))
    foreign = bool(letters) and all(unicodedata.east_asian_width(char) != "W" for char in letters)
    return foreign and (not words or (missing > 1 and all(len(word) == 1 for word in words)))


def excused(before: str, between: str, after: str, missing: int) -> bool:
    """Whether a gap stands at a word that was parted at the end of a line, or at a formula, indexed in words.

    One shade in 256 is equal by chance, so that an edge may lie a little beside the place itself.
    """
    near = before[-3:] + between + after[:3]
    return "\u00ad" in before + between + after or (
        missing > 2 and any(unicodedata.category(char) == "Sm" for char in near)
    )


def _follows(run: _Run, other: _Run) -> bool:
    across, along = other.text - run.text_end, other.place - run.place_end
    if run.text_end - run.text + other.text_end - other.text < SURE:
        return False
    if not 0 < max(across, along) <= SMALL:
        return False
    return across == along or min(across, along) >= -SEED


def _runs(text: bytes, work: bytes) -> list[_Run]:
    places: dict[bytes, list[int]] = {}
    for at in range(len(text) - SEED + 1):
        places.setdefault(text[at : at + SEED], []).append(at)
    found: list[_Run] = []
    open_: dict[int, _Run] = {}
    for place in range(len(work) - SEED + 1):
        here = places.get(work[place : place + SEED], [])
        for at in here[:OFTEN]:
            before = open_.get(at - place)
            goes_on = before is not None and before.place_end == place + SEED
            begun = before if goes_on and before else _Run(at, place, 0, 0)
            if before is not None and not goes_on:
                found.append(before)
            open_[at - place] = _Run(begun.text, begun.place, at + SEED + 1, place + SEED + 1)
    return [*found, *open_.values()]


def _widest(runs: list[_Run]) -> list[_Run]:
    """Runs in the order of the text, without those inside of another: the work says some things more than once."""
    kept: list[_Run] = []
    for run in sorted(runs, key=lambda one: (one.text, -one.text_end)):
        if not kept or run.text_end > kept[-1].text_end:
            kept.append(run)
    return kept
