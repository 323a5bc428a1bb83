# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Why a verdict fell, for people and for programs: the reasons as a tree, as findings, and as plain sentences."""

from __future__ import annotations

from dataclasses import dataclass

from kanyin.findings import Finding, Lang
from kanyin.model import Decision, Reason
from kanyin.rights.wording import sentence


@dataclass(frozen=True)
class Step:
    """A reason and what lies behind it: below a missing grant, why each grant at hand did not do."""

    reason: Reason
    because: tuple[Reason, ...] = ()


def tree(decision: Decision) -> tuple[Step, ...]:
    """The reasons in their order, the ones about single grants and passages below the one they belong to."""
    steps: list[Step] = []
    for reason in decision.reasons:
        if reason.code.startswith(("RIGHTS-GRANT-", "RIGHTS-PASSAGE-")) and steps and reason.effect == "notes":
            steps[-1] = Step(steps[-1].reason, (*steps[-1].because, reason))
        else:
            steps.append(Step(reason))
    return tuple(steps)


def findings(decision: Decision) -> list[Finding]:
    """What a refusal reports: what forbids, and below a missing grant why those at hand did not do."""
    return [
        reason.finding()
        for step in tree(decision)
        if step.reason.effect == "forbids"
        for reason in (step.reason, *step.because)
    ]


def explain(decision: Decision, lang: Lang = "zh") -> list[str]:
    """Sentences: first what was decided, then each reason with its law and its place, last what would change it."""
    asked = decision.reasons[0].finding()
    lines = [sentence(f"RIGHTS-VERDICT-{decision.verdict.upper()}", lang, request=asked.message(lang))]
    steps = tree(decision)[1:]
    if decision.permit is None:
        steps = tuple(sorted(steps, key=lambda step: step.reason.effect != "forbids"))
    hints: dict[str, None] = {}
    for step in steps:
        lines.append("- " + _line(step.reason, lang))
        lines.extend("  - " + _line(reason, lang) for reason in step.because)
        if step.reason.effect == "forbids" and (hint := step.reason.finding().hint(lang)):
            hints[hint] = None
    if hints:
        lines.append(sentence("RIGHTS-WOULD-CHANGE", lang))
        lines.extend("- " + hint for hint in hints)
    return lines


def _line(reason: Reason, lang: Lang) -> str:
    found = reason.finding()
    basis = found.basis
    about = [text for text in (basis, str(found.where)) if text]
    opening, comma, closing = ("（", "；", "）") if lang == "zh" else (" (", "; ", ")")
    return found.message(lang) + (opening + comma.join(about) + closing if about else "")
