# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Checks without printing: sources for CI, finished PDFs, and the reasons of a verdict."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from kanyin.config.job import Job, Places
from kanyin.config.register import Register, load_register
from kanyin.findings import ExitCode, KanyinError, Where, finding
from kanyin.pipeline.article import prepare, stopped
from kanyin.pipeline.outcome import Outcome, has_errors


def check_job(job: Job) -> Outcome:
    """Read, check and decide one article or issue; nothing is printed. Raises no KanyinError; crosses processes."""
    try:
        if job.source.name == "issue.yaml":
            from kanyin.pipeline.issue import check_issue

            return check_issue(job, register(job.places.rights))
        prepared = prepare(job, register(job.places.rights))
        return stopped(prepared)
    except KanyinError as error:
        return Outcome(error.findings, exit=error.exit_code, source=str(job.source))


@cache
def register(path: Path) -> Register:
    """The register, read once for each process: `check` looks at thousands of articles against one register."""
    return load_register(path)


def explain_job(job: Job) -> Outcome:
    """The decision on a job, permitted or not, without its work."""
    outcome = check_job(job)
    decision = outcome.decision
    if decision is None:
        return outcome
    code = ExitCode.OK if decision.permit else ExitCode.RIGHTS
    return replace(outcome, findings=tuple(r.finding() for r in decision.reasons if decision.permit), exit=code)


def verify_file(path: Path, places: Places) -> Outcome:
    """Read a finished PDF again."""
    from kanyin.notice import canonical
    from kanyin.preflight.verify import verify

    try:
        data = path.read_bytes()
    except OSError as error:
        return Outcome(
            (finding("VERIFY-UNREADABLE", Where(str(path)), reason=error.strerror),),
            exit=ExitCode.SOURCE,
            source=str(path),
        )
    try:
        findings = tuple(verify(data, str(path), canonical(), fonts=places.fonts, expected=None))
    except KanyinError as error:
        return Outcome(error.findings, exit=error.exit_code, source=str(path))
    code = ExitCode.NOT_CONFORMANT if has_errors(findings) else ExitCode.OK
    return Outcome(findings, exit=code, source=str(path))
