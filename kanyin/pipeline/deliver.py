# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The last step: receipt, log and files, in an order in which nothing can be had that is not accounted for.

Under the lock of the log, or without a log that of the ledger, the decision is taken once more, since another process
may have used up a grant in the meantime. The files are on disk, without names, before the log is written, and get their
names after it: a process that is killed between may leave an entry without its file, never a file without its entry.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, get_args
from urllib.parse import quote

from kanyin import __version__
from kanyin.config.job import Job, Scheme
from kanyin.findings import Finding, RightsError, SourceError, Where, finding
from kanyin.model import Permit
from kanyin.pdf.attach import blank, fill, find_room
from kanyin.pipeline import receipts
from kanyin.pipeline.accounts import enter, turn
from kanyin.pipeline.decided import decided, decided_finished
from kanyin.pipeline.known import Known
from kanyin.pipeline.measure import Running
from kanyin.pipeline.measure_pdf import measure_finished
from kanyin.pipeline.outcome import Output
from kanyin.pipeline.prepared import Prepared, PreparedPdf
from kanyin.pipeline.printed import remeasured
from kanyin.pipeline.signer import Signer
from kanyin.rights.log import START, Log, Writer, open_log
from kanyin.rights.signed import signables
from kanyin.seen import Seen
from kanyin.tools.certify import certify, fingerprint
from kanyin.tools.files import sha256, staged


class Counted(Protocol):
    """Pages: how many, and which further files went into them."""

    @property
    def count(self) -> int: ...

    @property
    def used(self) -> tuple[Path, ...]: ...


@dataclass(frozen=True)
class Made:
    """What is about to be delivered, with one permit a page; `sheets` are printer's, if any, with their `sides`."""

    pages: Counted
    permits: tuple[Permit, ...]
    prepared: Sequence[Prepared | PreparedPdf]
    job: Job
    by: Signer
    seen: Seen
    sheets: bytes = b""
    sides: int = 0

    @property
    def beside(self) -> tuple[Output, ...]:
        """What is delivered beside the PDF itself."""
        job = self.job
        return (Output(sheets_target(job), sha256(self.sheets), self.sides, job.profile),) if self.sheets else ()

    @property
    def unique(self) -> list[Permit]:
        """One permit a work."""
        return list({permit.work: permit for permit in self.permits}.values())

    def inputs(self) -> dict[str, str]:
        """Every file that went into it, with the digest of what was read."""
        used = {p.source for p in self.prepared} | set(self.pages.used) | {self.job.places.rights}
        roots = {p.article.root.resolve() for p in self.prepared if isinstance(p, Prepared) and p.article}
        used |= {path for path in self.seen.digests if roots & set(path.parents)}  # references, drawings
        if self.by.key:
            used |= set(receipts.further_inputs(self.prepared, self.by, self.unique))
        named = {receipts.relative(path, self.by.root): path for path in used}
        return {name: self.seen.digest(named[name]) for name in sorted(named)}

    @property
    def certified(self) -> dict[str, str]:
        """Of whose certificate the receipt says that the file has to bear it."""
        certificate = self.job.places.certificate
        return {"certified": fingerprint(certificate)} if certificate else {}

    def hole(self, data: bytes) -> tuple[int, int] | None:
        """The room for a receipt inside the file; none was made in a file of somebody else, whatever it holds."""
        return None if any(isinstance(one, PreparedPdf) for one in self.prepared) else find_room(data)

    def room(self, data: bytes) -> int:
        """How many bytes a receipt inside the file will need at most; archive files carry theirs."""
        if self.by.key is None or self.job.profile != "archive":
            return 0
        pages = [{"raster": receipts.LONGEST, "work": permit.work} for permit in self.permits]
        return receipts.room(self.value(data, START, 10**9, "0" * 12, pages))

    def value(self, data: bytes, head: str, size: int, build: str, pages: list[dict[str, str]]) -> Any:
        """The payload of the receipt for a stamped file."""
        hole = self.hole(data)
        return receipts.value(
            self.job,
            self.by,
            prepared=self.prepared,
            permits=self.permits,
            inputs=self.inputs(),
            pdf={
                "name": target(self.job).name,
                "sha256": sha256(blank(data, hole)),
                "size": len(data),
                "room": list(hole or (0, 0)),
                "pages": pages,
                **self.certified,
            },
            log={"head": head, "size": size},
            build=build,
        )


def target(job: Job) -> Path:
    """Where the PDF of a job goes: `OUT/NAME/PROFILE.pdf`, and for a grantee a name that says what and for whom.

    A finished PDF goes by the id of its work: many of them are called `screen.pdf`.
    """
    if job.source.suffix.lower() == ".pdf":
        folder = job.places.out / (quote(job.work, safe="") or job.source.stem)
    else:
        folder = job.places.out / (job.source.parent.name if job.source.is_file() else job.source.name)
    if job.command == "build":
        return folder / f"{job.profile}.pdf"
    parts = "".join(f"-{part}" for part in job.parts) + (f"-{job.number}" if job.number else "")
    name = re.sub(r"[^\w.-]+", "-", f"{job.command}-{job.grantee}{parts}")
    return folder / f"{name}.pdf" if job.profile == "screen" else folder / f"{name}-{job.profile}.pdf"


def sheets_target(job: Job) -> Path:
    """Where printer's sheets go: beside the press file, named by how they are folded."""
    path = target(job)
    return path.with_name(f"{path.stem}-{job.impose}.pdf")


def deliver(data: bytes, made: Made) -> tuple[Output, list[Finding]]:
    """Put the PDF, its manifest and its receipt in place and write it into the log: all, or nothing.

    Raises RightsError when the log is damaged, or when a grant was used up meanwhile.
    """
    by = made.by
    if by.log and by.key and by.store:
        with open_log(by.log, by.store, by.key) as writer:
            _as_read(made)
            _still_permitted(made, writer.log)
            return _put(data, made, writer), by.findings
    with turn(by.register, made.job) as counted:
        _as_read(made)
        if counted:
            _still_permitted(made, None)
        return _put(data, made, None), by.findings


def _as_read(made: Made) -> None:
    """Refuse when a file is no longer what was read: what is printed and decided would not be what lies there.

    Raises RightsError for what the decision rests on, SourceError for what is printed.
    """
    made.inputs()  # reads what nobody has read yet
    if changed := made.seen.changed():
        by = made.by
        proofs = {made.job.places.rights.resolve(), (by.root / by.register.keys).resolve()}
        signed = {(by.root / entry.file).resolve() for entry in signables(by.register)}
        rights = [path for path in changed if path in proofs | signed or path.suffix == ".seal"]
        kind, code = (RightsError, "RECEIPT-REGISTER-CHANGED") if rights else (SourceError, "RECEIPT-SOURCE-CHANGED")
        raise kind(*(finding(code, Where(str(path))) for path in rights or changed))


def _still_permitted(made: Made, log: Log | None) -> None:
    known = Known(made.by.register, made.by.root, log)
    running = Running()
    for prepared in made.prepared:
        assert prepared.decision and prepared.decision.permit
        before = prepared.decision.permit
        if isinstance(prepared, PreparedPdf):
            text, _ = measure_finished(prepared.finished, prepared.words, known.register, made.job)
            again = decided_finished(prepared.finished, known, made.job, text)
        else:
            assert prepared.article
            text = remeasured(prepared, known.register, made.job, running)
            again = decided(replace(prepared.reading, measured=text), known, made.job, prepared.article)
        now = again.permit
        if now is None or (now.grants, now.credit, now.unsigned) != (before.grants, before.credit, before.unsigned):
            reasons = [r.finding() for r in again.reasons if r.effect == "forbids"]
            raise RightsError(*reasons, finding("RECEIPT-OVERTAKEN", work=before.work))


def _put(data: bytes, made: Made, writer: Writer | None) -> Output:
    from kanyin.pdf.stamp import build_of

    path, job, by = target(made.job), made.job, made.by
    files: dict[Path, bytes] = {}
    entry: Any = None
    if by.key:
        build = build_of(data)
        log = writer.log if writer else None
        pages = receipts.pages(data, made.permits, str(path))
        value = made.value(data, log.head if log else START, len(log.entries) if log else 0, build, pages)
        receipt = receipts.seal(value, by.key)
        if hole := made.hole(data):
            data = fill(data, hole, receipt)
        files[receipts.beside(path)] = receipt
        entry = receipts.log_entry(value, made.unique, job)
    if job.places.certificate:
        data = certify(data, job.places.certificate)  # behind all the rest: the receipt proves what lies below
    files[path] = data
    if made.sheets:
        files[sheets_target(job)] = made.sheets
    files[path.with_suffix(".manifest.json")] = _manifest(data, made)
    measured = [(p.measured, p.decision.permit) for p in made.prepared if p.decision and p.decision.permit]
    with staged(files) as commit:
        counted = enter(measured, by.register, job)
        if writer:
            writer.append("build", job.made, {**entry, **counted})
        commit()
    if not by.key:
        receipts.beside(path).unlink(missing_ok=True)  # that of an earlier file proves nothing of this one
    _clear_stale(path, data)
    return Output(path, sha256(data), made.pages.count, job.profile)


def _clear_stale(path: Path, data: bytes) -> None:
    """Take away printer's sheets that were made of an earlier file: a press would print what nobody built."""
    for scheme in get_args(Scheme):
        sheets = path.with_name(f"{path.stem}-{scheme}.pdf")
        if sheets.is_file() and sha256(data).encode() not in sheets.read_bytes():
            sheets.unlink()


def _manifest(data: bytes, made: Made) -> bytes:
    manifest = {
        "kanyin": __version__,
        "file": target(made.job).name,
        "sha256": sha256(data),
        "pages": made.pages.count,
        "profile": made.job.profile,
        "as_of": made.job.as_of.isoformat(),
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
            for p in made.unique
        ],
        "inputs": made.inputs(),
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
