# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The whole HTML document: golden text of the samples, and what PDF/UA, the stamp and a screen reader rely on."""

from __future__ import annotations

import dataclasses
import itertools
import re

import pytest
from typeset.html_helpers import SAMPLES, journal, permit, same_as_golden, sample, text_of

from kanyin.findings import KanyinError, Where
from kanyin.model import Article, Bilingual, Block, Cell, DisplayFormula, Figure, Paragraph, Section, TableWrap, Text
from kanyin.typeset.figures import check_figures
from kanyin.typeset.html import typeset
from kanyin.typeset.inlines import Inliner
from kanyin.typeset.tables import table


def html_of(article: Article, **more: object) -> str:
    html, findings = typeset(article, permit(), journal(), **more)  # type: ignore[arg-type]
    assert findings == []
    return html


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_samples_give_the_golden_text(name: str) -> None:
    same_as_golden(html_of(sample(name)), name)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_same_article_same_bytes(name: str) -> None:
    assert html_of(sample(name)) == html_of(sample(name))


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_document_says_its_language_and_title(name: str) -> None:
    article = sample(name)
    html = html_of(article)
    assert '<html lang="zh-Hans">' in html
    title = re.findall(r"<title>(.*)</title>", html)
    assert len(title) == 1 and title[0].startswith(article.front.title)
    for person in article.front.contribs:
        assert f'<meta name="author" content="{person.name}">' in html


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_headings_begin_with_the_only_h1_and_skip_no_level(name: str) -> None:
    levels = [int(n) for n in re.findall(r"<h(\d)\b", html_of(sample(name)))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_english_is_marked_as_english(name: str) -> None:
    """No run of English prose stands outside an element that says so."""
    html = re.sub(r"(?s)<head>.*?</head>", "", html_of(sample(name)))
    for tag in ("p", "div", "span", "li"):
        html = re.sub(rf'(?s)<{tag}\b[^>]*lang="en"[^>]*>.*?</{tag}>', "", html)
    assert not re.findall(r"(?:[A-Za-z]{3,} ){4,}", text_of(html))


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_links_inside_the_page_arrive_somewhere(name: str) -> None:
    html = html_of(sample(name), prefix="b-")
    targets = set(re.findall(r'href="#([^"]*)"', html))
    assert targets <= set(re.findall(r'\bid="([^"]*)"', html))
    assert all(target.startswith("b-") for target in targets)


def test_every_paragraph_of_the_source_is_printed_once_and_in_order() -> None:
    article = sample("news")
    html = text_of(html_of(article))
    at = 0
    for paragraph in _paragraphs(article.body):
        value = "".join(t.value for t in paragraph.content if isinstance(t, Text))
        found = html.find(value, at)
        assert found >= 0, value
        at = found + len(value)


def test_what_the_permit_says_is_left_to_the_stamp() -> None:
    html = html_of(sample("research"))
    assert "only-the-stamp-prints" not in html and "版权所有" not in html and "某学会" not in html


def test_a_table_says_which_cells_are_heads_of_what() -> None:
    html = html_of(sample("research"))
    table = re.search(r'(?s)<div class="table width-page" id="tab2"[^>]*>.*?</div>', html)
    assert table
    assert table[0].count('scope="colgroup"') == 2 and table[0].count('rowspan="2"') == 4
    assert len(re.findall(r'<th\b[^>]*scope="col"', table[0])) == 10
    assert len(re.findall(r'<td class="stub', table[0])) == 4
    assert table[0].index("<caption>") < table[0].index("<thead>") < table[0].index("<tbody>")


def test_columns_of_text_are_flush_left_and_sub_items_indented() -> None:
    long = Cell((Text("每周至少测压3天，早晚各2次"),))
    rows = (
        (Cell((Text("　男"),)), long, Cell((Text("6"),))),
        (Cell((Text("　　其中"),)), Cell(()), Cell((Text("2"),))),
    )
    html = table(TableWrap("t", "", Bilingual(), (), rows), "", Inliner({}))
    assert re.findall(r'<td(?: class="([^"]*)")?', html) == [
        *("stub indent-1", "to-left", ""),
        *("stub indent-2", "to-left", ""),
    ]


@pytest.mark.parametrize(("folio", "side"), [(1, "right"), (2, "left"), (101, "right"), (106, "left")])
def test_the_first_folio_decides_the_side_of_the_first_page(folio: int, side: str) -> None:
    html = html_of(sample("news"), folio=folio)
    assert f"counter-reset: page {folio} }}" in html and f'break-before: {side}; --folio: "" }}' in html


HOSTILE = "</title></p><script>x</script>{{ 7*7 }}{% raw %}&\"'"


def test_nothing_in_an_article_becomes_markup_or_template() -> None:
    """Every text field of the front is hostile at once."""
    article = sample("research")
    front = article.front
    text = {
        f.name: HOSTILE
        for f in dataclasses.fields(front)
        if isinstance(getattr(front, f.name), str) and f.name not in ("reference_style", "layout")
    }
    people = tuple(dataclasses.replace(p, name=HOSTILE, name_en=HOSTILE, email=HOSTILE) for p in front.contribs)
    affs = tuple(dataclasses.replace(a, name=HOSTILE, name_en=HOSTILE) for a in front.affs)
    journal_ = dataclasses.replace(front.journal, name=HOSTILE, volume=HOSTILE)
    lists = {name: (HOSTILE,) for name in ("kwds", "kwds_en", "funding", "funding_en", "author_notes")}
    front = dataclasses.replace(front, contribs=people, affs=affs, journal=journal_, **text, **lists)
    body = (Section(HOSTILE, (Text(HOSTILE),), (Paragraph((Text(HOSTILE),)),)),)
    html, _ = typeset(dataclasses.replace(article, front=front, body=body), permit(), journal())
    assert "<script" not in html and "49" not in re.sub(r"(?s)<head>.*?</head>|ref-\S*|<ol.*", "", html)
    assert html.count("</title>") == 1
    assert not re.search(r'="[^"<>]*[<>]', html)


@pytest.mark.parametrize(
    "file", ["/etc/passwd", "../secret.png", "a/../../b.png", "file:///x.png", "https://h/x.png", "a\\b"]
)
def test_a_figure_from_outside_the_article_is_refused(file: str) -> None:
    article = dataclasses.replace(
        sample("news"), body=(Figure("f", "图1", Bilingual((Text("图题"),)), file, "一张图"),)
    )
    html, findings = typeset(article, permit(), journal())
    assert [f.code for f in findings] == ["TYPESET-FIGURE-PLACE"]
    assert "<img" not in html


def test_a_figure_without_any_text_is_told_at_its_place_before_anything_is_set() -> None:
    silent = Figure("f", "", Bilingual(), "a.png", where=Where("a.md", 7, 1))
    spoken = Figure("g", "", Bilingual((Text("图题"),)), "b.png")
    article = dataclasses.replace(sample("news"), body=(Section("s", (Text("节"),), (silent, spoken)),))
    assert [(f.code, f.where.line) for f in check_figures(article)] == [("TYPESET-FIGURE-ALT", 7)]
    _, findings = typeset(article, permit(), journal())
    assert {f.code for f in findings} == {"TYPESET-IMAGE-ALT"}


def test_nothing_is_set_without_a_permit() -> None:
    with pytest.raises(TypeError):
        typeset(sample("news"), None, journal())  # type: ignore[arg-type]


def test_a_permit_for_another_layout_is_refused() -> None:
    with pytest.raises(KanyinError) as stopped:
        typeset(sample("news"), permit(layout="another"), journal())
    assert stopped.value.exit_code == 3
    assert [f.code for f in stopped.value.findings] == ["TYPESET-PERMIT-LAYOUT"]


@pytest.mark.parametrize("options", [{"accent": "pink"}, {"colour": "black"}])
def test_an_option_that_the_layout_does_not_have_is_refused(options: dict[str, str]) -> None:
    with pytest.raises(KanyinError) as stopped:
        typeset(sample("news"), permit(), journal(), options=options)
    assert [f.code for f in stopped.value.findings] == ["TYPESET-OPTION"]


def test_an_option_reaches_the_style_sheets() -> None:
    assert '<body class="accent-black kind-auto punctuation-kaiming">' in html_of(
        sample("news"), options={"accent": "black"}
    )


@pytest.mark.parametrize(("doi", "imprint"), [("", False), ("10.5555/kanyin.review", True)])
def test_an_article_with_a_doi_has_an_imprint_without_an_abstract_too(doi: str, imprint: bool) -> None:
    article = sample("news")
    html = html_of(dataclasses.replace(article, front=dataclasses.replace(article.front, doi=doi)))
    assert ('class="imprint"' in html) is imprint
    assert ("10.5555/kanyin.review" in text_of(html)) is imprint


def _paragraphs(content: tuple[Block, ...]) -> list[Paragraph]:
    found = []
    for block in content:
        if isinstance(block, Paragraph):
            found.append(block)
        elif isinstance(block, Section):
            found += _paragraphs(block.content)
    return found


def test_what_explains_a_formula_is_no_new_paragraph() -> None:
    def after(first: Block, text: str) -> str:
        body = (first, Paragraph((Text(text),)))
        return html_of(dataclasses.replace(sample("news"), body=body))

    formula = DisplayFormula("eq1", r"E=\frac{a}{b}")
    assert "continued" not in after(Paragraph((Text("前文。"),)), "式中a为甲。")
    assert '<p class="continued">式中a为甲。</p>' in after(formula, "式中a为甲。")
    assert "<p>由此可见。</p>" in after(formula, "由此可见。")
