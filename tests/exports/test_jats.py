# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Articles as JATS 1.3: valid against the DTD whatever the article, and saying what the permit and the register say."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jats_dtd import dtd, faults
from lxml import etree
from pdf_samples import permit
from reader_articles import articles

from kanyin.config.register import Register, load_register
from kanyin.exports.jats import write
from kanyin.findings import RightsError
from kanyin.model import Article, Front, Paragraph, Section, Text
from kanyin.readers import read

HOME = Path(__file__).resolve().parents[2]
ALI = "{http://www.niso.org/schemas/ali/1.0/}"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(articles())
def test_every_article_becomes_valid_jats(article: Article) -> None:
    data = write(article, permit())
    assert not faults(data), data.decode()


@pytest.mark.parametrize("name", ["research", "news"])
def test_the_samples_are_valid(name: str) -> None:
    article, _ = read(HOME / "source" / name / "article.md")
    assert article
    assert not faults(write(article, permit()))


def test_the_dtd_finds_fault_with_a_file_that_is_not_jats() -> None:
    """Or the tests above would prove nothing."""
    assert dtd() is not None
    assert faults(b"<article><front/></article>")


def tree(article: Article, register: Register | None = None, **permitted: Any) -> Any:
    return etree.fromstring(write(article, permit(**permitted), register=register))


def article(**front: Any) -> Article:
    values: dict[str, Any] = {"id": "a", "title": "题名"}
    return Article(Front(**(values | front)), (Paragraph((Text("甲"),)),))


def test_it_says_whose_it_is_in_the_words_of_the_notice() -> None:
    found = tree(article(), credit=("经授权转载。",), statement="本文观点已由编委会认可").find(".//permissions")
    assert found.findtext("copyright-holder") == "中华医学会"
    terms = [p.text for p in found.findall("license/license-p")]
    assert terms[0].startswith("版权归中华医学会所有。未经授权，不得转载、摘编本刊文章")
    assert terms[1:] == ["经授权转载。", "本文观点已由编委会认可"]


def test_an_excerpt_has_no_jats() -> None:
    with pytest.raises(RightsError) as refused:
        write(article(), permit(action="excerpt", parts=("s1",)))
    assert [f.code for f in refused.value.findings] == ["JATS-PARTS"]


REGISTER = """schema: rights/1
as_of_policy: explicit
policy: {default: deny, conflict: forbid_overrides, trust: none}
holders:
- {id: cma, name: 中华医学会, kind: legal_entity}
- {id: press, name: 某出版社, kind: legal_entity}
works:
- id: open
  holder: cma
  title:
    basis: open_licence
    rights: [reproduce, distribute]
    territory: [CN]
    term: {from: 2024-01-31}
    licence: https://creativecommons.org/licenses/by/4.0/
  parts:
  - {id: fig1, kind: figure, holder: press, licence: 2023年12月1日许可复制}
"""


def test_the_register_tells_licence_and_foreign_figures(tmp_path: Path) -> None:
    (tmp_path / "rights.yaml").write_text(REGISTER, "utf-8")
    register = load_register(tmp_path / "rights.yaml")
    (tmp_path / "article.md").write_text(
        "---\ntitle: 题\n---\n\n![a](a.png)\n图1：甲\n\n![b](b.png)\n图2：乙\n", "utf-8"
    )
    made, _ = read(tmp_path / "article.md")
    assert made
    found = tree(made, register, work="open")
    licence = found.find(f".//article-meta/permissions/license/{ALI}license_ref")
    assert (licence.text, licence.get("start_date")) == ("https://creativecommons.org/licenses/by/4.0/", "2024-01-31")
    first, second = found.findall(".//fig")
    assert first.findtext("permissions/copyright-holder") == "某出版社"
    assert first.findtext("permissions/license/license-p") == "2023年12月1日许可复制"
    assert second.find("permissions") is None
    assert not faults(etree.tostring(found))


def test_both_languages_and_the_cn_number_have_their_places() -> None:
    made, _ = read(HOME / "source" / "research" / "article.md")
    assert made
    journal = dataclasses.replace(made.front.journal, cn="11-2144/R")
    made = dataclasses.replace(made, front=dataclasses.replace(made.front, journal=journal))
    found = tree(made)
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert found.findtext(".//journal-id[@journal-id-type='cn']") == "11-2144/R"
    assert found.find(".//trans-title-group[@content-type='article']").get(lang) == "en"
    assert [group.get(lang) for group in found.findall(".//kwd-group")] == ["zh-Hans", "en"]
    assert found.find(".//trans-abstract").get(lang) == "en"
    assert [s.get(lang) for s in found.findall(".//contrib[1]/name-alternatives/string-name")][:2] == ["zh-Hans", "en"]


@pytest.mark.parametrize(
    ("title", "element", "kind"),
    [("利益冲突", "notes", "COI-statement"), ("作者贡献声明", "notes", "author-contribution"), ("志谢", "ack", None)],
)
def test_a_statement_at_the_end_is_what_its_heading_says(title: str, element: str, kind: str | None) -> None:
    section = Section("b1", (Text(title),), (Paragraph((Text("无。"),)),))
    found = tree(dataclasses.replace(article(), back=(section,))).find("back")[0]
    assert (found.tag, found.get("notes-type")) == (element, kind)
