# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Checks without printing: sources for CI, and the reasons of a verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from kanyin.config.job import Job
from kanyin.config.register import Register, load_register
from kanyin.findings import ExitCode, KanyinError
from kanyin.pipeline.article import prepare, stopped
from kanyin.pipeline.outcome import Outcome
from kanyin.rights.evidence import Evidence
from kanyin.rights.prove import prove


def check_job(job: Job) -> Outcome:
    """Read, check and decide one article or issue; nothing is printed. Raises no KanyinError; crosses processes."""
    try:
        if job.source.name == "issue.yaml":
            from kanyin.pipeline.issue import check_issue

            return check_issue(job, *known(job.places.rights, job.as_of))
        prepared = prepare(job, *known(job.places.rights, job.as_of))
        return stopped(prepared)
    except KanyinError as error:
        return Outcome(error.findings, exit=error.exit_code, source=str(job.source))


@cache
def known(path: Path, day: date) -> tuple[Register, Evidence]:
    """The register and what is proven of it, read once for each process: `check` looks at thousands of articles."""
    register = load_register(path)
    return register, prove(register, path.parent, day)


def explain_job(job: Job) -> Outcome:
    """The decision on a job, permitted or not, without its work."""
    outcome = check_job(job)
    decision = outcome.decision
    if decision is None:
        return outcome
    code = ExitCode.OK if decision.permit else ExitCode.RIGHTS
    return replace(outcome, findings=tuple(r.finding() for r in decision.reasons if decision.permit), exit=code)
