# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The front matter of article.md: YAML between two lines of `---`, checked against a schema.

`FrontMatter` is the schema that `make_pdf.py schema` prints. Texts that are printed as running text (abstracts) are
inline Markdown; names, titles and keywords are plain.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass

from kanyin.config.scalars import WORK_ID
from kanyin.config.yamlfile import Document, load
from kanyin.findings import Finding, Where, finding
from kanyin.readers.source import Source

_strict = ConfigDict(extra="forbid")


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _as_keywords(value: Any) -> Any:
    if isinstance(value, str):
        return [word.strip() for word in value.replace("；", ";").split(";") if word.strip()]
    return value


def _as_parts(value: Any) -> Any:
    """A plain abstract is one part without a label for each of its paragraphs."""
    if isinstance(value, str):
        return [{"text": part.strip()} for part in value.split("\n\n") if part.strip()]
    return value


Texts = Annotated[list[str], BeforeValidator(_as_list, json_schema_input_type=str | list[str])]
Keywords = Annotated[list[str], BeforeValidator(_as_keywords, json_schema_input_type=str | list[str])]
Name = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True, config=_strict)
class AuthorIn:
    name: Name
    name_en: str = ""
    affs: Texts = field(default_factory=list)
    corresp: bool = False
    email: str = ""
    orcid: Annotated[str, Field(pattern=r"^(?:(?:https://orcid\.org/)?\d{4}-\d{4}-\d{4}-\d{3}[\dX])?$")] = ""
    equal: bool = False
    role: str = "author"


@dataclass(frozen=True, config=_strict)
class AffiliationIn:
    id: Name
    name: Name
    name_en: str = ""


@dataclass(frozen=True, config=_strict)
class AbstractIn:
    text: str
    label: str = ""


Abstract = Annotated[list[AbstractIn], BeforeValidator(_as_parts, json_schema_input_type=str | list[AbstractIn])]


@dataclass(frozen=True, config=_strict)
class JournalIn:
    name: str = ""
    name_en: str = ""
    issn: str = ""
    cn: str = ""
    publisher: str = ""
    year: str = ""
    volume: str = ""
    issue: str = ""
    fpage: str = ""
    lpage: str = ""


@dataclass(frozen=True, config=_strict)
class HistoryIn:
    received: date | None = None
    accepted: date | None = None
    published: date | None = None
    editor: str = ""


@dataclass(frozen=True, config=_strict)
class RightsIn:
    """`declared` is the notice found in the source; `excerpt_of` and `reprint_of` name works in the register."""

    holder: str = ""
    year: str = ""
    declared: str = ""
    excerpt_of: str = ""
    reprint_of: str = ""
    statement: str = ""


@dataclass(frozen=True, config=_strict)
class OtherIn:
    name: Name
    text: str


@dataclass(frozen=True, config=_strict)
class FrontMatter:
    """All keys of the front matter. `id` is the folder's name unless given; `title` the first heading."""

    id: Annotated[str, Field(pattern=rf"^$|{WORK_ID}")] = ""
    doi: str = ""
    lang: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*$")] = "zh-Hans"
    column: str = ""
    title: str = ""
    title_en: str = ""
    subtitle: str = ""
    subtitle_en: str = ""
    authors: list[AuthorIn] = field(default_factory=list)
    affs: list[AffiliationIn] = field(default_factory=list)
    abstract: Abstract = field(default_factory=list)
    abstract_en: Abstract = field(default_factory=list)
    keywords: Keywords = field(default_factory=list)
    keywords_en: Keywords = field(default_factory=list)
    funding: Texts = field(default_factory=list)
    funding_en: Texts = field(default_factory=list)
    author_notes: Texts = field(default_factory=list)
    history: HistoryIn = field(default_factory=HistoryIn)
    journal: JournalIn = field(default_factory=JournalIn)
    rights: RightsIn = field(default_factory=RightsIn)
    layout: str = ""
    reference_style: Literal["gbt7714-2025", "gbt7714-2015", "medical"] = "gbt7714-2025"
    references: list[dict[str, Any]] | str | None = None
    other: list[OtherIn] = field(default_factory=list)


def split(source: Source) -> tuple[str | None, int, list[Finding]]:
    """The YAML text, the line (from 0) on which the body begins, and findings. Without front matter: (None, 0, [])."""
    if source.lines[0].rstrip() != "---":
        return None, 0, []
    for number, line in enumerate(source.lines[1:], 1):
        if line.rstrip() in ("---", "..."):
            return "\n".join(source.lines[1:number]), number + 1, []
    return None, 0, [finding("SOURCE-FRONT-UNCLOSED", source.where(0))]


def read_front(text: str, source: Source) -> tuple[FrontMatter | None, list[Finding], Document]:
    """Check the YAML text of a front matter, which begins on the second line of the file."""
    if not text.strip():
        return FrontMatter(), [], Document(source.file, 2)
    front, findings, document = load(text, source.file, FrontMatter, 2)
    if front is not None:
        findings = [*findings, *_check_affiliations(front, document)]
    return front, findings, document


def _check_affiliations(front: FrontMatter, document: Document) -> list[Finding]:
    findings: list[Finding] = []
    known: dict[str, Where] = {}
    for index, aff in enumerate(front.affs):
        where = document.where(("affs", index))
        if aff.id in known:
            findings.append(finding("SOURCE-DUPLICATE-ID", where, id=aff.id, first=known[aff.id]))
        known.setdefault(aff.id, where)
    for index, author in enumerate(front.authors):
        for aff_id in author.affs:
            if aff_id not in known:
                where = document.where(("authors", index, "affs"))
                findings.append(finding("SOURCE-AFFILIATION", where, id=aff_id, author=author.name))
    return findings
