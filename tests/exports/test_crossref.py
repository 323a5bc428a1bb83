# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What is deposited with Crossref: valid against its schema, the same each time, and no article slips out unnamed."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pdf_samples import permit

from kanyin.config.issue import Deposit
from kanyin.exports.crossref import deposit
from kanyin.findings import RightsError
from kanyin.model import Affiliation, Article, Contributor, Front, Journal, Reference
from kanyin.readers import read

HOME = Path(__file__).resolve().parents[2]
SCHEMAS = Path(sys.prefix) / "schemas" / "commonmeta" / "resources" / "crossref"
"""Where `tools/setup.sh test` puts what Crossref says."""
ABOUT = Deposit("示例出版", "doi@example.org", "示例学会", "https://journal.example.org/{doi}")
STAMP = 20260601000000
NS = {"c": "http://www.crossref.org/schema/5.5.0"}


def research() -> Article:
    article, _ = read(HOME / "source" / "research" / "article.md")
    assert article
    return article


def fronted(**changes: Any) -> Article:
    article = research()
    return replace(article, front=replace(article.front, **changes))


def tree(*articles: Article) -> Any:
    data, _ = deposit([(article, permit()) for article in articles], ABOUT, STAMP)
    assert data
    return ElementTree.fromstring(data)


def texts(root: Any, path: str) -> list[str]:
    return [element.text or "" for element in root.findall(path, NS)]


def test_an_article_is_told_with_all_that_identifies_it() -> None:
    root = tree(research())
    front = research().front
    journal = ".//c:journal_metadata/c:full_title"
    assert texts(root, journal) == [front.journal.name, front.journal.name_en]
    assert texts(root, ".//c:doi_data/c:doi") == [front.doi]
    assert texts(root, ".//c:doi_data/c:resource") == [f"https://journal.example.org/{front.doi}"]
    assert texts(root, ".//c:original_language_title") == [front.title]
    assert texts(root, ".//c:surname")[:3] == ["林", "沈", "顾"]
    assert len(root.findall(".//c:citation", NS)) == len(research().refs)


@pytest.mark.parametrize(
    ("changes", "lacking"),
    [
        ({"doi": ""}, "doi"),
        ({"doi": "10.1/x"}, "doi"),
        ({"title": ""}, "title"),
        ({"journal": Journal(name="刊")}, "journal.year"),
        ({"journal": Journal(year="2026")}, "journal.name"),
    ],
)
def test_an_article_that_cannot_be_registered_is_named(changes: dict[str, Any], lacking: str) -> None:
    history = replace(research().front.history, published=None)
    poor = fronted(**{"history": history, **changes})
    data, findings = deposit([(poor, permit()), (research(), permit())], ABOUT, STAMP)
    assert data and [(f.code, dict(f.args)["lacking"]) for f in findings] == [("CROSSREF-LACKS", lacking)]
    assert len(ElementTree.fromstring(data).findall(".//c:journal_article", NS)) == 1
    assert deposit([(poor, permit())], ABOUT, STAMP)[0] is None


def test_a_part_is_not_registered() -> None:
    with pytest.raises(RightsError):
        deposit([(research(), permit(parts=("s1",)))], ABOUT, STAMP)


def test_the_same_issue_gives_the_same_file() -> None:
    assert deposit([(research(), permit())], ABOUT, STAMP) == deposit([(research(), permit())], ABOUT, STAMP)


@pytest.mark.slow
def test_it_is_valid_whatever_the_article_says() -> None:
    """Against the schema of Crossref, which is of XSD 1.1 and takes seconds to be read."""
    import xmlschema

    def near(url: str) -> str:
        found = sorted(SCHEMAS.rglob(url.rpartition("/")[2]))
        return found[0].as_uri() if found else url

    schema = xmlschema.XMLSchema11(str(SCHEMAS / "crossref5.5.0.xsd"), uri_mapper=near, allow="local")
    long = "长" * 3000
    bare = Front(id="a", lang="zh-Hans", title="题", doi="10.1000/a<b>&c", journal=Journal(name="刊", year="2026"))
    odd = replace(
        bare,
        title=f"<题> & {long}",
        title_en="T",
        subtitle="副",
        subtitle_en="S",
        contribs=(Contributor("Ada King Lovelace", affs=("x", "y")), Contributor(long, role="photographer")),
        affs=(Affiliation("x", long),),
        journal=Journal(long, long, issn="none", year="2026", volume=long, issue=long, fpage=long, lpage="3"),
    )
    kinds = ("article-journal", "book", "chapter", "thesis", "webpage", "post", "motion_picture")
    refs = tuple(
        Reference(kind, {"type": kind, "title": long, "volume": long, "page": "12-3", "DOI": "none", "author": []})
        for kind in kinds
    )
    empty = Reference("e", {"type": "book"})
    articles = [research(), Article(bare, ()), replace(research(), front=odd, refs=(*refs, empty))]
    for chosen in (articles, articles[1:], articles[2:]):
        data, findings = deposit([(article, permit()) for article in chosen], ABOUT, STAMP)
        assert data and not findings
        assert [f"{error.path}: {error.reason}" for error in schema.iter_errors(data.decode())] == []
    wrong = data.replace(b"<title>", b"<headline>").replace(b"</title>", b"</headline>")
    assert [*schema.iter_errors(wrong.decode())]
