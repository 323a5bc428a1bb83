# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The decision on an article, for every day for which it has to hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kanyin.config.job import Job
from kanyin.config.layoutfiles import layout_files
from kanyin.model import Article, Decision, Finished
from kanyin.pipeline.accounts import accounted
from kanyin.pipeline.extent import differences
from kanyin.pipeline.known import Known
from kanyin.pipeline.prepared import Reading
from kanyin.rights.decide import decide
from kanyin.rights.evidence import Evidence
from kanyin.rights.measured import Facts


def evidence_on(day: date, reading: Reading, known: Known) -> Evidence:
    """All that is known on a day of what was read."""
    files = known.once(layout_files, reading.layout.root, reading.layout.sample)
    return replace(known.on(day), text=reading.measured, layout=files)


def decided(reading: Reading, known: Known, job: Job, article: Article | None = None) -> Decision:
    """The decision for the day asked for; where that permits, also for today when something is to be printed.

    A past or future `as_of` can only refuse what today permits: the one that refuses is returned. Before a part is
    granted it has to be where, and what, the register says, so that parts want the `article` itself.
    """

    accounted(known.on(job.as_of).ledger, known.register, job.places.rights)

    def on(day: date) -> Decision:
        job_of_day = replace(job, as_of=day)
        return decide(
            reading.front, known.register, job_of_day, reading.layout.design, evidence_on(day, reading, known)
        )

    decision = on(job.as_of)
    if decision.permit and job.today and job.today != job.as_of:
        of_today = on(job.today)
        decision = decision if of_today.permit else of_today
    if decision.permit and decision.permit.parts:
        if article is None:
            raise ValueError("parts are not granted of what was not read")
        if reasons := differences(article, decision.permit, known.register):
            return Decision("deny", (*decision.reasons, *reasons))
    return decision


def decided_finished(seen: Finished, known: Known, job: Job, text: Facts | None) -> Decision:
    """The decision on a finished PDF, by what is seen in it; for the days for which one on an article is."""

    accounted(known.on(job.as_of).ledger, known.register, job.places.rights)

    def on(day: date) -> Decision:
        evidence = replace(known.on(day), pdf=seen, text=text)
        return decide(None, known.register, replace(job, as_of=day), "", evidence)

    decision = on(job.as_of)
    if decision.permit and job.today and job.today != job.as_of:
        of_today = on(job.today)
        decision = decision if of_today.permit else of_today
    return decision
