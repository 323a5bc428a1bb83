# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The samples in a project that demands signatures: keys, signed grants, a log; commands as processes of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline_project import HOME

from kanyin.config.trust import load_trust
from kanyin.findings import Finding
from kanyin.pipeline.proof import proof
from kanyin.rights.log import Log, read_log

DAY = "2026-11-20"
GRANTS = ("G-2026-0001", "G-2026-0002")
EXCERPT = ("excerpt", "source/news", "--parts", "s2", "--grantee", "org:demo-press")


@dataclass(frozen=True)
class Signed:
    """A folder with rights.yaml, keys, signatures and a log."""

    root: Path

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(HOME / "make_pdf.py"), *arguments, "--as-of", DAY]

    def run(self, *arguments: str, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "LC_ALL": "en_GB.UTF-8"}
        return subprocess.run(
            self.command(*arguments),
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=before,
        )

    def must(self, *arguments: str) -> None:
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr

    def pdf(self, name: str) -> Path:
        return self.root / "build" / name

    def verified(self, path: Path) -> list[Finding]:
        """What the receipt says against a file."""
        return list(proof(path.read_bytes(), path, load_trust(self.root / "trust/keys.json"), demanded=True))

    def log(self) -> Log:
        return read_log(self.root / "rights.log.jsonl", load_trust(self.root / "trust/keys.json"))

    def builds(self) -> list[Any]:
        return [entry.body for entry in self.log().entries if entry.kind == "build"]

    def edit(self, old: str, new: str) -> None:
        path = self.root / "rights.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def copied(self, to: Path) -> Signed:
        shutil.copytree(self.root, to, symlinks=True)
        return Signed(to)


def make_signed(root: Path) -> Signed:
    """Build key and grantor of cma, both grants signed."""
    root.mkdir(parents=True)
    for name in ("layouts", "source"):
        shutil.copytree(HOME / name, root / name)
    shutil.copy(HOME / "rights.yaml", root)
    (root / "fonts").symlink_to(HOME / "fonts")
    project = Signed(root)
    project.must("rights", "keygen", "--until", "2035-12-31")
    project.must("rights", "keygen", "--role", "grantor", "--holder", "cma", "--until", "2035-12-31")
    project.edit("\n  trust: none", "\n  trust: {grantor_keys: trust/keys.json}")
    project.must("rights", "sign", *GRANTS, "--key", ".keys/grantor-cma.key")
    return project
