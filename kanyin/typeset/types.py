# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What the three reference styles differ in, and the kinds of documents: code, shape, and what each must have.

Where each rule comes from stands in docs/references.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Shape = Literal[
    "serial",
    "newspaper",
    "book",
    "part",
    "paper",
    "report",
    "standard",
    "patent",
    "web",
    "platform",
    "archive",
    "map",
    "run",
]


@dataclass(frozen=True)
class Style:
    """The differences between the styles, as values. Marks are full-width in the 2025 edition, half-width elsewhere."""

    name: str
    comma: str
    colon: str
    page_colon: str
    opening: str
    closing: str
    doi_label: str
    preprint: str
    capitals: bool = False
    space_between_initials: bool = True
    hyphen_in_initials: bool = False
    whole_pinyin: bool = False
    comma_after_etal: bool = True
    short_journals: bool = False
    one_address: bool = False
    standard_number_first: bool = False
    access_for_web_only: bool = False
    platform_before_date: bool = False


STYLES: Mapping[str, Style] = {
    style.name: style
    for style in (
        Style(
            *("gbt7714-2025", "，", "：", "：", "（", "）", "DOI:", "PP"),
            hyphen_in_initials=True,
            whole_pinyin=True,
            standard_number_first=True,
            access_for_web_only=True,
            platform_before_date=True,
        ),
        Style(*("gbt7714-2015", ", ", ": ", ": ", "(", ")", "DOI:", "EB"), capitals=True, comma_after_etal=False),
        Style(
            *("medical", ", ", ": ", ":", "(", ")", "DOI: ", "PP"),
            space_between_initials=False,
            short_journals=True,
            one_address=True,
            platform_before_date=True,
        ),
    )
}


@dataclass(frozen=True)
class Kind:
    """`needs` lists what the kind must have; names joined by | are alternatives."""

    code: str
    shape: Shape
    needs: tuple[str, ...]


_BOOK = ("publisher-place", "publisher", "issued")
_WEB = ("URL|DOI", "accessed")
_RECORD = ("archive|publisher", "issued")

KINDS: Mapping[str, Kind] = {
    "article-journal": Kind("J", "serial", ("container-title", "issued", "volume|issue|page|number|URL|DOI")),
    "article-magazine": Kind("J", "serial", ("container-title", "issued")),
    "review": Kind("J", "serial", ("container-title", "issued")),
    "article-newspaper": Kind("N", "newspaper", ("container-title", "issued")),
    "book": Kind("M", "book", _BOOK),
    "classic": Kind("M", "book", _BOOK),
    "proceedings": Kind("C", "book", _BOOK),
    "periodical": Kind("J", "run", ("publisher", "issued")),
    "chapter": Kind("M", "part", ("container-title", *_BOOK)),
    "entry": Kind("M", "part", ("container-title", *_BOOK)),
    "entry-dictionary": Kind("M", "part", ("container-title", *_BOOK)),
    "entry-encyclopedia": Kind("M", "part", ("container-title", *_BOOK)),
    "paper-conference": Kind("C", "paper", ("container-title|event-title|event", "issued")),
    "speech": Kind("C", "paper", ("event-title|event", "issued")),
    "thesis": Kind("D", "book", ("publisher", "issued")),
    "report": Kind("R", "report", ("issued",)),
    "standard": Kind("S", "standard", ("number",)),
    "patent": Kind("P", "patent", ("author", "call-number|number", "issued")),
    "webpage": Kind("EB", "web", _WEB),
    "post": Kind("EB", "web", _WEB),
    "post-weblog": Kind("EB", "web", _WEB),
    "dataset": Kind("DS", "platform", _WEB),
    "article": Kind("PP", "platform", _WEB),
    "software": Kind("CP", "platform", ("URL|DOI|publisher",)),
    "map": Kind("CM", "map", ("publisher|URL",)),
    "manuscript": Kind("A", "archive", _RECORD),
    "collection": Kind("A", "archive", _RECORD),
    "personal_communication": Kind("A", "archive", ("issued",)),
    "legislation": Kind("A", "archive", ("issued",)),
    "regulation": Kind("A", "archive", ("issued",)),
    "bill": Kind("A", "archive", ("issued",)),
    "legal_case": Kind("A", "archive", ("issued",)),
    "treaty": Kind("A", "archive", ("issued",)),
}

WEB_SHAPES = frozenset({"web", "platform"})
OTHER = Kind("Z", "book", ())
OTHER_ONLINE = Kind("EB", "web", ())

# Other names that people use for the same thing (BibTeX, Zotero, JATS publication-type).
ALIASES: Mapping[str, str] = {
    "article-preprint": "article",
    "preprint": "article",
    "journal": "article-journal",
    "newspaper": "article-newspaper",
    "conference": "paper-conference",
    "conf-proc": "paper-conference",
    "web": "webpage",
    "data": "dataset",
}
