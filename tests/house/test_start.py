# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The entry answers at once: what a person types most is `--help`, and a shell's completion waits for it."""

from __future__ import annotations

import resource
import subprocess
import sys

from house.source import HOME

CPU_SECONDS = 0.15
HEAVY = ("pydantic", "weasyprint", "pypdf", "pikepdf", "yaml", "jinja2", "asyncio")


def test_help_costs_little() -> None:
    costs = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "make_pdf.py", "--help"], cwd=HOME, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        costs.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(costs) <= CPU_SECONDS


def test_the_command_line_loads_nothing_heavy() -> None:
    code = f"import sys, kanyin.cli; print([n for n in {HEAVY!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
