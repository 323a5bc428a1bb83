# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Commands under conditions that root does not meet by itself: permissions that bind, and a disk that is full."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from pathlib import Path

import pytest

UNDER = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--")
NAMESPACES = (("unshare", "-m"), ("unshare", "-U", "-r", "-m"))
MOUNT = 'mount -t tmpfs -o "size=$1" none "$2" && shift 2'


def bound(command: list[str], folder: Path) -> list[str]:
    """The command, bound by permissions as anybody is: root gives up the right to write where `folder` forbids it.

    Skips where even that does not make `folder` read-only.
    """
    command = [*(UNDER if os.geteuid() == 0 and shutil.which("setpriv") else ()), *command]
    probe = [*command[: command.index("--") + 1 if "--" in command else 0], "test", "-w", str(folder)]
    if subprocess.run(probe, check=False, capture_output=True).returncode != 1:
        pytest.skip(f"NOT CHECKED: {folder} can be written by whoever runs this; needs another user, or setpriv")
    return command


@functools.cache
def _namespace() -> tuple[str, ...]:
    for way in NAMESPACES:
        if shutil.which(way[0]):
            tried = subprocess.run(
                [*way, "sh", "-c", f"{MOUNT}", "sh", "64k", "/mnt"], check=False, capture_output=True
            )
            if tried.returncode == 0:
                return way
    pytest.skip("NOT CHECKED on a full disk: no mounts of one's own here (unshare -m); RLIMIT_FSIZE stands in for it")


def on_small_disk(script: str, size: str, folder: Path, command: list[str]) -> list[str]:
    """`script`, run with `command` as its arguments where `folder` is a disk of `size` that nobody else sees.

    Skips where a mount of one's own is not allowed, as in many containers.
    """
    return [*_namespace(), "sh", "-c", f"{MOUNT} && {script}", "sh", size, str(folder), *command]
