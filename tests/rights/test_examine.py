# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""`rights explain`: every rule, whether it holds, by which fact at which place; and never other than the verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from rights_cases import evidence_of, front_of, job_of, register_of, rows

from kanyin.findings import Where
from kanyin.model import Decision
from kanyin.rights.decide import CLAUSES, decide
from kanyin.rights.examine import Node, as_data, examine, until
from kanyin.rights.grants import constraint
from kanyin.rights.request import Request

ROWS = dict(rows())
AT = Where("source/x/article.md", 2, 1)


@cache
def asked(name: str) -> tuple[Request, Decision]:
    """The case with a place for its article, and the decision on it."""
    row = ROWS[name]
    front = front_of(row)
    placed = replace(front, where=AT, permissions=replace(front.permissions, where=AT)) if front else None
    request = Request(placed, register_of(row), job_of(row), row["layout"], evidence_of(row))
    return request, decide(request.front, request.register, request.job, request.layout, request.evidence)


@cache
def examined(name: str) -> tuple[Node, ...]:
    return examine(*asked(name))


def test_all_rules_hold_exactly_when_it_is_permitted() -> None:
    for name in ROWS:
        against = [node.rule for node in examined(name) if not node.holds and node.rule != "exception"]
        assert (asked(name)[1].permit is not None) == (not against), (name, against)


def test_every_rule_is_told_with_fact_place_and_law() -> None:
    for name in ROWS:
        nodes = examined(name)
        assert [node.rule for node in nodes][: len(CLAUSES)] == [rule.id for rule in CLAUSES]
        for entry in (below for node in nodes for below in node.below if below.below):
            assert [rule.rule for rule in entry.below] == [rule.id for rule in constraint.rules]
        for lang in ("zh", "en"):
            for told in flat(as_data(nodes, lang)):  # type: ignore[arg-type]
                assert told["fact"] and "{" not in told["fact"], (name, told)
                assert told["basis"] or told["rule"] == "grant"
                assert told["where"]["file"], (name, told)


def flat(told: list[dict]) -> list[dict]:  # type: ignore[type-arg]
    return [one for node in told for one in (node, *flat(node["below"]))]


def test_what_does_not_hold_says_what_would_change_it() -> None:
    for name in ROWS:
        for node in examined(name):
            if not node.holds and node.rule != "exception":
                (told,) = as_data([node], "en")
                assert told["would_change"], (name, node.rule)


def test_until_is_the_last_day_that_is_permitted() -> None:
    seen = 0
    for name in ROWS:
        request, decision = asked(name)
        if end := until(request, decision):
            seen += 1
            assert permitted(request, end[0]), name
            assert not permitted(request, end[0] + timedelta(days=1)), name
    assert seen >= 10


def permitted(request: Request, day: date) -> bool:
    job = replace(request.job, as_of=day)
    return decide(request.front, request.register, job, request.layout, request.evidence).permit is not None


def test_a_prohibition_is_told_at_its_line() -> None:
    found = [node for name in ROWS for node in examined(name) if node.rule == "prohibition" and not node.holds]
    assert found and all(node.fact.where.line and node.fact.code == "RIGHTS-PROHIBITED" for node in found)
