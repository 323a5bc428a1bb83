# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""May this layout be used? A layout is an asset of its own, whoever owns the text set in it.

Facsimile is the right of 著作权法 第37条; the style without the pages is guarded by the notice and by contract only.
Both end together, since the notice claims no more than the law gives.
"""

from __future__ import annotations

from collections.abc import Iterator

from kanyin.config.layoutlike import ALIKE, share
from kanyin.config.register import Design
from kanyin.model import Reason
from kanyin.rights.clauses import Asset, Clause, RuleBook, forbids, notes
from kanyin.rights.dates import layout_end
from kanyin.rights.request import Request
from kanyin.rights.wording import words

clause = RuleBook[Clause]()


@clause(
    "layout.known",
    "著作权法 第37条",
    "A design without an owner on record may be anybody's.",
    "RIGHTS-LAYOUT-UNKNOWN",
)
def known(request: Request) -> Iterator[Reason]:
    if request.design is None:
        where = request.register_at if request.front is None else request.article_at
        yield forbids("RIGHTS-LAYOUT-UNKNOWN", where, layout=request.design_id or "–")


@clause(
    "layout.files",
    "著作权法 第37条",
    "A design is its files: others under its id are not it, and under another id they still are.",
    "RIGHTS-LAYOUT-OTHER",
    "RIGHTS-LAYOUT-COPY",
)
def files(request: Request) -> Iterator[Reason]:
    used, design = request.evidence.layout, request.design
    if used is None or design is None or request.front is None:
        return
    if design.name not in ("", used.name) or design.sha256 not in ("", used.sha256):
        yield forbids("RIGHTS-LAYOUT-OTHER", design.where, layout=design.id, name=used.name, sha256=used.sha256)
    for other in request.register.layouts:
        same = other.sha256 == used.sha256 or other.name in used.same
        if other.id != design.id and same and not _older(design, other, used.sha256):
            yield forbids("RIGHTS-LAYOUT-COPY", other.where, layout=design.id, name=used.name, original=other.id)


@clause(
    "layout.style",
    "版权声明第二句",
    "A rule changed here and there, other names and other files make no other design; the notice forbids its style.",
    "RIGHTS-LAYOUT-ALIKE",
)
def style(request: Request) -> Iterator[Reason]:
    used, design = request.evidence.layout, request.design
    if used is None or design is None or request.front is None:
        return
    for other in request.register.layouts:
        part = share(other.rules, used.rules)
        foreign = other.id != design.id and not _older(design, other, used.sha256)
        if foreign and part >= ALIKE and not any(True for _ in _freed(request, other)):
            args = {"layout": design.id, "name": used.name, "original": other.id, "share": f"{part:.0%}"}
            yield forbids("RIGHTS-LAYOUT-ALIKE", other.where, holder=other.holder, **args)


def _older(design: Design, other: Design, files: str) -> bool:
    """Whether these files were a design's first, by the days and the digest on record: then the other is the copy.

    Without a day nothing is older, and a design that names no digest may hold anybody's files.
    """
    first, second = design.first_published, other.first_published
    return design.sha256 == files and first is not None and second is not None and first < second


@clause(
    "layout.free",
    "著作权法 第37条",
    "No grant is needed by the holder of the design, by anybody where he opened it, and after the tenth year.",
    "RIGHTS-LAYOUT-OWN",
    "RIGHTS-LAYOUT-OPEN",
    "RIGHTS-LAYOUT-TERM-OVER",
)
def free(request: Request) -> Iterator[Reason]:
    if request.design is not None:
        yield from _freed(request, request.design)


def _freed(request: Request, design: Design) -> Iterator[Reason]:
    if request.user and design.holder == request.user:
        yield notes("RIGHTS-LAYOUT-OWN", design.where, layout=design.id, holder=design.holder)
    elif design.licence and request.layout_action in design.licence.actions:
        args = words("action", request.layout_action)
        yield notes("RIGHTS-LAYOUT-OPEN", design.where, layout=design.id, terms=design.licence.terms, **args)
    elif design.first_published and request.job.as_of > layout_end(design.first_published):
        day = layout_end(design.first_published)
        yield notes("RIGHTS-LAYOUT-TERM-OVER", design.where, layout=design.id, day=day)


def asset(request: Request) -> Asset | None:
    """The design as something that needs a grant, or None where it is free; or unknown, or the work is: then a clause
    has refused already."""
    if request.work is None or request.design is None or any(True for _ in free(request)):
        return None
    return Asset("layout", request.layout_action, request.design.id, request.design.holder)
