# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Measures of Chinese composition on any PDF: edges, colour, marks, gaps, breaks, columns, text layer.

    python -m bench.composition.measures FILE.pdf --source TEXT --em 9.5 [--columns 56.7:294.8,...]

Lengths in em of the body size unless a name says pt. A full line is one that does not end its paragraph.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
import statistics
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.composition import glyphs as pdf_glyphs
from bench.composition.glyphs import Glyph
from bench.composition.lines import RADICALS, Line, align, columns_of, lines_of

OPENERS = "（《〈【「『“‘〔〖〝［｛"
CLOSERS = "，。、；：！？）》〉】」』”’〕〗〞］｝"
NO_START = set(CLOSERS) | set("…—～·%％‰℃°)]},.;:!?")
NO_END = set(OPENERS) | set("([{")
UNITS = r"(?:mg|kg|μg|µg|ng|g|mL|ml|dL|L|mmol|μmol|mol|mm|cm|km|nm|m|kPa|mmHg|Pa|Hz|kcal|IU|U|min|h|d|ms|s|℃|%|％|‰|岁|例|次|个月|年|周|天)"
TOGETHER = {
    "number": re.compile(r"\d+(?:[.,]\d+)+|\d{2,}|\d{1,3}(?:[\u2009\u202f\u00a0 ]\d{3})+"),
    "unit": re.compile(r"\d[ \u00a0\u2009\u202f]?" + UNITS + r"(?![A-Za-z])"),
    "range": re.compile(r"\d[%％]?[～~–±×]\d"),
    "relation": re.compile(r"[A-Za-zχ²]{1,2}[ \u00a0]?[=＝<＜>＞≤≥≈][ \u00a0]?[−-]?[\d.]"),
    "dash": re.compile(r"——|……"),
    "citation": re.compile(r"\[\d[\d,，\-–、]*\]"),
}
ADDRESS = re.compile(r"(?:https?://|www\.|10\.\d{4,9}/|doi:)[\x21-\x7e]+", re.IGNORECASE)


@dataclass(frozen=True)
class Measures:
    """What was measured. Counts are absolute, shares 0 to 1; `worst` names the places that weigh most."""

    pages: int
    columns: int
    lines: int
    full_lines: int
    off_edge: int  # M4: full lines whose right edge is more than 1 pt off
    off_edge_share: float
    off_edge_max_pt: float
    over_edge_max_pt: float  # how far the ink of any line stands over the right edge
    pitch_mean: float  # M8: Han to Han in full lines
    pitch_sd: float
    pitch_max: float
    pitch_min: float
    pairs: int  # M5: full-width marks side by side
    pairs_squeezed: int
    end_marks: int  # M5b: full lines that end with a full-width mark
    end_marks_half: int
    start_openers: int
    start_openers_half: int
    gaps: int  # M7: Han beside a Latin letter or digit
    gap_mean: float
    gap_min: float
    gap_max: float
    gap_good: float  # share within 0.125 to 0.30
    gap_at_edges: float  # the largest blank between a Latin letter and the line's edge it stands at
    word_space_max: float  # M8b
    single_last: int  # M6: paragraphs whose last line holds one character
    bad_starts: int  # M1
    bad_ends: int  # M2
    splits: dict[str, int]  # M3: by kind
    baseline_offset_pt: float  # M9
    last_page_difference: float  # M10, lines
    widows: int  # M11
    headings_last: int
    figure_distance: int  # M16, pages
    table_rules: tuple[str, ...]  # M15: for each table its horizontals' weights, and its verticals
    exact: bool  # M13: the text layer equals the source, white space aside
    found: float  # the share of the source that was found in its order
    hyphens: int  # printed at line ends, not in the source
    radicals: int
    replaced: int  # U+FFFD and the like
    spaces_between_han: int  # M18
    notdef: int  # M14
    not_embedded: int
    not_subset: int
    worst: dict[str, list[str]]

    @property
    def split_total(self) -> int:
        return sum(self.splits.values())


def is_han(text: str) -> bool:
    return len(text) == 1 and unicodedata.name(text, "").startswith(
        ("CJK UNIFIED", "CJK COMPAT", "KANGXI", "CJK RADICAL")
    )


def is_latin(text: str) -> bool:
    return bool(text) and all(c.isdigit() or unicodedata.name(c, "").startswith(("LATIN", "GREEK")) for c in text)


def measure(
    pdf: Path, source: str, em_pt: float, columns: Sequence[tuple[float, float]] | None = None, *, pages: bool = True
) -> Measures:
    """Measure a PDF that prints `source` (paragraphs by line) in body size `em_pt`.

    `columns` are the left and right edges of the columns in pt, the same on every page; detected when not given.
    """
    found, rules, count = pdf_glyphs.read(pdf)
    edges = list(columns) if columns else columns_of(found, em_pt)
    lines = lines_of(found, edges, em_pt)
    source = unicodedata.normalize("NFC", source)
    share = align(lines, source)
    lines = [line for line in lines if any(p is not None for p in line.place)]
    worst: dict[str, list[str]] = {}
    values: dict[str, object] = {
        "pages": count,
        "columns": len(edges),
        "lines": len(lines),
        "found": share,
        **_edges(lines, em_pt, worst),
        **_pitches(lines, em_pt, worst),
        **_marks(lines, em_pt, worst),
        **_gaps(lines, em_pt, source, worst),
        **_breaks(lines, source, worst),
        **_columns(lines, em_pt, len(edges), worst),
        **_text(found, lines, source, worst),
        **_files(pdf, found, source),
        "figure_distance": _figures(lines, source),
        "table_rules": _tables(rules),
    }
    return Measures(**values, worst=worst)  # type: ignore[arg-type]


def _full(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if not line.last and line.body]


def _note(worst: dict[str, list[str]], what: str, line: Line, value: str = "") -> None:
    kept = worst.setdefault(what, [])
    if len(kept) < 12:
        kept.append(
            f"p{line.page + 1}c{line.column + 1} y{line.y:.0f} {value} {line.text[:6]}…{line.text[-6:]}".strip()
        )


def ink_right(glyph: Glyph) -> float:
    """Where the ink of a glyph may end: a full-width mark with its blank at the right ends in the middle of its em."""
    full = glyph.right - glyph.x > 0.85 * glyph.size
    return glyph.x + 0.5 * glyph.size if full and glyph.text in CLOSERS else glyph.right


def _edges(lines: Sequence[Line], em: float, worst: dict[str, list[str]]) -> dict[str, object]:
    off = over = 0.0
    bad = 0
    full = _full(lines)
    for line in full:
        last = max(line.glyphs, key=lambda g: g.x)
        away = min((line.right - last.right, line.right - ink_right(last)), key=abs)
        off = max(off, abs(away))
        if abs(away) > 1:
            bad += 1
            _note(worst, "off_edge", line, f"{-away:+.1f}pt")
    for line in lines:
        beyond = max(ink_right(g) for g in line.glyphs) - line.right
        if beyond > 0.5:
            _note(worst, "over_edge", line, f"{beyond:+.1f}pt")
        over = max(over, beyond)
    return {
        "full_lines": len(full), "off_edge": bad, "off_edge_share": bad / max(1, len(full)),
        "off_edge_max_pt": off, "over_edge_max_pt": over,
    }  # fmt: skip


def _pairs(line: Line) -> Iterator[tuple[Glyph, Glyph, int | None, int | None]]:
    yield from zip(line.glyphs, line.glyphs[1:], line.place, line.place[1:], strict=False)


def _pitches(lines: Sequence[Line], em: float, worst: dict[str, list[str]]) -> dict[str, object]:
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
            _note(worst, "pitch", line, f"{value:.3f}")
    return {"pitch_mean": statistics.fmean(values), "pitch_sd": statistics.pstdev(values),
            "pitch_max": max(values), "pitch_min": min(values)}  # fmt: skip


def _wide(glyph: Glyph) -> bool:
    """A mark that the font gives a full em."""
    return glyph.right - glyph.x > 0.85 * glyph.size and glyph.text in OPENERS + CLOSERS


def _marks(lines: Sequence[Line], em: float, worst: dict[str, list[str]]) -> dict[str, object]:
    pairs = squeezed = ends = ends_half = starts = starts_half = 0
    for line in lines:
        for a, b, _, _ in _pairs(line):
            no_blank = a.text in OPENERS and b.text in CLOSERS  # （）: ink meets ink, there is nothing to squeeze
            if _wide(a) and _wide(b) and not no_blank and abs(a.size - em) < 0.05 * em:
                pairs += 1
                squeezed += (b.x - a.x) < 0.8 * em
                if (b.x - a.x) >= 0.8 * em:
                    _note(worst, "pairs", line, a.text + b.text)
        head, tail = line.glyphs[0], line.glyphs[-1]
        if not line.last and line.body and _wide(tail) and tail.text in CLOSERS:
            ends += 1
            ends_half += line.right - tail.x < 0.8 * em
            if line.right - tail.x >= 0.8 * em:
                _note(worst, "end_marks", line, tail.text)
        if not line.first and line.body and _wide(head) and head.text in OPENERS:
            starts += 1
            starts_half += head.x < line.left - 0.3 * em
            if head.x >= line.left - 0.3 * em:
                _note(worst, "start_openers", line, head.text)
    return {"pairs": pairs, "pairs_squeezed": squeezed, "end_marks": ends, "end_marks_half": ends_half,
            "start_openers": starts, "start_openers_half": starts_half}  # fmt: skip


def _gaps(lines: Sequence[Line], em: float, source: str, worst: dict[str, list[str]]) -> dict[str, object]:
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
                    _note(worst, "gaps", line, f"{a.text}{b.text} {gap:.3f}")
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
                    _note(worst, "word_space", line, f"{a.text} {b.text} {gap:.3f}")
        head, tail = line.glyphs[0], line.glyphs[-1]
        if not line.first and is_latin(head.text):
            edge = max(edge, (head.x - line.left) / em)
        if not line.last and is_latin(tail.text):
            edge = max(edge, (line.right - tail.right) / em)
    good = sum(0.125 <= g <= 0.30 for g in gaps)
    some = gaps or [0.0]
    return {"gaps": len(gaps), "gap_mean": statistics.fmean(some), "gap_min": min(some), "gap_max": max(some),
            "gap_good": good / max(1, len(gaps)), "gap_at_edges": edge, "word_space_max": max(words)}  # fmt: skip


def _breaks(lines: Sequence[Line], source: str, worst: dict[str, list[str]]) -> dict[str, object]:
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
            _note(worst, "bad_starts", line)
        if not line.last and line.glyphs[-1].text[-1] in NO_END:
            bad_ends += 1
            _note(worst, "bad_ends", line)
        if line.last and inside and line.body:
            signs = [g for g in line.glyphs if g.text not in OPENERS + CLOSERS + "…—"]
            if len(signs) <= 1:
                single += 1
                _note(worst, "single_last", line)
        if before is None or before.paragraph != line.paragraph or not inside:
            continue
        i, j = before.place[-1], line.place[0]
        if i is None or j is None:
            continue
        for kind, found in together.items():
            if any(a <= i and j < b for a, b in found):
                splits[kind] += 1
                _note(worst, "splits", line, f"{kind} {source[max(0, i - 3) : i + 1]}|{source[j : j + 4]}")
        if re.match(r"\[\d", source[j : j + 2]):
            splits["citation_start"] += 1
            _note(worst, "splits", line, "citation_start")
    return {"single_last": single, "bad_starts": bad_starts, "bad_ends": bad_ends, "splits": dict(splits)}


def _columns(lines: Sequence[Line], em: float, number: int, worst: dict[str, list[str]]) -> dict[str, object]:
    body = [line for line in lines if line.body]
    by_place: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        by_place.setdefault((line.page, line.column), []).append(line)
    steps = Counter(
        round(a.y - b.y, 1)
        for a, b in zip(body, body[1:], strict=False)
        if (a.page, a.column) == (b.page, b.column) and a.y > b.y
    )
    grid = steps.most_common(1)[0][0] if steps else 1.0
    offset = difference = 0.0
    last_page = max((line.page for line in lines), default=0)
    for page in range(last_page + 1):
        first = [line.y for line in body if (line.page, line.column) == (page, 0)]
        for column in range(1, number):
            for line in body:
                if (line.page, line.column) == (page, column) and first:
                    away = min((line.y - y for y in first), key=abs)
                    away = abs((away + grid / 2) % grid - grid / 2)
                    if away > 0.1:
                        _note(worst, "baseline", line, f"{away:.2f}pt")
                    offset = max(offset, away)
    feet = [by_place[(last_page, c)][-1].y for c in range(number) if (last_page, c) in by_place]
    if number > 1:
        low = min(feet)
        tops = max(line.y for line in lines if line.page == last_page)
        missing = (tops - low) / grid + 1 if len(feet) < number else 0.0
        difference = max((max(feet) - low) / grid, missing)
    widows = headings = 0
    weights = Counter(g.font for line in body for g in line.glyphs if is_han(g.text))
    usual = weights.most_common(1)[0][0] if weights else ""
    for members in by_place.values():
        top, foot = members[0], members[-1]
        if top.last and not top.first:
            widows += 1
            _note(worst, "widows", top)
        heading = not foot.body or all(g.font != usual for g in foot.glyphs if is_han(g.text))
        if foot.first and not foot.last:
            widows += 1
            _note(worst, "widows", foot)
        if (
            heading
            and foot.last
            and (foot.page, foot.column) != (last_page, number - 1)
            and is_han(foot.glyphs[-1].text)
        ):
            headings += 1
            _note(worst, "headings_last", foot)
    return {
        "baseline_offset_pt": offset,
        "last_page_difference": difference,
        "widows": widows,
        "headings_last": headings,
    }


def _text(found: Sequence[Glyph], lines: Sequence[Line], source: str, worst: dict[str, list[str]]) -> dict[str, object]:
    """The text layer in the order of the content streams beside the source; a hyphen at a line's end is no fault."""
    hyphens = {
        id(line.glyphs[-1])
        for line in lines
        if line.place[-1] is None and line.glyphs[-1].text in ("-", "\u2010", "\u00ad")
    }
    layer = "".join("".join(g.text.split()) for g in found if id(g) not in hyphens)
    plain = "".join(source.split())
    exact = unicodedata.normalize("NFC", layer) == plain
    if not exact:
        at = next(
            (k for k, (a, b) in enumerate(zip(layer, plain, strict=False)) if a != b), min(len(layer), len(plain))
        )
        worst["text"] = [f"{layer[max(0, at - 8) : at + 8]!r} for {plain[max(0, at - 8) : at + 8]!r}"]
    return {
        "exact": exact,
        "hyphens": len(hyphens),
        "radicals": sum(ord(c) in RADICALS for c in layer),
        "replaced": sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in layer),
    }


def _files(pdf: Path, found: Sequence[Glyph], source: str) -> dict[str, object]:
    from pypdf import PdfReader

    fonts = pdf_glyphs.fonts(pdf)
    text = "\n".join(page.extract_text() for page in PdfReader(pdf).pages)
    return {
        "notdef": sum(g.notdef for g in found),
        "not_embedded": len(fonts.not_embedded),
        "not_subset": len(fonts.not_subset),
        "spaces_between_han": pdf_glyphs.inserted_spaces([text, *pdf_glyphs.poppler(pdf)], source),
    }


def _figures(lines: Sequence[Line], source: str) -> int:
    """Pages between the first mention of a figure or table and its caption, the most."""
    page_of = {p: line.page for line in lines for p in line.place if p is not None}
    most = 0
    for caption in re.finditer(r"(?m)^([图表]\d+)(?!\d)", source):
        mention = re.search(r"(?<!^)" + caption[1] + r"(?!\d)", source, re.MULTILINE)
        if mention and mention.start() in page_of and caption.start() in page_of:
            most = max(most, abs(page_of[mention.start()] - page_of[caption.start()]))
    return most


def _tables(rules: Sequence[pdf_glyphs.Rule]) -> tuple[str, ...]:
    """Tables by their rules: horizontals of one page with the same extent, top to bottom, and verticals between them."""
    joined: list[list[float]] = []
    for rule in sorted((r for r in rules if r.horizontal), key=lambda r: (r.page, -round(r.y0), r.x0)):
        back = joined[-1] if joined else None
        if back and back[0] == rule.page and abs(back[1] - rule.y0) < 0.6 and rule.x0 - back[3] < 1:
            back[3] = max(back[3], rule.x1)
        else:
            joined.append([rule.page, rule.y0, rule.x0, rule.x1, rule.weight])
    tables: dict[tuple[float, int, int], list[list[float]]] = {}
    for one in joined:
        tables.setdefault((one[0], round(one[2]), round(one[3])), []).append(one)
    upright = [r for r in rules if not r.horizontal]
    described: list[str] = []
    for (page, left, right), members in tables.items():
        if len(members) < 2:
            continue
        low, high = members[-1][1], members[0][1]
        inside = sum(r.page == page and left - 2 < r.x0 < right + 2 and r.y1 > low and r.y0 < high for r in upright)
        described.append("/".join(f"{m[4]:g}" for m in members) + f" |{inside}")
    return tuple(described)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("pdf", type=Path)
    parser.add_argument("--source", type=Path, required=True, help="the text that was set, a paragraph a line")
    parser.add_argument("--em", type=float, required=True, help="body size in pt")
    parser.add_argument("--columns", help="left:right,left:right in pt")
    given = parser.parse_args(arguments)
    columns = None
    if given.columns:
        columns = [(float(a), float(b)) for a, b in (pair.split(":") for pair in given.columns.split(","))]
    result = measure(given.pdf, given.source.read_text("utf-8"), given.em, columns)
    for name, value in dataclasses.asdict(result).items():
        if name == "worst":
            for what, places in value.items():
                print(f"  {what}:", *places, sep="\n    ")
        else:
            print(f"{name:22} {value:.4f}" if isinstance(value, float) else f"{name:22} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
