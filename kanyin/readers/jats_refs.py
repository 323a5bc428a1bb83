# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""<ref> → CSL-JSON items. A citation in which nothing is marked is its own title; words of no field are kept."""

from __future__ import annotations

import calendar
import json
import re
from typing import Any

from kanyin.model import Inlines, Link, Reference, Styled
from kanyin.readers.inlines import plain
from kanyin.readers.jats_inline import Inliner
from kanyin.readers.jats_state import State
from kanyin.readers.xmltree import Chars, Node

_CITATIONS = ("element-citation", "mixed-citation", "nlm-citation", "citation")
_TYPES = {
    "journal": "article-journal", "newspaper": "article-newspaper", "confproc": "paper-conference", "web": "webpage",
    "website": "webpage", "webpage": "webpage", "data": "dataset", "database": "dataset",
    "conference": "paper-conference",
    "preprint": "article", "gov": "report", "working-paper": "report", "other": "document", "commun": "document",
    "discussion": "document", "periodical": "article-journal", "computer-program": "software",
}  # fmt: skip
# the names that `exports.jats` gives; any other is the CSL name itself
_OWN_TYPES = {name: _TYPES[name] for name in ("journal", "newspaper", "confproc", "web", "data")}
_KNOWN = {"book", "thesis", "report", "patent", "standard", "software", "article"}
_PLAIN = {
    "volume": "volume", "issue": "issue", "edition": "edition", "version": "version", "publisher-name": "publisher",
    "publisher-loc": "publisher-place", "series": "collection-title", "conf-name": "event-title",
    "conf-loc": "event-place", "issn": "ISSN", "isbn": "ISBN", "comment": "note", "patent": "number",
}  # fmt: skip
_IDS = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID"}
_ROLES = {"author": "author", "editor": "editor", "translator": "translator", "": "author", "allauthors": "author"}
_TAGS = {"italic": "i", "bold": "b", "sup": "sup", "sub": "sub", "sc": "sc"}
_NAMES = ("name", "string-name", "collab", "collab-alternatives", "name-alternatives", "anonymous", "etal")
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
# words between the fields of a citation that the style sets itself
_BETWEEN = re.compile(
    r"(?:in|pp?|vol|no|doi|and|eds?|et|al|available|from|at|the|pmid|pmcid|https?|org|dx|www|accessed|on)"
)


class References:
    def __init__(self, state: State, inline: Inliner) -> None:
        self.state = state
        self.inline = inline

    def read(self, node: Node) -> Reference:
        identifier = re.sub(r"[\s@\[\]{},;，；]", "-", self.state.id(node.get("id"), "ref")) or self.state.named(
            node, "ref"
        )
        label = node.first("label")
        if label is not None:
            label.text()  # its number; the layout counts anew
        found = [part for part in node.walk() if part.name in _CITATIONS]
        csl: dict[str, Any] = self.citation(found[0]) if found else {"type": "document"}
        for more in found[1:]:
            csl["note"] = "; ".join(filter(None, [csl.get("note", ""), self.inline.plain(more)]))
        for note in node.all("note"):
            text = note.text()
            if self.state.own and note.get("specific-use") == "csl-json":
                csl |= json.loads(text)
            else:
                csl["note"] = "; ".join(filter(None, [csl.get("note", ""), text.strip()]))
        if not found:
            csl["title"] = self.inline.plain(node, without=["label", "note"])
        return Reference(identifier, csl, node.where)

    def citation(self, node: Node) -> dict[str, Any]:
        kind = node.get("publication-type") or node.get("citation-type")
        csl: dict[str, Any] = {"type": _OWN_TYPES.get(kind, kind)} if kind else {}
        if not self.state.own:
            kind = kind.lower()
            csl = {
                "type": _TYPES.get(
                    kind, kind if kind in _KNOWN else "article-journal" if _is_journal(node) else "document"
                )
            }
            if not node.first("article-title", "chapter-title", "source", "data-title", "part-title"):
                return {**csl, "title": self.inline.plain(node)}
        left: list[str] = []
        self.fields(node, csl, left)
        self.dates(node, csl)
        self.pages(node, csl)
        if not self.state.own:
            self.titles(node, csl)
            words = " ".join(part for part in left if part)
            if words:
                csl["annote"] = words
        return csl

    def fields(self, node: Node, csl: dict[str, Any], left: list[str]) -> None:
        for child in node.children:
            if isinstance(child, Chars):
                child.taken = True
                if any(not _BETWEEN.fullmatch(word) for word in re.findall(r"[^\W\d_]+", child.value.lower())):
                    left.append(child.value.strip())
                continue
            name = child.name
            if name == "person-group" or name in _NAMES:
                self.people(child, csl, left)
            elif name in ("article-title", "chapter-title", "part-title", "data-title") and "title" not in csl:
                csl["title"] = self.title(child)
            elif name == "source" and "container-title" not in csl:
                csl["container-title"] = self.title(child)
            elif name in _PLAIN and _PLAIN[name] not in csl:
                csl[_PLAIN[name]] = self.inline.plain(child)
            elif name in ("pub-id", "object-id") and (key := _IDS.get(child.get("pub-id-type"))) and key not in csl:
                csl[key] = self.inline.plain(child)
            elif name in ("ext-link", "uri"):
                self.link(child, csl, left)
            elif name not in (
                "year",
                "month",
                "day",
                "season",
                "fpage",
                "lpage",
                "page-range",
                "elocation-id",
                "date-in-citation",
                "label",
            ):
                if name in ("italic", "bold", "sup", "sub", "styled-content", "named-content", "sc", "date"):
                    self.fields(child, csl, left)
                else:
                    left.append(self.inline.plain(child))

    def title(self, node: Node) -> str:
        """A title with the tags that CSL-JSON knows."""
        return node.text() if self.state.own else _tagged(self.inline.all(node))

    def link(self, node: Node, csl: dict[str, Any], left: list[str]) -> None:
        shown = self.inline.plain(node)
        href = node.get("href") or shown
        if not self.state.own and (found := re.fullmatch(r"(?:https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", href)):
            csl.setdefault("DOI", found[1])
        else:
            csl.setdefault("URL", href)
        if not self.state.own and shown and shown.strip() not in href and re.sub(r"^doi:\s*", "", shown) not in href:
            left.append(shown)

    def titles(self, node: Node, csl: dict[str, Any]) -> None:
        """A book's own title is its <source>; one that is a chapter's stands around it."""
        if node.first("chapter-title") and csl["type"] == "book":
            csl["type"] = "chapter"
        if "title" not in csl and "container-title" in csl:
            csl["title"] = csl.pop("container-title")

    def people(self, node: Node, csl: dict[str, Any], left: list[str]) -> None:
        role = _ROLES.get(node.get("person-group-type"), "")
        people = []
        for part in node.nodes if node.name == "person-group" else [node]:
            if part.name in _NAMES and (person := self.person(part)):
                people.append(person)
            elif part.name not in _NAMES:
                left.append(self.inline.plain(part))
        for run in node.children:
            if isinstance(run, Chars):
                run.taken = True
                if re.search(r"[^\W\d_]{3,}", run.value):
                    left.append(run.value.strip())
        if people and role:
            csl.setdefault(role, []).extend(people)
        else:
            left += [" ".join(person.values()) for person in people]

    def person(self, node: Node) -> dict[str, str]:
        if node.name in ("name-alternatives", "collab-alternatives") and node.nodes:
            return self.person(node.nodes[0])
        if node.name == "etal":
            return {"literal": self.inline.plain(node).strip() or "et al"}
        surname, given = node.first("surname"), node.first("given-names")
        if surname is None and given is None:
            text = self.inline.plain(node)
            return {"literal": text} if text else {}
        found = {
            key: self.inline.plain(part) for key, part in (("family", surname), ("given", given)) if part is not None
        }
        for key in ("prefix", "suffix"):
            if (more := node.first(key)) is not None:
                found[key] = self.inline.plain(more)
        for run in node.children:
            if isinstance(run, Chars):
                run.taken = True
        return found if "family" in found else {"literal": found.get("given", "")}

    def dates(self, node: Node, csl: dict[str, Any]) -> None:
        parts = [self.part(node, name) for name in ("year", "month", "day")]
        season = self.part(node, "season")
        if parts[0]:
            month = _MONTHS.get(parts[1][:3].lower(), 0) if not parts[1].isdigit() else int(parts[1])
            if re.fullmatch(r"\d{4}", parts[0]) and not season and (month or not parts[1]):
                numbers = [
                    int(parts[0]),
                    *([month] if month else []),
                    *([int(parts[2])] if month and parts[2].isdigit() else []),
                ]
                csl["issued"] = {"date-parts": [numbers]}
            else:
                csl["issued"] = " ".join(filter(None, [parts[0], season or parts[1], parts[2]]))
        if (accessed := node.first("date-in-citation")) is not None:
            shown = self.inline.plain(accessed)
            iso = re.match(r"\d{4}(?:-\d{1,2}){0,2}", accessed.get("iso-8601-date") or shown)
            csl["accessed"] = {"date-parts": [[int(part) for part in iso[0].split("-")]]} if iso else shown

    def part(self, node: Node, name: str) -> str:
        found = next((n for n in node.walk() if n.name == name and not _in_access(node, n)), None)
        return self.inline.plain(found).strip() if found is not None else ""

    def pages(self, node: Node, csl: dict[str, Any]) -> None:
        first, last, span, article = (
            self.part(node, name) for name in ("fpage", "lpage", "page-range", "elocation-id")
        )
        if first and last and first != last:
            csl["page"] = f"{first}-{last}"
        elif first or span or article:
            csl["page"] = first or span or article


def _tagged(content: Inlines) -> str:
    out = ""
    for inline in content:
        if isinstance(inline, Styled):
            inner, tag = _tagged(inline.content), _TAGS.get(inline.style, "")
            out += f"<{tag}>{inner}</{tag}>" if tag else inner
        else:
            out += _tagged(inline.content) if isinstance(inline, Link) else plain((inline,))
    return out


def _is_journal(node: Node) -> bool:
    return node.first("article-title") is not None or (
        node.first("source") is not None and node.first("volume") is not None
    )


def _in_access(citation: Node, node: Node) -> bool:
    return any(node in access.walk() for access in citation.all("date-in-citation"))
