# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Measures of lines: edges, colour, marks, gaps, and where they break. M1 to M8."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from bench.composition.glyphs import Glyph
from bench.composition.lines import Line

OPENERS = "（《〈【「『“‘〔〖〝［｛"
CLOSERS = "，。、；：！？）》〉】」』”’〕〗〞］｝"
NO_START = set(CLOSERS) | set("…—～·%％‰℃°)]},.;:!?")
NO_END = set(OPENERS) | set("([{")
UNITS = (
    "(?:mg|kg|μg|µg|ng|g|mL|ml|dL|L|mmol|μmol|mol|mm|cm|km|nm|m|kPa|mmHg|Pa|Hz|kcal|IU|U|min|h|d|ms|s"
    "|℃|%|％|‰|岁|例|次|个月|年|周|天)"
)
TOGETHER = {
    "number": re.compile(r"\d+(?:[.,]\d+)+|\d{2,}|\d{1,3}(?:[\u2009\u202f\u00a0 ]\d{3})+"),
    "unit": re.compile(r"\d[ \u00a0\u2009\u202f]?" + UNITS + r"(?![A-Za-z])"),
    "range": re.compile(r"\d[%％]?[～~–±×]\d"),
    "relation": re.compile(r"[A-Za-zχ²]{1,2}[ \u00a0]?[=＝<＜>＞≤≥≈][ \u00a0]?[−-]?[\d.]"),
    "dash": re.compile(r"——|……"),
    "citation": re.compile(r"\[\d[\d,，\-–、]*\]"),
}
ADDRESS = re.compile(
    r"(?:https?://|www\.|10\.\d{4,9}/|doi:)[\x21-\x7e]+|[\w.%+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE | re.ASCII
)


def is_han(text: str) -> bool:
    return len(text) == 1 and unicodedata.name(text, "").startswith(
        ("CJK UNIFIED", "CJK COMPAT", "KANGXI", "CJK RADICAL")
    )


def is_latin(text: str) -> bool:
    return bool(text) and all(c.isdigit() or unicodedata.name(c, "").startswith(("LATIN", "GREEK")) for c in text)


def _full(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if not line.last and line.body]


def note(worst: dict[str, list[str]], what: str, line: Line, value: str = "") -> None:
    kept = worst.setdefault(what, [])
    if len(kept) < 12:
        kept.append(
            f"p{line.page + 1}c{line.column + 1} y{line.y:.0f} {value} {line.text[:6]}…{line.text[-6:]}".strip()
        )


def ink_right(glyph: Glyph) -> float:
    """Where the ink of a glyph may end: a full-width mark with its blank at the right ends in the middle of its em."""
    full = glyph.right - glyph.x > 0.85 * glyph.size
    return glyph.x + 0.5 * glyph.size if full and glyph.text in CLOSERS else glyph.right


def edges(lines: Sequence[Line], em: float, worst: dict[str, list[str]]) -> dict[str, object]:
    off = over = 0.0
    bad = 0
    full = _full(lines)
    for line in full:
        last = max(line.glyphs, key=lambda g: g.x)
        away = min((line.right - last.right, line.right - ink_right(last)), key=abs)
        off = max(off, abs(away))
        if abs(away) > 1:
            bad += 1
            note(worst, "off_edge", line, f"{-away:+.1f}pt")
    for line in lines:
        beyond = max(ink_right(g) for g in line.glyphs) - line.right
        if beyond > 0.5:
            note(worst, "over_edge", line, f"{beyond:+.1f}pt")
        over = max(over, beyond)
    return {
        "full_lines": len(full), "off_edge": bad, "off_edge_share": bad / max(1, len(full)),
        "off_edge_max_pt": off, "over_edge_max_pt": over,
    }  # fmt: skip


def _pairs(line: Line) -> Iterator[tuple[Glyph, Glyph, int | None, int | None]]:
    yield from zip(line.glyphs, line.glyphs[1:], line.place, line.place[1:], strict=False)


def pitches(lines: Sequence[Line], em: float, worst: dict[str, list[str]]) -> dict[str, object]:
    pitches: list[tuple[float, Line]] = []
    for line in _full(lines):
        for a, b, _, _ in _pairs(line):
            if is_han(a.text) and is_han(b.text) and abs(a.size - em) < 0.05 * em and abs(b.size - em) < 0.05 * em:
                pitches.append(((b.x - a.x) / em, line))
    values = [p for p, _ in pitches] or [0.0]
    seen: set[int] = set()
    for value, line in sorted(pitches, key=lambda p: -p[0]):
        if id(line) not in seen and len(seen) < 8 and value > 1.04:
            seen.add(id(line))
            note(worst, "pitch", line, f"{value:.3f}")
    return {"pitch_mean": statistics.fmean(values), "pitch_sd": statistics.pstdev(values),
            "pitch_max": max(values), "pitch_min": min(values)}  # fmt: skip


def _wide(glyph: Glyph) -> bool:
    """A mark that the font gives a full em."""
    return glyph.right - glyph.x > 0.85 * glyph.size and glyph.text in OPENERS + CLOSERS


def marks(lines: Sequence[Line], em: float, worst: dict[str, list[str]]) -> dict[str, object]:
    pairs = squeezed = ends = ends_half = starts = starts_half = 0
    for line in lines:
        for a, b, _, _ in _pairs(line):
            no_blank = a.text in OPENERS and b.text in CLOSERS  # （）: ink meets ink, there is nothing to squeeze
            if _wide(a) and _wide(b) and not no_blank and abs(a.size - em) < 0.05 * em:
                pairs += 1
                squeezed += (b.x - a.x) < 0.8 * em
                if (b.x - a.x) >= 0.8 * em:
                    note(worst, "pairs", line, a.text + b.text)
        head, tail = line.glyphs[0], line.glyphs[-1]
        if not line.last and line.body and _wide(tail) and tail.text in CLOSERS:
            ends += 1
            ends_half += line.right - tail.x < 0.8 * em
            if line.right - tail.x >= 0.8 * em:
                note(worst, "end_marks", line, tail.text)
        if not line.first and line.body and _wide(head) and head.text in OPENERS:
            starts += 1
            starts_half += head.x < line.left - 0.3 * em
            if head.x >= line.left - 0.3 * em:
                note(worst, "start_openers", line, head.text)
    return {"pairs": pairs, "pairs_squeezed": squeezed, "end_marks": ends, "end_marks_half": ends_half,
            "start_openers": starts, "start_openers_half": starts_half}  # fmt: skip


def gaps(lines: Sequence[Line], em: float, source: str, worst: dict[str, list[str]]) -> dict[str, object]:
    gaps: list[float] = []
    words: list[float] = [0.0]
    edge = 0.0
    for line in lines:
        if not line.body:
            continue
        for a, b, i, j in _pairs(line):
            if min(a.size, b.size) < 0.85 * em or abs(a.y - b.y) > 0.1 * em:
                continue
            gap = (b.x - a.right) / em
            if (is_han(a.text) and is_latin(b.text)) or (is_latin(a.text) and is_han(b.text)):
                gaps.append(gap)
                if not 0.125 <= gap <= 0.30:
                    note(worst, "gaps", line, f"{a.text}{b.text} {gap:.3f}")
            elif (
                is_latin(a.text)
                and is_latin(b.text)
                and i is not None
                and j is not None
                and source[i + 1 : j].strip(" ") == ""
                and j > i + 1
            ):
                words.append(gap)
                if gap > 0.5:
                    note(worst, "word_space", line, f"{a.text} {b.text} {gap:.3f}")
        head, tail = line.glyphs[0], line.glyphs[-1]
        if not line.first and is_latin(head.text):
            edge = max(edge, (head.x - line.left) / em)
        if not line.last and is_latin(tail.text):
            edge = max(edge, (line.right - tail.right) / em)
    good = sum(0.125 <= g <= 0.30 for g in gaps)
    some = gaps or [0.0]
    return {"gaps": len(gaps), "gap_mean": statistics.fmean(some), "gap_min": min(some), "gap_max": max(some),
            "gap_good": good / max(1, len(gaps)), "gap_at_edges": edge, "word_space_max": max(words)}  # fmt: skip


def breaks(lines: Sequence[Line], source: str, worst: dict[str, list[str]]) -> dict[str, object]:
    spans = [m.span() for m in ADDRESS.finditer(source)]
    together = {
        kind: [m.span() for m in rule.finditer(source) if not any(a <= m.start() < b for a, b in spans)]
        for kind, rule in TOGETHER.items()
    }
    splits: Counter[str] = Counter({kind: 0 for kind in (*TOGETHER, "citation_start")})
    single = bad_starts = bad_ends = 0
    for before, line in zip([None, *lines], lines, strict=False):
        inside = not line.first
        head = line.place[0]
        address = head is not None and any(a < head < b for a, b in spans)  # may break before any separator
        if inside and line.glyphs[0].text[0] in NO_START and not address:
            bad_starts += 1
            note(worst, "bad_starts", line)
        if not line.last and line.glyphs[-1].text[-1] in NO_END:
            bad_ends += 1
            note(worst, "bad_ends", line)
        if line.last and inside and line.body:
            signs = [g for g in line.glyphs if g.text not in OPENERS + CLOSERS + "…—"]
            if len(signs) <= 1:
                single += 1
                note(worst, "single_last", line)
        if before is None or before.paragraph != line.paragraph or not inside:
            continue
        i, j = before.place[-1], line.place[0]
        if i is None or j is None:
            continue
        for kind, found in together.items():
            if any(a <= i and j < b for a, b in found):
                splits[kind] += 1
                note(worst, "splits", line, f"{kind} {source[max(0, i - 3) : i + 1]}|{source[j : j + 4]}")
        if re.match(r"\[\d", source[j : j + 2]):
            splits["citation_start"] += 1
            note(worst, "splits", line, "citation_start")
    return {"single_last": single, "bad_starts": bad_starts, "bad_ends": bad_ends, "splits": dict(splits)}
