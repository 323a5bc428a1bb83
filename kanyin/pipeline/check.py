# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Checks without printing: sources for CI, and the reasons of a verdict."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kanyin.config.job import Job
from kanyin.findings import ExitCode, KanyinError, Lang
from kanyin.model import Decision
from kanyin.pipeline.article import stopped
from kanyin.pipeline.decided import evidence_on
from kanyin.pipeline.known import Known, known_once
from kanyin.pipeline.measure import reach
from kanyin.pipeline.outcome import Outcome
from kanyin.pipeline.prepared import Prepared
from kanyin.pipeline.reading import judged, prepare, read_source
from kanyin.pipeline.remembered import keep, recall
from kanyin.rights.examine import as_data, examine, until
from kanyin.rights.explain import explain
from kanyin.rights.request import Request


def check_job(job: Job) -> Outcome:
    """Read, check and decide one article or issue; nothing is printed. Raises no KanyinError; crosses processes."""
    try:
        known = known_once(job.places.rights)
        if job.source.name == "issue.yaml":
            from kanyin.pipeline.issue_read import check_issue

            return check_issue(job, known)
        if job.source.suffix.lower() == ".pdf":
            from kanyin.pipeline.finished import prepare_finished

            pdf = prepare_finished(job, known)
            code = ExitCode.OK if pdf.decision.permit else ExitCode.RIGHTS
            return Outcome(pdf.findings, decision=pdf.decision, exit=code, source=str(job.source))
        return stopped(_prepared(job, known))
    except KanyinError as error:
        return Outcome(error.findings, exit=error.exit_code, source=str(job.source))


def _prepared(job: Job, known: Known) -> Prepared:
    """An article that is read only when it, or what it is held against, has changed."""
    if job.command != "build":
        return prepare(job, known)
    reach(known.register, job)
    wanted, kept = recall(job, known, [job.source.parent])
    if not kept:
        kept = (read_source(job, known.register)[0],)
        keep(job, wanted, kept)
    return judged(kept[0], known, job)


def explain_job(job: Job, lang: Lang) -> tuple[Outcome, dict[str, Any]]:
    """The decision on an article, permitted or not, without its work, and each rule that led to it, in words.

    Raises KanyinError for what cannot be read.
    """
    known = known_once(job.places.rights)
    if job.source.suffix.lower() == ".pdf":
        return _explained_pdf(job, known, lang)
    prepared = prepare(job, known)
    decision, reading = prepared.decision, prepared.reading
    if decision is None:
        return stopped(prepared), {}
    evidence = evidence_on(job.as_of, reading, known)
    request = Request(reading.front, known.register, job, reading.layout.design, evidence)
    return _explained(request, decision, Outcome(reading.findings, source=str(reading.source)), lang)


def _explained_pdf(job: Job, known: Known, lang: Lang) -> tuple[Outcome, dict[str, Any]]:
    from kanyin.pipeline.finished import prepare_finished

    prepared = prepare_finished(job, known)
    evidence = replace(known.on(job.as_of), pdf=prepared.finished, text=prepared.measured)
    request = Request(None, known.register, job, "", evidence)
    return _explained(request, prepared.decision, Outcome(prepared.findings, source=str(job.source)), lang)


def _explained(request: Request, decision: Decision, outcome: Outcome, lang: Lang) -> tuple[Outcome, dict[str, Any]]:
    nodes = examine(request, decision)
    end = until(request, decision)
    told = {
        "source": outcome.source,
        "verdict": decision.verdict,
        "summary": [*explain(decision, lang), *([end[1].message(lang)] if end else [])],
        "rules": as_data(nodes, lang),
        "until": end[0].isoformat() if end else None,
    }
    code = ExitCode.OK if decision.permit else ExitCode.RIGHTS
    return replace(outcome, decision=decision, exit=code), told
