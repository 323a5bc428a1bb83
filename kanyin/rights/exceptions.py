# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Claims under 著作权法 第24条: they stay a question for a person until a reviewer of the holder has signed the answer.

A claim replaces a grant and nothing else: no missing title, no prohibition, no layout. Author, title and first
publication are named all the same, since article 24 asks for that.
"""

from __future__ import annotations

from kanyin.config.register import ExceptionClaim
from kanyin.config.registercheck import BODY
from kanyin.model import Reason
from kanyin.rights.clauses import notes, permits
from kanyin.rights.dates import begun, ended
from kanyin.rights.evidence import UNSIGNED
from kanyin.rights.request import Request

LIFTED = frozenset({"RIGHTS-NO-GRANT", "RIGHTS-PART-NO-GRANT"})
"""What a reviewed claim stands in for."""

REVIEWED = frozenset({"RIGHTS-EXCEPTION-REVIEWED"})
"""What stands in for it."""

PENDING = frozenset({"RIGHTS-EXCEPTION-CLAIMED", "RIGHTS-EXCEPTION-UNVERIFIED"})
"""Reasons that leave the matter to a person."""


def weighed(request: Request, reasons: list[Reason]) -> list[Reason]:
    """The reasons with what claims add; a reviewed one takes the place of the grant that is missing."""
    said = [
        _judged(request, claim)
        for claim in sorted(request.register.exceptions, key=lambda claim: claim.id)
        if claim.work == request.work_id and claim.claimant == request.user
    ]
    if any(reason.effect == "permits" for reason in said):
        reasons = [_lifted(reason) for reason in reasons]
    return [*reasons, *said]


def _lifted(reason: Reason) -> Reason:
    return Reason(reason.code, "notes", reason.where, reason.args) if reason.code in LIFTED else reason


def _judged(request: Request, claim: ExceptionClaim) -> Reason:
    args = {"id": claim.id, "article": claim.article, "purpose": claim.purpose}
    if not request.demands_signatures:
        return notes("RIGHTS-EXCEPTION-CLAIMED", claim.where, **args)
    proof = request.evidence.exceptions.get(claim.id, UNSIGNED)
    if proof.code == UNSIGNED.code:
        return notes("RIGHTS-EXCEPTION-CLAIMED", claim.where, **args)
    if proof.code:
        return notes("RIGHTS-EXCEPTION-UNVERIFIED", claim.where, **args, **proof.words())
    day = request.job.as_of
    if claim.term is None or not begun(claim.term, day) or ended(claim.term, day):
        return notes("RIGHTS-EXCEPTION-TERM", claim.where, **args, as_of=day)
    asked = set(request.job.parts) if request.action == "excerpt" else {BODY}
    if missing := asked - set(claim.parts):
        return notes("RIGHTS-EXCEPTION-PARTS", claim.where, **args, parts=", ".join(sorted(missing)))
    return permits("RIGHTS-EXCEPTION-REVIEWED", claim.where, **args)
