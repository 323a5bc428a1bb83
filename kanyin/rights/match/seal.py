# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The files beside an index: its key, and the seal by which a changed index is known.

`NAME.key` is the secret under which the fingerprints are made; only its owner can read it, and it does not belong into
a repository: with it one can test whether a known sentence is in a work, without it the index is noise. `NAME.seal`
holds a digest of everything stored, signed with the key. An index without its key or its seal, or with one that does
not agree, is refused: somebody may have taken a work out.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
import sqlite3
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from kanyin.findings import RightsError, ToolError, Where, finding
from kanyin.rights.match.store import SqliteStore, Store, written
from kanyin.seen import noted

if TYPE_CHECKING:
    from kanyin.rights.match.index import Index

KEY_BYTES = 32


def open_sealed(path: Path, *, create: bool = False) -> Index:
    """Open the SQLite index at `path`. Raises RightsError; ToolError when a new one cannot be written."""
    from kanyin.rights.match.index import Index

    if not path.is_file() and not create:
        raise RightsError(finding("MATCH-INDEX-MISSING", Where(str(path))))
    fresh = not path.exists()
    key = read_key(path, create=fresh)
    if not fresh:
        with path.open("rb") as file:
            from hashlib import file_digest

            prove(path, key, file_digest(file, "sha256").hexdigest())
    try:
        with written(path) if fresh else nullcontext():
            return Index(SqliteStore(path), key)
    except sqlite3.Error as error:
        raise RightsError(finding("MATCH-INDEX-DAMAGED", Where(str(path)), reason=error)) from error


def open_served(path: Path, server: str, *, create: bool = False) -> Index:
    """Open the index that a server keeps; its key and seal lie beside `path`. `create` is for who writes into it.

    Raises RightsError when the server does not answer or what it holds was changed, ToolError without its driver.
    """
    from kanyin.rights.match.index import Index

    try:
        from kanyin.rights.match.postgres import PostgresStore
    except ImportError as error:
        raise ToolError(finding("MATCH-SERVER-LIBRARY", Where(str(path)))) from error
    if not create and not beside(path, "key").exists():
        raise RightsError(finding("MATCH-KEY-MISSING", Where(str(beside(path, "key")))))
    store = PostgresStore(server, writing=create)
    try:
        fresh = create and not store.extents() and not beside(path, "seal").exists()
        key = read_key(path, create=fresh)
        if not fresh:
            prove(path, key, store.digest())
        return Index(store, key)
    except BaseException:
        store.close()
        raise


def read_key(path: Path, *, create: bool) -> bytes:
    """The key of the index at `path`; a new one when there is none and `create` is true. Raises RightsError."""
    place = beside(path, "key")
    try:
        key = bytes.fromhex(place.read_text("ascii").strip())
    except FileNotFoundError:
        if not create:
            raise RightsError(finding("MATCH-KEY-MISSING", Where(str(place)))) from None
        key = secrets.token_bytes(KEY_BYTES)
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(key.hex() + "\n")
    except (OSError, ValueError) as error:
        raise RightsError(finding("MATCH-KEY-UNREADABLE", Where(str(place)), reason=error)) from error
    if len(key) != KEY_BYTES:
        raise RightsError(finding("MATCH-KEY-UNREADABLE", Where(str(place)), reason=len(key)))
    return key


def prove(path: Path, key: bytes, digest: str) -> None:
    """Hold a digest of what is stored against the seal. Raises RightsError when they differ."""
    place = beside(path, "seal")
    try:
        seal = json.loads(noted(place, place.read_bytes()))
        agrees = hmac.compare_digest(str(seal["digest"]), digest)
        agrees &= hmac.compare_digest(str(seal["signature"]), _signature(key, digest))
    except FileNotFoundError:
        raise RightsError(finding("MATCH-SEAL-MISSING", Where(str(place)))) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RightsError(finding("MATCH-SEAL-UNREADABLE", Where(str(place)), reason=error)) from error
    if not agrees:
        raise RightsError(finding("MATCH-INDEX-CHANGED", Where(str(path)), seal=place.name))


def write_seal(path: Path, key: bytes, store: Store) -> None:
    """Seal what the store holds now. To be called after every `save`."""
    digest = store.digest()
    text = json.dumps({"digest": digest, "signature": _signature(key, digest)}, indent=1) + "\n"
    place = beside(path, "seal")
    part = place.with_name(place.name + ".part")
    part.write_text(text, "utf-8")
    part.replace(place)


def beside(path: Path, kind: str) -> Path:
    return path.with_name(f"{path.name}.{kind}")


def _signature(key: bytes, digest: str) -> str:
    return hmac.digest(key, b"kanyin-index-seal\0" + digest.encode(), "sha256").hex()
