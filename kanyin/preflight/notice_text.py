# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The notice stands on every page: its exact words, upright, large enough, on the part of the page that is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kanyin.findings import Finding, Where, finding
from kanyin.preflight.facts import Facts, PageFacts, Printed
from kanyin.preflight.registry import check
from kanyin.preflight.sight import SMALLEST, faults, notice_on

LONGEST = 550
"""Millimetres; a little more than a broadsheet newspaper (对开). On a larger sheet nobody finds print of 6 points."""
TOLERANCE = 0.6
"""Millimetres; places on the page are rounded to the pixel."""


@check("VERIFY-ENCRYPTED")
def encrypted(facts: Facts) -> Iterator[Finding]:
    if facts.structure.encrypted:
        yield finding("VERIFY-ENCRYPTED", Where(facts.name))


@check("VERIFY-PAGES")
def pages(facts: Facts) -> Iterator[Finding]:
    leaves = facts.structure.leaves
    if not leaves == facts.shown == len(facts.pages):
        yield finding("VERIFY-PAGES", Where(facts.name), permits=len(facts.pages), pages=facts.shown)
    elif facts.permits and len(facts.permits) != len(facts.pages):
        yield finding("VERIFY-PAGES", Where(facts.name), permits=len(facts.permits), pages=len(facts.pages))


@check("VERIFY-NOTICE-MISSING")
def missing(facts: Facts) -> Iterator[Finding]:
    for page in facts.pages:
        if not any(page.clauses):
            yield finding("VERIFY-NOTICE-MISSING", Where(facts.name, page=page.number))


@check("VERIFY-NOTICE-TEXT")
def text(facts: Facts) -> Iterator[Finding]:
    for page in facts.pages:
        if any(page.clauses) and notice_on(facts, page) is None:
            lost = [clause for clause, there in zip(facts.notice.clauses, page.clauses, strict=True) if not there]
            clause = lost[0] if lost else facts.notice.text
            yield finding("VERIFY-NOTICE-TEXT", Where(facts.name, page=page.number), clause=clause)


def faulty(facts: Facts, fault: str) -> Iterator[tuple[PageFacts, Printed]]:
    """The pages whose notice, where it is best, has this fault."""
    for page in facts.pages:
        printed = notice_on(facts, page)
        if printed is not None and fault in faults(printed):
            yield page, printed


def _simple(code: str, fault: str) -> Callable[[Facts], Iterator[Finding]]:
    def run(facts: Facts) -> Iterator[Finding]:
        for page, printed in faulty(facts, fault):
            size = f"{printed.size:.1f}"
            yield finding(code, Where(facts.name, page=page.number), size=size, smallest=f"{SMALLEST:g}")

    return run


check("VERIFY-NOTICE-SIZE")(_simple("VERIFY-NOTICE-SIZE", "size"))
check("VERIFY-NOTICE-TURNED")(_simple("VERIFY-NOTICE-TURNED", "turned"))
check("VERIFY-NOTICE-OUTSIDE")(_simple("VERIFY-NOTICE-OUTSIDE", "outside"))
check("VERIFY-NOTICE-SET")(_simple("VERIFY-NOTICE-SET", "set"))


@check("VERIFY-ZONE")
def zone(facts: Facts) -> Iterator[Finding]:
    """Between the top of the notice and the foot of the page nothing shows but the notice and its lines."""
    for page in facts.pages:
        if page.stamp and page.stamp.beside:
            yield finding("VERIFY-ZONE", Where(facts.name, page=page.number), what=", ".join(page.stamp.beside))


@check("VERIFY-PAPER")
def paper(facts: Facts) -> Iterator[Finding]:
    """The page is as large as its layout says, upright or on its side; and no larger than its small print bears."""
    for page in facts.pages:
        size = sorted(side * 25.4 / 72 for side in page.size)
        wanted = sorted(facts.paper) if facts.paper else [min(side, LONGEST) for side in size]
        if any(abs(a - b) > TOLERANCE for a, b in zip(size, wanted, strict=True)):
            where = Where(facts.name, page=page.number)
            yield finding("VERIFY-PAPER", where, found=_sides(size), wanted=_sides(wanted))


def _sides(size: list[float]) -> str:
    return "×".join(f"{side:.0f}" for side in size)
