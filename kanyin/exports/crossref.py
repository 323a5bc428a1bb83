# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Issue → Crossref deposit (schema 5.5.0): what a DOI is registered with.

An article without a DOI, or without a year, cannot be registered and is named. Nothing here knows the day of today, so
the same issue gives the same file; a deposit that corrects an earlier one needs a later `stamp`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from kanyin.config.issue import Deposit
from kanyin.exports.xml import el, lines, text
from kanyin.findings import Finding, RightsError, finding
from kanyin.model import Article, Contributor, Front, Inlines, Permit, Styled, Text
from kanyin.tools.hannames import split

VERSION = "5.5.0"
_NAMESPACES = {
    "version": VERSION,
    "xmlns": f"http://www.crossref.org/schema/{VERSION}",
    "xmlns:jats": "http://www.ncbi.nlm.nih.gov/JATS1",
}
_DOI = re.compile(r"10\.[0-9]{4,9}/.{1,200}")
_ISSN = re.compile(r"[0-9]{4}-?[0-9]{3}[0-9Xx]")
_LONGEST_NAME, _LONGEST_TITLE, _LONGEST_PLACE, _LONGEST_NUMBER = 200, 255, 1024, 32
"""Characters in a person's name, a journal's title, an institution, and a volume, issue or page."""
_ROLES = ("author", "editor", "translator")
_TYPES = {
    "article-journal": "journal_article", "article-newspaper": "other", "book": "book", "chapter": "book_chapter",
    "dataset": "dataset", "paper-conference": "conference_paper", "patent": "patent", "post": "preprint",
    "report": "report", "standard": "standard", "thesis": "dissertation", "webpage": "web_resource",
}  # fmt: skip
"""CSL's names of kinds, and those of Crossref."""


def deposit(
    articles: Sequence[tuple[Article, Permit]], about: Deposit, stamp: int
) -> tuple[bytes | None, list[Finding]]:
    """The file as UTF-8, or None when no article can be registered. `stamp` orders deposits of one DOI.

    Raises RightsError for a permit that covers only parts: a DOI stands for the whole.
    """
    if partial := [permit.work for _, permit in articles if permit.parts]:
        raise RightsError(finding("CROSSREF-PARTS", None, works=", ".join(partial)))
    findings = [f for article, _ in articles for f in _lacks(article.front)]
    fit = [article for article, _ in articles if not [*_lacks(article.front)]]
    if not fit:
        return None, findings
    front = fit[0].front
    journal = el("journal", {}, lines([_journal(front), _issue(front), *(_article(one, about) for one in fit)]), "\n")
    head = [
        el("doi_batch_id", {}, hashlib.sha256(journal.encode()).hexdigest()[:32]),
        el("timestamp", {}, str(stamp)),
        el(
            "depositor", {}, el("depositor_name", {}, text(about.depositor)), el("email_address", {}, text(about.email))
        ),
        el("registrant", {}, text(about.registrant)),
    ]
    batch = lines([el("head", {}, lines(head), "\n"), el("body", {}, journal)])
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n' + el("doi_batch", _NAMESPACES, batch, "\n") + "\n"
    ).encode(), findings


def _lacks(front: Front) -> Iterator[Finding]:
    missing = {
        "doi": bool(_DOI.fullmatch(front.doi)),
        "title": bool(front.title),
        "journal.name": bool(front.journal.name),
        "journal.year": _year(front) is not None,
    }
    if lacking := [name for name, there in missing.items() if not there]:
        yield finding("CROSSREF-LACKS", front.where, work=front.id, lacking=", ".join(lacking))


def _year(front: Front) -> str | None:
    year = front.journal.year or (str(front.history.published.year) if front.history.published else "")
    return year if re.fullmatch("1[4-9][0-9]{2}|2[0-1][0-9]{2}", year) else None


def _journal(front: Front) -> str:
    journal = front.journal
    names = [name[:_LONGEST_TITLE] for name in (journal.name, journal.name_en) if name]
    issn = el("issn", {"media_type": "print"}, journal.issn) if _ISSN.fullmatch(journal.issn) else ""
    titles = [el("full_title", {}, text(name)) for name in names]
    return el("journal_metadata", {"language": _lang(front.lang)}, lines([*titles, issn]), "\n")


def _issue(front: Front) -> str:
    journal = front.journal
    volume = _number("volume", journal.volume)
    parts = [
        _date("publication_date", {"media_type": "print"}, None, _year(front) or ""),
        el("journal_volume", {}, volume) if volume else "",
        _number("issue", journal.issue),
    ]
    return el("journal_issue", {}, lines(parts), "\n")


def _article(article: Article, about: Deposit) -> str:
    front = article.front
    online = front.history.published
    dates = [_date("publication_date", {"media_type": "print"}, None, _year(front) or "")]
    if online:
        dates.append(_date("publication_date", {"media_type": "online"}, online, str(online.year)))
    place = about.landing.format(doi=quote(front.doi, safe="/"), id=quote(front.id, safe=""))
    parts = [
        _titles(front),
        _contributors(front),
        *_abstracts(front),
        *dates,
        _accepted(front),
        _pages(front),
        el("doi_data", {}, el("doi", {}, text(front.doi)), el("resource", {}, text(place))),
        _citations(article),
    ]
    return el("journal_article", {"publication_type": "full_text", "language": _lang(front.lang)}, lines(parts), "\n")


def _lang(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _date(name: str, values: Mapping[str, str], day: date | None, year: str) -> str:
    month = [el("month", {}, f"{day.month:02}"), el("day", {}, f"{day.day:02}")] if day else []
    return el(name, values, *month, el("year", {}, year))


def _titles(front: Front) -> str:
    subtitle = el("subtitle", {}, text(front.subtitle)) if front.subtitle else ""
    if not front.title_en:
        return el("titles", {}, el("title", {}, text(front.title)), subtitle)
    english = el("title", {}, text(front.title_en))
    english += el("subtitle", {}, text(front.subtitle_en)) if front.subtitle_en else ""
    original = el("original_language_title", {"language": _lang(front.lang)}, text(front.title))
    return el("titles", {}, english, original, subtitle)


def _contributors(front: Front) -> str:
    places = {aff.id: aff.name for aff in front.affs}
    people = [_person(one, number, front.lang, places) for number, one in enumerate(front.contribs)]
    return el("contributors", {}, lines(people), "\n") if people else ""


def _person(one: Contributor, number: int, lang: str, places: Mapping[str, str]) -> str:
    eastern = split(one.name)
    surname, given = eastern or _western(one.name)
    homes = [places[aff][:_LONGEST_PLACE] for aff in one.affs if places.get(aff)]
    orcid = one.orcid.removeprefix("https://orcid.org/")
    parts = [
        el("given_name", {}, text(given[:_LONGEST_NAME])) if given else "",
        el("surname", {}, text(surname[:_LONGEST_NAME])),
        el("affiliations", {}, *(el("institution", {}, el("institution_name", {}, text(n))) for n in homes))
        if homes
        else "",
        el("ORCID", {}, f"https://orcid.org/{orcid}") if orcid else "",
        el("alt-name", {}, el("string-name", {"language": "en"}, text(one.name_en))) if one.name_en else "",
    ]
    values = {
        "sequence": "additional" if number else "first",
        "contributor_role": one.role if one.role in _ROLES else "author",
        "name-style": "eastern" if eastern else "western",
        "language": _lang(lang),
    }
    return el("person_name", values, *parts)


def _western(name: str) -> tuple[str, str]:
    given, _, surname = name.rpartition(" ")
    return surname, given


def _abstracts(front: Front) -> Iterator[str]:
    for parts, lang in ((front.abstract, _lang(front.lang)), (front.abstract_en, "en")):
        if parts:
            paragraphs = (part.label + (": " if part.label else "") + _plain(part.content) for part in parts)
            yield el("jats:abstract", {"xml:lang": lang}, *(el("jats:p", {}, text(p)) for p in paragraphs))


def _plain(content: Inlines) -> str:
    return "".join(
        item.value if isinstance(item, Text) else _plain(item.content) if isinstance(item, Styled) else ""
        for item in content
    )


def _accepted(front: Front) -> str:
    day = front.history.accepted
    return _date("acceptance_date", {}, day, str(day.year)) if day else ""


def _pages(front: Front) -> str:
    first = _number("first_page", front.journal.fpage)
    return el("pages", {}, first, _number("last_page", front.journal.lpage)) if first else ""


def _number(name: str, value: str) -> str:
    """A volume, issue or page; the schema has no room for a longer one."""
    return el(name, {}, text(value)) if 0 < len(value) <= _LONGEST_NUMBER else ""


def _citations(article: Article) -> str:
    made = [_citation(ref.id, ref.csl) for ref in article.refs]
    return el("citation_list", {}, lines(made), "\n") if made else ""


def _citation(key: str, csl: Mapping[str, Any]) -> str:
    """The fields that Crossref matches by; an entry for which it has none keeps its title in words of its own."""
    doi = str(csl.get("DOI", ""))
    inside = csl.get("type") in ("article-journal", "chapter", "paper-conference", "article-newspaper")
    first = (csl.get("author") or [{}])[0]
    issued = str(((csl.get("issued") or {}).get("date-parts") or [[""]])[0][0])
    values = {
        "journal_title": csl.get("container-title", "") if csl.get("type") == "article-journal" else "",
        "author": first.get("family") or first.get("literal", ""),
        "volume": _fitting(csl.get("volume", "")),
        "issue": _fitting(csl.get("issue", "")),
        "first_page": _fitting(re.split("[-–—,，]", str(csl.get("page", "")))[0]),
        "cYear": issued if re.fullmatch("[0-9]{4}", issued) else "",
        "doi": doi if _DOI.fullmatch(doi) else "",
        "volume_title": csl.get("container-title", "") if csl.get("type") != "article-journal" and inside else "",
        "article_title": csl.get("title", "") if inside else "",
        "unstructured_citation": "" if inside else csl.get("title", ""),
    }
    made = (el(name, {}, text(" ".join(str(value).split()))) for name, value in values.items() if value)
    return el("citation", {"key": key[:128], "type": _TYPES.get(csl.get("type", ""), "other")}, *made)


def _fitting(value: object) -> str:
    written = str(value)
    return written if len(written) <= _LONGEST_NUMBER else ""
