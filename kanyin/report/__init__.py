# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Outcomes into what people and programs read: text, JSON, SARIF, JUnit, GitHub annotations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kanyin.findings import ExitCode, Finding, Lang
from kanyin.model import Decision
from kanyin.pipeline.outcome import Outcome


@dataclass(frozen=True)
class Report:
    """All that one command has to say. `data` are further keys of the JSON object, of the command's own."""

    command: str
    outcomes: tuple[Outcome, ...]
    exit: ExitCode
    data: tuple[tuple[str, Any], ...] = ()

    @property
    def findings(self) -> list[Finding]:
        """Each once: what is said of the register holds for every article, and need not be said for each."""
        return list(dict.fromkeys(f for o in self.outcomes for f in (*o.findings, *refusals(o.decision))))


def refusals(decision: Decision | None) -> list[Finding]:
    """What a decision refuses for, and why the grants at hand fell short, in the form of findings."""
    from kanyin.rights.explain import findings

    return [] if decision is None or decision.permit is not None else findings(decision)


def render(report: Report, form: str, lang: Lang, *, colour: bool = False, verbose: bool = False) -> tuple[str, str]:
    """The report as (standard output, standard error): what programs read, and words for people.

    `verbose` is for people: what programs read says all there is in any case.
    """
    from kanyin.report import machine, text

    if form == "text":
        return text.render(report, lang, colour=colour, verbose=verbose)
    formats: dict[str, Callable[[Report, Lang], str]] = {
        "json": machine.json_object,
        "sarif": machine.sarif,
        "junit": machine.junit,
        "github": machine.github,
    }
    return formats[form](report, lang), ""


FORMATS: Sequence[str] = ("text", "json", "sarif", "junit", "github")
