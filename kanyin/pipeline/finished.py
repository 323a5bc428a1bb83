# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Reprint or excerpt a finished PDF: read it, decide, stamp it, prove it, deliver it.

The order is that of an article. What differs is that the file is not ours: it is worked on in a confined process, and
which work it is has to be seen in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path

from kanyin.config.job import Job
from kanyin.config.register import Work
from kanyin.findings import ExitCode, KanyinError, Lang, SourceError, UsageError, Where, finding
from kanyin.model import Decision, Journal, Permit
from kanyin.pdf.finished_cover import Cover
from kanyin.pdf.finished_stamp import pages_of
from kanyin.pdf.metadata import CHINA, NOTICE_EN, Record
from kanyin.pipeline.decided import decided_finished
from kanyin.pipeline.deliver import Made, deliver, target
from kanyin.pipeline.finished_work import Wanted, read_finished, reprinted
from kanyin.pipeline.known import Known
from kanyin.pipeline.measure_pdf import measure_finished
from kanyin.pipeline.outcome import Outcome, has_errors
from kanyin.pipeline.prepared import PreparedPdf
from kanyin.pipeline.signer import signer
from kanyin.seen import Seen, noted, watching
from kanyin.tools.confined import confined

LARGEST = 500
"""Megabytes of a file."""
MEMORY = 3000, 16
"""Megabytes that work may take, and so many more for each of the file."""
SECONDS = 120, 2
"""Seconds that work may take, and so many more for each page."""
_PAGES = re.compile(r"[1-9][0-9]{0,5}(-[1-9][0-9]{0,5})?")


@dataclass(frozen=True)
class Leaves:
    """What `deliver` wants to know of pages: how many, and which further files went into them."""

    count: int
    used: tuple[Path, ...] = ()


def parts_of(pages: str) -> tuple[str, ...]:
    """`3-5,8` as the parts p3-5 and p8. Raises UsageError REPRINT-PAGES."""
    ranges = [part.strip() for part in pages.split(",")]
    for part in ranges:
        first, _, last = part.partition("-")
        if not _PAGES.fullmatch(part) or (last and int(last) < int(first)):
            raise UsageError(finding("REPRINT-PAGES", None, pages=pages))
    return tuple(dict.fromkeys(f"p{part}" for part in ranges))


def prepare_finished(job: Job, known: Known) -> PreparedPdf:
    """Read the file and decide: everything that `rights explain` does too. Raises SourceError and UsageError."""
    _options(job)
    data = _bytes(job.source)
    name = str(job.source)
    compared = bool(known.register.policy.excerpt.place)
    seconds = SECONDS[0] + len(data) // 100_000
    seen, words = confined(read_finished, data, name, compared, name=name, seconds=seconds, megabytes=_memory(data))
    text, findings = measure_finished(seen, words, known.register, job)
    decision = decided_finished(seen, known, job, text)
    return PreparedPdf(seen, decision, job.source, tuple(findings), words, text)


def build_finished(job: Job) -> Outcome:
    """The whole line. Raises KanyinError where work cannot go on."""
    with watching() as seen:
        return _built(job, seen)


def _built(job: Job, seen: Seen) -> Outcome:
    known = Known.of(job)
    prepared = prepare_finished(job, known)
    decision = prepared.decision
    outcome = Outcome(prepared.findings, decision=decision, source=str(job.source))
    if decision.permit is None:
        return replace(outcome, exit=ExitCode.RIGHTS)
    try:
        return _printed(prepared, decision, decision.permit, job, known, seen)
    except KanyinError as error:
        return replace(outcome, findings=(*prepared.findings, *error.findings), exit=error.exit_code)


def _printed(prepared: PreparedPdf, decision: Decision, permit: Permit, job: Job, known: Known, seen: Seen) -> Outcome:
    outcome = Outcome(prepared.findings, decision=decision, source=str(job.source))
    by = signer(known.register, job)
    path, data, name = target(job), _bytes(job.source), str(job.source)
    if path.resolve() == job.source.resolve():
        raise UsageError(finding("REPRINT-SOURCE", Where(name)))
    work = known.register.works_by_id[permit.work]
    wanted = Wanted(
        job.places.fonts,
        tuple(pages_of(permit.parts)),
        _cover(work, permit, job) if job.cover else None,
        job.break_signature,
    )
    count = len(wanted.numbers(prepared.finished.pages))
    made = confined(
        reprinted,
        data,
        name,
        permit,
        _record(work, permit),
        wanted,
        name=name,
        seconds=SECONDS[0] + SECONDS[1] * count,
        megabytes=_memory(data),
    )
    if has_errors(made.findings):
        return replace(outcome, findings=(*prepared.findings, *made.findings), exit=ExitCode.NOT_CONFORMANT)
    output, more = deliver(made.data, Made(Leaves(made.pages), (permit,) * made.pages, [prepared], job, by, seen))
    return replace(outcome, findings=(*prepared.findings, *made.findings, *more), outputs=(output,))


def _options(job: Job) -> None:
    """What only a source has, and numbers that no copy can have. Raises UsageError."""
    if job.number and not 0 < job.number <= job.copies:
        raise UsageError(finding("REPRINT-NUMBER", None, number=job.number, copies=job.copies))
    for option, given in (("--profile", job.profile != "screen"), ("--layout", bool(job.layout))):
        if given:
            raise UsageError(finding("REPRINT-FINISHED", Where(str(job.source)), option=option))


def _bytes(path: Path) -> bytes:
    """The whole file, read once and never written. Raises SourceError."""
    try:
        if path.stat().st_size > LARGEST << 20:
            raise SourceError(finding("REPRINT-LARGE", Where(str(path)), megabytes=LARGEST))
        return noted(path, path.read_bytes())
    except OSError as error:
        raise SourceError(finding("VERIFY-UNREADABLE", Where(str(path)), reason=error.strerror)) from error


def _memory(data: bytes) -> int:
    return MEMORY[0] + MEMORY[1] * (len(data) >> 20)


def _record(work: Work, permit: Permit) -> Record:
    """What the reprint says of itself: all of it from the register, nothing from the file."""
    first = work.first_published
    pages = re.split("[-–—~～]", first.pages) if first else []
    journal = Journal(
        name=first.journal if first else "",
        year=str(first.date.year) if first else "",
        volume=first.volume if first else "",
        issue=first.issue if first else "",
        fpage=pages[0].strip() if pages else "",
        lpage=pages[-1].strip() if pages else "",
    )
    return Record(
        title=(work.article_title, ""),
        created=datetime.combine(first.date, time(), CHINA) if first else None,
        profile="",
        authors=tuple(author.name for author in work.authors),
        doi=_bare(work.doi),
        language=work.lang or "zh-Hans",
        publisher=(journal.name, ""),
        holder=(permit.holder_name, ""),
        rights_en=NOTICE_EN.get(permit.notice.sha256, ""),
        journal=journal,
    )


def _bare(doi: str) -> str:
    return re.sub(r"^(?i:https?://(dx\.)?doi\.org/|doi:)\s*", "", doi.strip())


def _cover(work: Work, permit: Permit, job: Job) -> Cover:
    lang: Lang = "en" if work.lang.casefold().startswith("en") else "zh"

    def word(code: str, **args: object) -> str:
        return finding(code, None, **args).message(lang)

    def rows() -> Iterator[tuple[str, str]]:
        duties = {duty.id: duty.text if lang == "zh" else duty.text_en or duty.text for duty in permit.duties}
        yield word("REPRINT-COVER-WORK"), f"{duties['attribute.title']}\n{duties['attribute.author']}"
        yield word("REPRINT-COVER-FIRST"), duties["attribute.first_publication"]
        yield word("REPRINT-COVER-LICENCE"), "\n".join(permit.credit[1:]) or "、".join(permit.grants)
        yield word("REPRINT-COVER-LICENSEE"), f"{permit.grantee_name}\n{permit.grantee}"
        if job.number:
            yield word("REPRINT-COVER-COPY"), word("REPRINT-COVER-NUMBER", number=job.number, copies=job.copies)
        elif job.copies:
            yield word("REPRINT-COVER-COPY"), word("REPRINT-COVER-UNNUMBERED", copies=job.copies)
        if address:
            yield "DOI", address

    address = f"https://doi.org/{_bare(work.doi)}" if work.doi else ""
    heading = word("REPRINT-COVER-EXCERPT" if permit.action == "excerpt" else "REPRINT-COVER-HEADING")
    found = tuple((label, line) for label, text in rows() for label, line in _lines(label, text))
    return Cover(heading, found, address, word("REPRINT-COVER-CODE", address=address), word("REPRINT-COVER-LABEL"))


def _lines(label: str, text: str) -> Iterator[tuple[str, str]]:
    """A row of several lines: the label stands above the first."""
    for n, line in enumerate(text.split("\n")):
        yield (label if n == 0 else ""), line
