# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Import of plain text, as it comes when a page has been copied."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reader_articles import bare

from kanyin.exports.markdown import write
from kanyin.findings import Finding, catalogue
from kanyin.model import Article, Block, Paragraph, Section, Text
from kanyin.notice import CLAUSES
from kanyin.readers import read
from kanyin.readers.markdown import read_text
from kanyin.readers.source import Source

LEAD = "本刊讯,研究人员发现新的机制(P<0.05),相关论文近日发表."
LEAD_CHINESE = "本刊讯，研究人员发现新的机制（P<0.05），相关论文近日发表。"


def read_plain(folder: Path, text: str | bytes) -> tuple[Article, list[Finding]]:
    file = folder / "news.txt"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    article, findings = read(file)
    assert article, findings
    return article, findings


def shown(content: tuple[Block, ...], depth: int = 1) -> list[str]:
    """Paragraphs, and titles of sections behind as many # as they are deep."""
    out: list[str] = []
    for block in content:
        if isinstance(block, Section):
            out += ["#" * depth + _plain(block.title), *shown(block.content, depth + 1)]
        else:
            assert isinstance(block, Paragraph)
            out.append(_plain(block.content))
    return out


def _plain(content: tuple[object, ...]) -> str:
    assert all(isinstance(inline, Text) for inline in content)
    return "".join(inline.value for inline in content if isinstance(inline, Text))


def codes(findings: list[Finding]) -> list[str]:
    return [f.code for f in findings if f.code not in ("IMPORT-PUNCTUATION", "IMPORT-TITLE")]


def test_a_page_as_it_is_copied(tmp_path: Path) -> None:
    article, findings = read_plain(
        tmp_path,
        f"新机制\n来源：某杂志\n作者：张三、李四\n发布时间：2024年1月31日\n\n{LEAD}\n\n　　{LEAD_CHINESE}\n\n"
        '正文一,有"引文"。\n\n版权归中华医学会所有.\n未经授权,不得转载、摘编本刊文章,不得使用本刊的版式设计.\n责任编辑：王五\n',
    )
    assert article.front.title == "新机制"
    assert [c.name for c in article.front.contribs] == ["张三", "李四"]
    assert article.front.history.published == date(2024, 1, 31)
    assert article.front.history.editor == "王五"
    assert article.front.author_notes == ("来源：某杂志",)
    assert article.front.permissions.declared == (
        "版权归中华医学会所有.\n未经授权,不得转载、摘编本刊文章,不得使用本刊的版式设计."
    )
    assert shown(article.body) == [LEAD_CHINESE, "正文一，有“引文”。"]
    assert [(f.code, f.where.line) for f in findings if f.code != "IMPORT-PUNCTUATION"] == [
        ("IMPORT-TITLE", 1),
        ("IMPORT-FIELD", 2),
        ("IMPORT-FIELD", 3),
        ("IMPORT-FIELD", 4),
        ("IMPORT-LEAD", 6),
        ("IMPORT-NOTICE", 12),
        ("IMPORT-NOTICE", 13),
        ("IMPORT-FIELD", 14),
    ]


@pytest.mark.parametrize(
    ("notice", "declared", "left"),
    [
        ("".join(CLAUSES), "".join(CLAUSES), []),
        ("\n".join(CLAUSES), "\n".join(CLAUSES), []),
        ("版 权 归 中 华 医 学 会 所 有 。", "版 权 归 中 华 医 学 会 所 有 。", []),
        (
            "未经授权,不得转载、摘编\n本刊文章,不得使用本刊的版式设计",
            "未经授权,不得转载、摘编\n本刊文章,不得使用本刊的版式设计",
            [],
        ),
        ("末段。版权归中华医学会所有。", "版权归中华医学会所有。", ["末段。"]),
        # a clause that is part of a sentence is no notice
        ("据悉版权归中华医学会所有的文章很多。", "", ["据悉版权归中华医学会所有的文章很多。"]),
        ("版权归中华医学会所有,其他人不得使用。", "", ["版权归中华医学会所有，其他人不得使用。"]),
        # cut off or reworded: left, and reported
        ("除非特别声明，本刊刊出的所有文章不代表中华医学会", "", ["除非特别声明，本刊刊出的所有文章不代表中华医学会"]),
        ("未经授权，不得转载本刊文章。", "", ["未经授权，不得转载本刊文章。"]),
    ],
)
def test_the_notice(tmp_path: Path, notice: str, declared: str, left: list[str]) -> None:
    article, findings = read_plain(tmp_path, f"题\n正文。\n{notice}\n")
    assert article.front.permissions.declared == declared
    assert shown(article.body) == ["正文。", *left]
    assert ("IMPORT-NOTICE" in codes(findings)) == bool(declared)
    assert ("IMPORT-NOTICE-ALTERED" in codes(findings)) == (not declared)


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (LEAD, LEAD_CHINESE, [LEAD_CHINESE]),
        (LEAD_CHINESE, LEAD, [LEAD_CHINESE]),
        (LEAD_CHINESE, LEAD_CHINESE, [LEAD_CHINESE]),
        ("本刊讯，研究人员发现新的机制……", LEAD_CHINESE, [LEAD_CHINESE]),
        (LEAD_CHINESE.replace("，", " ， "), LEAD_CHINESE, [LEAD_CHINESE]),
        ("本刊讯，研究人员发现旧的机制。", LEAD_CHINESE, ["本刊讯，研究人员发现旧的机制。", LEAD_CHINESE]),
        ("短句。", "短句。", ["短句。", "短句。"]),
    ],
)
def test_a_lead_that_stands_twice(tmp_path: Path, first: str, second: str, kept: list[str]) -> None:
    article, findings = read_plain(tmp_path, f"题\n\n{first}\n\n{second}\n\n正文。\n")
    assert [re.sub(" ", "", line) for line in shown(article.body)] == [*kept, "正文。"]
    assert ("IMPORT-LEAD" in codes(findings)) == (len(kept) == 1)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("来源：某杂志", "IMPORT-FIELD"),
        ("作者：张三，李四", "IMPORT-FIELD"),
        ("（责任编辑：王五）", "IMPORT-FIELD"),
        ("发布时间：2024-01-31", "IMPORT-FIELD"),
        ("记者：张三", "IMPORT-FIELD"),
        # more than a field can hold
        ("2024-01-31 10:30 来源：某网 作者：张三", "IMPORT-FIELD-UNSURE"),
        ("发布时间：2024-01-31 10:30", "IMPORT-FIELD-UNSURE"),
        ("发布时间：2024-02-31", "IMPORT-FIELD-UNSURE"),
        ("本报记者 张三", "IMPORT-FIELD-UNSURE"),
        ("作者：某某大学附属医院胸外科主任", "IMPORT-FIELD-UNSURE"),
        ("这是正文。", ""),
    ],
)
def test_lines_about_the_text(tmp_path: Path, line: str, code: str) -> None:
    article, findings = read_plain(tmp_path, f"题\n{line}\n正文甲。\n正文乙。\n正文丙。\n")
    assert codes(findings) == ([code] if code else [])
    taken = code == "IMPORT-FIELD"
    assert len(article.body) == (3 if taken else 4)


def test_numbered_short_lines_are_headings(tmp_path: Path) -> None:
    article, findings = read_plain(
        tmp_path, "题\n一、背景\n甲。\n（一）对象\n乙。\n1. 方法\n丙。\n二、结果\n丁。\n三、没有下文\n"
    )
    assert shown(article.body) == [
        "#一、背景",
        "甲。",
        "##（一）对象",
        "乙。",
        "###1. 方法",
        "丙。",
        "#二、结果",
        "丁。",
        "三、没有下文",
    ]
    assert codes(findings) == ["IMPORT-HEADING"] * 4


def test_a_numbered_list_is_no_run_of_headings(tmp_path: Path) -> None:
    article, _ = read_plain(tmp_path, "题\n标准如下。\n1. 年龄\n2. 性别\n3. 体重\n正文。\n")
    assert shown(article.body) == ["标准如下。", "1. 年龄", "2. 性别", "3. 体重", "正文。"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("题\n正文镕。\n".encode("gb18030"), ["IMPORT-ENCODING"]),
        ("题\n正文镕。\n".encode("utf-16"), ["IMPORT-ENCODING"]),
        ("题\r\n正文镕。\r\n".encode("utf-8-sig"), []),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, expected: list[str]) -> None:
    article, findings = read_plain(tmp_path, data)
    assert shown(article.body) == ["正文镕。"]
    assert codes(findings) == expected


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "IMPORT-EMPTY"), (" \n　\n".encode(), "IMPORT-EMPTY"), (b"\xff\xff\xff", "SOURCE-ENCODING")],
)
def test_what_cannot_be_imported(tmp_path: Path, data: bytes, code: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    article, findings = read(file)
    assert article is None
    assert [f.code for f in findings] == [code]


def test_a_quote_without_partner_is_left(tmp_path: Path) -> None:
    article, findings = read_plain(tmp_path, '题\n他说"好。\n')
    assert shown(article.body) == ['他说"好。']
    assert codes(findings) == ["IMPORT-QUOTE"]


def folded(text: str) -> str:
    """Every mark in one form, without white space."""
    marks = {"。": ".", "“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "…": "."}
    plain = "".join(marks.get(c, unicodedata.normalize("NFKC", c)) for c in text)
    return re.sub(r"-{2,}", "--", re.sub(r"\.+", ".", re.sub(r"\s", "", plain)))


LINES = st.lists(st.text("中文甲一二aB10,.:;?!()\"'（）、。…- 　", max_size=20), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES)
def test_nothing_is_lost(tmp_path: Path, lines: list[str]) -> None:
    file = tmp_path / "a.txt"
    file.write_text("\n".join(lines), "utf-8")
    article, findings = read(file)
    dropped = [dict(f.args)["before"] for f in findings if f.code == "IMPORT-LEAD"]
    kept = ""
    if article:
        kept = article.front.title + "".join(line.lstrip("#") for line in shown(article.body))
    wanted = [line.strip() for line in lines]
    for line in dropped:
        wanted.remove(line)
    assert folded(kept) == folded("".join(wanted))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES)
def test_what_was_imported_reads_back(tmp_path: Path, lines: list[str]) -> None:
    file = tmp_path / "a.txt"
    file.write_text("\n".join([*lines, *CLAUSES]), "utf-8")
    article, _ = read(file)
    assert article
    text = write(article)
    again, _ = read_text(Source(text, str(file)), file)
    if article.front.title:
        assert bare(again) == bare(article), text


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text().map(str.encode), st.binary()))
def test_any_bytes_end_in_an_article_or_a_finding(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    article, findings = read(file)
    assert article or findings


def test_every_import_finding_is_worded_and_used() -> None:
    here = Path(__file__).read_text("utf-8")
    worded = {code for code in catalogue() if code.startswith("IMPORT-")} - {"IMPORT-EXISTS", "IMPORT-WRITTEN"}
    assert {code for code in worded if code not in here} == set()
