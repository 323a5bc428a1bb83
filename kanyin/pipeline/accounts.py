# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The ledger on its way: whose turn it is, what a delivery adds, and whether it is the one that the log speaks of.

Ledger and log vouch for each other. The log keeps a mark of the ledger as each build left it, so that an old copy that
was put back is found, and what each build added, so that one that was lost can be made again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kanyin.config.job import Job
from kanyin.config.register import Register
from kanyin.findings import Finding, RightsError, Where, finding
from kanyin.model import Permit
from kanyin.pipeline.measure import index_path, open_index, open_ledger, taken_from
from kanyin.rights.log import Log
from kanyin.rights.match.turn import alone
from kanyin.rights.measured import Facts
from kanyin.rights.prove import marked

if TYPE_CHECKING:
    from kanyin.rights.match.ledger import Entry


@contextmanager
def turn(register: Register, job: Job) -> Iterator[bool]:
    """One after the other: who delivers holds the ledger until his passages are in it. False where none is kept."""
    path = index_path(register, job)
    if path is None:
        yield False
        return
    with alone(path):
        yield True


def enter(found: Sequence[tuple[Facts | None, Permit]], register: Register, job: Job) -> dict[str, Any]:
    """Write into the ledger what is about to be delivered; what the log is to keep of that, empty without a ledger.

    Raises RightsError: what cannot be counted is not made.
    """
    path = index_path(register, job)
    if path is None:
        return {}
    ledger = open_ledger(path, register.policy.excerpt.server)
    added = ledger.add([entry for one, permit in found if one for entry in _entries(one, permit)])
    count, digest = ledger.mark
    rows = [[e.user, e.work, e.build, e.day, [list(span) for span in e.ranges]] for e in added]
    return {"ledger": {"count": count, "sha256": digest, "added": rows}}


def _entries(found: Facts, permit: Permit) -> Iterator[Entry]:
    from kanyin.rights.match.ledger import Entry

    user = permit.grantee or permit.holder
    build = f"{permit.action} {permit.work} {' '.join(permit.parts)}".strip()
    for one in taken_from(found, permit.action):
        yield Entry(user, one.work, build, permit.as_of.isoformat(), one.source)


def accounted(mark: tuple[int, str] | None, register: Register, rights: Path) -> None:
    """Hold the ledger beside the register at `rights` against the mark that the log has of it.

    Raises RightsError MATCH-LEDGER-BEHIND: an old copy was put back, or this is not where builds are counted.
    """
    name = register.policy.excerpt.place
    if mark is None or not name:
        return
    path = rights.parent / name
    if not open_ledger(path, register.policy.excerpt.server).holds(mark):
        raise RightsError(_behind(path, mark))


def restored(log: Log, register: Register, rights: Path) -> Finding | None:
    """Make the ledger again where it lacks what the log says was added; told when there was something to do.

    Raises RightsError MATCH-LEDGER-BEHIND where it holds something else, or the log does not go back far enough.
    """
    from kanyin.rights.match import seal
    from kanyin.rights.match.ledger import Entry, Ledger

    bodies = [entry.body for entry in log.entries if entry.kind == "build" and marked(entry.body)]
    name = register.policy.excerpt.place
    mark = marked(bodies[-1]) if bodies else None
    if mark is None or not name:
        return None
    rows = [row for body in bodies for row in body["ledger"]["added"]]
    known = [Entry(user, work, build, day, tuple(map(tuple, ranges))) for user, work, build, day, ranges in rows]
    first = mark[0] - len(known)
    path = rights.parent / name
    key = open_index(path, register.policy.excerpt.server).key
    with alone(path):
        ledger = Ledger(seal.beside(path, "ledger"), key, create=True)
        count = ledger.mark[0]
        if ledger.holds(mark):
            return None
        if first < 0 or count < first or list(ledger.since(first)) != known[: count - first]:
            raise RightsError(_behind(path, mark))
        ledger.add(known[count - first :])
        if not ledger.holds(mark):
            raise RightsError(_behind(path, mark))
        return finding("MATCH-LEDGER-RESTORED", Where(str(ledger.path)), count=ledger.mark[0] - count)


def _behind(path: Path, mark: tuple[int, str]) -> Finding:
    from kanyin.rights.match import seal

    return finding("MATCH-LEDGER-BEHIND", Where(str(seal.beside(path, "ledger"))), count=mark[0])
