# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The pages that only an issue has: cover, contents in two languages, index of authors.

They hold facts of the articles (titles, names, folios) and nothing of their text; what a template is given is
listed in docs/issue.md. They are typeset for a Permit like everything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kanyin.config.layout import LayoutSpec
from kanyin.findings import Finding
from kanyin.model import Front, Permit
from kanyin.typeset.html import Start, document, permitted
from kanyin.typeset.outline import inspect
from kanyin.typeset.sandbox import render


@dataclass(frozen=True)
class Head:
    """What an issue says of itself; `first` and `last` are folios."""

    id: str
    title: str
    journal: str
    journal_en: str
    issn: str
    cn: str
    publisher: str
    published: date | None
    year: str
    volume: str
    issue: str
    first: str
    last: str


@dataclass(frozen=True)
class Listed:
    """An article as contents and index name it; `link` leads to it."""

    title: str
    subtitle: str
    title_en: str
    column: str
    column_en: str
    authors: tuple[tuple[str, str], ...]
    folio: str
    link: str


def cover(head: Head, permit: Permit, layout: LayoutSpec) -> tuple[str, list[Finding]]:
    """Raises what `render` raises, and RightsError for a permit of another layout."""
    return _page("cover", head, permit, layout, Start(), {})


def contents(head: Head, listed: Sequence[Listed], permit: Permit, layout: LayoutSpec) -> tuple[str, list[Finding]]:
    """As `cover`."""
    columns: list[dict[str, Any]] = []
    for one in listed:
        if not columns or columns[-1]["name"] != one.column:
            columns.append({"name": one.column, "name_en": one.column_en, "entries": [], "has_english": False})
        columns[-1]["entries"].append(
            {
                "title": one.title,
                "subtitle": one.subtitle,
                "title_en": one.title_en,
                "authors": [name for name, _ in one.authors],
                "authors_en": [name for _, name in one.authors if name],
                "folio": one.folio,
                "link": one.link,
            }
        )
        columns[-1]["has_english"] |= bool(one.title_en)
    values = {"columns": columns, "has_english": any(column["has_english"] for column in columns)}
    return _page("contents", head, permit, layout, Start(), values)


def index(
    head: Head, listed: Sequence[Listed], permit: Permit, layout: LayoutSpec, *, start: Start, closing: str = ""
) -> tuple[str, list[Finding]]:
    """The authors by the letters of their names, and under none those whose name is given in Han alone. As `cover`."""
    values = {"groups": _groups(listed), "closing": closing}
    return _page("index", head, permit, layout, start, values)


def _groups(listed: Iterable[Listed]) -> list[dict[str, Any]]:
    people: dict[tuple[str, str], list[dict[str, str]]] = {}
    for one in listed:
        for person in dict.fromkeys(one.authors):
            people.setdefault(person, []).append({"folio": one.folio, "link": one.link, "title": one.title})
    groups: list[dict[str, Any]] = []
    for (name, name_en), places in sorted(people.items(), key=lambda item: (not item[0][1], _key(item[0]))):
        letter = name_en[:1].upper()
        if not groups or groups[-1]["letter"] != letter:
            groups.append({"letter": letter, "people": []})
        groups[-1]["people"].append({"name": name, "name_en": name_en, "places": places})
    return groups


def _key(person: tuple[str, str]) -> tuple[str, str]:
    name, name_en = person
    return re.sub(r"[^a-z]", "", name_en.lower()), name


def _page(
    page: str, head: Head, permit: Permit, layout: LayoutSpec, start: Start, more: Mapping[str, Any]
) -> tuple[str, list[Finding]]:
    permitted(permit, layout)
    chosen = {name: option.default for name, option in layout.options.items()}
    values = {"page": page, "issue": _shown(head), "options": chosen, **more}
    content = render(layout.root, layout.issue, values)
    front = Front(id=head.id, title=head.title)
    return document(front, content, start, chosen), inspect(content, str(layout.root / layout.issue))


def _shown(head: Head) -> dict[str, str]:
    names = ("id", "title", "journal", "journal_en", "issn", "cn", "publisher", "year", "volume", "issue")
    day = head.published
    return {
        **{name: getattr(head, name) for name in names},
        "published": day.isoformat() if day else "",
        "published_zh": f"{day.year}年{day.month}月{day.day}日" if day else "",
        "volume_en": volume_en(head.year, head.volume, head.issue),
        "first": head.first,
        "last": head.last,
    }


def volume_en(year: str, volume: str, issue: str) -> str:
    """`Vol. 3, No. 11-12, 2026`; a supplement (增刊1) is `Suppl. 1`."""
    number = (
        re.sub(r"^增刊\s*", "Suppl. ", issue).strip() if issue.startswith("增刊") else f"No. {issue}" if issue else ""
    )
    return ", ".join(part for part in (f"Vol. {volume}" if volume else "", number, year) if part)
