# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""journal-meta and article-meta → front matter. What has no place there is not taken, and so is kept under `other`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kanyin.model import (
    AbstractPart,
    Front,
    History,
    Inlines,
    Journal,
    Other,
    Permissions,
    Section,
    Styled,
    Text,
)
from kanyin.readers.inlines import plain
from kanyin.readers.jats_blocks import Blocks, merged
from kanyin.readers.jats_floats import joined
from kanyin.readers.jats_inline import trimmed
from kanyin.readers.jats_people import People
from kanyin.readers.jats_state import State
from kanyin.readers.xmltree import Chars, Node

_CHINESE = re.compile(r"(?:zh|chi|zho|cn)\b", re.IGNORECASE)
# what holds many things: each of them is kept by itself
_WIDE = {
    "article", "front", "front-stub", "journal-meta", "article-meta", "contrib-group", "custom-meta-group", "body",
    "back", "article-categories", "title-group", "sub-article", "response", "sec", "funding-group", "author-notes",
    "history", "permissions", "kwd-group", "p", "ref-list", "ref", "fig", "table-wrap", "abstract", "trans-abstract",
}  # fmt: skip
_PUBLISHED = ("pub", "epub", "ppub", "epub-ppub", "publication")


class FrontReader:
    """`sections` are abstracts that the front matter has no place for: digests, and those in further languages."""

    def __init__(self, state: State, blocks: Blocks) -> None:
        self.state = state
        self.blocks = blocks
        self.inline = blocks.inline
        self.sections: list[Section] = []

    def read(self, article: Node, path: Path) -> Front:
        front = article.first("front", "front-stub") or Node("front", {}, article.where)
        meta = front.first("article-meta") or front
        journal = front.first("journal-meta") or Node("journal-meta", {}, article.where)
        self.lang = _language(article.get("lang"))
        own = self.custom(meta)
        titles = meta.first("title-group") or Node("title-group", {}, article.where)
        title_en, subtitle_en = self.translated(titles)
        people = People(self.state, self.inline, meta, self.lang)
        words, words_en = self.keywords(meta)
        funding, funding_en = self.funding(meta)
        return Front(
            id=re.sub(r"\s+", "-", self.identifier(meta, "publisher-id")) or path_id(path),
            title=self.text(titles, "article-title"),
            lang=self.lang,
            title_en=title_en,
            subtitle=self.text(titles, "subtitle"),
            subtitle_en=subtitle_en,
            column=self.column(meta),
            doi=self.identifier(meta, "doi"),
            contribs=people.contribs,
            affs=people.affs,
            abstract=self.abstract(meta.all("abstract"), first=True),
            abstract_en=self.abstract(meta.all("trans-abstract"), first=False),
            kwds=words,
            kwds_en=words_en,
            funding=funding,
            funding_en=funding_en,
            author_notes=people.notes,
            journal=self.journal(journal, meta, own),
            history=self.history(meta, people.editor),
            permissions=self.permissions(meta, own),
            reference_style=own.pop("reference_style", "gbt7714-2025"),  # type: ignore[arg-type]
            layout=own.pop("layout", ""),
            where=meta.where,
        )

    def text(self, node: Node, *names: str) -> str:
        found = node.first(*names)
        return self.inline.plain(found) if found is not None else ""

    def identifier(self, meta: Node, kind: str) -> str:
        found = next((n for n in meta.all("article-id") if n.get("pub-id-type") == kind), None)
        return self.inline.plain(found) if found is not None else ""

    def column(self, meta: Node) -> str:
        groups = [group for part in meta.all("article-categories") for group in part.all("subj-group")]
        groups.sort(key=lambda group: group.get("subj-group-type") != "heading")
        return self.text(groups[0], "subject") if groups else ""

    def translated(self, titles: Node) -> tuple[str, str]:
        groups = titles.all("trans-title-group") or [titles]
        english = [group for group in groups if not _CHINESE.match(group.get("lang"))] or groups
        return self.text(english[0], "trans-title"), self.text(english[0], "trans-subtitle")

    def abstract(self, found: Sequence[Node], *, first: bool) -> tuple[AbstractPart, ...]:
        """The abstract proper; any other becomes a section at the end, with its heading."""
        proper = [n for n in found if not n.get("abstract-type") and (first or not n.get("lang") or _is_english(n))]
        for node in found:
            if node not in proper[:1] and not node.empty:
                self.state.report("JATS-ABSTRACT", node.where, node.get("abstract-type") or node.get("lang"))
                self.sections.append(self.blocks.section(node, f"abstract{len(self.sections) + 2}"))
        return tuple(self.parts(proper[0])) if proper else ()

    def parts(self, abstract: Node) -> list[AbstractPart]:
        made: list[AbstractPart] = []
        heading = abstract.first("title")
        if heading is not None and re.fullmatch(
            r"\W*(?:摘\s*要|abstract|summary)\W*", heading.text().strip(), re.IGNORECASE
        ):
            heading = None  # the layout writes it
        for child in abstract.nodes:
            if child.name == "sec":
                paragraphs = [self.inline.all(p) for p in child.nodes if p.name != "title"]
                made.append(
                    AbstractPart(
                        self.text(child, "title").rstrip(":：") if not self.state.own else self.text(child, "title"),
                        joined(paragraphs),
                    )
                )
            elif child.name in ("p", "list", "disp-formula", "disp-quote") and (content := self.inline.all(child)):
                made.append(AbstractPart("", content))
            elif child is heading:
                made.append(AbstractPart(self.inline.plain(child), ()))
        if self.state.own:
            return made
        # a label alone is all there is to say
        made = [part if part.content else AbstractPart("", (Text(part.label),)) for part in _run_in(made)]
        return [part for part in made if part.content != (Text(""),)]

    def keywords(self, meta: Node) -> tuple[tuple[str, ...], tuple[str, ...]]:
        found: dict[bool, tuple[str, ...]] = {}
        for group in meta.all("kwd-group"):
            kind = group.get("kwd-group-type")
            if self.state.own:
                english = kind == "author-translated"
            else:
                english = _is_english(group) and not self.lang.startswith("en")
                if (
                    kind
                    and "author" not in kind
                    and any(
                        "author" in g.get("kwd-group-type") or not g.get("kwd-group-type")
                        for g in meta.all("kwd-group")
                    )
                ):
                    continue
            if english not in found:
                found[english] = tuple(filter(None, (self.inline.plain(word) for word in group.all("kwd"))))
                if (title := group.first("title")) is not None:
                    title.text()  # 关键词, Keywords: the layout writes it
        return found.get(False, ()), found.get(True, ())

    def funding(self, meta: Node) -> tuple[tuple[str, ...], tuple[str, ...]]:
        statements = [s for group in meta.all("funding-group") for s in group.all("funding-statement")]
        awards = [a for group in meta.all("funding-group") for a in group.all("award-group")]
        main = [self.inline.plain(s) for s in statements if not self._translated(s)]
        english = [self.inline.plain(s) for s in statements if self._translated(s)]
        if not statements:
            for award in awards:
                source = ", ".join(filter(None, (self.inline.plain(s).strip() for s in award.all("funding-source"))))
                number = ", ".join(filter(None, (self.inline.plain(s).strip() for s in award.all("award-id"))))
                main.append(f"{source}（{number}）" if source and number else source or number)
        return tuple(filter(None, main)), tuple(filter(None, english))

    def _translated(self, node: Node) -> bool:
        return _is_english(node) and (self.state.own or not self.lang.startswith("en"))

    def journal(self, journal: Node, meta: Node, own: dict[str, str]) -> Journal:
        titles = journal.first("journal-title-group") or journal
        groups = titles.all("trans-title-group")
        issns = sorted(
            journal.all("issn"), key=lambda n: "p" not in (n.get("pub-type") + n.get("publication-format"))[:2]
        )
        cn = journal.first("cn") or next(
            (n for n in journal.all("journal-id") if n.get("journal-id-type") == "cn"), None
        )
        if self.state.own:
            for name in journal.all("journal-id"):
                name.text()
        years = [
            d for d in meta.all("pub-date") if d.get("date-type") == "collection" or d.get("pub-type") == "collection"
        ]
        if not years and not self.state.own:
            years = meta.all("pub-date")
        publisher = journal.first("publisher")
        first = self.text(meta, "fpage")
        return Journal(
            name=self.text(titles, "journal-title"),
            name_en=self.text(groups[0], "trans-title") if groups else "",
            issn=self.inline.plain(issns[0]) if issns else "",
            cn=self.inline.plain(cn) if cn is not None else "",
            publisher=self.text(publisher, "publisher-name") if publisher is not None else "",
            year=self.text(years[0], "year") if years else "",
            volume=self.text(meta, "volume"),
            issue=self.text(meta, "issue"),
            fpage=first or self.text(meta, "elocation-id"),
            lpage=self.text(meta, "lpage") if first else own.pop("lpage", ""),
        )

    def history(self, meta: Node, editor: str) -> History:
        days: dict[str, date | None] = {"received": None, "accepted": None}
        for group in meta.all("history"):
            for node in group.all("date"):
                kind = node.get("date-type")
                if kind in days and days[kind] is None:
                    days[kind] = self.day(node)
        published = None
        for node in meta.all("pub-date"):
            kind = node.get("date-type") or node.get("pub-type")
            if published is None and kind in (_PUBLISHED[:1] if self.state.own else _PUBLISHED):
                published = self.day(node)
        return History(days["received"], days["accepted"], published, editor)

    def day(self, node: Node) -> date | None:
        """A whole day; what is less, or no day of the calendar, is not taken and is kept as it stands."""
        parts = [
            next((run.value for run in n.chars()), "") if (n := node.first(k)) else "" for k in ("year", "month", "day")
        ]
        try:
            found = date(*(int(part) for part in parts))
        except ValueError:
            return None
        node.text()
        return found

    def permissions(self, meta: Node, own: dict[str, str]) -> Permissions:
        """What the file says of its rights: as it stands under `declared`, for the decision to look at."""
        node = meta.first("permissions")
        if self.state.own:
            if node is not None:
                node.text()  # made from the register; the source's own words are in the custom metadata
            values = {key.removeprefix("rights."): own.pop(key) for key in list(own) if key.startswith("rights.")}
            return Permissions(**values, where=node.where if node is not None else None)
        if node is None:
            return Permissions(where=meta.where)
        lines = [
            self.inline.plain(child) for child in node.walk() if child.name in ("copyright-statement", "license-p", "p")
        ]
        addresses = [n.get("href") or self.inline.plain(n) for n in node.walk() if n.name in ("license", "license_ref")]
        declared = "\n".join(filter(None, (*lines, *(a for a in addresses if a.startswith("http")))))
        return Permissions(year=self.text(node, "copyright-year"), declared=declared, where=node.where)

    def custom(self, meta: Node) -> dict[str, str]:
        """The values that are ours, by their names; those of others are not taken here."""
        found = {}
        for group in meta.all("custom-meta-group"):
            for item in group.all("custom-meta"):
                if self.state.own and item.get("specific-use") == "kanyin":
                    found[self.text(item, "meta-name")] = self.text(item, "meta-value")
        return found

    def others(self, root: Node) -> tuple[Other, ...]:
        """Every word that nobody has taken, under the name of its element: one entry for what belongs together."""
        made: list[Other] = []

        def keep(node: Node) -> None:
            runs = list(node.chars())
            if all(run.taken or not run.value.strip() for run in runs):
                return
            if node.name not in _WIDE and not any(run.taken for run in runs):
                self.keep(node, made)
                return
            own = [c for c in node.children if isinstance(c, Chars) and not c.taken and re.search(r"\w", c.value)]
            if own:
                self.state.report("JATS-OTHER", own[0].where, node.name)
                made.append(Other(_name(node), " ".join(_words(run) for run in own)))
            for child in node.nodes:
                keep(child)

        keep(root)
        return tuple(made)

    def keep(self, node: Node, made: list[Other]) -> None:
        name, value = node.first("meta-name"), node.first("meta-value")
        if node.name == "custom-meta" and name is not None and value is not None:
            if not self.state.own:
                self.state.report("JATS-OTHER", node.where, node.name)
            shown = [name.text(), value.text()] if self.state.own else [_words(*name.chars()), _words(*value.chars())]
            made.append(Other(shown[0] or "custom-meta", shown[1]))
            return
        self.state.report("JATS-OTHER", node.where, node.name)
        made.append(Other(_name(node), _words(*node.chars())))


def path_id(path: Path) -> str:
    return path.resolve().parent.name if path.stem == "article" else re.sub(r"\s+", "-", path.stem)


def _words(*runs: Chars) -> str:
    for run in runs:
        run.taken = True
    return " ".join(filter(None, (re.sub(r"\s+", " ", run.value).strip() for run in runs)))


def _name(node: Node) -> str:
    kinds = [value for key, value in node.attrs.items() if key.endswith("-type")]
    return f"{node.name}[{kinds[0]}]" if kinds else node.name


def _language(value: str) -> str:
    """BCP 47, as the front matter has it; JATS takes a file that says nothing for English."""
    if not value:
        return "en"
    if _CHINESE.fullmatch(value):
        return "zh-Hans"
    return value if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*", value) and value != "EN" else "en"


def _is_english(node: Node) -> bool:
    return node.get("lang").lower().startswith("en")


def _run_in(parts: list[AbstractPart]) -> list[AbstractPart]:
    """Labels that stand in bold at the beginning of their paragraphs (**目的** 探讨…) are labels."""
    made = []
    for part in parts:
        first: Any = part.content[0] if part.content else None
        rest: Inlines = part.content[1:]
        if (
            not part.label
            and isinstance(first, Styled)
            and first.style == "bold"
            and rest
            and len(plain((first,))) <= 30
        ):
            if isinstance(rest[0], Text):
                rest = trimmed(merged((Text(rest[0].value.lstrip(" :：\u3000")), *rest[1:])))
            part = AbstractPart(plain((first,)).strip("【】[] :：\u3000"), rest)
        made.append(part)
    return made
