# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A PDF that keeps a standard keeps it as a reprint, by the judgement of veraPDF; and what it no longer keeps it
does not claim."""

from __future__ import annotations

import pytest
from foreign_samples import COVER, codes, done, foreign, opened
from pdf_samples import HOME, laid_out
from verapdf import failures

A1B = HOME.parent / "shared" / "real" / "pdf" / "sample-crazyones-pdfa.pdf"
FULL = "<div style='position: fixed; bottom: -24mm; left: 0; right: 0; height: 20mm; background: #ddd'></div>"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("variant", "profile"), [("pdf/a-3a", "PDFA-3A"), ("pdf/a-2u", "PDFA-2U"), ("pdf/ua-1", "PDFUA-1")]
)
def test_what_is_claimed_is_kept(variant: str, profile: str) -> None:
    files = {}
    for name, extra in (("zone", ""), ("strip", FULL)):
        for cover in (None, COVER):
            found = done(laid_out(pages=2, variant=variant, extra=extra), cover=cover)
            assert codes(found) == ({"REPRINT-STRIP"} if extra else set())
            files[f"{name}-{cover is not None}"] = found.data
    assert failures(files, profile) == {name: [] for name in files}


@pytest.mark.slow
@pytest.mark.skipif(not A1B.exists(), reason="NOT CHECKED: no ../shared/real/pdf with a PDF/A-1 of somebody else")
def test_pdf_a_1_of_somebody_else() -> None:
    files = {f"cover-{cover is not None}": done(A1B.read_bytes(), cover=cover).data for cover in (None, COVER)}
    assert failures(files, "PDFA-1B") == {name: [] for name in files}


def test_what_cannot_be_kept_is_not_claimed() -> None:
    a4 = done(laid_out(variant="pdf/a-4f"))
    assert "REPRINT-CLAIM" in codes(a4)
    assert b"pdfaid:part>" not in opened(a4.data).Root.Metadata.read_bytes()
    part = done(laid_out(pages=3, variant="pdf/a-3a"), pages=((1, 1),))
    assert "REPRINT-CLAIM" in codes(part)
    assert b"pdfaid:part>" not in opened(part.data).Root.Metadata.read_bytes()
    assert "REPRINT-CLAIM" not in codes(done(foreign()))
