# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What a file held when it was read. Between the reading and the delivery of a PDF minutes may pass, and files change.

Whoever reads an input in any room tells it here, with the bytes that he goes on to use; a receipt then names those
bytes and not what happens to lie there later. Outside of `watching` nothing is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Seen:
    """The SHA-256 of each file as it was read first, by its resolved path; `twice` were read again and differed."""

    digests: dict[Path, str] = field(default_factory=dict)
    twice: set[Path] = field(default_factory=set)

    def note(self, path: Path, data: bytes) -> None:
        place, digest = path.resolve(), hashlib.sha256(data).hexdigest()
        if self.digests.setdefault(place, digest) != digest:
            self.twice.add(place)

    def adopt(self, digests: Mapping[Path, str]) -> None:
        """What another process has read."""
        for place, digest in digests.items():
            if self.digests.setdefault(place, digest) != digest:
                self.twice.add(place)

    def digest(self, path: Path) -> str:
        """Of what was read; a file that nobody needed until now is read here. Raises OSError."""
        if path.resolve() not in self.digests:
            self.note(path, path.read_bytes())
        return self.digests[path.resolve()]

    def changed(self) -> list[Path]:
        """The files that are not, or were not all the time, what they were when they were read first."""
        return sorted(path for path, digest in self.digests.items() if path in self.twice or _digest(path) != digest)


_watch: ContextVar[Seen | None] = ContextVar("seen", default=None)


@contextmanager
def watching() -> Iterator[Seen]:
    """Keep what is read from here on."""
    seen = Seen()
    token = _watch.set(seen)
    try:
        yield seen
    finally:
        _watch.reset(token)


def noted(path: Path, data: bytes) -> bytes:
    """The same bytes, kept as those that were read."""
    seen = _watch.get()
    if seen is not None:
        seen.note(path, data)
    return data


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
