# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""How the notice is broken into lines, how large it is set, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_samples import CREDIT, WORK, permit

from kanyin.notice import canonical
from kanyin.pdf.boxes import MM, frame
from kanyin.pdf.stamp_lines import CLEAR, MARGIN, NO_START, DoesNotFit, place, texts, wrap

BUILD = "012345678901"


def em(text: str, size: float) -> float:
    """Each character one em wide, as Chinese is."""
    return len(text) * size


def test_the_notice_is_two_lines_and_then_come_the_small_ones() -> None:
    first, second, third = canonical().clauses
    assert texts(permit(credit=(CREDIT,)), 2, 7, BUILD) == (
        [first + second, third],
        [CREDIT, f"{WORK} · 2/7 · {BUILD}"],
    )


def test_a_special_statement_is_named_and_the_disclaimer_stays_as_it_is() -> None:
    notice, _ = texts(permit(statement="本文观点由作者负责"), 1, 1, BUILD)
    assert notice[1:] == [canonical().clauses[2], "特别声明：本文观点由作者负责"]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("一二三四五六", 6, ["一二三四五六"]),
        ("一二三四五六", 4, ["一二三四", "五六"]),
        ("一二三四，五六", 4, ["一二三", "四，五六"]),
        ("一二三四」，五", 4, ["一二三", "四」，五"]),
        ("，，，，，，", 4, ["，", "，", "，，，，"]),
        ("one two three", 9, ["one two ", "three"]),
        ("a incomprehensible", 9, ["a incompr", "ehensible"]),
    ],
)
def test_no_mark_begins_a_line_unless_there_is_nothing_else(text: str, width: int, lines: list[str]) -> None:
    assert list(wrap(text, 1, width, em)) == lines


@given(st.text("一二三，。、A", max_size=60), st.integers(2, 20))
def test_breaking_loses_nothing_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = list(wrap(text, 1, width, em))
    assert "".join(lines) == text
    assert all(em(line, 1) <= width for line in lines)
    assert all(line for line in lines)
    if not any(a + b in text for a in NO_START for b in NO_START):
        assert all(line[0] not in NO_START for line in lines[1:])


@pytest.mark.parametrize(
    ("width_mm", "size"), [(210, 7.0), (148, 7.0), (125, 7.0), (112, 6.5), (105, 6.0), (90, 6.0), (60, 6.0)]
)
def test_the_notice_is_as_large_as_the_paper_allows_and_never_under_six_points(width_mm: float, size: float) -> None:
    seen = frame((0, 0, width_mm * MM, 300 * MM), None, None, 0, 1)
    notice, small = texts(permit(), 1, 1, BUILD)
    lines = place(seen, 40 * MM, notice, small, em)
    assert {line.size for line in lines[:-1]} | {6.0} == {size, 6.0}
    assert "".join(line.text for line in lines).startswith(canonical().text)
    for line in lines:
        assert line.x >= MARGIN - 0.01
        assert line.x + em(line.text, line.size) <= seen.width - MARGIN + 0.01
        assert line.y - line.size * 0.12 >= CLEAR
        assert line.y + line.size * 0.88 <= 40 * MM - CLEAR


@pytest.mark.parametrize(("credits", "size", "leading"), [(1, 7, 1.3), (3, 7, 1.3), (4, 7, 1.3), (5, 7, 1.15)])
def test_many_credit_lines_are_set_closer_before_they_are_refused(credits: int, size: float, leading: float) -> None:
    """In the 26 mm of the journal layout."""
    seen = frame((0, 0, 210 * MM, 297 * MM), None, None, 0, 1)
    notice, small = texts(permit(credit=(CREDIT,) * credits), 1, 1, BUILD)
    lines = place(seen, 26 * MM, notice, small, em)
    assert [line.size for line in lines] == [size] * 2 + [6] * (credits + 1)
    assert lines[-2].y - lines[-1].y == pytest.approx(6 * leading)
    assert lines[-1].y - 0.12 * 6 >= CLEAR
    assert lines[0].y + 0.88 * size <= 26 * MM - CLEAR


@pytest.mark.parametrize(("width_mm", "zone_mm"), [(40, 60), (210, 12), (90, 15)])
def test_what_does_not_fit_is_not_printed_smaller(width_mm: float, zone_mm: float) -> None:
    seen = frame((0, 0, width_mm * MM, 300 * MM), None, None, 0, 1)
    notice, small = texts(permit(credit=(CREDIT,)), 1, 1, BUILD)
    with pytest.raises(DoesNotFit):
        place(seen, zone_mm * MM, notice, small, em)
