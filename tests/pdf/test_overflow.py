# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What is wider than its column is refused before it is written, with the words that stand in it."""

from __future__ import annotations

import pytest
from composition_pages import lay_out

from kanyin.pdf.overflow import overflows

CSS = ".two { columns: 2; column-gap: 20pt; width: 170mm } .wide { width: 100mm }"
DRAWING = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 1'/>"
CELLS = "".join(f"<td style='min-width: 12mm'>列{n}</td>" for n in range(9))


@pytest.mark.parametrize(
    ("body", "quoted"),
    [
        (f"<div class=two><p>甲</p><table><tr>{CELLS}</table></div>", "列0"),
        (f'<div class=two><p>甲</p><img class=wide alt=式 src="{DRAWING}"></div>', "式"),
        (f"<p style='width: 60mm'>{'W' * 60}</p>", "WWW"),
    ],
)
def test_too_wide(body: str, quoted: str) -> None:
    (found,) = overflows(lay_out(body, CSS), "a.md")
    assert found.code == "RENDER-TOO-WIDE" and quoted in found.message("zh")
    assert (found.where.file, found.where.page) == ("a.md", 1)


@pytest.mark.parametrize(
    "body",
    [
        f"<table><tr>{CELLS}</table>",
        "<p style='width: 10em; hanging-punctuation: allow-end'>" + "甲乙丙丁戊己庚辛壬癸，" * 5 + "</p>",
        "<p style='width: 40mm'>" + "pharmacist " * 30 + "</p>",
        "<div class=two><p>甲</p><p style='position: absolute; left: 160mm'>旁注一条</p></div>",
    ],
)
def test_what_fits_is_let_through(body: str) -> None:
    assert overflows(lay_out(body, CSS), "a.md") == []
