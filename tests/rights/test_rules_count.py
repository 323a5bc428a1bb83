# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Each rule is a defence: taken out, some case that was refused is permitted. So no rule is there for show."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from rights_cases import evidence_of, front_of, job_of, register_of, rows

from kanyin.rights import coverage
from kanyin.rights import decide as deciding
from kanyin.rights.clauses import Rule
from kanyin.rights.grants import constraint

ROWS = dict(rows())
NOT_ALONE = {
    "work.registered": "a permit is made for a work, and there is none",
    "notice.reserves": "a permit carries the notice that is printed, and there is none",
    "parts.known": "a part that is not registered stands in no grant",
    "layout.free": "it only says why no grant is needed",
}
"""Rules that say first, and in better words, what would stop the decision all the same."""


@cache
def asked(name: str) -> tuple[Any, ...]:
    row = ROWS[name]
    return front_of(row), register_of(row), job_of(row), row["layout"], evidence_of(row)


def permitted() -> set[str]:
    found = set()
    for name in ROWS:
        try:
            if deciding.decide(*asked(name)).permit:
                found.add(name)
        except (AssertionError, AttributeError):  # refused by having nothing to print
            continue
    return found


@cache
def normally() -> frozenset[str]:
    return frozenset(permitted())


@pytest.mark.parametrize("rule", deciding.CLAUSES, ids=lambda rule: rule.id)
def test_without_a_clause_something_gets_through(rule: Rule[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    before = normally()
    monkeypatch.setattr(deciding, "CLAUSES", tuple(r for r in deciding.CLAUSES if r is not rule))
    assert bool(permitted() - before) == (rule.id not in NOT_ALONE)


@pytest.mark.parametrize("rule", constraint.rules, ids=lambda rule: rule.id)
def test_without_a_constraint_a_grant_reaches_further(rule: Rule[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    before = normally()
    monkeypatch.setattr(coverage.constraint, "rules", [r for r in constraint.rules if r is not rule])
    assert permitted() - before
