# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (the golden text stands here as it is printed)
"""What a refusal says: first what is refused, then why, with law and place, last what would change it."""

from __future__ import annotations

import re

import pytest
from rights_cases import decide_row, rows

from kanyin.findings import Lang
from kanyin.rights.explain import explain, findings, tree

ROWS = dict(rows())

ZH = """\
拒绝：转载作品 W1（使用方 org:b，版式 open，渠道 print_periodical，地域 CN，日期 2026-06-01）
- 没有一份授权完整覆盖 org:b 对作品 W1 的转载（著作权法 第29条、第35条第2款；版权声明第二句；PLACE）
  - G1 授予 org:a，不是 org:b（著作权法实施条例 第24条；PLACE）
- 版式 open 的权利人许可任何人使用版式设计（Apache-2.0）（著作权法 第37条；PLACE）
怎样才能获准：
- 需要 cma 的一份授权：grantee org:b，action reprint，works [W1]，不写 parts（整篇），channel print_periodical，territory CN，期限含 2026-06-01，各项限额均可核实。"""

EN = """\
Refused: reprint of W1 (by org:b, layout open, channel print_periodical, territory CN, on 2026-06-01)
- no grant covers the reprint of W1 by org:b as a whole (著作权法 第29条、第35条第2款；版权声明第二句; PLACE)
  - G1 is for org:a, not for org:b (著作权法实施条例 第24条; PLACE)
- the holder of the layout open allows everybody use of the layout (Apache-2.0) (著作权法 第37条; PLACE)
What would change this:
- It takes one grant of cma: grantee org:b, action reprint, works [W1], no parts (the whole work), channel print_periodical, territory CN, a term with 2026-06-01 in it, and limits that can be measured."""


@pytest.mark.parametrize(("lang", "expected"), [("zh", ZH), ("en", EN)])
def test_a_refusal_in_full(lang: Lang, expected: str) -> None:
    said = "\n".join(explain(decide_row(ROWS["reprint: a grantee nobody knows"]), lang))
    assert re.sub(r"rights\.yaml:[1-9]\d*:[1-9]\d*", "PLACE", said) == expected


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("reprint: a grant that covers everything", "准许：转载作品 W1"),
        ("reprint: signatures are demanded and there is none", "拒绝，无法核实：转载作品 W1"),
        ("reprint: somebody invokes article 24", "拒绝，须由人审核：转载作品 W1"),
        ("publish: a work that is not in the register", "拒绝：刊印作品 W9"),
    ],
)
def test_the_first_line_is_the_verdict(name: str, first: str) -> None:
    assert explain(decide_row(ROWS[name]), "zh")[0].startswith(first)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_case_is_explained_without_gaps(lang: Lang) -> None:
    for name, row in ROWS.items():
        decision = decide_row(row)
        lines = explain(decision, lang)
        assert all(line.strip() and "{" not in line for line in lines), (name, lines)
        assert len(lines) >= 2, name
        heading = "怎样才能获准：" if lang == "zh" else "What would change this:"
        assert (heading in lines) == (decision.permit is None), name


def test_a_refusal_reports_what_forbids_and_why_the_grants_at_hand_did_not_do() -> None:
    decision = decide_row(ROWS["reprint: a grantee nobody knows"])
    assert [f.code for f in findings(decision)] == ["RIGHTS-NO-GRANT", "RIGHTS-GRANT-GRANTEE"]
    assert [len(step.because) for step in tree(decision)] == [0, 0, 1]


def test_a_reprint_is_not_told_to_grant_the_body_as_a_part() -> None:
    decision = decide_row(ROWS["reprint: excerpt does not imply reprint"])
    (short,) = [reason for reason in decision.reasons if reason.code == "RIGHTS-GRANT-PARTS"]
    assert "body" not in dict(short.args)["parts"].split(", ")


def test_the_same_question_has_the_same_answer() -> None:
    for row in list(ROWS.values())[::7]:
        assert decide_row(row) == decide_row(row)
