# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Set-up on a machine that lacks something: one line to run, exit 5, and nothing half made."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from house.source import HOME

ROOT = "#!/bin/sh\necho 0\n"
PERSON = "#!/bin/sh\necho 1000\n"
ALL_INSTALLED = "#!/bin/sh\necho installed\n"
NO_QPDF = '#!/bin/sh\ncase "$*" in *qpdf) exit 1 ;; esac\necho installed\n'
FAILS = "#!/bin/sh\nexit 100\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The files that set-up reads, and a `bin` whose programs come before the machine's."""
    (tmp_path / "tools").mkdir()
    shutil.copy(HOME / "tools" / "setup.sh", tmp_path / "tools")
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-schemas.lock"):
        shutil.copy(HOME / name, tmp_path)
    (tmp_path / "bin").mkdir()
    return tmp_path


def machine(project: Path, **programs: str) -> None:
    for name, script in programs.items():
        path = project / "bin" / name.replace("_", "-")
        path.write_text(script, "utf-8")
        path.chmod(0o755)


def setup(project: Path, what: str, **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{project / 'bin'}:{os.environ['PATH']}"
    return subprocess.run(
        ["sh", project / "tools" / "setup.sh", what],
        env={**os.environ, "PATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_person_is_told_the_one_line_to_run(project: Path) -> None:
    machine(project, id=PERSON, dpkg_query=NO_QPDF, apt_get=FAILS)
    done = setup(project, "test")
    assert done.returncode == 5
    assert done.stderr.splitlines()[1:] == [
        "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends qpdf'"
    ]
    assert not (project / ".venv").exists()


@pytest.mark.slow
def test_what_only_tests_need_is_not_asked_for_by_a_build(project: Path) -> None:
    machine(project, id=PERSON, dpkg_query=NO_QPDF, apt_get=FAILS)
    done = setup(project, "run", PIP_NO_INDEX="1", PIP_FIND_LINKS="", PIP_EXTRA_INDEX_URL="")
    assert "qpdf" not in done.stderr


def test_a_failing_installation_stops_root_with_the_same_line(project: Path) -> None:
    machine(project, id=ROOT, dpkg_query=NO_QPDF, apt_get=FAILS)
    done = setup(project, "test")
    assert done.returncode == 5
    assert done.stderr.splitlines()[-1].endswith("apt-get install -y --no-install-recommends qpdf'")
    assert not (project / ".venv").exists()


@pytest.mark.slow
def test_packages_that_cannot_be_had_leave_no_venv(project: Path) -> None:
    machine(project, dpkg_query=ALL_INSTALLED)
    done = setup(project, "run", PIP_NO_INDEX="1", PIP_CONFIG_FILE=os.devnull, PIP_FIND_LINKS=str(project / "bin"))
    assert done.returncode == 5
    assert "installing Python packages" in done.stderr, "who waits is told for what"
    assert "cannot install the Python packages" in done.stderr
    assert not (project / ".venv").exists()


def test_an_unknown_word_is_a_usage_error(project: Path) -> None:
    assert setup(project, "everything").returncode == 2
