# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A whole issue: each article with its own rights, folios running on, one PDF, and on request one of each article.

An article's pages are made once: what its own file shows is what the issue shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kanyin.config.issue import Issue, load_issue
from kanyin.config.job import Job
from kanyin.findings import ExitCode, Finding, finding
from kanyin.model import Article, Journal, Permit
from kanyin.pdf.assemble import Label, Part, assemble
from kanyin.pipeline import issue_plan as plan
from kanyin.pipeline.article import proven
from kanyin.pipeline.deliver import Made, deliver
from kanyin.pipeline.issue_pages import Hands, Paged, all_pages, hands_for, own_page
from kanyin.pipeline.issue_plan import Piece, Run
from kanyin.pipeline.issue_read import joint, pieces_of, prepare_all
from kanyin.pipeline.known import Known
from kanyin.pipeline.many import Bar
from kanyin.pipeline.outcome import Outcome, Output, has_errors
from kanyin.pipeline.press import imposed
from kanyin.pipeline.printed import Shown, reread
from kanyin.pipeline.signer import Signer, signer
from kanyin.rights.decide import around
from kanyin.seen import Seen, watching


@dataclass(frozen=True)
class Count:
    """Pages that are counted and not held: they are in the PDF already."""

    count: int
    used: tuple[Path, ...]


def build_issue(job: Job) -> Outcome:
    """One refused article refuses the issue and is named. Raises KanyinError where work cannot go on."""
    with watching() as seen:
        return _built(job, seen)


def _built(job: Job, seen: Seen) -> Outcome:
    issue = load_issue(job.source)
    known = Known.of(job)
    prepared = prepare_all(job, issue, known)
    outcome = joint(job, issue, prepared, known)
    if outcome.exit:
        return outcome
    pieces = pieces_of(issue, prepared)
    by = signer(known.register, job)
    with hands_for(job) as hands, Bar.for_work(len(pieces), str(pieces[0].prepared.source), job.progress) as bar:
        paged, more, keep = all_pages(issue, pieces, job, seen, hands, bar.advance)
        findings = [*outcome.findings, *more]
        if has_errors(findings):
            return replace(outcome, findings=tuple(findings), exit=ExitCode.RENDER)
        findings += _misnumbered(pieces, paged)
        runs, more = _runs(issue, pieces, paged, job, hands, seen)
    findings += more
    if has_errors(findings):
        return replace(outcome, findings=tuple(findings), exit=ExitCode.RENDER)
    again = reread(_shown(pieces, paged, runs), known, job)
    if any(part.exit is ExitCode.RIGHTS for part in again):
        return joint(job, issue, again, known)
    measured = iter(again)
    pieces = [
        replace(piece, prepared=next(measured), filler=next(measured) if piece.filler else None) for piece in pieces
    ]
    done = _delivered(issue, pieces, paged, runs, job, by, seen)
    if done.exit:
        return replace(outcome, findings=(*findings, *done.findings), exit=done.exit)
    outputs = list(done.outputs)
    findings += done.findings
    if job.articles:
        for piece, one in zip(pieces, paged, strict=True):
            own = _own_file(piece, one, job, by, seen)
            findings += [finding for finding in own.findings if finding not in findings]
            outputs += own.outputs
            if own.exit:
                return replace(outcome, findings=tuple(findings), outputs=tuple(outputs), exit=own.exit)
    keep()
    return replace(outcome, findings=tuple(findings), outputs=tuple(outputs))


def _misnumbered(pieces: Sequence[Piece], paged: Sequence[Paged]) -> list[Finding]:
    """Articles that print other page numbers of themselves than those on which they stand."""
    found = []
    for piece, one in zip(pieces, paged, strict=True):
        assert piece.prepared.article
        front = piece.prepared.article.front
        said = front.journal.fpage, front.journal.lpage
        stands = str(one.start), str(one.start.plus(one.count - 1))
        if piece.place == "articles" and any(a and a != b for a, b in zip(said, stands, strict=True)):
            pages = "-".join(page for page in said if page)
            found.append(finding("ISSUE-PAGES", front.where, said=pages, stands="-".join(dict.fromkeys(stands))))
    return found


def _runs(
    issue: Issue, pieces: Sequence[Piece], paged: Sequence[Paged], job: Job, hands: Hands, seen: Seen
) -> tuple[list[Run], list[Finding]]:
    """All pages of the issue in their order."""
    from kanyin.typeset.html import Start
    from kanyin.typeset.issue_pages import contents, cover, index

    starts = [one.start for one in paged]
    runs = [
        Run(Part(one.data, plan.label(one.start), piece.name), one.count, piece.permit)
        for piece, one in zip(pieces, paged, strict=True)
    ]
    if not plan.has_own_pages(issue, job):
        return plan.in_order(issue, pieces, runs, starts, [], []), []
    counts = [one.count for one in paged]
    head, listed = plan.head(issue, pieces, starts, counts), plan.listed(pieces, starts)
    layout = pieces[0].prepared.layout
    permit = around(issue.id, [piece.permit for piece in pieces])
    findings: list[Finding] = []

    def page(name: str, html: tuple[str, list[Finding]], label: Label) -> Run:
        data, count, found = own_page(html[0], pieces[0], job, hands, seen)
        findings.extend((*html[1], *found))
        return Run(Part(data, label, name), count, permit)

    before, after = [], []
    if issue.cover:
        before.append(page(plan.COVER, cover(head, permit, layout), Label(plan.TITLES[plan.COVER])))
    if issue.contents:
        label = Label("", 1, "r")
        before.append(page(plan.CONTENTS, contents(head, listed, permit, layout), label))
    if issue.index:
        next_page = plan.after_articles(pieces, starts, counts)
        start = Start(next_page.number, next_page.prefix)
        html = index(head, listed, permit, layout, start=start, closing=plan.closing(issue))
        after.append(page(plan.INDEX, html, plan.label(next_page)))
    return plan.in_order(issue, pieces, runs, starts, before, after), findings


def _shown(pieces: Sequence[Piece], paged: Sequence[Paged], runs: Sequence[Run]) -> list[Shown]:
    """The articles with their pages; pages of the issue itself are looked at with the first."""
    own = tuple(run.part.data for run in runs if run.part.name in plan.TITLES)
    return [
        Shown(piece.prepared, one.data, piece.filler, () if n else own)
        for n, (piece, one) in enumerate(zip(pieces, paged, strict=True))
    ]


def _delivered(
    issue: Issue, pieces: Sequence[Piece], paged: Sequence[Paged], runs: Sequence[Run], job: Job, by: Signer, seen: Seen
) -> Outcome:
    """The issue as one file, proven and put in place."""
    own = [run.part.name for run in runs if run.part.name in plan.TITLES]
    data = assemble([run.part for run in runs], plan.outline(pieces, own))
    permits = [run.permit for run in runs for _ in range(run.count)]
    used = tuple(sorted({path for one in paged for path in one.used}))
    first = pieces[0].prepared.article
    assert first
    front = replace(
        first.front, title=issue.title, title_en="", subtitle="", contribs=(), id=issue.id, doi="",
        abstract=(), abstract_en=(), kwds=(), journal=_journal(issue, first.front.journal),
    )  # fmt: skip
    parts = [one for piece in pieces for one in (piece.prepared, piece.filler) if one]
    made = Made(Count(len(permits), used), tuple(permits), parts, job, by, seen)
    return _put(data, made, pieces[0], replace(first, front=front))


def _journal(issue: Issue, journal: Journal) -> Journal:
    said = {name: getattr(issue, name) for name in ("issn", "cn", "publisher", "year", "volume", "issue")}
    named = {"name": issue.journal, "name_en": issue.journal_en}
    return replace(journal, fpage="", lpage="", **{name: text for name, text in (said | named).items() if text})


def _own_file(piece: Piece, one: Paged, job: Job, by: Signer, seen: Seen) -> Outcome:
    """An article's own file: the same pages, its own permit."""
    parts = [part for part in (piece.prepared, piece.filler) if part]
    source = piece.prepared.source
    own = replace(job, source=source, places=replace(job.places, out=job.places.out / job.source.parent.name))
    permits: tuple[Permit, ...] = (piece.permit,) * one.count
    made = Made(Count(one.count, one.used), permits, parts, own, by, seen)
    data = assemble([Part(one.data, plan.label(one.start), piece.name)])
    assert piece.prepared.article
    return _put(data, made, piece, piece.prepared.article)


def _put(data: bytes, made: Made, like: Piece, article: Article) -> Outcome:
    layout = like.prepared.layout
    data, findings = proven(data, made, article, layout)
    if has_errors(findings):
        return Outcome(tuple(findings), exit=ExitCode.NOT_CONFORMANT)
    made = imposed(data, made, layout)
    output, more = deliver(data, made)
    outputs: tuple[Output, ...] = (output, *made.beside)
    return Outcome((*findings, *more), outputs)
