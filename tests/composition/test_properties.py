# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What holds for any text: nothing is lost, nothing stands over the edge, the same text breaks in the same places.

And what must not happen however strange the text is: a crash, or time that grows faster than the text.
"""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from composition_pages import bare, lay_out, lines, paragraph, pdf, rows, seconds, text_layer
from hypothesis import example, given, settings
from hypothesis import strategies as st

HAN = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方"
PIECES = st.one_of(
    st.text(HAN, min_size=1, max_size=12),
    st.text("，。、；：！？（）《》“”‘’【】…—·～％", min_size=1, max_size=4),
    st.sampled_from(["P＜0.05", "120 mmHg", "1.5～2.0", "[1,3-5]", "1 024", "——", "……", "95%CI", "χ²=4.66", "10 mg/L"]),
    st.sampled_from(["methicillin", "office", "Kaplan-Meier", "x̄±s", "E/e′", "TNF-α", "naïve", "ǖ́", "Škoda", "don't"]),
    st.sampled_from(["https://doi.org/10.5555/a.b-c_d/1234567890abcdef", "zhang.san@example.org", "GSE150728_RAW.tar"]),
    st.sampled_from("𠀀𪜈𫝀𫠠𬺰㕮䓖鿏豈\uf900⼀一Åµμ〇々ッ゛"),
    st.sampled_from(["\u200b", "\u00ad", "\u2060", "\u00a0", "\u2009", "\u3000", "\u200d", "\ufeff"]),
    st.sampled_from(["葛\U000e0100", "辻\ufe00"]),
)  # fmt: skip
MIXED = st.one_of(st.text(HAN, max_size=12), st.sampled_from(["שלום", "עברית 12 מ״ג", "（P＜0.05）", "office", "，"]))
TEXT = st.lists(PIECES, min_size=1, max_size=40).map("".join).filter(str.strip)
MEASURE = st.sampled_from(["12mm", "30mm", "84mm", "120mm"])
FEW = settings(max_examples=60)


@FEW
@given(TEXT, MEASURE)
def test_the_text_layer_is_the_source(text: str, measure: str) -> None:
    assert text_layer(pdf(paragraph(text, measure))) == bare(text)


@settings(max_examples=25)
@given(st.lists(MIXED, min_size=1, max_size=12).map("".join).filter(str.strip))
def test_no_character_is_lost_beside_right_to_left_text(text: str) -> None:
    """Such lines are the engine's own: words are drawn backwards, so characters are counted."""
    assert Counter(text_layer(pdf(paragraph(text)))) == Counter(bare(text))


@FEW
@example("[1,3-5]\u00ad一", "12mm")
@given(TEXT, MEASURE)
def test_no_line_stands_over_the_edge(text: str, measure: str) -> None:
    """With emergency breaks allowed, only one cluster alone may be wider than its line."""
    for row in rows(paragraph(text, measure, "p { overflow-wrap: break-word }")):
        assert row.over <= 0.02 or len(row.text.strip()) <= 2, row


@FEW
@given(TEXT, MEASURE)
def test_the_same_text_breaks_in_the_same_places(text: str, measure: str) -> None:
    assert lines(paragraph(text, measure)) == lines(paragraph(text, measure))


@FEW
@given(TEXT, MEASURE)
def test_lines_hold_the_whole_text_in_its_order(text: str, measure: str) -> None:
    assert bare("".join(lines(paragraph(text, measure)))) == bare(text)


def some_han(length: int) -> str:
    return "".join(Random(7).choices(HAN, k=length))


STRANGE = {
    "letters without a break": ("a", "p { width: 84mm }"),
    "letters broken anywhere": ("a", "p { width: 84mm; overflow-wrap: anywhere }"),
    "marks that may not part": ("，", "p { width: 84mm }"),
    "brackets that never close": ("（", "p { width: 84mm }"),
    "digits in groups": ("1 234", "p { width: 84mm }"),
    "a number that never ends": ("1.", "p { width: 84mm }"),
    "words joined": ("甲\u2060", "p { width: 84mm }"),
    "one address": ("https://a.b/c?d=e&f#", "p { width: 84mm }"),
    "Han in a column of 1 mm": ("甲", "p { width: 1mm }"),
    "mixed in a column of 1 mm": ("甲 long（1）", "p { width: 1mm }"),
    "right to left among Han": ("甲乙 שלום ", "p { width: 84mm }"),
    "citations": ("[1,2]", "p { width: 84mm }"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_time_grows_with_the_text_alone(name: str) -> None:
    """Four times the text takes four times as long, give or take; were it quadratic it would take sixteen."""
    unit, css = STRANGE[name]
    short, long = (f"<p>{unit * (n // len(unit))}</p>" for n in (2_500, 10_000))
    assert seconds(long, css) <= 8 * seconds(short, css)


def test_a_paragraph_of_fifty_thousand_characters() -> None:
    quick = seconds(f"<p>{some_han(12_500)}</p>", "p { width: 84mm }")
    assert seconds(f"<p>{some_han(50_000)}</p>", "p { width: 84mm }") <= 8 * quick


def test_thousands_of_boxes_in_a_paragraph() -> None:
    short, long = (f"<p>{'<i>甲</i>' * n}</p>" for n in (1_000, 4_000))
    assert seconds(long, "p { width: 84mm }") <= 8 * seconds(short, "p { width: 84mm }")


def test_a_word_longer_than_the_line_stands_over_it_alone() -> None:
    found = rows(paragraph("这是pneumonoultramicroscopic的病", "20mm"))
    assert [row.text for row in found if row.over > 0.02] == ["pneumonoultramicroscopic"]


def test_a_word_longer_than_the_line_is_broken_where_that_is_allowed() -> None:
    found = rows(paragraph("这是pneumonoultramicroscopic的病", "20mm", "p { overflow-wrap: break-word }"))
    assert not [row for row in found if row.over > 0.02]
    assert bare("".join(row.text for row in found)) == "这是pneumonoultramicroscopic的病"


def test_one_glyph_for_two_characters() -> None:
    """The face draws both with one glyph; each is copied as what it is."""
    text = "①➀①和‒–⼀一⼀以及-‑-"
    assert text_layer(pdf(lay_out(f"<p>{text}</p>"))) == text
