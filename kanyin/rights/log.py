# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The log: what was decided to be printed, in a chain that cannot be changed in the middle or shortened unseen.

One line of canonical JSON an entry, each with the hash of the line before it. Beside the log lies the checkpoint, a
signed envelope that names the number of entries, the hash of the last one, and that entry itself. The checkpoint is
written first and whole (a rename), then the line: so when the power fails between the two, the next append completes
the line from the checkpoint. Writers and readers hold a lock on the log.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, NoReturn

from kanyin.config.trust import TrustStore
from kanyin.findings import KanyinError, RightsError, ToolError, Where, finding
from kanyin.rights import dsse
from kanyin.rights.canonical import canonical
from kanyin.rights.keys import SigningKey
from kanyin.tools.files import write_whole

TYPE = "application/vnd.kanyin.checkpoint+json"
START = "0" * 64
WAIT = 30.0
"""Seconds that a writer waits for another one."""
_KEYS = {"n", "prev", "as_of", "kind", "body"}


@dataclass(frozen=True)
class Entry:
    """One line. `kind` is trust, revoke or build; what `body` holds depends on it."""

    n: int
    prev: str
    as_of: date
    kind: str
    body: Any
    hash: str


@dataclass(frozen=True)
class Log:
    """A log that was read and found whole. `missing` is what an interrupted append still has to write."""

    path: Path
    entries: tuple[Entry, ...]
    missing: bytes = b""

    @property
    def head(self) -> str:
        return self.entries[-1].hash if self.entries else START

    @property
    def keys(self) -> str:
        """The digest of the file of public keys, as it was last changed by somebody who could sign."""
        return next((entry.body["keys"] for entry in reversed(self.entries) if entry.kind == "trust"), "")

    def head_after(self, size: int) -> str:
        """The hash of the last of the first `size` entries; empty when there are not so many."""
        if size == 0:
            return START
        return self.entries[size - 1].hash if 0 < size <= len(self.entries) else ""


def checkpoint_path(path: Path) -> Path:
    return path.with_name(path.name + ".checkpoint")


def read_log(path: Path, store: TrustStore) -> Log:
    """Read and check the whole log. Raises RightsError LOG-…."""
    try:
        with path.open("rb") as stream:
            _lock(stream, fcntl.LOCK_SH, path)
            return _checked(stream.read(), path, store)
    except OSError as error:
        raise RightsError(finding("LOG-MISSING", Where(str(path)), problem=error.strerror)) from error


class Writer:
    """A log that nobody else can write. `log` is what stands in it now."""

    def __init__(self, stream: IO[bytes], path: Path, store: TrustStore, key: SigningKey, log: Log) -> None:
        self._stream, self._path, self._store, self._key, self.log = stream, path, store, key, log

    def append(self, kind: str, as_of: date, body: Any) -> Entry:
        """Add an entry, on disk when this returns. Raises ToolError when it cannot be written; then nothing is added,
        or the entry counts and the next append completes it."""
        log = self.log
        known = self._store.find(self._key.keyid)
        if known is None or not known.valid(as_of):
            raise RightsError(finding("LOG-KEY", Where(str(self._path)), keyid=self._key.keyid[:16], as_of=as_of))
        line, entry = _line(len(log.entries), log.head, as_of, kind, body)
        value = {"size": entry.n + 1, "head": entry.hash, "as_of": as_of.isoformat(), "last": line.decode()}
        before = self._read_checkpoint()
        write_whole({checkpoint_path(self._path): dsse.seal(TYPE, value, [self._key])})
        end = self._stream.seek(0, os.SEEK_END)
        try:
            _write(self._stream, log.missing + line + b"\n")
            os.fsync(self._stream.fileno())
        except OSError as error:
            self._undo(end, before)
            problem = error.strerror or error
            raise ToolError(finding("FILES-NOT-WRITABLE", Where(str(self._path)), problem=problem)) from error
        self.log = Log(self._path, (*log.entries, entry))
        return entry

    def _read_checkpoint(self) -> bytes:
        path = checkpoint_path(self._path)
        return path.read_bytes() if path.exists() else b""

    def _undo(self, end: int, checkpoint: bytes) -> None:
        """Back to what stood there; where even that fails, the entry stays announced and counts as made."""
        with contextlib.suppress(OSError):
            os.ftruncate(self._stream.fileno(), end)
        with contextlib.suppress(KanyinError):
            if checkpoint:
                write_whole({checkpoint_path(self._path): checkpoint})


@contextmanager
def open_log(path: Path, store: TrustStore, key: SigningKey, *, begin: bool = False) -> Iterator[Writer]:
    """The log for writing, alone. `begin` allows that there is none yet.

    Raises RightsError LOG-… when it is damaged or the key may not sign it; ToolError LOG-BUSY, FILES-NOT-WRITABLE.
    """
    known = store.find(key.keyid)
    if known is None or known.role == "reviewer":
        raise RightsError(finding("LOG-KEY", Where(str(path)), keyid=key.keyid[:16], as_of="–"))
    begin = begin and not checkpoint_path(path).exists()
    try:
        if begin:
            path.parent.mkdir(parents=True, exist_ok=True)
        stream = path.open("a+b" if begin else "r+b", buffering=0)
    except FileNotFoundError as error:
        raise RightsError(finding("LOG-MISSING", Where(str(path)), problem=error.strerror)) from error
    except OSError as error:
        raise ToolError(finding("FILES-NOT-WRITABLE", Where(str(path)), problem=error.strerror)) from error
    with stream:
        _lock(stream, fcntl.LOCK_EX, path)
        stream.seek(0)
        data = stream.read()
        log = Log(path, ()) if begin and not data else _checked(data, path, store)
        yield Writer(stream, path, store, key, log)


def repair(path: Path, store: TrustStore) -> bool:
    """Complete an append that was interrupted. Returns whether there was one; the checkpoint has vouched for it."""
    with path.open("r+b", buffering=0) as stream:
        _lock(stream, fcntl.LOCK_EX, path)
        log = _checked(stream.read(), path, store)
        stream.seek(0, os.SEEK_END)
        _write(stream, log.missing)
        os.fsync(stream.fileno())
    return bool(log.missing)


def _write(stream: IO[bytes], data: bytes) -> None:
    """All of it: a disk that fills up takes a part and says so only when asked again."""
    while data:
        data = data[os.write(stream.fileno(), data) :]


def _lock(stream: IO[bytes], kind: int, path: Path) -> None:
    until = time.monotonic() + WAIT
    while True:
        try:
            fcntl.flock(stream, kind | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > until:
                raise ToolError(finding("LOG-BUSY", Where(str(path)))) from None
            time.sleep(0.02)


def _line(n: int, prev: str, as_of: date, kind: str, body: Any) -> tuple[bytes, Entry]:
    line = canonical({"n": n, "prev": prev, "as_of": as_of.isoformat(), "kind": kind, "body": body})
    return line, Entry(n, prev, as_of, kind, body, hashlib.sha256(line).hexdigest())


def _checked(data: bytes, path: Path, store: TrustStore) -> Log:
    size, head, last = _checkpoint(path, store)
    *lines, rest = data.split(b"\n")
    entries: list[Entry] = []
    for number, line in enumerate(lines, 1):
        entries.append(_entry(line, number, entries[-1].hash if entries else START, path))
    if len(entries) == size and not rest:
        if entries[-1].hash != head:
            _broken(path, size)
        return Log(path, tuple(entries))
    wanted = last + b"\n"
    if len(entries) == size - 1 and wanted.startswith(rest):
        final = _entry(last, size, entries[-1].hash if entries else START, path)
        if final.hash == head:
            return Log(path, (*entries, final), wanted[len(rest) :])
    if len(entries) < size:
        raise RightsError(finding("LOG-TRUNCATED", Where(str(path), len(entries) + 1), found=len(entries), size=size))
    raise RightsError(finding("LOG-UNATTESTED", Where(str(path), size + 1), size=size))


def _checkpoint(path: Path, store: TrustStore) -> tuple[int, str, bytes]:
    """Number of entries, hash of the last, and the last line, as signed."""
    where = Where(str(checkpoint_path(path)))
    try:
        envelope = dsse.read(checkpoint_path(path).read_bytes(), TYPE)
        value = envelope.value
        size, head, last, day = value["size"], value["head"], value["last"], date.fromisoformat(value["as_of"])
    except OSError as error:
        raise RightsError(finding("LOG-CHECKPOINT", where, problem=error.strerror)) from error
    except (dsse.EnvelopeError, KeyError, TypeError, ValueError) as error:
        raise RightsError(finding("LOG-CHECKPOINT", where, problem=error)) from error
    for keyid, signature in envelope.signatures:
        key = store.find(keyid)
        # one that has run out signed in its time; one that was revoked may be in anybody's hands
        usable = key is not None and key.role != "reviewer" and key.valid(day)
        if key is None or not usable or not envelope.signed_by(key.raw, signature):
            raise RightsError(finding("LOG-CHECKPOINT", where, problem=f"keyid {keyid[:16]}"))
    return size, head, last.encode()


def _entry(line: bytes, number: int, prev: str, path: Path) -> Entry:
    try:
        value = json.loads(line)
        if set(value) != _KEYS or value["n"] != number - 1 or value["prev"] != prev or canonical(value) != line:
            _broken(path, number)
        return _line(value["n"], prev, date.fromisoformat(value["as_of"]), value["kind"], value["body"])[1]
    except (ValueError, TypeError, KeyError, RecursionError):
        _broken(path, number)


def _broken(path: Path, number: int) -> NoReturn:
    raise RightsError(finding("LOG-BROKEN", Where(str(path), number)))
