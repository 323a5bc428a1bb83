# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""One article, from its source to a proven PDF."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kanyin import __version__
from kanyin.config.job import Job
from kanyin.config.layout import LayoutSpec, load_layout
from kanyin.config.register import Register, load_register
from kanyin.findings import ExitCode, Finding, KanyinError, RenderError
from kanyin.model import Article, Decision, Permit
from kanyin.pdf.paginate import Pages, paginate, write
from kanyin.pipeline.extent import differences
from kanyin.pipeline.measure import Running, enter, measure
from kanyin.pipeline.outcome import Outcome, Output, has_errors
from kanyin.preflight.verify import verify
from kanyin.rights.decide import decide
from kanyin.rights.evidence import NOTHING, Evidence
from kanyin.rights.measured import Facts
from kanyin.tools.files import sha256, write_whole

DEFAULT_LAYOUT = "journal"


@dataclass(frozen=True)
class Prepared:
    """An article that was read, checked and decided upon. `article` is None when it could not be read."""

    article: Article | None
    layout: LayoutSpec
    decision: Decision | None
    findings: tuple[Finding, ...]
    source: Path
    measured: Facts | None = None

    @property
    def exit(self) -> ExitCode:
        """A refusal counts before a fault in the source; a source that cannot be read is not decided upon."""
        if self.article is None:
            return ExitCode.SOURCE
        if self.decision is None or self.decision.permit is None:
            return ExitCode.RIGHTS
        return ExitCode.FINDINGS if has_errors(self.findings) else ExitCode.OK


def build_article(job: Job) -> Outcome:
    """The whole line. Raises KanyinError where work cannot go on."""
    register = load_register(job.places.rights)
    prepared = prepare(job, register)
    if prepared.exit:
        return stopped(prepared)
    assert prepared.article and prepared.decision and prepared.decision.permit  # what `exit` has just told
    try:
        return _printed(prepared, prepared.decision.permit, job)
    except KanyinError as error:
        return Outcome(error.findings, decision=prepared.decision, exit=error.exit_code, source=str(job.source))


def _printed(prepared: Prepared, permit: Permit, job: Job) -> Outcome:
    assert prepared.article
    outcome = Outcome(decision=prepared.decision, source=str(job.source))
    pages, more = lay_out(prepared, permit, job)
    findings = (*prepared.findings, *more)
    if has_errors(findings):
        return replace(outcome, findings=findings, exit=ExitCode.RENDER)
    data, more = proven(pages, [permit] * pages.count, prepared.article, prepared.layout, job)
    findings = (*findings, *more)
    if has_errors(findings):
        return replace(outcome, findings=findings, exit=ExitCode.NOT_CONFORMANT)
    output = deliver(data, pages, [permit], job, [prepared])
    return replace(outcome, findings=findings, outputs=(output,))


def stopped(prepared: Prepared) -> Outcome:
    return Outcome(prepared.findings, decision=prepared.decision, exit=prepared.exit, source=str(prepared.source))


def prepare(job: Job, register: Register, running: Running | None = None) -> Prepared:
    """Read, check, measure, decide: everything that `check` does too. `running` counts over the articles of an issue."""
    from kanyin.readers import locate, read
    from kanyin.tools.fonts import missing_characters
    from kanyin.typeset.citations import check as check_citations
    from kanyin.typeset.formulas import check as check_formulas
    from kanyin.typeset.references import check_references

    path = locate(job.source)
    article, findings = read(path)
    name = job.layout or (article.front.layout if article else "") or DEFAULT_LAYOUT
    layout = load_layout(job.places.layouts, name)
    if article is None:
        return Prepared(None, layout, None, tuple(findings), path)
    findings += check_references(article.refs, article.front.reference_style)
    findings += check_citations(article)
    findings += check_formulas(article)
    findings += missing_characters([path], job.places.fonts)
    evidence, more = measure(NOTHING, article, layout, register, job, running)
    decision = decided(article, register, job, layout.design, evidence)
    return Prepared(article, layout, decision, (*findings, *more), path, evidence.text)


def decided(article: Article, register: Register, job: Job, design: str, evidence: Evidence) -> Decision:
    """The decision for the day asked for; where that permits, also for today when something is to be printed.

    A past or future `as_of` can only refuse what today permits: the one that refuses is returned. Before a part is
    granted it has to be where, and what, the register says.
    """
    decision = decide(article.front, register, job, design, evidence)
    if decision.permit and job.today and job.today != job.as_of:
        of_today = decide(article.front, register, replace(job, as_of=job.today), design, evidence)
        decision = decision if of_today.permit else of_today
    if decision.permit and (reasons := differences(article, decision.permit, register)):
        return Decision("deny", (*decision.reasons, *reasons))
    return decision


def lay_out(
    prepared: Prepared, permit: Permit, job: Job, *, folio: int = 0, prefix: str = ""
) -> tuple[Pages, list[Finding]]:
    """HTML, then pages. `folio` 0 means the article's own first page; `prefix` keeps ids of several articles apart."""
    from kanyin.composition.seam import install
    from kanyin.tools.fonts import fontconfig
    from kanyin.typeset.html import typeset

    assert prepared.article
    article = prepared.article
    first = folio or first_folio(article)
    html, findings = typeset(article, permit, prepared.layout, folio=first, prefix=prefix)
    pages = paginate(
        html,
        layout=prepared.layout,
        roots=[article.root],
        fontconfig=fontconfig(job.places.fonts),
        profile=job.profile,
        extend=install,
    )
    return pages, [*findings, *pages.findings]


def first_folio(article: Article) -> int:
    digits = re.search(r"\d+", article.front.journal.fpage)
    return int(digits[0]) if digits else 1


def proven(
    pages: Pages, permits: Sequence[Permit], article: Article, layout: LayoutSpec, job: Job
) -> tuple[bytes, list[Finding]]:
    """Write, stamp, and read again with other eyes. `permits` has one entry a page.

    Raises RenderError when something stands where the notice goes: it would be printed over, or print over the notice.
    """
    from kanyin.pdf.metadata import record
    from kanyin.pdf.stamp import stamp
    from kanyin.preflight.zone import occupied

    data, findings = write(pages, job.profile)
    name = str(target(job))
    if found := occupied(data, name, zone_mm=layout.notice_zone):
        raise RenderError(*findings, *found)
    data = stamp(
        data, permits, record(article, permits[0], job.profile), fonts=job.places.fonts, zone_mm=layout.notice_zone
    )
    return data, [*findings, *verify(data, name, permits[0].notice, fonts=job.places.fonts, expected=permits)]


def target(job: Job) -> Path:
    """Where the PDF of a job goes: `OUT/NAME/PROFILE.pdf`, and for a grantee a name that says what and for whom."""
    folder = job.places.out / (job.source.parent.name if job.source.is_file() else job.source.name)
    if job.command == "build":
        return folder / f"{job.profile}.pdf"
    parts = "".join(f"-{part}" for part in job.parts)
    name = re.sub(r"[^\w.-]+", "-", f"{job.command}-{job.grantee}{parts}")
    return folder / f"{name}.pdf" if job.profile == "screen" else folder / f"{name}-{job.profile}.pdf"


def deliver(data: bytes, pages: Pages, permits: Sequence[Permit], job: Job, prepared: Sequence[Prepared]) -> Output:
    """Put the PDF and its manifest in place, both or neither."""
    path = target(job)
    inputs = sorted({p.source for p in prepared} | set(pages.used) | {job.places.rights})
    manifest = {
        "kanyin": __version__,
        "file": path.name,
        "sha256": sha256(data),
        "pages": pages.count,
        "profile": job.profile,
        "as_of": job.as_of.isoformat(),
        "permits": [
            {
                "action": p.action,
                "work": p.work,
                "holder": p.holder,
                "grantee": p.grantee,
                "grants": p.grants,
                "unsigned": p.unsigned,
                "notice": p.notice.sha256,
                "duties": [d.id for d in p.duties],
            }
            for p in permits
        ],
        "inputs": {_relative(p, job): sha256(p.read_bytes()) for p in inputs},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    made = [(p.measured, p.decision.permit) for p in prepared if p.decision and p.decision.permit]
    enter(made, load_register(job.places.rights), job)
    write_whole({path: data, path.with_suffix(".manifest.json"): text.encode()})
    return Output(path, sha256(data), pages.count, job.profile)


def _relative(path: Path, job: Job) -> str:
    """A path as the project would write it, so that two checkouts give equal manifests."""
    root = job.places.rights.resolve().parent
    return path.resolve().relative_to(root).as_posix() if path.resolve().is_relative_to(root) else path.name
