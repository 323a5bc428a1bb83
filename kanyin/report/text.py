# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Reports for people: the place, the sentence, and on the next line what to do."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kanyin.findings import ExitCode, Finding, Lang, Severity, Where
from kanyin.model import Decision
from kanyin.report.paths import shown

if TYPE_CHECKING:
    from kanyin.report import Report

WORDS = {
    "zh": {"error": "错误", "warning": "警告", "note": "提示", "skip": "跳过", "pages": "页",
           "page": "页", "proven": "，声明逐页证实",
           "passed": "检查无误（文章和刊期共 {count} 篇）",
           "refused": "不予付印", "duties": "义务", "basis": "依据",
           "unsigned": "授权未签名（登记册 trust: none）", "attribute.author": "署名：",
           "attribute.title": "题名：", "attribute.first_publication": "首次发表：", "pay": "报酬：",
           "pay.statutory": "报酬："},
    "en": {"error": "error", "warning": "warning", "note": "note", "skip": "SKIP", "pages": "pages",
           "page": "page", "proven": ", the notice proven on each",
           "passed": "checked without errors (articles and issues: {count})",
           "refused": "refused", "duties": "duties", "basis": "basis",
           "unsigned": "unsigned grant (register says trust: none)", "attribute.author": "name the author: ",
           "attribute.title": "give the title: ", "attribute.first_publication": "say where it first appeared: ",
           "pay": "payment: ", "pay.statutory": "payment: "},
}  # fmt: skip
COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33", Severity.NOTE: "36", Severity.SKIP: "35;1"}


def render(report: Report, lang: Lang, *, colour: bool, verbose: bool = False) -> tuple[str, str]:
    """(paths of what was made, everything else)."""
    from kanyin.report import refusals

    words = WORDS[lang]
    made: list[str] = []
    said: list[str] = []
    told: set[Finding] = set()
    explained = "explanations" in dict(report.data)
    advised: set[tuple[str, str]] = set()
    for outcome in report.outcomes:
        fresh = [f for f in dict.fromkeys(outcome.findings) if f not in told]  # each finding is said once
        told.update(fresh)
        for f in fresh:
            advice = (f.code, f.hint(lang))
            short = f.severity is Severity.NOTE and advice in advised  # what to do about a note is said once
            advised.add(advice)
            said += list(finding_lines(f, lang, colour))[: 1 if short else None]
        if outcome.decision and outcome.decision.permit is None and not explained:
            head = f"{words['refused']}: {shown(outcome.source)}"
            said.append(_paint(head, "31;1", colour))
            said += [line for f in refusals(outcome.decision) for line in finding_lines(f, lang, colour)]
        for output in outcome.outputs:
            made.append(str(output.path))
            proven = words["proven"] if output.profile is None else ""
            pages = f"{output.pages} {words['page' if output.pages == 1 else 'pages']}{proven}"
            said.append(_paint("✓", "32", colour) + f" {shown(str(output.path))} ({pages})")
            said += [f"    sha256 {output.sha256}"] if verbose else []
            said += _duties(outcome.decision, lang)
        if verbose and outcome.decision and outcome.decision.permit:
            said += [line for r in outcome.decision.reasons for line in finding_lines(r.finding(), lang, colour)]
    if report.command == "check" and report.exit == ExitCode.OK:
        said.append(_paint("✓", "32", colour) + " " + words["passed"].format(count=len(report.outcomes)))
    made += _data(report)
    return "".join(line + "\n" for line in made), "".join(line + "\n" for line in said)


def _data(report: Report) -> Iterable[str]:
    """What was asked for itself, when it is not files: a schema as JSON, layouts a line each."""
    data = dict(report.data)
    if "schema" in data:
        yield json.dumps(data["schema"], ensure_ascii=False, indent=2)
    for told in data.get("explanations", ()):
        yield from _explained(told)
    if "diff" in data:
        yield str(data["diff"]["file"])
    for layout in data.get("layouts", ()):
        width, height = layout["paper_mm"]
        yield f"{layout['name']}\t{layout['title']}\t{width:g}×{height:g} mm\t{', '.join(layout['options'])}"


def _explained(told: dict[str, Any]) -> Iterable[str]:
    """First the verdict, what it rests on and what would change it, then every rule."""
    yield from told["summary"]
    yield ""
    yield from _rules(told["rules"], 0)


def _rules(rules: Iterable[dict[str, Any]], depth: int) -> Iterable[str]:
    margin = "  " * depth
    for rule in rules:
        where = Where(shown(rule["where"]["file"]), rule["where"]["line"], rule["where"]["column"])
        about = " · ".join(part for part in (rule["rule"], rule["basis"], str(where)) if part)
        sign = "–" if rule["skipped"] else "✓" if rule["holds"] else "✗"
        yield f"{margin}{sign} {rule['fact']}  [{about}]"
        yield from (f"{margin}    {reason}" for reason in rule["because"])
        if rule["would_change"]:
            yield f"{margin}    → {rule['would_change']}"
        yield from _rules(rule["below"], depth + 1)


def finding_lines(f: Finding, lang: Lang, colour: bool) -> Iterable[str]:
    word = _paint(WORDS[lang][f.severity.name.lower()], COLOURS[f.severity], colour)
    where = replace(f.where, file=shown(f.where.file))
    place = f"{where}: " if str(where) else ""
    yield f"{place}{word}: {f.message(lang)} [{f.code}]"
    if f.basis:
        yield f"    {WORDS[lang]['basis']}: {f.basis}"
    if hint := f.hint(lang):
        yield f"    → {hint}"


def _duties(decision: Decision | None, lang: Lang) -> Iterable[str]:
    if decision is None or decision.permit is None:
        return
    permit = decision.permit
    if permit.unsigned:
        yield f"    ! {WORDS[lang]['unsigned']}"
    for duty in permit.duties:
        sentence = (duty.text_en if lang == "en" else "") or duty.text
        yield f"    {WORDS[lang]['duties']}: {WORDS[lang].get(duty.id, '')}{sentence}"


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
