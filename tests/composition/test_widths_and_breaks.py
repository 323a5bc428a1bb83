# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Rules of widths and breaks, as tables: no engine, a Han is 1 em, a letter, digit or Western mark half of one."""

from __future__ import annotations

import pytest

from kanyin.composition.breaks import NEVER, opportunities
from kanyin.composition.marks import Class, classify
from kanyin.composition.optimal import FOREIGN_MOST, TIGHT, Line, advances, optimal
from kanyin.composition.paragraph import Flat, Paragraph
from kanyin.composition.shaping import Cluster
from kanyin.composition.spacing import Policy


def paragraph(text: str, style: str = "kaiming") -> Paragraph:
    flat = Flat()
    for character in text:
        em = 1.0 if ord(character) > 0x2E7F or character in "“”‘’—…" else 0.25 if character == " " else 0.5
        flat.add(Cluster(character, em, None, ()), classify(character, em), 1.0, em, raised=False, nowrap=False)
    return Paragraph(flat, Policy(style=style), justify=True, anywhere=False)


def pieces(text: str) -> str:
    """The text with a bar wherever a line may break."""
    classes = [classify(c, 1.0 if ord(c) > 0x2E7F else 0.5) for c in text]
    costs = opportunities(text, classes, [False] * len(text))
    return "".join(("|" if k and costs[k] != NEVER else "") + c for k, c in enumerate(text))


@pytest.mark.parametrize(
    ("text", "style", "at", "least", "natural", "most"),
    [
        ("甲，乙", "kaiming", 1, 0.5, 0.5, 1.0),
        ("甲。乙", "kaiming", 1, 0.75, 1.0, 1.0),  # a stop stays wider than a comma
        ("甲！乙", "kaiming", 1, 0.75, 1.0, 1.0),
        ("甲）乙", "kaiming", 1, 0.5, 0.5, 0.75),  # brackets take back half of what they lost
        ("甲”乙", "kaiming", 1, 0.5, 0.5, 0.75),
        ("甲，乙", "quanjiao", 1, 0.5, 1.0, 1.0),
        ("甲，乙", "banjiao", 1, 0.5, 0.5, 0.5),
        ("甲。乙", "banjiao", 1, 0.5, 0.5, 0.5),
        ("甲（乙", "kaiming", 0, 1.0, 1.0, 1.25),  # an opening bracket takes it back before itself
        ("甲＜乙", "kaiming", 1, 0.92, 1.0, 1.0),  # a wide sign gives of its blank, at both sides
        ("甲＜乙", "kaiming", 0, 0.92, 1.0, 1.0),
        ("甲） m", "kaiming", 1, 0.5, 0.5, 0.5),  # the space gives the blank
        ("甲） m", "kaiming", 2, 0.172, 0.22, 0.248),
        ("甲）.", "kaiming", 1, 0.5, 0.5, 0.5),  # no blank before a Western mark
        ("1 024", "kaiming", 1, 0.25, 0.25, 0.25),  # thousands do not fall apart
        ("a b", "kaiming", 1, 0.2, 0.25, 0.4),
        ("5 mg", "kaiming", 1, 0.25, 0.25, 0.25),  # nor a number and its unit
        ("5 mga", "kaiming", 1, 0.2, 0.25, 0.4),
        ("5 例", "kaiming", 1, 0.172, 0.22, 0.248),
        ("为−7", "kaiming", 0, 1.172, 1.22, 1.248),  # a number begins with its sign, and ends with its per cent
        ("需≥4", "kaiming", 0, 1.172, 1.22, 1.248),
        ("9%和", "kaiming", 1, 0.672, 0.72, 0.748),
        ("甲）⁻", "kaiming", 1, 0.5, 0.5, 0.5),  # an exponent stays with its bracket
        ("D，v", "banjiao", 1, 0.5, 0.5, 0.8),  # as a word space
        ("甲，乙", "banjiao", 1, 0.5, 0.5, 0.5),
    ],
)
def test_widths(text: str, style: str, at: int, least: float, natural: float, most: float) -> None:
    widths = paragraph(text, style).widths
    found = widths.natural[at], widths.natural[at] - widths.shrink[at], widths.natural[at] + widths.stretch[at]
    assert found == pytest.approx((natural, least, most))


@pytest.mark.parametrize("text", ["甲.", "甲）.", "甲）["])
def test_nothing_opens_before_a_western_mark_that_belongs_to_it(text: str) -> None:
    assert paragraph(text).widths.opens[len(text) - 2] == (1 if text.endswith("[") else 0)


def test_a_citation_does_not_keep_a_single_character_company() -> None:
    flat = Flat()
    for character in "甲乙丙丁戊己庚辛壬癸子[1]":
        em = 1.0 if ord(character) > 0x2E7F else 0.3
        raised = em < 1
        flat.add(Cluster(character, em, None, ()), classify(character, em), 1.0, em, raised=raised, nowrap=False)
    found = Paragraph(flat, Policy(), justify=True, anywhere=False)
    assert found.line(10.0, 0.0, 0)[0].end == 9


def test_a_label_at_the_start_of_a_paragraph_keeps_its_distance() -> None:
    flat = Flat()
    flat.add(None, Class.OBJECT, 1.0, 2.6, raised=False, nowrap=False)
    for character in "甲乙":
        flat.add(Cluster(character, 1.0, None, ()), Class.HAN, 1.0, 1.0, raised=False, nowrap=False)
    assert Paragraph(flat, Policy(), justify=True, anywhere=False).widths.opens[0] == 0


def test_a_formula_amid_han_has_the_gap_of_letters() -> None:
    flat = Flat()
    for character in "甲\ufffc乙":
        kind = Class.OBJECT if character == "\ufffc" else Class.HAN
        cluster = None if kind is Class.OBJECT else Cluster(character, 1.0, None, ())
        flat.add(cluster, kind, 1.0, 1.0, raised=False, nowrap=False)
    widths = Paragraph(flat, Policy(), justify=True, anywhere=False).widths
    assert widths.natural == pytest.approx([1.22, 1.22, 1.0])
    assert widths.at_end[:2] == pytest.approx([0.22, 0.22])  # none at a line's end


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("120～180例甲", "120～180例|甲"),
        ("4 000～6 000 kJ甲", "4 000～6 000 kJ|甲"),
        ("46.3±12.8 mm甲", "46.3±12.8 mm|甲"),
        ("DOI:10.5555/sample.data.0017", "DOI:|10.5555|/sample|.data|.0017"),
        ("为7.0%～10.5%甲", "为|7.0%～10.5%|甲"),
        ("第104～112例甲", "第|104～112例|甲"),  # the bar behind 第 only as a last resort
        ("95%CI：0.3～0.5", "95%|CI：|0.3～0.5"),
        ("P＜0.000 1）甲", "P＜0.000 1）|甲"),
        ("SIRT1/AMPK甲", "SIRT1/|AMPK|甲"),
        ("10 mg/L甲", "10 mg/L|甲"),
        ("Oncomine(https://abc.org)甲", "Oncomine|(https://abc|.org)|甲"),
        ("见https://doi.org/10.5555/a.b", "见|https://doi.org/10.5555|/a.b"),
        ("为Ⅱ～Ⅳ级或Ⅱa类或Ⅰ型糖", "为|Ⅱ～Ⅳ级|或|Ⅱa类|或|Ⅰ型|糖"),
        ("Email：li-ming.x@hospital.example.org。", "Email：|li-ming|.x|@hospital|.example|.org。"),
        ("见zhang.san_1@first-hospital.cn甲", "见|zhang|.san|_1|@first|-hospital|.cn|甲"),
        ("肿瘤4级、3分，12 人，2 组，分5分组", "肿|瘤|4级、|3分，|12 人，|2 组，|分|5|分|组"),
        ("标准：①年龄；②3例；（3）甲乙", "标|准：|①年|龄；|②3例；|（3）甲|乙"),
        ("（2）甲乙", "（2）甲|乙"),
        ("甲，27（4）：837-842.", "甲，|27（4）：837-842."),
        ("甲（1.73）⁻¹乙", "甲|（1.73）⁻¹|乙"),
        ("（FAC≥4级）", "（FAC≥4|级）"),  # where the line would be torn apart otherwise
        ("见https://www.r-project.org/.", "见|https://www|.r-project|.org|/."),
    ],
)
def test_breaks(text: str, broken: str) -> None:
    assert pieces(text) == broken


def test_no_hyphen_inside_an_address() -> None:
    found = paragraph("monitoring https://www.r-project.org/monitoring a.monitoring@example.org")
    found.hyphenate(lambda word, start, end: [4], lambda k: 0.3)
    assert set(found.hyphens) == {4}


def test_a_hyphen_stands_inside_the_measure() -> None:
    found = paragraph("甲乙丙 monitoring")
    found.hyphenate(lambda word, start, end: [4], lambda k: 0.5)
    lines = optimal(found.costs, found.measures, found.flat.classes, 6.5, 6.5, hyphens=found.hyphens)
    assert lines[0] == Line(0, 8, hyphen=0.5)
    assert sum(advances(lines[0], found.measures, 6.5, justify=True)) + 0.5 == pytest.approx(6.5)


def test_a_word_amid_han_is_hyphenated_between_its_own_clusters() -> None:
    flat = Flat()
    for piece in ("说", "e", "ffi", "c", "i", "e", "n", "t", "甲"):
        flat.add(Cluster(piece, 0.5, None, ()), classify(piece[0], 0.5), 1.0, 0.5, raised=False, nowrap=False)
    found = Paragraph(flat, Policy(), justify=True, anywhere=False)
    found.hyphenate(lambda word, start, end: [2, 4, 6] if word == "efficient" else [], lambda k: 0.3)
    assert set(found.hyphens) == {3, 5}  # behind effi and behind efficient's second i; not inside the ligature


@pytest.mark.parametrize(
    ("text", "room", "han", "latin"),
    [
        ("甲乙丙丁", 4.09, 0.03, 0.0),  # Han carry a little alone
        ("甲乙abcdef丙丁", 7.7, 0.0363, 0.0263),  # more is spread over the letters too
        ("甲乙abcdef丙丁", 7.8, 0.052, 0.04),  # up to LETTERS, while the Han need no more than FAR
        ("甲乙abcdef丙丁", 7.85, 0.06, 0.0468),
        ("甲乙abcdef丙丁", 8.0, 0.0791, 0.0691),  # and beyond both of them
        ("甲乙abcdef丙丁", 8.5, 0.202, 0.12),  # but letters only so far
    ],
)
def test_what_opens_in_a_loose_line(text: str, room: float, han: float, latin: float) -> None:
    found = paragraph(text + "戊")
    widths = advances(Line(0, len(text)), found.measures, room, justify=True)
    assert sum(widths) == pytest.approx(room)
    assert widths[0] - 1 == pytest.approx(han, abs=0.001)
    assert (widths[2] - found.widths.natural[2] if latin else 0.0) == pytest.approx(latin, abs=0.001)
    if latin:
        assert widths[1] == pytest.approx(1.248)  # the gap beside them does not grow beyond its most


@pytest.mark.parametrize(
    ("text", "room", "space", "letter"),
    [
        ("ab cde fg", 5.0, 0.75, 0.5),  # word spaces alone
        ("ab cde fg", 5.4, 0.4 + FOREIGN_MOST, 0.575),  # beyond their most the letters too
        ("ab cde fg", 5.8, 0.4 + FOREIGN_MOST, 0.62),
        ("abcdefghij", 5.9, 0.0, 0.6),
        ("abcdefghij", 9.0, 0.0, 0.62),  # but these only so far: it stays short
    ],
)
def test_a_line_without_han_opens_its_word_spaces_first(text: str, room: float, space: float, letter: float) -> None:
    found = paragraph(text + "h")
    widths = advances(Line(0, len(text)), found.measures, room, justify=True)
    assert widths[0] == pytest.approx(letter, abs=0.001)
    if space:
        assert widths[2] == pytest.approx(space, abs=0.001)
    assert sum(widths) == pytest.approx(room) or letter == 0.62


def test_where_letters_stay_together_the_gap_beside_them_opens() -> None:
    found = Paragraph(paragraph("甲乙abc丙丁").flat, Policy(letters=False), justify=True, anywhere=False)
    assert found.widths.tracks == [0, 1, 0, 0, 1, 0, 0]


def test_what_follows_a_dash_or_a_range_opens_with_the_line() -> None:
    widths = paragraph("甲——乙3～5").widths
    assert widths.opens == [1, 0, 1, 0, 0, 0, 0]
    assert widths.tracks == [0, 0, 0, 0, 1, 1, 0]


def test_a_line_that_is_a_little_too_long_moves_closer() -> None:
    found = paragraph("甲乙丙丁戊己")
    widths = advances(Line(0, 5), found.measures, 4.97, justify=True)
    assert sum(widths) == pytest.approx(4.97)
    assert min(widths[:4]) == pytest.approx(1 - 0.0075)


def test_han_move_closer_by_no_more_than_is_set() -> None:
    widths = advances(Line(0, 5), paragraph("甲乙丙丁戊己").measures, 4.5, justify=True)
    assert min(widths) == pytest.approx(1 - TIGHT)


def test_a_dash_that_ends_a_line_ends_at_its_edge() -> None:
    flat = Flat()
    dash = ("—", ((1, 0.9, 0.1, 0.0),)), ("—", ((1, 0.9, -0.05, 0.0),))
    for text, glyphs in (("甲", ()), *dash):
        flat.add(Cluster(text, 1.0, None, glyphs), classify(text, 1.0), 1.0, 1.0, raised=False, nowrap=False)
    found = Paragraph(flat, Policy(), justify=True, anywhere=False)
    assert found.widths.at_end[1:] == pytest.approx([0.0, 0.15])
    assert sum(advances(Line(0, 3), found.measures, 2.85, justify=True)) == pytest.approx(2.85)
