# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Measures of pages and of the file: columns, tables, the text layer, fonts. M9 to M16, M18."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from bench.composition import glyphs as pdf_glyphs
from bench.composition.glyphs import Glyph
from bench.composition.line_measures import is_han, note
from bench.composition.lines import RADICALS, Line


def columns(lines: Sequence[Line], em: float, number: int, worst: dict[str, list[str]]) -> dict[str, object]:
    body = [line for line in lines if line.body]
    by_place: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        by_place.setdefault((line.page, line.column), []).append(line)
    steps = Counter(
        round(a.y - b.y, 1) for a, b in pairwise(body) if (a.page, a.column) == (b.page, b.column) and a.y > b.y
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
                        note(worst, "baseline", line, f"{away:.2f}pt")
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
            note(worst, "widows", top)
        heading = not foot.body or all(g.font != usual for g in foot.glyphs if is_han(g.text))
        if foot.first and not foot.last:
            widows += 1
            note(worst, "widows", foot)
        if (
            heading
            and foot.last
            and (foot.page, foot.column) != (last_page, number - 1)
            and is_han(foot.glyphs[-1].text)
        ):
            headings += 1
            note(worst, "headings_last", foot)
    return {
        "baseline_offset_pt": offset,
        "last_page_difference": difference,
        "widows": widows,
        "headings_last": headings,
    }


def text(found: Sequence[Glyph], lines: Sequence[Line], source: str, worst: dict[str, list[str]]) -> dict[str, object]:
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


def files(pdf: Path, found: Sequence[Glyph], source: str) -> dict[str, object]:
    from pypdf import PdfReader

    fonts = pdf_glyphs.fonts(pdf)
    text = "\n".join(page.extract_text() for page in PdfReader(pdf).pages)
    return {
        "notdef": sum(g.notdef for g in found),
        "not_embedded": len(fonts.not_embedded),
        "not_subset": len(fonts.not_subset),
        "spaces_between_han": pdf_glyphs.inserted_spaces([text, *pdf_glyphs.poppler(pdf)], source),
    }


def figures(lines: Sequence[Line], source: str) -> int:
    """Pages between the first mention of a figure or table and its caption, the most."""
    page_of = {p: line.page for line in lines for p in line.place if p is not None}
    most = 0
    for caption in re.finditer(r"(?m)^([图表]\d+)(?!\d)", source):
        mention = re.search(r"(?<!^)" + caption[1] + r"(?!\d)", source, re.MULTILINE)
        if mention and mention.start() in page_of and caption.start() in page_of:
            most = max(most, abs(page_of[mention.start()] - page_of[caption.start()]))
    return most


def tables(rules: Sequence[pdf_glyphs.Rule]) -> tuple[str, ...]:
    """Tables by their rules: horizontals of one page and extent, top to bottom, and the verticals between them."""
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
