# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Which grant covers an asset, and when none does, how near the nearest came.

The entries are looked at in the order of their grants' ids, so the order of the file decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kanyin.config.register import Entry, Grant
from kanyin.model import Reason
from kanyin.rights.clauses import Asset, forbids, notes, permits
from kanyin.rights.grants import constraint
from kanyin.rights.request import Request
from kanyin.rights.wording import words

NEAREST = 3
"""So many grants that did not do are explained; of the others only their number is told."""


@dataclass(frozen=True)
class Coverage:
    """What came of the search: the entry that covers the asset, or None; and the reasons."""

    asset: Asset
    grant: Grant | None
    entry: Entry | None
    reasons: tuple[Reason, ...]


def assets(request: Request) -> Iterator[Asset]:
    """What a reprint or an excerpt needs a grant for; a design is added by `design`."""
    work = request.work
    if work is None or request.action == "publish":
        return
    if request.own_parts or not request.foreign_parts:
        yield Asset("work", request.action, work.id, work.holder, request.own_parts)
    for part in request.foreign_parts:
        yield Asset("part", request.action, work.id, part.holder, (part.id,))


def cover(request: Request, asset: Asset) -> Coverage:
    """Find the one entry that covers the asset."""
    missed: list[tuple[tuple[Reason, ...], Grant]] = []
    for grant in sorted(request.register.grants, key=lambda grant: grant.id):
        for entry in grant.permit:
            failures = tuple(r for rule in constraint.rules for r in rule.judge(request, asset, grant, entry))
            if not failures:
                return Coverage(asset, grant, entry, tuple(_granted(request, asset, grant, entry)))
            if near(request, asset, grant, entry):
                missed.append((failures, grant))
    missed.sort(key=lambda miss: (len(miss[0]), miss[1].id, [r.code for r in miss[0]]))
    return Coverage(asset, None, None, tuple(_refused(request, asset, missed)))


def near(request: Request, asset: Asset, grant: Grant, entry: Entry) -> bool:
    """Whether an entry is worth a word when it does not do: it names the asset, or the grantee."""
    named = asset.id in (entry.layouts if asset.kind == "layout" else entry.works)
    return named or (bool(request.user) and grant.grantee.id == request.user)


def _granted(request: Request, asset: Asset, grant: Grant, entry: Entry) -> Iterator[Reason]:
    yield permits(
        "RIGHTS-GRANTED",
        entry.where,
        grant=grant.id,
        grantor=grant.grantor,
        asset=asset.id if asset.kind != "part" else asset.parts[0],
        **words("action", asset.action),
    )
    if request.register.policy.trust == "none":
        yield notes("RIGHTS-GRANT-UNSIGNED", request.register.policy.where, grant=grant.id)


def _refused(request: Request, asset: Asset, missed: list[tuple[tuple[Reason, ...], Grant]]) -> Iterator[Reason]:
    only_unverified = missed and [r.code for r in missed[0][0]] == ["RIGHTS-GRANT-UNVERIFIED"]
    if only_unverified:
        failure = missed[0][0][0]
        yield Reason(failure.code, "forbids", failure.where, failure.args)
        return
    code = {"work": "RIGHTS-NO-GRANT", "part": "RIGHTS-PART-NO-GRANT", "layout": "RIGHTS-LAYOUT-NO-GRANT"}[asset.kind]
    yield forbids(
        code,
        request.register_at if asset.kind != "layout" or request.design is None else request.design.where,
        asset=asset.id,
        parts=", ".join(asset.parts),
        holder=asset.holder,
        grantee=request.user or "–",
        channel=request.channel or "…",
        territory=request.territory,
        as_of=request.job.as_of,
        **words("action", asset.action),
        **_scope(request, asset),
    )
    for failures, _ in missed[:NEAREST]:
        yield from failures
    if len(missed) > NEAREST:
        yield notes("RIGHTS-GRANT-MORE", request.register.where, count=len(missed) - NEAREST)


def _scope(request: Request, asset: Asset) -> dict[str, str]:
    """What the grant would have to say of parts: nothing for a whole work, whose `body` is no part of the register."""
    if request.action != "excerpt":
        return words("scope", "whole")
    known = {part.id for part in request.registered_parts}
    named = f"parts.include [{', '.join(part for part in asset.parts if part in known) or '…'}]"
    return {"scope": named, "scope_en": named}
