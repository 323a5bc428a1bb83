# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A word that was changed in a text that is otherwise the work: found, and what a page adds is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from match_texts import HELD

from kanyin.rights.match.index import Index
from kanyin.rights.match.store import SqliteStore

TEXT = HELD["a"]
MIDDLE = len(TEXT) // 2


@pytest.fixture(params=range(2))
def index(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Index]:
    """Under several keys: equal by chance is now this, now that."""
    with Index(SqliteStore(tmp_path / "x.index"), bytes([request.param]) * 32) as made:
        made.add("w", TEXT)
        made.save()
        yield made


def put(new: str, gone: int = 0) -> str:
    return TEXT[:MIDDLE] + new + TEXT[MIDDLE + gone :]


@pytest.mark.parametrize("new", ["[3]", "①", "（12-14）", "\n7\n", "表 2", "Table 2\n", "\n\n"])
def test_what_a_page_puts_among_the_words_is_no_change(index: Index, new: str) -> None:
    assert list(index.changes("w", put(new))) == []


@pytest.mark.parametrize("every", [18, 25])
def test_line_breaks_are_no_change(index: Index, every: int) -> None:
    assert list(index.changes("w", re.sub(f"(.{{{every}}})(?=[一-龥])", r"\1\n", TEXT))) == []


@pytest.mark.parametrize(
    ("new", "gone"), [("不", 0), ("毫无", 0), ("甲", 1), ("子丑", 2), ("", 2), ("", 9), ("not", 0)]
)
def test_a_word_put_in_left_out_or_exchanged_is_found(index: Index, new: str, gone: int) -> None:
    (found,) = index.changes("w", put(new, gone))
    assert abs(found[0] - MIDDLE) <= 3


def test_a_number_that_was_changed(tmp_path: Path) -> None:
    text = TEXT[:MIDDLE] + "140/90" + TEXT[MIDDLE:]
    with Index(SqliteStore(tmp_path / "x.index"), b"k" * 32) as index:
        index.add("w", text)
        index.save()
        assert list(index.changes("w", text)) == []
        assert len(list(index.changes("w", text.replace("140/90", "150/95")))) == 1
        assert list(index.changes("none", text)) == []
