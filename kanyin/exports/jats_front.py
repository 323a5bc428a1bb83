# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Front matter → journal-meta and article-meta, in the order of the DTD (JATS 1.3, Journal Publishing)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date

from kanyin.exports.jats_inline import Inliner
from kanyin.exports.xml import el, identifier, lines, text
from kanyin.model import AbstractPart, Affiliation, Contributor, Front
from kanyin.tools.hannames import split

# the model has these and JATS has not, or not with this meaning
_OWN = ("layout", "reference_style")
_ROLES = ("author", "editor", "translator")


def journal_meta(front: Front) -> str:
    """An ISSN and an identifier are compulsory; the CN number (国内统一连续出版物号) is an identifier by its type."""
    journal = front.journal
    titles = [
        el("journal-title", {}, text(journal.name)) if journal.name else "",
        _translated("journal", el("trans-title", {}, text(journal.name_en))) if journal.name_en else "",
    ]
    publisher = el("publisher", {}, el("publisher-name", {}, text(journal.publisher))) if journal.publisher else ""
    identifiers = [("cn", journal.cn)] if journal.cn else [("publisher-id", journal.name)]
    parts = [
        *(el("journal-id", {"journal-id-type": kind}, text(value)) for kind, value in identifiers),
        el("journal-title-group", {}, *titles) if any(titles) else "",
        el("issn", {"publication-format": "print"}, text(journal.issn)),
        publisher,
    ]
    return el("journal-meta", {}, lines(parts), "\n")


def article_meta(front: Front, permissions: str, inline: Inliner) -> str:
    parts = [
        el("article-id", {"pub-id-type": "publisher-id"}, text(front.id)),
        el("article-id", {"pub-id-type": "doi"}, text(front.doi)) if front.doi else "",
        _categories(front),
        _titles(front),
        *_contributors(front),
        _notes(front.author_notes),
        *_dates_of_issue(front),
        *_place(front),
        _history(front),
        permissions,
        _abstract("abstract", {}, front.abstract, inline),
        _abstract("trans-abstract", {"xml:lang": "en"}, front.abstract_en, inline),
        _keywords(front.kwds, {"xml:lang": front.lang, "kwd-group-type": "author"}),
        _keywords(front.kwds_en, {"xml:lang": "en", "kwd-group-type": "author-translated"}),
        _funding(front),
        _custom(front),
    ]
    return el("article-meta", {}, lines(parts), "\n")


def _translated(of: str, *content: str) -> str:
    return el("trans-title-group", {"xml:lang": "en", "content-type": of}, *content)


def _categories(front: Front) -> str:
    if not front.column:
        return ""
    subject = el("subject", {}, text(front.column))
    return el("article-categories", {}, el("subj-group", {"subj-group-type": "heading"}, subject))


def _titles(front: Front) -> str:
    parts = [el("article-title", {}, text(front.title))]
    if front.subtitle:
        parts.append(el("subtitle", {}, text(front.subtitle)))
    if front.title_en or front.subtitle_en:
        title = el("trans-title", {}, text(front.title_en))
        subtitle = el("trans-subtitle", {}, text(front.subtitle_en)) if front.subtitle_en else ""
        parts.append(_translated("article", title, subtitle))
    return el("title-group", {}, lines(parts), "\n")


def _contributors(front: Front) -> list[str]:
    known = {aff.id for aff in front.affs}
    groups = []
    if front.contribs:
        authors = [_contributor(contrib, front.lang, known) for contrib in front.contribs]
        groups.append(el("contrib-group", {"content-type": "authors"}, lines(authors), "\n"))
    if front.history.editor:
        editor = el("contrib", {"contrib-type": "editor"}, _name(front.history.editor, ""))
        groups.append(el("contrib-group", {"content-type": "editors"}, editor))
    return [*groups, *(_affiliation(aff, front.lang) for aff in front.affs)]


def _contributor(contrib: Contributor, lang: str, known: set[str]) -> str:
    kind = contrib.role if contrib.role in _ROLES else "author"
    names = [_name(contrib.name, lang)]
    if contrib.name_en:
        names.append(_name(contrib.name_en, "en"))
    orcid = contrib.orcid.removeprefix("https://orcid.org/")
    values = {
        "contrib-type": kind,
        "corresp": "yes" if contrib.corresp else "",
        "equal-contrib": "yes" if contrib.equal else "",
    }
    return el(
        "contrib",
        values,
        el("contrib-id", {"contrib-id-type": "orcid"}, f"https://orcid.org/{orcid}") if orcid else "",
        el("name-alternatives", {}, *names) if len(names) > 1 else names[0],
        el("role", {}, text(contrib.role)) if contrib.role != kind else "",
        el("email", {}, text(contrib.email)) if contrib.email else "",
        *(el("xref", {"ref-type": "aff", "rid": identifier(aff, "aff")}) for aff in contrib.affs if aff in known),
    )


def _name(name: str, lang: str) -> str:
    """The name as it is printed, with its two parts marked where they are sure: 欧阳|修, LIN Zhiyuan."""
    values = {"xml:lang": lang}
    if parts := split(name):
        values["name-style"] = "eastern"
        return el("string-name", values, _part("surname", parts[0]), _part("given-names", parts[1]))
    if found := re.fullmatch(r"([A-Z][A-Za-z'-]+) ([A-Z][A-Za-z'-]+)", name):
        values["name-style"] = "eastern"
        return el("string-name", values, _part("surname", found[1]), " ", _part("given-names", found[2]))
    return el("string-name", values, text(name))


def _part(name: str, value: str) -> str:
    return el(name, {}, text(value))


def _affiliation(aff: Affiliation, lang: str) -> str:
    known = {"id": identifier(aff.id, "aff")}
    if not aff.name_en:
        return el("aff", known, text(aff.name))
    both = (el("aff", {"xml:lang": lang}, text(aff.name)), el("aff", {"xml:lang": "en"}, text(aff.name_en)))
    return el("aff-alternatives", known, *both)


def _notes(notes: Sequence[str]) -> str:
    made = [el("fn", {"fn-type": "other"}, el("p", {}, text(note))) for note in notes]
    return el("author-notes", {}, lines(made), "\n") if made else ""


def _dates_of_issue(front: Front) -> Iterable[str]:
    if front.history.published:
        yield _date("pub-date", "pub", front.history.published)
    if front.journal.year:
        yield el("pub-date", {"date-type": "collection"}, el("year", {}, text(front.journal.year)))


def _date(name: str, kind: str, day: date) -> str:
    values = {"date-type": kind, "iso-8601-date": day.isoformat()}
    parts = (("day", f"{day.day:02}"), ("month", f"{day.month:02}"), ("year", f"{day.year:04}"))
    return el(name, values, *(el(part, {}, value) for part, value in parts))


def _place(front: Front) -> Iterable[str]:
    """Volume, issue, pages. A last page without a first one has no place here; it goes into the custom metadata."""
    journal = front.journal
    names = ("volume", "issue", "fpage", "lpage") if journal.fpage else ("volume", "issue")
    for name in names:
        if value := getattr(journal, name):
            yield el(name, {}, text(value))


def _history(front: Front) -> str:
    days = (("received", front.history.received), ("accepted", front.history.accepted))
    made = [_date("date", kind, day) for kind, day in days if day]
    return el("history", {}, *made) if made else ""


def _abstract(name: str, values: dict[str, str], parts: Sequence[AbstractPart], inline: Inliner) -> str:
    """Paragraphs, then sections with the labels of a structured abstract as their titles."""
    made: list[str] = []
    for part in parts:
        paragraph = el("p", {}, inline.all(part.content))
        if part.label or any(earlier.startswith("<sec>") for earlier in made):
            paragraph = el("sec", {}, el("title", {}, text(part.label)), paragraph)
        made.append(paragraph)
    return el(name, values, lines(made), "\n") if made else ""


def _keywords(words: Sequence[str], values: dict[str, str]) -> str:
    return el("kwd-group", values, *(el("kwd", {}, text(word)) for word in words)) if words else ""


def _funding(front: Front) -> str:
    made = [el("funding-statement", {}, text(line)) for line in front.funding]
    made += [el("funding-statement", {"xml:lang": "en"}, text(line)) for line in front.funding_en]
    return el("funding-group", {}, lines(made), "\n") if made else ""


def _custom(front: Front) -> str:
    values = {name: getattr(front, name) for name in _OWN}
    if not front.journal.fpage:
        values["lpage"] = front.journal.lpage
    rights = front.permissions
    values |= {f"rights.{f.name}": getattr(rights, f.name) for f in fields(rights) if f.name != "where"}
    made = [
        el("custom-meta", {"specific-use": "kanyin"}, _part("meta-name", name), _part("meta-value", value))
        for name, value in values.items()
        if value
    ]
    made += [el("custom-meta", {}, _part("meta-name", o.name), _part("meta-value", o.text)) for o in front.other]
    return el("custom-meta-group", {}, lines(made), "\n") if made else ""
