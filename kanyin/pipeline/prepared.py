# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""An article or a finished PDF on its way: read, checked and decided upon."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kanyin.config.layout import LayoutSpec
from kanyin.findings import ExitCode, Finding
from kanyin.model import Article, Decision, Finished, Front
from kanyin.pipeline.outcome import has_errors
from kanyin.preflight.words import Words
from kanyin.rights.match.units import Unit
from kanyin.rights.measured import Facts


@dataclass(frozen=True)
class Reading:
    """What a source says, found without asking who may print it. `front` is None when it could not be read.

    `measured` is None where there is no index. Nothing in it is a verdict, so that it may be kept and used again.
    """

    front: Front | None
    layout: LayoutSpec
    findings: tuple[Finding, ...]
    source: Path
    measured: Facts | None = None


@dataclass(frozen=True)
class Prepared:
    """A reading with the decision on it; `article` is None when nothing is to be printed of it.

    `further` is what is said beside the article (see `measure`): by its issue, and by its pages once they are made;
    `shared` was measured of what stands on its pages too and has rights of its own.
    """

    reading: Reading
    decision: Decision | None
    findings: tuple[Finding, ...]
    article: Article | None = None
    further: tuple[Unit, ...] = ()
    shared: Facts | None = None

    @property
    def layout(self) -> LayoutSpec:
        return self.reading.layout

    @property
    def source(self) -> Path:
        return self.reading.source

    @property
    def measured(self) -> Facts | None:
        return self.reading.measured

    @property
    def exit(self) -> ExitCode:
        """A refusal counts before a fault in the source; a source that cannot be read is not decided upon."""
        if self.reading.front is None:
            return ExitCode.SOURCE
        if self.decision is None or self.decision.permit is None:
            return ExitCode.RIGHTS
        return ExitCode.FINDINGS if has_errors(self.findings) else ExitCode.OK


@dataclass(frozen=True)
class PreparedPdf:
    """A finished PDF on its way: read, compared and decided upon. `words` and `measured` are None without an index."""

    finished: Finished
    decision: Decision
    source: Path
    findings: tuple[Finding, ...] = ()
    words: Words | None = None
    measured: Facts | None = None
