# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""`rights log`: is the log whole, is it the one that was known elsewhere, and does it hold these receipts?

A log that was rolled back together with its checkpoint is in itself without fault; only who remembers a later head, or
a receipt that came after, can tell. So both can be given.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kanyin.config.job import Places
from kanyin.config.register import load_register
from kanyin.config.trust import TrustStore
from kanyin.findings import ExitCode, Finding, RightsError, UsageError, Where, finding
from kanyin.pipeline import receipts
from kanyin.pipeline.accounts import accounted, restored
from kanyin.pipeline.outcome import Outcome, has_errors
from kanyin.rights import dsse
from kanyin.rights.log import Log, repair
from kanyin.rights.prove import marked, project_log, trust_store
from kanyin.tools.files import sha256


def log_outcome(
    places: Places, witnesses: Sequence[Path] = (), *, head: str = "", mend: bool = False
) -> tuple[Outcome, dict[str, Any]]:
    """Check the log; `head` is a hash that has to be in it, `witnesses` are receipts or folders of them.

    Raises RightsError LOG-… when the chain or its checkpoint is damaged, or when the log in which the head has to be
    is gone; UsageError when there is no log and nobody says that there was one.
    """
    register = load_register(places.rights)
    store = trust_store(register, places.root)
    path = places.root / register.log
    if mend and store and path.is_file():
        repair(path, store)
    log = project_log(register, places.root, store) if register.log else None
    if log is None or store is None:
        if head:  # there was one once: it was taken away, and perhaps with it all that showed that grants are signed
            raise RightsError(finding("LOG-HEAD", Where(str(places.rights)), head=head))
        raise UsageError(finding("LOG-NONE", Where(str(places.rights))))
    findings: list[Finding] = []
    if mend and (made := restored(log, register, places.rights)):
        findings.append(made)
    try:
        marks = [mark for entry in log.entries if entry.kind == "build" and (mark := marked(entry.body))]
        accounted(marks[-1] if marks else None, register, places.rights)
    except RightsError as error:
        findings += error.findings
    if log.missing:
        findings.append(finding("LOG-INTERRUPTED", Where(str(path), len(log.entries))))
    if head and head not in {entry.hash for entry in log.entries}:
        findings.append(finding("LOG-HEAD", Where(str(path)), head=head))
    for witness in witnesses:
        found = sorted(witness.rglob("*.receipt.json")) if witness.is_dir() else [witness]
        findings += [f for receipt in found for f in _witness(receipt, log, store)]
    if not has_errors(findings):
        findings.append(finding("LOG-WHOLE", Where(str(path)), count=len(log.entries), head=log.head))
    code = ExitCode.RIGHTS if has_errors(findings) else ExitCode.OK
    entries = [{**dataclasses.asdict(entry), "as_of": entry.as_of.isoformat()} for entry in log.entries]
    return Outcome(tuple(findings), exit=code, source=str(path)), {
        "size": len(log.entries),
        "head": log.head,
        "entries": entries,
    }


def _witness(path: Path, log: Log, store: TrustStore) -> Iterator[Finding]:
    """A receipt stands in the log where it says, after the entry that it says."""
    try:
        envelope = dsse.read(path.read_bytes(), receipts.TYPE)
    except (OSError, dsse.EnvelopeError) as error:
        yield finding("VERIFY-RECEIPT-UNREADABLE", Where(str(path)), problem=error)
        return
    known = [store.find(keyid) for keyid, _ in envelope.signatures]
    good = all(k and envelope.signed_by(k.raw, sig) for k, (_, sig) in zip(known, envelope.signatures, strict=True))
    if not good:
        yield finding("VERIFY-RECEIPT-UNREADABLE", Where(str(path)), problem="signature")
        return
    said = envelope.value
    number = said["log"]["size"]
    entry = log.entries[number] if number < len(log.entries) else None
    if entry is None or log.head_after(number) != said["log"]["head"] or entry.kind != "build":
        held = False
    else:
        held = entry.body["receipt"] == sha256(envelope.payload)
    if not held:
        yield finding("LOG-FORK", Where(str(path)), build=said["build"], number=number + 1)
