# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The ledger adds up and cannot be edited; index, key and seal belong together."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from match_texts import HELD

from kanyin.findings import RightsError
from kanyin.rights.match import index as door
from kanyin.rights.match import seal
from kanyin.rights.match.ledger import Entry, Ledger

HOME = Path(__file__).resolve().parents[2]
KEY = b"k" * 32


def entry(low: int, high: int, user: str = "org:a", work: str = "W1") -> Entry:
    return Entry(user, work, "build X", "2026-06-01", ((low, high),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "x.ledger"
    ledger = Ledger(path, KEY, create=True)
    for n in range(4):
        ledger.add([entry(n * 100, n * 100 + 50)])
    return path


def test_what_went_before_is_told_by_user_and_work(path: Path) -> None:
    ledger = Ledger(path, KEY)
    ledger.add([entry(7, 9, user="org:b"), entry(1, 2, work="W2")])
    again = Ledger(path, KEY)
    assert again.earlier("org:a", "W1") == ((0, 50), (100, 150), (200, 250), (300, 350))
    assert again.earlier("org:b", "W1") == ((7, 9),)
    assert again.earlier("org:c", "W1") == ()


def test_what_was_granted_is_told_from_passages_in_something_else(path: Path) -> None:
    ledger = Ledger(path, KEY)
    whole = ((0, 90),)
    ledger.add([Entry("org:c", "W1", "excerpt W1 s2", "2026-06-01", whole)])
    assert ledger.earlier("org:c", "W1") == whole and ledger.earlier("org:c", "W1", granted=False) == ()
    ledger.add([Entry("org:c", "W1", "publish W2", "2026-06-01", whole)])
    assert Ledger(path, KEY).earlier("org:c", "W1", granted=False) == whole


def test_the_same_build_again_adds_nothing(path: Path) -> None:
    before = path.read_bytes()
    Ledger(path, KEY).add([entry(100, 150)])
    assert path.read_bytes() == before


FULL = """
import resource, sys
from pathlib import Path
from kanyin.findings import ToolError
from kanyin.rights.match.index import open
from kanyin.rights.match.ledger import Entry, Ledger
path = Path(sys.argv[1])
ledger = Ledger(path, b"k" * 32)
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, path.stat().st_size))
many = tuple((n, n + 1) for n in range(0, 20_000, 2))
for attempt in (
    lambda: ledger.add([Entry("org:a", "W9", "build X", "2026-06-01", many)]),
    lambda: Ledger(path.with_name("new.ledger"), b"k" * 32, create=True).add([Entry("a", "b", "c", "d", many)]),
    lambda: open(path.with_name("new.index"), create=True),
):
    try:
        attempt()
    except ToolError as error:
        print(error.findings[0].code)
"""


def test_a_full_disk_adds_nothing(path: Path) -> None:
    before = path.read_bytes()
    done = subprocess.run(
        [sys.executable, "-B", "-c", FULL, str(path)], cwd=HOME, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["FILES-NOT-WRITABLE"] * 3
    assert path.read_bytes() == before and not path.with_name("new.index").exists()
    Ledger(path, KEY).add([entry(700, 750)])


ATTACKS = {
    "an entry is removed": "DELETE FROM entry WHERE number = 1",
    "the last entry is removed": "DELETE FROM entry WHERE number = 3",
    "the last entry is removed, the count put right": "DELETE FROM entry WHERE number = 3; UPDATE head SET count = 3",
    "all entries are removed": "DELETE FROM entry",
    "everything is removed": "DELETE FROM entry; DELETE FROM head",
    "a range is shortened": "UPDATE entry SET ranges = '[[100, 101]]' WHERE number = 1",
    "a user is renamed": "UPDATE entry SET user = 'org:z' WHERE number = 2",
    "a work is renamed": "UPDATE entry SET work = 'W9' WHERE number = 2",
    "two entries change places": "UPDATE entry SET number = 9 WHERE number = 1;"
    "UPDATE entry SET number = 1 WHERE number = 2; UPDATE entry SET number = 2 WHERE number = 9",
    "an entry is added": "INSERT INTO entry SELECT 4, user, work, build, day, ranges, link FROM entry WHERE number = 3",
    "a table is dropped": "DROP TABLE entry",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_ledger_that_was_touched_is_refused(path: Path, attack: str) -> None:
    Ledger(path, KEY)
    with closing(sqlite3.connect(path)) as base:
        base.executescript(ATTACKS[attack])
    with pytest.raises(RightsError) as refused:
        Ledger(path, KEY)
    assert refused.value.findings[0].code in ("MATCH-LEDGER-CHANGED", "MATCH-LEDGER-DAMAGED")


def test_a_ledger_that_is_gone_is_refused(path: Path) -> None:
    path.unlink()
    with pytest.raises(RightsError):
        Ledger(path, KEY)


def test_many_writers_lose_nothing(path: Path) -> None:
    def write(n: int) -> None:
        Ledger(path, KEY).add([entry(1000 + n, 1001 + n)])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(24)))
    assert len(Ledger(path, KEY).earlier("org:a", "W1")) == 28


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    path = tmp_path / "rights.index"
    with door.open(path, create=True) as index:
        index.add("a", HELD["a"])
        index.save()
        seal.write_seal(path, index.key, index.store)
    return path


def test_a_sealed_index_opens(sealed: Path) -> None:
    with door.open(sealed) as index:
        assert index.compare(HELD["a"]).works[0].share == 1.0


def test_the_key_is_for_its_owner_alone(sealed: Path) -> None:
    assert seal.beside(sealed, "key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("kind", ["key", "seal"])
def test_without_key_or_seal_it_does_not_open(sealed: Path, kind: str) -> None:
    seal.beside(sealed, kind).unlink()
    with pytest.raises(RightsError):
        door.open(sealed)


@pytest.mark.parametrize("kind", ["key", "seal"])
@pytest.mark.parametrize("text", ["", "00", "{}", "zz" * 32, '{"digest": 1, "signature": 2}', "11" * 32])
def test_a_key_or_seal_that_is_another_does_not_open_it(sealed: Path, kind: str, text: str) -> None:
    seal.beside(sealed, kind).write_text(text)
    with pytest.raises(RightsError):
        door.open(sealed)


def test_a_work_taken_out_behind_the_seal_is_found(sealed: Path) -> None:
    with closing(sqlite3.connect(sealed)) as base, base:
        base.execute("DELETE FROM work")
    with pytest.raises(RightsError) as refused:
        door.open(sealed)
    assert refused.value.findings[0].code == "MATCH-INDEX-CHANGED"


def test_every_changed_byte_is_found(sealed: Path) -> None:
    whole = sealed.read_bytes()
    for at in range(0, len(whole), len(whole) // 97):
        sealed.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(RightsError):
            door.open(sealed)


def test_an_index_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RightsError) as refused:
        door.open(tmp_path / "none.index")
    assert refused.value.findings[0].code == "MATCH-INDEX-MISSING"
