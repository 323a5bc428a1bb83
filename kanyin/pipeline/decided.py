# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The decision on an article, for every day for which it has to hold."""

from __future__ import annotations

from dataclasses import replace

from kanyin.config.job import Job
from kanyin.model import Article, Decision
from kanyin.pipeline.extent import differences
from kanyin.pipeline.known import Known
from kanyin.rights.decide import decide
from kanyin.rights.measured import Facts


def decided(article: Article, known: Known, job: Job, design: str, text: Facts | None) -> Decision:
    """The decision for the day asked for; where that permits, also for today when something is to be printed.

    A past or future `as_of` can only refuse what today permits: the one that refuses is returned. Before a part is
    granted it has to be where, and what, the register says. `text` is what the article was measured to hold.
    """
    evidence = replace(known.on(job.as_of), text=text)
    decision = decide(article.front, known.register, job, design, evidence)
    if decision.permit and job.today and job.today != job.as_of:
        now = replace(job, as_of=job.today)
        of_today = decide(article.front, known.register, now, design, replace(known.on(job.today), text=text))
        decision = decision if of_today.permit else of_today
    if decision.permit and (reasons := differences(article, decision.permit, known.register)):
        return Decision("deny", (*decision.reasons, *reasons))
    return decision
