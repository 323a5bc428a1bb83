# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The same index on a PostgreSQL server, for registers that several machines share. Needs the extra `postgres`.

    policy: {excerpt: {index: "postgresql://kanyin@db.example.org/rights"}}

The tables are those of `store`; the seal lies in a file of the user's, so a server that was tampered with is found out.
Passwords come from where libpq takes them, the environment or a file of the user's; the driver's messages name host and
user only. Who reads sees one moment of the whole: an index that is written meanwhile does not come apart for him. A
server that hangs is given up after a while, which refuses.
"""

from __future__ import annotations

import os
import socket
import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

import psycopg

from kanyin.findings import RightsError, Where, finding
from kanyin.rights.match.store import FORMAT, WorkRow

PATIENCE = 10
"""Seconds until a server that does not accept a connection counts as out of reach."""
ANSWER, WRITTEN = 60, 900
"""Seconds until one that does not answer counts as hung: to who reads, and to who writes a whole index at once."""
GRACE = 5
"""Seconds that the server has to say itself that it took too long."""

_TABLES = """
CREATE TABLE IF NOT EXISTS format (name text NOT NULL);
CREATE TABLE IF NOT EXISTS work (id text COLLATE "C" PRIMARY KEY, first bigint NOT NULL, size bigint NOT NULL,
                                 digest bytea NOT NULL, shades bytea NOT NULL, offsets bytea NOT NULL);
CREATE TABLE IF NOT EXISTS seed (bucket integer PRIMARY KEY, records bytea NOT NULL);
"""
_DIGEST = """
SELECT encode(sha256(
    coalesce((SELECT string_agg(sha256(convert_to(id || ' ' || first || ' ' || size, 'UTF8') || digest || shades
                                       || offsets), '' ORDER BY id) FROM work), '')
    || '-' ||
    coalesce((SELECT string_agg(sha256(int4send(bucket) || records), '' ORDER BY bucket) FROM seed), '')), 'hex')
"""


class PostgresStore:
    """An index on a server; `conninfo` is libpq's. `writing` makes the tables, and keeps other writers waiting.

    Raises RightsError MATCH-SERVER when the server cannot be reached or fails, MATCH-INDEX-MISSING without tables.
    """

    def __init__(self, conninfo: str, *, writing: bool = False) -> None:
        self.patience = WRITTEN if writing else ANSWER
        with _failing():
            known = psycopg.conninfo.conninfo_to_dict(conninfo)
            known.setdefault("connect_timeout", PATIENCE)
            self.base = psycopg.connect(**known, autocommit=writing)  # type: ignore[arg-type]
        self.close = weakref.finalize(self, self.base.close)
        try:
            self._begin(writing)
        except BaseException:
            self.close()
            raise

    def _begin(self, writing: bool) -> None:
        with self._answering():
            if not writing:
                self.base.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
                self.base.read_only = True
            self.base.execute("SELECT set_config('statement_timeout', %s, false)", (f"{self.patience}s",))
            if writing:
                self.base.execute("SELECT pg_advisory_lock(7305801)")  # until the connection ends
                with self.base.transaction():
                    self.base.execute(_TABLES)
                    if not self.base.execute("SELECT 1 FROM format").fetchall():
                        self.base.execute("INSERT INTO format VALUES (%s)", (FORMAT,))
            elif self.base.execute("SELECT to_regclass('format')").fetchone() == (None,):
                raise RightsError(finding("MATCH-INDEX-MISSING"))
            names = self.base.execute("SELECT name FROM format").fetchall()
        if names != [(FORMAT,)]:
            raise RightsError(finding("MATCH-INDEX-DAMAGED", reason=FORMAT))

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Wait for the server, but not for ever: a connection on which nothing comes is shut from this side.

        The server is told the same bound; this one is for a server that does not even look at its clock.
        """
        spent = threading.Event()
        with _failing():
            number = os.dup(self.base.fileno())
        with socket.socket(fileno=number) as line:

            def shut() -> None:
                spent.set()
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)

            watch = threading.Timer(self.patience + GRACE, shut)
            watch.daemon = True
            watch.start()
            try:
                with _failing(spent):
                    yield
            finally:
                watch.cancel()
                watch.join()

    def extents(self) -> list[tuple[str, int, int, bytes]]:
        with self._answering():
            return self.base.execute("SELECT id, first, size, digest FROM work ORDER BY first").fetchall()

    def works(self, ids: Sequence[str]) -> list[WorkRow]:
        query = "SELECT id, first, size, digest, shades, offsets FROM work WHERE id = ANY(%s)"
        with self._answering():
            return [WorkRow(*row) for row in self.base.execute(query, (list(ids),), binary=True)]

    def seeds(self, buckets: Sequence[int]) -> list[tuple[int, bytes]]:
        query = (
            "SELECT a.n::integer - 1, s.records FROM unnest(%s::integer[]) WITH ORDINALITY AS a(bucket, n) "
            "JOIN seed s USING (bucket)"
        )
        with self._answering():
            return self.base.execute(query, (list(buckets),), binary=True).fetchall()

    def write(self, removed: Iterable[str], added: Iterable[WorkRow], seeds: Iterable[tuple[int, bytes]]) -> None:
        with self._answering(), self.base.transaction(), self.base.cursor() as cursor:
            cursor.execute("DELETE FROM work WHERE id = ANY(%s)", (list(removed),))
            with cursor.copy("COPY work FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(["text", "int8", "int8", "bytea", "bytea", "bytea"])
                for w in added:
                    copy.write_row((w.id, w.first, w.size, w.digest, w.shades, w.offsets))
            cursor.execute("CREATE TEMP TABLE fresh (bucket integer, records bytea) ON COMMIT DROP")
            _copy_seeds(cursor, "fresh", seeds)
            cursor.execute(
                "INSERT INTO seed SELECT * FROM fresh ON CONFLICT (bucket) "
                "DO UPDATE SET records = seed.records || excluded.records"
            )

    def rewrite(self, seeds: Iterable[tuple[int, bytes]]) -> None:
        with self._answering(), self.base.transaction(), self.base.cursor() as cursor:
            cursor.execute("DELETE FROM seed")  # to truncate would wait for every reader, and empty it before his eyes
            _copy_seeds(cursor, "seed", seeds)

    def all_seeds(self) -> Iterable[tuple[int, bytes]]:
        with self._answering():
            return self.base.execute("SELECT bucket, records FROM seed ORDER BY bucket", binary=True).fetchall()

    def digest(self) -> str:
        with self._answering():
            row = self.base.execute(_DIGEST).fetchone()
        assert row is not None  # an aggregate has a row
        return str(row[0])


@contextmanager
def _failing(spent: threading.Event | None = None) -> Iterator[None]:
    """A server that fails is a reason to refuse, told in the first line of what the driver says."""
    try:
        yield
    except psycopg.Error as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        if spent and spent.is_set():
            reason = "no answer"
        raise RightsError(finding("MATCH-SERVER", Where(), reason=reason)) from error


def _copy_seeds(cursor: psycopg.Cursor[tuple[object, ...]], table: str, seeds: Iterable[tuple[int, bytes]]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(["int4", "bytea"])
        for row in seeds:
            copy.write_row(row)
