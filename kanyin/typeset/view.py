# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What a template sees of an article: plain dicts, lists and strings, and HTML that is finished already.

The keys are a contract with every layout (docs/layouts.md lists them). Nothing in here is an object of ours, so a
template has nothing to climb on. Permit, credit and notice are absent on purpose: the stamp prints them, whatever a
layout does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kanyin.model import AbstractPart, Article, Block, Contributor, Front, ListBlock, Quote, Reference, Section
from kanyin.typeset import references
from kanyin.typeset.blocks import blocks
from kanyin.typeset.inlines import Html, Inliner, words

RUNNING_TITLE = 40  # em; a Han character is one em wide, a Latin letter half of one


def view(article: Article, inliner: Inliner, *, whole: Front) -> dict[str, Any]:
    """The value `article` of a template. Findings stay with the inliner.

    `whole` is the front of the work of which `article` may be an excerpt: an excerpt of a research article stays one,
    and is cited as the work it comes from.
    """
    front = article.front
    # the abstract is set before the body, so that notes are numbered in the order of reading
    abstract, abstract_en = _abstract(front.abstract, inliner), _abstract(front.abstract_en, inliner)
    body = blocks(article.body, inliner)
    return {
        "id": front.id,
        "lang": front.lang,
        "doi": front.doi,
        "column": front.column,
        "title": words(front.title),
        "title_en": words(front.title_en),
        "subtitle": words(front.subtitle),
        "subtitle_en": words(front.subtitle_en),
        "authors": [_author(c, front) for c in front.contribs],
        "affs": [_affiliation(front, i) for i in range(len(front.affs))],
        "has_abstract": bool(whole.abstract),
        "abstract": abstract,
        "abstract_en": abstract_en,
        "keywords": [words(word) for word in front.kwds],
        "keywords_en": [words(word) for word in front.kwds_en],
        "funding": [words(item) for item in front.funding],
        "funding_en": [words(item) for item in front.funding_en],
        "notes": [words(note) for note in front.author_notes],
        "journal": _journal(front),
        "history": _history(front),
        "cite_as": _cite_as(whole, inliner),
        "running": {"author": _running_author(front), "title": _shortened(front.title)},
        "body": Html("\n".join(body)),
        "back": Html("\n".join(blocks(article.back, inliner))),
        "references": _references(article, inliner),
    }


def anchors(article: Article) -> tuple[frozenset[str], dict[str, str]]:
    """The ids that will stand in the page, and the label of each that has one."""
    targets: set[str] = set()
    labels: dict[str, str] = {}

    def walk(content: tuple[Block, ...]) -> None:
        for block in content:
            if identity := getattr(block, "id", ""):
                targets.add(identity)
                labels[identity] = getattr(block, "label", "")
            if isinstance(block, Section | Quote):
                walk(block.content)
            elif isinstance(block, ListBlock):
                for item in block.items:
                    walk(item)

    walk(article.body)
    walk(article.back)
    return frozenset(targets), {k: v for k, v in labels.items() if v}


def _abstract(parts: tuple[AbstractPart, ...], inliner: Inliner) -> list[dict[str, str]]:
    return [{"label": part.label, "text": inliner.set(part.content)} for part in parts]


def _author(person: Contributor, front: Front) -> dict[str, Any]:
    marks = []
    if len(front.affs) > 1:
        order = {aff.id: str(i) for i, aff in enumerate(front.affs, 1)}
        marks = [order[a] for a in person.affs if a in order]
    return {
        "name": person.name,
        "name_en": person.name_en,
        "marks": marks,
        "corresp": person.corresp,
        "email": person.email,
        "orcid": person.orcid,
        "equal": person.equal,
        "role": person.role,
    }


def _affiliation(front: Front, index: int) -> dict[str, str]:
    aff = front.affs[index]
    mark = str(index + 1) if len(front.affs) > 1 else ""
    return {"mark": mark, "name": words(aff.name), "name_en": words(aff.name_en)}


def _journal(front: Front) -> dict[str, str]:
    journal = front.journal
    names = ("name", "name_en", "issn", "cn", "publisher", "year", "volume", "issue", "fpage", "lpage")
    return {name: getattr(journal, name) for name in names}


def _history(front: Front) -> dict[str, str]:
    """Dates as ISO 8601 and as 2026年3月1日 (`…_zh`); empty where there is none."""
    found = {"editor": front.history.editor}
    for name in ("received", "accepted", "published"):
        day = getattr(front.history, name)
        found[name] = day.isoformat() if day else ""
        found[f"{name}_zh"] = f"{day.year}年{day.month}月{day.day}日" if day else ""
    return found


def _running_author(front: Front) -> str:
    writers = [c.name for c in front.contribs if c.role == "author"] or [c.name for c in front.contribs]
    if not writers:
        return ""
    return writers[0] + ("等" if len(writers) > 1 else "")


def _shortened(title: str) -> str:
    """The title, or as much of it as a running head holds."""
    width = 0.0
    for at, char in enumerate(title):
        width += 0.5 if ord(char) < 0x2E80 else 1
        if width > RUNNING_TITLE:
            shown = title[:at]
            if shown.count("（") > shown.count("）"):
                shown = shown[: shown.rindex("（")]
            return shown.rstrip("，、：；的 ") + "……"
    return title


def _references(article: Article, inliner: Inliner) -> list[dict[str, Any]]:
    """The list in the order of its numbers."""
    ordered = sorted(article.refs, key=lambda r: inliner.numbers[r.id])
    shown = references.format_references(ordered, article.front.reference_style)
    return [
        {
            "id": inliner.prefix + "ref-" + ref.id,
            "number": str(inliner.numbers[ref.id]),
            "lang": _language(ref),
            "text": inliner.set(text),
        }
        for ref, text in zip(ordered, shown, strict=True)
    ]


def _language(ref: Reference) -> str:
    """en for an entry whose title has no Han character, for hyphenation and the reading voice; else empty."""
    title = str(ref.csl.get("title", ""))
    return "" if any("\u3400" <= c <= "\u9fff" for c in title) or not title else "en"


def _cite_as(front: Front, inliner: Inliner) -> str:
    """引用本文: the article's own entry, in the style of its reference list. Empty without a journal and year."""
    journal = front.journal
    if not (journal.name and journal.year):
        return ""
    csl: dict[str, Any] = {
        "type": "article-journal",
        "title": f"{front.title}：{front.subtitle}" if front.subtitle else front.title,
        "author": [{"literal": c.name} for c in front.contribs if c.role == "author"],
        "container-title": journal.name,
        "issued": {"date-parts": [[int(journal.year)]]} if journal.year.isdigit() else journal.year,
        "volume": journal.volume,
        "issue": journal.issue,
        "page": f"{journal.fpage}-{journal.lpage}" if journal.lpage else journal.fpage,
        "DOI": front.doi,
        "language": "zh",
    }
    known: Mapping[str, Any] = {k: v for k, v in csl.items() if v}
    return inliner.set(references.format_references([Reference("self", known)], front.reference_style)[0])
