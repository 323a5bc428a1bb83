# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A file that is made to exhaust whoever reads it is refused by `verify`, which neither hangs nor dies."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pdf_samples import FONTS, HOME, edited, stamped

from kanyin.config.job import Places
from kanyin.findings import ExitCode
from kanyin.pipeline import proof

N = pikepdf.Name


def forms(pdf: pikepdf.Pdf) -> None:
    """A thousand million rectangles, in ten forms of ten forms each."""
    entries = {"Type": N.XObject, "Subtype": N.Form, "BBox": [0, 0, 900, 900]}
    inner = pdf.make_stream(b"0 g 0 300 1 1 re f", **entries, Resources=pikepdf.Dictionary())
    for _ in range(9):
        below = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=inner))
        inner = pdf.make_stream(b"/F Do " * 10, **entries, Resources=below)
    for page in pdf.pages:
        page.obj.Resources.XObject = pikepdf.Dictionary(F=inner)
        page.obj.Contents[1].write(b"q /F Do Q " + page.obj.Contents[1].read_bytes())


def places(tmp_path: Path) -> Places:
    return Places(HOME / "layouts", FONTS, tmp_path / "rights.yaml", tmp_path)


def test_a_file_that_fills_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "MEMORY", (600, 0))
    file = tmp_path / "bomb.pdf"
    file.write_bytes(edited(stamped(), forms))
    outcome = proof.verify_file(file, places(tmp_path))
    assert [found.code for found in outcome.findings] == ["VERIFY-LIMIT"]
    assert outcome.exit == ExitCode.NOT_CONFORMANT


def test_a_file_that_takes_for_ever_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "SECONDS", (1, 1_000_000))
    file = tmp_path / "slow.pdf"
    file.write_bytes(edited(stamped(), lambda pdf: pdf.pages[0].obj.Contents[1].write(b"q Q " * 5_000_000)))
    outcome = proof.verify_file(file, places(tmp_path))
    assert [found.code for found in outcome.findings] == ["VERIFY-LIMIT"]


@pytest.mark.slow
@pytest.mark.parametrize(("limit", "small"), [("SECONDS", (1, 1_000_000)), ("MEMORY", (100, 0))])
def test_without_the_limit_it_goes_on_to_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, small: tuple[int, int]
) -> None:
    """Work that has an end, but takes more than the small limit allows: what stopped it was the limit."""
    file = tmp_path / "slow.pdf"
    file.write_bytes(edited(stamped(), lambda pdf: pdf.pages[0].obj.Contents[1].write(b"q Q " * 400_000)))
    with monkeypatch.context() as patch:
        patch.setattr(proof, limit, small)
        assert [found.code for found in proof.verify_file(file, places(tmp_path)).findings] == ["VERIFY-LIMIT"]
    assert "VERIFY-LIMIT" not in {found.code for found in proof.verify_file(file, places(tmp_path)).findings}


def test_a_file_of_ours_stays_within(tmp_path: Path) -> None:
    file = tmp_path / "sample.pdf"
    file.write_bytes(stamped(pages=2))
    outcome = proof.verify_file(file, places(tmp_path))
    assert outcome.exit == ExitCode.OK
    assert outcome.outputs[0].pages == 2
