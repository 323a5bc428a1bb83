# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The ledger: which ranges of which works went into which builds, so that ten builds of a tenth are found.

One SQLite file beside the index. Every entry is chained to the one before under the index's key, and the last link is
kept with the count; so an entry that was edited, removed or moved is found. A whole file put back from an old copy is
found by the signed log, which holds a mark of the ledger as each build left it, and what each build added to it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kanyin.findings import RightsError, Where, finding
from kanyin.rights.match.store import written

_TABLES = """
CREATE TABLE entry (number INTEGER PRIMARY KEY, user TEXT NOT NULL, work TEXT NOT NULL, build TEXT NOT NULL,
                    day TEXT NOT NULL, ranges TEXT NOT NULL, link BLOB NOT NULL);
CREATE INDEX by_user ON entry (user, work);
CREATE TABLE head (count INTEGER NOT NULL, link BLOB NOT NULL, mark BLOB NOT NULL);
"""
WAIT = 30.0
"""Seconds that a writer waits for another one."""
Ranges = tuple[tuple[int, int], ...]
Mark = tuple[int, str]
"""How many entries there are, and their digest."""


@dataclass(frozen=True)
class Entry:
    """`ranges` of `work`, in 字, that went into a build for `user`; `build` says of which: `excerpt WORK PARTS`."""

    user: str
    work: str
    build: str
    day: str
    ranges: Ranges

    @property
    def granted(self) -> bool:
        """Whether the build was of this very work: that had a grant, and is no passage in something else."""
        return self.build.split()[1:2] == [self.work]

    def bytes(self) -> bytes:
        return json.dumps([self.user, self.work, self.build, self.day, self.ranges], ensure_ascii=False).encode()


class Ledger:
    """Opened and proven whole. Raises RightsError when it is missing, damaged or changed."""

    def __init__(self, path: Path, key: bytes, *, create: bool = False) -> None:
        self.path, self.key = path, key
        if not path.is_file():
            if not create:
                raise RightsError(finding("MATCH-LEDGER-MISSING", Where(str(path))))
            self._create()
        self._entries = self._proven()

    def earlier(self, user: str, work: str, *, granted: bool = True) -> Ranges:
        """What went into earlier builds for a user, of one work; what was granted may be left out."""
        own = [e for e in self._entries if (e.user, e.work) == (user, work) and (granted or not e.granted)]
        return tuple(span for e in own for span in e.ranges)

    @property
    def mark(self) -> Mark:
        """The ledger as it is now; made without the key, so that one made anew of the same entries has the same."""
        return self._mark_at(len(self._entries))

    def holds(self, mark: Mark) -> bool:
        """Whether it begins with what it was when it was marked."""
        return mark[0] <= len(self._entries) and self._mark_at(mark[0]) == tuple(mark)

    def since(self, count: int) -> tuple[Entry, ...]:
        """The entries behind the first `count`."""
        return tuple(self._entries[count:])

    def _mark_at(self, count: int) -> Mark:
        said = b"".join(hashlib.sha256(entry.bytes()).digest() for entry in self._entries[:count])
        return count, hashlib.sha256(said).hexdigest()

    def add(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Append, all or nothing; ranges that stand there already for the user add nothing and are left out.

        Returns what was added. Raises RightsError when it is damaged, ToolError when it cannot be written.
        """
        fresh = [
            e for e in entries if e.ranges and not set(e.ranges) <= set(self.earlier(e.user, e.work, granted=e.granted))
        ]
        if not fresh:
            return ()
        try:
            with written(self.path), closing(self._connect()) as base:
                base.execute("BEGIN IMMEDIATE")
                known = _read(base)
                link = self._chain(known)
                self._hold(base, known, link)
                for number, entry in enumerate(fresh, len(known)):
                    link = self._link(link, entry)
                    row = (number, entry.user, entry.work, entry.build, entry.day, json.dumps(entry.ranges), link)
                    base.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", row)
                count = len(known) + len(fresh)
                base.execute("UPDATE head SET count = ?, link = ?, mark = ?", (count, link, self._mark(count, link)))
                base.execute("COMMIT")
                self._entries = [*known, *fresh]
                return tuple(fresh)
        except sqlite3.Error as error:
            raise RightsError(finding("MATCH-LEDGER-DAMAGED", Where(str(self.path)), reason=error)) from error

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=WAIT, isolation_level=None)

    def _create(self) -> None:
        with written(self.path), closing(self._connect()) as base:
            base.executescript(_TABLES)
            base.execute("INSERT INTO head VALUES (0, ?, ?)", (b"", self._mark(0, b"")))

    def _proven(self) -> list[Entry]:
        try:
            with closing(self._connect()) as base:
                base.execute("BEGIN")
                entries = _read(base)
                self._hold(base, entries, self._chain(entries))
                return entries
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise RightsError(finding("MATCH-LEDGER-DAMAGED", Where(str(self.path)), reason=error)) from error

    def _hold(self, base: sqlite3.Connection, entries: list[Entry], link: bytes) -> None:
        """Compare the chain over the entries with the links that are stored and with the head."""
        head = base.execute("SELECT count, link, mark FROM head").fetchall()
        stored = base.execute("SELECT link FROM entry ORDER BY number DESC LIMIT 1").fetchone()
        agrees = len(head) == 1 and head[0][:2] == (len(entries), link) and (stored is None or stored[0] == link)
        if not (agrees and hmac.compare_digest(head[0][2], self._mark(len(entries), link))):
            raise RightsError(finding("MATCH-LEDGER-CHANGED", Where(str(self.path))))

    def _chain(self, entries: Iterable[Entry]) -> bytes:
        link = b""
        for entry in entries:
            link = self._link(link, entry)
        return link

    def _link(self, before: bytes, entry: Entry) -> bytes:
        return hmac.digest(self.key, b"kanyin-ledger\0" + before + entry.bytes(), "sha256")

    def _mark(self, count: int, link: bytes) -> bytes:
        return hmac.digest(self.key, b"kanyin-ledger-head\0%d\0" % count + link, "sha256")


def _read(base: sqlite3.Connection) -> list[Entry]:
    return list(_rows(base.execute("SELECT user, work, build, day, ranges FROM entry ORDER BY number")))


def _rows(rows: Iterable[tuple[str, str, str, str, str]]) -> Iterator[Entry]:
    for user, work, build, day, ranges in rows:
        yield Entry(user, work, build, day, tuple((int(low), int(high)) for low, high in json.loads(ranges)))
