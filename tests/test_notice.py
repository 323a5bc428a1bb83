# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The canonical notice, and finding it in copies of every kind."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanyin import notice

WHOLE = (
    "版权归中华医学会所有。未经授权，不得转载、摘编本刊文章，不得使用本刊的版式设计。"
    "除非特别声明，本刊刊出的所有文章不代表中华医学会和本刊编委会的观点。"
)


def test_the_wording_is_pinned() -> None:
    assert notice.canonical().text == WHOLE
    assert notice.canonical().sha256 == hashlib.sha256(WHOLE.encode()).hexdigest()


def test_an_altered_wording_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from kanyin.findings import RightsError

    monkeypatch.setattr(notice, "CLAUSES", ("版权归甲所有。",))
    with pytest.raises(RightsError) as raised:
        notice.canonical.__wrapped__()
    assert [f.code for f in raised.value.findings] == ["NOTICE-PIN"]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        (WHOLE, [0, 1, 2]),
        ("版权归中华医学会所有.未经授权,不得转载、摘编本刊文章,不得使用本刊的版式设计.", [0, 1]),
        ("版权归中华医学会所有\n未经授权，不得转载\n、摘编本刊文章，不得使用本刊的版式设计", [0, 1]),
        ("版 权 归 中 华 医 学 会 所 有", [0]),
        ("版权归\u200b中华医学会所有｡", [0]),
        ("除非特别声明 本刊刊出的所有文章不代表中华医学会和本刊编委会的观点", [2]),
        ("版权归中华医学会", []),
        ("版权归中华医学会杂志社所有。", []),
        ("未经授权，不得转载本刊文章，不得使用本刊的版式设计。", []),
        ("", []),
    ],
)
def test_find(text: str, clauses: list[int]) -> None:
    assert [span.clause for span in notice.find(text)] == clauses


def test_a_span_covers_the_clause_and_its_mark() -> None:
    text = "正文。版权归中华医学会所有。后文"
    (span,) = notice.find(text)
    assert text[span.start : span.end] == "版权归中华医学会所有。"


@given(st.text(), st.text())
def test_whatever_stands_around_it_the_notice_is_found(before: str, after: str) -> None:
    found = [(s.clause, s.start) for s in notice.find(before + WHOLE + after)]
    expected = [0, len(notice.CLAUSES[0]), len(notice.CLAUSES[0]) + len(notice.CLAUSES[1])]
    assert [(i, len(before) + offset) for i, offset in enumerate(expected)] == [
        (clause, start) for clause, start in found if start >= len(before) and start < len(before) + len(WHOLE)
    ]
