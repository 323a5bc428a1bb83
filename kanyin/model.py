# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The article and the permit, as values that travel between the rooms.

Names are those of JATS 1.3 (front, contrib, aff, abstract, kwd-group, sec, fig, table-wrap, ref-list, permissions).
All are frozen dataclasses, so that a value cannot change after a check has looked at it. Nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from kanyin.findings import Finding, Where

# ---------------------------------------------------------------- inline content


@dataclass(frozen=True)
class Text:
    """A run of characters, exactly as they are to be printed, copied and searched."""

    value: str


@dataclass(frozen=True)
class Styled:
    """Inline markup, named as in JATS; `emphasis` is 着重号; a `ruby` (plain text) has its `reading` above (注音)."""

    style: Literal["bold", "italic", "sup", "sub", "underline", "sc", "emphasis", "code", "ruby"]
    content: tuple[Inline, ...]
    reading: str = ""


@dataclass(frozen=True)
class Xref:
    """A reference inside the article. For citations `rids` keeps the order in which they were written."""

    ref_type: Literal["bibr", "fig", "table", "fn", "sec", "disp-formula"]
    rids: tuple[str, ...]
    text: str = ""
    where: Where | None = None


@dataclass(frozen=True)
class Link:
    href: str
    content: tuple[Inline, ...]


@dataclass(frozen=True)
class InlineFormula:
    """A formula in a line. `tex` is LaTeX without dollar signs; `alt` is what a voice reads."""

    tex: str
    alt: str = ""
    where: Where | None = None


@dataclass(frozen=True)
class LineBreak:
    pass


Inline = Text | Styled | Xref | Link | InlineFormula | LineBreak
Inlines = tuple[Inline, ...]


@dataclass(frozen=True)
class Bilingual:
    """The same content in the article's language and, where printed, in English."""

    zh: Inlines = ()
    en: Inlines = ()


# ---------------------------------------------------------------- blocks


@dataclass(frozen=True)
class Paragraph:
    content: Inlines
    where: Where | None = None


@dataclass(frozen=True)
class ListBlock:
    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    where: Where | None = None


@dataclass(frozen=True)
class Quote:
    content: tuple[Block, ...]
    where: Where | None = None


@dataclass(frozen=True)
class DisplayFormula:
    id: str
    tex: str
    alt: str = ""
    label: str = ""
    where: Where | None = None


@dataclass(frozen=True)
class Figure:
    """`file` is relative to the folder of the article. `width` is "column" or "page"."""

    id: str
    label: str
    caption: Bilingual
    file: str
    alt: str = ""
    width: Literal["column", "page"] = "column"
    notes: Inlines = ()
    where: Where | None = None


@dataclass(frozen=True)
class Cell:
    content: Inlines
    header: bool = False
    align: Literal["", "left", "center", "right"] = ""
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True)
class TableWrap:
    id: str
    label: str
    caption: Bilingual
    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    notes: tuple[Inlines, ...] = ()
    width: Literal["column", "page"] = "column"
    where: Where | None = None


@dataclass(frozen=True)
class Section:
    id: str
    title: Inlines
    content: tuple[Block, ...]
    where: Where | None = None


Block = Paragraph | ListBlock | Quote | DisplayFormula | Figure | TableWrap | Section


@dataclass(frozen=True)
class Footnote:
    id: str
    content: Inlines
    where: Where | None = None


# ---------------------------------------------------------------- front


@dataclass(frozen=True)
class Affiliation:
    id: str
    name: str
    name_en: str = ""


@dataclass(frozen=True)
class Contributor:
    name: str
    name_en: str = ""
    affs: tuple[str, ...] = ()
    corresp: bool = False
    email: str = ""
    orcid: str = ""
    equal: bool = False
    role: str = "author"


@dataclass(frozen=True)
class AbstractPart:
    """One labelled part of a structured abstract (目的, 方法, 结果, 结论); `label` is empty in a plain one."""

    label: str
    content: Inlines


@dataclass(frozen=True)
class Journal:
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


@dataclass(frozen=True)
class History:
    received: date | None = None
    accepted: date | None = None
    published: date | None = None
    editor: str = ""


@dataclass(frozen=True)
class Reference:
    """One entry of the reference list. `csl` holds CSL-JSON names (type, title, author, issued, DOI …)."""

    id: str
    csl: Mapping[str, Any]
    where: Where | None = None


@dataclass(frozen=True)
class Permissions:
    """What the source itself says of its rights: facts for the decision, never the decision.

    `declared` is a notice found in the source; `excerpt_of` and `reprint_of` name works in the register; `statement` is
    a special statement (除非特别声明).
    """

    holder: str = ""
    year: str = ""
    declared: str = ""
    excerpt_of: str = ""
    reprint_of: str = ""
    statement: str = ""
    where: Where | None = None


@dataclass(frozen=True)
class Other:
    """What the source says besides, under the name it has there (JATS custom-meta). It is kept and not printed."""

    name: str
    text: str


@dataclass(frozen=True)
class Front:
    id: str
    title: str
    lang: str = "zh-Hans"
    title_en: str = ""
    subtitle: str = ""
    subtitle_en: str = ""
    column: str = ""
    doi: str = ""
    contribs: tuple[Contributor, ...] = ()
    affs: tuple[Affiliation, ...] = ()
    abstract: tuple[AbstractPart, ...] = ()
    abstract_en: tuple[AbstractPart, ...] = ()
    kwds: tuple[str, ...] = ()
    kwds_en: tuple[str, ...] = ()
    funding: tuple[str, ...] = ()
    funding_en: tuple[str, ...] = ()
    author_notes: tuple[str, ...] = ()
    journal: Journal = field(default_factory=Journal)
    history: History = field(default_factory=History)
    permissions: Permissions = field(default_factory=Permissions)
    reference_style: Literal["gbt7714-2025", "gbt7714-2015", "medical"] = "gbt7714-2025"
    layout: str = ""
    other: tuple[Other, ...] = ()
    where: Where | None = None
    layout_where: Where | None = None


@dataclass(frozen=True)
class Article:
    """One article. `root` is its folder; figures and other files are named relative to it."""

    front: Front
    body: tuple[Block, ...]
    back: tuple[Section, ...] = ()
    refs: tuple[Reference, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    root: Path = Path()
    path: Path = Path()


# ---------------------------------------------------------------- rights, as values


Action = Literal["publish", "reprint", "excerpt", "layout.facsimile", "layout.style", "archive", "translate", "adapt"]
Verdict = Literal["allow", "deny", "review", "indeterminate"]


@dataclass(frozen=True)
class Notice:
    """A rights notice: its clauses in order, each a full sentence with full-width marks."""

    id: str
    lang: str
    clauses: tuple[str, ...]
    sha256: str

    @property
    def text(self) -> str:
        return "".join(self.clauses)


@dataclass(frozen=True)
class Finished:
    """What a finished PDF shows and says of which work it is; facts, judged by the rights alone.

    `opening` is the text that can be seen on its first pages, `headline` that part of it which is printed larger than
    the running text. `titles`, `dois` and `rights` come from its metadata; `owners` are whom the pages name as those to
    whom the rights belong (版权归…所有).
    """

    sha256: str
    pages: int
    opening: str = ""
    headline: str = ""
    titles: tuple[str, ...] = ()
    dois: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()


@dataclass(frozen=True)
class Duty:
    """What a grant obliges the grantee to do. `when` is pre, in_output or post; `text` is printed or reported."""

    id: str
    when: Literal["pre", "in_output", "post"]
    text: str
    text_en: str = ""


@dataclass(frozen=True)
class Reason:
    """One step of a decision: which rule looked at which fact, and what came of it. The wording is found by `code`."""

    code: str
    effect: Literal["permits", "forbids", "notes"]
    where: Where | None = None
    args: tuple[tuple[str, str], ...] = ()

    def finding(self) -> Finding:
        """The reason in the form in which it is shown."""
        return Finding(self.code, self.where or Where(), self.args)


@dataclass(frozen=True)
class Decision:
    verdict: Verdict
    reasons: tuple[Reason, ...]
    permit: Permit | None = None


@dataclass(frozen=True)
class Permit:
    """Leave to print, made by `kanyin.rights.decide` alone; typeset, stamp and every export demand one.

    `parts` is empty for a whole work. `credit` lines are printed on every page below the notice; `unsigned` is true
    when the register does not demand signatures, and then the credit says so. `key` proves who made it.
    """

    action: Action
    work: str
    holder: str
    holder_name: str
    notice: Notice
    layout: str
    as_of: date
    parts: tuple[str, ...] = ()
    grantee: str = ""
    grantee_name: str = ""
    grants: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    credit: tuple[str, ...] = ()
    statement: str = ""
    unsigned: bool = False
    reasons: tuple[Reason, ...] = ()
    key: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.key is not _MINT:
            raise TypeError("a Permit is made by kanyin.rights.decide alone")
        object.__setattr__(self, "key", None)


_MINT = object()


def mint(**fields: Any) -> Permit:
    """Make a Permit. Only `kanyin.rights.decide` may call this; a test reads the code of the whole package for it."""
    return Permit(**fields, key=_MINT)
