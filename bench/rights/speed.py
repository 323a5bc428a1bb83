# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What an index costs: time to make, bytes a character, time to check one article against it."""

from __future__ import annotations

import random
import resource
import statistics
import tempfile
import time
from pathlib import Path

from bench.rights.corpus import background
from kanyin.rights.match.index import Index
from kanyin.rights.match.store import SqliteStore

LENGTH = 5000
ARTICLES = 20


def speed(works: int) -> int:
    """Print the figures; the number of goals that were missed. CPU seconds: the machine is shared."""
    rng = random.Random(7)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "x.index")
        index = Index(SqliteStore(path), b"k" * 32)
        spent = 0.0
        for i in range(works):
            text = background(rng, LENGTH)
            begun = time.process_time()
            index.add(f"w{i}", text)
            spent += time.process_time() - begun
        begun = time.process_time()
        index.save()
        spent += time.process_time() - begun
        index.close()
        begun = time.process_time()
        store = SqliteStore(path)
        store.digest()
        index = Index(store, b"k" * 32)
        start_up = time.process_time() - begun
        checks = []
        for _ in range(ARTICLES + 2):
            text = background(rng, LENGTH)
            begun = time.perf_counter()
            index.compare(text)
            checks.append((time.perf_counter() - begun) * 1000)
        bytes_each = path.stat().st_size / (works * LENGTH)
        index.close()
    check = statistics.median(checks[2:])
    scale = works / 10_000
    rows = [
        (f"index of {works} works of {LENGTH} characters (s CPU)", spent, 120 * scale),
        ("bytes on disk a character", bytes_each, 4.0),
        ("open and prove (s CPU)", start_up, float("inf")),
        ("check of one article, median (ms)", check, 50.0 if works <= 10_000 else 100.0),
        ("check of one article, slowest (ms)", max(checks[2:]), float("inf")),
        ("most memory (MB)", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, float("inf")),
    ]
    missed = 0
    for what, value, limit in rows:
        verdict = "" if limit == float("inf") else ("ok" if value <= limit else "MISSED")
        missed += verdict == "MISSED"
        print(f"{what:52}{value:10.2f}   {'' if limit == float('inf') else f'goal {limit:g}':10}{verdict}")
    return missed
