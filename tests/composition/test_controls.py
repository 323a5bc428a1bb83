# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Each property switched on and off, seen in where glyphs stand, wherever text stands."""

from __future__ import annotations

import io
from itertools import pairwise

import pypdfium2
import pytest
from composition_pages import lay_out, lines, pdf, rows

from bench.composition.glyphs import Glyph, read
from kanyin.composition.hyphenation import positions

PLACES = {
    "body": "<p class=t>{}</p>",
    "heading": "<h2 class=t>{}</h2>",
    "caption": "<table><caption class=t>{}</caption><tr><td>x</table>",
    "table cell": "<table><tr><td class=t>{}</table>",
    "list": "<ul style='list-style: none'><li class=t>{}</ul>",
    "footnote": "<p>x<span class=t style='float: footnote'>{}</span></p>",
    "margin box": "<p class=t style='position: running(head)'>{}</p><p>x</p>",
}
MARGIN = """table { width: 100mm } h2, .t { font-size: 10pt; font-weight: 400 }
@page { @top-left { content: element(head); width: 100mm } }"""


def distance(place: str, text: str, css: str, first: str, second: str) -> float:
    """From one glyph's origin to another's, em."""
    found: dict[str, Glyph] = {}
    for glyph in read(io.BytesIO(pdf(lay_out(PLACES[place].format(text), f"{MARGIN} .t {{ {css} }}"))))[0]:
        found[glyph.text] = glyph
    return (found[second].x - found[first].x) / found[first].size


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("text", "pair", "css", "wanted"),
    [
        ("甲乙7丙", "乙7", "text-autospace: normal", 1.22),
        ("甲乙7丙", "乙7", "text-autospace: no-autospace", 1.0),
        ("CO<sub>2</sub>丙", "2丙", "text-autospace: normal", 0.558 + 0.22 / 0.65),
        ("甲<sup>2</sup>丙", "2丙", "text-autospace: normal", 0.558),
        ("甲」「乙", "甲乙", "text-spacing-trim: normal", 2.0),
        ("甲」「乙", "甲乙", "text-spacing-trim: space-all", 3.0),
        ("甲，乙", "甲乙", "-kanyin-punctuation: kaiming", 1.5),
        ("甲，乙", "甲乙", "-kanyin-punctuation: quanjiao", 2.0),
        ("甲。乙", "甲乙", "-kanyin-punctuation: kaiming", 2.0),
        ("甲。乙", "甲乙", "-kanyin-punctuation: banjiao", 1.5),
    ],
)
def test_spacing(place: str, text: str, pair: str, css: str, wanted: float) -> None:
    assert distance(place, text, f"{css}; text-align: left", *pair) == pytest.approx(wanted, abs=0.005)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("value", "dots"), [("none", 0), ("dot", 2), ("circle", 2)])
def test_emphasis_dots_stand_below_han_alone(place: str, value: str, dots: int) -> None:
    text = f"<span style='text-emphasis: {value}'>甲，7乙</span>"
    data = lay_out(PLACES[place].format(text), MARGIN).write_pdf(uncompressed_pdf=True)
    assert data.count(b" c\n") == 4 * dots


@pytest.mark.parametrize(("value", "first"), [("none", "甲乙丙丁"), ("allow-end", "甲乙丙丁戊，")])
def test_a_mark_may_hang_at_the_end(value: str, first: str) -> None:
    css = f"p {{ width: 5em; text-align: left; hanging-punctuation: {value}; -kanyin-punctuation: quanjiao }}"
    assert lines(lay_out("<p>甲乙丙丁戊，己庚辛</p>", css))[0] == first


NARROW = """@page { size: 90pt 400pt; margin: 100pt 20pt; @top-left { content: element(head); width: 50pt } }
h2, .t { font-size: 10pt; font-weight: 400; text-align: left } td, caption { padding: 0 }
::footnote-marker { content: "" }
table { width: 50pt; border-spacing: 0; table-layout: fixed } ul { padding: 0 }"""


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("css", "text", "together"),
    [
        ("-kanyin-punctuation: quanjiao; hanging-punctuation: none; text-wrap: wrap", "甲乙丙丁戊，己", False),
        ("-kanyin-punctuation: quanjiao; hanging-punctuation: allow-end; text-wrap: wrap", "甲乙丙丁戊，己", True),
        ("line-break: strict; text-wrap: wrap", "甲乙丙丁戊ッ己", False),
        ("line-break: normal; text-wrap: wrap", "甲乙丙丁戊ッ己", True),
    ],
)
def test_the_fifth_character_of_a_line_of_five_em(place: str, css: str, text: str, together: bool) -> None:
    """It stays in its line when what follows may hang, or may begin the next."""
    found = read(io.BytesIO(pdf(lay_out(PLACES[place].format(text), f"{NARROW} .t {{ {css} }}"))))[0]
    row = {glyph.text: round(glyph.y) for glyph in found if glyph.text in text}
    assert row["甲"] == row["丁"]
    assert (row["甲"] == row["戊"]) == together
    assert row["己"] < row["甲"]


@pytest.mark.parametrize(("value", "gap"), [("normal", 1.22), ("no-autospace", 1.0)])
def test_text_that_a_margin_box_makes_is_spaced_too(value: str, gap: float) -> None:
    css = f"@page {{ @top-left {{ content: '卷7期'; font: 10pt Kanyin Song; text-autospace: {value} }} }}"
    found = {glyph.text: glyph for glyph in read(io.BytesIO(pdf(lay_out("<p>x</p>", css))))[0]}
    assert (found["7"].x - found["卷"].x) / found["卷"].size == pytest.approx(gap, abs=0.005)


@pytest.mark.parametrize(("value", "spare"), [("inter-character", 0.0), ("auto", 0.0), ("none", 0.5)])
def test_lines_are_filled_or_not(value: str, spare: float) -> None:
    first = rows(lay_out("<p>甲乙丙丁戊己庚辛</p>", f"p {{ width: 4.5em; text-justify: {value} }}"))[0]
    assert (first.room - first.width) / (96 / 72 * 10) == pytest.approx(spare, abs=0.01)


@pytest.mark.parametrize(
    ("value", "text", "first"),
    [
        ("strict", "甲乙丙ッ丁戊", "甲乙"),
        ("normal", "甲乙丙ッ丁戊", "甲乙丙"),
        ("normal", "甲乙丙々丁戊", "甲乙"),
        ("loose", "甲乙丙々丁戊", "甲乙丙"),
        ("loose", "甲乙丙，丁戊", "甲乙"),
        ("anywhere", "甲乙abcd丙丁", "甲乙a"),
    ],
)
def test_levels_of_line_breaking(value: str, text: str, first: str) -> None:
    css = f"p {{ width: 3.2em; text-align: left; text-wrap: wrap; line-break: {value} }}"
    assert lines(lay_out(f"<p>{text}</p>", css))[0] == first


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("pretty", ["甲乙丙丁", "戊己庚辛壬", "癸子"]),
        ("wrap", ["甲乙丙丁戊", "己庚辛壬癸", "子"]),
        ("balance", ["甲乙丙丁", "戊己庚辛", "壬癸子"]),
        ("nowrap", ["甲乙丙丁戊己庚辛壬癸子"]),
    ],
)
def test_how_lines_are_chosen(value: str, wanted: list[str]) -> None:
    css = f"p {{ width: 5.2em; text-align: left; text-wrap: {value} }}"
    assert lines(lay_out("<p>甲乙丙丁戊己庚辛壬癸子</p>", css)) == wanted


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("甲乙monitoring丙", "甲乙monit\u00ad"),
        ("甲乙<i lang=de>Überwachung</i>丙", "甲乙Über\u00ad"),
        ("甲乙NT-proBNPs丙", "甲乙NT-"),
    ],
)
def test_words_are_divided_by_their_own_language(text: str, first: str) -> None:
    css = "p { width: 5.8em; hyphens: auto; text-align: left; text-wrap: wrap }"
    assert lines(lay_out(f"<p>{text}</p>", css))[0] == first


@pytest.mark.parametrize(
    ("word", "divided"),
    [
        ("gastroenteritis", "gastro-enter-itis"),
        ("bronchopneumonia", "bron-cho-pneu-mo-nia"),
        ("cardiomyopathy", "car-dio-myo-pathy"),
        ("thrombocytopenia", "thrombo-cyto-penia"),
        ("pressure", "pres-sure"),
    ],
)
def test_medical_words_are_divided_between_their_forms(word: str, divided: str) -> None:
    places = [0, *positions(word, "zh-Hans", (6, 3, 3), {}), len(word)]
    assert "-".join(word[a:b] for a, b in pairwise(places)) == divided


def test_the_hyphen_stands_close_to_its_word() -> None:
    css = "p { width: 5.8em; hyphens: auto; text-align: left; text-wrap: wrap }"
    found = read(io.BytesIO(pdf(lay_out("<p>甲乙monitoring丙</p>", css))))[0]
    hyphen = next(g for g in found if g.text == "\u00ad")
    before = max((g for g in found if g.y == hyphen.y and g.x < hyphen.x), key=lambda g: g.x)
    assert before.text == "t"
    assert hyphen.x == pytest.approx(before.right, abs=0.01)
    assert hyphen.right - hyphen.x < 0.4 * hyphen.size


@pytest.mark.parametrize("family", ["Kanyin Song", "Kanyin Hei", "Kanyin Kai"])
def test_a_roman_numeral_is_as_wide_as_its_ink(family: str) -> None:
    css = f"p {{ font: 40pt/2 {family}; text-align: left; width: 20em }}"
    found = sorted(read(io.BytesIO(pdf(lay_out("<p>甲Ⅰ级Ⅱ级</p>", css))))[0], key=lambda g: g.x)
    assert "".join(g.text for g in found) == "甲Ⅰ级Ⅱ级"
    han = [g for g in found if g.text not in "ⅠⅡ"]
    one, two = ((after.x - before.right) / before.size - 0.44 for before, after in pairwise(han))  # without the gaps
    assert 0.15 < one < two - 0.1 < 0.65


@pytest.mark.parametrize("family", ["Kanyin Song", "Kanyin Hei", "Kanyin Kai"])
def test_a_dash_is_one_stroke_of_two_em(family: str) -> None:
    data = pdf(lay_out("<p class=t>甲——乙</p>", f".t {{ font: 40pt/2 {family}; text-align: left }}"))
    page = pypdfium2.PdfDocument(data)[0]
    row = page.render(scale=2, grayscale=True).to_numpy()
    first, _, _, last = sorted((g for g in read(io.BytesIO(data))[0]), key=lambda g: g.x)
    assert (last.x - first.x) / first.size == pytest.approx(3, abs=0.01)
    ink = (row[:, round(2 * first.right) + 2 : round(2 * last.x) - 2] < 128).any(axis=0)
    strokes = sum(1 for before, after in pairwise([False, *ink]) if after and not before)
    assert strokes == 1 and ink.mean() > 0.78
