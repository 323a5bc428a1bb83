# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Read the signatures, the keys and the log of a project into evidence for a decision.

Whatever cannot be read or does not hold becomes a proof that fails, so that one bad file refuses what rests on it and
nothing else; a log or a file of keys that is damaged refuses everything that rests on any signature.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from kanyin.config.policy import Trust
from kanyin.config.register import Register
from kanyin.config.trust import TrustStore, load_trust
from kanyin.findings import KanyinError, RightsError, Where, finding
from kanyin.rights import dsse
from kanyin.rights.canonical import differences
from kanyin.rights.evidence import UNSIGNED, Evidence, Printed, Proof, Used, no
from kanyin.rights.log import Log, read_log
from kanyin.rights.signed import ROLES, Signable, signables
from kanyin.seen import noted


def trust_store(register: Register, root: Path) -> TrustStore | None:
    """The public keys of a project, or None where it has none. Raises RightsError."""
    path = root / register.keys
    if not path.exists() and register.policy.trust == "none":
        return None
    return load_trust(path)


def project_log(register: Register, root: Path, store: TrustStore | None, log: Log | None = None) -> Log | None:
    """The log of a project, or None where it has none and needs none; one that was read already may be given.

    Raises RightsError when it is damaged, or does not know the public keys as they are.
    """
    path = root / register.log
    if not register.log or store is None or (not path.exists() and register.policy.trust == "none"):
        return None
    log = log or read_log(path, store)
    if log.keys != _file_digest(root / register.keys):
        raise RightsError(finding("TRUST-CHANGED", Where(str(root / register.keys)), log=path.name))
    return log


def _file_digest(path: Path) -> str:
    import hashlib

    return hashlib.sha256(noted(path, path.read_bytes())).hexdigest()


def prove(register: Register, root: Path, day: date, log: Log | None = None) -> Evidence:
    """Everything that can be known of a register in the folder `root` on a day. Raises nothing.

    `log` is given by who holds it locked; else it is read.
    """
    demanded = isinstance(register.policy.trust, Trust)
    try:
        store = trust_store(register, root)
        log = project_log(register, root, store, log)
    except KanyinError as error:
        broken = no("RIGHTS-PROOF-BROKEN", problem=f"{error.findings[0].code} {error.findings[0].where}")
        return _collected({entry: broken for entry in signables(register)}, None)
    proofs: dict[Signable, Proof] = {}
    threshold = register.policy.trust.threshold if isinstance(register.policy.trust, Trust) else 1
    for entry in signables(register):
        if store is None:
            proofs[entry] = UNSIGNED
        elif demanded or entry.kind == "waiver":
            proofs[entry] = proof(entry, root, store, threshold, day)
    return _collected(proofs, log)


def proof(entry: Signable, root: Path, store: TrustStore, threshold: int, day: date) -> Proof:
    """Whether an entry stands as enough trusted keys signed it."""
    path = root / entry.file
    if not path.resolve().is_relative_to(root.resolve()):
        return no("RIGHTS-PROOF-UNREADABLE", file=entry.file)
    try:
        envelope = dsse.read(noted(path, path.read_bytes()), entry.type)
    except FileNotFoundError:
        return no("RIGHTS-PROOF-MISSING")
    except (OSError, dsse.EnvelopeError):
        return no("RIGHTS-PROOF-UNREADABLE", file=entry.file)
    count = 0
    lapsed = ""
    for keyid, signature in envelope.signatures:
        key = store.find(keyid)
        if key is None or key.role != ROLES[entry.kind] or key.holder != entry.holder:
            return no("RIGHTS-PROOF-KEY", keyid=keyid[:16], holder=entry.holder)
        if not envelope.signed_by(key.raw, signature):
            return no("RIGHTS-PROOF-SIGNATURE", file=entry.file)
        if key.valid(day):
            count += 1
        else:
            lapsed = keyid[:16]
    if count < threshold:
        if lapsed and count == 0:
            return no("RIGHTS-PROOF-LAPSED", keyid=lapsed, as_of=day)
        return no("RIGHTS-PROOF-THRESHOLD", count=count, threshold=threshold)
    if envelope.value != entry.payload:
        fields = ", ".join(list(differences(envelope.value, entry.payload))[:4])
        return no("RIGHTS-PROOF-DIFFERS", file=entry.file, fields=fields)
    return Proof()


def _collected(proofs: dict[Signable, Proof], log: Log | None) -> Evidence:
    by_kind: dict[str, dict[str, Proof]] = {"grant": {}, "statement": {}, "exception": {}, "waiver": {}}
    for entry, found in proofs.items():
        by_kind[entry.kind][entry.id] = found
    evidence = Evidence(by_kind["grant"], by_kind["statement"], by_kind["exception"], by_kind["waiver"])
    return evidence if log is None else _counted(evidence, log)


def _counted(evidence: Evidence, log: Log) -> Evidence:
    used: dict[str, Used] = {}
    revoked: dict[str, tuple[date, Where]] = {}
    printed: dict[str, Printed] = {}
    latest: date | None = None
    ledger: tuple[int, str] | None = None
    for number, entry in enumerate(log.entries, 1):
        body = entry.body
        if entry.kind == "revoke":
            day, where = date.fromisoformat(body["from"]), Where(str(log.path), number)
            first = revoked.get(body["grant"])
            revoked[body["grant"]] = (day, where) if first is None else min(first, (day, where))
        elif entry.kind == "build":
            ledger = marked(body) or ledger
            for grant in body["grants"]:
                before = used.get(grant, Used())
                used[grant] = Used(before.builds + 1, before.copies + body["copies"])
                latest = max(latest or entry.as_of, entry.as_of)
            if body["action"] == "publish":
                for work, notice in body["works"].items():
                    printed.setdefault(work, Printed(entry.as_of, body["build"], notice))
    return replace(evidence, used=used, revoked=revoked, printed=printed, latest=latest, ledger=ledger)


def marked(body: Any) -> tuple[int, str] | None:
    """What an entry of the log says of the ledger after its build; None where none was kept."""
    held = body.get("ledger")
    return (int(held["count"]), str(held["sha256"])) if held else None
