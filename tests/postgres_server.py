# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A real PostgreSQL server for the tests that need one, started once on 127.0.0.1 and stopped by its own pid file."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest


def _programs() -> Path | None:
    found = shutil.which("pg_ctl")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@dataclass(frozen=True)
class Server:
    """`local` is for its owner, by a socket in a folder of its own; over the net it asks for the password."""

    local: str
    port: int
    password: str

    def fresh(self) -> str:
        """The address of a new, empty database."""
        import psycopg

        name = f"t{secrets.token_hex(6)}"
        with psycopg.connect(self.local, autocommit=True) as base:
            base.execute(f"CREATE DATABASE {name}")
        return f"postgresql://kanyin@127.0.0.1:{self.port}/{name}"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """An empty server that listens on 127.0.0.1 and on a socket of its own."""
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

        password, port = secrets.token_hex(16), free_port()
        (folder / "password").write_text(password)
        auth = ("--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={folder / 'password'}")
        call("initdb", "-U", "kanyin", *auth, "--no-locale", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='{folder}' -c fsync=off"
        call("pg_ctl", "start", "-w", "-l", str(folder / "log"), "-o", options)
        try:
            yield Server(f"host={folder} port={port} user=kanyin dbname=postgres", port, password)
        finally:
            call("pg_ctl", "stop", "-w", "-m", "immediate")
