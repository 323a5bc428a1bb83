# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The source format, feature by feature: what is written, and what article comes of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from reader_articles import bare

from kanyin.findings import Finding
from kanyin.model import (
    Article,
    Bilingual,
    Cell,
    Contributor,
    DisplayFormula,
    Figure,
    Footnote,
    InlineFormula,
    LineBreak,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Section,
    Styled,
    TableWrap,
    Text,
    Xref,
)
from kanyin.readers.markdown import read_text
from kanyin.readers.source import Source

FRONT = "---\ntitle: 题名\nreferences:\n- id: a\n- id: b\n- id: c\n- id: d\n- id: e\n---\n"


def read_body(text: str, front: str = FRONT) -> tuple[Article, list[Finding]]:
    article, findings = read_text(Source(front + text, "a.md"), Path("a.md"))
    assert article, findings
    return bare(article), findings


def blocks(text: str) -> tuple[object, ...]:
    article, findings = read_body(text)
    assert {f.code for f in findings} <= {"SOURCE-FIGURE-MISSING", "SOURCE-CITATION-BY-NUMBER"}, findings
    return article.body


def p(*content: object) -> Paragraph:
    return Paragraph(tuple(Text(c) if isinstance(c, str) else c for c in content))  # type: ignore[arg-type]


def cell(text: str, **other: object) -> Cell:
    return Cell((Text(text),) if text else (), **other)  # type: ignore[arg-type]


def test_front_matter() -> None:
    front = """---
id: gd-2024-001
doi: 10.3760/cma.j.1
column: 临床研究
title: 支气管肺类癌
title_en: Bronchopulmonary carcinoid
authors:
- {name: 陈某, name_en: CHEN Mou, affs: [a1], corresp: yes, email: c@example.org, orcid: 0000-0002-1825-0097}
- {name: 田某, affs: a1, equal: true}
affs:
- {id: a1, name: 某医院, name_en: A Hospital}
abstract:
- {label: 目的, text: 探讨*P*值}
keywords: 肺；手术治疗
funding: 某基金
history: {received: 2024-01-31, editor: 王某}
journal: {name: 某杂志, year: 2024, issue: 03}
rights: {holder: cma, declared: 版权归甲}
layout: cmj
reference_style: medical
---
"""
    article, findings = read_body("", front)
    front_ = article.front
    assert not findings
    assert (front_.id, front_.doi, front_.column, front_.layout) == (
        "gd-2024-001",
        "10.3760/cma.j.1",
        "临床研究",
        "cmj",
    )
    assert front_.contribs == (
        Contributor("陈某", "CHEN Mou", ("a1",), True, "c@example.org", "0000-0002-1825-0097"),
        Contributor("田某", affs=("a1",), equal=True),
    )
    assert front_.abstract[0].label == "目的"
    assert front_.abstract[0].content == (Text("探讨"), Styled("italic", (Text("P"),)), Text("值"))
    assert front_.kwds == ("肺", "手术治疗")
    assert front_.funding == ("某基金",)
    assert front_.history.received == date(2024, 1, 31)
    assert front_.journal.issue == "03", "a number keeps its zero"
    assert front_.permissions.declared == "版权归甲"
    assert front_.reference_style == "medical"


def test_without_id_an_article_is_named_by_its_folder() -> None:
    article, _ = read_text(Source("---\ntitle: 题\n---\n", "a"), Path("source/lung-2024/article.md"))
    assert article and article.front.id == "lung-2024"


def test_sections_and_their_ids() -> None:
    article, _ = read_body("前言\n\n# 方法\n\n## 对象\n\n甲\n\n## 统计 {#stat}\n\n# 结果\n\n# 利益冲突 {.back}\n\n无\n")
    assert article.body == (
        p("前言"),
        Section(
            "s1",
            (Text("方法"),),
            (Section("s1-1", (Text("对象"),), (p("甲"),)), Section("stat", (Text("统计"),), ())),
        ),
        Section("s2", (Text("结果"),), ()),
    )
    assert article.back == (Section("b1", (Text("利益冲突"),), (p("无"),)),)


@pytest.mark.parametrize(
    ("source", "content"),
    [
        ("甲[@a; @c]乙", ("甲", Xref("bibr", ("a", "c")), "乙")),
        ("甲[@a；@c]", ("甲", Xref("bibr", ("a", "c")))),
        ("甲[1,3-5]乙", ("甲", Xref("bibr", ("a", "c", "d", "e")), "乙")),
        ("甲<sup>[2]</sup>", ("甲", Styled("sup", (Xref("bibr", ("b",)),)))),
        (r"区间\[1,3\]", ("区间[1,3]",)),
        ("[0,1]", ("[0,1]",)),
        ("能量$E=mc^2$为", ("能量", InlineFormula("E=mc^2"), "为")),
        ('$x$ {甲} $y${alt="歪"}', (InlineFormula("x"), " {甲} ", InlineFormula("y", "歪"))),
        (r"价\$5和\$6", ("价$5和$6",)),
        (r"$5\%$", (InlineFormula(r"5\%"),)),
        ("H<sub>2</sub>O与m<sup>2</sup>", ("H", Styled("sub", (Text("2"),)), "O与m", Styled("sup", (Text("2"),)))),
        ("<i>P</i><strong>粗</strong>", (Styled("italic", (Text("P"),)), Styled("bold", (Text("粗"),)))),
        ("<u>甲</u>", (Styled("underline", (Text("甲"),)),)),
        ("[着重]{.emphasis}", (Styled("emphasis", (Text("着重"),)),)),
        ("[Caps]{.sc}`x y`", (Styled("sc", (Text("Caps"),)), Styled("code", (Text("x y"),)))),
        ("甲<br>乙", ("甲", LineBreak(), "乙")),
        ("甲  \n乙", ("甲", LineBreak(), "乙")),
        ("[官网](https://example.org/?a=1&b)", (Link("https://example.org/?a=1&b", (Text("官网"),)),)),
        ("<https://example.org>", (Link("https://example.org", (Text("https://example.org"),)),)),
        ("P<0.05，a<b>c", None),
        ("12\\~85岁 &lt;5 &copy;", ("12~85岁 <5 ©",)),
        ("全角ＡＢＣ，①Ⅱ㎎𠮷保留", ("全角ＡＢＣ，①Ⅱ㎎𠮷保留",)),
        # lines of one paragraph: no space between Han, one between Latin words
        ("中文\n中文", ("中文中文",)),
        ("two\nwords", ("two words",)),
        ("中文\nword", ("中文word",)),
        ("见文[@a]\n所述", ("见文", Xref("bibr", ("a",)), "所述")),
        ("a *b*\nc", ("a ", Styled("italic", (Text("b"),)), " c")),
    ],
)
def test_inline(source: str, content: tuple[object, ...] | None) -> None:
    if content is None:
        article, findings = read_body(source)
        assert article.body == (p("P<0.05，a<b>c"),)
        assert [f.code for f in findings] == ["SOURCE-HTML"]
    else:
        assert blocks(source) == (p(*content),)


def test_cross_references_know_what_they_point_to() -> None:
    article, findings = read_body(
        "见[图1](#fig1)、[表1](#tab1)、[式1](#eq1)、[方法](#s1)和[^1]。\n"
        "\n# 方法\n\n![](a.png)\n\n|a|\n|-|\n\n$$x$$ {#eq1}\n\n[^1]: 注\n"
    )
    assert [f.code for f in findings] == ["SOURCE-FIGURE-MISSING"]
    paragraph = article.body[0]
    assert isinstance(paragraph, Paragraph)
    found = [(x.ref_type, x.rids, x.text) for x in paragraph.content if isinstance(x, Xref)]
    assert found == [
        ("fig", ("fig1",), "图1"),
        ("table", ("tab1",), "表1"),
        ("disp-formula", ("eq1",), "式1"),
        ("sec", ("s1",), "方法"),
        ("fn", ("fn1",), ""),
    ]
    assert article.footnotes == (Footnote("fn1", (Text("注"),)),)


@pytest.mark.parametrize(
    ("source", "figure"),
    [
        (
            "![肺的 CT](肺.png){#ct width=page}\n图1：肺部 | Lung",
            Figure("ct", "图1", Bilingual((Text("肺部"),), (Text("Lung"),)), "肺.png", "肺的 CT", "page"),
        ),
        ("![](a.png)\n\n图1：甲", Figure("fig1", "图1", Bilingual((Text("甲"),)), "a.png")),
        (
            "![](a.png)\n图1 甲。\nFigure 1 A.",
            Figure("fig1", "图1", Bilingual((Text("甲。"),), (Text("A."),)), "a.png"),
        ),
        ("![](a.png)\n图1：甲 | Figure 1. A", Figure("fig1", "图1", Bilingual((Text("甲"),), (Text("A"),)), "a.png")),
        (
            "![](<a b.png>)\n图1：甲\n\n注：A，对照",
            Figure("fig1", "图1", Bilingual((Text("甲"),)), "a b.png", notes=(Text("注：A，对照"),)),
        ),
        (
            r"![](a.png)" + "\n" + r"图1：$P(A | B)$与`|`\| | English",
            Figure(
                "fig1",
                "图1",
                Bilingual(
                    (InlineFormula("P(A | B)"), Text("与"), Styled("code", (Text("|"),)), Text("|")), (Text("English"),)
                ),
                "a.png",
            ),
        ),
    ],
)
def test_figures(source: str, figure: Figure) -> None:
    assert blocks(source) == (figure,)


def test_text_about_a_figure_is_no_caption() -> None:
    figure, paragraph = blocks("![](a.png)\n\n图1显示了结果。")
    assert isinstance(figure, Figure) and not figure.label
    assert paragraph == p("图1显示了结果。")


def test_a_pipe_table() -> None:
    (table,) = blocks(
        "表1：基线 | Baseline {#base width=page}\n\n| 项 | *n* |\n|:--|--:|\n"
        "| 甲 | $|x|$ |\n| 乙 | a\\|b |\n注：甲；\n乙\n"
    )
    assert table == TableWrap(
        "base",
        "表1",
        Bilingual((Text("基线"),), (Text("Baseline"),)),
        ((cell("项", header=True, align="left"), Cell((Styled("italic", (Text("n"),)),), True, "right")),),
        (
            (cell("甲", align="left"), Cell((InlineFormula("|x|"),), align="right")),
            (cell("乙", align="left"), cell("a|b", align="right")),
        ),
        ((Text("注：甲；"),), (Text("乙"),)),
        "page",
    )


def test_an_ideographic_space_before_a_stub_is_kept() -> None:
    (table,) = blocks("| 项 | 例 |\n|---|---|\n| 　男 | 6 |\n| 　 | 7　 |\n")
    assert isinstance(table, TableWrap)
    assert [row[0].content for row in table.body] == [(Text("　男"),), ()]
    assert table.body[1][1].content == (Text("7"),)


@pytest.mark.parametrize("caption", ["表1：基线", "表1 基线", "表1基线", "表1．基线", "表1：基线\nTable 1 "])
def test_captions_of_tables(caption: str) -> None:
    (table,) = blocks(f"{caption}\n\n|a|\n|-|\n")
    assert isinstance(table, TableWrap)
    assert (table.label, table.caption.zh) == ("表1", (Text("基线"),))


def test_spanning_cells_and_a_head_of_two_rows() -> None:
    (table,) = blocks("| 项 | 组 | < |\n| ^ | A | B |\n|---|---|---|\n| 甲 | 1 | 2 |\n| ^ | 3 | < |\n")
    assert isinstance(table, TableWrap)
    assert table.head == (
        (cell("项", header=True, rowspan=2), cell("组", header=True, colspan=2)),
        (cell("A", header=True), cell("B", header=True)),
    )
    assert table.body == ((cell("甲", rowspan=2), cell("1"), cell("2")), (cell("3", colspan=2),))


def test_p_values_in_cells_are_no_joins() -> None:
    (table,) = blocks("|a|b|\n|-|-|\n|<0.05|\\<|\n")
    assert isinstance(table, TableWrap)
    assert table.body == ((cell("<0.05"), cell("<")),)


def test_an_html_table() -> None:
    article, findings = read_body(
        '表1 甲\n\n<html><body><table><tr><td rowspan="2">组</td><td>a<sup>2</sup></td></tr>'
        "<tr><td><0.05</td></tr></table></body></html>\n"
    )
    assert [f.code for f in findings] == ["SOURCE-TABLE-HEAD"]
    (table,) = article.body
    assert isinstance(table, TableWrap)
    assert table.label == "表1"
    assert table.head == ((cell("组", header=True, rowspan=2), Cell((Text("a"), Styled("sup", (Text("2"),))), True)),)
    assert table.body == ((cell("<0.05"),),)


def test_formulas_on_lines_of_their_own() -> None:
    assert blocks('$$\nx\n= y\n$$ {#eq1}\n\n$$z$$\n\n$$w$$ {#eq2 alt="维"}') == (
        DisplayFormula("eq1", "x\n= y", "", "(1)"),
        DisplayFormula("", "z"),
        DisplayFormula("eq2", "w", "维", "(2)"),
    )


def test_lists_and_quotations() -> None:
    assert blocks("1. 甲\n2. 乙\n   - 丙\n\n> 丁") == (
        ListBlock(True, ((p("甲"),), (p("乙"), ListBlock(False, ((p("丙"),),))))),
        Quote((p("丁"),)),
    )


def test_a_list_that_does_not_begin_with_one_keeps_its_numbers() -> None:
    article, findings = read_body("3. 甲\n4. 乙")
    assert article.body == (p("3. 甲"), p("4. 乙"))
    assert [f.code for f in findings] == ["SOURCE-LIST"]


def test_lines_that_begin_with_wide_spaces_are_paragraphs() -> None:
    article, findings = read_body("　　甲。\n　　乙。\n")
    assert article.body == (p("甲。"), p("乙。"))
    assert [(f.code, f.where.line) for f in findings] == [("SOURCE-INDENT", 11)]


def test_bom_and_crlf() -> None:
    article, findings = read_text(Source("\ufeff---\r\ntitle: 题\r\n---\r\n甲\r\n\r\n乙\r\n", "a.md"), Path("a.md"))
    assert article and not findings
    assert bare(article).body == (p("甲"), p("乙"))


def test_no_han_character_is_changed() -> None:
    # a compatibility ideograph, a Kangxi radical, a rare character; a decomposed letter is composed
    article, findings = read_body("\uf9d1⽤𠮷e\u0301")
    assert article.body == (p("\uf9d1⽤𠮷é"),)
    assert sorted(f.code for f in findings) == ["SOURCE-COMPAT-HAN", "SOURCE-COMPAT-HAN", "SOURCE-NFC"]


def test_references_beside_the_article(tmp_path: Path) -> None:
    (tmp_path / "refs.json").write_text('[{"id": "x", "issued": {"date-parts": [["2018"]]}, "volume": 12}]', "utf-8")
    file = tmp_path / "article.md"
    file.write_text("---\ntitle: 题\nreferences: refs.json\n---\n甲[@x]\n", "utf-8")
    article, findings = read_text(Source(file.read_text("utf-8"), str(file)), file)
    assert article and not findings
    (reference,) = article.refs
    assert (reference.id, reference.csl) == ("x", {"issued": {"date-parts": [[2018]]}, "volume": "12"})
    assert reference.where and reference.where.file == str(tmp_path / "refs.json")


def test_markdown_from_elsewhere_takes_its_title_from_the_first_heading() -> None:
    article, findings = read_body("临床研究\n\n# 题 *P*\n\n正文\n\n# 方法\n", front="")
    assert article.front.title == "题 P"
    assert article.body == (p("临床研究"), p("正文"), Section("s1", (Text("方法"),), ()))
    assert [f.code for f in findings] == ["SOURCE-FRONT-NONE"]
