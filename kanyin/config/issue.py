# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""issue.yaml: the articles of one issue in their order."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from kanyin.config.yamlfile import load_file
from kanyin.findings import SourceError, Where, finding

_strict = ConfigDict(extra="forbid")


@dataclass(frozen=True, config=_strict)
class IssueArticle:
    """One article: its folder, relative to the issue's, and the column (栏目) under which it stands."""

    article: str
    column: str = ""
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, config=_strict)
class Issue:
    """One issue. `first_page` is the folio of its first page."""

    schema_: Annotated[Literal["issue/1"], Field(alias="schema")]
    id: str
    title: str
    articles: tuple[IssueArticle, ...]
    journal: str = ""
    journal_en: str = ""
    issn: str = ""
    cn: str = ""
    year: str = ""
    volume: str = ""
    issue: str = ""
    first_page: Annotated[int, Field(ge=1)] = 1
    where: Where = field(default_factory=Where)


def load_issue(path: Path) -> Issue:
    """Read an issue.yaml. Raises SourceError with findings."""
    issue, findings, doc = load_file(path, Issue)
    if issue is None:
        raise SourceError(*findings)
    if not issue.articles:
        raise SourceError(finding("ISSUE-EMPTY", doc.where(("articles",))))
    return issue
