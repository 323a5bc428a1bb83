# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The order of work, and the only room that knows it.

    read -> check -> decide -> typeset -> paginate -> write -> stamp -> verify -> deliver

`article.py` is that line, to be read from top to bottom. Each step takes values and gives values; nothing is on disk
until everything, the proof of the notice included, has been done.
"""

from __future__ import annotations

from kanyin.config.job import Job
from kanyin.findings import KanyinError
from kanyin.pipeline.outcome import Outcome


def build(job: Job) -> Outcome:
    """Do one job: `build`, `excerpt` or `reprint` of one article or issue. Raises no KanyinError; crosses processes."""
    try:
        if job.source.name == "issue.yaml":
            from kanyin.pipeline.issue import build_issue

            return build_issue(job)
        if job.source.suffix.lower() == ".pdf":
            from kanyin.pipeline.finished import build_finished

            return build_finished(job)
        from kanyin.pipeline.article import build_article

        return build_article(job)
    except KanyinError as error:
        return Outcome(error.findings, exit=error.exit_code, source=str(job.source))
