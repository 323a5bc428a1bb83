# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What a project knows of its rights: the register, and on any day which signatures hold and what the log counted."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

from kanyin.config.job import Job
from kanyin.config.register import Register, load_register
from kanyin.rights.evidence import Evidence
from kanyin.rights.log import Log
from kanyin.rights.prove import prove

T = TypeVar("T")


@dataclass(frozen=True)
class Known:
    """`log` is set by who holds it locked; else it is read when it is needed."""

    register: Register
    root: Path
    log: Log | None = None
    _days: dict[date, Evidence] = field(default_factory=dict, repr=False, compare=False)
    _once: dict[Hashable, object] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, job: Job) -> Known:
        """Read anew. Raises RightsError."""
        return cls(load_register(job.places.rights), job.places.root)

    def once(self, ask: Callable[..., T], *arguments: Hashable) -> T:
        """What `ask` answers, asked once: files beside the register are taken to stay as they are meanwhile."""
        key = (ask, *arguments)
        if key not in self._once:
            self._once[key] = ask(*arguments)
        return cast(T, self._once[key])

    def on(self, day: date) -> Evidence:
        """The evidence of a day, proven once."""
        if day not in self._days:
            self._days[day] = prove(self.register, self.root, day, self.log)
        return self._days[day]


@cache
def known_once(rights: Path) -> Known:
    """Read once for each process: `check` looks at thousands of articles against one register."""
    return Known(load_register(rights), rights.parent)
