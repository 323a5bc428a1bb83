# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Who signs what a project makes: its build key, with the public keys and the log beside it.

A register that demands signatures is not served without one. Where it says `trust: none`, a project without a key
builds without receipts, and every build says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kanyin.config.job import Job
from kanyin.config.register import Register
from kanyin.config.trust import TrustStore
from kanyin.findings import Finding, RightsError, Where, finding
from kanyin.rights.keys import SigningKey, load
from kanyin.rights.prove import trust_store


@dataclass(frozen=True)
class Signer:
    """`key` is None where nothing is signed; `log` is None where nothing is logged."""

    register: Register
    root: Path
    key: SigningKey | None = None
    store: TrustStore | None = None
    log: Path | None = None

    @property
    def findings(self) -> list[Finding]:
        return [] if self.key else [finding("RECEIPT-NONE", Where(str(self.root / self.register.where.file)))]


def signer(register: Register, job: Job) -> Signer:
    """The signer of a job. Raises RightsError when one is demanded and there is none, or its key is not trusted."""
    root, path = job.places.root, job.places.signing_key
    demanded = register.policy.trust != "none"
    if not path.exists() and not demanded and job.places.key is None and job.places.certificate is None:
        return Signer(register, root)
    key = load(path)
    store = trust_store(register, root)
    known = store.find(key.keyid) if store else None
    if store is None or known is None or known.role != "build" or not known.valid(job.made):
        raise RightsError(finding("RECEIPT-KEY", Where(str(path)), keyid=key.keyid[:16], as_of=job.made))
    return Signer(register, root, key, store, root / register.log if register.log else None)
