# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Measures of Chinese composition on any PDF: edges, colour, marks, gaps, breaks, columns, text layer.

    python -m bench.composition.measures FILE.pdf --source TEXT --em 9.5 [--columns 56.7:294.8,...]

Lengths in em of the body size unless a name says pt. A full line is one that does not end its paragraph.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.composition import glyphs as pdf_glyphs
from bench.composition import line_measures as of_lines
from bench.composition import page_measures as of_pages
from bench.composition.lines import align, columns_of, lines_of


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
        **of_lines.edges(lines, em_pt, worst),
        **of_lines.pitches(lines, em_pt, worst),
        **of_lines.marks(lines, em_pt, worst),
        **of_lines.gaps(lines, em_pt, source, worst),
        **of_lines.breaks(lines, source, worst),
        **of_pages.columns(lines, em_pt, len(edges), worst),
        **of_pages.text(found, lines, source, worst),
        **of_pages.files(pdf, found, source),
        "figure_distance": of_pages.figures(lines, source),
        "table_rules": of_pages.tables(rules),
    }
    return Measures(**values, worst=worst)  # type: ignore[arg-type]


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
