# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The layout on paper: the samples laid out by the real engine with the real fonts, and read back."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import pytest
from typeset.html_helpers import ROOT, SAMPLES, journal, permit, sample

from kanyin.composition.seam import install
from kanyin.config.fontlist import load_fonts
from kanyin.pdf.paginate import paginate, write
from kanyin.tools.fonts import fontconfig
from kanyin.typeset.html import typeset

FONTS = ROOT / "fonts"
pytestmark = pytest.mark.skipif(
    not all((FONTS / face.file).is_file() for face in load_fonts(FONTS).faces),
    reason="the fonts are not built: make_pdf.py fonts build",
)
MM = 72 / 25.4


@dataclass(frozen=True)
class Printed:
    """Codes of findings; and of each page the text, the running head, and whether the notice's zone is white."""

    codes: tuple[str, ...]
    texts: tuple[str, ...]
    heads: tuple[str, ...]
    white: tuple[bool, ...]


@functools.cache
def pages(name: str, folio: int) -> Printed:
    import pypdfium2

    layout, article = journal(), sample(name)
    html, findings = typeset(article, permit(), layout, folio=folio)
    laid_out = paginate(html, layout=layout, roots=[Path(article.root)], fontconfig=fontconfig(FONTS), extend=install)
    data, more = write(laid_out, "screen")
    texts, heads, white = [], [], []
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        texts.append(text.get_text_range().replace("\r\n", ""))
        heads.append(text.get_text_bounded(bottom=page.get_height() - 70))
        image = page.render(scale=1.5, grayscale=True).to_pil()
        zone = image.crop((0, image.height - round(layout.notice_zone * MM * 1.5), image.width, image.height))
        white.append(zone.getextrema() == (255, 255))
    codes = tuple(f.code for f in [*findings, *laid_out.findings, *more])
    return Printed(codes, tuple(texts), tuple(heads), tuple(white))


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_engine_has_nothing_to_say(name: str) -> None:
    assert pages(name, 101).codes == ()


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_zone_of_the_notice_stays_white_on_every_page(name: str) -> None:
    assert all(pages(name, 101).white)


@pytest.mark.parametrize("folio", [101, 106])
def test_heads_follow_the_folio(folio: int) -> None:
    """GB/T 3179: even pages name the journal, odd pages author and title; the folio is on each."""
    for number, head in enumerate(pages("specimen", folio).heads, folio):
        assert str(number) in head
        if number > folio:
            assert ("刊印示例医学" in head) == (number % 2 == 0)
            assert ("温知白等：版式样张" in head) == (number % 2 == 1)
        else:
            assert "刊印示例医学" in head


def test_body_imprint_and_notes_share_the_first_page() -> None:
    first = pages("research", 101).texts[0]
    for part in ("高血压是我国居民", "10.5555/kanyin.sample.2026.0201", "引用本文", "Key words"):
        assert part in first


def test_a_footnote_stands_on_the_page_of_its_call() -> None:
    (page,) = [text for text in pages("research", 101).texts if "SAMPLE-2400011" in text]
    assert "患者签署知情同意" in page
