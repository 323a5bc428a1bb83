# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A real PostgreSQL server for the tests that need one, started once and stopped by its own pid file."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


def _programs() -> Path | None:
    found = shutil.which("pg_ctl")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The connection string of an empty server that listens on a socket of its own and on nothing else."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed, so the index on a server is NOT tested: apt-get install postgresql")
    pytest.importorskip("psycopg", reason="psycopg is not installed, so the index on a server is NOT tested")
    root = os.geteuid() == 0  # the server refuses to run as root
    if root and shutil.which("runuser") is None:
        pytest.skip("no runuser, so the index on a server is NOT tested")
    who = ["runuser", "-u", "nobody", "--"] if root else []
    with tempfile.TemporaryDirectory(prefix="kanyin-pg") as name:
        folder = Path(name)
        folder.chmod(0o777)
        data = folder / "data"

        def call(program: str, *arguments: str) -> None:
            subprocess.run(
                [*who, str(programs / program), "-D", str(data), *arguments], check=True, stdout=subprocess.DEVNULL,
                cwd=folder,
            )  # fmt: skip

        call("initdb", "-U", "kanyin", "-A", "trust", "--no-locale", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        call("pg_ctl", "start", "-w", "-l", str(folder / "log"), "-o", options)
        try:
            yield f"host={folder} user=kanyin dbname=postgres"
        finally:
            call("pg_ctl", "stop", "-w", "-m", "immediate")
