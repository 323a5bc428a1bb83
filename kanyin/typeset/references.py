# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Reference entries in GB/T 7714—2025, GB/T 7714—2015 and the flavour of the medical journals.

One function a shape of entry puts the areas of the standard in order; what the styles differ in is a value
(`kanyin.typeset.types.Style`). The rules and their sources stand in docs/references.md. An entry is set from whatever
is there: missing, unknown or unprinted fields are findings, never a crash and never silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kanyin.findings import Finding, finding
from kanyin.model import Inlines, Reference
from kanyin.typeset import links
from kanyin.typeset.dates import Day, read_day
from kanyin.typeset.fields import Fields
from kanyin.typeset.names import HAN, Lang, names, with_role
from kanyin.typeset.runs import areas, joined, marked, plain, run
from kanyin.typeset.types import ALIASES, KINDS, OTHER, OTHER_ONLINE, STYLES, WEB_SHAPES, Kind, Shape, Style

_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
_EDITION = re.compile(r"(?:第\s*)?(\d+)\s*(?:版|st|nd|rd|th)?\s*(?:ed\.?|edition)?", re.IGNORECASE)
_DASHES = re.compile(r"\s*(?:--+|[‐‑–—～~])\s*")


def format_references(refs: Sequence[Reference], style: str) -> list[Inlines]:
    """Set each reference, without its number, in the order given. `style` is a key of `STYLES`, else KeyError."""
    return [set_reference(ref, STYLES[style])[0] for ref in refs]


def check_references(refs: Sequence[Reference], style: str) -> list[Finding]:
    """What is missing, unreadable, unknown, unprinted or listed twice, each at the place of its reference."""
    findings = [f for ref in refs for f in set_reference(ref, STYLES[style])[1]]
    seen_ids: dict[str, Reference] = {}
    seen_dois: dict[str, Reference] = {}
    for ref in refs:
        if ref.id in seen_ids:
            findings.append(finding("REF-DUPLICATE-ID", ref.where, id=ref.id))
        seen_ids.setdefault(ref.id, ref)
        doi = links.bare_doi(str(ref.csl.get("DOI") or "")).casefold()
        if doi and doi in seen_dois and seen_dois[doi].id != ref.id:
            findings.append(finding("REF-DUPLICATE", ref.where, id=ref.id, other=seen_dois[doi].id, doi=doi))
        seen_dois.setdefault(doi, ref)
    return findings


def set_reference(ref: Reference, style: Style) -> tuple[Inlines, list[Finding]]:
    """Set one reference; the findings say what could not be printed as the style wants it."""
    fields = Fields(ref.id, ref.csl, ref.where)
    kind = _kind(fields)
    for need in kind.needs:
        if not any(fields.has(name) for name in need.split("|")):
            fields.report("REF-MISSING", field=need.replace("|", " / "), type=fields.text("type"))
    if not fields.has("title"):
        fields.report("REF-MISSING", field="title", type=fields.text("type"))
    content = areas(_SHAPES[kind.shape](_Entry(fields, style, kind, _language(fields))))
    if unread := fields.left():
        fields.report("REF-UNPRINTED", fields=", ".join(unread), style=style.name)
    return content or run(f"[{ref.id}]."), fields.findings


def _kind(fields: Fields) -> Kind:
    name = fields.text("type")
    kind = KINDS.get(ALIASES.get(name, name))
    if kind is None:
        kind = OTHER_ONLINE if fields.has("URL") else OTHER
        fields.report("REF-TYPE", type=name or "—", mark=kind.code)
    if kind.shape == "book" and kind.code == "M" and (fields.has("event-title") or fields.has("event")):
        return KINDS["proceedings"]
    return kind


def _language(fields: Fields) -> Lang:
    """The item's own language: its `language`, else the script of its title, else that of whatever it has."""
    if declared := fields.text("language"):
        return "zh" if declared.lower().startswith(("zh", "ja", "chi", "中")) else "en"
    for name in ("title", "container-title", "author", "publisher"):
        if fields.has(name):
            return "zh" if HAN.search(str(fields.raw(name) if name == "title" else fields.peek(name))) else "en"
    return "zh"


@dataclass(frozen=True)
class _Entry:
    """One reference being set: its fields, the style, its kind and language, and the areas that shapes share."""

    fields: Fields
    style: Style
    kind: Kind
    lang: Lang

    def creator(self, *names_: str) -> str:
        """The first field of persons that is filled: whoever is chiefly responsible (主要责任者)."""
        for name in names_:
            if text := names(self.fields, name, self.lang, self.style):
                return text
        return ""

    def title(self, *more: str) -> Inlines:
        """题名：其他题名信息 and the code of type and carrier in square brackets."""
        title = marked(self.fields.text("title"))
        code = "/".join(part for part in (self.code, self.carrier) if part)
        return run(joined(self.style.colon, [title, *more]), f"[{code}]")

    @property
    def code(self) -> str:
        return self.style.preprint if self.kind.code == "PP" else self.kind.code

    @property
    def carrier(self) -> str:
        """OL, CD, DK, MT, MM: as given, else OL for what is printed with its address."""
        if given := self.fields.text("medium"):
            if given.upper() in ("OL", "CD", "DK", "MT", "MM"):
                return given.upper()
            self.fields.report("REF-MEDIUM", medium=given)
        return "OL" if self.prints_address or (not self.style.one_address and self.fields.has("DOI")) else ""

    @property
    def prints_address(self) -> bool:
        """The medical journals leave the address out where there is a DOI, except for the web's own kinds."""
        if not self.fields.has("URL"):
            return False
        return not self.style.one_address or self.kind.shape in WEB_SHAPES or not self.fields.has("DOI")

    @property
    def issued(self) -> Day:
        return self._day("issued")

    def _day(self, name: str) -> Day:
        if not self.fields.has(name):
            return Day()
        day = read_day(self.fields.raw(name))
        if day.written:
            self.fields.report("REF-DATE", field=name, value=day.written)
        return day

    @property
    def pages(self) -> str:
        """Pages, else the article number; every dash of a range becomes a hyphen."""
        return _DASHES.sub("-", self.fields.text("page", "number", "page-first"))

    @property
    def accessed(self) -> str:
        """[引用日期], for what is read on line; since 2025 only for web pages, data sets, preprints and programs."""
        online = self.prints_address or (self.kind.shape in WEB_SHAPES and self.fields.has("DOI"))
        if not online or (self.style.access_for_web_only and self.kind.shape not in WEB_SHAPES):
            self.fields.leave("accessed")
            return ""
        day = self._day("accessed")
        return f"[{day.full}]" if day else ""

    @property
    def access(self) -> list[Inlines]:
        """获取和访问路径, 永久标识符: the address and the DOI, which is not repeated when the address holds it."""
        printed = []
        url, doi = self.fields.text("URL"), links.bare_doi(self.fields.text("DOI"))
        if doi and not links.is_doi(doi):
            self.fields.report("REF-DOI", doi=doi)
        if url and self.prints_address:
            if not links.is_address(url):
                self.fields.report("REF-URL", url=url)
            printed.append(links.address(url))
        if doi and (not printed or doi.casefold() not in links.readable(url).casefold()):
            printed.append(run(self.style.doi_label, links.doi(doi)))
        return printed

    @property
    def edition(self) -> str:
        """2版, 2nd ed.; the first edition is not printed; any other wording stands as it is (修订版, Rev. ed.)."""
        given = self.fields.text("edition")
        if not (found := _EDITION.fullmatch(given)):
            return given
        number = int(found[1])
        if number == 1:
            return ""
        ordinal = "th" if 10 <= number % 100 <= 20 else _ORDINALS.get(number % 10, "th")
        return f"{number}版" if self.lang == "zh" else f"{number}{ordinal} ed."

    @property
    def version(self) -> str:
        given = self.fields.text("version")
        return f"V{given}" if given[:1].isdigit() else given

    @property
    def volume(self) -> Sequence[str]:
        """Of a book in several volumes: 第2卷 and the volume's own title; then the series it stands in."""
        number, title = self.fields.text("volume"), self.fields.text("volume-title")
        if number.isdigit():
            number = f"第{number}卷" if self.lang == "zh" else f"Vol. {number}"
        series = " ".join(p for p in (self.fields.text("collection-title"), self.fields.text("collection-number")) if p)
        return [" ".join(part for part in (number, title) if part), series]

    def helpers(self, *roles: str) -> list[str]:
        """Whoever else worked on it (其他责任者): translators, and editors beside an author."""
        return [with_role(self.fields, role, self.lang, self.style) for role in roles]

    def imprint(self, place: str, publisher: str, date: str, pages: str = "") -> Inlines:
        """出版地：出版者，出版年：页码[引用日期]."""
        s = self.style
        made = joined(s.comma, [joined(s.colon, [place, publisher]), date])
        return run(joined(s.page_colon, [made, pages]), self.accessed)

    def published(self, date: str, pages: str) -> Inlines:
        place = self.fields.text("publisher-place", "archive-place")
        return self.imprint(place, self.fields.text("publisher", "archive"), date, pages)


def _serial(e: _Entry) -> list[str | Inlines]:
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


def _newspaper(e: _Entry) -> list[str | Inlines]:
    f, s = e.fields, e.style
    page = f.text("page", "number")
    source = joined(s.comma, [f.text("container-title"), e.issued.full])
    source = run(source, f"{s.opening}{page}{s.closing}" if page else "", e.accessed)
    return [e.creator("author"), e.title(f.text("section")), *e.helpers("translator"), source, *e.access]


def _book(e: _Entry) -> list[str | Inlines]:
    f = e.fields
    creator = e.creator("author", "editor", "collection-editor")
    roles = ("translator", "editor") if f.has("author") else ("translator",)
    if e.kind.code == "D":
        f.leave("genre")
    event = f.text("event-title", "event") if e.kind.code == "C" else ""
    title = e.title(*e.volume, f.text("number"), event)
    return [creator, title, *e.helpers(*roles), e.edition, e.published(e.issued.year, _pages(e)), *e.access]


def _pages(e: _Entry) -> str:
    return _DASHES.sub("-", e.fields.text("page"))


def _part(e: _Entry) -> list[str | Inlines]:
    f = e.fields
    book = joined(e.style.colon, [f.text("container-title"), *e.volume])
    owner = e.creator("container-author", "editor", "collection-editor")
    helpers = e.helpers("translator", "editor") if f.has("container-author") else e.helpers("translator")
    head = areas([e.title(f.text("number")), *helpers], closed=False)
    source = run(head, "//", areas([owner, book], closed=False))
    return [e.creator("author"), source, e.edition, e.published(e.issued.year, _pages(e)), *e.access]


def _paper(e: _Entry) -> list[str | Inlines]:
    """A paper in published proceedings is a part of a book; else the conference itself stands behind the //."""
    f, s = e.fields, e.style
    if f.has("container-title"):
        return _part(e)
    meeting = joined(", ", [f.text("event-title", "event"), f.text("event-place")])
    source = joined(s.page_colon, [joined(s.comma, [meeting, e.issued.year]), _pages(e)])
    head = areas([e.title(), *e.helpers("translator")], closed=False)
    return [e.creator("author"), run(head, "//", source, e.accessed), *e.access]


def _report(e: _Entry) -> list[str | Inlines]:
    """A report that a press has printed is set like a book; any other has its day of publication."""
    f, s = e.fields, e.style
    f.leave("genre")
    title = e.title(*e.volume, f.text("number"))
    if f.has("publisher-place") or (f.has("publisher") and not e.prints_address):
        date: str | Inlines = e.published(e.issued.year, _pages(e))
    else:
        # the body that puts the report on the web is its publisher; it is printed once if it is the author too
        publisher, author = f.text("publisher"), e.creator("author")
        day = e.issued.full
        dated = f"{s.opening}{day}{s.closing}" if day and not s.platform_before_date and e.prints_address else day
        body = joined(s.comma, ["" if publisher == author else publisher, dated])
        date = run(joined(s.page_colon, [body, _pages(e)]), e.accessed)
    return [e.creator("author", "editor"), title, *e.helpers("translator"), e.edition, date, *e.access]


def _standard(e: _Entry) -> list[str | Inlines]:
    f = e.fields
    if not e.style.standard_number_first:
        title = e.title(f.text("number"))
        return [e.creator("author"), title, e.edition, e.published(e.issued.year, _pages(e)), *e.access]
    # 2025 8.9.2 has nothing but number, name, code and access
    f.leave("author", "publisher", "publisher-place", "issued", "accessed", "page", "edition")
    number = f.text("number")
    return [run(f"{number}\u3000" if number else "", e.title()), *e.access]


def _patent(e: _Entry) -> list[str | Inlines]:
    f = e.fields
    f.leave("jurisdiction", "publisher", "publisher-place", "authority")
    number = f.text("call-number", "number") if e.style.standard_number_first else f.text("number", "call-number")
    f.leave("call-number", "number")
    date = run(joined(e.style.page_colon, [e.issued.full, _pages(e)]), e.accessed)
    return [e.creator("author"), e.title(number), date, *e.access]


def _web(e: _Entry) -> list[str | Inlines]:
    s, day = e.style, e.issued.full
    dates = run(f"{s.opening}{day}{s.closing}" if day else "", e.accessed)
    return [e.creator("author", "editor"), e.title(), *e.helpers("translator"), dates, *e.access]


def _platform(e: _Entry) -> list[str | Inlines]:
    """Data sets, preprints and programs: version, then the platform with the day of issue and that of access."""
    f, s = e.fields, e.style
    f.leave("genre")
    platform = f.text("publisher", "archive", "container-title")
    if e.kind.code == "PP":
        f.leave("number", "archive_location", "volume")
    day = e.issued.full
    dates = run(f"{s.opening}{day}{s.closing}" if day else "", e.accessed)
    place = f.text("publisher-place")
    creator, title = e.creator("author", "editor"), e.title(f.text("number"))
    if place:
        return [creator, title, e.version, e.imprint(place, platform, e.issued.year), *e.access]
    if s.platform_before_date:
        return [creator, title, e.version, run(platform, dates), *e.access]
    return [creator, title, e.version, platform, dates, *e.access]


def _archive(e: _Entry) -> list[str | Inlines]:
    f = e.fields
    f.leave("genre")
    number = f.text("archive_location", "call-number", "number")
    place, keeper = (f.text("archive-place", "publisher-place"), f.text("archive", "publisher", "authority"))
    return [e.creator("author"), e.title(number), e.imprint(place, keeper, e.issued.full, _pages(e)), *e.access]


def _map(e: _Entry) -> list[str | Inlines]:
    f = e.fields
    parts = [p for p in (plain(marked(f.text("title"))), *e.volume) if p]
    named = joined(e.style.colon, [*parts])
    code = "/".join(part for part in (e.code, e.carrier) if part)
    title = run(areas([named, f.text("scale")], closed=False), f"[{code}]")
    edition = e.edition or e.version
    made = e.published(e.issued.year, _pages(e))
    return [e.creator("author", "editor"), title, edition, made, f.text("dimensions"), *e.access]


def _run(e: _Entry) -> list[str | Inlines]:
    """A whole periodical: 年，卷（期）—."""
    f, s = e.fields, e.style
    volume, issue = f.text("volume"), f.text("issue")
    number = run(joined(s.comma, [e.issued.year, volume]), f"{s.opening}{issue}{s.closing}" if issue else "")
    return [e.creator("author", "editor"), e.title(), run(number, "—"), e.published(e.issued.year, ""), *e.access]


_SHAPES: Mapping[Shape, Callable[[_Entry], list[str | Inlines]]] = {
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
