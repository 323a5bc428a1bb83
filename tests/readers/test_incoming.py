# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Word files and converted Markdown, brought in: what is recognised becomes structure, and no letter is lost."""
# XML stands on one line where a line end would be content.
# ruff: noqa: E501

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from docx_files import PICTURE, docx, p
from reader_articles import strings

from kanyin.model import Figure, InlineFormula, ListBlock, Paragraph, Section, TableWrap, Text
from kanyin.readers.citation_text import parse
from kanyin.readers.incoming import Incoming, bring_in
from kanyin.readers.inlines import plain

HOME = Path(__file__).parents[3] / "shared" / "real"
MARKDOWN, WORD = sorted((HOME / "markdown").glob("*.md")), sorted((HOME / "docx").glob("*.docx"))


@pytest.fixture
def bring(tmp_path: Path) -> Any:
    def call(content: str | bytes, name: str = "") -> Incoming:
        path = tmp_path / (name or ("a.md" if isinstance(content, str) else "a.docx"))
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return bring_in(path)

    return call


def codes(incoming: Incoming) -> set[str]:
    return {f.code for f in incoming.findings}


# ---------------------------------------------------------------- Word

HEADINGS = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
FRACTION = "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:sSup><m:e><m:r><m:t>b</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:den></m:f></m:oMath>"


def test_a_word_file_becomes_an_article(bring: Any) -> None:
    found = bring(
        docx(
            p("论文题名", "T") + p("方法", "1") + "<w:p><w:r><w:t>比为</w:t></w:r>" + FRACTION + "<w:r><w:t>。</w:t></w:r></w:p>"
            f"<w:p>{PICTURE}</w:p>"
            "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + p("组别") + "</w:tc></w:tr><w:tr><w:tc>" + p("甲")
            + "</w:tc><w:tc>" + p("乙") + "</w:tc></w:tr></w:tbl>",
            picture=b"\x89PNG",
            styles=HEADINGS,
        )
    )  # fmt: skip
    article = found.article
    assert article.front.title == "论文题名"
    (section,) = article.body
    assert isinstance(section, Section) and plain(section.title) == "方法"
    paragraph, figure, table = section.content
    assert isinstance(paragraph, Paragraph)
    assert [i.tex for i in paragraph.content if isinstance(i, InlineFormula)] == [r"\frac{a}{b^{2}}"]
    assert isinstance(figure, Figure) and (figure.file, figure.alt) == ("image1.png", "右肺结节")
    assert found.files == {"image1.png": b"\x89PNG"}
    assert isinstance(table, TableWrap)
    assert [[(plain(c.content), c.colspan, c.header) for c in row] for row in (*table.head, *table.body)] == [
        [("组别", 2, True)], [("甲", 1, False), ("乙", 1, False)],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "tex"),
    [
        ("<m:rad><m:deg/><m:e><m:r><m:t>x</m:t></m:r></m:e></m:rad>", r"\sqrt{x}"),
        ("<m:acc><m:accPr><m:chr m:val='̅'/></m:accPr><m:e><m:r><m:t>x</m:t></m:r></m:e></m:acc>", r"\overline{x}"),
        ("<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub><m:r><m:t>1</m:t></m:r></m:sub><m:sup/><m:e><m:r><m:t>x</m:t></m:r></m:e></m:nary>", "∑_{1}{x}"),
        ("<m:d><m:dPr><m:begChr m:val='['/></m:dPr><m:e><m:r><m:t>a</m:t></m:r></m:e></m:d>", "[a)"),
        ("<m:r><m:rPr><m:nor/></m:rPr><m:t>若</m:t></m:r><m:r><m:t>5%</m:t></m:r>", r"\mathrm{若}5\%"),
    ],
)  # fmt: skip
def test_the_formulas_of_word(bring: Any, formula: str, tex: str) -> None:
    found = bring(docx(f"<w:p><m:oMathPara><m:oMath>{formula}</m:oMath></m:oMathPara></w:p>"))
    (paragraph,) = found.article.body
    assert paragraph.content == (InlineFormula(tex, "", paragraph.content[0].where),)


def test_what_the_converter_passes_over_is_put_at_the_end(bring: Any) -> None:
    control = f"<w:altChunkText>{p('不知何物')}</w:altChunkText>"
    found = bring(docx(p("正文。") + control))
    assert [plain(block.content) for block in found.article.body] == ["正文。", "不知何物"]
    assert "CONVERT-DOCX-LOST" in codes(found)


def test_the_margins_of_a_word_file_are_kept_and_told_but_not_its_folios(bring: Any) -> None:
    found = bring(docx(p("正文。"), header=p("科研处内部传阅") + p("12") + p("正文")))
    assert [plain(block.content) for block in found.article.body] == ["正文。", "科研处内部传阅"]
    assert "CONVERT-DOCX-LOST" in codes(found)


def test_what_a_word_file_lacks_or_carries_along_is_told_when_it_is_brought_in(bring: Any) -> None:
    found = bring(docx(p("正文。") + p("版权归中华医学会所有。")))
    assert {"SOURCE-TITLE", "SOURCE-NOTICE"} <= codes(found)


@pytest.mark.parametrize(
    ("lines", "caption", "left"),
    [
        (["图1 蓝色"], ("图1", "蓝色", ""), []),
        (["图1：血压变化", "Figure 1 Blood pressure", "正文。"], ("图1", "血压变化", "Blood pressure"), ["正文。"]),
        (["图1显示，血压下降。"], ("", "", ""), ["图1显示，血压下降。"]),
        (["正文。", "图1 蓝色"], ("", "", ""), ["正文。", "图1 蓝色"]),
    ],
)
def test_a_line_below_a_picture_is_its_caption(
    bring: Any, lines: list[str], caption: tuple[str, str, str], left: list[str]
) -> None:
    body = bring(docx(f"<w:p>{PICTURE}</w:p>" + "".join(map(p, lines)), picture=b"png")).article.body
    figure, *rest = body
    assert isinstance(figure, Figure)
    assert (figure.label, plain(figure.caption.zh), plain(figure.caption.en)) == caption
    assert [plain(block.content) for block in rest] == left


@pytest.mark.parametrize(
    ("lines", "caption", "left"),
    [
        (["表1 分组"], ("表1", "分组", ""), []),
        (["正文。", "表1 分组", "Table 1. Groups"], ("表1", "分组", "Groups"), ["正文。"]),
        (["表1显示两组相近。"], ("", "", ""), ["表1显示两组相近。"]),
    ],
)
def test_a_line_above_a_table_is_its_caption(
    bring: Any, lines: list[str], caption: tuple[str, str, str], left: list[str]
) -> None:
    cells = "<w:tbl><w:tr><w:tc>" + p("甲") + "</w:tc></w:tr><w:tr><w:tc>" + p("乙") + "</w:tc></w:tr></w:tbl>"
    *rest, table = bring(docx("".join(map(p, lines)) + cells)).article.body
    assert isinstance(table, TableWrap)
    assert (table.label, plain(table.caption.zh), plain(table.caption.en)) == caption
    assert [plain(block.content) for block in rest] == left


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 a file with a password"])
def test_a_broken_word_file_is_refused(bring: Any, content: bytes) -> None:
    found = bring(content, "a.docx")
    assert found.article is None
    assert codes(found) == {"CONVERT-DOCX"}


def test_entities_of_a_word_file_do_not_grow(bring: Any) -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    )
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(p("文")))) as packed, zipfile.ZipFile(out, "w") as made:
        for info in packed.infolist():
            content = packed.read(info)
            if info.filename == "word/document.xml":
                content = content.replace(b'<?xml version="1.0"?>', f'<?xml version="1.0"?>{bomb}]>'.encode()).replace(
                    "文".encode(), b"&j;"
                )
            made.writestr(info, content)
    assert bring(out.getvalue()).article is None


@pytest.mark.skipif(not WORD, reason=f"SKIP: no Word files in {HOME / 'docx'}")
@pytest.mark.parametrize("file", WORD, ids=lambda f: f.stem)
def test_word_files_of_others(file: Path) -> None:
    found = bring_in(file)
    assert found.article
    assert "CONVERT-DOCX-LOST" not in codes(found)
    expected = {
        "footnotes": ["Ouch.", "A tachyon walks into a bar.", "Fin."], "simple-list": ["Apple", "Banana"],
        "tables": ["Above", "Top left", "Bottom right", "Below"], "text-box": ["Datum plane"],
    }  # fmt: skip
    text = strings(found.article.body) + strings(found.article.footnotes)
    assert [words for words in expected.get(file.stem, []) if words not in text] == []


def test_lists_stay_lists() -> None:
    path = HOME / "docx" / "simple-list.docx"
    if not path.is_file():
        pytest.skip(f"SKIP: no {path}")
    article = bring_in(path).article
    assert article and isinstance(article.body[0], ListBlock)


# ---------------------------------------------------------------- Markdown as converters leave it

PAPER = """# 类癌的临床特点

王伟，某医院

【摘要】目的 探讨特点。方法 回顾分析57例。结果 差异有统计学意义。结论 应早诊断。

关键词：肺；类癌，典型 【中图分类号】R734

Abstract: Objective To study it. Methods We looked back on all of them. Results It differed.

Key words: lung; carcinoid

# 1资料与方法

1.1一般资料

共57例[1]。

# 1.2 统计

用检验。

# 2 结果

无。

# 参考文献：

[1]王伟,李娜,等.类癌的诊治[J].某杂志,2018,3(2):12-5.
[2] 甲某. 不成格式的一条
"""


def test_the_parts_of_a_converted_paper_are_found(bring: Any) -> None:
    found = bring(PAPER)
    article = found.article
    front = article.front
    assert [(part.label, plain(part.content)) for part in front.abstract] == [
        ("目的", "探讨特点。"), ("方法", "回顾分析57例。"), ("结果", "差异有统计学意义。"), ("结论", "应早诊断。"),
    ]  # fmt: skip
    assert [part.label for part in front.abstract_en] == ["Objective", "Methods", "Results"]
    assert front.kwds == ("肺", "类癌", "典型")
    assert front.kwds_en == ("lung", "carcinoid")
    first, second = [block for block in article.body if isinstance(block, Section)]
    assert plain(first.title) == "1资料与方法"
    assert [plain(block.title) for block in first.content if isinstance(block, Section)] == ["1.1一般资料", "1.2 统计"]
    assert plain(second.title) == "2 结果"
    assert [dict(ref.csl) for ref in article.refs] == [
        {
            "type": "article-journal", "author": [{"family": "王", "given": "伟"}, {"family": "李", "given": "娜"}, {"literal": "等"}],
            "title": "类癌的诊治", "container-title": "某杂志", "volume": "3", "issue": "2", "page": "12-5",
            "issued": {"date-parts": [[2018]]},
        },
        {"type": "document", "title": "甲某. 不成格式的一条"},
    ]  # fmt: skip
    assert {"CONVERT-ABSTRACT", "CONVERT-KEYWORDS", "CONVERT-REFERENCES", "CONVERT-REFERENCE-WORDS"} <= codes(found)
    assert "SOURCE-CITATION-NO-LIST" not in codes(found)
    assert "【中图分类号】R734" in strings(article.body)


@pytest.mark.parametrize(
    "text",
    [
        "1.5 mg/d 口服",
        "2018年起",
        "1 一个很长很长的句子，它显然是正文而不是标题，因为它有句号。",
        "3 例",
    ],
)
def test_a_number_alone_makes_no_heading(bring: Any, text: str) -> None:
    found = bring(f"# 题\n\n{text}\n")
    assert [type(block) for block in found.article.body] == [Paragraph]


def test_numbered_lines_side_by_side_are_no_headings(bring: Any) -> None:
    found = bring("# 题\n\n1 对象甲\n\n2 对象乙\n\n文。\n")
    assert isinstance(found.article.body[0], Paragraph)
    assert found.article.body[0].content == (Text("1 对象甲"),)


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("范某红.助产服务的应用[J].某妇幼保健,2015,30(31):5308-9.", True),
        ("彭某艺，刘某琴.临床护理规范[M].2版.广东:某科技出版社,2013:228-33.", True),
        ("Thoeni A,Zech N,et al.Giving birth in water[J].Some J,2007,47(2): 76-80.", True),
        ("Smith J.A. Title of it[J]. J, 2007, 4: 1.", False),
        ("某某. 影响[D]. 苏州：某大学, 2010.", False),
        ("金某,侯某.分析[JJ.某杂志,2010,1(2):3.", False),
        ("", False),
    ],
)
def test_a_printed_reference_is_taken_apart_only_when_all_of_it_is_understood(text: str, understood: bool) -> None:
    assert (parse(text) is not None) == understood


@pytest.mark.skipif(not MARKDOWN, reason=f"SKIP: no papers in {HOME / 'markdown'}")
@pytest.mark.parametrize("file", MARKDOWN, ids=lambda f: f.stem)
def test_recognising_loses_no_letter(file: Path) -> None:
    from kanyin.readers import read

    before, _ = read(file)
    after = bring_in(file).article
    assert before and after

    def letters(article: Any) -> Counter[str]:
        refs = "".join(f"{n}{''.join(_values(ref.csl))}JM" for n, ref in enumerate(article.refs, 1))
        text = strings(article.front) + strings(article.body) + strings(article.footnotes) + refs
        return Counter(char for char in text if char.isalnum())

    set_anew = Counter("摘要关键词参考文献") + Counter("AbstractKeywordsKeyword") + Counter("DOI" * len(after.refs))
    missing = letters(before) - letters(after) - set_anew
    assert not missing, missing


def _values(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in _values(item)]
    if isinstance(value, list):
        return [text for item in value for text in _values(item)]
    return [str(value)]
