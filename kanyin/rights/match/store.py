# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Where the numbers of an index are kept: SQLite in one file. `postgres` keeps the same tables behind the same methods.

`work` holds a row for each work: its range in one line of 字 that runs through all works, its shades and offsets.
`seed` holds a row for each bucket of hashes: records of six bytes, the rest of the hash and the place in that line.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kanyin.findings import ToolError, Where, finding

FORMAT = "kanyin-index/1"


@dataclass(frozen=True)
class WorkRow:
    """`first` is the place of the work's first 字 in the line, `size` its number of 字; the rest is bytes."""

    id: str
    first: int
    size: int
    digest: bytes
    shades: bytes
    offsets: bytes


class Store(Protocol):
    """What an index needs of a place to keep numbers in."""

    def extents(self) -> list[tuple[str, int, int, bytes]]:
        """Of each work its id, first place, size and digest, in the order of their places."""

    def works(self, ids: Sequence[str]) -> list[WorkRow]: ...

    def seeds(self, buckets: Sequence[int]) -> list[tuple[int, bytes]]:
        """For every bucket that has records, its index in `buckets` and the records."""

    def write(self, removed: Iterable[str], added: Iterable[WorkRow], seeds: Iterable[tuple[int, bytes]]) -> None:
        """Remove works, add works, append records to buckets: all or nothing."""

    def rewrite(self, seeds: Iterable[tuple[int, bytes]]) -> None:
        """Put these records in the place of all there are."""

    def all_seeds(self) -> Iterable[tuple[int, bytes]]: ...

    def digest(self) -> str:
        """A digest over everything stored."""

    def close(self) -> None: ...


_TABLES = """
CREATE TABLE format (name TEXT NOT NULL);
CREATE TABLE work (id TEXT PRIMARY KEY, first INTEGER NOT NULL, size INTEGER NOT NULL, digest BLOB NOT NULL,
                   shades BLOB NOT NULL, offsets BLOB NOT NULL);
CREATE TABLE seed (bucket INTEGER PRIMARY KEY, records BLOB NOT NULL);
"""


_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
"""What SQLite says, less its details, of a disk that is full or may not be written."""


@contextmanager
def written(path: Path) -> Iterator[None]:
    """Around what writes the database at `path`: raises ToolError when that cannot be, and leaves none half begun."""
    fresh = not path.exists()
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        if isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF not in _NO_ROOM:
            raise
        if fresh:
            path.unlink(missing_ok=True)
        problem = error.strerror if isinstance(error, OSError) else error
        raise ToolError(finding("FILES-NOT-WRITABLE", Where(str(path)), problem=problem)) from error


class SqliteStore:
    """An index in one SQLite file. Raises sqlite3.DatabaseError when the file is none."""

    def __init__(self, path: Path) -> None:
        fresh = not path.exists() or not path.stat().st_size
        self.path = path
        self.base = sqlite3.connect(path)
        self.base.execute("PRAGMA mmap_size=8589934592")
        self.base.execute("PRAGMA cache_size=-65536")
        if fresh:
            self.base.executescript("PRAGMA page_size=8192;" + _TABLES)
            self.base.execute("INSERT INTO format VALUES (?)", (FORMAT,))
            self.base.commit()
        if self.base.execute("SELECT name FROM format").fetchall() != [(FORMAT,)]:
            raise sqlite3.DatabaseError(FORMAT)

    def extents(self) -> list[tuple[str, int, int, bytes]]:
        return self.base.execute("SELECT id, first, size, digest FROM work ORDER BY first").fetchall()

    def works(self, ids: Sequence[str]) -> list[WorkRow]:
        query = "SELECT w.* FROM json_each(?) j JOIN work w ON w.id = j.value"
        return [WorkRow(*row) for row in self.base.execute(query, (json.dumps(list(ids)),))]

    def seeds(self, buckets: Sequence[int]) -> list[tuple[int, bytes]]:
        query = "SELECT j.key, s.records FROM json_each(?) j JOIN seed s ON s.bucket = j.value"
        return self.base.execute(query, (json.dumps(list(buckets)),)).fetchall()

    def write(self, removed: Iterable[str], added: Iterable[WorkRow], seeds: Iterable[tuple[int, bytes]]) -> None:
        append = (
            "INSERT INTO seed VALUES (?, ?) ON CONFLICT (bucket) DO UPDATE SET records = CAST(records || "
            "excluded.records AS BLOB)"
        )
        with self.base:
            self.base.executemany("DELETE FROM work WHERE id = ?", ((id_,) for id_ in removed))
            rows = ((w.id, w.first, w.size, w.digest, w.shades, w.offsets) for w in added)
            self.base.executemany("INSERT INTO work VALUES (?, ?, ?, ?, ?, ?)", rows)
            self.base.executemany(append, seeds)

    def rewrite(self, seeds: Iterable[tuple[int, bytes]]) -> None:
        with self.base:
            self.base.execute("CREATE TABLE packed (bucket INTEGER PRIMARY KEY, records BLOB NOT NULL)")
            self.base.executemany("INSERT INTO packed VALUES (?, ?)", seeds)
            self.base.execute("DROP TABLE seed")
            self.base.execute("ALTER TABLE packed RENAME TO seed")
        self.pack()

    def pack(self) -> None:
        """Give back what appending has left half empty."""
        self.base.execute("VACUUM")

    def all_seeds(self) -> Iterable[tuple[int, bytes]]:
        return self.base.execute("SELECT bucket, records FROM seed ORDER BY bucket")

    def digest(self) -> str:
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def close(self) -> None:
        self.base.close()
