# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A page read in every order, and only what a reader sees of it."""

from __future__ import annotations

import io

import pikepdf
import pytest

from kanyin.preflight.orders import orders

WORDS = "reading"


def page(content: str) -> bytes:
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        pdf.add_blank_page(page_size=(300, 300))
        pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        pdf.pages[0].Contents = pdf.make_stream(content.encode())
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def show(text: str, x: float, y: float, *, size: float = 12, before: str = "0 g") -> str:
    return f"{before} BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"


def said(content: str) -> list[str]:
    (texts,) = orders(page(content), "x.pdf")
    return ["".join(text.split()) for text in texts]


DECOYS = {
    "white on white": show("q", 107, 200, before="1 g"),
    "too small": show("q", 107, 200, size=1),
    "not drawn": show("q", 107, 200, before="3 Tr") + "0 Tr\n",
    "covered": show("q", 107, 200) + "1 g 106 195 8 20 re f\n",
    "outside": show("q", 400, 200),
}


@pytest.mark.parametrize("decoy", DECOYS)
def test_what_nobody_sees_parts_no_words(decoy: str) -> None:
    content = show("r", 100, 200) + DECOYS[decoy] + show("eading", 120, 200)
    assert said(content)[1] == WORDS


def test_what_nobody_sees_is_read_as_well() -> None:
    assert said(show("r", 100, 200) + DECOYS["white on white"] + show("eading", 120, 200))[0] == "rqeading"


def test_white_on_dark_is_seen() -> None:
    dark = "0 g 90 190 100 30 re f\n"
    assert said(dark + show(WORDS, 100, 200, before="1 g"))[1] == WORDS
    assert said(dark + show(WORDS, 100, 200))[1] == ""


def test_lines_are_read_where_they_stand_whenever_their_letters_were_drawn() -> None:
    mixed = "".join(show(WORDS[i], 100 + 8 * i, 250) + show("pages.."[i], 100 + 8 * i, 200) for i in range(5))
    texts = said(mixed)
    assert texts[0] == "rpeaagdeis" and texts[2] == "readipages"


def test_columns_are_read_one_after_the_other() -> None:
    rows = "".join(show(WORDS[i], 40, 250 - 14 * i) + show("pages.."[i], 200, 250 - 14 * i) for i in range(5))
    texts = said(rows)
    assert texts[3] == "readipages" and texts[5] == "pagesreadi"
