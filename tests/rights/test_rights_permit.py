# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A permit is made in one place, says what it rests on, and carries what has to be printed."""

from __future__ import annotations

import ast
import dataclasses
import pickle
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rights_cases import Row, decide_row, rows

import kanyin
from kanyin import notice
from kanyin.model import Permit
from kanyin.rights.dates import after, layout_end
from kanyin.rights.duties import CREDIT_WIDTH

ROWS = dict(rows())
REPRINT = ROWS["reprint: a grant that covers everything"]


def permit_of(row: Row, **changes: Any) -> Permit:
    permit = decide_row({**row, **changes}).permit
    assert permit is not None
    return permit


def test_a_permit_cannot_be_made_by_hand() -> None:
    fields: dict[str, Any] = {
        "action": "publish", "work": "W1", "holder": "cma", "holder_name": "中华医学会", "notice": notice.canonical(),
        "layout": "house", "as_of": date(2026, 6, 1),
    }  # fmt: skip
    with pytest.raises(TypeError):
        Permit(**fields)
    with pytest.raises(TypeError):
        Permit(**fields, key=object())
    with pytest.raises(TypeError):
        dataclasses.replace(permit_of(REPRINT), grantee="org:b")


def test_only_decide_makes_permits() -> None:
    makers = set()
    for path in sorted(Path(kanyin.__file__).parent.rglob("*.py")):
        names = {n.id if isinstance(n, ast.Name) else n.attr for n in ast.walk(ast.parse(path.read_text("utf-8")))
                 if isinstance(n, ast.Name | ast.Attribute)}  # fmt: skip
        if names & {"mint", "_MINT"}:
            makers.add(path.relative_to(Path(kanyin.__file__).parent).as_posix())
    assert makers == {"model.py", "rights/decide.py"}


def test_a_decision_crosses_processes() -> None:
    decision = decide_row(ROWS["reprint: a grantee nobody knows"])
    assert pickle.loads(pickle.dumps(decision)) == decision


def test_what_a_reprint_carries() -> None:
    permit = permit_of(REPRINT)
    assert permit.notice == notice.canonical()
    assert (permit.grantee, permit.grantee_name, permit.grants, permit.unsigned) == ("org:a", "甲出版社", ("G1",), True)
    assert permit.credit == (
        "转载自：张三，李四．甲文．示例杂志，2024，104（46）：1-8",
        "授权编号：G1（未签名授权，unsigned grant）；被授权方：甲出版社；限：纸质期刊；地域 CN；不超过 5000 册",
    )
    assert [(duty.id, duty.when, duty.text) for duty in permit.duties] == [
        ("attribute.author", "in_output", "张三，李四"),
        ("attribute.title", "in_output", "甲文"),
        ("attribute.first_publication", "in_output", "示例杂志，2024，104（46）：1-8"),
        ("notice.keep", "in_output", "保留每页的权利声明"),
        ("modify.none", "post", "G1：不得改动"),
        ("pay", "post", "G1：付酬 300.00 元，以 2026-06-01 刊出计应于 2026-08-01 前（含当日）付清"),
    ]


def test_of_two_grants_that_do_the_first_by_id_is_used_wherever_it_stands() -> None:
    entry = {"action": "reprint", "works": ["W1"], "channel": ["*"], "territory": ["*"], "term": {"from": "2026-01-01"}}
    for place, id_, used in [("grants.1", "A1", "A1"), ("grants.1", "Z1", "G1")]:
        grant = {"id": id_, "kind": "agreement", "grantor": "cma", "grantee": {"id": "org:a", "name": "甲出版社"}}
        permit = permit_of(REPRINT, register={place: {**grant, "permit": [entry]}})
        assert permit.grants == (used,)


def test_an_english_article_has_its_credit_in_english() -> None:
    permit = permit_of(REPRINT, front={"id": "W1", "lang": "en"})
    assert permit.credit == (
        "Reprinted from: 张三, 李四. 甲文. 示例杂志, 2024, 104(46): 1-8",
        "Grant: G1 (unsigned grant, 未签名授权); licensed to 甲出版社; "
        "limited to: print periodical; territory CN; up to 5000 copies",
    )


def test_an_excerpt_names_its_parts_and_the_statutory_pay() -> None:
    permit = permit_of(ROWS["excerpt: a granted section with the figure in it"])
    assert permit.parts == ("s1",)
    assert permit.credit[1] == "授权编号：G2（未签名授权，unsigned grant）；被授权方：甲出版社；限：部分 s1"
    assert permit.duties[-1].id == "pay.statutory" and "每千字 100 元" in permit.duties[-1].text
    assert "2026-08-01" in permit.duties[-1].text


def test_the_holders_own_publication_owes_and_prints_nothing_but_the_notice() -> None:
    permit = permit_of(ROWS["publish: the holder publishes its own work in its own layout"])
    assert (permit.duties, permit.credit, permit.grants, permit.unsigned) == ((), (), (), False)


def test_a_holders_own_notice_is_the_one_printed() -> None:
    permit = permit_of(ROWS["publish: another society publishes with its own notice"])
    assert permit.notice.text == "版权归示例学会所有。未经授权，不得转载、摘编。"


def test_a_special_statement_is_carried_and_its_lack_of_a_signature_printed() -> None:
    permit = permit_of(ROWS["publish: a special statement that the holder confirmed"])
    assert permit.statement == "本文为本会立场文件"
    assert permit.unsigned and permit.credit == ("特别声明未经签名验证（unsigned statement）",)


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
@pytest.mark.parametrize("word", ["长题名", "Long title ", "混 mixed，"])
@pytest.mark.parametrize("length", [1, 60, 84, 85, 86, 87, 175, 400])
def test_credit_lines_are_short_and_lose_nothing(lang: str, word: str, length: int) -> None:
    title = (word * 200)[:length].rstrip()
    row = {**REPRINT, "front": {"id": "W1", "lang": lang}, "register": {"works.0.article_title": title}}
    permit = permit_of(row)
    assert all(0 < sum(1 if ord(c) > 0x2000 else 0.5 for c in line) <= CREDIT_WIDTH for line in permit.credit)
    assert "".join(title.split()) in "".join("".join(permit.credit).split())


def test_many_authors_are_named_by_three_and_others() -> None:
    names = [{"name": name} for name in ("甲一", "乙二", "丙三", "丁四")]
    permit = permit_of({**REPRINT, "register": {"works.0.authors": names}})
    assert permit.credit[0].startswith("转载自：甲一，乙二，丙三，等．")


@pytest.mark.parametrize(
    ("day", "period", "expected"),
    [
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2027-12-31", "P2M", "2028-02-29"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2024-02-28", "P1D", "2024-02-29"),
        ("2026-11-30", "P2M", "2027-01-30"),
        ("2026-12-31", "P1D", "2027-01-01"),
        ("2026-06-01", "P12M", "2027-06-01"),
    ],
)
def test_a_period_after_a_day(day: str, period: str, expected: str) -> None:
    assert after(date.fromisoformat(day), period) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2024-01-01", "2034-12-31"),
        ("2024-12-31", "2034-12-31"),
        ("2024-02-29", "2034-12-31"),
        ("2025-01-01", "2035-12-31"),
    ],
)
def test_a_layout_is_protected_to_the_end_of_the_tenth_year(first: str, last: str) -> None:
    assert layout_end(date.fromisoformat(first)) == date.fromisoformat(last)
