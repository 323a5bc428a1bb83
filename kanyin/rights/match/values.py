# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What comes of a comparison, as values: facts for the decision, never the decision.

Counts are in 字 (see `fold`), offsets in characters of the text as it was given, shares from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

DisguiseKind = Literal["invisible", "radical", "compatibility", "letter", "kana"]


@dataclass(frozen=True)
class Disguise:
    """A character that stands for another one or for nothing: what it is, where, and itself."""

    kind: DisguiseKind
    offset: int
    char: str


@dataclass(frozen=True)
class Passage:
    """Text of `work` at `start:end` of the text compared; in the work it stands at `work_start:work_end`.

    `chars` counts the 字 that both have, `run` the longest unbroken run of them; `identity` is the share of the
    passage's 字 that are the same in both; `source` are the ranges in the work counted in 字, for adding up, and `text`
    the one in the text; `works` is how many works have it.
    `work_start` and `work_end` are the outermost of them.
    """

    work: str
    start: int
    end: int
    work_start: int
    work_end: int
    chars: int
    run: int
    identity: float
    source: tuple[tuple[int, int], ...]
    text: tuple[int, int]
    works: int = 1


@dataclass(frozen=True)
class WorkShare:
    """All passages of one work: the union of them, in 字 and as a share of that work."""

    work: str
    chars: int
    share: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Measured:
    """A text of `total` 字, of which `covered` are another's; works in the order of their share of the text."""

    total: int
    covered: int
    works: tuple[WorkShare, ...]
    disguises: tuple[Disguise, ...] = ()

    def of(self, work: str) -> WorkShare | None:
        return next((share for share in self.works if share.work == work), None)


def union(spans: Iterable[tuple[int, int]]) -> int:
    """The length of the union of ranges."""
    total, end = 0, -1
    for low, high in sorted(spans):
        total += max(0, high - max(low, end))
        end = max(end, high)
    return total
