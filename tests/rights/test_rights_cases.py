# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Every rule by examples: register and job in, verdict and reasons out."""

from __future__ import annotations

from typing import Any

import pytest
from rights_cases import CASES, FILES, Row, decide_row, read_yaml, rows

from kanyin.findings import catalogue
from kanyin.rights import decide as decide_module
from kanyin.rights.clauses import Rule
from kanyin.rights.grants import constraint

ROWS = rows()
RULES = [*decide_module.CLAUSES, *constraint.rules]


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[name for name, _ in ROWS])
def test_case(name: str, row: Row) -> None:
    decision = decide_row(row)
    assert ([r.code for r in decision.reasons[1:]], decision.verdict) == (row["codes"], row["verdict"])
    assert (decision.permit is not None) == (decision.verdict == "allow")
    assert decision.reasons[0].code == "RIGHTS-REQUEST"


def test_names_are_unique_and_no_file_is_left_out() -> None:
    names = [name for name, _ in ROWS]
    assert len(set(names)) == len(names)
    assert {"base", *FILES, "register"} == {path.stem for path in CASES.glob("*.yaml")}
    assert read_yaml("base")["schema"] == "rights/1"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_says_something_in_some_case(rule: Rule[Any]) -> None:
    said = {code for _, row in ROWS for code in row["codes"]}
    assert set(rule.codes) <= said, f"no case for {set(rule.codes) - said}"
    assert rule.rationale.endswith(".")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_and_its_wording_name_the_same_law(rule: Rule[Any]) -> None:
    for code in rule.codes:
        assert catalogue()[code]["basis"] in rule.basis, code


RULE_IDS = """
work.named work.registered work.same work.text work.derived holder.agrees declared.agrees statement.confirmed
request.complete pdf.read pdf.same pdf.owner pdf.compared pdf.pages title.status title.term
title.territory title.rights title.signed title.sublicensable
work.published notice.reserves prohibition reservation.kept parts.known parts.licensed parts.placed layout.known
layout.files layout.style layout.free passages.limits passages.total passages.whole
grant.kind grant.grantor grant.grantee grant.revoked grant.action grant.asset grant.parts grant.term grant.channel
grant.territory grant.language grant.limits grant.modifications grant.signature grant.clock
"""


def test_the_rules_are_these_in_this_order() -> None:
    """A rule that is lost would permit what it forbade; so the list is written down twice."""
    assert " ".join(rule.id for rule in RULES) == " ".join(RULE_IDS.split())


def test_what_forbids_is_an_error_and_says_what_to_do_next() -> None:
    for _, row in ROWS:
        for reason in decide_row(row).reasons:
            if reason.effect == "forbids":
                entry = catalogue()[reason.code]
                assert entry["severity"] == "error" and entry["hint_zh"] and entry["hint_en"], reason.code
