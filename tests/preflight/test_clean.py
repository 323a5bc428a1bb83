# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A stamped file has no faults, whatever its paper, its profile and its number of pages."""

from __future__ import annotations

import pikepdf
import pytest
from pdf_samples import A4, A5, CREDIT, ZONE, edited, expected, faults, laid_out, permit, put, stamped

from kanyin.preflight.zone import occupied

PAPERS = {
    "A4": A4,
    "A5": A5,
    "A4 landscape": "@page { size: A4 landscape; margin: 20mm 20mm 25mm }",
    "B5": "@page { size: 176mm 250mm; margin: 20mm 20mm 25mm }",
    "A3": "@page { size: A3; margin: 20mm 20mm 25mm }",
    "narrow": "@page { size: 100mm 200mm; margin: 10mm 10mm 25mm }",
    "bleed and marks": A4 + "@page { bleed: 3mm; marks: crop cross }",
}


@pytest.mark.parametrize("pages", [1, 3])
@pytest.mark.parametrize("profile", ["screen", "archive", "print"])
@pytest.mark.parametrize("paper", PAPERS)
def test_a_stamped_file_is_clean(paper: str, profile: str, pages: int) -> None:
    assert faults(stamped(PAPERS[paper], pages, profile), permit()) == []


def test_what_a_permit_adds_is_clean_too() -> None:
    allowed = expected(True, "本文观点由作者负责")
    assert faults(stamped(pages=2, credit=True, statement="本文观点由作者负责"), allowed) == []


def test_every_permit_of_an_issue_is_looked_for_on_its_own_page() -> None:
    permits = [permit(), permit(work="another.work", credit=(CREDIT,))]
    data = put(laid_out(pages=2), permits)
    assert faults(data, permits) == []
    assert {f.code for f in faults(data, permits[::-1])} >= {"VERIFY-WORK", "VERIFY-CREDIT"}


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("unit", [1, 2, 0.75])
@pytest.mark.parametrize("offset", [0, -300, 1000])
def test_boxes_rotation_and_unit_are_seen_as_a_reader_sees_them(rotate: int, unit: float, offset: int) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.MediaBox = [offset, offset, offset + 842, offset + 842]
            page.obj.CropBox = [offset + 60, offset + 70, offset + 700, offset + 760]
            del page.obj["/TrimBox"]
            page.obj.Rotate = rotate
            page.obj.UserUnit = unit
            page.obj.Contents = pdf.make_stream(b"")

    data = put(edited(laid_out(pages=2), edit))
    assert faults(data, permit()) == []


@pytest.mark.parametrize("paper", PAPERS)
def test_the_zone_of_an_untouched_layout_is_free(paper: str) -> None:
    assert occupied(laid_out(PAPERS[paper], 3), "sample.pdf", zone_mm=ZONE) == []
    found = occupied(stamped(PAPERS[paper], 3), "sample.pdf", zone_mm=ZONE)
    assert [f.where.page for f in found if f.code == "STAMP-ZONE-OCCUPIED"] == [1, 2, 3]
