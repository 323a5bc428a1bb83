# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Readings kept for the next `check`, so that sources that did not change are not read and compared again.

What is kept is what a source says, never whether it may be printed: that is decided anew each time. A kept reading is
used only when everything it was made from is the same (the files by their content, the program, the layouts, the fonts,
the index), and only when it bears the mark of a secret that this user alone can read: who can write into the folder,
or brings it along from elsewhere, cannot make a source say something else. The folder may be deleted at any time.
Only `check` uses it; what is printed is always read.
"""

from __future__ import annotations

import hashlib
import hmac
import importlib.metadata
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path

import kanyin
from kanyin.config.job import Job
from kanyin.pipeline.known import Known
from kanyin.pipeline.measure import index_path
from kanyin.pipeline.plain import dump, load
from kanyin.pipeline.prepared import Reading

MOST = 2000
"""A source folder with more files than this is read every time: to look at them all would take as long."""
_MARK, _KEY = 32, 32
READERS = ("markdown-it-py", "pyyaml", "ziamath", "pydantic", "numpy")
"""Libraries whose version can change what a source says."""


def folder() -> Path:
    """Where readings are kept: a folder of the user's, outside every project."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "kanyin"


def recall(job: Job, known: Known, folders: Iterable[Path]) -> tuple[str, tuple[Reading, ...]]:
    """What has to be the same for the readings of this job to hold, and those that are kept for that, else none.

    `folders` are those of its sources.
    """
    wanted = _inputs(job, known, folders)
    secret = own_secret() if wanted else b""
    if not secret:
        return "", ()
    try:
        data = _slot(job).read_bytes()
    except OSError:
        return wanted, ()
    mark, key, body = data[:_MARK], data[_MARK : _MARK + _KEY], data[_MARK + _KEY :]
    if key.hex() != wanted or not hmac.compare_digest(mark, _marked(secret, key + body)):
        return wanted, ()
    try:
        return wanted, load(body)
    except ValueError:
        return wanted, ()


def keep(job: Job, wanted: str, readings: tuple[Reading, ...]) -> None:
    """Keep readings; where they cannot be written nothing is kept, and the next check reads again."""
    secret = own_secret() if wanted else b""
    if not secret:
        return
    payload = bytes.fromhex(wanted) + dump(readings)
    place = _slot(job)
    part = place.with_name(f".{secrets.token_hex(8)}")
    try:  # no care for power cuts: half a file has no mark that holds
        place.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(_marked(secret, payload) + payload)
        part.replace(place)
    except OSError:
        part.unlink(missing_ok=True)


def _slot(job: Job) -> Path:
    """One file a source, so that what is outdated is overwritten and the folder does not grow."""
    name = hashlib.sha256(f"{job.source}\0{job.layout}".encode()).hexdigest()
    return folder() / name[:2] / name[2:]


def _marked(secret: bytes, data: bytes) -> bytes:
    return hmac.digest(secret, b"kanyin-reading\0" + data, "sha256")


@cache
def _secret_at(place: Path) -> bytes:
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not place.exists():
            fresh = place.with_name(f".{secrets.token_hex(8)}")
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(32))
            fresh.rename(place)
        with place.open("rb") as file:
            state = os.fstat(file.fileno())
            ours = stat.S_ISREG(state.st_mode) and state.st_uid == os.getuid() and not state.st_mode & 0o077
            secret = file.read(64)
    except OSError:
        return b""
    return secret if ours and len(secret) == 32 else b""


def own_secret() -> bytes:
    """The user's secret; empty when there can be none, or when others can read it."""
    return _secret_at(folder() / "secret")


def _inputs(job: Job, known: Known, folders: Iterable[Path]) -> str:
    """A digest of everything that readings are made from; empty when that cannot be told."""
    if folder().resolve().is_relative_to(job.places.root.resolve()):
        return ""  # whoever can write into a project, or sends one, could write its cache and the secret as well
    files = list(islice(_below(folders), MOST + 1))
    if len(files) > MOST:
        return ""
    asked = replace(job, as_of=date.min, today=None)
    told = [repr(asked), repr(known.register.policy.excerpt), program()]
    told += known.once(states, job.places.layouts) + known.once(states, job.places.fonts, False)
    if index := index_path(known.register, job):
        told.append(known.once(_sha256, job.places.rights))  # who holds which work, and how it is cited, counts too
        told += known.once(states, index.parent, False, index.name)
    try:
        told += [f"{path} {_sha256(path)}" for path in files]
    except OSError:
        return ""
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogateescape")).hexdigest()


def _below(roots: Iterable[Path]) -> Iterator[Path]:
    """The files below folders, in order."""
    for root in dict.fromkeys(roots):
        for base, folders, names in os.walk(root):
            folders.sort()
            paths = (Path(base, name) for name in sorted(names))
            yield from (path for path in paths if path.is_file())  # who opens a pipe waits for ever


def states(root: Path, deep: bool = True, beginning: str = "") -> list[str]:
    """Name, size and time of the files of a folder."""
    paths = sorted(root.rglob("*") if deep else root.glob("*"))
    kept = (path for path in paths if path.name.startswith(beginning) and path.is_file())
    return [f"{path} {found.st_size} {found.st_mtime_ns}" for path in kept for found in [path.stat()]]


@cache
def program() -> str:
    """What the program is: its own files, and the versions of what it reads with."""
    root = Path(kanyin.__file__).parent
    paths = sorted(path for path in root.rglob("*") if path.suffix in (".py", ".toml", ".txt"))
    versions = [f"{name} {importlib.metadata.version(name)}" for name in READERS]
    return hashlib.sha256("\0".join([*versions, *map(_sha256, paths)]).encode()).hexdigest()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
