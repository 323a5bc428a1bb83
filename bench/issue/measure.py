# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""CPU time and memory of a command with all processes that it starts, also those that nobody waits for."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.05
"""Seconds between two looks; what a process does after the last one is not counted."""


@dataclass(frozen=True)
class Cost:
    """Seconds of CPU and by the clock, and megabytes of all processes together (each shared page counted once)."""

    cpu: float
    wall: float
    memory: float


def cost(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in a session of its own. Exits when it fails."""
    begun = time.monotonic()
    output = folder / "output.txt"
    with output.open("w") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, start_new_session=True)
    spent: dict[int, float] = {}
    most, looks = 0.0, 0
    while process.poll() is None:
        members = list(_session(process.pid))
        for pid in members:
            spent[pid] = max(spent.get(pid, 0.0), _cpu(pid))
        if looks % 6 == 0:  # to add up the pages of a process takes the kernel a while
            most = max(most, sum(map(_memory, members)))
        looks += 1
        time.sleep(EVERY)
    if process.returncode:
        sys.exit(f"{' '.join(command)}\n{output.read_text()[-2000:]}")
    return Cost(sum(spent.values()), time.monotonic() - begun, most)


def _session(leader: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            fields = _stat(int(entry.name))
            if fields and int(fields[3]) == leader:
                found.append(int(entry.name))
    return found


def _stat(pid: int) -> list[str]:
    """The fields of a process behind its name, the first being its state."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


def _cpu(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def _memory(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
