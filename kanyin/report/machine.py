# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Reports for programs. Keys are added, never renamed.

Sources: SARIF 2.1.0 (OASIS), the JUnit XML that CI systems read, GitHub's workflow commands.
"""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from kanyin import __version__
from kanyin.findings import Finding, Lang, Severity, Where, catalogue
from kanyin.model import Decision
from kanyin.report.paths import shown

if TYPE_CHECKING:
    from kanyin.pipeline.outcome import Outcome
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
    """SARIF 2.1.0. Places are relative to the folder in which the command ran, as code scanning wants them."""
    findings = report.findings
    codes = sorted({f.code for f in findings})
    results = []
    for f in findings:
        result: dict[str, Any] = {
            "ruleId": f.code,
            "ruleIndex": codes.index(f.code),
            "level": LEVELS[f.severity],
            "message": {"text": "\n".join(part for part in (f.message(lang), f.basis, f.hint(lang)) if part)},
        }
        if f.where.file:
            place: dict[str, Any] = {"artifactLocation": {"uri": _uri(f.where.file)}}
            if f.where.line:
                place["region"] = {"startLine": f.where.line, "startColumn": max(f.where.column, 1)}
            result["locations"] = [{"physicalLocation": place}]
        results.append(result)
    driver = {"name": "kanyin", "version": __version__, "rules": [_rule(code, lang) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": int(report.exit) <= 3, "exitCode": int(report.exit)}],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    document = {"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, lang: Lang) -> dict[str, Any]:
    words = catalogue()[code]
    severity = Severity[words["severity"].upper()]
    return {
        "id": code,
        "shortDescription": {"text": words[lang]},
        "help": {"text": words.get(f"hint_{lang}", "") or words[lang]},
        "defaultConfiguration": {"level": LEVELS[severity]},
    }


def _uri(file: str) -> str:
    here = shown(file)
    return Path(here).as_uri() if here.startswith("/") else quote(here)


def junit(report: Report, lang: Lang) -> str:
    """JUnit XML: one case a source, in the order and with the attributes that the strictest of its readers want:
    Ant every attribute, Jenkins no list of properties that is empty."""
    cases = []
    failed = 0
    said = []
    for outcome in report.outcomes:
        found = [*outcome.findings, *_refusals(outcome)]
        bad = [f for f in found if f.severity is Severity.ERROR]
        failed += bool(bad)
        lines = "\n".join(_line(f, lang) for f in bad)
        inner = (
            f"<failure{_attributes(type=bad[0].code, message=bad[0].message(lang))}>{_text(lines)}</failure>"
            if bad
            else ""
        )
        said += [_line(f, lang) for f in found if f.severity is not Severity.ERROR]
        named = _attributes(
            classname=f"kanyin.{report.command}", name=shown(outcome.source or report.command), time="0"
        )
        cases.append(f"<testcase{named}>{inner}</testcase>")
    head = _attributes(
        name=f"kanyin {report.command}",
        package="kanyin",
        id="0",
        timestamp=_moment(),
        hostname="localhost",
        tests=str(len(cases)),
        failures=str(failed),
        errors="0",
        time="0",
    )
    out = "".join(line + "\n" for line in said)
    exit_code = f"<properties><property{_attributes(name='exit', value=str(int(report.exit)))}/></properties>"
    body = f"{exit_code}{''.join(cases)}<system-out>{_text(out)}</system-out><system-err/>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites><testsuite{head}>{body}</testsuite></testsuites>\n'


def _refusals(outcome: Outcome) -> list[Finding]:
    from kanyin.report import refusals

    return refusals(outcome.decision)


def _line(f: Finding, lang: Lang) -> str:
    place = f"{f.where}: " if str(f.where) else ""
    hint = f"→ {f.hint(lang)}" if f.hint(lang) else ""
    first = f"{place}{f.severity.name.lower()}: {f.message(lang)} [{f.code}]"
    return "\n  ".join(part for part in (first, f.basis, hint) if part)


def _moment() -> str:
    """Now in UTC, or the moment that SOURCE_DATE_EPOCH names."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    at = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%S")


def _text(text: str) -> str:
    return escape(_FORBIDDEN_IN_XML.sub("\ufffd", text))


def _attributes(**values: str) -> str:
    return "".join(f" {name}={quoteattr(_FORBIDDEN_IN_XML.sub(chr(0xFFFD), value))}" for name, value in values.items())


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
