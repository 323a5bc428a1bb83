# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A project of its own for each test, and the command line run as a person would, only in this process."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HOME = Path(__file__).resolve().parents[1]
SAMPLES = ("issue", "news", "research")
"""What is shipped under `source/`; whoever uses this checkout has articles of their own beside."""


@dataclass(frozen=True)
class Run:
    exit: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.out)

    @property
    def codes(self) -> set[str]:
        return {f["code"] for f in self.json["findings"]}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project's own register, layouts, fonts and samples, free to be changed."""
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copytree(HOME / "layouts", folder / "layouts")
    for name in SAMPLES:
        shutil.copytree(HOME / "source" / name, folder / "source" / name)
    shutil.copy(HOME / "rights.yaml", folder)
    (folder / "fonts").symlink_to(HOME / "fonts")
    (folder / "profiles").symlink_to(HOME / "profiles")
    return folder


@pytest.fixture
def run(project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """`run("build", "source/news")` in the project's folder; English, a fixed day."""
    from kanyin.cli import main

    monkeypatch.chdir(project)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    def call(*arguments: str, as_of: str = "2026-11-20") -> Run:
        capsys.readouterr()
        try:
            code = main([*arguments, "--as-of", as_of] if arguments and as_of else list(arguments))
        except SystemExit as stop:
            code = int(stop.code or 0)
        streams = capsys.readouterr()
        return Run(code, streams.out, streams.err)

    return call


def pdfs(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.pdf"))
