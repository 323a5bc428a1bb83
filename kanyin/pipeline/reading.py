# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The first part of the line: read a source, check it, measure it; then decide upon it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kanyin.config.job import Job
from kanyin.config.layout import load_layout
from kanyin.config.register import Register
from kanyin.findings import Finding, Severity
from kanyin.model import Article
from kanyin.pipeline.channels import turned
from kanyin.pipeline.decided import decided
from kanyin.pipeline.known import Known
from kanyin.pipeline.measure import Running, measure
from kanyin.pipeline.prepared import Prepared, Reading
from kanyin.pipeline.waive import waived
from kanyin.rights.match.units import Unit

DEFAULT_LAYOUT = "journal"


def prepare(job: Job, known: Known) -> Prepared:
    """Read, check, measure, decide: everything that `check` does too."""
    reading, article = read_source(job, known.register)
    return judged(reading, known, job, article)


def read_source(
    job: Job,
    register: Register,
    running: Running | None = None,
    placed: Callable[[Article], Article] = lambda article: article,
    further: Sequence[Unit] = (),
) -> tuple[Reading, Article | None]:
    """The source of a job as it stands, and the article as it is printed. Raises KanyinError where it, the layout or
    the index cannot be used.

    `running` counts over an issue, in which the article is `placed` and which may say something `further`.
    """
    from kanyin.readers import locate, read
    from kanyin.tools.fonts import missing_characters
    from kanyin.typeset.citations import check as check_citations
    from kanyin.typeset.figures import check_figures
    from kanyin.typeset.formulas import check as check_formulas
    from kanyin.typeset.references import check_references

    path = locate(job.source)
    article, findings = read(path)
    asked = article.front.layout if article and not job.layout else ""
    where = article.front.layout_where if article and asked else None
    layout = load_layout(job.places.layouts, job.layout or asked or DEFAULT_LAYOUT, where)
    if article is None:
        return Reading(None, layout, tuple(findings), path), None
    if not any(found.code == "SOURCE-TURNING" for found in findings):
        findings += turned(article)
    findings += check_references(article.refs, article.front.reference_style)
    findings += _new(check_citations(article), findings, path)
    findings += check_formulas(article)
    findings += check_figures(article)
    findings += missing_characters([path], job.places.fonts)
    printed = placed(article)
    text, more = measure(printed, layout, register, job, running, further)
    return Reading(article.front, layout, (*findings, *more), path, text), printed


def _new(cited: list[Finding], read: list[Finding], path: Path) -> list[Finding]:
    """What is wrong with citations beyond what reading the source has said; nothing where their list is in doubt."""
    if any(f.severity is Severity.ERROR and f.where.file != str(path) for f in read):  # the file of references
        return []
    if any(f.code in ("SOURCE-REFERENCES", "SOURCE-REFERENCES-FILE", "SOURCE-REFERENCE-ID") for f in read):
        return []
    told = {f.where for f in read if f.code == "SOURCE-CITATION-UNKNOWN"}
    return [f for f in cited if f.code != "CITE-UNKNOWN" or f.where not in told]


def judged(
    reading: Reading, known: Known, job: Job, article: Article | None = None, further: Sequence[Unit] = ()
) -> Prepared:
    """Decide upon what was read. `article` may be left out for a whole work, of which no part has to be found."""
    if reading.front is None:
        return Prepared(reading, None, reading.findings)
    decision = decided(reading, known, job, article)
    return Prepared(reading, decision, waived(reading.findings, known, job.made), article, tuple(further))
