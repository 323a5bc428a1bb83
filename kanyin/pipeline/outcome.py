# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What comes of a job."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kanyin.config.job import Profile
from kanyin.findings import ExitCode, Finding, Severity
from kanyin.model import Decision


@dataclass(frozen=True)
class Output:
    """One file that was made, or, without a profile, that was read again and proven."""

    path: Path
    sha256: str
    pages: int
    profile: Profile | None


@dataclass(frozen=True)
class Outcome:
    """Findings, files and the decision of one job; `source` names the job for people."""

    findings: tuple[Finding, ...] = ()
    outputs: tuple[Output, ...] = ()
    decision: Decision | None = None
    exit: ExitCode = ExitCode.OK
    source: str = ""


def has_errors(findings: Iterable[Finding]) -> bool:
    return any(f.severity is Severity.ERROR for f in findings)


def worst(codes: Iterable[ExitCode]) -> ExitCode:
    """The exit code for several jobs: our bug first, then a refusal, then the highest number."""
    rank = {ExitCode.BUG: 1000, ExitCode.INTERRUPTED: 900, ExitCode.RIGHTS: 500}
    return max(codes, key=lambda code: rank.get(code, int(code)), default=ExitCode.OK)
