# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Folding: what looks the same is the same, and every 字 knows where it stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanyin.model import Styled, Text
from kanyin.rights.match.fold import fold
from kanyin.rights.match.units import plain

SAME = [
    ("traditional", "高血壓患者的發現與診斷，頭髮乾燥", "高血压患者的发现与诊断，头发干燥"),
    ("Japanese forms", "体験、発達、対応", "體驗、發達、對應"),
    ("Kangxi radicals", "⾼⾎压⾏⾛", "高血压行走"),
    ("radicals of the supplement", "⻢⻋⻅⻛⻝", "马车见风食"),
    ("compatibility Han", "\uf900\uf901\uf902", "豈更車"),
    ("width", "Ｐ＜０．０５，ｎ＝２４０", "P<0.05,n=240"),
    ("case and accents", "Café MÜLLER", "cafe muller"),
    ("units in one character", "5㎎/㎏", "5 mg/kg"),
    ("zero width", "高\u200b血\u2060压\ufeff控\u00ad制", "高血压控制"),
    ("variation selectors and fillers", "高\ufe00血\U000e0100压\u3164控制", "高血压控制"),
    ("tags", "高\U000e0041血压", "高血压"),
    ("line breaks and spaces", "高\r\n血\u3000压 控\t制", "高血压控制"),
    ("punctuation", "高血压，控制。", "高血压——“控制”……"),
    ("Cyrillic in a Latin word", "hуpеrtеnsiоn", "hypertension"),
    ("Greek capitals", "ΑΒΕ", "abe"),
    ("kana for Han", "ロ腔、夕阳、エ作", "口腔、夕阳、工作"),
    ("decimal digits of other scripts", "٢٠٢٦年", "2026年"),
]


@pytest.mark.parametrize(("what", "one", "other"), SAME, ids=[row[0] for row in SAME])
def test_what_looks_the_same_folds_to_the_same(what: str, one: str, other: str) -> None:
    assert fold(one).codes.tolist() == fold(other).codes.tolist()


DIFFERENT = [("高血压", "低血压"), ("12", "21"), ("1 2", "12"), ("ab c", "a bc"), ("未", "末"), ("日", "曰")]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_reads_differently_stays_different(one: str, other: str) -> None:
    assert fold(one).codes.tolist() != fold(other).codes.tolist()


def test_a_zi_is_a_han_character_a_word_or_a_number() -> None:
    text = "随访12周，HbA1c 降至6.5%"
    folded = fold(text)
    assert [text[s:e] for s, e in zip(folded.starts, folded.ends, strict=True)] == [
        "随", "访", "12", "周", "HbA", "1", "c", "降", "至", "6", "5",
    ]  # fmt: skip


DISGUISED = [
    ("高\u200b血压", "invisible", 1),
    ("高⾎压", "radical", 1),
    ("\uf901新", "compatibility", 0),
    ("hypеrtension", "letter", 3),
    ("入ロ处", "kana", 1),
]


@pytest.mark.parametrize(("text", "kind", "offset"), DISGUISED)
def test_a_disguise_is_reported_with_its_place(text: str, kind: str, offset: int) -> None:
    assert [(d.kind, d.offset, d.char) for d in fold(text).disguises] == [(kind, offset, text[offset])]


INNOCENT = ["第一部分", "Привет, мир", "カタカナのロボット", "α 受体", "👩\u200d⚕️", "\ufeff开头", "2026–2027"]


@pytest.mark.parametrize("text", INNOCENT)
def test_honest_text_is_no_disguise(text: str) -> None:
    assert fold(text).disguises == ()


@given(st.text())
def test_offsets_are_valid_for_any_text(text: str) -> None:
    folded = fold(text)
    starts, ends = folded.starts.tolist(), folded.ends.tolist()
    assert all(0 <= s < e <= len(text) for s, e in zip(starts, ends, strict=True))
    assert starts == sorted(starts)
    assert len(folded.codes) == len(starts) == len(folded.weights)


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=60)


@given(HAN, st.lists(st.sampled_from("\u200b\u2060，。 \n\u3000"), max_size=40), st.randoms())
def test_what_is_put_between_han_characters_changes_nothing(text: str, marks: list[str], rng: object) -> None:
    mixed = list(text)
    for mark in marks:
        mixed.insert(rng.randrange(len(mixed) + 1), mark)  # type: ignore[attr-defined]
    assert fold("".join(mixed)).codes.tolist() == fold(text).codes.tolist()


def test_a_reading_parts_no_text_and_is_looked_at_itself() -> None:
    hidden = [Styled("ruby", (Text(base),), reading) for base, reading in (("高", "药师"), ("血", "随访"))]
    assert fold(plain(hidden)).codes.tolist() == fold("高血药师随访").codes.tolist()
    nested = (Styled("bold", tuple(hidden)), Text("压"))
    assert fold(plain(nested)).codes.tolist() == fold("高血压药师随访").codes.tolist()
