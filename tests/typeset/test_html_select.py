# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""An excerpt holds what was chosen, what that needs, and not a sentence more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typeset.html_helpers import journal, permit, same_as_golden, sample, text_of

from kanyin.findings import UsageError
from kanyin.typeset.html import typeset
from kanyin.typeset.select import parts, select

ARTICLE = sample("research")
PARTS = parts(ARTICLE)


def excerpt(*chosen: str) -> str:
    html, findings = typeset(ARTICLE, permit(parts=chosen), journal())
    assert findings == []
    return html


def test_the_parts_of_an_article_are_its_abstract_sections_tables_figures_and_formulas() -> None:
    assert PARTS[0] == "abstract"
    assert {"methods", "s1-1", "eq1", "tab1", "tab2", "tab3", "fig1", "discussion"} <= set(PARTS)
    assert len(PARTS) == len(set(PARTS))


def test_an_excerpt_gives_the_golden_text() -> None:
    same_as_golden(excerpt("s1-1", "tab3", "fig1"), "excerpt")


def test_an_excerpt_calls_itself_one() -> None:
    html = excerpt("fig1")
    assert "<title>药师电话随访联合居家血压监测对社区高血压控制的影响：整群随机对照试验（示例）（节选）</title>" in html
    assert '<p class="subtitle">整群随机对照试验（示例）（节选）</p>' in html


def test_an_excerpt_is_cited_as_the_work_it_comes_from() -> None:
    cited = text_of(excerpt("fig1")).split("引用本文")[1].splitlines()[0]
    assert "整群随机对照试验（示例）[J/OL]" in cited and "节选" not in cited


def test_an_excerpt_of_research_keeps_the_look_of_research() -> None:
    assert 'class="imprint"' in excerpt("fig1") and "byline" not in excerpt("fig1")


@pytest.mark.parametrize(
    ("chosen", "there", "gone"),
    [
        (("abstract",), ["448例完成随访", "Key words"], ["共筛查", "参考文献", "利益冲突", "本研究发现"]),
        (("tab3",), ["踝部水肿"], ["448例", "共筛查", "诊室舒张压（mmHg）", "参考文献"]),
        (("s1-1",), ["一、研究对象", "温如玉", "SAMPLE-2400011"], ["二、样本量估算", "对象与方法", "方远山"]),
        (("methods",), ["一、研究对象", "五、统计学处理"], ["共筛查", "448例完成随访", "本研究发现"]),
        (("s1-1", "methods"), ["一、研究对象", "五、统计学处理"], ["共筛查"]),
    ],
)
def test_only_what_was_chosen_is_printed(chosen: tuple[str, ...], there: list[str], gone: list[str]) -> None:
    text = text_of(excerpt(*chosen))
    assert [t for t in there if t not in text] == []
    assert [t for t in gone if t in text] == []


def test_references_are_those_that_the_excerpt_cites_and_count_from_one() -> None:
    html = excerpt("s1-1")
    assert html.count('<li id="ref-') == 2  # guide2024 and consort2018, the 4th and 11th of the whole
    assert '<span class="number">[1]</span>示例高血压防治协作组' in html
    assert '<span class="number">[2]</span>温如玉' in html


def test_a_part_is_printed_once_even_if_chosen_inside_another() -> None:
    assert excerpt("results").count('id="tab1"') == excerpt("results", "tab1").count('id="tab1"') == 1


@pytest.mark.parametrize("chosen", [("s9",), ("abstract", "nothing"), ("",)])
def test_an_unknown_part_stops_the_work_and_the_known_ones_are_named(chosen: tuple[str, ...]) -> None:
    with pytest.raises(UsageError) as stopped:
        select(ARTICLE, chosen)
    (found,) = stopped.value.findings
    assert found.code == "TYPESET-PART-UNKNOWN" and "tab1" in found.hint("en")


def test_choosing_nothing_is_not_choosing_everything() -> None:
    with pytest.raises(UsageError):
        select(ARTICLE, ())


@given(st.sets(st.sampled_from(PARTS), min_size=1))
def test_choosing_again_changes_nothing_but_the_mark(chosen: set[str]) -> None:
    once = select(ARTICLE, sorted(chosen))
    again = select(once, [part for part in parts(once) if part in chosen])
    assert (again.body, again.back, again.refs, again.footnotes) == (once.body, once.back, once.refs, once.footnotes)


@given(st.sets(st.sampled_from(PARTS), min_size=1), st.sets(st.sampled_from(PARTS), min_size=1))
def test_more_parts_never_give_less(some: set[str], more: set[str]) -> None:
    small, large = select(ARTICLE, sorted(some)), select(ARTICLE, sorted(some | more))
    assert {r.id for r in small.refs} <= {r.id for r in large.refs}
    assert set(parts(small)) <= set(parts(large))
