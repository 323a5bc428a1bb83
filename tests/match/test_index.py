# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What an index finds: every long enough run (brute force says which), at places that are right in both texts."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from match_texts import HELD, foreign

from bench.rights.quality import longest_common_run
from kanyin.rights.match.fold import fold
from kanyin.rights.match.index import MIN_RUN, Index
from kanyin.rights.match.prints import GUARANTEE, WINDOW, Prints
from kanyin.rights.match.store import SqliteStore
from kanyin.rights.match.values import Measured, union


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index(SqliteStore(tmp_path_factory.mktemp("index") / "x.index"), b"k" * 32) as made:
        for work, text in HELD.items():
            made.add(work, text)
        made.save()
        yield made


def valid(measured: Measured, text: str) -> None:
    assert 0 <= measured.covered <= measured.total
    for share in measured.works:
        held = HELD[share.work]
        size = len(fold(held))
        assert 0 < share.share <= 1
        assert share.chars == union(span for p in share.passages for span in p.source) <= size
        for passage in share.passages:
            assert 0 <= passage.start < passage.end <= len(text)
            assert 0 <= passage.work_start < passage.work_end <= len(held)
            assert 0 < passage.run <= passage.chars <= passage.text[1] - passage.text[0]
            assert 0 < passage.identity <= 1
            assert all(0 <= low < high <= size for low, high in passage.source)
        ends = [(p.start, p.end) for p in share.passages]
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(ends))


@given(st.sampled_from(sorted(HELD)), st.integers(0, 10**6), st.integers(1, 120), st.integers(0, 10**6))
@settings(max_examples=150)
def test_a_run_is_found_exactly_when_it_is_long_enough(
    index: Index, work: str, first: int, length: int, seed: int
) -> None:
    held = HELD[work]
    first %= len(held)
    around = foreign(seed, 120)
    text = around[:60] + held[first : first + length] + around[60:]
    measured = index.compare(text)
    valid(measured, text)
    for name, protected in HELD.items():
        run = longest_common_run(protected, text)
        share = measured.of(name)
        if run >= MIN_RUN:
            assert share is not None and max(p.run for p in share.passages) >= run
        elif name != work:
            assert share is None or any(p.chars >= 12 for p in share.passages)


@given(st.lists(st.sampled_from(sorted(HELD)), min_size=1, max_size=3), st.integers(0, 10**6))
@settings(max_examples=40)
def test_whatever_is_mixed_the_places_are_valid(index: Index, works: list[str], seed: int) -> None:
    rng = random.Random(seed)
    parts = []
    for work in works:
        held = HELD[work]
        first = rng.randrange(len(held) - 60)
        parts += [held[first : first + rng.randint(5, 200)], foreign(rng.randrange(10**6), rng.randint(0, 60))]
    text = "".join(parts)
    valid(index.compare(text), text)


@given(st.text(max_size=300))
def test_any_text_can_be_compared(index: Index, text: str) -> None:
    valid(index.compare(text), text)


def test_an_exact_passage_is_bounded_to_the_character(index: Index) -> None:
    passage = HELD["b"][30:100]
    text = foreign(3, 90) + "。" + passage + "。" + foreign(4, 90)
    (share,) = index.compare(text).works
    (found,) = share.passages
    assert text[found.start : found.end] == passage.strip("，。“”、：")
    assert HELD["b"][found.work_start : found.work_end] == passage.strip("，。“”、：")
    assert found.identity == 1.0


def test_the_same_passage_twice_counts_once(index: Index) -> None:
    passage = HELD["c"][20:90]
    once = index.compare(passage + foreign(5, 100)).of("c")
    twice = index.compare(passage + foreign(5, 100) + passage).of("c")
    assert once and twice and once.chars == twice.chars
    assert len(twice.passages) == 2


def test_two_halves_in_the_wrong_order_are_the_whole(index: Index) -> None:
    held = HELD["d"]
    half = len(held) // 2
    share = index.compare(held[half:] + held[:half]).of("d")
    assert share and share.share > 0.97


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4EFF), min_size=GUARANTEE, max_size=80))
def test_every_run_of_the_guaranteed_length_holds_a_selected_seed(text: str) -> None:
    prints = Prints(b"k" * 32, fold(text).codes)
    selected = prints.selected().tolist()
    last = len(text) - GUARANTEE
    assert all(any(i <= at <= i + WINDOW - 1 for at in selected) for i in range(last + 1))


def test_another_key_makes_other_fingerprints() -> None:
    codes = fold(HELD["a"]).codes
    one, other = Prints(b"a" * 32, codes), Prints(b"b" * 32, codes)
    assert not set(one.grams.tolist()) & set(other.grams.tolist())
    assert one.shades("w").tobytes() != other.shades("w").tobytes()
    assert one.shades("v").tobytes() != one.shades("w").tobytes()


def test_the_file_holds_no_text(index: Index) -> None:
    assert isinstance(index.store, SqliteStore)
    data = index.store.path.read_bytes()
    for text in HELD.values():
        han = [text[i : i + 4] for i in range(len(text) - 3) if all("\u4e00" <= c <= "\u9fff" for c in text[i : i + 4])]
        for coding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030"):
            assert han and not any(word.encode(coding) in data for word in han)


def test_what_a_work_says_twice_was_taken_from_it_once(tmp_path: Path) -> None:
    """An abstract and the text below it say the same; a copy of a part of it is no larger for that."""
    said, rest = HELD["a"][:200], HELD["b"][:400]
    with Index(SqliteStore(tmp_path / "x.index"), b"k" * 32) as index:
        index.add("w", f"{said}{rest}{said}")
        index.save()
        part = index.compare(foreign(5, 300) + said[40:140] + foreign(6, 300)).of("w")
        assert part is not None and part.chars <= 105
        whole = index.compare(f"{said}{rest}{said}").of("w")
        assert whole is not None and whole.share == 1.0
