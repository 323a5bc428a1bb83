# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Inline HTML: nothing is added to the text, and what belongs together cannot be parted at a line end."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typeset.html_helpers import text_of

from kanyin.model import Footnote, Inline, InlineFormula, Link, Styled, Text, Xref
from kanyin.typeset.inlines import Html, Inliner


def inliner(**more: object) -> Inliner:
    return Inliner({"a": 1, "b": 2, "c": 3, "d": 5}, **more)  # type: ignore[arg-type]


def bound(html: str) -> list[str]:
    """The texts that cannot be broken."""
    found = re.findall(r'<span class="nb">((?:(?!<span|</span>).)*)</span>', html)
    return [text_of(piece) for piece in found]


def italic(text: str) -> Styled:
    return Styled("italic", (Text(text),))


def cite(*ids: str) -> Xref:
    return Xref("bibr", ids)


BOUND: list[tuple[str, tuple[Inline, ...], list[str]]] = [
    ("number and unit", (Text("长1.25 mm，"),), ["1.25 mm"]),
    ("number and percent", (Text("占37.5%的人"),), ["37.5%"]),
    ("range", (Text("为0.85～0.93，"),), ["0.85～0.93"]),
    ("range with signs", (Text("（−9.3～−5.1）"),), ["−9.3～−5.1"]),
    ("mean and deviation", (Text("为64.2±8.1岁"),), ["64.2±8.1"]),
    ("thousands", (Text("共1 126例"),), ["1 126"]),
    ("unit with a stroke", (Text("≥140/90 mmHg；"),), ["140/90 mmHg"]),
    ("unit behind a bracket", (Text("（15.9±11.2） mmHg"),), ["15.9±11.2", "） mmHg"]),
    ("unit alone", (Text("（kg/m²）"),), ["kg/m²"]),
    ("a year is whole by itself", (Text("于2026年"),), []),
    ("a word is no unit", (Text("有3 more"),), []),
    ("a DOI may break", (Text("10.5555/kanyin.2026-02/14"),), []),
    ("symbol and value", (italic("P"), Text("＜0.001）")), ["P＜0.001"]),
    ("symbol with index and value", (italic("P"), Styled("sub", (Text("趋势"),)), Text("=0.02")), ["P趋势=0.02"]),
    ("chi square", (italic("χ"), Text("²=16.59，")), ["χ²=16.59"]),
    ("symbol alone", (italic("t"), Text("检验")), []),
    ("word in italics is no symbol", (italic("Escherichia"), Text("=1")), []),
    ("citation and the character before it", (Text("减弱"), cite("a")), ["弱[1]"]),
    ("citation and the Latin word before it", (Text("据Smith"), cite("a")), ["Smith[1]"]),
    ("citation behind a bound number", (Text("有12 mm"), cite("a")), ["12 mm[1]"]),
    ("citation at the start", (cite("a"), Text("说")), []),
    ("footnote call", (Text("同意书。"), Xref("fn", ("n",))), ["。注文"]),
    ("label of a figure", (Text("见"), Xref("fig", ("f",), "图1"), Text("。")), ["图1"]),
    ("exponent", (Text("10"), Styled("sup", (Text("3"),))), ["103"]),
    ("a formula that is text", (InlineFormula("D=1"), Text("。")), ["D=1"]),
]


@pytest.mark.parametrize(("what", "content", "expected"), BOUND, ids=[row[0] for row in BOUND])
def test_what_belongs_together_stays_on_one_line(what: str, content: tuple[Inline, ...], expected: list[str]) -> None:
    html = inliner(footnotes={"n": Footnote("n", (Text("注文"),))}).set(content)
    if what == "footnote call":  # the note itself is a span inside the bound one
        assert html.startswith("同意书") and '<span class="nb">。<span class="footnote"' in html
        return
    assert bound(html) == expected


# ＝ letters, Han, marks, and what the binding rules look for
CHARACTERS = st.text(
    st.sampled_from("中文，。（）“”ab PtC0123456789.,%％℃～±−-–/·[] \u2009\u00a0mg²<>&\"'"), max_size=40
)


@given(st.lists(CHARACTERS, max_size=5))
def test_not_one_character_is_added_lost_or_moved(pieces: list[str]) -> None:
    content: list[Inline] = []
    for i, piece in enumerate(pieces):
        content.append(Text(piece) if i % 2 else Styled("italic", (Text(piece),)))
    html = inliner().set(content)
    assert text_of(html) == "".join(pieces)
    assert html.count("<span") == html.count("</span>")


@given(st.text(max_size=30))
def test_markup_in_text_stays_text(text: str) -> None:
    html = inliner().set(
        (Text(f"<script>{text}</script>&amp;"), Link("https://example.org/?a=1&b=\"'<", (Text(text),)))
    )
    assert "<script" not in html
    assert re.findall(r"<a [^>]*>", html) == ['<a href="https://example.org/?a=1&amp;b=&quot;&#x27;&lt;">']


@pytest.mark.parametrize(
    ("rids", "shown"),
    [(("a",), "[1]"), (("b", "a"), "[1-2]"), (("a", "b", "c", "d"), "[1-3,5]"), (("d", "a"), "[1,5]")],
)
def test_citations_are_joined_and_linked(rids: tuple[str, ...], shown: str) -> None:
    html = inliner(prefix="x-").set((Text("前"), cite(*rids)))
    assert text_of(html) == "前" + shown
    links = re.findall(r'href="#x-ref-(\w)">(\d)<', html)
    assert {"a": "1", "b": "2", "c": "3", "d": "5"}.items() >= dict(links).items()


def test_an_unknown_citation_is_printed_as_a_question_and_reported() -> None:
    setter = inliner()
    assert "[?]" in setter.set((cite("nobody"),))
    assert [f.code for f in setter.findings] == ["TYPESET-CITATION-UNKNOWN"]


def test_a_footnote_stands_where_it_is_first_called_and_is_linked_after_that() -> None:
    setter = inliner(footnotes={"n": Footnote("n", (Text("注文"),)), "m": Footnote("m", (Text("另注"),))})
    html = setter.set((Xref("fn", ("n",)), Text("再"), Xref("fn", ("m",)), Xref("fn", ("n",))))
    assert re.findall(r'class="footnote" id="(\w)" data-mark="(.)"', html) == [("n", "①"), ("m", "②")]
    assert '<a href="#n">①</a>' in html


def test_a_reference_to_what_is_not_printed_has_no_link() -> None:
    assert inliner(targets=frozenset({"f"})).set((Xref("fig", ("f",), "图1"),)) == (
        '<span class="nb"><a href="#f">图1</a></span>'
    )
    assert inliner().set((Xref("fig", ("f",), "图1"),)) == '<span class="nb">图1</span>'


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//host/x", "x.html"]
)
def test_only_web_and_mail_addresses_become_links(href: str) -> None:
    setter = inliner()
    assert setter.set((Link(href, (Text("文字"),)),)) == "文字"
    assert [f.code for f in setter.findings] == ["TYPESET-LINK-SCHEME"]


def test_emphasis_is_one_run_of_text() -> None:
    html = inliner().set((Styled("emphasis", (Text("恪守，"),)),))
    assert html == '<em class="emphasis">恪守，</em>'


def test_a_drawn_formula_has_a_text_alternative() -> None:
    html = inliner().set((InlineFormula(r"\frac{a}{b}", 'a比"b"'),))
    assert re.match(r'<img class="math" alt="a比&quot;b&quot;" src="data:image/svg\+xml;base64,[\w+/=]+" style="', html)


def test_tex_that_cannot_be_set_is_a_finding_and_stays_readable() -> None:
    setter = inliner()
    html = setter.set((InlineFormula(r"\frac{a}{<b"),))
    assert setter.findings and html == r"<code>\frac{a}{&lt;b</code>"


def test_finished_html_is_told_from_text() -> None:
    assert Html("<b>").__html__() == "<b>" and type(Html("x").__html__()) is str


APOSTROPHES = [
    ("Crohn's病", "<w>Crohn’s</w>病"),
    ("Alzheimer’s disease", "<w>Alzheimer’s</w> disease"),
    ("Sjögren's综合征和‘sham’组", "<w>Sjögren’s</w>综合征和‘sham’组"),
    ("Huai'an市的5'端和3'UTR", "<w>Huai’an</w>市的5&#x27;端和3&#x27;UTR"),
    ("他说：‘no’s’", "他说：‘<w>no’s</w>’"),
]


@pytest.mark.parametrize(("text", "shown"), APOSTROPHES, ids=[text for text, _ in APOSTROPHES])
def test_a_word_with_an_apostrophe_is_set_by_the_latin_face(text: str, shown: str) -> None:
    html = inliner().set((Text(text),))
    assert html == shown.replace("<w>", '<span class="western" lang="en">').replace("</w>", "</span>")
    assert text_of(html).replace("’", "'") == text.replace("’", "'")


def test_a_reading_stands_above_its_character_or_above_all() -> None:
    def ruby(reading: str) -> str:
        return inliner().set((Text("读"), Styled("ruby", (Text("汉字"),), reading), Text("。")))

    assert ruby("hàn zì") == "读<ruby>汉<rt>hàn</rt>字<rt>zì</rt></ruby>。"
    assert ruby("Hanzi & <b>") == "读<ruby>汉字<rt>Hanzi &amp; &lt;b&gt;</rt></ruby>。"


def test_code_keeps_its_apostrophes() -> None:
    assert inliner().set((Styled("code", (Text("it's"),)),)) == "<code>it&#x27;s</code>"


def test_citations_side_by_side_are_printed_as_one() -> None:
    assert text_of(inliner().set((Text("如"), cite("a"), cite("b"), cite("c"), Text("。")))) == "如[1-3]。"
    assert text_of(inliner().set((cite("d"), cite("a"), Text("、"), cite("b")))) == "[1,5]、[2]"
