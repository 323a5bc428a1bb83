# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The stamp: the same bytes each time, nothing lost, nothing left of what the file said about itself before."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from pdf_samples import CREDIT, HOME, ZONE, edited, faults, laid_out, permit, put, record, stamped

from kanyin.findings import ToolError
from kanyin.pdf.stamp import StampError, stamp
from kanyin.preflight.zone import occupied

REAL = HOME.parent / "shared" / "real" / "pdf"


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def code(data: bytes, **changes: object) -> str:
    """The code of the error that stamping ends in."""
    with pytest.raises(StampError) as error:
        put(data, **changes)  # type: ignore[arg-type]
    assert error.value.exit_code == 6
    return error.value.findings[0].code


def test_the_same_arguments_give_the_same_bytes_in_another_process() -> None:
    script = (
        "import hashlib, sys, warnings; warnings.simplefilter('ignore')\n"
        "from pdf_samples import put; print(hashlib.sha256(put(sys.stdin.buffer.read())).hexdigest())"
    )
    path = f"{HOME}:{HOME / 'tests'}"
    sums = {
        subprocess.run(
            [sys.executable, "-c", script],
            input=laid_out(),
            env={"PYTHONPATH": path, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    import hashlib

    assert sums == {hashlib.sha256(put(laid_out())).hexdigest().encode() + b"\n"}


@pytest.mark.parametrize(
    ("allowed", "about"),
    [({"work": "other"}, {}), ({"credit": (CREDIT,)}, {}), ({}, {"title": ("另题", "")}), ({}, {"doi": "10.1/x"})],
)
def test_another_permit_or_record_gives_another_file_id(allowed: dict[str, object], about: dict[str, object]) -> None:
    plain, changed = put(laid_out()), put(laid_out(), permit(**allowed), record(**about))
    assert opened(plain).trailer.ID[0] != opened(changed).trailer.ID[0]


def test_the_header_the_tags_and_the_number_of_pages_stay() -> None:
    before, after = opened(laid_out(pages=3)), opened(stamped(pages=3))
    assert before.pdf_version == after.pdf_version
    assert len(after.pages) == 3
    assert after.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in after.Root
    assert after.Root.Lang == before.Root.Lang


def test_the_notice_is_the_last_content_and_marked_as_an_artifact() -> None:
    pdf = opened(stamped(pages=2))
    for page in pdf.pages:
        first, *_, last = page.obj.Contents
        assert first.read_bytes() == b"q\n"
        content = last.read_bytes().strip()
        assert content.startswith(b"Q\n/Artifact <</Type /Pagination /Subtype /Footer>> BDC\nq ")
        assert content.endswith(b"ET Q\nEMC")
        assert b" 0 g BT" in content


def test_all_pages_share_one_embedded_font() -> None:
    pdf = opened(stamped(pages=3))
    pages = pdf.pages
    fonts = {page.obj.Resources.Font.Notice.objgen for page in pages}
    assert len(fonts) == 1
    descendant = pages[0].obj.Resources.Font.Notice.DescendantFonts[0]
    assert descendant.FontDescriptor.FontFile3.Subtype == "/CIDFontType0C"
    assert re.fullmatch(r"/[A-Z]{6}\+KanyinSong-Notice", str(descendant.BaseFont))


def test_a_stamp_costs_little() -> None:
    """The tag tree is written without object streams; beyond that a page costs a few hundred bytes."""
    one, five = (len(put(laid_out(pages=n))) - len(laid_out(pages=n)) for n in (1, 5))
    assert one < 40_000
    assert (five - one) / 4 < 8_000


def test_a_font_name_that_is_taken_is_left_alone() -> None:
    names = []

    def edit(pdf: pikepdf.Pdf) -> None:
        fonts = pdf.pages[0].obj.Resources.Font
        other = next(font for _, font in fonts.items())
        names.append(str(other.BaseFont))
        fonts.Notice = other

    data = put(edited(laid_out(), edit))
    pdf = opened(data)
    assert [str(pdf.pages[0].obj.Resources.Font.Notice.BaseFont)] == names
    assert faults(data, permit()) == []


@pytest.mark.parametrize("missing", ["/Resources", "/Contents", "/Annots"])
def test_pages_without_the_usual_entries_are_stamped(missing: str) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            if missing in page.obj:
                del page.obj[missing]

    assert faults(put(edited(laid_out(pages=2), edit)), permit()) == []


def test_resources_may_be_inherited() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Resources = pdf.pages[0].obj.Resources
        for page in pdf.pages:
            del page.obj["/Resources"]

    assert faults(put(edited(laid_out(pages=2), edit)), permit()) == []


def test_images_are_not_interpolated() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(b"\xff", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1)
        image.ColorSpace, image.BitsPerComponent, image.Interpolate = pikepdf.Name.DeviceGray, 8, True
        pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Dot=image)

    pdf = opened(put(edited(laid_out(), edit)))
    assert not pdf.pages[0].obj.Resources.XObject.Dot.Interpolate


def test_nothing_is_left_of_what_the_file_said_about_itself() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Author"] = "somebody"
        pdf.docinfo["/Secret"] = "kept nowhere"
        pdf.Root.Metadata.write(b"<x>public domain</x>")

    data = put(edited(laid_out(), edit))
    pdf = opened(data)
    assert set(pdf.docinfo) == {"/Title", "/Author", "/Keywords", "/Producer", "/CreationDate", "/ModDate"}
    assert pdf.docinfo.Author == "王伟; 李娜"
    assert b"public domain" not in pdf.Root.Metadata.read_bytes()
    assert b"kept nowhere" not in data


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    "data", [b"", b"no PDF", b"%PDF-1.7\n%%EOF", laid_out()[:5000]], ids=["", "text", "bare", "cut"]
)
def test_what_is_no_pdf(data: bytes) -> None:
    assert code(data) == "STAMP-UNREADABLE"


def test_a_file_that_has_to_be_repaired() -> None:
    plain = edited(laid_out(), lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert code(plain.replace(b"/Type /Catalog", b"/Type /Catalog /Lang (en)")) == "STAMP-DAMAGED"


def test_an_encrypted_file_even_one_that_opens() -> None:
    lock = pikepdf.Encryption(owner="o", user="")
    assert code(edited(laid_out(), lambda pdf: None, encryption=lock, deterministic_id=False)) == "STAMP-ENCRYPTED"


def test_a_signed_file() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], SigFlags=3)

    assert code(edited(laid_out(), edit)) == "STAMP-SIGNED"


def test_a_page_without_extent() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.MediaBox = [0, 0, 0, 0]
        del pdf.pages[0].obj["/TrimBox"]

    assert code(edited(laid_out(), edit)) == "STAMP-BOX"


def test_a_page_too_small_or_a_zone_too_low() -> None:
    tiny = laid_out("@page { size: 40mm 60mm; margin: 5mm } body { font-size: 4pt }")
    assert code(tiny) == "STAMP-ZONE-SMALL"
    assert code(laid_out(), zone=8) == "STAMP-ZONE-SMALL"


def test_a_character_without_a_glyph_is_named() -> None:
    with pytest.raises(StampError) as error:
        put(laid_out(), permit(credit=("经许可\U000f0001",)))
    assert error.value.findings[0].code == "STAMP-GLYPH"
    assert "U+F0001" in error.value.findings[0].message("en")


def test_as_many_permits_as_pages() -> None:
    assert code(laid_out(pages=3), allowed=[permit()] * 2) == "STAMP-PERMITS"


def test_no_font_no_stamp(tmp_path: Path) -> None:
    with pytest.raises(ToolError) as error:
        stamp(laid_out(), permit(), record(), fonts=tmp_path, zone_mm=20)
    assert error.value.findings[0].code == "STAMP-FONT"


# ---------------------------------------------------------------- files of other people


def real_files() -> list[Path]:
    return sorted(REAL.glob("*.pdf"))


@pytest.mark.skipif(not real_files(), reason="NOT CHECKED: no ../shared/real/pdf with files of other people")
@pytest.mark.parametrize("path", real_files(), ids=lambda path: path.stem)
def test_a_file_of_somebody_else_is_stamped_and_proven_or_refused(path: Path) -> None:
    """Never another error than ours; and where the zone is free, the notice on what could be stamped is faultless.

    What such a file brings along (forms, comments, attachments, contents that viewers may read in different ways) keeps
    it from being proven: the proof names it.
    """
    brought = {"VERIFY-ANNOTATION", "VERIFY-ACTIVE", "VERIFY-METADATA", "VERIFY-CONTENT"}
    free = not occupied(path.read_bytes(), path.name, zone_mm=ZONE)
    try:
        data = put(path.read_bytes(), about=record(""))
    except StampError as error:
        assert error.findings
        return
    assert len(opened(data).pages) == len(opened(path.read_bytes()).pages)
    if free:
        assert {fault.code for fault in faults(data, permit())} <= brought
