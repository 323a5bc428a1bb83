# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What is known while one Markdown article is being read: its references, its ids, its findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from kanyin.findings import Finding, Where, finding
from kanyin.model import Reference, Xref
from kanyin.readers.attributes import ID
from kanyin.readers.source import Source

Kind = Literal["fig", "table", "fn", "sec", "disp-formula"]


@dataclass
class Context:
    """`ids` maps every id in the article to its kind and place; `fatal` is set when the article must be refused.

    `listed` is unset when the list of references could not be read: then nothing is said of what cites it.
    """

    source: Source
    root: Path
    references: Sequence[Reference] = ()
    findings: list[Finding] = field(default_factory=list)
    ids: dict[str, tuple[Kind, Where]] = field(default_factory=dict)
    xrefs: list[Xref] = field(default_factory=list)
    numbered: list[Where] = field(default_factory=list)
    fatal: bool = False
    listed: bool = True

    def __post_init__(self) -> None:
        self.known = {reference.id for reference in self.references}

    def report(self, code: str, where: Where, **args: object) -> None:
        self.findings.append(finding(code, where, **args))

    def refuse(self, code: str, where: Where, **args: object) -> None:
        """Report what is beyond a limit; there will be no article."""
        self.report(code, where, **args)
        self.fatal = True

    def name(self, given: str, automatic: str, kind: Kind, where: Where) -> str:
        """Take an id for a part. A second part of the same id is reported, and keeps it."""
        identifier = given or automatic
        if given and not ID.fullmatch(given):
            self.report("SOURCE-ID", where, id=given)
        if identifier in self.ids:
            self.report("SOURCE-DUPLICATE-ID", where, id=identifier, first=self.ids[identifier][1])
        else:
            self.ids[identifier] = (kind, where)
        return identifier

    def resolve(self) -> None:
        """Give each cross reference the kind of what it points to, now that the whole article has been read."""
        pointed: set[str] = set()
        for xref in self.xrefs:
            where = xref.where or Where()
            kinds = [self.ids[rid][0] for rid in xref.rids if rid in self.ids]
            missing = [rid for rid in xref.rids if rid not in self.ids]
            for rid in missing:
                self.report("SOURCE-FOOTNOTE-MISSING" if xref.ref_type == "fn" else "SOURCE-XREF", where, id=rid)
            if kinds and not missing:
                # nobody has seen this value yet, so it is still being made
                object.__setattr__(xref, "ref_type", kinds[0])
            pointed.update(xref.rids)
        for identifier, (kind, where) in self.ids.items():
            if kind == "fn" and identifier not in pointed:
                self.report("SOURCE-FOOTNOTE-UNUSED", where, id=identifier)
        if self.numbered:
            code = "SOURCE-CITATION-BY-NUMBER" if self.references else "SOURCE-CITATION-NO-LIST"
            self.report(code, self.numbered[0], count=len(self.numbered))
