# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The file of public keys, schema `trust/1`: whose signature counts, for what and how long.

It is JSON, so that a program can write it, and is read by the same strict reader as everything people write. A key is
never removed: what it signed in its time stays provable. It ends by its last day, or at once when it is revoked.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from kanyin.config.scalars import Day, Id, Line, Sha256
from kanyin.config.yamlfile import load_file
from kanyin.findings import RightsError, Where, finding

_strict = ConfigDict(extra="forbid", str_strip_whitespace=False)

Role = Literal["grantor", "reviewer", "build"]
"""grantor: grants, statements, revocations; reviewer: exceptions and waivers; build: receipts and the log."""


@dataclass(frozen=True, config=_strict)
class TrustKey:
    """A public key. `keyid` is the SHA-256 of its 32 bytes; `holder` is the id in the register of who signs with it."""

    keyid: Sha256
    public: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{43}=$")]
    role: Role
    holder: Id
    since: Day
    until: Day
    revoked: Day | None = None
    replaces: str = ""
    name: Line = "-"
    where: Where = field(default_factory=Where)

    @property
    def raw(self) -> bytes:
        return base64.b64decode(self.public)

    def valid(self, day: date) -> bool:
        """Whether what it signs counts on that day. A revoked key counts on none: nobody knows since when it leaked."""
        return self.revoked is None and self.since <= day <= self.until

    def was_valid(self, day: date) -> bool:
        """Whether it counted on that day, as it was known then: for receipts, which the log dates."""
        return self.since <= day <= self.until and (self.revoked is None or day < self.revoked)


@dataclass(frozen=True, config=_strict)
class TrustStore:
    schema: Literal["trust/1"]
    keys: tuple[TrustKey, ...]

    def find(self, keyid: str) -> TrustKey | None:
        return next((key for key in self.keys if key.keyid == keyid), None)


def load_trust(path: Path) -> TrustStore:
    """Read the keys. Raises RightsError (exit 3): with keys that cannot be read nothing can be verified."""
    store, findings, _ = load_file(path, TrustStore)
    if store is None:
        raise RightsError(*findings)
    problems = []
    seen: set[str] = set()
    for key in store.keys:
        if key.keyid in seen:
            problems.append(finding("TRUST-TWICE", key.where, keyid=key.keyid))
        seen.add(key.keyid)
        if key.until < key.since:
            problems.append(finding("REGISTER-DATES", key.where, first=key.since, last=key.until))
        try:
            public = base64.b64decode(key.public, validate=True)
        except binascii.Error:
            public = b""
        if hashlib.sha256(public).hexdigest() != key.keyid or base64.b64encode(public).decode() != key.public:
            problems.append(finding("TRUST-KEYID", key.where, keyid=key.keyid))
    if problems:
        raise RightsError(*problems)
    return store


def render(store: TrustStore) -> bytes:
    """The file for a store: one key a line, so that a change shows which."""
    rows = []
    for key in store.keys:
        row: dict[str, Any] = {
            "keyid": key.keyid,
            "public": key.public,
            "role": key.role,
            "holder": key.holder,
            "name": key.name,
            "since": key.since.isoformat(),
            "until": key.until.isoformat(),
        }
        if key.replaces:
            row["replaces"] = key.replaces
        if key.revoked:
            row["revoked"] = key.revoked.isoformat()
        rows.append("  " + json.dumps(row, ensure_ascii=False))
    return ('{"schema": "trust/1", "keys": [\n' + ",\n".join(rows) + "\n]}\n").encode()
