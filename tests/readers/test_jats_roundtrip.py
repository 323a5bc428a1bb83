# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What `exports.jats` writes, `readers.jats` reads back as the same article: an archive loses nothing."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from pdf_samples import permit
from reader_articles import articles, bare

from kanyin.exports.jats import write
from kanyin.findings import Severity
from kanyin.model import Affiliation, Article, Contributor, History, Journal, Other, Permissions
from kanyin.readers import read
from kanyin.readers.jats import read as read_jats

HOME = Path(__file__).resolve().parents[2]


def again(article: Article, folder: Path) -> Article:
    path = folder / "article.xml"
    path.write_bytes(write(article, permit()))
    found, findings = read_jats(path)
    assert found is not None, findings
    # a figure's file does not exist here
    errors = {f.code for f in findings if f.severity == Severity.ERROR}
    assert errors <= {"SOURCE-FIGURE-MISSING", "SOURCE-FIGURE-OUTSIDE"}, findings
    return dataclasses.replace(found, root=article.root, path=article.path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("jats")


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(articles())
def test_an_article_reads_back_as_it_was(folder: Path, article: Article) -> None:
    found = again(article, folder)
    assert bare(found) == bare(article), (folder / "article.xml").read_text("utf-8")


@pytest.mark.parametrize("name", ["research", "news"])
def test_the_samples_read_back_as_they_were(folder: Path, name: str) -> None:
    article, _ = read(HOME / "source" / name / "article.md")
    assert article
    assert bare(again(article, folder)) == bare(article)


def test_every_field_of_the_front_matter_comes_back(folder: Path) -> None:
    article, _ = read(HOME / "source" / "research" / "article.md")
    assert article
    from datetime import date

    front = dataclasses.replace(
        article.front,
        lang="en",
        subtitle="副题",
        contribs=(
            Contributor("欧阳修", "OUYANG Xiu", ("a 1",), True, "a@b.cn", "0000-0002-1825-0097", True, "author"),
            Contributor("某组", role="记者"),
            Contributor("J. Müller", role="editor"),
        ),
        affs=(Affiliation("a 1", "某院, 100000", "A Hospital"),),
        journal=Journal("刊", "Journal", "1234-5679", "11-2144/R", "社", "2024", "9", "增刊1", "", "17"),
        history=History(date(2024, 1, 31), date(2024, 2, 29), date(2024, 12, 1), "编 辑"),
        permissions=Permissions("cma", "2024", "版权归甲。\n乙", "x", "y", "特别声明"),
        author_notes=("注 一", "注二"),
        reference_style="medical",
        layout="news",
        other=(Other("object-id[doi]", "10.1/a"), Other("空", "")),
    )
    article = dataclasses.replace(article, front=front)
    assert bare(again(article, folder).front) == bare(front)
