# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What holds for every register: less permission never permits more, and the order of a file decides nothing."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from rights_cases import NOWHERE, read_yaml

from kanyin.config.job import Job
from kanyin.config.register import Register
from kanyin.model import Contributor, Decision, Front
from kanyin.rights.decide import decide

BASE = read_yaml("base")
READ = TypeAdapter(Register).validate_python
DAYS = st.integers(0, 6).map(lambda n: (date(2026, 5, 29) + timedelta(days=n)).isoformat())
PARTIES = st.sampled_from(["org:a", "org:b", "cma"])
HOLDERS = st.sampled_from(["cma", "cma", "soc", "studio", "ext:photo"])
WORKS = st.sampled_from(["W1", "W1", "W2", "W3"])
LAYOUTS = st.sampled_from(["house", "open", "closed"])
CHANNELS = st.lists(st.sampled_from(["print_periodical", "web", "*"]), min_size=1, max_size=2)
PARTS = st.lists(st.sampled_from(["s1", "s2", "fig1", "tab1", "fig9"]), max_size=3)


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Any]:
    action = draw(st.sampled_from(["reprint", "reprint", "excerpt", "excerpt", "layout.style", "layout.facsimile"]))
    first, last = sorted([draw(DAYS), draw(DAYS)])
    entry: dict[str, Any] = {
        "action": action,
        "channel": draw(CHANNELS),
        "territory": draw(st.sampled_from([["CN"], ["*"], ["JP"]])),
        "term": {"from": first, "until": last},
    }
    if action.startswith("layout."):
        entry["layouts"] = draw(st.lists(LAYOUTS, min_size=1, max_size=2))
    else:
        entry["works"] = draw(st.lists(WORKS, min_size=1, max_size=2))
        include = draw(PARTS) + (["fig1"] if draw(st.booleans()) else [])
        entry["parts"] = {"include": include if action == "excerpt" else [], "exclude": draw(st.just([]) | PARTS)}
    if draw(st.booleans()):
        entry["limits"] = {"copies": str(draw(st.integers(0, 3)))}
    return entry


@st.composite
def grants(draw: st.DrawFn) -> list[dict[str, Any]]:
    return [
        {
            "id": f"G{number}",
            "kind": draw(st.sampled_from(["agreement", "agreement", "agreement", "offer"])),
            "grantor": draw(HOLDERS),
            "grantee": {"id": draw(PARTIES), "name": "某"},
            "permit": draw(st.lists(entries(), min_size=1, max_size=2)),
        }
        for number in range(draw(st.integers(0, 5)))
    ]


PROHIBITIONS = st.builds(
    lambda action, work, layout: {"actions": [action], "works": [work], "layouts": [layout], "reason": "某"},
    st.sampled_from(["publish", "reprint", "excerpt", "layout.style", "layout.facsimile"]),
    WORKS,
    LAYOUTS,
)
JOBS = st.builds(
    lambda command, day, grantee, parts, copies, channel, work: Job(
        command,
        Path(),
        NOWHERE,
        date.fromisoformat(day),
        grantee=grantee,
        parts=tuple(parts),
        copies=copies,
        channel=channel,
        work=work,
    ),
    st.sampled_from(["build", "reprint", "reprint", "excerpt", "excerpt"]),
    DAYS,
    st.sampled_from(["org:a", "org:b", "cma", ""]),
    PARTS,
    st.integers(0, 3),
    st.sampled_from(["print_periodical", "web", ""]),
    st.sampled_from(["", "", "W1"]),
)
FRONTS = st.none() | WORKS.map(lambda work: _front(work))


def _front(id_: str) -> Front:
    """An article that says of itself what the register says of it."""
    work = next((work for work in BASE["works"] if work["id"] == id_), {})
    names = tuple(Contributor(author["name"]) for author in work.get("authors", ()))
    return Front(id=id_, title=work.get("article_title", "某文"), contribs=names)


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
