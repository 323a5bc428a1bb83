# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""One paragraph, flat: its clusters, how wide they are, where it may break, and the lines chosen for each measure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from kanyin.composition.breaks import NEVER, addresses, opportunities, unit_gaps
from kanyin.composition.marks import Class
from kanyin.composition.optimal import Line, Measures, optimal
from kanyin.composition.shaping import Cluster
from kanyin.composition.spacing import Policy, Widths, spread

HYPHEN_COST = 30
BALANCED = 6
"""The most lines that `text-wrap: balance` balances, as CSS Text 4 allows: it is for headings and captions."""
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff\ufb00-\ufb06]{3,}")


@dataclass
class Flat:
    """What a paragraph is made of, a list entry a cluster; `text` has one character a cluster. Lengths in px."""

    clusters: list[Cluster | None] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    classes: list[Class] = field(default_factory=list)
    ems: list[float] = field(default_factory=list)
    advances: list[float] = field(default_factory=list)
    raised: list[bool] = field(default_factory=list)
    nowrap: list[bool] = field(default_factory=list)

    def add(
        self, cluster: Cluster | None, kind: Class, em: float, advance: float, *, raised: bool, nowrap: bool
    ) -> None:
        self.clusters.append(cluster)
        self.text.append(cluster.text[0] if cluster else "\ufffc")
        self.classes.append(kind)
        self.ems.append(em)
        self.advances.append(advance)
        self.raised.append(raised)
        self.nowrap.append(nowrap)


class Paragraph:
    """`justify` and `anywhere` (emergency breaks between any two clusters) are asked for by the style sheet."""

    def __init__(self, flat: Flat, policy: Policy, *, justify: bool, anywhere: bool) -> None:
        self.flat = flat
        self.policy = policy
        self.justify = justify
        self.anywhere = anywhere
        self.hyphens: dict[int, float] = {}
        self.string = "".join(flat.text)
        self.widths: Widths = spread(self.string, flat.classes, flat.advances, flat.ems, flat.raised, policy)
        # what is raised is no character that keeps another company in the last line: 人[1-2]
        hidden = zip(flat.classes, flat.raised, strict=True)
        self._signs = [Class.SYMBOL if up and kind in (Class.DIGIT, Class.LETTER) else kind for kind, up in hidden]
        self._dashes()
        for k in unit_gaps(self.string):  # fixed, unlike the space between words
            if Class.LETTER in self.flat.classes[k + 1 : k + 2]:
                self.widths.shrink[k] = self.widths.stretch[k] = self.widths.opens[k] = self.widths.words[k] = 0.0
        self.costs = opportunities(self.string, flat.classes, flat.raised, policy.level, wrap=policy.wrap != "nowrap")
        if True in flat.nowrap:
            for k in range(1, len(self.string)):
                if flat.nowrap[k] and flat.nowrap[k - 1]:
                    self.costs[k] = NEVER
        self._measures: Measures | None = None
        self._plans: dict[tuple[float, float, int], dict[int, tuple[Line, float]]] = {}

    def _dashes(self) -> None:
        """A dash drawn shorter than its two em ends a line at the edge, without the blank behind it."""
        if Class.DASH not in self.flat.classes:
            return
        for k, kind in enumerate(self.flat.classes):
            cluster = self.flat.clusters[k]
            if kind is Class.DASH and cluster is not None and cluster.glyphs:
                _, advance, dx, _ = cluster.glyphs[-1]
                self.widths.at_end[k] = max(0.0, self.flat.advances[k] - dx - advance)

    @property
    def measures(self) -> Measures:
        """Prefix sums; taken once the widths are final."""
        if self._measures is None:
            self._measures = Measures(self.widths)
        return self._measures

    def pad(self, first: int, end: int, before: float, after: float) -> None:
        """Margins, borders and padding of an inline box around [first, end); a padded edge is not trimmed."""
        self.widths.natural[first] += before
        self.widths.natural[end - 1] += after
        if before:
            self.widths.at_start[first] = 0.0
        if after:
            self.widths.at_end[end - 1] = 0.0

    def hyphenate(self, places: Callable[[str, int, int], Sequence[int]], width: Callable[[int], float]) -> None:
        """Allow breaks inside words: `places` finds them for a word at [start, end), `width` is the hyphen's there."""
        kept = addresses(self.string)
        for found in _WORD.finditer(self.string):
            if any(start < found.end() and found.start() < end for start, end in kept):
                continue  # a hyphen would look like a part of the address
            pieces = [cluster.text for cluster in self.flat.clusters[slice(*found.span())] if cluster]
            cluster_at = dict(zip(accumulate(map(len, pieces)), range(found.start() + 1, found.end()), strict=False))
            for place in places("".join(pieces), found.start(), found.end()):
                k = cluster_at.get(place, 0)  # none inside a ligature
                if k and self.costs[k] == NEVER:
                    self.costs[k] = HYPHEN_COST
                    self.hyphens[k] = width(k)
        start = self.string.find("\u00ad")
        while 0 <= start < len(self.string) - 1:
            self.hyphens[start + 1] = width(start)
            start = self.string.find("\u00ad", start + 1)

    def line(self, width: float, indent: float, start: int) -> tuple[Line, float]:
        """The line that begins at a cluster, and its room: from a plan that passes there, else from a new one."""
        for (known, _, _), lines in self._plans.items():
            if abs(known - width) < 0.002 and start in lines and abs(lines[start][1] - (width - indent)) < 0.002:
                return lines[start]
        chosen = self._lines(width, indent, start)
        if self.policy.wrap == "balance" and not self.justify and 1 < len(chosen) <= BALANCED:
            chosen = self._balanced(chosen, width, indent, start)
        plan = {line.start: (line, width - indent if line.start == start else width) for line in chosen}
        self._plans[width, indent, start] = plan
        return plan[start]

    def _lines(self, width: float, indent: float, start: int) -> list[Line]:
        return optimal(
            self.costs,
            self.measures,
            self._signs,
            width,
            width - indent,
            start=start,
            hyphens=self.hyphens,
            anywhere=self.anywhere,
            ragged=not self.justify,
            first_fit=self.policy.wrap in ("wrap", "stable"),
        )

    def _balanced(self, chosen: list[Line], width: float, indent: float, start: int) -> list[Line]:
        """As many lines as needed, each about as long as the others: set for the narrowest measure that holds them."""
        low, high = width / 2, width
        while high - low > 0.5:
            middle = (low + high) / 2
            tried = self._lines(middle, indent, start)
            fits = len(tried) == len(chosen) and all(
                self.measures.line(line.start, line.end)[0] <= middle + 0.01 for line in tried
            )
            if fits:
                chosen, high = tried, middle
            else:
                low = middle
        return chosen

    def least_width(self) -> float:
        """The widest piece that cannot be broken, px."""
        widest, begin = 0.0, 0
        for k in range(1, len(self.string) + 1):
            if k == len(self.string) or self.costs[k] >= 0:
                widest = max(widest, self.measures.line(begin, k)[0])
                begin = k
        return widest

    def greatest_width(self) -> float:
        """The widest line when only the author breaks lines, px."""
        widest, begin = 0.0, 0
        count = len(self.string)
        for k in range(1, count + 1):
            if k == count or self.flat.classes[k] is Class.NEWLINE:
                widest = max(widest, self.measures.line(begin, k)[0])
                begin = k + 1
                if begin >= count:
                    break
        return widest
