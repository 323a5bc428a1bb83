# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Clauses: the parts of a work that are asked for, and those that belong to somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from kanyin.model import Reason
from kanyin.rights.clauses import Clause, RuleBook, forbids, notes
from kanyin.rights.pages import page_range
from kanyin.rights.request import Request

clause = RuleBook[Clause]()


@clause(
    "parts.known",
    "著作权法 第29条",
    "Who owns a part that nobody has registered is not known, so it cannot be passed on by itself.",
    "RIGHTS-PART-UNKNOWN",
)
def known(request: Request) -> Iterator[Reason]:
    if request.work is None or request.action != "excerpt":
        return
    registered = {part.id for part in request.work.parts}
    for part in sorted(set(request.job.parts) - registered):
        yield forbids("RIGHTS-PART-UNKNOWN", request.work.where, work=request.work_id, part=part)


@clause(
    "parts.licensed",
    "著作权法 第29条、第59条",
    "A figure of somebody else's is printed under a permission, and that permission has to be on record.",
    "RIGHTS-PART-UNLICENSED",
    "RIGHTS-PART-LICENSED",
)
def licensed(request: Request) -> Iterator[Reason]:
    if request.action != "publish":
        return
    for part in request.foreign_parts:
        if part.licence:
            args = {"part": part.id, "holder": part.holder, "licence": part.licence}
            yield notes("RIGHTS-PART-LICENSED", part.where, **args)
        else:
            yield forbids("RIGHTS-PART-UNLICENSED", part.where, part=part.id, holder=part.holder)


@clause(
    "parts.placed",
    "著作权法 第29条",
    "A section may contain a figure of somebody else's; as long as its place is unknown, no section is free of it.",
    "RIGHTS-PART-UNPLACED",
)
def placed(request: Request) -> Iterator[Reason]:
    if request.work is None or request.action != "excerpt":
        return
    can_hold = request.front is None or any(part.kind == "section" for part in request.registered_parts)
    around = {part.id: part.within for part in request.work.parts}
    for part in sorted(request.work.parts, key=lambda part: part.id):
        somewhere = part.within or part.kind in ("section", "abstract") or part in request.registered_parts
        if request.front is None:
            somewhere = _on_pages(part.id, around)
        if can_hold and request.foreign(part) and not somewhere:
            yield forbids("RIGHTS-PART-UNPLACED", part.where, part=part.id, holder=part.holder)


def _on_pages(part: str, around: dict[str, str]) -> bool:
    """Whether a part is known to stand on certain pages; the register's own check has ruled out circles."""
    while part:
        if page_range(part):
            return True
        part = around.get(part, "")
    return False
