# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Reports for programs. Keys are added, never renamed.

Sources: SARIF 2.1.0 (OASIS), the JUnit XML that CI systems read, GitHub's workflow commands.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from kanyin import __version__
from kanyin.findings import Finding, Lang, Severity, Where, catalogue
from kanyin.model import Decision
from kanyin.report.paths import shown

if TYPE_CHECKING:
    from kanyin.report import Report


def json_object(report: Report, lang: Lang) -> str:
    """The JSON object of the public contract, one line."""
    decisions = [o.decision for o in report.outcomes if o.decision]
    outputs = [
        {"path": str(x.path), "sha256": x.sha256, "pages": x.pages, "profile": x.profile}
        for o in report.outcomes
        for x in o.outputs
    ]
    result: dict[str, Any] = {
        "command": report.command,
        "ok": report.exit == 0,
        "exit": int(report.exit),
        "findings": [_finding(f, lang) for f in report.findings],
        "outputs": outputs,
        "decision": _decision(_most_severe(decisions), lang),
        "decisions": [
            {"source": o.source, **_decision(o.decision, lang)} for o in report.outcomes if o.decision is not None
        ],
        **dict(report.data),
    }
    return json.dumps(result, ensure_ascii=False) + "\n"


def _most_severe(decisions: list[Decision]) -> Decision | None:
    order = ("allow", "review", "indeterminate", "deny")
    return max(decisions, key=lambda d: order.index(d.verdict), default=None)


def _decision(decision: Decision | None, lang: Lang) -> dict[str, Any]:
    if decision is None:
        return {"verdict": None, "reasons": []}
    result: dict[str, Any] = {
        "verdict": decision.verdict,
        "reasons": [{"effect": r.effect, **_finding(r.finding(), lang)} for r in decision.reasons],
    }
    if decision.permit is not None:
        result["unsigned"] = decision.permit.unsigned
        result["duties"] = [{"id": d.id, "when": d.when, "text": d.text} for d in decision.permit.duties]
    return result


def _finding(f: Finding, lang: Lang) -> dict[str, Any]:
    return {
        "code": f.code,
        "severity": f.severity.name.lower(),
        "message": f.message(lang),
        "where": _where(f.where),
        "hint": f.hint(lang),
        "basis": f.basis,
    }


def _where(where: Where) -> dict[str, Any]:
    return {
        "file": where.file or None,
        "line": where.line or None,
        "column": where.column or None,
        "page": where.page or None,
    }


_FORBIDDEN_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, production 2
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SKIP: "warning", Severity.NOTE: "note"}


def sarif(report: Report, lang: Lang) -> str:
    findings = report.findings
    codes = sorted({f.code for f in findings})
    words = catalogue()
    rules = [
        {
            "id": code,
            "shortDescription": {"text": words[code][lang]},
            "help": {"text": words[code].get(f"hint_{lang}", "") or words[code][lang]},
        }
        for code in codes
    ]
    results = []
    for f in findings:
        result: dict[str, Any] = {
            "ruleId": f.code,
            "ruleIndex": codes.index(f.code),
            "level": LEVELS[f.severity],
            "message": {"text": f.message(lang) + (f"\n{f.hint(lang)}" if f.hint(lang) else "")},
        }
        if f.where.file:
            place: dict[str, Any] = {"artifactLocation": {"uri": shown(f.where.file).replace("\\", "/")}}
            if f.where.line:
                place["region"] = {"startLine": f.where.line, "startColumn": max(f.where.column, 1)}
            result["locations"] = [{"physicalLocation": place}]
        results.append(result)
    driver = {"name": "kanyin", "version": __version__, "rules": rules}
    document = {
        "version": "2.1.0",
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def junit(report: Report, lang: Lang) -> str:
    from kanyin.report import refusals

    cases = []
    failed = 0
    for outcome in report.outcomes:
        said = [*outcome.findings, *refusals(outcome.decision)]
        bad = [f for f in said if f.severity is Severity.ERROR]
        rest = [f for f in said if f not in bad[:1]]
        failed += bool(bad)
        inner = "".join(
            f"<failure type={quoteattr(f.code)} message={_attribute(f.message(lang))}>{_junit_line(f, lang)}</failure>"
            for f in bad[:1]
        )
        lines = "".join(f"{_junit_line(f, lang)}\n" for f in rest)
        inner += f"<system-err>{lines}</system-err>" if lines else ""
        name = _attribute(outcome.source or report.command)
        cases.append(f'<testcase classname="kanyin.{report.command}" name={name}>{inner}</testcase>')
    head = f'<testsuite name="kanyin {report.command}" tests="{len(cases)}" failures="{failed}" errors="0" skipped="0">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>{head}{"".join(cases)}</testsuite></testsuites>\n'


def _junit_line(f: Finding, lang: Lang) -> str:
    place = f"{f.where}: " if str(f.where) else ""
    hint = f" → {f.hint(lang)}" if f.hint(lang) else ""
    return _xml(f"{place}{f.severity.name.lower()}: {f.message(lang)} [{f.code}]{hint}")


def _attribute(text: str) -> str:
    return quoteattr(_FORBIDDEN_IN_XML.sub("\ufffd", text))


def _xml(text: str) -> str:
    return escape(_FORBIDDEN_IN_XML.sub("\ufffd", text))


def github(report: Report, lang: Lang) -> str:
    kinds = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SKIP: "warning", Severity.NOTE: "notice"}
    lines = []
    for f in report.findings:
        place = [f"file={_property(shown(f.where.file))}"] if f.where.file else []
        place += [f"line={f.where.line}"] if f.where.line else []
        place += [f"col={f.where.column}"] if f.where.column else []
        place += [f"title={_property(f.code)}"]
        text = _data(f"{f.message(lang)}\n{f.hint(lang)}".strip())
        lines.append(f"::{kinds[f.severity]} {','.join(place)}::{text}\n")
    return "".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
