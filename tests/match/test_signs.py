# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Signs that carry the meaning of a text, and punctuation that does not."""

from __future__ import annotations

import pytest

from kanyin.rights.match.fold import fold
from kanyin.rights.match.signs import signs


def said(text: str) -> bytes:
    return signs(text, fold(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("P＜0.001", "P＞0.001"),
        ("为−7.2", "为7.2"),
        ("为-7.2", "为7.2"),
        ("占5%", "占5‰"),
        ("15.9±11.2", "1.5.9±1.1.2"),
        ("15.9", "15、9"),
        ("3±1", "3，1"),
        ("有意义", "“有意义”"),
        ("有意义。", "有意义？！"),
        ("甲<乙，丙", "甲，乙<丙"),
    ],
)
def test_what_says_something_else_has_other_signs(one: str, other: str) -> None:
    assert said(one) != said(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("P＜0.001", "P < 0.001"),
        ("为−7.2", "为 -7.2"),
        ("占5%，", "占 5％ ；"),
        ("甲、乙；丙。", "甲，乙，丙"),
        ("“甲”", "「甲」"),
        ("well-known 5-10", "well known 5–10"),
        ("甲——乙", "甲…乙"),
    ],
)
def test_what_says_the_same_has_the_same(one: str, other: str) -> None:
    assert said(one) == said(other)
