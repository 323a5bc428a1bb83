# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""CSL-JSON items → <ref>. What JATS has no element for stands beside it as JSON, so that nothing is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from kanyin.exports.xml import el, identifier, text
from kanyin.model import Reference

# publication-type; others keep their CSL name. The reader turns these round.
TYPES = {
    "article-journal": "journal", "article-newspaper": "newspaper", "paper-conference": "confproc", "webpage": "web",
    "dataset": "data",
}  # fmt: skip
_CHAPTERS = ("chapter", "paper-conference", "entry-encyclopedia")
_PLAIN = {
    "container-title": "source", "volume": "volume", "issue": "issue", "edition": "edition", "version": "version",
    "publisher": "publisher-name", "publisher-place": "publisher-loc", "collection-title": "series",
    "event-title": "conf-name", "event-place": "conf-loc", "ISSN": "issn", "ISBN": "isbn", "note": "comment",
}  # fmt: skip
_IDS = {"DOI": "doi", "PMID": "pmid", "PMCID": "pmcid"}
_PEOPLE = {"author": "author", "editor": "editor", "translator": "translator"}
_RANGE = re.compile(r"([^\s,;–-]+)-([^\s,;–-]+)")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def reference(ref: Reference) -> str:
    parts: list[str] = []
    left: dict[str, Any] = {}
    kind = ref.csl.get("type")
    kind = kind if isinstance(kind, str) and kind not in TYPES.values() and kind == kind.strip() else ""
    for key, value in ref.csl.items():
        if key == "type" and kind:
            continue
        made = _element(key, value, kind)
        if made:
            parts.append(made)
        else:
            left[key] = value
    named = {"publication-type": TYPES.get(kind, kind)}
    citation = el("element-citation", named, *parts) if parts else el("mixed-citation", named)
    note = el("note", {"specific-use": "csl-json"}, el("p", {}, text(_json(left)))) if left else ""
    return el("ref", {"id": identifier(ref.id, "ref")}, citation, note)


def _element(key: str, value: Any, kind: str) -> str:
    """The element for one field; nothing when JATS has none for it, or not for such a value."""
    if key in _PEOPLE:
        return _people(_PEOPLE[key], value)
    if key == "issued":
        return "".join(el(name, {}, part) for name, part in _parts(value))
    if key == "accessed":
        day = [part for _, part in _parts(value)]
        iso = "-".join(part.zfill(2) for part in day)
        return el("date-in-citation", {"content-type": "access-date", "iso-8601-date": iso}, iso) if day else ""
    if not isinstance(value, str) or not value or value != value.strip() or re.search(r"[\n\t\r]", value):
        return ""
    if key == "title":
        return el("chapter-title" if kind in _CHAPTERS else "article-title", {}, text(value))
    if key in _PLAIN:
        return el(_PLAIN[key], {}, text(value))
    if key in _IDS:
        return el("pub-id", {"pub-id-type": _IDS[key]}, text(value))
    if key == "URL":
        return el("ext-link", {"ext-link-type": "uri", "xlink:href": value}, text(value))
    if key == "page":
        if (found := _RANGE.fullmatch(value)) and found[1] != found[2]:
            return el("fpage", {}, text(found[1])) + el("lpage", {}, text(found[2]))
        return el("page-range", {}, text(value))
    return ""


def _people(role: str, value: Any) -> str:
    if not isinstance(value, list) or not value:
        return ""
    made = [_person(person) for person in value]
    return el("person-group", {"person-group-type": role}, *made) if all(made) else ""


def _person(person: Any) -> str:
    if not isinstance(person, Mapping) or not all(isinstance(v, str) and v and v == v.strip() for v in person.values()):
        return ""
    if set(person) == {"literal"}:
        return el("collab", {}, text(person["literal"]))
    if set(person) not in ({"family"}, {"family", "given"}):
        return ""
    given = el("given-names", {}, text(person["given"])) if "given" in person else ""
    style = "eastern" if _HAN.search(person["family"]) else ""
    return el("name", {"name-style": style}, el("surname", {}, text(person["family"])), given)


def _parts(value: Any) -> list[tuple[str, str]]:
    """Year, month and day of a CSL date that is one day and nothing else, the first of them four digits long."""
    if not isinstance(value, Mapping) or set(value) != {"date-parts"}:
        return []
    dates = value["date-parts"]
    if not (isinstance(dates, list) and len(dates) == 1 and isinstance(dates[0], list) and 1 <= len(dates[0]) <= 3):
        return []
    whole = all(type(part) is int and part > 0 for part in dates[0]) and 1000 <= dates[0][0] <= 9999
    return list(zip(("year", "month", "day"), map(str, dates[0]), strict=False)) if whole else []


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=False)
