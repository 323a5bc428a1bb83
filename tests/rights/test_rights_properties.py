# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What holds for every register: less permission never permits more, and the order of a file decides nothing."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from rights_registers import BASE, DAYS, FRONTS, JOBS, LAYOUTS, PROHIBITIONS, READ, grants

from kanyin.config.job import Job
from kanyin.model import Decision, Front
from kanyin.rights.decide import decide


def decided(data: dict[str, Any], front: Front | None, job: Job, layout: str) -> Decision:
    return decide(front, READ(copy.deepcopy(data)), job, layout)


@settings(max_examples=150, deadline=None)
@given(grants(), FRONTS, JOBS, LAYOUTS, st.data())
def test_taking_a_grant_away_never_turns_a_refusal_into_a_permit(
    granted: list[dict[str, Any]], front: Front | None, job: Job, layout: str, data: st.DataObject
) -> None:
    left = [grant for grant in granted if data.draw(st.booleans())]
    if decided({**BASE, "grants": left}, front, job, layout).permit:
        assert decided({**BASE, "grants": granted}, front, job, layout).permit


@settings(max_examples=150, deadline=None)
@given(grants(), FRONTS, JOBS, LAYOUTS, PROHIBITIONS, st.data())
def test_a_prohibition_or_a_revocation_never_permits_more(
    granted: list[dict[str, Any]], front: Front | None, job: Job, layout: str, ban: dict[str, Any], data: st.DataObject
) -> None:
    free = {**BASE, "grants": granted}
    bound = {**free, "prohibitions": [{"id": "P", **ban}]}
    if granted:
        revoked = data.draw(st.sampled_from(granted))["id"]
        bound["revocations"] = [{"grant": revoked, "from": data.draw(DAYS)}]
    if decided(bound, front, job, layout).permit:
        assert decided(free, front, job, layout).permit


@settings(max_examples=100, deadline=None)
@given(grants(), FRONTS, JOBS, LAYOUTS, st.randoms(use_true_random=False))
def test_the_order_of_the_file_decides_nothing(
    granted: list[dict[str, Any]], front: Front | None, job: Job, layout: str, random: Any
) -> None:
    shuffled = copy.deepcopy({**BASE, "grants": granted})
    for table in ("grants", "works", "holders", "layouts"):
        random.shuffle(shuffled[table])
    assert decided(shuffled, front, job, layout) == decided({**BASE, "grants": granted}, front, job, layout)


@settings(max_examples=150, deadline=None)
@given(grants(), FRONTS, JOBS, LAYOUTS)
def test_a_permit_for_somebody_else_rests_on_one_agreement_that_says_all(
    granted: list[dict[str, Any]], front: Front | None, job: Job, layout: str
) -> None:
    """A second reading of the rules, written without looking at the first."""
    permit = decided({**BASE, "grants": granted}, front, job, layout).permit
    if permit is None:
        return
    work = next(w for w in BASE["works"] if w["id"] == permit.work)
    assert permit.holder == work["holder"]
    if job.command == "build":
        assert permit.action == "publish" and not permit.grantee
        return
    assert permit.action == job.command and permit.grantee == job.grantee and permit.unsigned and permit.credit
    day = job.as_of.isoformat()
    assert any(
        grant["kind"] == "agreement"
        and grant["grantor"] in (work["holder"], "ext:photo")
        and grant["grantee"]["id"] == job.grantee
        and entry["action"] == job.command
        and permit.work in entry["works"]
        and entry["term"]["from"] <= day <= entry["term"]["until"]
        and (job.channel in entry["channel"] or "*" in entry["channel"])
        and entry["territory"] != ["JP"]
        and ("limits" not in entry or 0 < job.copies <= int(entry["limits"]["copies"]))
        for grant in granted
        if grant["id"] in permit.grants
        for entry in grant["permit"]
    )
