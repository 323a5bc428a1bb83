# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What an index costs: time to make, bytes a character, time to check one article against it; in a file or on a server.

On a server the time of the clock counts, since the work is done elsewhere; its database has to be empty.
"""

from __future__ import annotations

import random
import resource
import statistics
import tempfile
import time
from pathlib import Path

from bench.rights.corpus import background
from kanyin.rights.match.index import Index
from kanyin.rights.match.store import SqliteStore, Store

LENGTH = 5000
ARTICLES = 20


def opened(path: Path, server: str, *, writing: bool) -> Store:
    if not server:
        return SqliteStore(path)
    from kanyin.rights.match.postgres import PostgresStore

    return PostgresStore(server, writing=writing)


def bytes_of(store: Store, path: Path) -> int:
    if isinstance(store, SqliteStore):
        return path.stat().st_size
    size = "SELECT pg_total_relation_size('work') + pg_total_relation_size('seed')"
    return int(store.base.execute(size).fetchone()[0])  # type: ignore[attr-defined]


def speed(works: int, server: str = "") -> int:
    """Print the figures; the number of goals that were missed. CPU seconds: the machine is shared."""
    rng = random.Random(7)
    clock = time.perf_counter if server else time.process_time
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "x.index")
        index = Index(opened(path, server, writing=True), b"k" * 32)
        if len(index):
            raise SystemExit("the database is not empty")
        spent = 0.0
        for i in range(works):
            text = background(rng, LENGTH)
            begun = clock()
            index.add(f"w{i}", text)
            spent += clock() - begun
        begun = clock()
        index.save()
        spent += clock() - begun
        index.close()
        begun = clock()
        store = opened(path, server, writing=False)
        store.digest()
        index = Index(store, b"k" * 32)
        start_up = clock() - begun
        checks = []
        for _ in range(ARTICLES + 2):
            text = background(rng, LENGTH)
            begun = time.perf_counter()
            index.compare(text)
            checks.append((time.perf_counter() - begun) * 1000)
        bytes_each = bytes_of(store, path) / (works * LENGTH)
        index.close()
    check = statistics.median(checks[2:])
    scale, kind = works / 10_000, "" if server else " CPU"
    rows = [
        (f"index of {works} works of {LENGTH} characters (s{kind})", spent, 120 * scale),
        ("bytes on disk a character", bytes_each, 4.0),
        (f"open and prove (s{kind})", start_up, float("inf")),
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
