# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Ruby: annotations stand in the middle above their bases, clear of the line above, and bases make room for them."""

from __future__ import annotations

import pytest
from composition_pages import Piece, lay_out, lines, pdf, rows, text_layer

EM = 96 / 72 * 10
MONO = "<ruby>甲<rt>jiǎ</rt>型<rt>xíng</rt></ruby>"
GROUP = "<ruby>窒息<rt>zhìxī</rt></ruby>"
WIDE = "<ruby>臁疮<rp>（</rp><rt>liánchuāngchuāng</rt><rp>）</rp></ruby>"


def pieces(body: str, css: str = "") -> list[Piece]:
    return [piece for row in rows(lay_out(body, css)) for piece in row.pieces]


@pytest.mark.parametrize(
    ("body", "base", "annotation"),
    [
        (f"<p>某{MONO}某</p>", "甲", "jiǎ"),
        (f"<p>某{MONO}某</p>", "型", "xíng"),
        (f"<p>某{GROUP}某</p>", "窒息", "zhìxī"),
        (f"<p>某{WIDE}某</p>", "臁疮", "liánchuāngchuāng"),
        (f"<h2>某{GROUP}某</h2>", "窒息", "zhìxī"),
        (f"<ul><li>某{GROUP}某</ul>", "窒息", "zhìxī"),
        (f"<table><tr><td>某{GROUP}某</table>", "窒息", "zhìxī"),
        (f"<table><caption>某{GROUP}某</caption><tr><td>甲</table>", "窒息", "zhìxī"),
        (f'<p>某<span style="float: footnote">某{GROUP}某</span></p>', "窒息", "zhìxī"),
    ],
)
def test_an_annotation_stands_above_the_middle_of_its_base(body: str, base: str, annotation: str) -> None:
    found = {piece.text: piece for piece in pieces(body)}
    below, above = found[base], found[annotation]
    assert above.size == pytest.approx(below.size / 2)
    assert above.x + above.width / 2 == pytest.approx(below.x + below.width / 2, abs=0.1)
    assert below.y - above.y == pytest.approx(0.88 * below.size + 0.12 * above.size)


def test_a_base_makes_room_for_a_longer_annotation() -> None:
    found = {piece.text: piece for piece in pieces(f"<p>某{WIDE}某</p>")}
    assert found["臁疮"].width == pytest.approx(found["liánchuāngchuāng"].width)
    assert found["臁疮"].width > 2.5 * EM


@pytest.mark.parametrize("leading", [10, 13, 16, 20])
def test_an_annotation_stays_clear_of_the_line_above(leading: int) -> None:
    document = lay_out(f"<p>上面的一行<br>某{GROUP}某</p>", f"p {{ line-height: {leading}pt }}")
    above, row = rows(document)
    annotation = next(piece for piece in row.pieces if piece.text == "zhìxī")
    top = annotation.y - 0.88 * annotation.size
    assert top >= above.pieces[0].y + 0.12 * EM - 0.01


def test_a_leading_that_is_wide_enough_is_kept() -> None:
    plain, row, last = rows(lay_out(f"<p>某<br>某{GROUP}某<br>某</p>", "p { line-height: 17pt }"))
    assert last.y - row.y == pytest.approx(row.y - plain.y)


def test_a_group_is_never_broken_and_single_readings_may_be() -> None:
    narrow = "p { width: 3.5em; text-align: left }"
    assert lines(lay_out(f"<p>甲乙{GROUP}</p>", narrow))[0] == "甲乙"
    assert lines(lay_out(f"<p>甲乙{MONO}丙丁</p>", narrow))[0] == "甲乙甲jiǎ"


def test_the_text_layer_holds_base_and_annotation_in_their_order() -> None:
    assert text_layer(pdf(lay_out(f"<p>某{MONO}某{GROUP}某</p>"))) == "某甲jiǎ型xíng某窒息zhìxī某"
