# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Made small, a file shows the same, says the same, and gives out the same text."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from pdf_samples import A4, edited, laid_out, put, record
from PIL import Image, ImageChops

EXTRA = """
<h2 style="font-family: Kanyin Hei; font-weight: 700">方法与结果</h2>
<p style="font-family: Kanyin Kai">楷体的一段，含字形。
<i style="font-family: Kanyin Latin; font-style: italic">P</i> &lt; 0.05</p>
<p style="font-family: Kanyin Latin">office “x”, 3.14 ± 0.2 Å — é ü ﬁ</p>
<p style="font-family: Kanyin Rare B">𠀁𠀂</p>
<svg width="100" height="30" role="img"><title>字</title><text y="20" font-family="Kanyin Song">图中字</text></svg>
"""


def plain(variant: str | None) -> bytes:
    """What the engine wrote, with a notice and nothing made smaller, as files of others are stamped."""
    return put(laid_out(A4, 2, variant, EXTRA), about=record(""))


def small(variant: str | None) -> bytes:
    profile = {"pdf/ua-1": "screen", "pdf/a-3a": "archive", None: "print"}[variant]
    return put(laid_out(A4, 2, variant, EXTRA), about=record(profile))


def pages(data: bytes) -> list[tuple[str, Image.Image]]:
    """Text and picture of each page."""
    document = pypdfium2.PdfDocument(data)
    return [(page.get_textpage().get_text_range(), page.render(scale=2).to_pil().convert("L")) for page in document]


VARIANTS = ["pdf/ua-1", "pdf/a-3a", None]


@pytest.mark.parametrize("variant", VARIANTS)
def test_pages_look_and_read_the_same(variant: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for the number of the build, which is made of what a file claims to be too: here both have the same.

    To a sixteenth of black at the edges: PDFium rounds outlines of bare CFF by other whole numbers.
    """
    monkeypatch.setattr("kanyin.pdf.stamp.build_number", lambda content: "123456789012")
    for (text, picture), (wanted, other) in zip(pages(small(variant)), pages(plain(variant)), strict=True):
        assert text == wanted
        assert ImageChops.difference(picture, other).getextrema()[1] <= 16


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_file_is_less_than_half_as_large(variant: str | None) -> None:
    assert len(small(variant)) < len(plain(variant)) / 2


@pytest.mark.parametrize("variant", VARIANTS)
def test_other_readers_find_no_fault(variant: str | None) -> None:
    with pikepdf.open(io.BytesIO(small(variant))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert not pdf.is_linearized


def test_the_same_bytes_each_time() -> None:
    assert put(laid_out(A4, 2, "pdf/a-3a", EXTRA)) == put(laid_out(A4, 2, "pdf/a-3a", EXTRA))


def test_fonts_hold_what_is_used_and_nothing_else() -> None:
    with pikepdf.open(io.BytesIO(small("pdf/ua-1"))) as pdf:
        kinds = set()
        for font in (o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/FontDescriptor" in o):
            descriptor = font.FontDescriptor
            kinds.add(str(descriptor.FontFile3.Subtype) if "/FontFile3" in descriptor else "TrueType")
            assert font.get("/CIDToGIDMap") != "/Identity"
        assert kinds == {"/CIDFontType0C", "TrueType"}
        largest = max(len(o.read_raw_bytes()) for o in pdf.objects if isinstance(o, pikepdf.Stream))
    assert largest < 40_000


def test_what_nothing_refers_to_is_left_out() -> None:
    with pikepdf.open(io.BytesIO(put(laid_out()))) as pdf:
        packets = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and str(o.get("/Type")) == "/Metadata"]
        assert len(packets) == 1, "the packet of the engine is gone"


def test_what_the_catalogue_leads_to_stays() -> None:
    def add(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Held = pdf.make_stream(b"left over " * 10_000)

    with pikepdf.open(io.BytesIO(put(edited(laid_out(), add)))) as pdf:
        assert pdf.Root.Held.read_bytes() == b"left over " * 10_000


def test_a_file_of_somebody_else_keeps_its_fonts() -> None:
    with pikepdf.open(io.BytesIO(plain("pdf/ua-1"))) as pdf:
        assert any(str(o.get("/Subtype")) == "/OpenType" for o in pdf.objects if isinstance(o, pikepdf.Stream))
