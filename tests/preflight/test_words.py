# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Every channel by which a PDF can say something, and none by which it can keep it from being read."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from foreign_samples import N, foreign

from kanyin.findings import SourceError
from kanyin.preflight import words as reading
from kanyin.preflight.words import Channel, words

SECRET = b"Somebody else wrote these words"
PLAIN = b"BT /F1 12 Tf 72 700 Td (Innocent words of our own) Tj ET "


def with_font(pdf: pikepdf.Pdf) -> None:
    font = pikepdf.Dictionary(Type=N.Font, Subtype=N.Type1, BaseFont=N.Helvetica)
    pdf.pages[0].obj["/Resources"]["/Font"] = pikepdf.Dictionary(F1=font)


def one(content: bytes = PLAIN, edit: Callable[[pikepdf.Pdf], None] = lambda pdf: None, pages: int = 1) -> bytes:
    def both(pdf: pikepdf.Pdf) -> None:
        with_font(pdf)
        edit(pdf)

    return foreign(pages, content, both)


def note(pdf: pikepdf.Pdf) -> None:
    shown = pdf.make_stream(b"BT /F1 12 Tf 0 0 Td (" + SECRET + b") Tj ET")
    shown["/Type"], shown["/Subtype"], shown["/BBox"] = N.XObject, N.Form, pikepdf.Array([0, 0, 300, 20])
    shown["/Resources"] = pdf.pages[0].obj["/Resources"]
    annotation = pikepdf.Dictionary(Type=N.Annot, Subtype=N.FreeText, Rect=[72, 600, 372, 620], Contents="a remark")
    annotation["/AP"] = pikepdf.Dictionary(N=shown)
    pdf.pages[0].obj["/Annots"] = pikepdf.Array([pdf.make_indirect(annotation)])


def remark(pdf: pikepdf.Pdf) -> None:
    annotation = pikepdf.Dictionary(Type=N.Annot, Subtype=N.Text, Rect=[0, 0, 9, 9], Contents=SECRET.decode())
    pdf.pages[0].obj["/Annots"] = pikepdf.Array([pdf.make_indirect(annotation)])


def attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = SECRET


def alternative(pdf: pikepdf.Pdf) -> None:
    pdf.Root["/StructTreeRoot"] = pdf.make_indirect(pikepdf.Dictionary(K=pikepdf.Dictionary(Alt=SECRET.decode())))


def subject(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Subject"] = SECRET.decode()


SCRAMBLED = b"".join(
    b"1 0 0 1 %d %d Tm (%c) Tj " % (72 + 8 * column, 700 - 14 * row, SECRET[row * 11 + column])
    for column in range(11)
    for row in range(3)
    if row * 11 + column < len(SECRET)
)
"""Three lines, drawn from the left to the right all at once."""
LINE = b"(" + SECRET + b") Tj "
CHANNELS: dict[str, tuple[bytes, Channel]] = {
    "a page": (one(b"BT /F1 12 Tf 72 700 Td " + LINE + b"ET"), "page"),
    "letters without ink": (one(b"BT 3 Tr /F1 12 Tf 72 700 Td " + LINE + b"ET"), "page"),
    "glyphs said to mean something else": (
        one(b"BT /F1 12 Tf 72 700 Td /Span <</ActualText (Innocent)>> BDC " + LINE + b"EMC ET"), "page"),
    "what glyphs are said to mean": (
        one(b"BT /F1 12 Tf 72 700 Td /Span <</ActualText (" + SECRET + b")>> BDC (x) Tj EMC ET"), "told"),
    "what a comment shows": (one(edit=note), "page"),
    "a comment": (one(edit=remark), "other"),
    "an alternative text": (one(edit=alternative), "alt"),
    "an attachment": (one(edit=attached), "other"),
    "metadata": (one(edit=subject), "other"),
    "characters drawn in no order": (one(b"BT /F1 12 Tf " + SCRAMBLED + b"ET"), "columns"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANNELS)
def test_every_channel_is_read(name: str) -> None:
    data, channel = CHANNELS[name]
    said = "".join(one.text for one in words(data, "a.pdf").said if one.channel == channel)
    assert "".join(SECRET.decode().split()) in "".join(said.split())


def test_without_the_glyphs_a_page_says_what_it_likes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_rewritten", lambda pdf: False)
    data, _ = CHANNELS["glyphs said to mean something else"]
    assert SECRET.decode() not in "".join(one.text for one in words(data, "a.pdf").said)


def test_words_parted_at_the_end_of_a_line_are_one() -> None:
    data = one(b"BT /F1 12 Tf 72 700 Td (hyper-) Tj 0 -14 Td (tension) Tj ET")
    (page,) = [said.text for said in words(data, "a.pdf").said if said.channel == "page"]
    assert page in ("hyper\u00adtension", "hyper\x02tension")


def test_what_pages_repeat_is_no_text_of_theirs() -> None:
    head = b"BT /F1 9 Tf 72 760 Td (Journal of Samples 7) Tj ET "

    def own(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj["/Contents"] = pdf.make_stream(head + b"BT /F1 12 Tf 72 700 Td (The second page) Tj ET")

    said = words(one(head + PLAIN, own, pages=3), "a.pdf").said
    assert {one.text for one in said if one.channel == "page" and one.page == 2} == {"The second page"}
    assert {one.text for one in said if one.channel == "running" and one.page == 2} == {"Journal of Samples 7"}


@pytest.mark.parametrize(
    ("content", "blind"),
    [
        (b"0 g 100 300 300 300 re f", (1,)),
        (b"", ()),
        (b"BT /F1 12 Tf 72 40 Td (7) Tj ET", ()),
        (b"0 g 100 300 300 300 re f BT /F1 12 Tf 72 700 Td (" + SECRET * 2 + b") Tj ET", ()),
    ],
    ids=["a picture", "nothing", "a number", "a picture and words"],
)
def test_a_page_that_shows_something_and_says_nothing(content: bytes, blind: tuple[int, ...]) -> None:
    assert words(one(content), "a.pdf").blind == blind


def test_a_file_that_says_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST", 10)
    with pytest.raises(SourceError) as caught:
        words(one(), "a.pdf")
    assert {found.code for found in caught.value.findings} == {"REPRINT-WORDS"}


def test_a_damaged_file_is_refused() -> None:
    with pytest.raises(SourceError):
        words(b"%PDF-1.4\nno", "a.pdf")
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(one())) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(SourceError) as caught:
        words(locked.getvalue(), "a.pdf")
    assert {found.code for found in caught.value.findings} == {"VERIFY-ENCRYPTED"}
