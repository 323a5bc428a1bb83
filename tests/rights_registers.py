# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Random grants, prohibitions, jobs and articles over the register of the cases."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from pydantic import TypeAdapter
from rights_cases import NOWHERE, read_yaml

from kanyin.config.job import Job
from kanyin.config.register import Register
from kanyin.model import Contributor, Front

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
