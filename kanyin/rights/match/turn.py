# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Whose turn it is: one process at a time counts passages and delivers, or writes the index.

A project without a build key has no log whose lock would do. The lock is a file of its own: SQLite locks the files of
index and ledger itself, and would lose its locks with any other handle of theirs that is closed.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kanyin.findings import ToolError, Where, finding

WAIT = 30.0
"""Seconds that a process waits for its turn."""


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold `PATH.lock`; a process that dies gives it back. Raises ToolError MATCH-BUSY, FILES-NOT-WRITABLE."""
    place = path.with_name(f"{path.name}.lock")
    try:
        stream = place.open("ab")
    except OSError as error:
        raise ToolError(finding("FILES-NOT-WRITABLE", Where(str(place)), problem=error.strerror)) from error
    with stream:
        until = time.monotonic() + WAIT
        while True:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise ToolError(finding("MATCH-BUSY", Where(str(place)))) from None
                time.sleep(0.02)
        yield
