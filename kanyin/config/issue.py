# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""issue.yaml: the articles of one issue in their order, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass

from kanyin.config.scalars import WORK_ID, Day, Line, Truth
from kanyin.config.yamlfile import load_file
from kanyin.findings import SourceError, Where, finding

Short = Annotated[str, Field(max_length=400, pattern=r"^[^\x00-\x1f\x7f]*$")]
_strict = ConfigDict(extra="forbid")
_FOLIO = re.compile(r"([^\W\d_]{0,4})([1-9][0-9]{0,5})")


@dataclass(frozen=True)
class Folio:
    """A page number as it is printed: `S12` is prefix `S` and number 12."""

    prefix: str
    number: int

    def __str__(self) -> str:
        return f"{self.prefix}{self.number}"

    def plus(self, pages: int) -> Folio:
        return Folio(self.prefix, self.number + pages)


def folio(text: str) -> Folio | None:
    """`101` or `S12`; None for what is neither."""
    found = _FOLIO.fullmatch(text)
    return Folio(found[1], int(found[2])) if found else None


def _folio(value: object) -> object:
    if isinstance(value, str) and folio(value) is None:
        raise ValueError("folio")
    return value


@dataclass(frozen=True, config=_strict)
class IssueArticle:
    """One article: its folder, relative to the issue's, and the column (栏目) under which it stands.

    `start` is where it begins: on the next page, or on the next right-hand one. `filler` is the folder of a short
    notice (补白) that fills what its last page has left.
    """

    article: str
    column: Short = ""
    column_en: Short = ""
    start: Literal["next", "recto"] = "next"
    filler: str = ""
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, config=_strict)
class Deposit:
    """Who registers the DOIs of an issue with Crossref; `landing` is the page of an article, with {doi} or {id}."""

    depositor: Annotated[str, Field(min_length=1, max_length=130)]
    email: Annotated[str, Field(pattern=r"^[^\s@<>]+@[^\s@<>]+\.[A-Za-z]{2,}$")]
    registrant: Annotated[str, Field(min_length=1, max_length=255)]
    landing: Annotated[str, Field(pattern=r"^https?://[^\s{}]*\{(?:doi|id)\}[^\s{}]*$")]


@dataclass(frozen=True, config=_strict)
class Issue:
    """One issue. `first_page` is the folio of the first page of its first article, `issue` its number: 2, 11-12, 增刊1.

    `front` and `back` are matter before the first article and after the last, with folios of its own.
    """

    schema_: Annotated[Literal["issue/1"], Field(alias="schema")]
    id: Annotated[str, Field(pattern=WORK_ID)]
    title: Line
    articles: tuple[IssueArticle, ...]
    journal: Short = ""
    journal_en: Short = ""
    issn: Short = ""
    cn: Short = ""
    publisher: Short = ""
    published: Day | None = None
    year: Short = ""
    volume: Short = ""
    issue: Short = ""
    first_page: Annotated[str, BeforeValidator(_folio)] = "1"
    start: Literal["next", "recto"] = "next"
    cover: Truth = True
    contents: Truth = True
    index: Truth = True
    volume_ends: Truth = False
    front: tuple[IssueArticle, ...] = ()
    back: tuple[IssueArticle, ...] = ()
    crossref: Deposit | None = None
    where: Where = field(default_factory=Where)

    @property
    def first(self) -> Folio:
        found = folio(self.first_page)
        assert found  # else it had not been read
        return found

    def entries(self) -> Iterator[IssueArticle]:
        """Everything that has rights of its own, in the order of the pages, without fillers."""
        yield from (*self.front, *self.articles, *self.back)


def load_issue(path: Path) -> Issue:
    """Read an issue.yaml. Raises SourceError with findings."""
    issue, findings, doc = load_file(path, Issue)
    if issue is None:
        raise SourceError(*findings)
    if not issue.articles:
        raise SourceError(finding("ISSUE-EMPTY", doc.where(("articles",))))
    for part, entries in (("front", issue.front), ("articles", issue.articles), ("back", issue.back)):
        for n, entry in enumerate(entries):
            if part != "articles" and (entry.filler or entry.start != "next"):
                raise SourceError(finding("ISSUE-MATTER", doc.where((part, n))))
    return issue
