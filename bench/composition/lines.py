# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Glyphs into lines, lines into columns, and every glyph beside the character of the source that it prints.

The source says where paragraphs end; so a full line is known as one, however badly it is justified.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from bench.composition.glyphs import Glyph

RADICALS = range(0x2E80, 0x2FE0)


@dataclass
class Line:
    """One line of a column. `place[i]` is the offset in the source of the character of `glyphs[i]`, or None.

    `paragraph` numbers the paragraphs of the source; `last` ends one and `first` begins one. `inner` is true for a
    line whose glyphs are body text in the given size.
    """

    page: int
    column: int
    y: float
    left: float
    right: float
    glyphs: list[Glyph] = field(default_factory=list)
    place: list[int | None] = field(default_factory=list)
    paragraph: int = -1
    first: bool = False
    last: bool = False
    body: bool = True

    @property
    def text(self) -> str:
        return "".join(g.text for g in self.glyphs)


def columns_of(glyphs: Sequence[Glyph], em: float) -> list[tuple[float, float]]:
    """Left and right edges of the columns, from where most glyphs of body size begin and end a run."""
    runs: list[tuple[float, float]] = []
    rows: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        if abs(glyph.size - em) < 0.08 * em:
            rows.setdefault((glyph.page, round(glyph.y)), []).append(glyph)
    for row in rows.values():
        row.sort(key=lambda g: g.x)
        begin, end = row[0].x, row[0].right
        for glyph in row[1:]:
            if glyph.x > end + 1.2 * em:
                runs.append((begin, end))
                begin = glyph.x
            end = max(end, glyph.right)
        runs.append((begin, end))
    lefts = Counter(round(left * 2) / 2 for left, _ in runs)
    wanted = [left for left, n in lefts.items() if n >= 0.2 * max(lefts.values())]
    columns: list[tuple[float, float]] = []
    for left in sorted(wanted):
        if columns and left - columns[-1][0] < 5 * em:
            continue  # an indent of the column before
        # an opening mark that begins a line has its origin half an em to the left of the edge
        left = max((x for x in wanted if left <= x <= left + 0.6 * em), key=lambda x: lefts[x])
        ends = Counter(round(r, 1) for x, r in runs if abs(x - left) < 0.5 * em)
        if ends:
            columns.append((left, ends.most_common(1)[0][0]))
    return columns


def lines_of(glyphs: Sequence[Glyph], columns: Sequence[tuple[float, float]], em: float) -> list[Line]:
    """Lines by page, column and height; raised and lowered glyphs go to the line they stand in. No white space."""
    lines: list[Line] = []
    groups: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        if not glyph.text.strip():
            continue
        middle = (glyph.x + glyph.right) / 2
        for number, (left, right) in enumerate(columns):
            if left - 1.2 * em <= middle <= right + 1.2 * em:
                groups.setdefault((glyph.page, number), []).append(glyph)
                break
    for (page, number), members in sorted(groups.items()):
        left, right = columns[number]
        base = sorted({round(g.y, 2) for g in members if g.size > 0.85 * em}, reverse=True)
        heights: list[float] = []
        for y in base:
            if not heights or heights[-1] - y > 0.3 * em:
                heights.append(y)
        heights = heights or [members[0].y]
        made = [Line(page, number, y, left, right) for y in heights]
        for glyph in members:
            nearest = min(made, key=lambda line: abs(line.y - glyph.y))
            nearest.glyphs.append(glyph)
        for line in made:
            sizes = Counter(round(g.size, 1) for g in line.glyphs)
            line.body = abs(sizes.most_common(1)[0][0] - em) < 0.08 * em
        lines += [line for line in made if line.glyphs]
    return lines


def fold(text: str) -> str:
    """NFC, and Kangxi radicals as the Han they stand for: only to find the place, never to judge the text."""
    text = unicodedata.normalize("NFC", text)
    return "".join(unicodedata.normalize("NFKC", c) if ord(c) in RADICALS else c for c in text)


def align(lines: Sequence[Line], source: str) -> float:
    """Fill `place`, `paragraph`, `first` and `last`; returns the share of the source that was found, 0 to 1."""
    wanted = [(i, c) for i, c in enumerate(source) if not c.isspace()]
    owners = [(line, n) for line in lines for n in range(len(line.glyphs))]
    printed = [(line, n, c) for line, n in owners for c in fold(line.glyphs[n].text)]
    for line in lines:
        line.place = [None] * len(line.glyphs)
    if [c for _, _, c in printed] == [c for _, c in wanted]:
        pairs = [(k, k) for k in range(len(printed))]
    else:
        pairs = _matched([c for _, _, c in printed], [c for _, c in wanted])
    for k, w in pairs:
        line, n, _ = printed[k]
        if line.place[n] is None:
            line.place[n] = wanted[w][0]
    starts = [0, *[i + 1 for i, c in enumerate(source) if c == "\n"]]
    number_at: list[int] = []
    paragraph = 0
    for i in range(len(source)):
        while paragraph + 1 < len(starts) and starts[paragraph + 1] <= i:
            paragraph += 1
        number_at.append(paragraph)
    ends = {number_at[i]: i for i, _ in wanted}
    begins: dict[int, int] = {}
    for i, _ in wanted:
        begins.setdefault(number_at[i], i)
    for line in lines:
        places = [p for p in line.place if p is not None]
        if places:
            line.paragraph = number_at[places[-1]]
            line.first = begins[line.paragraph] == places[0]
            line.last = ends[line.paragraph] == places[-1]
    return len(pairs) / max(1, len(wanted))


def _matched(printed: Sequence[str], wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of equal characters in order. Mostly equal texts: walked together, matched anew only where they part."""
    pairs: list[tuple[int, int]] = []
    a = b = 0
    while a < len(printed) and b < len(wanted):
        if printed[a] == wanted[b]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
            continue
        window = 400
        matcher = SequenceMatcher(None, printed[a : a + window], wanted[b : b + window], autojunk=False)
        blocks = [m for m in matcher.get_matching_blocks() if m.size >= 4]
        if not blocks:
            a, b = a + window // 2, b + window // 2
            continue
        a, b = a + blocks[0].a, b + blocks[0].b
    return pairs
