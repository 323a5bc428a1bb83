# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Both stores keep the same index: what one finds, finds the other, at the same places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from match_texts import HELD, foreign

from kanyin.rights.match.index import Index
from kanyin.rights.match.store import SqliteStore

KEY = bytes(range(32))


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    if request.param == "sqlite":
        with Index(SqliteStore(tmp_path / "x.index"), KEY) as index:
            yield index
        return
    conninfo = request.getfixturevalue("postgres").local
    from kanyin.rights.match.postgres import PostgresStore

    with Index(PostgresStore(conninfo, writing=True), KEY) as index:
        for work in list(index.extents.ids):
            index.remove(work)
        index.save()
        yield index


@pytest.fixture
def full(empty: Index) -> Index:
    for work, text in HELD.items():
        empty.add(work, text)
    empty.save()
    return empty


def test_an_empty_index_finds_nothing(empty: Index) -> None:
    assert empty.compare(HELD["a"]).works == ()


def test_every_work_is_found_whole_in_itself(full: Index) -> None:
    for work, text in HELD.items():
        share = full.compare(text).of(work)
        assert share is not None and share.share == 1.0
        assert (share.passages[0].start, share.passages[0].work_start) == (0, 0)


def test_a_work_that_is_left_out_is_not_compared(full: Index) -> None:
    assert full.compare(HELD["a"], exclude=["a"]).of("a") is None


def test_an_unchanged_work_is_not_added_again_and_a_changed_one_takes_its_place(full: Index) -> None:
    before = full.store.digest()
    assert full.add("a", HELD["a"]) is False
    assert full.same("a", HELD["a"]) and not full.same("a", HELD["a"][1:]) and not full.same("unknown", HELD["a"])
    full.save()
    assert full.store.digest() == before
    assert full.add("a", foreign(7, 600)) is True
    full.save()
    assert full.compare(HELD["a"]).of("a") is None
    assert len(full) == len(HELD)


def test_a_removed_work_is_gone_and_the_rest_stays(full: Index) -> None:
    full.remove("a")
    full.save()
    assert "a" not in full
    assert full.compare(HELD["a"]).of("a") is None
    assert full.compare(HELD["b"]).of("b") is not None
    with pytest.raises(KeyError):
        full.remove("a")


def test_the_seeds_of_works_long_gone_are_dropped(full: Index) -> None:
    for turn in range(4):
        full.add("much", foreign(turn, 9000))
        full.save()
    living = sum(len(records) for _, records in full.store.all_seeds()) // 6
    assert living <= full.chars
    assert full.compare(foreign(3, 9000)).works[0].share == 1.0


def test_the_digest_changes_with_any_byte(full: Index) -> None:
    before = full.store.digest()
    full.store.write([], [], [(1, b"\0" * 6)])
    assert full.store.digest() != before


def test_both_stores_say_the_same(full: Index, tmp_path: Path) -> None:
    with Index(SqliteStore(tmp_path / "other.index"), KEY) as other:
        for work, text in HELD.items():
            other.add(work, text)
        other.save()
        text = foreign(1, 200) + HELD["b"][40:160] + foreign(2, 200) + HELD["c"][10:60]
        assert full.compare(text) == other.compare(text)
        assert {share.work for share in full.compare(text).works} >= {"b", "c"}
