# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Faults in what people write by hand: said in their language, with the word they may have meant."""

from __future__ import annotations

import re

import pytest

from kanyin.config.layout import LayoutSpec
from kanyin.config.register import Register
from kanyin.config.yamlfaults import fault
from kanyin.config.yamlfile import load
from kanyin.findings import Finding, catalogue
from kanyin.readers.frontmatter import FrontMatter

FRONT = [
    ("titel: 题", "1:1 不认识的键：titel（是不是 title？）", "unknown key: titel (did you mean title?)"),
    (
        "authors: [{nmae: 甲, name: 甲}]",
        "1:12 不认识的键：nmae（是不是 name？）",
        "unknown key: nmae (did you mean name?)",
    ),
    ("qqqqqq: 题", "1:1 不认识的键：qqqqqq", "unknown key: qqqqqq"),
    ("authors: [{email: a}]", "1:11 缺少必需的键：authors.0.name", "a required key is missing: authors.0.name"),
    (
        "title: [甲]",
        "1:1 title 的值“…”不合要求：应是一段文字",
        "the value '…' of title does not fit: text is expected",
    ),
    (
        "authors: 甲",
        "1:1 authors 的值“甲”不合要求：应是列表，每项以“- ”开头，或写成 [甲, 乙]",
        "the value '甲' of authors does not fit: a list is expected, each item behind '- ', or written [one, two]",
    ),
    (
        "history: {received: 2024-02-30}",
        "1:11 history.received 的值“2024-02-30”不合要求：应是真实存在的日期，写成 2026-01-31",
        "the value '2024-02-30' of history.received does not fit: a day that exists is expected, written 2026-01-31",
    ),
    (
        "reference_style: medicl",
        "1:1 reference_style 的值“medicl”不合要求：可选的值：gbt7714-2025, gbt7714-2015, medical（是不是 medical？）",
        "the value 'medicl' of reference_style does not fit: the choices are gbt7714-2025, gbt7714-2015, medical "
        "(did you mean medical?)",
    ),
    (
        "title:",
        "1:1 title 的值“–”不合要求：没有写值",
        "the value '–' of title does not fit: nothing is written there",
    ),
    (
        "id: 甲 乙",
        "1:1 id 的值“甲 乙”不合要求：编号只用字母、数字和 . _ : / -，以字母或数字开头，至多 128 个字符",
        "the value '甲 乙' of id does not fit: an id has letters, digits and . _ : / - only, begins with a letter or "
        "digit, and has at most 128 characters",
    ),
    (
        "lang: 中文",
        "1:1 lang 的值“中文”不合要求：写法应符合 ^[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*$",
        "the value '中文' of lang does not fit: it has to match ^[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*$",
    ),
    (
        'authors: [{name: ""}]',
        "1:12 authors.0.name 的值“”不合要求：至少 1 个字符",
        "the value '' of authors.0.name does not fit: a length of at least 1 is expected",
    ),
    (
        "authors: [{name: 甲, equal: maybe}]",
        "1:21 authors.0.equal 的值“maybe”不合要求：应是 true 或 false",
        "the value 'maybe' of authors.0.equal does not fit: true or false is expected",
    ),
    (
        "title: 甲: 乙",
        "1:9 YAML 语法有误：这里不能再有冒号；含冒号的文字请加引号",
        "this is not valid YAML: a second colon cannot stand here; put text with a colon into quotes",
    ),
]


def said(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(f"{f.where.line}:{f.where.column} {f.message('zh')}", f.message("en")) for f in findings]


@pytest.mark.parametrize(("text", "zh", "en"), FRONT)
def test_front_matter(text: str, zh: str, en: str) -> None:
    assert said(load(text, "a", FrontMatter)[1]) == [(zh, en)]


@pytest.mark.parametrize(
    ("old", "new", "zh"),
    [
        ("trust: none", "trust: nnoe", "policy.trust 的值“nnoe”不合要求：可选的值：none（是不是 none？）"),
        ("trust: none", "trust: {grantor_kyes: a}", "不认识的键：grantor_kyes（是不是 grantor_keys？）"),
        (
            "holders: []",
            "holders: []\nrevocations: [{grant: G1, form: 2026-01-01}]",
            "不认识的键：form（是不是 from？）",
        ),
    ],
)
def test_the_register_through_unions_and_aliases(old: str, new: str, zh: str) -> None:
    text = "schema: rights/1\nas_of_policy: explicit\nholders: []\npolicy: {trust: none}\n"
    assert old in text
    assert zh in [f.message("zh") for f in load(text.replace(old, new), "r", Register)[1]]


@pytest.mark.parametrize(
    ("line", "zh"),
    [
        ("notice_zone: 5", "notice_zone 的值“5”不合要求：不能小于 12"),
        ("notice_zone: 61", "notice_zone 的值“61”不合要求：不能大于 60"),
        ("notice_zone: wide", "notice_zone 的值“wide”不合要求：应是数字"),
        ("paper: {width: 50}", "paper.width 的值“50”不合要求：应大于 50"),
        ("paper: {width: 1200}", "paper.width 的值“1200”不合要求：应小于 1200"),
        ("paper: A4", "paper 的值“A4”不合要求：应是“键: 值”"),
    ],
)
def test_numbers(line: str, zh: str) -> None:
    text = f"schema: layout/1\nname: a\ntitle: 甲\ndesign: a\n{line}\n"
    assert [f.message("zh") for f in load(text, "l", LayoutSpec)[1]] == [zh]


@pytest.mark.parametrize(
    ("text", "place", "kind"),
    [
        ("title：甲", "1:6", "WIDE-COLON"),
        ("title：甲\nid: b", "1:6", "WIDE-COLON"),
        ("id: b\ntitle：甲\ncolumn: c\n", "2:6", "WIDE-COLON"),
        ("id: b\ntitle：甲\n副题\ncolumn: c\n", "2:6", "WIDE-COLON"),
        ("authors：\n- name: 甲\n", "1:8", "WIDE-COLON"),
        ("authors:\n- name：甲\n  name_en: b\n", "2:7", "WIDE-COLON"),
        ("authors:\n- name: 甲\n  name_en：b\n", "3:10", "WIDE-COLON"),
        ("authors:\n- name: 甲\n  role：b\n  name_en：c\n", "3:7", "WIDE-COLON"),
        ('title: "甲\nid: b\ncolumn: c\n', "1:8", "QUOTE"),
        ("id: b\ntitle: '甲\ncolumn: c\n", "2:8", "QUOTE"),
        ('title: "甲\nid: "b"\ncolumn: c\n', "1:8", "QUOTE"),
        ("a: 'b\n--- c\nd'", "1:4", "QUOTE"),
        ('a: "b" c\n', "1:8", "INDENT"),
        ("a: b: c\n", "1:5", "COLON"),
        ("abstract: |\n  BMI：体重\na: b: c\n", "3:5", "COLON"),
        ("a: *\n", "1:5", "SIGN"),
        ("a: *甲*\n", "1:5", "SIGN"),
        ("a: @b\n", "1:4", "CHARACTER"),
        ("a: %b\n", "1:4", "CHARACTER"),
        ("a: b\n\tc: d\n", "2:1", "TAB"),
        ('a: "\\q"\n', "1:5", "ESCAPE"),
        ("a: !<x\n", "1:7", "TAG"),
        ("a: | x\n b\n", "1:6", "BLOCK"),
        ("a: - b\n", "1:4", "DASH"),
        ("%YAML 3.0\n---\na: b", "1:1", "DIRECTIVE"),
        ("a: [b\nc: d\n", "2:2", "BRACKET"),
        ("a: b\nc\nd: e\n", "2:1", "NO-COLON"),
        ("a: b\x07\n", "1:1", "CONTROL"),
    ],
)
def test_a_slip_in_yaml_is_named_where_it_was_made(text: str, place: str, kind: str) -> None:
    (found,) = load(text, "a", FrontMatter)[1]
    assert (found.code, f"{found.where.line}:{found.where.column}") == ("CONFIG-YAML", place), found.message("zh")
    for lang in ("zh", "en"):
        assert found.message(lang).endswith(catalogue()[f"CONFIG-YAML-{kind}"][lang])


def test_what_the_library_says_is_never_shown() -> None:
    """A complaint that nobody has met yet has words of ours too."""
    assert fault(ValueError("did not find expected cheese"), "a: b", None) == ("OTHER", (0, 0))


@pytest.mark.parametrize("kind", [FrontMatter, Register, LayoutSpec])
@pytest.mark.parametrize("text", ["a: [", "a: b: c", "\ta: b", "a: 'b", "- a\nb: c", "a: {b", "a:\n b: 1\nc", "a: @b"])
def test_no_english_in_a_chinese_sentence(kind: type, text: str) -> None:
    findings = load(text, "a", kind)[1]
    assert findings
    for found in findings:
        assert not re.search(r"[a-z]{3,} [a-z]{2,}", found.message("zh")), found.message("zh")


def test_the_words_of_problems_stand_in_both_languages() -> None:
    words = [code for code in catalogue() if code.startswith(("CONFIG-PROBLEM-", "CONFIG-YAML-"))]
    assert len(words) >= 25
