# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""JATS as publishers write it: what becomes of each construct, and what cannot do harm."""
# XML stands on one line where a line end would be content.
# ruff: noqa: E501

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from kanyin.findings import Finding
from kanyin.model import (
    AbstractPart,
    Article,
    DisplayFormula,
    Figure,
    InlineFormula,
    ListBlock,
    Paragraph,
    Quote,
    Section,
    Styled,
    TableWrap,
    Text,
    Xref,
)
from kanyin.readers.inlines import plain
from kanyin.readers.jats import read

FRONT = "<front><article-meta><title-group><article-title>题名</article-title></title-group>{}</article-meta></front>"


@pytest.fixture
def jats(tmp_path: Path) -> Any:
    """`jats(body, front=…, back=…)` → (article, findings); `whole` is a file of its own."""

    def call(
        body: str = "", *, front: str = "", back: str = "", whole: str | bytes = "", lang: str = "zh"
    ) -> tuple[Article | None, list[Finding]]:
        path = tmp_path / "article.xml"
        text = whole or (
            f'<article xml:lang="{lang}" xmlns:xlink="http://www.w3.org/1999/xlink">{FRONT.format(front)}'
            f"<body>{body}</body><back>{back}</back></article>"
        )
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read(path)

    return call


def codes(findings: list[Finding]) -> list[str]:
    return [f.code for f in findings]


# ---------------------------------------------------------------- what cannot do harm

BOMB = (
    '<!DOCTYPE article [<!ENTITY a "哈哈">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(10))
    + "]><article><front/><body><p>&k;</p></body></article>"
)


@pytest.mark.parametrize(
    ("whole", "code"),
    [
        (BOMB, "XML-ENTITY-LARGE"),
        (
            f'<!DOCTYPE a [<!ENTITY a "{"x" * 5000}">]><article><body><p>{"&a;" * 99}</p></body></article>',
            "XML-ENTITY-LARGE",
        ),
        ("<article>" + "<sec>" * 5000 + "</sec>" * 5000 + "</article>", "XML-DEPTH"),
        ("<article><front></article>", "XML-FORM"),
        ("", "XML-FORM"),
        ("肺癌", "XML-FORM"),
        ("<html><body/></html>", "JATS-ROOT"),
        (b'<?xml version="1.0" encoding="UTF-8"?><article>\xff\xfe\xff</article>', "XML-ENCODING"),
        (b'<?xml version="1.0" encoding="EBCDIC-XYZ"?><article/>', "XML-ENCODING"),
    ],
    ids=["laughs", "quadratic", "deep", "unclosed", "empty", "no-xml", "no-jats", "no-utf8", "no-encoding"],
)
def test_what_must_not_be_read_is_refused_at_once(jats: Any, whole: str | bytes, code: str) -> None:
    begin = time.process_time()
    article, findings = jats(whole=whole or b" ")
    assert article is None
    assert code in codes(findings)
    assert time.process_time() - begin < 2


def test_no_file_is_opened_that_a_file_names(jats: Any, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", "utf-8")
    article, findings = jats(
        whole=f'<!DOCTYPE article SYSTEM "{tmp_path / "none.dtd"}" [<!ENTITY x SYSTEM "{secret.as_uri()}">'
        f'<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;]>'
        f"<article>{FRONT.format('')}<body><p>前&x;后</p></body></article>"
    )
    assert article
    assert plain(article.body[0].content) == "前&x;后"
    assert "XML-ENTITY-UNKNOWN" in codes(findings)


@pytest.mark.parametrize(
    "head", ["", '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) v1.1//EN" "JATS-archivearticle1.dtd">']
)
def test_named_characters_need_no_dtd(jats: Any, head: str) -> None:
    article, findings = jats(
        whole=f"{head}<article>{FRONT.format('')}<body><p>&alpha;&nbsp;&le;&amp;&hellip;</p></body></article>"
    )
    assert article
    assert plain(article.body[0].content) == "α\u00a0≤&…"
    assert "XML-ENTITY-UNKNOWN" not in codes(findings)


@pytest.mark.parametrize("encoding", ["GB2312", "GB18030", "Big5", "UTF-16", "utf-8"])
def test_the_encoding_is_the_declared_one(jats: Any, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n<article>{FRONT.format("")}<body><p>肺部</p></body></article>'
    article, _ = jats(whole=text.replace("题名", "名").encode(encoding))
    assert article
    assert plain(article.body[0].content) == "肺部"


def test_a_finding_has_line_and_column(jats: Any) -> None:
    article, findings = jats(
        whole=f"<article>{FRONT.format('')}<body>\n<p>肺部<novelty>新</novelty></p></body></article>"
    )
    assert article
    (found,) = [f for f in findings if f.code == "JATS-UNKNOWN"]
    assert (found.where.line, found.where.column) == (2, 6)
    assert plain(article.body[0].content) == "肺部新"


# ---------------------------------------------------------------- inline


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "甲<sup>[<xref ref-type='bibr' rid='r1'>1</xref>,<xref ref-type='bibr' rid='r3'>3</xref>]</sup>乙",
            ("r1", "r3"),
        ),
        ("甲[<xref ref-type='bibr' rid='r1'>1</xref>–<xref ref-type='bibr' rid='r3'>3</xref>]乙", ("r1", "r2", "r3")),
        ("甲<xref ref-type='bibr' rid='r1 r2'><sup>1,2</sup></xref>乙", ("r1", "r2")),
        ("甲<sup><xref ref-type='bibr' rid='r2'>2</xref></sup>乙", ("r2",)),
    ],
)
def test_numbers_in_brackets_become_one_citation(jats: Any, written: str, expected: tuple[str, ...]) -> None:
    refs = "".join(f"<ref id='r{n}'><mixed-citation>甲{n}</mixed-citation></ref>" for n in (1, 2, 3))
    article, _ = jats(f"<p>{written}</p>", back=f"<ref-list>{refs}</ref-list>")
    content = article.body[0].content
    assert [i.rids for i in content if isinstance(i, Xref)] == [expected]
    assert plain(content) == "甲乙"


def test_a_citation_by_author_and_year_keeps_its_words(jats: Any) -> None:
    refs = "<ref-list><ref id='b1'><mixed-citation>王某. 2019.</mixed-citation></ref></ref-list>"
    article, _ = jats("<p>（<xref ref-type='bibr' rid='b1'>王某, 2019</xref>）</p>", back=refs)
    assert plain(article.body[0].content) == "（王某, 2019）"
    assert any(isinstance(i, Xref) and i.rids == ("b1",) for i in article.body[0].content)


def test_a_reference_that_leads_nowhere_keeps_its_words(jats: Any) -> None:
    article, findings = jats("<p>见<xref ref-type='fig' rid='f9'>图9</xref>。</p>")
    assert plain(article.body[0].content) == "见图9。"
    assert "JATS-XREF" in codes(findings)


def test_lines_of_the_file_are_closed_up_between_han(jats: Any) -> None:
    article, _ = jats("<p>\n      肺部\n      结节 a\n      b\n   </p>")
    assert article.body[0].content == (Text("肺部结节 a b"),)


MML = 'xmlns:m="http://www.w3.org/1998/Math/MathML"'


@pytest.mark.parametrize(
    ("math", "tex"),
    [
        ("<m:msup><m:mi>χ</m:mi><m:mn>2</m:mn></m:msup>", "χ^{2}"),
        ("<m:mfrac><m:mi>a</m:mi><m:mrow><m:mi>b</m:mi><m:mo>+</m:mo><m:mn>1</m:mn></m:mrow></m:mfrac>", r"\frac{a}{b+1}"),
        ("<m:mover><m:mi>x</m:mi><m:mo>¯</m:mo></m:mover>", r"\overline{x}"),
        ("<m:munderover><m:mo>∑</m:mo><m:mn>1</m:mn><m:mi>n</m:mi></m:munderover>", "∑_{1}^{n}"),
        ("<m:msqrt><m:mi>x</m:mi></m:msqrt>", r"\sqrt{x}"),
        ("<m:mroot><m:mi>x</m:mi><m:mn>3</m:mn></m:mroot>", r"\sqrt[3]{x}"),
        ("<m:mfenced><m:mi>a</m:mi><m:mi>b</m:mi></m:mfenced>", "(a,b)"),
        ("<m:mtable><m:mtr><m:mtd><m:mi>a</m:mi></m:mtd><m:mtd><m:mn>1</m:mn></m:mtd></m:mtr></m:mtable>", r"\begin{matrix}a & 1\end{matrix}"),
        ("<m:mi>max</m:mi><m:mo>{</m:mo><m:mtext>若 5%</m:mtext>", r"\max \{\text{若 5\%}"),
        ("<m:semantics><m:mi>q</m:mi><m:annotation encoding='application/x-tex'>\\alpha</m:annotation></m:semantics>", r"\alpha"),
        ("<m:mi mathvariant='bold'>x</m:mi><m:mo>&#x2062;</m:mo><m:mi>SD</m:mi>", r"\mathbf{x}\mathrm{SD}"),
        ("<m:mmultiscripts><m:mi>C</m:mi><m:mn>1</m:mn><m:none/><m:mprescripts/><m:none/><m:mn>14</m:mn></m:mmultiscripts>", "{}^{14}C_{1}"),
    ],
)  # fmt: skip
def test_mathml_becomes_latex(jats: Any, math: str, tex: str) -> None:
    article, _ = jats(f"<p><inline-formula><m:math {MML}>{math}</m:math></inline-formula></p>")
    (formula,) = article.body[0].content
    assert isinstance(formula, InlineFormula)
    assert formula.tex == tex
    from kanyin.typeset.formulas import check

    assert not check(article), "and it can be set"


def test_latex_is_taken_out_of_its_document(jats: Any) -> None:
    whole = r"\documentclass[12pt]{minimal}\begin{document}$$\frac{a}{b}$$\end{document}"
    article, _ = jats(
        f"<disp-formula id='e1'><label>(1)</label><tex-math><![CDATA[{whole}]]></tex-math></disp-formula>"
    )
    (formula,) = article.body
    assert isinstance(formula, DisplayFormula)
    assert (formula.id, formula.label, formula.tex) == ("e1", "(1)", r"\frac{a}{b}")


# ---------------------------------------------------------------- blocks


def test_a_block_in_a_paragraph_parts_it(jats: Any) -> None:
    article, _ = jats("<p>前<list list-type='order'><list-item><p>一</p></list-item></list>后</p>")
    assert [type(b) for b in article.body] == [Paragraph, ListBlock, Paragraph]


def test_captions_in_both_languages(jats: Any) -> None:
    article, _ = jats(
        "<fig id='f1'><label>图1</label><caption xml:lang='en'><p>Nodule</p></caption><caption xml:lang='zh'><p>结节</p>"
        "</caption><graphic xlink:href='a.png'/><attrib>箭头所示</attrib></fig>"
    )
    (figure,) = article.body
    assert isinstance(figure, Figure)
    assert (plain(figure.caption.zh), plain(figure.caption.en)) == ("结节", "Nodule")
    assert (figure.label, figure.file, plain(figure.notes)) == ("图1", "a.png", "箭头所示")


def test_the_picture_is_found_under_its_suffix(jats: Any, tmp_path: Path) -> None:
    (tmp_path / "g001.png").write_bytes(b"")
    article, findings = jats(
        "<fig id='f1'><graphic xlink:href='g001'/></fig><fig id='f2'><graphic xlink:href='g001.tif'/></fig>"
    )
    assert [block.file for block in article.body] == ["g001.png", "g001.png"]
    assert "SOURCE-FIGURE-MISSING" not in codes(findings)


def test_a_table_with_spans_two_heads_and_notes(jats: Any) -> None:
    article, findings = jats(
        "<table-wrap id='t1'><label>表1</label><caption><title>资料</title></caption><table><thead><tr><td rowspan='2'>项</td>"
        "<td colspan='2'>例</td></tr><tr><td>男</td><td>女</td></tr></thead><tbody><tr><td>甲<table><tbody><tr><td>内</td><td>层"
        "</td></tr></tbody></table></td><td>1</td><td style='text-align: right'>2</td></tr></tbody></table>"
        "<table-wrap-foot><fn><label>a</label><p>注文</p></fn></table-wrap-foot></table-wrap>"
    )
    (table,) = article.body
    assert isinstance(table, TableWrap)
    assert [[(plain(c.content), c.rowspan, c.colspan, c.header) for c in row] for row in table.head] == [
        [("项", 2, 1, True), ("例", 1, 2, True)],
        [("男", 1, 1, True), ("女", 1, 1, True)],
    ]
    assert [plain(note) for note in table.notes] == ["a 注文"]
    assert table.body[0][2].align == "right"
    assert {"甲", "内", "层"} <= set(plain(table.body[0][0].content))
    assert "JATS-CELL" in codes(findings)


def test_what_has_no_block_of_its_own_becomes_the_nearest(jats: Any) -> None:
    article, findings = jats(
        "<boxed-text><caption><title>要点</title></caption><p>一句</p></boxed-text>"
        "<def-list><def-item><term>CT</term><def><p>计算机断层扫描</p></def></def-item></def-list>"
        "<disp-quote><p>引文</p></disp-quote>"
        "<supplementary-material xlink:href='s1.xlsx'><label>附件1</label></supplementary-material>"
    )
    quote, terms, cited, *_ = article.body
    assert isinstance(quote, Quote) and [plain(p.content) for p in quote.content] == ["要点", "一句"]
    assert isinstance(terms, ListBlock) and plain(terms.items[0][0].content) == "CT：计算机断层扫描"
    assert isinstance(cited, Quote)
    assert [plain(block.content) for block in article.body[3:]] == ["附件1", "s1.xlsx"]
    assert {"JATS-NEAREST", "JATS-SUPPLEMENT"} <= set(codes(findings))


def test_figures_at_the_end_of_the_file_go_where_they_are_named_first(jats: Any) -> None:
    article, _ = jats(
        whole=f"<article>{FRONT.format('')}<body><sec><title>一</title><p>见<xref ref-type='fig' rid='f1'>图1</xref></p><p>乙</p>"
        "</sec></body><floats-group><fig id='f1'><graphic href='a.png'/></fig></floats-group></article>"
    )
    (section,) = article.body
    assert [type(block) for block in section.content] == [Paragraph, Figure, Paragraph]


def test_statements_appendices_and_sub_articles_stand_at_the_end(jats: Any) -> None:
    article, findings = jats(
        whole=f"<article>{FRONT.format('')}<body><p>文<xref ref-type='fn' rid='n1'>a</xref></p></body><back>"
        "<ack><title>致谢</title><p>谢</p></ack><fn-group><title>声明</title><fn id='c1'><p>无冲突</p></fn>"
        "<fn id='n1'><label>a</label><p>脚注</p></fn></fn-group><app-group><app><title>附录</title><p>附</p></app></app-group></back>"
        "<response response-type='reply'><front-stub><title-group><article-title>答复</article-title></title-group></front-stub>"
        "<body><p>答</p></body></response></article>"
    )
    assert [(plain(s.title), plain(s.content[0].content)) for s in article.back] == [
        ("致谢", "谢"), ("声明", "无冲突"), ("附录", "附"), ("答复", "答"),
    ]  # fmt: skip
    assert [plain(note.content) for note in article.footnotes] == ["脚注"]
    assert "JATS-SUBARTICLE" in codes(findings)


def test_a_numbered_section_keeps_its_number(jats: Any) -> None:
    article, _ = jats("<sec id='x'><label>1</label><title>方法</title><sec><title>对象</title><p>甲</p></sec></sec>")
    (section,) = article.body
    assert (section.id, section.title) == ("x", (Text("1 方法"),))
    assert isinstance(section.content[0], Section) and section.content[0].id == "s1-1"


# ---------------------------------------------------------------- front


def test_names_of_both_kinds_and_the_places_they_belong_to(jats: Any) -> None:
    article, _ = jats(
        front="<contrib-group><contrib contrib-type='author' corresp='yes'><name-alternatives><name name-style='eastern'>"
        "<surname>王</surname><given-names>伟</given-names></name><name xml:lang='en'><surname>Wang</surname><given-names>Wei"
        "</given-names></name></name-alternatives><xref ref-type='aff' rid='a1'><sup>1</sup></xref><email>w@example.org</email>"
        "</contrib></contrib-group><aff id='a1'><label>1</label><institution>某医院</institution><country>中国</country></aff>"
    )
    (author,) = article.front.contribs
    assert (author.name, author.name_en, author.affs, author.corresp) == ("王伟", "Wei Wang", ("a1",), True)
    assert [aff.name for aff in article.front.affs] == ["某医院，中国"]


def test_the_cn_number_where_chinese_publishers_put_it(jats: Any) -> None:
    article, _ = jats(
        whole="<article xml:lang='zh'><front><journal-meta><issn>1000-0000</issn><cn>11-2144/R</cn></journal-meta><article-meta>"
        "<title-group><article-title>题</article-title></title-group></article-meta></front></article>"
    )
    assert (article.front.journal.cn, article.front.journal.issn) == ("11-2144/R", "1000-0000")


def test_a_structured_abstract_with_labels_in_bold(jats: Any) -> None:
    article, _ = jats(
        front="<abstract><title>摘要</title><p><bold>目的：</bold>探讨。</p><p><bold>方法</bold> 回顾。</p></abstract>"
    )
    assert article.front.abstract == (AbstractPart("目的", (Text("探讨。"),)), AbstractPart("方法", (Text("回顾。"),)))


def test_what_the_file_says_of_its_rights_is_declared(jats: Any) -> None:
    article, _ = jats(
        front="<permissions><copyright-statement>© 2020 某社</copyright-statement><copyright-year>2020</copyright-year><license "
        "xlink:href='https://creativecommons.org/licenses/by/4.0/'><license-p>可自由使用。</license-p></license></permissions>"
    )
    rights = article.front.permissions
    assert rights.year == "2020"
    assert rights.declared == "© 2020 某社\n可自由使用。\nhttps://creativecommons.org/licenses/by/4.0/"


def test_what_has_no_place_is_kept_under_its_name(jats: Any) -> None:
    article, findings = jats(
        front="<article-id pub-id-type='pmid'>123</article-id><counts><page-count count='3'/></counts><custom-meta-group>"
        "<custom-meta><meta-name>色</meta-name><meta-value>红</meta-value></custom-meta></custom-meta-group>"
    )
    assert [(o.name, o.text) for o in article.front.other] == [("article-id[pmid]", "123"), ("色", "红")]
    assert "JATS-OTHER" in codes(findings)


def test_raised_figures_of_a_title_keep_their_height(jats: Any) -> None:
    article, _ = jats(
        whole="<article><front><article-meta><title-group><article-title>CO<sub>2</sub> 与 10<sup>6</sup></article-title>"
        "</title-group></article-meta></front></article>"
    )
    assert article.front.title == "CO₂ 与 10⁶"


# ---------------------------------------------------------------- references

REFERENCES = [
    (
        "<element-citation publication-type='journal'><person-group person-group-type='author'><name><surname>Li</surname>"
        "<given-names>Q</given-names></name><etal/></person-group><article-title>On <italic>E. coli</italic></article-title>"
        "<source>BMJ</source><year>2019</year><month>Feb</month><volume>3</volume><fpage>12</fpage><lpage>15</lpage>"
        "<pub-id pub-id-type='doi'>10.1000/x</pub-id></element-citation>",
        {
            "type": "article-journal", "author": [{"family": "Li", "given": "Q"}, {"literal": "et al"}],
            "title": "On <i>E. coli</i>", "container-title": "BMJ", "issued": {"date-parts": [[2019, 2]]}, "volume": "3",
            "page": "12-15", "DOI": "10.1000/x",
        },
    ),
    (
        "<mixed-citation publication-type='book'><name><surname>王</surname><given-names>某</given-names></name>. <source>肺癌"
        "</source>. <publisher-loc>北京</publisher-loc>: <publisher-name>某社</publisher-name>, <year>2018</year>.</mixed-citation>",
        {
            "type": "book", "author": [{"family": "王", "given": "某"}], "title": "肺癌", "publisher-place": "北京",
            "publisher": "某社", "issued": {"date-parts": [[2018]]},
        },
    ),
    ("<mixed-citation>王某. 肺癌[M]. 北京, 2018.</mixed-citation>", {"type": "document", "title": "王某. 肺癌[M]. 北京, 2018."}),
    ("<element-citation publication-type='web'><source>某站</source><year>2019a</year><uri>https://example.org</uri></element-citation>",
     {"type": "webpage", "title": "某站", "issued": "2019a", "URL": "https://example.org"}),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), REFERENCES, ids=["journal", "book", "unmarked", "web"])
def test_a_reference(jats: Any, written: str, expected: dict[str, Any]) -> None:
    article, _ = jats(back=f"<ref-list><title>参考文献</title><ref id='r1'><label>1.</label>{written}</ref></ref-list>")
    (reference,) = article.refs
    assert dict(reference.csl) == expected


def test_emphasis_inside_a_style_stays(jats: Any) -> None:
    article, _ = jats("<p><bold>甲<italic>P</italic></bold></p>")
    assert article.body[0].content == (Styled("bold", (Text("甲"), Styled("italic", (Text("P"),)))),)


@pytest.mark.parametrize(
    "body",
    [
        "<p>" + "甲\n<bold>x</bold>" * 10000 + "</p>",
        "<p>甲</p>" * 20000,
        "<sec id='a'><title>x</title></sec>" * 5000,
        "<p>"
        + "<xref ref-type='bibr' rid='r'>1</xref>, " * 10000
        + "</p><ref id='r'><mixed-citation>a</mixed-citation></ref>",
    ],
    ids=["inlines", "paragraphs", "ids", "citations"],
)
def test_much_of_one_thing_takes_time_in_proportion(jats: Any, body: str) -> None:
    begin = time.process_time()
    article, _ = jats(body)
    assert article
    assert time.process_time() - begin < 5
