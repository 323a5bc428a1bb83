# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Was signing given up behind the holders' backs? `trust: none` is a word in a file that anybody can edit.

So it is not believed where the project itself shows that its grants are signed: public keys of grantors, signed
envelopes, or a log that knows other public keys than those that lie there. All of these would have to be taken away as
well, and with them every receipt that could prove what is made then.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kanyin.config.policy import KEYS, LOG
from kanyin.findings import Finding, Where, finding

_SIGNED = ("grant", "statement", "exception")
"""Of waivers and receipts nobody else's right depends; they are signed in projects without signed grants too."""
_MOST = 4_000_000
"""Bytes: what is larger is neither an envelope nor a file of keys."""


def trust_dropped(where: Where, root: Path) -> Iterator[Finding]:
    """Findings on a register in the folder `root` that says `trust: none` at `where`; each names what speaks against.

    Paths of the keys and the log could be set by what was taken out, so that files are known by what they hold.
    """
    beside = [path for pattern in ("*.json", "*/*.json") for path in sorted(root.glob(pattern))]
    for path in beside:
        if _names_grantor(held := _json(path)) or _envelope(held):
            yield finding("REGISTER-TRUST-DROPPED", where, path=path.relative_to(root).as_posix())
    if _other_keys(root):
        yield finding("REGISTER-TRUST-DROPPED", where, path=LOG)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes()) if path.stat().st_size <= _MOST else None
    except (OSError, ValueError, RecursionError):
        return None


def _names_grantor(held: Any) -> bool:
    keys = held.get("keys") if isinstance(held, dict) and held.get("schema") == "trust/1" else None
    return isinstance(keys, list) and any(isinstance(key, dict) and key.get("role") == "grantor" for key in keys)


def _envelope(held: Any) -> bool:
    kind = held.get("payloadType") if isinstance(held, dict) else None
    return kind in [f"application/vnd.kanyin.{name}+json" for name in _SIGNED]


def _other_keys(root: Path) -> bool:
    """Whether the log announced a file of keys, and that is not the one that lies there."""
    try:
        lines = (root / LOG).read_bytes().splitlines()
        changes = [entry["body"]["keys"] for entry in map(json.loads, lines) if entry["kind"] == "trust"]
    except FileNotFoundError:
        return False
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return True
    keys = root / KEYS
    return bool(changes) and (not keys.is_file() or hashlib.sha256(keys.read_bytes()).hexdigest() != changes[-1])
