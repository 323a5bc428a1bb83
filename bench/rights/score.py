# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""PAN's measures of text alignment (Potthast and others, 2010), macro-averaged, over characters.

A case is a set of offsets of the suspicious text that come from one source. recall: the share of each case that is
found; precision: the share of each detection that belongs to a case; granularity: detections a found case;
plagdet = F1 / log2(1 + granularity).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

Offsets = frozenset[int]


@dataclass
class Score:
    recalls: list[float] = field(default_factory=list)
    precisions: list[float] = field(default_factory=list)
    detections: list[int] = field(default_factory=list)

    def add(self, cases: Sequence[Offsets], found: Sequence[Offsets]) -> None:
        """One suspicious text. A detection of the wrong work is to be given as one of no case's offsets."""
        everything = frozenset().union(*cases) if cases else frozenset()
        covered = frozenset().union(*found) if found else frozenset()
        for case in cases:
            self.recalls.append(len(case & covered) / len(case))
            if hits := sum(1 for one in found if one & case):
                self.detections.append(hits)
        self.precisions += [len(one & everything) / len(one) for one in found if one]

    @property
    def recall(self) -> float:
        return _mean(self.recalls)

    @property
    def precision(self) -> float:
        return _mean(self.precisions)

    @property
    def granularity(self) -> float:
        return _mean([float(n) for n in self.detections])

    @property
    def found(self) -> float:
        """The share of cases of which at least half was found."""
        return _mean([float(recall >= 0.5) for recall in self.recalls])

    @property
    def plagdet(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both / math.log2(1 + self.granularity) if both else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0
