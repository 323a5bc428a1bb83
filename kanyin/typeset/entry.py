# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""One reference while it is being set: the areas that all shapes of entries share, as the style wants them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kanyin.model import Inlines
from kanyin.typeset import links
from kanyin.typeset.dates import Day, read_day
from kanyin.typeset.fields import Fields
from kanyin.typeset.names import Lang, names, with_role
from kanyin.typeset.runs import joined, marked, run
from kanyin.typeset.types import WEB_SHAPES, Kind, Style

_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
_EDITION = re.compile(r"(?:第\s*)?(\d+)\s*(?:版|st|nd|rd|th)?\s*(?:ed\.?|edition)?", re.IGNORECASE)
_DASHES = re.compile(r"\s*(?:--+|[‐‑–—～~])\s*")


@dataclass(frozen=True)
class Entry:
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
    def pages_only(self) -> str:
        """Pages, where a number means something else."""
        return _DASHES.sub("-", self.fields.text("page"))

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
