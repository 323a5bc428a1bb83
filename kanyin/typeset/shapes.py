# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The shapes of entries: which areas follow one another, by kind (GB/T 7714—2025 chapter 8, 2015 chapter 4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kanyin.model import Inlines
from kanyin.typeset.entry import Entry
from kanyin.typeset.runs import areas, joined, marked, plain, run
from kanyin.typeset.types import Shape

Areas = Sequence[str | Inlines]


def _serial(e: Entry) -> Areas:
    f, s = e.fields, e.style
    if s.short_journals and e.lang == "en" and f.has("container-title-short"):
        journal = f.text("container-title-short").replace(".", "")
        f.leave("container-title", "journalAbbreviation")
    else:
        journal = f.text("container-title", "container-title-short", "journalAbbreviation")
        f.leave("container-title-short", "journalAbbreviation")
    volume, issue = f.text("volume"), f.text("issue")
    # ahead of print there is neither volume nor issue: then the day of publication stands for them
    date = e.issued.year if volume or issue else e.issued.full
    number = run(joined(s.comma, [journal, date, volume]), f"{s.opening}{issue}{s.closing}" if issue else "")
    helpers = e.helpers("translator")
    source = run(joined(s.page_colon, [number, e.pages]), e.accessed)
    return [e.creator("author"), e.title(), *helpers, source, *e.access]


def _newspaper(e: Entry) -> Areas:
    f, s = e.fields, e.style
    page = f.text("page", "number")
    source = joined(s.comma, [f.text("container-title"), e.issued.full])
    source = run(source, f"{s.opening}{page}{s.closing}" if page else "", e.accessed)
    return [e.creator("author"), e.title(f.text("section")), *e.helpers("translator"), source, *e.access]


def _book(e: Entry) -> Areas:
    f = e.fields
    creator = e.creator("author", "editor", "collection-editor")
    roles = ("translator", "editor") if f.has("author") else ("translator",)
    if e.kind.code == "D":
        f.leave("genre")
    event = f.text("event-title", "event") if e.kind.code == "C" else ""
    title = e.title(*e.volume, f.text("number"), event)
    return [creator, title, *e.helpers(*roles), e.edition, e.published(e.issued.year, e.pages_only), *e.access]


def _part(e: Entry) -> Areas:
    f = e.fields
    book = joined(e.style.colon, [f.text("container-title"), *e.volume])
    owner = e.creator("container-author", "editor", "collection-editor")
    helpers = e.helpers("translator", "editor") if f.has("container-author") else e.helpers("translator")
    head = areas([e.title(f.text("number")), *helpers], closed=False)
    source = run(head, "//", areas([owner, book], closed=False))
    return [e.creator("author"), source, e.edition, e.published(e.issued.year, e.pages_only), *e.access]


def _paper(e: Entry) -> Areas:
    """A paper in published proceedings is a part of a book; else the conference itself stands behind the //."""
    f, s = e.fields, e.style
    if f.has("container-title"):
        return _part(e)
    meeting = joined(", ", [f.text("event-title", "event"), f.text("event-place")])
    source = joined(s.page_colon, [joined(s.comma, [meeting, e.issued.year]), e.pages_only])
    head = areas([e.title(), *e.helpers("translator")], closed=False)
    return [e.creator("author"), run(head, "//", source, e.accessed), *e.access]


def _report(e: Entry) -> Areas:
    """A report that a press has printed is set like a book; any other has its day of publication."""
    f, s = e.fields, e.style
    f.leave("genre")
    title = e.title(*e.volume, f.text("number"))
    if f.has("publisher-place") or (f.has("publisher") and not e.prints_address):
        date: str | Inlines = e.published(e.issued.year, e.pages_only)
    else:
        # the body that puts the report on the web is its publisher; it is printed once if it is the author too
        publisher, author = f.text("publisher"), e.creator("author")
        day = e.issued.full
        dated = f"{s.opening}{day}{s.closing}" if day and not s.access_for_web_only and e.prints_address else day
        body = joined(s.comma, ["" if publisher == author else publisher, dated])
        date = run(joined(s.page_colon, [body, e.pages_only]), e.accessed)
    return [e.creator("author", "editor"), title, *e.helpers("translator"), e.edition, date, *e.access]


def _standard(e: Entry) -> Areas:
    f = e.fields
    if not e.style.standard_number_first:
        title = e.title(f.text("number"))
        return [e.creator("author"), title, e.edition, e.published(e.issued.year, e.pages_only), *e.access]
    # 2025 8.9.2 has nothing but number, name, code and access
    f.leave("author", "publisher", "publisher-place", "issued", "accessed", "page", "edition")
    number = f.text("number")
    return [run(f"{number}\u3000" if number else "", e.title()), *e.access]


def _patent(e: Entry) -> Areas:
    f = e.fields
    f.leave("jurisdiction", "publisher", "publisher-place", "authority")
    number = f.text("call-number", "number") if e.style.standard_number_first else f.text("number", "call-number")
    f.leave("call-number", "number")
    date = run(joined(e.style.page_colon, [e.issued.full, e.pages_only]), e.accessed)
    return [e.creator("author"), e.title(number), date, *e.access]


def _web(e: Entry) -> Areas:
    s, day = e.style, e.issued.full
    dates = run(f"{s.opening}{day}{s.closing}" if day else "", e.accessed)
    return [e.creator("author", "editor"), e.title(), *e.helpers("translator"), dates, *e.access]


def _platform(e: Entry) -> Areas:
    """Data sets, preprints and programs: version, then the platform with the day of issue and that of access."""
    f, s = e.fields, e.style
    f.leave("genre")
    platform = f.text("publisher", "archive", "container-title")
    if e.kind.code == "PP" and (f.has("URL") or f.has("DOI")):
        f.leave("number", "archive_location", "volume")  # the address says it
    number = f.text("number", "archive_location") if not f.read("number") else ""
    day = e.issued.full
    dates = run(f"{s.opening}{day}{s.closing}" if day else "", e.accessed)
    head: Areas = [e.creator("author", "editor"), e.title(number), e.version]
    if place := f.text("publisher-place"):
        return [*head, e.imprint(place, platform, e.issued.year), *e.access]
    if s.platform_before_date:
        return [*head, run(platform, dates), *e.access]
    return [*head, platform, dates, *e.access]


def _archive(e: Entry) -> Areas:
    f = e.fields
    f.leave("genre")
    number = f.text("archive_location", "call-number", "number")
    place, keeper = (f.text("archive-place", "publisher-place"), f.text("archive", "publisher", "authority"))
    return [e.creator("author"), e.title(number), e.imprint(place, keeper, e.issued.full, e.pages_only), *e.access]


def _map(e: Entry) -> Areas:
    f = e.fields
    parts = [p for p in (plain(marked(f.text("title"))), *e.volume) if p]
    named = joined(e.style.colon, [*parts])
    code = "/".join(part for part in (e.code, e.carrier) if part)
    title = run(areas([named, f.text("scale")], closed=False), f"[{code}]")
    edition = e.edition or e.version
    made = e.published(e.issued.year, e.pages_only)
    return [e.creator("author", "editor"), title, edition, made, f.text("dimensions"), *e.access]


def _run(e: Entry) -> Areas:
    """A whole periodical: 年，卷（期）—."""
    f, s = e.fields, e.style
    volume, issue = f.text("volume"), f.text("issue")
    number = run(joined(s.comma, [e.issued.year, volume]), f"{s.opening}{issue}{s.closing}" if issue else "")
    return [e.creator("author", "editor"), e.title(), run(number, "—"), e.published(e.issued.year, ""), *e.access]


SHAPES: Mapping[Shape, Callable[[Entry], Areas]] = {
    "serial": _serial,
    "newspaper": _newspaper,
    "book": _book,
    "part": _part,
    "paper": _paper,
    "report": _report,
    "standard": _standard,
    "patent": _patent,
    "web": _web,
    "platform": _platform,
    "archive": _archive,
    "map": _map,
    "run": _run,
}
