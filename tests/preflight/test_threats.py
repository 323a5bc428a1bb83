# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Attacks on a finished file with the defence taken out: then they succeed, so it was this defence that held."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pdf_decoys  # noqa: F401
import pikepdf
import pypdfium2
import pytest
from pdf_attacks import ATTACKS
from pdf_samples import A4, FONTS, ZONE, codes, edited, expected, faults, laid_out, permit, put, record, stamped

from kanyin.findings import ToolError
from kanyin.model import Notice
from kanyin.notice import canonical
from kanyin.pdf.stamp import stamp
from kanyin.preflight.raster import Page
from kanyin.preflight.registry import checks
from kanyin.preflight.verify import verify

CLAUSES = canonical().clauses
STATEMENT = "本文观点由作者负责"
PRINTED = f'@page {{ @bottom-center {{ content: "{CLAUSES[0]}"; font: 9pt "Kanyin Song"; color: #000 }} }}'
HIDING = {
    "no margin box": "@page { @bottom-center { content: none !important } }",
    "white on white": "@page { @bottom-center { color: #fff !important } }",
    "too small to be seen": "@page { @bottom-center { font-size: 0.01pt !important } }",
    "moved off the page": "@page { @bottom-center { margin-top: 60mm !important } }",
}


def ink_at_the_foot(data: bytes) -> bool:
    """Whether anything is to be seen in the lowest 25 mm of the first page."""
    page = pypdfium2.PdfDocument(io.BytesIO(data))[0]
    picture = page.render(scale=2).to_numpy()
    return bool((picture[-int(25 / 25.4 * 144) :] < 200).any())


@pytest.mark.parametrize("way", HIDING)
def test_a_notice_that_a_style_sheet_prints_is_hidden_by_a_style_sheet_and_a_stamp_is_not(way: str) -> None:
    assert ink_at_the_foot(laid_out(A4 + PRINTED, variant=None))
    hidden = laid_out(A4 + PRINTED + HIDING[way], variant=None)
    assert not ink_at_the_foot(hidden)
    held = put(laid_out(A4 + HIDING[way], variant=None))
    assert ink_at_the_foot(held) and faults(held, permit()) == []


TAKEN_OUT = [
    (2, "white rectangle"),
    (2, "white rectangle in a form"),
    (2, "white rectangle over one character"),
    (2, "image"),
    (2, "annotation with a white picture"),
    (2, "link with a border as wide as the page"),
    (2, "white rectangle on a layer that is off"),
    (2, "the notice itself on a layer that is on"),
    (3, "font without ink"),
    (3, "font not embedded"),
    (3, "other characters under the same text (ToUnicode)"),
    (4, "CropBox above it"),
    (4, "MediaBox above it"),
    (4, "page turned"),
    (4, "unit of the page"),
    (12, "page taken out"),
    (12, "pages in another order"),
    (13, "no XMP"),
    (13, "other rights"),
    (13, "public domain"),
]


def test_without_the_pin_a_font_with_other_shapes_would_prove_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is measured against is then what the forger put there: a face without ink agrees with pages without."""
    for name in ("kanyin-song.otf", "fonts.yaml"):
        shutil.copy(FONTS / name, tmp_path)
    (tmp_path / "kanyin-song.otf").write_bytes((FONTS / "kanyin-hei.otf").read_bytes())
    with pytest.raises(ToolError, match="VERIFY-FONT"):
        verify(stamped(), "", canonical(), fonts=tmp_path)
    monkeypatch.setattr("kanyin.preflight.ink.pinned_font", lambda fonts, face: (fonts / face).read_bytes())
    monkeypatch.setattr("kanyin.pdf.stamp_font.pinned_font", lambda fonts, face: (fonts / face).read_bytes())
    forged = stamp(laid_out(), permit(), record(), fonts=tmp_path, zone_mm=ZONE)
    assert verify(forged, "", canonical(), fonts=tmp_path, expected=permit()) == []


@pytest.mark.parametrize(("row", "name"), TAKEN_OUT, ids=[f"{row}-{name}" for row, name in TAKEN_OUT])
def test_with_its_checks_taken_out_an_attack_passes(row: int, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = expected(True, STATEMENT)
    (attack,) = [attack for attack in ATTACKS if attack.name == name]
    data = edited(stamped(pages=3, credit=True, statement=STATEMENT), attack.edit)
    found = codes(data, allowed)
    assert attack.codes <= found
    left = {code: check for code, check in checks().items() if code not in found}
    monkeypatch.setattr("kanyin.preflight.verify.checks", lambda: left)
    assert faults(data, allowed) == []


def test_did_a_place_anywhere_count_a_stamp_without_ink_would_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page then proves itself by a true copy of its lines that stands in the body."""
    allowed = expected(True, STATEMENT)
    (attack,) = [one for one in ATTACKS if one.name.startswith("the stamp in glyphs without ink")]
    data = edited(stamped(pages=3, credit=True, statement=STATEMENT), attack.edit)
    assert codes(data, allowed) >= attack.codes
    find = Page.find
    monkeypatch.setattr(Page, "find", lambda self, text, ink, trim, ends=(), first=0: find(self, text, ink, trim, ends))
    for module in ("sight", "notice_ink", "page_lines"):
        monkeypatch.setattr(f"kanyin.preflight.{module}.last", lambda places: places[0] if places else None)
    assert codes(data, allowed) == set()


@pytest.mark.skipif(not shutil.which("gs"), reason="SKIP: not written anew by Ghostscript: it is not installed")
def test_what_ghostscript_wrote_anew_has_lost_its_rights_and_is_refused(tmp_path: Path) -> None:
    """Others' tools keep the page and drop what they do not know: the stamp stays, the metadata say so no more."""
    (tmp_path / "in.pdf").write_bytes(stamped())
    command = ["gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-sOutputFile=out.pdf", "in.pdf"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    data = (tmp_path / "out.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_metadata() as meta:
        assert "dc:rights" not in meta and "xmpRights:Marked" not in meta
    assert ink_at_the_foot(data) and codes(data, permit())


def test_with_its_check_taken_out_a_later_revision_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    data = stamped() + b"\n%%EOF\n"
    assert codes(data, permit()) == {"VERIFY-REVISION"}
    monkeypatch.setattr("kanyin.preflight.structure.revision_flaw", lambda data, pdf: "")
    assert codes(data, permit()) == set()


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        (0, "版权归中华医学会会所有。"),
        (1, "末经授权，不得转载、摘编本刊文章，不得使用本刊的版式设计。"),
        (2, "除非特别声明，本刊刊出的所有文章代表中华医学会和本刊编委会的观点。"),
    ],
)
def test_held_against_a_wording_of_ones_own_instead_of_the_pinned_one_it_passes(clause: int, words: str) -> None:
    own = Notice("near", "zh-Hans", tuple(words if n == clause else text for n, text in enumerate(CLAUSES)), "")
    data = put(laid_out(), permit(notice=own))
    assert "VERIFY-NOTICE-TEXT" in codes(data)
    texts = [found for found in verify(data, "sample.pdf", own, fonts=FONTS) if found.code.startswith("VERIFY-NOTICE")]
    assert texts == []
