# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A stamp keeps what a file claims: PDF/A-3a and PDF/UA-1 in one file for the archive, PDF/UA-1 for the screen."""

from __future__ import annotations

import pikepdf
import pytest
from pdf_samples import A4, edited, put, record, stamped
from verapdf import failures

from kanyin.model import Journal

pytestmark = pytest.mark.slow

PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


def unmarked(data: bytes) -> bytes:
    """The same file with the notice as bare text outside the structure tree."""

    def edit(pdf: pikepdf.Pdf) -> None:
        stream = pdf.pages[0].obj.Contents[-1]
        content = stream.read_bytes()
        stream.write(content[: content.index(b"/Artifact")] + content[content.index(b"\nq ") :].replace(b"EMC", b""))

    return edited(data, edit)


def test_the_validator_can_pass_and_can_fail() -> None:
    found = failures({"sound": stamped(), "unmarked": unmarked(stamped())}, "PDFUA-1")
    assert found == {"sound": [], "unmarked": ["7.1-3"]}


def test_the_screen_profile_is_pdf_ua_1() -> None:
    files = {"one": stamped(), "three": stamped(pages=3, credit=True, statement="本文观点由作者负责")}
    assert failures(files, "PDFUA-1") == {"one": [], "three": []}


@pytest.mark.parametrize("standard", ["PDFA-3A", "PDFUA-1"])
def test_the_archive_profile_is_both_in_one_file(standard: str) -> None:
    journal = Journal(name="测试医学杂志", issn="0000-0000", volume="104", issue="46", fpage="1", lpage="3")
    about = record("archive", journal=journal, rights_en="All rights reserved.", publisher=("中华医学会", "CMA"))
    from pdf_samples import laid_out

    picture = f'<img src="{PICTURE}" alt="灰点">'
    files = {
        "plain": stamped(profile="archive"),
        "described, with a picture": put(laid_out(A4, 2, "pdf/a-3a", picture), about=about),
    }
    assert failures(files, standard) == {name: [] for name in files}
