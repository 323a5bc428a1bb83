# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Proof refuses no sound print: every common character passes wherever it stands, and overlapping ones never do."""

from __future__ import annotations

import functools
import random
import re

import pikepdf
import pytest
from pdf_samples import FONTS, edited, faults, laid_out, permit, put

from kanyin.notice import canonical
from kanyin.pdf import stamp_lines
from kanyin.preflight.facts import Glyph
from kanyin.preflight.sight import GLYPH, LINE, STRENGTH
from kanyin.preflight.verify import gather
from kanyin.tools.fonts import common_characters

LINES_A_PAGE = 75
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789()[]{}<>!?%&@#*+=/\\-_.,:;'\""
MARKS = "，。、；：？！（）《》〈〉「」『』【】·—…～￥“”‘’％＋－０１２３４５６７８９ＡＢＣａｂｃ①②③④Ⅰ℃→"


@functools.cache
def blank() -> bytes:
    return laid_out("@page { size: A4; margin: 20mm } section { visibility: hidden }")


def glyphs(lines: tuple[str, ...]) -> list[list[Glyph]]:
    """What proof sees of lines that are stamped on a page of their own."""
    data = put(blank(), permit(credit=lines), zone=285)
    facts = gather(data, "", canonical(), fonts=FONTS, expected=permit(credit=lines))
    return [list(facts.pages[0].printed[line][0].glyphs) for line in lines]


def assert_all_pass(characters: str, size: float, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the characters in a random order: each stands beside others, at another fraction of a pixel."""
    monkeypatch.setattr(stamp_lines, "SMALL", size)
    order = random.Random(seed).sample(characters, len(characters))
    room = int(540 / size) - 1
    rows = tuple("".join(order[i : i + room]) for i in range(0, len(order), room))
    for start in range(0, len(rows), LINES_A_PAGE):
        for row, found in zip(rows[start:], glyphs(rows[start : start + LINES_A_PAGE]), strict=False):
            weak = [g for g in found if g.likeness < GLYPH or g.strength < STRENGTH]
            assert not weak, row
            assert sum(g.likeness for g in found) / len(found) >= LINE, row


@pytest.mark.parametrize("size", [6, 6.5, 7])
def test_some_hundred_characters_pass(size: float, monkeypatch: pytest.MonkeyPatch) -> None:
    common = [chr(code) for code in sorted(common_characters(FONTS))[:: 23 if size == 6 else 37]]
    assert_all_pass("".join(common) + LATIN + MARKS, size, 1, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
@pytest.mark.parametrize("size", [6, 6.5, 7])
def test_every_common_character_passes(size: float, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The 8105 characters of 通用规范汉字表."""
    common = [chr(code) for code in sorted(common_characters(FONTS))]
    assert_all_pass("".join(common) + LATIN * 3 + MARKS * 3, size, seed, monkeypatch)


@pytest.mark.parametrize(
    "line",
    [
        "摘编自：纪闻溪，陆听泉．把血压计请回家：示例市医学会举办“心脑同护”公众科普日．刊印示例医学，2026，3（2）：106-107",
        "经授权转载，作者𬭬甲𠮷乙，见 jij_f/y。",
        "Reprinted with permission from: Jiji Yfy, et al. Jyj/fiji 2026, 3(2): 1-8",
    ],
)
def test_a_credit_line_passes(line: str) -> None:
    """Neighbours that reach into each other, characters above U+FFFF, thin strokes."""
    allowed = permit(credit=(line,))
    assert faults(put(blank(), allowed), allowed) == []


@pytest.mark.parametrize("spacing", [-2, -3, -4, -5, -6])
def test_characters_that_lie_on_one_another_do_not_excuse_each_other(spacing: float) -> None:
    """Points between characters of 7 points; closer still, even a search finds the text no more."""

    def edit(pdf: pikepdf.Pdf) -> None:
        stream = pdf.pages[0].obj.Contents[-1]
        stream.write(re.sub(rb"BT\n", b"BT\n%g Tc\n" % spacing, stream.read_bytes(), count=1))

    assert "VERIFY-NOTICE-INK" in {found.code for found in faults(edited(put(blank()), edit))}
