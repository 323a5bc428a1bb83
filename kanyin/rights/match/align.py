# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Lay two texts on each other where seeds say they meet: runs, then clusters of runs, then passages.

Only shades are compared, one byte for two 字, within a band around the hits. Runs that stand near each other in both
texts belong together in whatever order, so a reordered passage stays one. A cluster counts when it holds a long
unbroken run, or is long and dense enough; it is then cut where the text goes on for a while and the work does not,
which is where somebody else's sentences were put in between.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kanyin.rights.match.search import Hits

MARGIN = 48
"""So far beyond the outermost hits the texts are compared, in 字."""
BAND = 24
"""Diagonals compared beside those of the hits."""
CHUNK = 256
ANCHOR = 3
"""Equal shades in a row that make a run: four 字."""
LINK = 30
"""Runs of one cluster stand no farther apart, in both texts."""
ASIDE, NEXT = 64, 8
"""Or farther apart in the text, when in the work one follows the other closely: sentences put in between."""
SPLIT = 10
"""Foreign 字 between two runs that part a passage, when the work does not go on as well."""
LONG, DENSE = 32, 0.42
"""A cluster without a long run counts from this length on, if this share of it stands in runs."""
ALTERED = 0.95
"""A passage of which less is the same may go on beyond the last run that was long enough to be one."""
GROW, SHIFT = 6, 2
"""Then shorter runs count: so near its end, on diagonals so near to its own."""
NEAR = 3
"""Even two equal 字 count when they are so near."""
FEW = 11
"""A run of so few words and numbers proves nothing, however many letters they have."""


@dataclass(frozen=True)
class Run:
    """`size` 字 from `text` in the text are those from `place` in the work."""

    text: int
    place: int
    size: int

    @property
    def text_end(self) -> int:
        return self.text + self.size

    @property
    def place_end(self) -> int:
        return self.place + self.size


@dataclass(frozen=True)
class Stretch:
    """A passage in 字: its range in the text, its ranges in the work, the 字 that both have, and the longest run."""

    text: tuple[int, int]
    places: tuple[tuple[int, int], ...]
    chars: int
    run: int


def stretches(
    hits: Hits, text: NDArray[np.uint8], weights: NDArray[np.int64], work: NDArray[np.uint8], first: int, min_run: int
) -> list[Stretch]:
    """The passages at these hits.

    `text` and `work` are shades; `weights[i]` is the weight of all 字 of the text before the i-th; `first` is the
    work's place in the line.
    """
    found: set[Run] = set()
    for low, high, near, far in _windows(hits.text, hits.place - first - hits.text):
        found |= _runs(text, work, low, high, near, far)
    accepted = []
    for cluster in _clusters(sorted(found, key=lambda run: (run.text, run.place))):
        if _counts(cluster, weights, min_run):
            accepted += [_grown(piece, text, work) for piece in _pieces(cluster)]
    return [_stretch(piece) for piece in _merged(accepted)]


def _windows(text: NDArray[np.int64], diagonal: NDArray[np.int64]) -> list[tuple[int, int, int, int]]:
    """Rectangles of (text, diagonal) around the hits, none much longer than CHUNK or wider than the band needs."""
    order = np.lexsort((diagonal, text))
    open_: list[list[int]] = []
    done: list[list[int]] = []
    for t, d in zip(text[order].tolist(), diagonal[order].tolist(), strict=True):
        for box in open_:
            inside = box[2] - BAND <= d <= box[3] + BAND and max(box[3], d) - min(box[2], d) <= 2 * BAND
            if t - box[1] <= 2 * MARGIN and t - box[0] <= CHUNK and inside:
                box[1], box[2], box[3] = t, min(box[2], d), max(box[3], d)
                break
        else:
            open_.append([t, t, d, d])
        done += [box for box in open_ if t - box[1] > 2 * MARGIN or t - box[0] > CHUNK]
        open_ = [box for box in open_ if not (t - box[1] > 2 * MARGIN or t - box[0] > CHUNK)]
    return [(a - MARGIN, b + MARGIN, c - BAND, e + BAND) for a, b, c, e in done + open_]


def _runs(text: NDArray[np.uint8], work: NDArray[np.uint8], low: int, high: int, near: int, far: int) -> set[Run]:
    """Runs of equal shades with `low <= text < high` on the diagonals from `near` to `far`."""
    low, high = max(low, 0), min(high, len(text))
    # the work, padded so that every diagonal has a full row; 256 equals no shade
    begin, end = low + near, high + far
    padded = np.full(end - begin, 256, np.int16)
    start, stop = max(begin, 0), min(end, len(work))
    if stop > start:
        padded[start - begin : stop - begin] = work[start:stop]
    rows = np.lib.stride_tricks.sliding_window_view(padded, high - low)
    same = rows == text[low:high]
    bound = np.zeros((len(same), 1), np.int8)
    change = np.diff(same.astype(np.int8), axis=1, prepend=bound, append=bound)
    row, column = np.nonzero(change == 1)
    _, after = np.nonzero(change == -1)
    size = after - column
    kept = size >= ANCHOR
    return {
        Run(low + c, low + c + near + r, n + 1)
        for r, c, n in zip(row[kept].tolist(), column[kept].tolist(), size[kept].tolist(), strict=True)
    }


def _clusters(runs: list[Run]) -> list[list[Run]]:
    """Runs near each other in both texts, transitively. `runs` are sorted by their place in the text."""
    parent = list(range(len(runs)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    active: list[int] = []
    for i, run in enumerate(runs):
        active = [j for j in active if runs[j].text_end + ASIDE >= run.text]
        for j in active:
            other = runs[j]
            link = LINK if other.text_end + LINK >= run.text else NEXT
            if other.place - link <= run.place_end and run.place <= other.place_end + link:
                parent[root(j)] = root(i)
        active.append(i)
    groups: dict[int, list[Run]] = {}
    for i, run in enumerate(runs):
        groups.setdefault(root(i), []).append(run)
    return list(groups.values())


def _covered(spans: list[tuple[int, int]]) -> int:
    total, end = 0, -1
    for low, high in sorted(spans):
        total += max(0, high - max(low, end))
        end = max(end, high)
    return total


def _counts(cluster: list[Run], weights: NDArray[np.int64], min_run: int) -> bool:
    few = min(min_run, FEW)
    if any(run.size >= few and weights[run.text_end] - weights[run.text] >= min_run for run in cluster):
        return True
    low, high = cluster[0].text, max(run.text_end for run in cluster)
    place, place_end = min(run.place for run in cluster), max(run.place_end for run in cluster)
    same = min(
        _covered([(run.text, run.text_end) for run in cluster]),
        _covered([(run.place, run.place_end) for run in cluster]),
    )
    length = min(high - low, place_end - place)
    return length >= LONG and same >= DENSE * length


def _pieces(cluster: list[Run]) -> list[list[Run]]:
    pieces: list[list[Run]] = [[cluster[0]]]
    end = cluster[0].text_end
    for run in cluster[1:]:
        across = run.text - end
        last = max(pieces[-1], key=lambda other: other.text_end)
        along = run.place - last.place_end
        grows = along >= 0 and across <= 2 * along + 6 and along <= 2 * across + 6
        if across > SPLIT and not grows:
            pieces.append([])
        pieces[-1].append(run)
        end = max(end, run.text_end)
    return pieces


def _grown(piece: list[Run], text: NDArray[np.uint8], work: NDArray[np.uint8]) -> list[Run]:
    """The piece with the short runs at its ends, which alone would prove nothing."""
    length = max(run.text_end for run in piece) - piece[0].text
    if _covered([(run.text, run.text_end) for run in piece]) >= ALTERED * length:
        return piece
    a, b = text.tobytes(), work.tobytes()
    head = min(piece, key=lambda run: run.text)
    tail = max(piece, key=lambda run: run.text_end)
    before, after = [], []
    while found := _next_run(a[::-1], b[::-1], len(a) - head.text, len(b) - head.place):
        head = Run(len(a) + 1 - found.text_end, len(b) + 1 - found.place_end, found.size)
        before.append(head)
    while found := _next_run(a, b, tail.text_end - 1, tail.place_end - 1):
        tail = found
        after.append(tail)
    return [*reversed(before), *piece, *after]


def _next_run(a: bytes, b: bytes, i: int, j: int) -> Run | None:
    """The nearest short run from shade `i` of the text and `j` of the work on."""
    for step in range(GROW):
        for shift in sorted(range(-SHIFT, SHIFT + 1), key=abs):
            t, p = i + step, j + step + shift
            if p < j or p >= len(b) or t >= len(a) or a[t] != b[p]:
                continue
            size = 1
            while t + size < len(a) and p + size < len(b) and a[t + size] == b[p + size]:
                size += 1
            if size >= 2 or step < NEAR:
                return Run(t, p, size + 1)
    return None


def _stretch(piece: list[Run]) -> Stretch:
    spans = [(run.text, run.text_end) for run in piece]
    text = piece[0].text, max(run.text_end for run in piece)
    places = _joined(_taken(piece))
    return Stretch(text, places, _covered(spans), max(run.size for run in piece))


def _taken(piece: list[Run]) -> list[tuple[int, int]]:
    """Ranges of the work that account for the text, the longest first; what it says twice was taken from it once."""
    low = piece[0].text
    seen = bytearray(max(run.text_end for run in piece) - low)
    taken = []
    for run in sorted(_whole(piece), key=lambda run: (-run.size, run.text, run.place)):
        end, begin = run.text_end - low, run.text - low
        while (begin := seen.find(0, begin, end)) >= 0:
            after = seen.find(1, begin, end)
            after = end if after < 0 else after
            if after - begin > min(ANCHOR, run.size - 1):
                shift = run.place - (run.text - low)
                taken.append((begin + shift, after + shift))
            begin = after
        seen[run.text - low : end] = b"\1" * run.size
    return taken


def _whole(piece: list[Run]) -> list[Run]:
    """Runs of one diagonal that touch are one that was compared window by window."""
    whole: list[Run] = []
    for run in sorted(piece, key=lambda run: (run.place - run.text, run.text)):
        last = whole[-1] if whole else None
        if last and last.place - last.text == run.place - run.text and run.text <= last.text_end:
            end = max(last.text_end, run.text_end)
            whole[-1] = Run(last.text, last.place, end - last.text)
        else:
            whole.append(run)
    return whole


def _joined(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Ranges with the small gaps between them closed."""
    closed: list[tuple[int, int]] = []
    for low, high in sorted(spans):
        if closed and low <= closed[-1][1] + SPLIT:
            closed[-1] = closed[-1][0], max(high, closed[-1][1])
        else:
            closed.append((low, high))
    return tuple(closed)


def _merged(pieces: list[list[Run]]) -> list[list[Run]]:
    """Pieces that follow each other closely in the text are one, wherever in the work they come from."""
    merged: list[list[Run]] = []
    end = 0
    for piece in sorted(pieces, key=lambda piece: (piece[0].text, max(run.text_end for run in piece))):
        if merged and piece[0].text <= end + SPLIT:
            merged[-1] = merged[-1] + piece
        else:
            merged.append(piece)
            end = 0
        end = max(end, *(run.text_end for run in piece))
    return merged
