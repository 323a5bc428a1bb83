# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The page is the paper of its layout: on another sheet the notice would be lost or unreadable when it is scaled."""

from __future__ import annotations

import pytest
from pdf_samples import A4, A5, FONTS, faults, permit, stamped

from kanyin.notice import canonical
from kanyin.preflight.verify import verify

LANDSCAPE = "@page { size: A4 landscape; margin: 20mm 20mm 25mm }"
POSTER = "@page { size: 600mm 800mm; margin: 20mm 20mm 25mm }"
BROADSHEET = "@page { size: 390mm 546mm; margin: 20mm 20mm 25mm }"


def found(css: str, paper: tuple[float, float]) -> set[str]:
    given = {"fonts": FONTS, "expected": permit(), "paper": paper}
    return {one.code for one in verify(stamped(css), "sample.pdf", canonical(), **given)}


@pytest.mark.parametrize("css", [A4, LANDSCAPE, A4 + "@page { bleed: 3mm; marks: crop cross }"])
def test_a_page_of_the_layouts_paper_passes_upright_or_on_its_side(css: str) -> None:
    assert found(css, (210, 297)) == set()


@pytest.mark.parametrize(
    ("css", "paper"), [(A5, (210, 297)), (A4, (148, 210)), (BROADSHEET, (210, 297)), (A4, (210, 296))]
)
def test_a_style_sheet_that_changes_the_paper_is_found(css: str, paper: tuple[float, float]) -> None:
    assert found(css, paper) == {"VERIFY-PAPER"}


def test_without_a_layout_a_newspaper_is_the_largest_sheet() -> None:
    assert faults(stamped(BROADSHEET), permit()) == []
    assert {one.code for one in faults(stamped(POSTER), permit())} == {"VERIFY-PAPER"}
