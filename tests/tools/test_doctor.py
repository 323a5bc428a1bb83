# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The doctor looks at this machine, and at one where programs are missing or do not answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import HOME

from kanyin.config.job import Places
from kanyin.tools import doctor


def places(fonts: Path) -> Places:
    return Places(HOME / "layouts", fonts, HOME / "rights.yaml", HOME / "build")


def test_what_a_build_needs_is_found_with_its_version(fonts: Path) -> None:
    needed = [probe for probe in doctor.examine(places(fonts)) if probe.needed]
    assert [probe.name for probe in needed if not probe.found] == []
    assert all(probe.version and not probe.remedy for probe in needed)
    assert {probe.name: probe.version for probe in needed}["WeasyPrint"] == "70.0"


def test_unbuilt_fonts_are_missed_with_the_line_to_run(tmp_path: Path) -> None:
    (probe,) = [probe for probe in doctor.examine(places(tmp_path)) if probe.name == "fonts/"]
    assert (probe.found, probe.needed, probe.remedy) == (False, True, "./make_pdf.py fonts build")


def test_programs_of_the_tests_are_not_needed(fonts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    absent = [probe for probe in doctor.examine(places(fonts)) if not probe.found]
    assert {probe.name for probe in absent} >= {"java", "poppler", "qpdf", "exiftool"}
    assert not [probe.name for probe in absent if probe.needed]
    assert all(probe.remedy.startswith("sudo apt-get install") for probe in absent)


@pytest.mark.parametrize(
    ("script", "version"),
    [
        ("#!/bin/sh\necho 'qpdf version 11.3.0'\n", "11.3.0"),
        ("#!/bin/sh\necho 'pdftotext version 22.12.0' >&2\n", "22.12.0"),
        ("#!/bin/sh\nexit 3\n", ""),
        ("#!/nonexistent/interpreter\n", ""),
    ],
    ids=["stdout", "stderr", "silent", "cannot-run"],
)
def test_a_program_is_asked_and_may_fail(
    script: str, version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "qpdf"
    program.write_text(script, "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}")
    (probe,) = [probe for probe in doctor.examine(places(HOME / "fonts")) if probe.name == "qpdf"]
    assert (probe.version, probe.found) == (version, bool(version))
