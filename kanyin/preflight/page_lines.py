# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The lines beside the notice: which work a page belongs to, which of its pages it is, and what a permit adds."""

from __future__ import annotations

from collections.abc import Iterator

from kanyin.findings import Finding, Where, finding
from kanyin.preflight.facts import Facts, PageFacts
from kanyin.preflight.registry import check
from kanyin.preflight.sight import best, faults


def label(work: str, page: int, pages: int, build: str) -> str:
    """The line that names a work, counts its pages and names the build, as this check wants to find it."""
    return f"{work} · {page}/{pages} · {build}"


def statement(text: str) -> str:
    """The line that carries a special statement (除非特别声明)."""
    return f"特别声明：{text}"


@check("VERIFY-PAGE-LABEL")
def page_label(facts: Facts) -> Iterator[Finding]:
    """Each page names a work and its place among all pages: one that was taken out or put in is missed."""
    for page in facts.pages:
        where = Where(facts.name, page=page.number)
        wanted = [one for one in page.labels if one[1:3] == (page.number, len(facts.pages))]
        if not wanted:
            found = "; ".join(label(*one) for one in page.labels) or "-"
            yield finding("VERIFY-PAGE-LABEL", where, found=found, place=f"{page.number}/{len(facts.pages)}")
        elif not any(_readable(page, label(*one)) for one in wanted):
            yield finding("VERIFY-PAGE-LABEL", where, found="?", place=f"{page.number}/{len(facts.pages)}")


@check("VERIFY-WORK")
def work(facts: Facts) -> Iterator[Finding]:
    for page in facts.pages:
        if page.permit and page.labels and page.permit.work not in [name for name, *_ in page.labels]:
            found = ", ".join(name for name, *_ in page.labels)
            yield finding("VERIFY-WORK", Where(facts.name, page=page.number), found=found, work=page.permit.work)


@check("VERIFY-BUILD")
def build(facts: Facts) -> Iterator[Finding]:
    """All pages and the metadata name one build: pages of two files do not become one."""
    if facts.structure.xmp is None:
        return
    named = facts.structure.xmp.all("xmp:Identifier")
    builds = [name.removeprefix("build:") for name in named if name.startswith("build:")]
    for page in facts.pages:
        here = [build for _, n, _, build in page.labels if n == page.number]
        if here and not set(here) & set(builds[:1]):
            where = Where(facts.name, page=page.number)
            yield finding("VERIFY-BUILD", where, found=", ".join(here), named=", ".join(builds) or "-")


@check("VERIFY-CREDIT")
def credit(facts: Facts) -> Iterator[Finding]:
    for page in facts.pages:
        for line in page.permit.credit if page.permit else ():
            if not _readable(page, line):
                yield finding("VERIFY-CREDIT", Where(facts.name, page=page.number), line=line)


@check("VERIFY-STATEMENT")
def special_statement(facts: Facts) -> Iterator[Finding]:
    for page in facts.pages:
        if page.permit and page.permit.statement and not _readable(page, statement(page.permit.statement)):
            yield finding("VERIFY-STATEMENT", Where(facts.name, page=page.number), statement=page.permit.statement)


def _readable(page: PageFacts, line: str) -> bool:
    printed = best(page.printed.get(line, ()))
    return printed is not None and not faults(printed)
