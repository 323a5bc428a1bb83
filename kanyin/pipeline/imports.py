# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Texts from elsewhere into structured source."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from kanyin.config.register import WORK_ID
from kanyin.exports.markdown import write
from kanyin.findings import ExitCode, UsageError, Where, finding
from kanyin.pipeline.outcome import Outcome
from kanyin.tools.files import write_whole


def import_file(file: Path, to: Path, work: str = "") -> Outcome:
    """Write `to/article.md` from a txt or md file. An article that is already there is never overwritten."""
    from kanyin.readers import read

    target = to / "article.md"
    if target.exists():
        raise UsageError(finding("IMPORT-EXISTS", Where(str(target))))
    article, findings = read(file)
    if article is None:
        return Outcome(tuple(findings), exit=ExitCode.SOURCE, source=str(file))
    article = replace(article, front=replace(article.front, id=_identity(work, article.front.id, to)))
    write_whole({target: write(article).encode()})
    note = finding("IMPORT-WRITTEN", Where(str(target)), id=article.front.id, blocks=len(article.body))
    return Outcome((*findings, note), source=str(file))


def _identity(asked: str, found: str, to: Path) -> str:
    """The id that was asked for, else the article's own, else the folder's name: one that the register accepts."""
    if asked:
        if not re.fullmatch(WORK_ID, asked):
            raise UsageError(finding("IMPORT-ID", None, id=asked))
        return asked
    for name in (found, to.resolve().name):
        if re.fullmatch(WORK_ID, name):
            return name
    raise UsageError(finding("IMPORT-ID", None, id=to.resolve().name))
