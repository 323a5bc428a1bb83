# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The same index on a PostgreSQL server, for registers that several machines share. Needs the extra `postgres`.

    Index(PostgresStore("host=/run/postgresql dbname=rights"), key)

The tables are those of `store`; the seal lies in a file of the user's, so a server that was tampered with is found out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import psycopg

from kanyin.rights.match.store import FORMAT, WorkRow

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
    """An index on a server; `conninfo` is libpq's. Raises psycopg.Error."""

    def __init__(self, conninfo: str) -> None:
        self.base = psycopg.connect(conninfo, autocommit=True)
        with self.base.transaction():
            self.base.execute("SELECT pg_advisory_xact_lock(7305801)")  # two first users do not create twice
            self.base.execute(_TABLES)
            if not self.base.execute("SELECT 1 FROM format").fetchall():
                self.base.execute("INSERT INTO format VALUES (%s)", (FORMAT,))
        if self.base.execute("SELECT name FROM format").fetchall() != [(FORMAT,)]:
            raise psycopg.DataError(FORMAT)

    def extents(self) -> list[tuple[str, int, int, bytes]]:
        return self.base.execute("SELECT id, first, size, digest FROM work ORDER BY first").fetchall()

    def works(self, ids: Sequence[str]) -> list[WorkRow]:
        query = "SELECT id, first, size, digest, shades, offsets FROM work WHERE id = ANY(%s)"
        return [WorkRow(*row) for row in self.base.execute(query, (list(ids),), binary=True)]

    def seeds(self, buckets: Sequence[int]) -> list[tuple[int, bytes]]:
        query = (
            "SELECT a.n::integer - 1, s.records FROM unnest(%s::integer[]) WITH ORDINALITY AS a(bucket, n) "
            "JOIN seed s USING (bucket)"
        )
        return self.base.execute(query, (list(buckets),), binary=True).fetchall()

    def write(self, removed: Iterable[str], added: Iterable[WorkRow], seeds: Iterable[tuple[int, bytes]]) -> None:
        with self.base.transaction(), self.base.cursor() as cursor:
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
        with self.base.transaction(), self.base.cursor() as cursor:
            cursor.execute("TRUNCATE seed")
            _copy_seeds(cursor, "seed", seeds)

    def all_seeds(self) -> Iterable[tuple[int, bytes]]:
        return self.base.execute("SELECT bucket, records FROM seed ORDER BY bucket", binary=True).fetchall()

    def digest(self) -> str:
        row = self.base.execute(_DIGEST).fetchone()
        assert row is not None  # an aggregate has a row
        return str(row[0])

    def close(self) -> None:
        self.base.close()


def _copy_seeds(cursor: psycopg.Cursor[tuple[object, ...]], table: str, seeds: Iterable[tuple[int, bytes]]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(["int4", "bytea"])
        for row in seeds:
            copy.write_row(row)
