# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Import of plain text, as it comes when a page has been copied."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
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
        # in pieces, with blanks and empty lines, in brackets, below a heading of its own
        (
            "未经授权，\n\n不得转载、摘编本刊文章，\n　　不得使用本刊的 版式设计。",
            "未经授权，\n\n不得转载、摘编本刊文章，\n　　不得使用本刊的 版式设计。",
            [],
        ),
        (f"（{CLAUSES[0]}{CLAUSES[1]}）", CLAUSES[0] + CLAUSES[1], []),
        (f"【版权声明】\n{CLAUSES[0]}", CLAUSES[0], []),
        (f"版权声明：{CLAUSES[0]}", CLAUSES[0], []),
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
        ("导语：" + LEAD_CHINESE, LEAD_CHINESE, [LEAD_CHINESE]),
        (LEAD_CHINESE, "示例市讯（记者张三）" + LEAD_CHINESE, ["示例市讯（记者张三）" + LEAD_CHINESE]),
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
        ("发布时间:2024-01-31 10:30", "IMPORT-FIELD"),
        ("2024-01-31 10:30 来源：某网 作者：张三", "IMPORT-FIELD"),
        ("来源:某报 时间:2024-03-05 浏览:1,203次 【打印】【关闭】", "IMPORT-FIELD"),
        ("发布时间：2024-03-08 | 来源：某学会 | 阅读：2.3万 | 打印 | 关闭", "IMPORT-FIELD"),
        ("来源：某报　记者：张三　发布时间：2026年5月6日 08:15　阅读 3,402", "IMPORT-FIELD"),
        ("编辑：王五 审核：赵六 校对：钱七", "IMPORT-FIELD"),
        # what only the page needs
        ("浏览次数：1234", "IMPORT-PAGE"),
        ("【打印本页】【关闭窗口】", "IMPORT-PAGE"),
        ("打印 关闭", "IMPORT-PAGE"),
        ("字号：大 中 小", "IMPORT-PAGE"),
        ("[大 中 小]", "IMPORT-PAGE"),
        ("分享到：微信 微博 QQ空间", "IMPORT-PAGE"),
        ("上一篇：某某会议召开", "IMPORT-PAGE"),
        ("当前位置：首页 > 新闻中心 > 正文", "IMPORT-PAGE"),
        # not understood as a whole
        ("发布时间：2024-02-31", "IMPORT-FIELD-UNSURE"),
        ("来源：某网 作者：某某大学附属医院胸外科主任", "IMPORT-FIELD-UNSURE"),
        ("时间：2024年3月5日", "IMPORT-FIELD-UNSURE"),
        ("浏览次数：很多", "IMPORT-FIELD-UNSURE"),
        ("本报记者 张三", "IMPORT-FIELD-UNSURE"),
        ("作者：某某大学附属医院胸外科主任", "IMPORT-FIELD-UNSURE"),
        ("这是正文。", ""),
        ("中中", ""),
        ("大小", ""),
    ],
)
def test_lines_about_the_text(tmp_path: Path, line: str, code: str) -> None:
    article, findings = read_plain(tmp_path, f"题\n{line}\n正文甲。\n正文乙。\n正文丙。\n")
    assert codes(findings) == ([code] if code else [])
    taken = code in ("IMPORT-FIELD", "IMPORT-PAGE")
    assert len(article.body) == (3 if taken else 4)


def test_a_title_that_stands_again_is_kept_once(tmp_path: Path) -> None:
    article, findings = read_plain(tmp_path, "示例学会年会召开\n来源：某报\n示例学会 年会召开\n正文。\n")
    assert (article.front.title, shown(article.body)) == ("示例学会年会召开", ["正文。"])
    assert codes(findings) == ["IMPORT-FIELD", "IMPORT-TITLE-AGAIN"]


def test_an_entry_of_a_reference_list_is_left_as_it_stands(tmp_path: Path) -> None:
    line = "[1] 王伟,李强. 血压管理[J]. 某杂志,2024,1(3):1-5."
    article, findings = read_plain(tmp_path, f"题\n正文。\n{line}\n正文,完.\n")
    assert shown(article.body) == ["正文。", line, "正文，完。"]
    assert codes(findings) == ["IMPORT-REFERENCE"]


def test_changes_of_one_line_are_one_finding_with_counts(tmp_path: Path) -> None:
    _, findings = read_plain(tmp_path, "题\n甲,乙,丙(丁).\n正文。\n戊,己\n")
    found = [dict(f.args) for f in findings if f.code == "IMPORT-PUNCTUATION"]
    assert [(f["count"], f["kinds"]) for f in found] == [
        ("5", ", → ，（2）；( → （；) → ）；. → 。"),
        ("1", ", → ，"),
    ]


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


GOLDEN = Path(__file__).parent / "golden" / "import"


@pytest.mark.parametrize("name", ["news", "meeting", "guideline", "letter", "obituary"])
def test_five_texts_as_they_are_copied_from_pages(name: str) -> None:
    """The whole structured source, and where every finding stands."""
    article, findings = read(GOLDEN / f"{name}.txt")
    assert article
    places = "".join(f"{f.where.line}:{f.where.column} {f.code}\n" for f in findings)
    assert write(article) + "=====\n" + places == (GOLDEN / f"{name}.expected").read_text("utf-8")


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
    dropped = {f.where.line for f in findings if f.code in ("IMPORT-LEAD", "IMPORT-TITLE-AGAIN")}
    kept = ""
    if article:
        kept = article.front.title + "".join(line.lstrip("#") for line in shown(article.body))
    wanted = [line for number, line in enumerate(lines, 1) if number not in dropped]
    assert folded(kept) == folded("".join(wanted))


PAGES = st.lists(
    st.one_of(
        LINES.map("".join),
        st.sampled_from(
            [
                *CLAUSES,
                "（" + CLAUSES[0] + CLAUSES[1] + "）",
                "版权声明：",
                "来源：某网 发布时间：2024-01-31 10:30 浏览次数：12",
                "责任编辑：王五 打印 关闭",
                "当前位置：首页 > 新闻 > 正文",
                "上一篇：没有了",
                "作者：张三、李四 摄影：王五",
                "示例市医学会举办公众科普日活动",
                LEAD,
                LEAD_CHINESE,
                "[1] 王伟,李强. 血压管理[J]. 某杂志,2024,1(3):1-5.",
            ]
        ),
    ),
    max_size=12,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PAGES)
def test_every_character_is_in_the_article_or_in_a_finding(tmp_path: Path, lines: list[str]) -> None:
    """What goes into the front matter, or is left out, stands in full in the finding that says so."""
    file = tmp_path / "a.txt"
    file.write_text("\n".join(lines), "utf-8")
    article, findings = read(file)
    taken = {"IMPORT-LEAD", "IMPORT-PAGE", "IMPORT-TITLE-AGAIN", "IMPORT-FIELD", "IMPORT-NOTICE"}
    kept = [dict(f.args)["before"] for f in findings if f.code in taken]
    if article:
        kept += [article.front.title, *(line.lstrip("#") for line in shown(article.body))]
    dots = re.compile(r"\.+|-+")  # dots and dashes may join or part at the seams of the pieces
    assert Counter(dots.sub("", folded("".join(kept)))) == Counter(dots.sub("", folded("".join(lines))))


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
    of_the_command = {"IMPORT-EXISTS", "IMPORT-FIGURE", "IMPORT-SUFFIX", "IMPORT-WRITTEN"}
    worded = {code for code in catalogue() if code.startswith("IMPORT-")} - of_the_command
    assert {code for code in worded if code not in here} == set()
