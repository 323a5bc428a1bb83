# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""contrib-group, aff and author-notes → contributors, affiliations and notes."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from kanyin.model import Affiliation, Contributor
from kanyin.readers.jats_inline import Inliner
from kanyin.readers.jats_state import State
from kanyin.readers.xmltree import Chars, Node

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_NAMES = ("name", "string-name", "collab", "anonymous", "name-alternatives", "collab-alternatives")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class People:
    """`contribs`, `affs`, `notes` (plain text) and `editor` of one article."""

    def __init__(self, state: State, inline: Inliner, meta: Node, lang: str) -> None:
        self.state = state
        self.inline = inline
        self.lang = lang
        self._affs: dict[str, Affiliation] = {}
        groups = meta.all("contrib-group")
        for node in [
            *(a for group in groups for a in group.all("aff", "aff-alternatives")),
            *meta.all("aff", "aff-alternatives"),
        ]:
            self.affiliation(node)
        notes = meta.first("author-notes")
        mails = self.corresponding(notes)
        people = [(node, self.contributor(node, mails)) for group in groups for node in group.all("contrib")]
        editors = [c for n, c in people if _is_editor(n, groups)]
        self.contribs = self.placed([c for n, c in people if not _is_editor(n, groups)])
        self.editor = ", ".join(c.name for c in editors)
        self.notes = tuple(filter(None, self.note_lines(notes)))
        self.affs = tuple(self._affs.values())

    def affiliation(self, node: Node) -> str:
        """The id of an affiliation, which it is given when it has none."""
        forms = (node.all("aff") if node.name == "aff-alternatives" else []) or [node]
        given = node.get("id") or next((form.get("id") for form in forms if form.get("id")), "")
        identifier = self.state.id(given, "aff") or f"a{len(self._affs) + 1}"
        said = [(form, name) for form in forms if (name := self.place(form))]
        forms, names = [form for form, _ in said], [name for _, name in said]
        english = next((i for i, form in enumerate(forms) if i and form.get("lang").startswith("en")), 0)
        if not english and len(forms) > 1 and forms[0].get("lang").startswith("en") and not self.lang.startswith("en"):
            names.insert(0, names.pop(1))
            english = 1
        if not any(names):
            return ""
        name, name_en = names[0], names[english] if english else ""
        further = [other for at, other in enumerate(names) if at not in (0, english)]
        self._affs[identifier] = Affiliation(identifier, "；".join([name, *further]), name_en)
        return identifier

    def place(self, node: Node) -> str:
        """Name and address: parts without signs between them are parted by commas."""
        if self.state.own:
            return node.text()
        label = [child for child in node.children if isinstance(child, Node) and child.name in ("label", "sup")]
        for child in label:
            child.text()
        content = [child for child in node.children if child not in label]
        if any(isinstance(child, Chars) and re.search(r"\w|[,，;；]", child.value) for child in content):
            return self.inline.plain(Node("aff", {}, node.where, content)).strip(" ,，;；")
        parts = [self.inline.plain(child).strip(" ,，;；") for child in content if isinstance(child, Node)]
        return ("，" if _HAN.search("".join(parts)) else ", ").join(part for part in parts if part)

    def corresponding(self, notes: Node | None) -> dict[str, str]:
        """E-mail addresses by the id of the note that names them."""
        found = {}
        for node in notes.all("corresp") if notes is not None else []:
            if mail := _MAIL.search("".join(run.value for run in node.chars())):
                found[node.get("id")] = mail[0]
        return found

    def contributor(self, node: Node, mails: dict[str, str]) -> Contributor:
        names = [form for part in node.all(*_NAMES) for form in (part.nodes if "alternatives" in part.name else [part])]
        main, english = self.forms(names)
        xrefs = node.all("xref")
        for xref in xrefs:
            if xref.get("ref-type") in ("aff", "corresp", "fn", "author-notes"):
                xref.text()  # a number or an asterisk that the layout sets
        affs = [self.state.id(rid, "aff") for x in xrefs if x.get("ref-type") == "aff" for rid in x.get("rid").split()]
        affs += [self.affiliation(aff) for aff in node.all("aff", "aff-alternatives")]
        pointed = [rid for x in xrefs if x.get("ref-type") == "corresp" for rid in x.get("rid").split()]
        mail = [
            self.inline.plain(n).strip()
            for n in (*node.all("email"), *(e for a in node.all("address") for e in a.all("email")))
        ]
        mail += [mails[rid] for rid in pointed if rid in mails]
        kind = node.get("contrib-type") or "author"
        role = [self.inline.plain(n) for n in node.all("role")]
        orcid = ""
        for identifier in node.all("contrib-id"):
            if found := re.search(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", "".join(run.value for run in identifier.chars())):
                identifier.text()
                orcid = found[0]
        return Contributor(
            name=main or english,
            name_en=english if main else "",
            affs=tuple(dict.fromkeys(a for a in affs if a in self._affs)),
            corresp=node.get("corresp") == "yes" or bool(pointed),
            email=mail[0] if mail else "",
            orcid=orcid,
            equal=node.get("equal-contrib") == "yes",
            role=(role[0] if role else kind) if self.state.own or kind != "author" else "author",
        )

    def forms(self, names: Sequence[Node]) -> tuple[str, str]:
        """The name in the article's language and in English, as printed."""
        found = [(node, name) for node in names if (name := self.name(node)) or self.state.own]
        if self.state.own:
            return found[0][1], found[1][1] if len(found) > 1 else ""
        han = [name for node, name in found if _HAN.search(name)]
        latin = [name for node, name in found if not _HAN.search(name)]
        return (han[0] if han else "", latin[0] if latin else "") if han else ("", latin[0] if latin else "佚名")

    def name(self, node: Node) -> str:
        if self.state.own or node.name not in ("name", "string-name") or node.first("surname") is None:
            return self.inline.plain(node) or ("佚名" if node.name == "anonymous" else "")
        if any(isinstance(run, Chars) and run.value.strip() for run in node.children):
            return re.sub(r"\s+", " ", self.inline.plain(node)).strip()
        parts = {
            k: self.inline.plain(n).strip() if (n := node.first(k)) else ""
            for k in ("prefix", "given-names", "surname", "suffix")
        }
        eastern = node.get("name-style") == "eastern"
        order = ("surname", "given-names") if eastern or _HAN.search(parts["surname"]) else ("given-names", "surname")
        gap = "" if _HAN.search(parts["surname"]) else " "
        core = gap.join(parts[k] for k in order if parts[k])
        return " ".join(part for part in (parts["prefix"], core, parts["suffix"]) if part)

    def placed(self, people: list[Contributor]) -> tuple[Contributor, ...]:
        """With a single affiliation and no marks at all, everybody belongs to it."""
        if len(self._affs) == 1 and not self.state.own and not any(person.affs for person in people):
            return tuple(dataclasses.replace(person, affs=tuple(self._affs)) for person in people)
        return tuple(people)

    def note_lines(self, notes: Node | None) -> list[str]:
        if notes is None:
            return []
        made = []
        for node in notes.nodes:
            if node.name in ("fn", "corresp", "p", "title"):
                if (label := node.first("label")) is not None:
                    label.text()
                made.append(self.inline.plain(node, without=["label"]) if not self.state.own else node.text())
        return made


def _is_editor(node: Node, groups: Sequence[Node]) -> bool:
    group = next(g for g in groups if node in g.nodes)
    if group.get("content-type") in ("authors", "author"):
        return False
    return "editor" in node.get("contrib-type") or "editor" in group.get("content-type")
