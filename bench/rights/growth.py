# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""How the comparison of one article grows with the works it is held against: ten times as many, at most twice the time.

Folding characters takes most of the time of indexing and is the same whatever the index holds; so the works here are
drawn from the bigram model many at once, already folded, and go through the index and its store like any other.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.rights.corpus import SURPRISE, background, model
from bench.rights.speed import ARTICLES, LENGTH
from kanyin.rights.match.fold import Folded, fold
from kanyin.rights.match.index import Index
from kanyin.rights.match.store import SqliteStore

BATCH = 2000
TIMES = 10


def drawn(works: int, seed: int) -> Iterator[Folded]:
    """Works of LENGTH characters as `background` writes them, as `fold` would hand them on."""
    rng = np.random.default_rng(seed)
    known, following = model()
    chars = sorted(set(known))
    number = {char: i for i, char in enumerate(chars)}
    any_char = np.array([number[char] for char in known])
    after = [[number[char] for char in following.get(one, known)] for one in chars]
    count = np.array([len(some) for some in after])
    begin = np.cumsum(count) - count
    flat = np.concatenate([np.array(some) for some in after])
    folded = [fold(char).codes for char in chars]
    code = np.array([codes[0] if len(codes) else 0 for codes in folded], np.uint32)
    for first in range(0, works, BATCH):
        size = min(BATCH, works - first)
        text = np.empty((LENGTH, size), np.int64)
        at: NDArray[np.int64] = rng.choice(any_char, size)
        for i in range(LENGTH):
            text[i] = at
            next_ = flat[begin[at] + (rng.random(size) * count[at]).astype(np.int64)]
            at = np.where(rng.random(size) < SURPRISE, rng.choice(any_char, size), next_)
        for work in code[text.T]:
            starts = np.flatnonzero(work).astype(np.int32)
            yield Folded(work[starts], starts, starts + np.int32(1), ())


def checked(index: Index) -> float:
    """Milliseconds of CPU for one article, the median of many; not those the machine gives to others meanwhile."""
    rng = random.Random(11)
    spent = []
    for _ in range(ARTICLES + 2):
        text = background(rng, LENGTH)
        begun = time.process_time()
        index.compare(text)
        spent.append((time.process_time() - begun) * 1000)
    return statistics.median(spent[2:])


def growth(works: int) -> int:
    """Print the times at `works` and at ten times as many; the number of goals that were missed."""
    with tempfile.TemporaryDirectory() as name, Index(SqliteStore(Path(name, "x.index")), b"k" * 32) as index:
        found = []
        for seed, upto in enumerate((works, TIMES * works)):
            begun = time.process_time()
            for number, folded in enumerate(drawn(upto - len(index), seed), len(index)):
                index.add_folded(f"w{number}", folded, str(number).encode())
            index.save()
            made = time.process_time() - begun
            found.append(checked(index))
            size = Path(name, "x.index").stat().st_size / (len(index) * LENGTH)
            print(
                f"{len(index):8} works: one article {found[-1]:7.2f} ms, {size:.2f} bytes a character, {made:.0f} s CPU"
            )
    ratio = found[1] / found[0]
    print(f"ten times as many works take {ratio:.2f} times as long   goal 2   {'ok' if ratio <= 2 else 'MISSED'}")
    return int(ratio > 2)
