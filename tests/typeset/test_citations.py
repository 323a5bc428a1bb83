# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Citation numbers: the order of first citation, ranges, and what is out of order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanyin.findings import Where
from kanyin.model import (
    AbstractPart,
    Article,
    Bilingual,
    Block,
    Cell,
    Figure,
    Footnote,
    Front,
    Inlines,
    ListBlock,
    Paragraph,
    Quote,
    Reference,
    Section,
    Styled,
    TableWrap,
    Text,
    Xref,
)
from kanyin.typeset.citations import check, join, number, read_numbers


def cite(*rids: str, text: str = "") -> Xref:
    return Xref("bibr", rids, text)


def typed(text: str) -> Styled:
    return Styled("sup", (Text(text),))


def par(*content: Xref | Styled | Text, line: int = 1) -> Paragraph:
    return Paragraph(tuple(content), Where("article.md", line))


def article(
    *body: Block, refs: str = "abcde", back: tuple[Section, ...] = (), notes: tuple[Footnote, ...] = ()
) -> Article:
    return Article(
        Front("x", "题名"), body, back, tuple(Reference(r, {}, Where("article.md", 90)) for r in refs), notes
    )


TABLE = TableWrap("tab1", "表1", Bilingual((Text("表题"), cite("d"))), (), ((Cell((cite("e"),)),),), ((cite("c"),),))
FIGURE = Figure("fig1", "图1", Bilingual((cite("d"),)), "a.png", notes=(cite("e"),))

ORDERS: list[tuple[str, Article, str]] = [
    ("as first cited", article(par(cite("c"), cite("a", "c"), cite("b"))), "cabde"),
    ("in one bracket, as written", article(par(cite("b", "a"))), "bacde"),
    ("sections, lists and quotes", article(
        Section("s1", (Text("题"), cite("e")), (ListBlock(False, ((par(cite("d")),),)), Quote((par(cite("c")),))))
    ), "edcab"),
    ("a table where the text calls it", article(par(Xref("table", ("tab1",)), cite("a")), TABLE), "decab"),
    ("a table that nothing calls, at its place", article(par(cite("a")), TABLE, par(cite("b"))), "adecb"),
    ("a figure's caption and notes", article(par(Xref("fig", ("fig1",)), cite("a")), FIGURE), "deabc"),
    ("a footnote where it is called", article(
        par(cite("a"), Xref("fn", ("n1",)), cite("b")), notes=(Footnote("n1", (cite("c"),)),)
    ), "acbde"),
    ("the back after the body", article(par(cite("b")), back=(Section("s9", (), (par(cite("a")),)),)), "bacde"),
    ("a key without a reference takes no number", article(par(cite("z"), cite("b"))), "bacde"),
    ("positions where numbers were typed", article(par(typed("[1]"), cite("c"), cite("b"))), "abcde"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given_article", "order"), ORDERS, ids=[name for name, _, _ in ORDERS])
def test_numbers(name: str, given_article: Article, order: str) -> None:
    assert number(given_article) == {rid: n for n, rid in enumerate(order, start=1)}


JOINS = [
    ([1], "1"),
    ([1, 2], "1-2"),
    ([1, 3, 4, 5], "1,3-5"),
    ([5, 4, 3, 1, 1], "1,3-5"),
    ([2, 4, 6], "2,4,6"),
    ([], ""),
]


@pytest.mark.parametrize(("numbers", "text"), JOINS)
def test_join(numbers: list[int], text: str) -> None:
    assert join(numbers) == text


READ = [("[1,3-5]", (1, 3, 4, 5)), ("[ 2 ]", (2,)), ("[1，3～4]", (1, 3, 4)), ("[5-3]", (5, 3)), ("2", ()), ("[a]", ())]


@pytest.mark.parametrize(("text", "numbers"), READ)
def test_typed_numbers_are_read(text: str, numbers: tuple[int, ...]) -> None:
    assert read_numbers(text) == numbers


@given(st.sets(st.integers(1, 400), min_size=1))
def test_what_is_joined_reads_back(numbers: set[int]) -> None:
    assert set(read_numbers(f"[{join(list(numbers))}]")) == numbers


ALL = cite(*"abcde")


def found(given_article: Article) -> list[tuple[str, dict[str, str]]]:
    return [(f.code, {k: v for k, v in f.args if k != "count"}) for f in check(given_article)]


FINDINGS: list[tuple[str, Article, list[tuple[str, dict[str, str]]]]] = [
    ("all is well", article(par(ALL)), []),
    ("unknown key", article(par(ALL, cite("z"))), [("CITE-UNKNOWN", {"key": "z"})]),
    ("never cited", article(par(cite(*"abce"))), [("CITE-UNUSED", {"id": "d"})]),
    ("typed in order", article(par(typed("[1-3]"), typed("[2]"), typed("[4,5]"))), []),
    ("typed out of order", article(par(typed("[1]"), typed("[3]"), typed("[2]"), typed("[4-5]"))),
     [("CITE-ORDER", {"number": "3", "expected": "2"})]),
    ("typed beyond the list", article(par(typed("[1-5]"), typed("[6]"))), [("CITE-NO-SUCH-NUMBER", {"number": "6"})]),
    ("a number that a reader resolved", article(par(cite("b", text="[2]"), cite(*"acde"))),
     [("CITE-ORDER", {"number": "2", "expected": "1"})]),
    ("a superscript that cites nothing", article(par(ALL, typed("2+"))), []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given_article", "expected"), FINDINGS, ids=[name for name, _, _ in FINDINGS])
def test_findings(name: str, given_article: Article, expected: list[tuple[str, dict[str, str]]]) -> None:
    assert found(given_article) == expected


def test_findings_have_the_place_of_the_citation_or_the_reference() -> None:
    places = {f.code: f.where.line for f in check(article(par(cite(*"abcd"), cite("z"), line=17)))}
    assert places == {"CITE-UNKNOWN": 17, "CITE-UNUSED": 90}


def test_the_abstract_gives_no_number_and_must_not_cite() -> None:
    content: Inlines = (cite("e"),)
    given_article = article(par(ALL))
    front = Front("x", "题名", abstract=(AbstractPart("目的", content),), where=Where("article.md", 2))
    with_abstract = Article(front, given_article.body, (), given_article.refs)
    assert number(with_abstract) == number(given_article)
    assert [(f.code, f.where.line) for f in check(with_abstract)] == [("CITE-IN-ABSTRACT", 2)]


@given(st.lists(st.lists(st.sampled_from("abcde"), min_size=1, max_size=3), max_size=8))
def test_every_reference_has_one_number_and_first_citations_rise(groups: list[list[str]]) -> None:
    numbers = number(article(par(*(cite(*group) for group in groups))))
    assert sorted(numbers.values()) == [1, 2, 3, 4, 5]
    firsts = [numbers[rid] for rid in dict.fromkeys(rid for group in groups for rid in group)]
    assert firsts == sorted(firsts)
