# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Clauses: is a finished PDF the work that the job names?

A source says of itself what it is, and is held to it; a PDF says so only on its pages. Its title, authors and DOI are
compared with the register, and any contradiction refuses. What cannot be read cannot be compared: such a file needs
somebody who looked at it and entered its digest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kanyin import notice
from kanyin.config.register import doi_key
from kanyin.config.registercheck import folded
from kanyin.findings import Where
from kanyin.model import Finished, Reason
from kanyin.rights.clauses import Clause, RuleBook, forbids, notes
from kanyin.rights.identity import letters
from kanyin.rights.pages import page_count, page_range
from kanyin.rights.request import Request

clause = RuleBook[Clause]()

READABLE = 40
"""Letters on the first pages; a page number or a stamp on a scan is no text."""
MOST_PAGES = 12
"""So many page numbers are listed."""
_DOI = re.compile(r"10\.[0-9]{4,9}/")
_OWNER = re.compile("版权归(.+?)所有")


def _pdf(request: Request) -> Finished | None:
    return request.evidence.pdf if request.front is None and request.work is not None else None


@clause(
    "pdf.read",
    "著作权法 第59条",
    "Which work a PDF is has to be seen in it; a scan may be of anything.",
    "RIGHTS-PDF-UNREAD",
    "RIGHTS-PDF-UNREADABLE",
    "RIGHTS-PDF-PINNED",
)
def read(request: Request) -> Iterator[Reason]:
    if request.front is not None or request.action == "publish" or request.work is None:
        return
    pdf = request.evidence.pdf
    if pdf is None:
        yield forbids("RIGHTS-PDF-UNREAD", request.register_at, work=request.work_id)
    elif _pinned(request, pdf):
        yield notes("RIGHTS-PDF-PINNED", request.register_at, work=request.work_id, sha256=pdf.sha256[:12])
    elif len(letters(pdf.opening)) < READABLE:
        yield forbids("RIGHTS-PDF-UNREADABLE", request.register_at, work=request.work_id, sha256=pdf.sha256)


def _pinned(request: Request, pdf: Finished) -> bool:
    return request.work is not None and pdf.sha256 in {file.sha256 for file in request.work.finished}


def _readable(request: Request) -> Finished | None:
    """The PDF, where its text decides."""
    pdf = _pdf(request)
    if pdf is None or request.action == "publish" or _pinned(request, pdf):
        return None
    return pdf if len(letters(pdf.opening)) >= READABLE else None


@clause(
    "pdf.same",
    "著作权法 第12条、第59条",
    "A permission for one work must not print another; title, authors and DOI are what a reader knows a work by.",
    "RIGHTS-PDF-TITLE",
    "RIGHTS-PDF-AUTHORS",
    "RIGHTS-PDF-DOI",
    "RIGHTS-PDF-OTHER",
    "RIGHTS-PDF-PAGES",
)
def same(request: Request) -> Iterator[Reason]:
    pdf, work = _readable(request), request.work
    if pdf is None or work is None:
        return
    where, args = request.register_at, {"work": work.id, "sha256": pdf.sha256}
    if work.article_title and letters(work.article_title) not in letters(pdf.headline):
        yield forbids("RIGHTS-PDF-TITLE", where, title=work.article_title, found=_short(pdf.headline), **args)
    opening = letters(pdf.opening)
    if lost := [author.name for author in work.authors if letters(author.name) not in opening]:
        yield forbids("RIGHTS-PDF-AUTHORS", where, authors="，".join(lost), **args)
    if other := _other_doi(pdf, work.doi):
        yield forbids("RIGHTS-PDF-DOI", where, doi=work.doi or "–", found=other, **args)
    yield from _others(request, pdf)
    wanted = page_count(work.first_published.pages) if work.first_published else 0
    if wanted and wanted != pdf.pages:
        yield forbids("RIGHTS-PDF-PAGES", where, pages=pdf.pages, wanted=wanted, **args)


def _other_doi(pdf: Finished, doi: str) -> str:
    """A DOI that the file has and the work has not. Pages may cite others; metadata speak of the file alone."""
    own = doi_key(doi)
    if strange := [found for found in pdf.dois if doi_key(found) != own]:
        return strange[0]
    text = "".join(pdf.opening.split()).casefold()
    printed = _DOI.search(text)
    if printed and (not own or "".join(own.split()) not in text):
        return text[printed.start() : printed.start() + 60]
    return ""


def _others(request: Request, pdf: Finished) -> Iterator[Reason]:
    """The title of another registered work, in the metadata or as a headline."""
    mine = letters(request.work.article_title) if request.work else ""
    said = {letters(title) for title in pdf.titles}
    printed = letters(pdf.headline)
    for other in request.register.works:
        title = letters(other.article_title)
        if not title or other.id == request.work_id or title in mine:
            continue
        if title in said or (len(title) >= 8 and title in printed):
            yield forbids("RIGHTS-PDF-OTHER", other.where, work=request.work_id, other=other.id, sha256=pdf.sha256)


@clause(
    "pdf.owner",
    "著作权法 第51条、第53条第7项",
    "A notice in the file is rights-management information: it is not replaced by that of somebody else.",
    "RIGHTS-PDF-OWNER",
)
def owner(request: Request) -> Iterator[Reason]:
    pdf, holder = _pdf(request), request.holder
    if pdf is None or holder is None:
        return
    names = {folded(name) for name in (holder.name, holder.name_en) if name}
    said = [f"版权归{name}所有" for name in pdf.owners] + list(pdf.rights)
    for text in said:
        owners = set(_OWNER.findall(notice.fold(text)[0]))
        if not (owners <= names if owners else any(name in folded(text) for name in names)):
            yield forbids("RIGHTS-PDF-OWNER", request.register_at, said=_short(text), holder=holder.name)


@clause(
    "pdf.compared",
    "著作权法 第24条第1款第2项、第59条",
    "A picture of words may hold anybody's; where texts are compared, what cannot be is for a person to see.",
    "RIGHTS-PDF-BLIND",
    "RIGHTS-PDF-UNCOMPARED",
)
def compared(request: Request) -> Iterator[Reason]:
    pdf, text = _pdf(request), request.evidence.text
    if pdf is None or text is None or not text.blind or request.action == "publish":
        return
    args = {"pages": _numbers(text.blind), "count": len(text.blind), "work": request.work_id, "sha256": pdf.sha256}
    if _pinned(request, pdf):
        yield notes("RIGHTS-PDF-UNCOMPARED", Where(str(request.job.source), page=text.blind[0]), **args)
    else:
        yield forbids("RIGHTS-PDF-BLIND", Where(str(request.job.source), page=text.blind[0]), **args)


def _numbers(pages: tuple[int, ...]) -> str:
    shown = ", ".join(map(str, pages[:MOST_PAGES]))
    return shown if len(pages) <= MOST_PAGES else shown + ", …"


@clause(
    "pdf.pages",
    "著作权法 第29条",
    "An excerpt of a finished PDF is pages of it, and each page has to be there.",
    "RIGHTS-PDF-PARTS",
    "RIGHTS-PDF-BEYOND",
)
def pages(request: Request) -> Iterator[Reason]:
    if request.action != "excerpt" or request.work is None:
        return
    for part in request.job.parts:
        asked = page_range(part)
        kind = next((known.kind for known in request.work.parts if known.id == part), "pages")
        if request.front is None and (asked is None or kind != "pages"):
            yield forbids("RIGHTS-PDF-PARTS", request.register_at, work=request.work_id, part=part)
        elif request.front is None and asked and request.evidence.pdf and asked[1] > request.evidence.pdf.pages:
            count = request.evidence.pdf.pages
            yield forbids("RIGHTS-PDF-BEYOND", request.register_at, part=part, pages=count)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"
