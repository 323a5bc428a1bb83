# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Any tree of JATS elements, however odd, is read without a crash, and every letter of it is in the article."""
# lists of names
# ruff: noqa: E501

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jats_dtd import faults
from pdf_samples import permit
from reader_articles import strings

from kanyin.exports.jats import write as jats
from kanyin.exports.markdown import write
from kanyin.model import Article
from kanyin.readers.jats import read
from kanyin.readers.markdown import read_text
from kanyin.readers.source import Source

INLINE = "bold italic sup sub underline sc monospace xref ext-link email named-content styled-content strike break code uri fn"
MATH = "inline-formula disp-formula tex-math math mi mo mn mfrac msup mrow mtable mtr mtd mover munderover mfenced mtext mroot"
BLOCKS = (
    "p sec title label list list-item def-list def-item term def disp-quote boxed-text fig fig-group caption graphic alternatives "
    "table-wrap table thead tbody tr td th table-wrap-foot attrib permissions supplementary-material media preformat verse-group "
    "verse-line statement speech disp-formula-group array fn-group ack notes app app-group glossary bio ref-list ref mixed-citation "
    "element-citation person-group name surname given-names source year article-title fpage lpage pub-id note etal collab "
    "string-name date-in-citation inline-graphic object-id index-term ruby rb rt novelty"
)
FRONT = (
    "article-id article-categories subj-group subject title-group article-title subtitle trans-title-group trans-title contrib-group "
    "contrib name surname given-names string-name collab name-alternatives aff aff-alternatives institution country addr-line "
    "author-notes corresp fn p pub-date day month year volume issue fpage lpage elocation-id history date permissions "
    "copyright-statement copyright-year copyright-holder license license-p license_ref abstract trans-abstract sec title kwd-group "
    "kwd funding-group funding-statement award-group award-id funding-source custom-meta-group custom-meta meta-name meta-value "
    "counts self-uri related-article role email xref label contrib-id"
)
VALUES = {
    "id": ["a", "b", "r1", "图"], "rid": ["a", "b a", "zz", "r1"], "lang": ["en", "zh", "fr", ""], "href": ["a.png", "https://x.org/a", "#"],
    "ref-type": ["bibr", "fig", "fn", "aff", "corresp"], "colspan": ["2", "0", "x"], "rowspan": ["3"], "list-type": ["order", "alpha-lower", "roman-upper"],
    "pub-id-type": ["doi", "publisher-id", "pmid"], "date-type": ["received", "pub", "collection"], "contrib-type": ["author", "editor"],
    "publication-type": ["journal", "book", "web"], "person-group-type": ["author", "editor", "x"], "align": ["left", "char"],
    "abstract-type": ["toc"], "kwd-group-type": ["author", "x"], "name-style": ["eastern"], "specific-use": ["page-width"],
    "content-type": ["line-break", "covered"], "style-type": ["emphasis"], "linethickness": ["0"], "iso-8601-date": ["2020-01-02", "x"],
}  # fmt: skip
# every piece has letters of its own, so that a lost one shows
words = st.sampled_from(["肺癌", "甲乙", "a b", "α", "2019", "12", "王", "x\n  y", "，", "[1]", "  ", "10.1/x", "Jan"])
attributes = st.dictionaries(st.sampled_from(sorted(VALUES)), st.integers(0, 3), max_size=2).map(
    lambda given: "".join(f' {key}="{VALUES[key][n % len(VALUES[key])]}"' for key, n in given.items())
)


def trees(names: str, most: int) -> st.SearchStrategy[str]:
    tags = st.sampled_from(names.split())

    def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        content = st.lists(inner, max_size=4).map("".join)
        return st.builds(lambda tag, values, inside: f"<{tag}{values}>{inside}</{tag}>", tags, attributes, content)

    return st.lists(st.recursive(words, around, max_leaves=most), max_size=4).map("".join)


def letters(text: str) -> Counter[str]:
    return Counter(char for char in text if char.isalnum())


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any") / "a.xml"


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    front=trees(FRONT, 20),
    body=trees(f"{INLINE} {MATH} {BLOCKS}", 25),
    back=trees(f"{INLINE} {BLOCKS}", 20),
    lang=st.sampled_from(["", "zh", "en"]),
)
def test_any_tree_is_read_and_kept(path: Path, front: str, body: str, back: str, lang: str) -> None:
    text = f'<article lang="{lang}"><front><article-meta>{front}</article-meta></front><body>{body}</body><back>{back}</back></article>'
    path.write_text(text, "utf-8")
    article, findings = read(path)
    assert article, findings
    missing = letters(_text(text)) - _kept(article)
    assert not missing - letters("".join(_anew(text))), text
    written = write(article)
    again, _ = read_text(Source(written, "a.md"), path)
    assert again is not None, written
    assert not _kept(article) - _kept(again), written


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(front=trees(FRONT, 20), body=trees(f"{INLINE} {MATH} {BLOCKS}", 25), back=trees(f"{INLINE} {BLOCKS}", 20))
def test_what_was_read_of_any_tree_is_written_as_valid_jats(path: Path, front: str, body: str, back: str) -> None:
    path.write_text(
        f"<article><front><article-meta>{front}</article-meta></front><body>{body}</body><back>{back}</back></article>"
    )
    article, _ = read(path)
    assert article
    data = jats(article, permit())
    assert not faults(data), data.decode()


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_any_bytes_end_in_a_finding(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    article, findings = read(path)
    assert article is None
    assert findings


def _kept(article: Article) -> Counter[str]:
    kept = strings(article.front) + strings(article.body) + strings(article.back) + strings(article.footnotes)
    return letters(kept + "".join(_values(dict(ref.csl)) for ref in article.refs) + str(article.front.history))


def _text(xml: str) -> str:
    import re

    return re.sub(r"<[^>]*>", " ", xml)


def _anew(xml: str) -> list[str]:
    from lxml import etree

    root = etree.fromstring(xml)
    places = (
        ".//contrib//xref", ".//ref//label", ".//aff//label", ".//xref", ".//fn//label", ".//corresp//label", ".//aff//sup",
        ".//author-notes//label", ".//mphantom", ".//alternatives", ".//inline-formula", ".//disp-formula", ".//date", ".//pub-date",
        ".//contrib-id",
    )  # fmt: skip
    return ["".join(element.itertext()) for place in places for element in root.findall(place)]


def _values(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(map(_values, value.values()))
    if isinstance(value, list):
        return "".join(map(_values, value))
    return str(value)
