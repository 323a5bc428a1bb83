# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Columns of tables: as wide as what stands in them needs, short words whole, figures below one another."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import pytest
from composition_pages import lay_out, rows

from kanyin.composition.table_widths import Cell, Text, is_whole, line_up, widths

EM = 10.0


def cell(row: int, column: int, count: int, *, piece: float = EM, span: int = 1) -> Cell:
    """A cell of `count` characters, which may be broken after each."""
    return Cell(
        row, column, span, 0.0, (Text(tuple(accumulate([piece] * count)), EM, is_whole("甲", count * piece, EM)),)
    )


def chosen(table: list[list[int]], room: float) -> list[float]:
    cells = [cell(r, c, count) for r, row in enumerate(table) for c, count in enumerate(row) if count]
    natural = [max(row[c] for row in table) * EM for c in range(len(table[0]))]
    return widths(cells, [EM] * len(natural), natural, room)


def height(table: list[list[int]], found: list[float]) -> int:
    return sum(max(-(-count * EM // (width + 0.01)) for count, width in zip(row, found, strict=True)) for row in table)


def test_what_is_left_over_goes_to_all_columns_alike() -> None:
    assert chosen([[4, 2, 6]], 150) == [50, 30, 70]


def test_short_words_stay_whole_beside_a_long_text() -> None:
    found = chosen([[2, 2, 3], [4, 40, 3], [4, 20, 1]], 200)
    assert found[0] >= 40 and found[2] >= 30 and sum(found) == pytest.approx(200)


def test_heads_of_a_length_are_broken_alike() -> None:
    found = chosen([[4, 9, 9, 4], [12, 5, 5, 4], [12, 5, 5, 4]], 300)
    assert (found[1] < 90) == (found[2] < 90)


def test_figures_are_words_whatever_their_length() -> None:
    assert is_whole("5.5（3.8，8.6）", 70, EM) and is_whole("＜0.001", 30, EM) and is_whole("例数", 20, EM)
    assert not is_whole("3个月以上的患者", 80, EM) and not is_whole("糖尿病病程", 50, EM)


@pytest.mark.parametrize(
    "table",
    [
        [[8, 30, 4], [8, 10, 4], [12, 10, 4]],
        [[20, 20], [20, 4], [4, 20]],
        [[5, 9, 14, 3], [5, 2, 14, 3], [6, 18, 2, 3]],
    ],
)
def test_the_table_is_as_low_as_any_choice_of_widths_makes_it(table: list[list[int]]) -> None:
    room, count = 220, len(table[0])
    found = chosen(table, room)
    assert sum(found) == pytest.approx(room)

    def every(left: int, rest: int) -> Any:
        if rest == 1:
            yield [left]
            return
        for first in range(1, left - rest + 2):
            yield from ([first, *more] for more in every(left - first, rest - 1))

    best = min(height(table, [w * EM for w in some]) for some in every(room // int(EM), count))
    assert height(table, found) <= best + 1


def test_a_long_table_is_measured_quickly_and_keeps_its_room() -> None:
    table = [[2 + r % 7, 30 - r % 20, r % 3 + 1, 12] for r in range(4000)]
    assert sum(chosen(table, 300)) == pytest.approx(300)


@pytest.mark.parametrize(
    ("texts", "marks"),
    [
        (["62.4±9.8", "102.4±10.2"], "±±"),
        (["128（53.3）", "9（4.0）", "—"], "（（ "),
        (["0.80～1.20", "10.1～12.3"], "～～"),
        (["＜0.001", "0.05", "12", "参照"], "..  "),
        (["62.4±9.8", "128（53.3）"], "  "),
        (["药师", "护士"], "  "),
        (["12"], " "),
    ],
)
def test_figures_of_one_kind_line_up_at_their_mark(texts: list[str], marks: str) -> None:
    found = line_up(texts)
    for text, mark, place in zip(texts, marks, found, strict=True):
        if mark != " ":
            assert place is not None and text[place] == mark
        else:
            assert place is None or place == len(text)


def test_the_marks_stand_below_one_another_in_the_middle_of_the_column() -> None:
    figures = ["62±9", "152±10", "2±112", "无"]
    body = "".join(f"<tr><td>甲</td><td>{text}</td></tr>" for text in figures)
    css = "table { width: 200pt } td { text-align: center; padding: 0; font-family: Kanyin Latin, Kanyin Song }"
    first, second, third = (row for row in rows(lay_out(f"<table>{body}</table>", css)) if "±" in row.text)
    digit = (second.width - first.width) / 2
    places = [row.x + row.text.index("±") * digit for row in (first, second, third)]
    assert places == pytest.approx([places[0]] * 3, abs=0.1)
    (other,) = (row for row in rows(lay_out(f"<table>{body}</table>", css)) if row.text == "无")
    middle = other.x + other.width / 2
    assert (second.x + third.x + third.width) / 2 == pytest.approx(middle, abs=0.1)
