# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Pages of an article kept for the next build of its issue, so that a change in one article is laid out there alone.

What is kept is locked with a key that is made of everything the pages depend on: the HTML, the permits under which it
was typeset, the layout, the fonts, the program and what it lays out with. Who has no permit has no key; a page of
another day's text, layout or licence does not open. So it is with a secret of this user's, and outside every project.
Only what was delivered is kept, unstamped; the folder may be deleted at any time.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.metadata
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from kanyin.config.issue import Folio
from kanyin.config.job import Job
from kanyin.model import Permit
from kanyin.pipeline.remembered import folder, own_secret, program, states
from kanyin.pipeline.sheets import Sheet
from kanyin.seen import Seen
from kanyin.tools.locked import lock, unlock

ENGINE = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "fonttools", "pillow", "pyphen", "pikepdf")
_LIBRARIES = (("libpango-1.0.so.0", "pango_version_string"), ("libharfbuzz.so.0", "hb_version_string"))
_DAYS = {"as_of", "reasons", "key"}
"""Of a permit: the day it was given, and what was said that day. The decision is made anew each time."""


@dataclass(frozen=True)
class Kept:
    """The pages of one article as they were delivered last, with the files that were read for them."""

    folio: Folio
    count: int
    data: bytes
    used: tuple[Path, ...]


@dataclass(frozen=True)
class Shelf:
    """Where the pages of one job are kept; without a secret nothing is."""

    job: Job
    secret: bytes
    base: bytes

    @classmethod
    def of(cls, job: Job) -> Shelf:
        outside = not folder().resolve().is_relative_to(job.places.root.resolve())
        return cls(job, own_secret() if outside else b"", _base(job))

    def find(self, source: Path, sheet: Sheet, permits: Iterable[Permit], seen: Seen) -> Kept | None:
        """The kept pages of this sheet, whatever folio they begin on, if every file is as it was."""
        if not self.secret:
            return None
        try:
            held = self._slot(source).read_bytes()
        except OSError:
            return None
        opened = unlock(held, self.secret, self._made_from(sheet, permits))
        if opened is None:
            return None
        told, data = opened.split(b"\n", 1)
        value = json.loads(told)
        used = {Path(path): digest for path, digest in value["used"]}
        try:
            if any(seen.digest(path) != digest for path, digest in used.items()):
                return None
        except OSError:
            return None
        return Kept(Folio(*value["folio"]), value["count"], data, tuple(used))

    def keep(self, source: Path, sheet: Sheet, permits: Iterable[Permit], kept: Kept, seen: Seen) -> None:
        """Where it cannot be written nothing is kept, and the next build lays out again."""
        if not self.secret:
            return
        told = {
            "folio": [kept.folio.prefix, kept.folio.number],
            "count": kept.count,
            "used": [(str(path), seen.digest(path)) for path in kept.used],
        }
        data = json.dumps(told).encode() + b"\n" + kept.data
        place = self._slot(source)
        part = place.with_name(f".{secrets.token_hex(8)}")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(lock(data, self.secret, self._made_from(sheet, permits)))
            part.replace(place)
        except OSError:
            part.unlink(missing_ok=True)

    def _slot(self, source: Path) -> Path:
        """One file an article of a job, so that what is outdated is overwritten and the folder does not grow."""
        job = self.job
        told = (job.source, source, job.command, job.profile, job.layout, job.grantee, job.channel, job.parts)
        name = hashlib.sha256("\0".join(map(str, told)).encode()).hexdigest()
        return folder() / "pages" / name

    def _made_from(self, sheet: Sheet, permits: Iterable[Permit]) -> bytes:
        told = [self.base.hex(), sheet.html, repr(sheet.layout), *map(str, sheet.roots), sheet.profile, sheet.filler]
        return "\0".join([*told, *map(_terms, permits)]).encode("utf-8", "surrogateescape")


def _terms(permit: Permit) -> str:
    return repr([(f.name, getattr(permit, f.name)) for f in fields(permit) if f.name not in _DAYS])


def _base(job: Job) -> bytes:
    """A digest of what all pages of a job are made with: program, engine, layouts, fonts."""
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ENGINE]
    told = [program(), *versions, *_shapers(), *_contents(job.places.layouts), *states(job.places.fonts, False)]
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogateescape")).digest()


def _contents(root: Path) -> list[str]:
    paths = sorted(path for path in root.rglob("*") if path.is_file())
    return [f"{path} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in paths]


@cache
def _shapers() -> list[str]:
    """The versions of what shapes text; a library that does not tell its version is named without one."""
    found = []
    for library, name in _LIBRARIES:
        try:
            ask = getattr(ctypes.CDLL(library), name)
            ask.restype = ctypes.c_char_p
            found.append(f"{library} {ask().decode()}")
        except (OSError, AttributeError):
            found.append(library)
    return found
