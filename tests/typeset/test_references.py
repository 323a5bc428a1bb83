# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Reference entries: every kind in every style, names, dates, and what happens when something is wrong."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanyin.findings import Where
from kanyin.model import Inlines, Link, Reference, Styled, Text
from kanyin.typeset.dates import read_day
from kanyin.typeset.names import is_pinyin, syllables
from kanyin.typeset.references import check_references, format_references
from kanyin.typeset.runs import plain
from kanyin.typeset.types import KINDS, STYLES

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "references.toml").read_text("utf-8"))["case"]
HERE = Where("article.md", 42, 3)


def entry(style: str = "gbt7714-2025", **item: Any) -> str:
    return plain(format_references([Reference("r1", item, HERE)], style)[0])


def codes(style: str = "gbt7714-2025", **item: Any) -> list[str]:
    return [f.code for f in check_references([Reference("r1", item, HERE)], style)]


JOURNAL: dict[str, Any] = {
    "type": "article-journal",
    "title": "题名",
    "author": [{"family": "王", "given": "明"}],
    "container-title": "试验杂志",
    "issued": "2024",
    "volume": "1",
    "page": "2",
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_golden(case: dict[str, Any], style: str) -> None:
    assert entry(style, **case["item"]) == case[style]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_complete_items_leave_no_finding(case: dict[str, Any], style: str) -> None:
    assert codes(style, **case["item"]) == []


def test_every_shape_of_entry_has_a_golden_case() -> None:
    assert {KINDS[case["item"]["type"]].shape for case in CASES} == {kind.shape for kind in KINDS.values()}


# ---------------------------------------------------------------- names

NAMES = [
    # family, given, 2025, 2015, medical
    ("王", "小明", "王小明", "王小明", "王小明"),
    ("昂温", "G S", "昂温 G S", "昂温 G S", "昂温 GS"),
    ("Einstein", "Albert", "Einstein A", "EINSTEIN A", "Einstein A"),
    ("Smith", "J. A.", "Smith J A", "SMITH J A", "Smith JA"),
    ("Smith", "JA", "Smith J A", "SMITH J A", "Smith JA"),
    ("Godard", "Jean-Luc", "Godard J-L", "GODARD J L", "Godard JL"),
    ("Williams-Ellis", "Amabel", "Williams-Ellis A", "WILLIAMS-ELLIS A", "Williams-Ellis A"),
    ("Li", "Jianning", "Li Jianning", "LI J N", "Li J"),
    ("Zhang", "Xiao-Li", "Zhang Xiao-Li", "ZHANG X L", "Zhang XL"),
    ("Ouyang", "Fang", "Ouyang Fang", "OUYANG F", "Ouyang F"),
    ("Wang", "Susan", "Wang S", "WANG S", "Wang S"),
    ("Кочетков", "Александр Яковлевич", "Кочетков А Я", "КОЧЕТКОВ А Я", "Кочетков АЯ"),
]


@pytest.mark.parametrize("name", NAMES, ids=lambda name: f"{name[0]} {name[1]}")
@pytest.mark.parametrize(("style", "column"), [("gbt7714-2025", 2), ("gbt7714-2015", 3), ("medical", 4)])
def test_names(name: tuple[str, ...], style: str, column: int) -> None:
    item = {**JOURNAL, "author": [{"family": name[0], "given": name[1]}]}
    assert entry(style, **item).split(". ")[0] == name[column]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("count", range(1, 8))
@pytest.mark.parametrize(("family", "etal"), [("王", "等"), ("Doe", "et al")])
def test_three_names_then_the_word_of_the_items_own_language(count: int, style: str, family: str, etal: str) -> None:
    title = "题名" if family == "王" else "A title"
    people = [
        {"family": family, "given": "甲乙丙丁戊己庚辛"[i] if family == "王" else "ABCDEFGH"[i]} for i in range(count)
    ]
    shown = entry(style, **{**JOURNAL, "title": title, "author": people}).split(title)[0]
    assert shown.casefold().count(family.casefold()) == min(count, 3)
    assert (etal in shown) == (count > 3)


def test_the_declared_language_goes_before_the_script() -> None:
    people = [{"family": f"Doe{c}", "given": c} for c in "ABCD"]
    assert "，等. " in entry(**{**JOURNAL, "title": "ECG", "language": "zh-CN", "author": people})
    assert "，et al. " in entry(**{**JOURNAL, "title": "心电图", "language": "en", "author": people})


@pytest.mark.parametrize(
    ("given", "shown"),
    [("Smith, John A", "Smith J A"), ("王小明", "王小明"), ("World Health Body", "World Health Body")],
)
def test_a_name_may_be_a_string(given: str, shown: str) -> None:
    assert entry(**{**JOURNAL, "author": [given]}).startswith(f"{shown}. ")


def test_pinyin_is_told_from_other_names() -> None:
    assert is_pinyin("Zhang", "Xiaoli") and is_pinyin("Zhuge", "Liang") and is_pinyin("Xu", "Xi'an")
    assert not is_pinyin("Smith", "Li") and not is_pinyin("Wang", "Susan") and not is_pinyin("Li", "X")
    assert not is_pinyin("Wang", "Alexander")
    assert syllables("Jianguo") == ("jian", "guo") and syllables("Brown") == ()


# ---------------------------------------------------------------- dates

DATES = [
    ("2024", "2024", "2024"),
    (2024, "2024", "2024"),
    ("2024-5-9", "2024", "2024-05-09"),
    ("2024年5月9日", "2024", "2024-05-09"),
    ("2024/05", "2024", "2024-05"),
    ({"date-parts": [["2024", "5", "9"]]}, "2024", "2024-05-09"),
    ({"date-parts": [[1957], [1990]]}, "1957-1990", "1957/1990"),
    ({"raw": "2012-05-03"}, "2012", "2012-05-03"),
    ("1957/1990", "1957-1990", "1957/1990"),
    ("[1936]", "[1936]", "[1936]"),
    ("2024-02-30", "2024-02-30", "2024-02-30"),
    ("印刷中", "印刷中", "印刷中"),
    (2**40, str(2**40), str(2**40)),
    ({"date-parts": [["spring"]]}, "[['spring']]", "[['spring']]"),
]


@pytest.mark.parametrize(("given", "year", "full"), DATES)
def test_dates(given: Any, year: str, full: str) -> None:
    assert (read_day(given).year, read_day(given).full) == (year, full)


def test_what_is_no_date_is_printed_and_reported() -> None:
    item = {**JOURNAL, "issued": "印刷中"}
    assert "试验杂志，印刷中，1：2." in entry(**item)
    assert codes(**item) == ["REF-DATE"]


# ---------------------------------------------------------------- addresses


def links(content: Inlines) -> dict[str, str]:
    return {plain(item.content): item.href for item in content if isinstance(item, Link)}


def test_doi_and_address_are_links() -> None:
    item = {**JOURNAL, "DOI": "doi:10.9999/a(b)<c>", "URL": "https://example.org/x"}
    shown = format_references([Reference("r1", item)], "gbt7714-2025")[0]
    assert links(shown) == {
        "https://example.org/x": "https://example.org/x",
        "10.9999/a(b)<c>": "https://doi.org/10.9999/a(b)%3Cc%3E",
    }


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "www.example.org", "https://a b", "http://[1"]
)
def test_a_doubtful_address_is_text_and_reported(url: str) -> None:
    item = {**JOURNAL, "URL": url}
    shown = format_references([Reference("r1", item)], "gbt7714-2025")[0]
    assert url in plain(shown) and not links(shown)
    assert codes(**item) == ["REF-URL"]


def test_a_malformed_doi_is_text_and_reported() -> None:
    item = {**JOURNAL, "DOI": "11.1/x"}
    assert "DOI:11.1/x." in entry(**item)
    assert codes(**item) == ["REF-DOI"]


def test_markup_of_titles_becomes_inlines() -> None:
    item = {**JOURNAL, "title": "Role of <i>E. coli</i> in CO<sub>2</sub> at <b or c>"}
    shown = format_references([Reference("r1", item)], "gbt7714-2025")[0]
    assert Styled("italic", (Text("E. coli"),)) in shown and Styled("sub", (Text("2"),)) in shown
    assert "<b or c>[J]" in plain(shown)


# ---------------------------------------------------------------- what is wrong is said


@pytest.mark.parametrize("field", ["title", "container-title", "issued"])
def test_a_missing_field_is_reported_at_its_place(field: str) -> None:
    item = {k: v for k, v in JOURNAL.items() if k != field}
    (finding,) = check_references([Reference("r1", item, HERE)], "gbt7714-2025")
    assert (finding.code, finding.where, dict(finding.args)["field"]) == ("REF-MISSING", HERE, field)
    assert "王明. " in entry(**item)


def test_an_unknown_type_is_set_and_reported() -> None:
    assert "[Z]" in entry(type="poem", title="静夜思") and "REF-TYPE" in codes(type="poem", title="静夜思")
    assert "[EB/OL]" in entry(type="poem", title="静夜思", URL="https://example.org/")


def test_a_field_without_a_place_is_named() -> None:
    (finding,) = check_references([Reference("r1", {**JOURNAL, "note": "附视频", "ISSN": "0000-0000"})], "medical")
    assert (finding.code, dict(finding.args)["fields"]) == ("REF-UNPRINTED", "note")


def test_doubles_are_reported() -> None:
    one, two = ({**JOURNAL, "DOI": doi} for doi in ("10.9999/ABC", "https://doi.org/10.9999/abc"))
    found = check_references([Reference("a", one), Reference("b", two), Reference("a", JOURNAL)], "medical")
    assert [f.code for f in found] == ["REF-DUPLICATE", "REF-DUPLICATE-ID"]


def test_the_message_names_the_reference_in_both_languages() -> None:
    (finding,) = check_references([Reference("wang2024", {**JOURNAL, "issued": ""}, HERE)], "medical")
    assert "wang2024" in finding.message("zh") and "wang2024" in finding.message("en") and finding.hint("zh")


def test_an_empty_item_is_still_an_entry() -> None:
    assert entry(type="book") == "[M]."


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ["title", "author", "editor", "translator", "issued", "accessed", "URL", "DOI", "page", "volume", "edition"]


@given(
    type=st.sampled_from([*KINDS, "unknown"]),
    item=st.dictionaries(st.sampled_from([*FIELDS, "container-title", "publisher", "number", "language"]), json_values),
    style=st.sampled_from(list(STYLES)),
)
def test_no_item_whatsoever_makes_it_crash(type: str, item: dict[str, Any], style: str) -> None:
    assert entry(style, **{**item, "type": type}).endswith(".")
    check_references([Reference("r1", {**item, "type": type})], style)


# Left out by a rule that docs/references.md states.
RULED_OUT = {
    *(("standard", name) for name in ("publisher", "edition", "page")),
    *(("patent", name) for name in ("publisher", "number")),
    *(("article", name) for name in ("number", "volume")),
}
MARKED = ["title", "publisher", "container-title", "volume", "version", "edition", "number", "issue", "page", "note"]


PLANTED = [
    pytest.param(case, name, id=f"{case['name']}: {name}")
    for case in CASES
    for name in MARKED
    if (case["item"]["type"], name) not in RULED_OUT
    and not (name == "container-title" and "container-title-short" in case["item"])
]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("case", "name"), PLANTED)
def test_no_field_vanishes_without_a_word(case: dict[str, Any], style: str, name: str) -> None:
    item = {**case["item"], name: "Q7q7Q"}
    found = check_references([Reference("r1", item)], style)
    named = {field for f in found for field in dict(f.args).get("fields", "").split(", ")}
    assert "Q7q7Q" in entry(style, **item) or name in named
