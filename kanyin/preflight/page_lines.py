# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The lines beside the notice: which work a page belongs to, which of its pages it is, and what a permit adds."""

from __future__ import annotations

from collections.abc import Iterator

from kanyin.findings import Finding, Where, finding
from kanyin.preflight.facts import Facts, PageFacts
from kanyin.preflight.registry import check
from kanyin.preflight.sight import blurred, faults, last


def label(work: str, page: int, pages: int, build: str) -> str:
    """The line that names a work, counts its pages and names the build, as this check wants to find it."""
    return f"{work} · {page}/{pages} · {build}"


def statement(text: str) -> str:
    """The line that carries a special statement (除非特别声明)."""
    return f"特别声明：{text}"


@check("VERIFY-PAGE-LABEL")
def page_label(facts: Facts) -> Iterator[Finding]:
    """The last line of each page names a work and its place among all pages: one taken out or put in is missed."""
    for page in facts.pages:
        where, place = Where(facts.name, page=page.number), f"{page.number}/{len(facts.pages)}"
        if page.label is None or page.label[1:3] != (page.number, len(facts.pages)):
            found = label(*page.label) if page.label else "-"
            yield finding("VERIFY-PAGE-LABEL", where, found=found, place=place)
        elif not _readable(page, label(*page.label)):
            yield finding("VERIFY-PAGE-LABEL", where, found="?", place=place)


@check("VERIFY-STAMP")
def stamp_words(facts: Facts) -> Iterator[Finding]:
    """From the notice to the end a page says what the permit wants it to say, and both readers find it said."""
    for page in facts.pages:
        if page.stamp is None:
            continue
        where = Where(facts.name, page=page.number)
        if page.stamped != page.stamp.text:
            yield finding("VERIFY-STAMP", where, found=page.stamped or "-", wanted=page.stamp.text)
        elif page.permit is None and page.stamp.between and blurred(page.stamp.between):
            # Nobody says which lines these should be, but they have to show what they say.
            yield finding("VERIFY-STAMP", where, found="?", wanted=page.stamp.text)
        elif page.permit is not None:
            permit = page.permit
            lines = [facts.notice.text, *([statement(permit.statement)] if permit.statement else []), *permit.credit]
            build = page.label[3] if page.label else ""
            wanted = "".join([*lines, label(permit.work, page.number, len(facts.pages), build)])
            if page.stamp.text != wanted:
                yield finding("VERIFY-STAMP", where, found=page.stamp.text, wanted=wanted)


@check("VERIFY-WORK")
def work(facts: Facts) -> Iterator[Finding]:
    for page in facts.pages:
        if page.permit and page.label and page.permit.work != page.label[0]:
            where = Where(facts.name, page=page.number)
            yield finding("VERIFY-WORK", where, found=page.label[0], work=page.permit.work)


@check("VERIFY-BUILD")
def build(facts: Facts) -> Iterator[Finding]:
    """All pages and the metadata name one build: pages of two files do not become one."""
    if facts.structure.xmp is None:
        return
    named = facts.structure.xmp.all("xmp:Identifier")
    builds = [name.removeprefix("build:") for name in named if name.startswith("build:")]
    for page in facts.pages:
        if page.label and builds != [page.label[3]]:
            where = Where(facts.name, page=page.number)
            yield finding("VERIFY-BUILD", where, found=page.label[3], named=", ".join(builds) or "-")


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
    printed = last(page.printed.get(line, ()))
    return printed is not None and not faults(printed)
