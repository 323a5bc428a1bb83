# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Folders that really cannot be written and disks that really are full: exit 5, no file, and the log as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from signed_project import EXCERPT, Signed, make_signed
from tight import bound, on_small_disk

pytestmark = pytest.mark.slow

COMMANDS = {
    "build": ("build", "source/news"),
    "excerpt": EXCERPT,
    "archive": ("archive", "source/news"),
}
NOTHING_LEFT = '"$@"; code=$?; find late -type f -printf "LEFT %p\n" >&2; exit $code'
FILLED = "cp -a full/. late/ && cd late && { cat /dev/zero > fill 2>/dev/null; true; } && "


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    return make_signed(tmp_path_factory.mktemp("disk") / "project")


@pytest.fixture
def project(made: Signed, tmp_path: Path) -> Signed:
    return made.copied(tmp_path / "project")


def run(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": "en_GB.UTF-8"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def files(folder: Path) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file()]


def log(project: Signed) -> tuple[bytes, bytes]:
    path = project.root / "rights.log.jsonl"
    return path.read_bytes(), path.with_name(path.name + ".checkpoint").read_bytes()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_folder_that_may_not_be_written(project: Signed, name: str) -> None:
    before, late = log(project), project.root / "late"
    late.mkdir()
    late.chmod(0o555)
    done = run(bound(project.command(*COMMANDS[name], "--out", "late"), late), project.root)
    assert done.returncode == 5 and "FILES-NOT-WRITABLE" in done.stderr, done.stderr
    assert files(late) == [] and log(project) == before
    late.chmod(0o755)
    assert run(project.command(*COMMANDS[name], "--out", "late"), project.root).returncode == 0
    assert len(project.builds()) == 1


@pytest.mark.parametrize("name", COMMANDS)
def test_a_log_that_may_not_be_written(project: Signed, tmp_path: Path, name: str) -> None:
    """The files would go elsewhere; without the entry that accounts for them there are none."""
    before, out = log(project), tmp_path / "out"
    for path in (project.root / "rights.log.jsonl", project.root / "rights.log.jsonl.checkpoint"):
        path.chmod(0o444)
    project.root.chmod(0o555)
    done = run(bound(project.command(*COMMANDS[name], "--out", str(out)), project.root), project.root)
    project.root.chmod(0o755)
    assert done.returncode == 5 and "FILES-NOT-WRITABLE" in done.stderr, done.stderr
    assert files(out) == [] and log(project) == before


@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_without_room_for_the_files(project: Signed, name: str) -> None:
    before, late = log(project), project.root / "late"
    late.mkdir()
    command = project.command(*COMMANDS[name], "--out", "late")
    done = run(on_small_disk(NOTHING_LEFT, "64k", late, command), project.root)
    assert done.returncode == 5 and "FILES-NOT-WRITABLE" in done.stderr, done.stderr
    assert "LEFT" not in done.stderr, done.stderr
    if name == "archive":  # the article was built, and accounted for, before its package
        project.must("rights", "log")
    else:
        assert log(project) == before


@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_without_room_for_the_log(project: Signed, name: str) -> None:
    """The whole project lies on it; the files would go elsewhere, where there is room."""
    shutil.move(project.root, project.root.with_name("full"))
    folder = project.root.parent
    (folder / "late").mkdir()
    command = project.command(*COMMANDS[name], "--out", str(folder / "out"))
    script = FILLED + '"$@"; code=$?; cmp rights.log.jsonl ../full/rights.log.jsonl >&2 && exit $code'
    done = run(on_small_disk(script, "16m", folder / "late", command), folder)
    assert done.returncode == 5 and "FILES-NOT-WRITABLE" in done.stderr, done.stderr
    assert files(folder / "out") == []
