# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""One article, from its source to a proven PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from kanyin.config.issue import Folio, folio
from kanyin.config.job import Job
from kanyin.config.layout import LayoutSpec
from kanyin.findings import ExitCode, Finding, KanyinError, RenderError
from kanyin.model import Article, Permit
from kanyin.pdf.attach import Attached
from kanyin.pdf.paginate import Pages, paginate, write
from kanyin.pipeline.deliver import Made, deliver, target
from kanyin.pipeline.known import Known
from kanyin.pipeline.outcome import Outcome, has_errors
from kanyin.pipeline.prepared import Prepared
from kanyin.pipeline.press import imposed, pressed
from kanyin.pipeline.printed import Shown, reread
from kanyin.pipeline.reading import prepare
from kanyin.pipeline.signer import signer
from kanyin.preflight.verify import verify
from kanyin.seen import Seen, watching


@dataclass(frozen=True)
class Proof:
    """An article as it would be printed, with nothing delivered yet; `data` is empty where it would not be."""

    outcome: Outcome
    data: bytes = b""
    made: Made | None = None


def build_article(job: Job) -> Outcome:
    """The whole line. Raises KanyinError where work cannot go on."""
    with watching() as seen:
        proof = _proof(job, seen)
        if proof.made is None:
            return proof.outcome
        outcome = proof.outcome
        try:
            output, more = deliver(proof.data, proof.made)
        except KanyinError as error:
            return replace(outcome, findings=error.findings, exit=error.exit_code)
        return replace(outcome, findings=(*outcome.findings, *more), outputs=(output, *proof.made.beside))


def proof_article(job: Job) -> tuple[Proof, frozenset[Path]]:
    """The line up to the proof of the notice, and which files it read: no file, no receipt, no entry in the log."""
    with watching() as seen:
        try:
            proof = _proof(job, seen)
        except KanyinError as error:
            proof = Proof(Outcome(error.findings, exit=error.exit_code, source=str(job.source)))
        return proof, frozenset(seen.digests)


def _proof(job: Job, seen: Seen) -> Proof:
    known = Known.of(job)
    prepared = prepare(job, known)
    if prepared.exit:
        return Proof(stopped(prepared))
    assert prepared.article and prepared.decision and prepared.decision.permit  # what `exit` has just told
    try:
        return _printed(prepared, prepared.decision.permit, job, known, seen)
    except KanyinError as error:
        decision = prepared.decision
        return Proof(Outcome(error.findings, decision=decision, exit=error.exit_code, source=str(job.source)))


def _printed(prepared: Prepared, permit: Permit, job: Job, known: Known, seen: Seen) -> Proof:
    assert prepared.article
    by = signer(known.register, job)
    outcome = Outcome(decision=prepared.decision, source=str(job.source))
    pages, more = lay_out(prepared, permit, job)
    findings = (*prepared.findings, *more)
    if has_errors(findings):
        return Proof(replace(outcome, findings=findings, exit=ExitCode.RENDER))
    made = Made(pages, tuple([permit] * pages.count), [prepared], job, by, seen)
    written, said = write(pages, job.profile)
    data, more = proven(written, made, prepared.article, prepared.layout)
    findings = (*findings, *said, *more)
    if has_errors(findings):
        return Proof(replace(outcome, findings=findings, exit=ExitCode.NOT_CONFORMANT))
    (prepared,) = reread([Shown(prepared, written)], known, job)
    if prepared.exit is ExitCode.RIGHTS:
        return Proof(replace(outcome, findings=findings, decision=prepared.decision, exit=prepared.exit))
    made = replace(made, prepared=[prepared])
    return Proof(replace(outcome, findings=findings), data, imposed(data, made, prepared.layout))


def stopped(prepared: Prepared) -> Outcome:
    return Outcome(prepared.findings, decision=prepared.decision, exit=prepared.exit, source=str(prepared.source))


def lay_out(prepared: Prepared, permit: Permit, job: Job) -> tuple[Pages, list[Finding]]:
    """HTML, then pages, from the first page that the article names."""
    from kanyin.composition.seam import install
    from kanyin.tools.fonts import fontconfig
    from kanyin.typeset.html import typeset

    assert prepared.article
    article = prepared.article
    first = first_folio(article)
    html, findings = typeset(article, permit, prepared.layout, folio=first.number, before=first.prefix)
    pages = paginate(
        html,
        layout=prepared.layout,
        roots=[article.root],
        fontconfig=fontconfig(job.places.fonts),
        profile=job.profile,
        extend=install,
        source=article.front.where.file if article.front.where else str(prepared.source),
    )
    return pages, [*findings, *pages.findings]


def first_folio(article: Article) -> Folio:
    """`S12` is kept whole; of anything else, such as the number of an article on the web, the first digits count."""
    written = article.front.journal.fpage
    found = folio(written)
    if found and (not found.prefix or found.prefix.isupper()):
        return found
    digits = re.search(r"[1-9][0-9]{0,5}", written)
    return Folio("", int(digits[0]) if digits else 1)


def proven(data: bytes, made: Made, article: Article, layout: LayoutSpec) -> tuple[bytes, list[Finding]]:
    """Stamp written pages, and read them again with other eyes.

    Raises RenderError when something stands where the notice goes: it would be printed over, or print over the notice.
    """
    from kanyin.pdf.metadata import record
    from kanyin.pdf.stamp import stamp
    from kanyin.preflight.zone import occupied

    job, permits = made.job, made.permits
    name = str(target(job))
    if found := occupied(data, name, zone_mm=layout.notice_zone):
        raise RenderError(*found)
    data, claims = pressed(data, name, layout, job.places) if job.profile == "print" else (data, None)
    data = stamp(
        data,
        permits,
        record(article, permits[0], job.profile),
        fonts=job.places.fonts,
        zone_mm=layout.notice_zone,
        room=made.room(data),
        claims=claims,
        files=_sources(made) if job.profile == "archive" else (),
    )
    paper = layout.paper.width, layout.paper.height
    found = verify(data, name, permits[0].notice, fonts=job.places.fonts, expected=permits, paper=paper)
    return data, found


def _sources(made: Made) -> list[Attached]:
    from kanyin.pipeline.source_files import sources

    parts = [part for part in made.prepared if isinstance(part, Prepared)]
    pairs = [(part.article, part.decision.permit if part.decision else None) for part in parts]
    return sources([(article, permit) for article, permit in pairs if article and permit], made.by.register)
