# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Checks without printing: sources for CI, and the reasons of a verdict."""

from __future__ import annotations

from dataclasses import replace

from kanyin.config.job import Job
from kanyin.findings import ExitCode, KanyinError
from kanyin.pipeline.article import prepare, stopped
from kanyin.pipeline.known import known_once
from kanyin.pipeline.outcome import Outcome


def check_job(job: Job) -> Outcome:
    """Read, check and decide one article or issue; nothing is printed. Raises no KanyinError; crosses processes."""
    try:
        if job.source.name == "issue.yaml":
            from kanyin.pipeline.issue import check_issue

            return check_issue(job, known_once(job.places.rights))
        prepared = prepare(job, known_once(job.places.rights))
        return stopped(prepared)
    except KanyinError as error:
        return Outcome(error.findings, exit=error.exit_code, source=str(job.source))


def explain_job(job: Job) -> Outcome:
    """The decision on a job, permitted or not, without its work."""
    outcome = check_job(job)
    decision = outcome.decision
    if decision is None:
        return outcome
    code = ExitCode.OK if decision.permit else ExitCode.RIGHTS
    return replace(outcome, findings=tuple(r.finding() for r in decision.reasons if decision.permit), exit=code)
