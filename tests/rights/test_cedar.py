# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A second opinion on permissions and prohibitions: random registers, written as Cedar policies and judged by Cedar.

Cedar's semantics are ours (a prohibition outweighs every permission, and without a permission the answer is no), and
its engine shares no line with ours. The policies are made from the file as it is written, not from what we read of it.
"""

from __future__ import annotations

import copy
import json
from typing import Any

import cedarpy
from hypothesis import given, settings
from hypothesis import strategies as st
from rights_registers import BASE, DAYS, FRONTS, JOBS, LAYOUTS, PROHIBITIONS, READ, grants

from kanyin.config.job import Job
from kanyin.model import Front
from kanyin.rights import design
from kanyin.rights.clauses import Asset
from kanyin.rights.coverage import assets, cover
from kanyin.rights.decide import decide
from kanyin.rights.request import Request

REVOCATIONS = st.builds(lambda grant, day: {"grant": grant, "from": day}, st.sampled_from(["G0", "G1", "G2"]), DAYS)


def texts(values: Any) -> str:
    return "[" + ", ".join(json.dumps(value) for value in values) + "]"


def number(day: str) -> int:
    return int(day.replace("-", ""))


def permission(grant: dict[str, Any], entry: dict[str, Any], revoked: list[dict[str, Any]]) -> str:
    """One entry of a grant."""
    layout = entry["action"].startswith("layout.")
    named = entry.get("layouts", []) if layout else entry.get("works", [])
    parts = entry.get("parts", {})
    include, exclude = parts.get("include", []), parts.get("exclude", [])
    when = [
        json.dumps(grant["kind"]) + ' == "agreement"',
        f"resource.holder == {json.dumps(grant['grantor'])}",
        f"{texts(named)}.contains(resource.name)",
        f"context.day >= {number(entry['term']['from'])}",
        f"context.day <= {number(entry['term']['until'])}",
    ]
    if "*" not in entry["channel"]:
        when.append(f"{texts(entry['channel'])}.contains(context.channel)")
    if "*" not in entry["territory"]:
        when.append(f"{texts(entry['territory'])}.contains(context.territory)")
    if layout and entry.get("works"):
        when.append(f"{texts(entry['works'])}.contains(context.work)")
    if not layout:
        when.append(f"!resource.parts.containsAny({texts(exclude)})" if exclude else "true")
        named_parts = f"{texts(include)}.containsAll(resource.parts)" if include else "false"
        when.append(named_parts if include else '(resource.kind == "work" && context.asked != "excerpt")')
        when.append("resource.hasParts")
    if "limits" in entry:
        when.append(f"context.copies > 0 && context.copies <= {entry['limits']['copies']}")
    when += [f"context.day < {number(one['from'])}" for one in revoked if one["grant"] == grant["id"]]
    grantee = json.dumps(grant["grantee"]["id"])
    action = json.dumps(entry["action"])
    head = f"permit(principal == Party::{grantee}, action == Action::{action}, resource)"
    return f"{head} when {{ {' && '.join(when)} }};"


def prohibition(ban: dict[str, Any]) -> str:
    works = f"{texts(ban['actions'])}.contains(context.asked) && {texts(ban['works'])}.contains(context.work)"
    layouts = f"{texts(ban['actions'])}.contains(context.use) && {texts(ban['layouts'])}.contains(context.layout)"
    return f"forbid(principal, action, resource) when {{ ({works}) || ({layouts}) }};"


def cedar(register: dict[str, Any], request: Request, asset: Asset) -> bool:
    revoked = register.get("revocations", [])
    policies = [permission(g, e, revoked) for g in register["grants"] for e in g["permit"]]
    policies += [prohibition(ban) for ban in register.get("prohibitions", [])]
    resource = {
        "uid": {"type": "Asset", "id": "it"},
        "attrs": {
            "name": asset.id,
            "kind": asset.kind,
            "holder": asset.holder,
            "parts": list(asset.parts),
            "hasParts": bool(asset.parts),
        },
        "parents": [],
    }
    asked = {
        "principal": f"Party::{json.dumps(request.user)}",
        "action": f"Action::{json.dumps(asset.action)}",
        "resource": 'Asset::"it"',
        "context": {
            "day": number(request.job.as_of.isoformat()),
            "channel": request.channel,
            "territory": request.territory,
            "work": request.work_id,
            "layout": request.design_id,
            "asked": request.action,
            "use": request.layout_action,
            "copies": request.job.copies,
        },
    }
    result = cedarpy.is_authorized(asked, "\n".join(policies), [resource])
    assert not result.diagnostics.errors, result.diagnostics.errors
    return bool(result.allowed)


def wanted(request: Request) -> list[Asset]:
    return [*assets(request), *filter(None, [design.asset(request)])]


@settings(max_examples=200, deadline=None)
@given(grants(), FRONTS, JOBS, LAYOUTS, st.lists(PROHIBITIONS, max_size=1), st.lists(REVOCATIONS, max_size=2))
def test_cedar_says_the_same(
    granted: list[dict[str, Any]],
    front: Front | None,
    job: Job,
    layout: str,
    bans: list[dict[str, Any]],
    revoked: list[dict[str, Any]],
) -> None:
    bans = [{"id": f"P{n}", **ban} for n, ban in enumerate(bans)]
    known = {grant["id"] for grant in granted}
    revoked = [one for one in revoked if one["grant"] in known]
    register = {**BASE, "grants": granted, "prohibitions": bans, "revocations": revoked}
    request = Request(front, READ(copy.deepcopy(register)), job, layout)
    decision = decide(front, request.register, job, layout)
    banned = any(reason.code == "RIGHTS-PROHIBITED" for reason in decision.reasons)
    for asset in wanted(request):
        assert cedar(register, request, asset) == (cover(request, asset).grant is not None and not banned), asset
    if decision.permit:
        assert all(cedar(register, request, asset) for asset in wanted(request))


def test_cedar_can_permit_and_can_forbid() -> None:
    """The base register's first grant, then the same under a prohibition: the comparison is not of two noes."""
    from kanyin.model import Contributor

    front = Front(id="W1", title="甲文", contribs=(Contributor("张三"), Contributor("李四")))
    register = copy.deepcopy(BASE)
    job = Job(
        "reprint",
        *_nowhere(),
        grantee="org:a",
        copies=1,
        channel="print_periodical",  # type: ignore[arg-type]
    )
    request = Request(front, READ(copy.deepcopy(register)), job, "open")
    (asset,) = assets(request)
    assert cedar(register, request, asset) and cover(request, asset).grant
    register["prohibitions"] = [{"id": "P", "actions": ["reprint"], "works": ["W1"], "layouts": [], "reason": "某"}]
    assert not cedar(register, request, asset)


def _nowhere() -> tuple[Any, ...]:
    from datetime import date
    from pathlib import Path

    from rights_cases import NOWHERE

    return Path(), NOWHERE, date(2026, 6, 1)
