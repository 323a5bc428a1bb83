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
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kanyin.config.policy import KEYS, LOG
from kanyin.findings import Finding, Where, finding

_SIGNED = ("grant", "statement", "exception")
"""Of waivers and receipts nobody else's right depends; they are signed in projects without signed grants too."""
_MOST = 4_000_000
"""Bytes: what is larger is neither an envelope nor a file of keys."""
FILES = 200_000
"""So many files are looked at; of what lies in more of them nothing can be said."""
_APART = (".git", ".venv", "build", "node_modules")
"""Folders beside the register that hold nothing of the project's own, or what can be made again."""
_MARKS = (b"trust/1", b"vnd.kanyin.")
"""One of these stands in every file of keys and every envelope as they are written."""
_ENTRY = {"n", "prev", "as_of", "kind", "body"}


def trust_dropped(where: Where, root: Path) -> Iterator[Finding]:
    """Findings on a register in the folder `root` that says `trust: none` at `where`; each names what speaks against.

    Paths of the keys and the log could be set by what was taken out, and files be moved, so that all files of the
    project are known by what they hold.
    """
    logs: dict[str, list[str]] = {}
    for number, path in enumerate(_files(root)):
        name = path.relative_to(root).as_posix()
        if number >= FILES:
            yield finding("REGISTER-TRUST-FILES", where, most=FILES)
            return
        if not _braced(path):
            continue
        if _names_grantor(held := _json(path)) or _envelope(held):
            yield finding("REGISTER-TRUST-DROPPED", where, path=name)
        elif name != LOG and (announced := _announced(path)):
            logs[name] = announced
    if _other_keys(root):
        yield finding("REGISTER-TRUST-DROPPED", where, path=LOG)
    known = {_digest(root / KEYS), *_announced(root / LOG)}
    for name, announced in logs.items():
        if announced[-1] not in known:
            yield finding("REGISTER-TRUST-DROPPED", where, path=name)


def _files(root: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(root):
        folders.sort()
        if Path(base) == root:
            folders[:] = [name for name in folders if name not in _APART]
        yield from (Path(base, name) for name in sorted(names))


def _braced(path: Path) -> bool:
    """Whether a file begins as JSON does: few do, and only those are read."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # a pipe would be waited for
    except OSError:
        return False
    try:
        return os.read(number, 64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    except OSError:
        return False
    finally:
        os.close(number)


def _announced(path: Path) -> list[str]:
    """The digests of files of keys that a log announces; none where the file is no log."""
    found = []
    try:
        with path.open("rb") as stream:
            for line in stream:
                if b'"prev"' not in line:
                    break
                entry = json.loads(line)
                if not isinstance(entry, dict) or entry.keys() != _ENTRY:
                    break
                if entry["kind"] == "trust":
                    found.append(str(entry["body"]["keys"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass  # what was read until there counts
    return found


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _json(path: Path) -> Any:
    try:
        data = path.read_bytes() if path.stat().st_size <= _MOST else b""
        return json.loads(data) if any(mark in data for mark in _MARKS) else None
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
    return bool(changes) and _digest(root / KEYS) != changes[-1]
