# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The part of the register that says how it is to be used: whose signatures count, and the house's limits."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from kanyin.config.scalars import Count, Share
from kanyin.findings import Where

KEYS = "trust/keys.json"
LOG = "rights.log.jsonl"
"""Where the public keys and the log are, from the folder of the register, unless its policy says otherwise."""

SERVER = "postgresql://"
INDEX = "rights.index"
"""By this name key, seal and ledger lie beside the register when the index itself is on a server."""

_strict = ConfigDict(extra="forbid", str_strip_whitespace=False)


@dataclass(frozen=True, config=_strict)
class ExcerptLimits:
    """House limits for text found by comparison: run in characters, shares from 0 to 1. They never permit.

    `index` is the file of the index, or the address of a PostgreSQL server that keeps it, without a password; it is
    filled by `rights index`. Where it is named, nothing is decided without it.
    """

    min_run: Count = 16
    review_share: Share = 0.02
    deny_share: Share = 0.10
    deny_chars: Count = 2500
    index: str = ""
    whitelist: tuple[Literal["references", "affiliations", "statute_text"], ...] = ()

    @property
    def server(self) -> str:
        """The address of the server that keeps the index; empty when a file does."""
        return self.index if self.index.startswith(SERVER) else ""

    @property
    def place(self) -> str:
        """The file of the index, or the name that lies beside it in the names of its key, seal and ledger."""
        return INDEX if self.server else self.index


@dataclass(frozen=True, config=_strict)
class Trust:
    """Whose signatures count: the file of the grantors' keys, how many have to sign, and the log.

    There is no trust without a log: it keeps revocations and counters that nobody can take out of the register.
    """

    grantor_keys: str
    threshold: Annotated[Count, Field(ge=1)] = 1
    log: Annotated[str, Field(min_length=1)] = LOG


@dataclass(frozen=True, config=_strict)
class Policy:
    """`trust: none` says openly that grants are not signed; then every output says so too."""

    trust: Literal["none"] | Trust
    default: Literal["deny"] = "deny"
    conflict: Literal["forbid_overrides"] = "forbid_overrides"
    excerpt: ExcerptLimits = field(default_factory=ExcerptLimits)
    where: Where = field(default_factory=Where)
