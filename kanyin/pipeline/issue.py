# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A whole issue: each article with its own rights, folios running on, one PDF."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kanyin.config.issue import Issue, IssueArticle, load_issue
from kanyin.config.job import Job
from kanyin.findings import ExitCode, Finding, SourceError, finding
from kanyin.model import Decision, Permit
from kanyin.pdf.paginate import Pages, join
from kanyin.pipeline.article import lay_out, proven
from kanyin.pipeline.deliver import Made, deliver
from kanyin.pipeline.known import Known
from kanyin.pipeline.measure import Running, reach
from kanyin.pipeline.outcome import Outcome, has_errors, worst
from kanyin.pipeline.prepared import Prepared
from kanyin.pipeline.press import imposed
from kanyin.pipeline.reading import judged, read_source
from kanyin.pipeline.remembered import keep, recall
from kanyin.pipeline.signer import signer
from kanyin.seen import Seen, watching


def check_issue(job: Job, known: Known) -> Outcome:
    """Check every article of an issue as a part of it; they are read only when something has changed."""
    from kanyin.readers import locate

    paths = [path for _, path in _articles(job, load_issue(job.source))]
    reach(known.register, job)
    wanted, kept = recall(job, known, [job.source.parent, *(locate(path).parent for path in paths)])
    if not kept:
        running = Running()
        kept = tuple(read_source(replace(job, source=path), known.register, running)[0] for path in paths)
        keep(job, wanted, kept)
    return _outcome(job, [judged(one, known, replace(job, source=one.source)) for one in kept])


def build_issue(job: Job) -> Outcome:
    """One refused article refuses the issue and is named. Raises KanyinError where work cannot go on."""
    with watching() as seen:
        return _built(job, seen)


def _built(job: Job, seen: Seen) -> Outcome:
    issue = load_issue(job.source)
    known = Known.of(job)
    prepared = _prepare_all(job, issue, known)
    outcome = _outcome(job, prepared)
    if outcome.exit:
        return outcome
    by = signer(known.register, job)
    parts: list[Pages] = []
    permits: list[Permit] = []
    findings = list(outcome.findings)
    folio = issue.first_page
    for number, part in enumerate(prepared, 1):
        assert part.decision and part.decision.permit
        pages, more = lay_out(part, part.decision.permit, job, folio=folio, prefix=f"a{number}-")
        findings += more
        parts.append(pages)
        permits += [part.decision.permit] * pages.count
        folio += pages.count
    if has_errors(findings):
        return replace(outcome, findings=tuple(findings), exit=ExitCode.RENDER)
    first = prepared[0].article
    assert first
    whole = join(parts, str(job.source))
    front = replace(first.front, title=issue.title, title_en="", contribs=(), id=issue.id, doi="")
    titled = replace(first, front=front)
    made = Made(whole, tuple(permits), prepared, job, by, seen)
    data, more = proven(made, titled, prepared[0].layout)
    findings += more
    if has_errors(findings):
        return replace(outcome, findings=tuple(findings), exit=ExitCode.NOT_CONFORMANT)
    made = imposed(data, made, prepared[0].layout)
    output, more = deliver(data, made)
    return replace(outcome, findings=(*findings, *more), outputs=(output, *made.beside))


def _prepare_all(job: Job, issue: Issue, known: Known) -> list[Prepared]:
    prepared = []
    running = Running()
    for entry, path in _articles(job, issue):
        one = replace(job, source=path)
        reading, article = read_source(one, known.register, running)
        if article and entry.column:
            article = replace(article, front=replace(article.front, column=entry.column))
        prepared.append(judged(reading, known, one, article))
    return prepared


def _articles(job: Job, issue: Issue) -> list[tuple[IssueArticle, Path]]:
    """Raises SourceError when one is not there."""
    found = [(entry, Path(job.source.parent, entry.article)) for entry in issue.articles]
    if missing := [finding("SOURCE-NONE", entry.where) for entry, path in found if not path.exists()]:
        raise SourceError(*missing)
    return found


def _outcome(job: Job, prepared: list[Prepared]) -> Outcome:
    findings: list[Finding] = []
    for part in prepared:
        findings += part.findings
        if part.layout.name != prepared[0].layout.name:
            where = part.reading.front.where if part.reading.front else None
            findings.append(finding("ISSUE-LAYOUT", where, first=prepared[0].layout.name, other=part.layout.name))
        if part.exit is ExitCode.RIGHTS:
            findings.append(finding("ISSUE-ARTICLE", None, article=part.source))
    code = worst([*(part.exit for part in prepared), ExitCode.FINDINGS if has_errors(findings) else ExitCode.OK])
    return Outcome(tuple(findings), decision=_joint(prepared), exit=code, source=str(job.source))


def _joint(prepared: list[Prepared]) -> Decision | None:
    """The decision that refuses, if there is one, else the first article's with the reasons of all."""
    decisions = [part.decision for part in prepared if part.decision]
    refused = [d for d in decisions if d.permit is None]
    if refused:
        return refused[0]
    if not decisions:
        return None
    return replace(decisions[0], reasons=tuple(r for d in decisions for r in d.reasons))
