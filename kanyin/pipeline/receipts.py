# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Receipts: everything that somebody needs, years later, to show that a file was printed with authority (第59条).

A receipt is a signed envelope beside the PDF (and inside an archive file): what was asked, what was decided and why,
the digests of all that went in and of what came out, each page's picture, the tools, and where it stands in the log.
"""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kanyin import __version__
from kanyin.config.job import Job
from kanyin.config.register import Register
from kanyin.model import Permit, Reason
from kanyin.pipeline.prepared import Prepared, PreparedPdf
from kanyin.pipeline.signer import Signer
from kanyin.preflight.fingerprint import engine, fingerprints
from kanyin.rights import dsse
from kanyin.rights.canonical import canonical
from kanyin.rights.keys import SigningKey
from kanyin.rights.signed import signables
from kanyin.tools.files import sha256

TYPE = "application/vnd.kanyin.receipt+json"
TOOLS = ("cryptography", "pikepdf", "pypdf", "pypdfium2", "rfc8785", "weasyprint")
LONGEST = f"99999x99999:{'0' * 64}"
"""As much as the fingerprint of a page can take."""
_ROUND = 4096


def beside(path: Path) -> Path:
    """The receipt of `screen.pdf` is `screen.receipt.json`."""
    return path.with_suffix(".receipt.json")


def relative(path: Path, root: Path) -> str:
    """A path as the project would write it, so that two checkouts give equal manifests and receipts."""
    inside, root = path.resolve(), root.resolve()
    return inside.relative_to(root).as_posix() if inside.is_relative_to(root) else path.name


def further_inputs(prepared: Sequence[Prepared | PreparedPdf], by: Signer, permits: Sequence[Permit]) -> Iterator[Path]:
    """What a decision and a page rest on beside the sources: layout, keys, signatures of the grants that were used."""
    for layout in {p.layout.root for p in prepared if isinstance(p, Prepared)}:
        yield from (path for path in layout.rglob("*") if path.is_file() and "sample" not in path.parts)
    yield by.root / by.register.keys
    if index := by.register.policy.excerpt.place:
        yield by.root / f"{index}.seal"  # it holds the digest of what the text was compared with
    used = {("grant", grant) for permit in permits for grant in permit.grants}
    used |= {("statement", permit.work) for permit in permits if permit.statement}
    for entry in signables(by.register):
        if (entry.kind, entry.id) in used and (by.root / entry.file).is_file():
            yield by.root / entry.file


def pages(data: bytes, permits: Sequence[Permit], name: str) -> list[dict[str, str]]:
    prints = fingerprints(data, name)
    return [{"raster": seen, "work": permit.work} for seen, permit in zip(prints, permits, strict=True)]


def value(
    job: Job,
    by: Signer,
    *,
    prepared: Sequence[Prepared | PreparedPdf],
    permits: Sequence[Permit],
    inputs: dict[str, str],
    pdf: dict[str, Any],
    log: dict[str, Any],
    build: str,
) -> dict[str, Any]:
    """The payload of a receipt. It is a function of its arguments and of the versions of the tools."""
    return {
        "schema": "receipt/1",
        "build": build,
        "as_of": job.as_of.isoformat(),
        "made": job.made.isoformat(),
        "request": _request(job, by.root),
        "decisions": [_decision(p, by.root) for p in prepared],
        "inputs": inputs,
        "notices": {permit.work: permit.notice.sha256 for permit in permits},
        "tools": {
            "kanyin": __version__,
            "python": platform.python_version(),
            **{name: importlib.metadata.version(name) for name in TOOLS},
        },
        "raster": engine(),
        "trust": _trust(by.register),
        "pdf": pdf,
        "log": log,
    }


def _request(job: Job, root: Path) -> dict[str, Any]:
    asked = {
        name: getattr(job, name)
        for name in ("command", "profile", "layout", "grantee", "work", "copies", "channel", "territory")
    }
    return {**asked, "parts": list(job.parts), "source": relative(job.source, root)}


def _decision(prepared: Prepared | PreparedPdf, root: Path) -> dict[str, Any]:
    decision = prepared.decision
    assert decision is not None
    permit = decision.permit
    return {
        "verdict": decision.verdict,
        "work": permit.work if permit else "",
        "grants": list(permit.grants) if permit else [],
        "unsigned": permit.unsigned if permit else False,
        "duties": [duty.id for duty in permit.duties] if permit else [],
        "reasons": [_reason(reason, root) for reason in decision.reasons],
    }


def _reason(reason: Reason, root: Path) -> dict[str, Any]:
    where = reason.where
    place = f"{relative(Path(where.file), root)}:{where.line}:{where.column}" if where and where.file else ""
    args = {key: text.replace(str(root), ".") for key, text in reason.args}
    return {"code": reason.code, "effect": reason.effect, "where": place, "args": args}


def _trust(register: Register) -> dict[str, Any]:
    trust = register.policy.trust
    return {"threshold": 0} if trust == "none" else {"threshold": trust.threshold, "keys": trust.grantor_keys}


def seal(payload: Any, key: SigningKey) -> bytes:
    return dsse.seal(TYPE, payload, [key])


def room(draft: Any) -> int:
    """Bytes that an envelope of such a payload takes, generously rounded up."""
    payload = len(canonical(draft)) + 200
    return -(-(payload * 4 // 3 + 1000) // _ROUND) * _ROUND


def log_entry(payload: Any, permits: Sequence[Permit], job: Job) -> dict[str, Any]:
    """What the log keeps of a build: enough to count by, and the digest of the receipt for the rest."""
    return {
        "build": payload["build"],
        "receipt": sha256(canonical(payload)),
        "pdf": payload["pdf"]["sha256"],
        "action": permits[0].action,
        "works": {permit.work: permit.notice.sha256 for permit in permits},
        "parts": list(job.parts),
        "grants": sorted({grant for permit in permits for grant in permit.grants}),
        "grantee": permits[0].grantee,
        "copies": job.copies,
        "profile": job.profile,
    }
