# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What is known while one JATS file is being read: its ids, its footnotes, what was not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from kanyin.findings import Finding, Where, finding
from kanyin.model import Footnote
from kanyin.readers.xmltree import Node

Kind = Literal["bibr", "fig", "table", "fn", "sec", "disp-formula"]

_KINDS: dict[str, Kind] = {
    "ref": "bibr", "fig": "fig", "table-wrap": "table", "fn": "fn", "disp-formula": "disp-formula",
    "sec": "sec", "ack": "sec", "notes": "sec", "app": "sec", "sub-article": "sec", "response": "sec",
    "glossary": "sec",
}  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n]*[\t\r\n][ \t\r\n]*|[ ]{2,}")


@dataclass
class State:
    """`own` is set for a file that `exports.jats` wrote: its ids and spaces count exactly.

    `ids` has the ids as they stand in the file, `taken` all of them, `used` those that parts of the article have by
    now. Findings of one code and subject are counted, not repeated.
    """

    root: Path
    own: bool
    ids: dict[str, Kind] = field(default_factory=dict)
    refs: list[str] = field(default_factory=list)
    footnotes: list[Footnote] = field(default_factory=list)
    called: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    fatal: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    _found: dict[tuple[str, str], tuple[Where, int]] = field(default_factory=dict)
    _others: list[Finding] = field(default_factory=list)

    def survey(self, article: Node) -> None:
        """Learn all ids first: a reference may stand before what it refers to."""
        for node in article.walk():
            if (identifier := node.get("id")) and node.name in _KINDS:
                self.ids.setdefault(identifier, _KINDS[node.name])
                self.taken.add(identifier)
            if node.name == "ref":
                self.refs.append(identifier)
            if node.name == "xref" and node.get("ref-type") in ("fn", ""):
                self.called.update(node.get("rid").split())

    def report(self, code: str, where: Where, what: str = "") -> None:
        """A finding that names one thing; the first place is shown, and how often it was met."""
        first, count = self._found.get((code, what), (where, 0))
        self._found[code, what] = (first, count + 1)

    def refuse(self, code: str, where: Where, **args: object) -> None:
        """Report what is beyond a limit; there will be no article."""
        self._others.append(finding(code, where, **args))
        self.fatal = True

    def add(self, found: Finding) -> None:
        self._others.append(found)

    @property
    def findings(self) -> list[Finding]:
        counted = [finding(code, where, what=what, count=count) for (code, what), (where, count) in self._found.items()]
        return sorted([*counted, *self._others], key=lambda found: found.where)

    def id(self, value: str, kind: str = "") -> str:
        """The id in the article for one in the file."""
        if not self.own:
            return value
        for prefix in (kind, "id") if kind else ("id",):
            if prefix and value.startswith(f"{prefix}-"):
                value = value[len(prefix) + 1 :]
                break
        return re.sub(r"_x([0-9A-F]{1,6})_", lambda match: chr(int(match[1], 16)), value)

    def unique(self, identifier: str, where: Where) -> str:
        """The id, or with a number behind it when another part has it: a reference leads to the first one."""
        made = identifier
        while made in self.used:
            self.counts[identifier] = self.counts.get(identifier, 1) + 1
            made = f"{identifier}-{self.counts[identifier]}"
        if made != identifier:
            self.report("JATS-ID", where, identifier)
        self.used.add(made)
        return made

    def named(self, node: Node, prefix: str) -> str:
        """The id of a part, or the next free one: fig1, fig2 …"""
        if given := node.get("id"):
            return self.unique(self.id(given), node.where)
        while True:
            self.counts[prefix] = self.counts.get(prefix, 0) + 1
            made = f"{prefix}{self.counts[prefix]}"
            if made not in self.taken | self.used:
                self.used.add(made)
                return made

    def spaced(self, value: str) -> str:
        """White space as a line end where the file breaks a line; later it is closed up between Han."""
        return value if self.own else _SPACE.sub(lambda m: "\n" if re.search(r"[\t\r\n]", m[0]) else " ", value)
