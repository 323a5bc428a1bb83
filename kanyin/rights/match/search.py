# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Where in the index may a text have come from: seeds looked up, common ones set aside, and hits that agree.

A seed alone proves nothing. Two that stand as far from each other in the text as in the work, or nearly, are reason
enough to lay the two texts on each other there; `align` does that and decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kanyin.rights.match.prints import Prints, split

COMMON = 64
"""A seed that so many works have is everybody's: it starts no search. A passage found otherwise still holds it."""
REACH = 64
"""Hits that support each other stand no farther apart, in 字."""
DRIFT = 16
"""By so much may two hits that support each other be shifted against each other: insertions less deletions."""
RECORD = np.dtype([("rest", "<u2"), ("place", "<u4")])
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Extents:
    """The works of an index in the line of 字 that runs through all of them; sorted by `first`."""

    ids: Sequence[str]
    first: Ints
    size: Ints

    def find(self, places: Ints) -> Ints:
        """The number of the work at each place; -1 where a work was removed."""
        if not len(self.first):
            return np.full(len(places), -1)
        at = np.searchsorted(self.first, places, "right") - 1
        gone = (at < 0) | (places >= self.first[at] + self.size[at])
        return np.where(gone, -1, at)


@dataclass(frozen=True, eq=False)
class Hits:
    """Seeds that text and works share: the place in the text, in the work, and the work; sorted by work and place."""

    text: Ints
    place: Ints
    work: Ints

    def __getitem__(self, which: NDArray[np.bool_] | NDArray[np.intp]) -> Hits:
        return Hits(self.text[which], self.place[which], self.work[which])

    def by_work(self) -> Iterator[tuple[int, Hits]]:
        cuts = np.flatnonzero(np.diff(self.work)) + 1
        for text, place, work in zip(
            np.split(self.text, cuts), np.split(self.place, cuts), np.split(self.work, cuts), strict=True
        ):
            if len(work):
                yield int(work[0]), Hits(text, place, work)


@dataclass(frozen=True, eq=False)
class Query:
    """The seeds of one text, each once: its hash's bucket and rest, and the places where it stands."""

    buckets: Ints
    rests: NDArray[np.uint16]
    order: Ints
    begin: Ints
    count: Ints


def query(prints: Prints) -> Query:
    unique, inverse, count = np.unique(prints.grams, return_inverse=True, return_counts=True)
    buckets, rests = split(unique)
    return Query(buckets, rests, np.argsort(inverse, kind="stable"), np.cumsum(count) - count, count)


def hits(asked: Query, rows: Sequence[tuple[int, bytes]], extents: Extents, excluded: frozenset[str]) -> Hits:
    """The hits on works of which at least two support each other. `rows` answer the buckets of `asked`."""
    number, place = _matching(asked, rows)
    work = extents.find(place)
    known = work >= 0
    number, place, work = number[known], place[known], work[known]
    number, place, work = _without_common(number, place, work, len(asked.count))
    if excluded:
        out = np.array([id_ in excluded for id_ in extents.ids])
        kept = ~out[work]
        number, place, work = number[kept], place[kept], work[kept]
    # a seed that the text repeats hits once for each of its places
    times = asked.count[number]
    nth = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    text = asked.order[np.repeat(asked.begin[number], times) + nth]
    found = Hits(text, np.repeat(place, times), np.repeat(work, times))
    found = found[np.bincount(found.work, minlength=len(extents.ids))[found.work] > 1]  # one alone has no support
    found = found[np.lexsort((found.text, found.place))]
    suspects = np.zeros(len(extents.ids), bool)
    suspects[found.work[_supported(found)]] = True
    return found[suspects[found.work]]


def _matching(asked: Query, rows: Sequence[tuple[int, bytes]]) -> tuple[Ints, Ints]:
    if not rows:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    numbers = np.array([row[0] for row in rows], np.int64)
    lengths = np.array([len(row[1]) for row in rows], np.int64) // RECORD.itemsize
    records = np.frombuffer(b"".join(row[1] for row in rows), RECORD)
    number = np.repeat(numbers, lengths)
    same = records["rest"] == np.repeat(asked.rests[numbers], lengths)
    return number[same], records["place"][same].astype(np.int64)


def _without_common(number: Ints, place: Ints, work: Ints, seeds: int) -> tuple[Ints, Ints, Ints]:
    kept = np.bincount(number, minlength=seeds)[number] <= COMMON
    return number[kept], place[kept], work[kept]


def _supported(found: Hits) -> NDArray[np.bool_]:
    """Hits with another one near, on nearly the same diagonal.

    They are looked through band by band of diagonals, so that a text which says a passage many times, and hits the same
    places of the work again and again, does not push apart what belongs together. The bands overlap by half.
    """
    supported = np.zeros(len(found.text), bool)
    diagonal = found.place - found.text
    for shift in (0, DRIFT):
        order = np.lexsort((found.text, (diagonal + shift) // (2 * DRIFT)))
        text, place, work = found.text[order], found.place[order], found.work[order]
        for step in range(1, 5):
            if len(order) <= step:
                break
            along, across = place[step:] - place[:-step], text[step:] - text[:-step]
            near = (along <= REACH) & (along > 0) & (np.abs(across - along) <= DRIFT) & (across > 0)
            near &= work[step:] == work[:-step]
            supported[order[step:][near]] = True
            supported[order[:-step][near]] = True
    return supported
