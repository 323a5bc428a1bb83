# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The decision: may this job be printed? Pure: no clock, no file, nothing that is not in its arguments.

Every clause is asked, then every asset that needs a grant; one prohibition outweighs all permissions, and where nothing
permits the answer is no. The same arguments give the same reasons in the same order. Only here is a Permit made.
"""

from __future__ import annotations

from collections.abc import Sequence

from kanyin.config.job import Job
from kanyin.config.register import Register
from kanyin.model import Decision, Front, Permit, Reason, Verdict, mint
from kanyin.rights import design, exceptions, finished, identity, parts, passages, reservation, title
from kanyin.rights.clauses import notes, permits
from kanyin.rights.coverage import Coverage, assets, cover
from kanyin.rights.duties import credit, duties
from kanyin.rights.evidence import NOTHING, Evidence
from kanyin.rights.request import Request
from kanyin.rights.wording import words

BOOKS = (
    identity.clause,
    finished.clause,
    title.clause,
    reservation.clause,
    parts.clause,
    design.clause,
    passages.clause,
)
CLAUSES = tuple(rule for book in BOOKS for rule in book.rules)
"""In the order in which they are asked, which is that of the reasons."""

UNVERIFIED = frozenset({"RIGHTS-GRANT-UNVERIFIED", "RIGHTS-STATEMENT-UNVERIFIED"})
"""Not a no, but no yes either: something that should prove the right could not be verified."""


def decide(front: Front | None, register: Register, job: Job, layout: str, evidence: Evidence = NOTHING) -> Decision:
    """Decide whether `job` may be done.

    `front` is that of the article, or None when a finished PDF is to be reprinted; `layout` is the id of the design in
    the register. `evidence` says which signatures hold and what the log counted; without it nothing that has to be
    signed is. The verdict is allow exactly when the decision carries a permit.
    """
    request = Request(front, register, job, layout, evidence)
    coverages = [cover(request, asset) for asset in assets(request)]
    used_design = design.asset(request)
    if used_design is not None:
        coverages.append(cover(request, used_design))
    reasons = [
        _asked(request),
        *(reason for rule in CLAUSES for reason in rule.judge(request)),
        *(reason for coverage in coverages for reason in coverage.reasons),
    ]
    if request.action != "publish":
        reasons = exceptions.weighed(request, reasons)
    verdict = _verdict(request, reasons)
    if verdict != "allow":
        return Decision(verdict, tuple(reasons))
    if request.action == "publish":
        reasons.append(permits("RIGHTS-PUBLISH-OWN", request.register_at, work=request.work_id, holder=request.user))
    permit = _permit(request, coverages, tuple(reasons))
    return Decision(verdict, permit.reasons, permit)


def around(issue: str, permits: Sequence[Permit]) -> Permit:
    """The permit of the pages that an issue has beside its articles (cover, contents, index): whoever may print all
    articles may print these, which name them and hold nothing of their text. `permits` are those of all articles.

    It bears the notice of the first article, and the terms of all.
    """
    first = permits[0]
    if any(permit.action != "publish" for permit in permits):
        raise ValueError("for others an issue is its articles")
    if {permit.layout for permit in permits} != {first.layout}:
        raise ValueError("the articles of an issue have one layout")
    return mint(
        action=first.action,
        work=issue,
        holder=first.holder,
        holder_name=first.holder_name,
        notice=first.notice,
        layout=first.layout,
        as_of=first.as_of,
        grants=tuple(sorted({grant for permit in permits for grant in permit.grants})),
        credit=tuple(dict.fromkeys(line for permit in permits for line in permit.credit)),
        unsigned=any(permit.unsigned for permit in permits),
        reasons=first.reasons,
    )


def _asked(request: Request) -> Reason:
    return notes(
        "RIGHTS-REQUEST",
        request.article_at,
        work=request.work_id or "–",
        grantee=request.user or "–",
        layout=request.design_id or "–",
        channel=request.channel or "–",
        territory=request.territory,
        as_of=request.job.as_of,
        **words("action", request.action),
    )


def _verdict(request: Request, reasons: list[Reason]) -> Verdict:
    against = {reason.code for reason in reasons if reason.effect == "forbids"}
    if not against:
        return "allow"
    if against <= UNVERIFIED:
        return "indeterminate"
    if against <= passages.REVIEW:
        return "review"
    if against <= exceptions.LIFTED and any(reason.code in exceptions.PENDING for reason in reasons):
        return "review"
    return "deny"


def _permit(request: Request, coverages: list[Coverage], reasons: tuple[Reason, ...]) -> Permit:
    work, holder, notice = request.work, request.holder, title.notice_for(request)
    assert work is not None and holder is not None and notice is not None  # else a clause has forbidden
    grants = tuple(sorted({coverage.grant.id for coverage in coverages if coverage.grant}))
    unsigned = request.register.policy.trust == "none" and bool(grants or work.statement)
    grantee = next((c.grant.grantee for c in coverages if c.grant and request.action != "publish"), None)
    user = request.user if request.action != "publish" else ""
    return mint(
        action=request.action,
        work=work.id,
        holder=holder.id,
        holder_name=holder.name,
        notice=notice,
        layout=request.design_id,
        as_of=request.job.as_of,
        parts=request.job.parts if request.action == "excerpt" else (),
        grantee=grantee.id if grantee else user,
        grantee_name=grantee.name if grantee else user,
        grants=grants,
        duties=duties(request, coverages),
        credit=credit(request, coverages, unsigned),
        statement=work.statement,
        unsigned=unsigned,
        reasons=reasons,
    )
