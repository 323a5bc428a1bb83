# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Waivers: one kind of finding in one file, let be for a time because a reviewer signed that it may.

They stand in the register and nowhere else: a source cannot excuse itself. What is about rights cannot be waived, which
the register's own check holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kanyin.config.register import Waiver
from kanyin.findings import Finding, Where, finding
from kanyin.pipeline.known import Known
from kanyin.rights.evidence import UNSIGNED


def waived(findings: Sequence[Finding], known: Known, day: date) -> tuple[Finding, ...]:
    """The findings with those that a waiver covers turned into notes that name it, in their places.

    A waiver that has run out, or that nobody with the right to signed, leaves the finding as it is and says so.
    """
    waivers = known.register.waivers
    if not waivers or not findings:
        return tuple(findings)
    result: list[Finding] = []
    for found in findings:
        waiver = next((w for w in waivers if w.code == found.code and _same(w.file, found.where, known.root)), None)
        result += [found] if waiver is None else _weighed(found, waiver, known, day)
    return tuple(result)


def _weighed(found: Finding, waiver: Waiver, known: Known, day: date) -> list[Finding]:
    proof = known.on(day).waivers.get(waiver.id, UNSIGNED)
    if proof.code:
        return [found, finding("WAIVER-UNVERIFIED", waiver.where, id=waiver.id, **proof.words())]
    if day > waiver.until:
        return [found, finding("WAIVER-EXPIRED", waiver.where, id=waiver.id, until=waiver.until)]
    told = {"id": waiver.id, "waived": found.code, "reason": waiver.reason, "until": waiver.until}
    return [finding("WAIVER-APPLIED", found.where, **told)]


def _same(file: str, where: Where, root: Path) -> bool:
    return bool(where.file) and (root / file).resolve() == (Path.cwd() / where.file).resolve()
