# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The articles of an issue read and decided upon: each by itself, in the order of their pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from functools import partial
from pathlib import Path

from kanyin.config.issue import Issue, IssueArticle, load_issue
from kanyin.config.job import Job
from kanyin.findings import ExitCode, Finding, SourceError, finding
from kanyin.model import Article, Decision, Front
from kanyin.pipeline import issue_plan as plan
from kanyin.pipeline.channels import strings
from kanyin.pipeline.issue_plan import Piece, Place
from kanyin.pipeline.known import Known
from kanyin.pipeline.measure import Running, reach
from kanyin.pipeline.outcome import Outcome, has_errors, worst
from kanyin.pipeline.prepared import Prepared
from kanyin.pipeline.reading import judged, read_source
from kanyin.pipeline.remembered import keep, recall
from kanyin.rights.match.units import Unit


def check_issue(job: Job, known: Known) -> Outcome:
    """Check every article of an issue as a part of it; they are read only when something has changed."""
    from kanyin.readers import locate

    issue = load_issue(job.source)
    entries = articles(job, issue)
    paths = [path for _, path, _ in entries]
    reach(known.register, job)
    wanted, kept = recall(job, known, [job.source.parent, *(locate(path).parent for path in paths)])
    if not kept:
        running = Running()
        kept = tuple(
            read_source(
                replace(job, source=path), known.register, running, partial(_of_issue, issue, entry), _own(issue, n)
            )[0]
            for n, (entry, path, _) in enumerate(entries)
        )
        keep(job, wanted, kept)
    return joint(job, issue, [judged(one, known, replace(job, source=one.source)) for one in kept], known)


def prepare_all(job: Job, issue: Issue, known: Known) -> list[Prepared]:
    """As `articles` gives them."""
    prepared = []
    running = Running()
    for n, (entry, path, place) in enumerate(articles(job, issue)):
        one, further = replace(job, source=path), _own(issue, n)
        reading, article = read_source(one, known.register, running, partial(_of_issue, issue, entry), further)
        judgement = judged(reading, known, one, article, further)
        if place is None and article and article.refs:
            listed = finding("ISSUE-FILLER-REFERENCES", article.front.where)
            judgement = replace(judgement, findings=(*judgement.findings, listed))
        prepared.append(judgement)
    return prepared


def articles(job: Job, issue: Issue) -> list[tuple[IssueArticle, Path, Place | None]]:
    """All that has rights of its own, with its path and where it stands; a filler stands nowhere by itself and comes
    behind its article. Raises SourceError when one is not there."""
    found = list(_articles(job.source.parent, issue))
    if missing := [finding("SOURCE-NONE", entry.where) for entry, path, _ in found if not path.exists()]:
        raise SourceError(*missing)
    return found


def _articles(folder: Path, issue: Issue) -> Iterator[tuple[IssueArticle, Path, Place | None]]:
    places: list[tuple[Place, tuple[IssueArticle, ...]]] = [
        ("front", issue.front),
        ("articles", issue.articles),
        ("back", issue.back),
    ]
    for place, entries in places:
        for entry in entries:
            yield entry, Path(folder, entry.article), place
            if entry.filler:
                yield entry, Path(folder, entry.filler), None


def _own(issue: Issue, number: int) -> tuple[Unit, ...]:
    """What an issue says itself is counted with the first of its articles; what it says of one, with that one."""
    held = [getattr(issue, one.name) for one in fields(issue) if one.name not in ("front", "articles", "back")]
    said = [one.column_en for one in issue.entries()]
    return () if number else tuple(strings([*held, *said], issue.where))


def _of_issue(issue: Issue, entry: IssueArticle, article: Article) -> Article:
    """The article as a part of the issue: under its column, in its journal, volume and number."""
    front = article.front
    said = {name: text for name, text in _said(issue).items() if text}
    return replace(
        article,
        front=replace(front, journal=replace(front.journal, **said), column=entry.column or front.column),
    )


def _said(issue: Issue) -> dict[str, str]:
    """What an issue says for all its articles, by the fields of their journal."""
    named = {"name": issue.journal, "name_en": issue.journal_en}
    return named | {name: getattr(issue, name) for name in ("issn", "cn", "publisher", "year", "volume", "issue")}


def _contradictions(front: Front, issue: Issue) -> Iterator[Finding]:
    for name, said in _said(issue).items():
        own = getattr(front.journal, name)
        if said and own and said != own:
            yield finding("ISSUE-JOURNAL", front.where, field=name, said=own, issue=said)


def pieces_of(issue: Issue, prepared: Sequence[Prepared]) -> list[Piece]:
    """Every article with its filler, once all may be printed."""
    found: list[Piece] = []
    waiting = iter(prepared)
    ids = plan.names(_ids(issue, prepared))
    for (entry, _, place), name in zip((a for a in _articles(Path(), issue) if a[2]), ids, strict=True):
        assert place
        one = next(waiting)
        found.append(Piece(place, entry, one, name, next(waiting) if entry.filler else None))
    closes = plan.closing(issue) if not issue.index else ""
    last = max(n for n, piece in enumerate(found) if piece.place == "articles")
    found[last] = replace(found[last], closing=closes)
    return found


def _ids(issue: Issue, prepared: Sequence[Prepared]) -> Iterator[str]:
    for (_, _, place), one in zip(_articles(Path(), issue), prepared, strict=True):
        if place:
            assert one.article
            yield one.article.front.id


def joint(job: Job, issue: Issue, prepared: list[Prepared], known: Known) -> Outcome:
    """What comes of all articles together, before a page is laid out."""
    findings: list[Finding] = []
    for (entry, _, place), part in zip(_articles(Path(), issue), prepared, strict=True):
        findings += part.findings
        front = part.reading.front
        where = front.where if front else None
        findings += _contradictions(front, issue) if front else ()
        if part.layout.name != prepared[0].layout.name:
            findings.append(finding("ISSUE-LAYOUT", where, first=prepared[0].layout.name, other=part.layout.name))
        if part.exit is ExitCode.RIGHTS:
            findings.append(finding("ISSUE-ARTICLE", entry.where, article=part.source))
        permit = part.decision.permit if part.decision else None
        if place is None and permit and (permit.credit or permit.statement):
            findings.append(finding("ISSUE-FILLER-TERMS", entry.where, work=permit.work))
    if issue.id in known.register.works_by_id:
        findings.append(finding("ISSUE-ID", issue.where, id=issue.id))
    if plan.has_own_pages(issue, job) and not prepared[0].layout.issue:
        findings.append(finding("ISSUE-LAYOUT-PAGES", issue.where, layout=prepared[0].layout.name))
    code = worst([*(part.exit for part in prepared), ExitCode.FINDINGS if has_errors(findings) else ExitCode.OK])
    return Outcome(tuple(findings), decision=_decision(prepared), exit=code, source=str(job.source))


def _decision(prepared: list[Prepared]) -> Decision | None:
    """The decision that refuses, if there is one, else the first article's with the reasons of all."""
    decisions = [part.decision for part in prepared if part.decision]
    refused = [d for d in decisions if d.permit is None]
    if refused:
        return refused[0]
    if not decisions:
        return None
    return replace(decisions[0], reasons=tuple(r for d in decisions for r in d.reasons))
