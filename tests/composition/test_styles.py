# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The style of punctuation as an option of a layout, and the forms of signs by language, on finished pages."""

from __future__ import annotations

import functools
import io
import statistics
from itertools import pairwise

import pypdfium2
import pytest
from composition_pages import HOME, lay_out, pdf
from typeset.html_helpers import SAMPLES, journal, permit, sample

from bench.composition.glyphs import read
from kanyin.composition.seam import install
from kanyin.pdf.paginate import paginate, write
from kanyin.tools.fonts import fontconfig
from kanyin.typeset.html import typeset


@functools.cache
def widths(style: str) -> dict[str, float]:
    """The usual room of a mark before Han in the running text of the news sample, em."""
    html, _ = typeset(sample("news"), permit(), journal(), options={"punctuation": style})
    pages = paginate(
        html,
        layout=journal(),
        roots=[SAMPLES["news"].parent],
        fontconfig=fontconfig(HOME / "fonts"),
        extend=install,
    )
    glyphs = [g for g in read(io.BytesIO(write(pages, "screen")[0]))[0] if "Song" in g.font and abs(g.size - 10) < 0.1]
    found: dict[str, list[float]] = {"，": [], "。": []}
    for mark, after in pairwise(glyphs):
        if mark.text in found and abs(mark.y - after.y) < 0.1 and "一" <= after.text <= "鿿":
            found[mark.text].append((after.x - mark.x) / mark.size)
    return {mark: statistics.median(rooms) for mark, rooms in found.items()}


@pytest.mark.parametrize(
    ("style", "comma", "stop"),
    [("kaiming", 0.5, 1.0), ("quanjiao", 1.0, 1.0), ("banjiao", 0.5, 0.5)],
)
def test_the_style_of_punctuation_is_an_option_of_the_layout(style: str, comma: float, stop: float) -> None:
    assert widths(style) == {"，": pytest.approx(comma, abs=0.15), "。": pytest.approx(stop, abs=0.15)}


@functools.cache
def picture(text: str, lang: str, family: str) -> bytes:
    """One line at 40 pt, as pixels."""
    data = pdf(lay_out(f"<p style='font: 40pt/1.6 {family}'>{text}</p>", lang=lang))
    page = pypdfium2.PdfDocument(data)[0]
    return bytes(page.render(scale=2, grayscale=True).to_numpy().tobytes())


@pytest.mark.parametrize("family", ["Kanyin Song", "Kanyin Hei"])
@pytest.mark.parametrize(
    ("text", "one", "other", "alike"),
    [
        ("骨", "zh-Hans", "zh-Hant", False),
        ("直", "zh-Hans", "ja", False),
        ("骨", "zh-Hans", "zh-CN", True),
        ("甲，乙。", "zh-Hans", "zh-Hant", False),
        ("甲，乙。", "zh-Hant", "zh-TW", True),
        ("十日", "zh-Hans", "ja", True),
    ],
)
def test_signs_take_the_form_of_their_language(family: str, text: str, one: str, other: str, alike: bool) -> None:
    assert (picture(text, one, family) == picture(text, other, family)) is alike
