# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Whole pages as a journal prints them, measured on finished PDFs: the samples, and a long article of every block.

Lengths in pt, from the lower left corner of the page.
"""

from __future__ import annotations

import functools
import io
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import long_article
import pytest
from composition_pages import HOME
from typeset.html_helpers import SAMPLES, journal, permit

from bench.composition.glyphs import Glyph, Rule, read
from kanyin.composition.seam import install
from kanyin.config.fontlist import load_fonts
from kanyin.pdf.paginate import paginate, write
from kanyin.readers.markdown import read as read_source
from kanyin.tools.fonts import fontconfig
from kanyin.typeset.html import typeset

FONTS = HOME / "fonts"
pytestmark = pytest.mark.skipif(
    not all((FONTS / face.file).is_file() for face in load_fonts(FONTS).faces),
    reason="the fonts are not built: make_pdf.py fonts build",
)
LEFT, COLUMN, GUTTER = 57.638, 230.0, 20.0
TOP, FOOT = 841.89 - 78, 75.89
STEP = 16.0
BODY, REFERENCE = 10.0, 8.0


@dataclass(frozen=True)
class Line:
    """A line of text in a column: `x` of its first glyph, `right` end of its last one, `size` of most of it."""

    page: int
    column: int
    y: float
    x: float
    right: float
    size: float
    font: str
    text: str


@dataclass(frozen=True)
class Built:
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    lines: tuple[Line, ...]
    pages: int


@functools.cache
def built(name: str) -> Built:
    with TemporaryDirectory() as folder:
        path = SAMPLES[name] if name in SAMPLES else long_article.write(Path(folder))
        article, findings = read_source(path)
        assert article is not None, findings
        html, _ = typeset(article, permit(), journal())
        sheets = paginate(html, layout=journal(), roots=[path.parent], fontconfig=fontconfig(FONTS), extend=install)
        data, more = write(sheets, "screen")
    assert (sheets.findings, more) == ((), [])
    glyphs, rules, pages = read(io.BytesIO(data))
    return Built(tuple(glyphs), tuple(rules), tuple(lines(glyphs)), pages)


def lines(glyphs: Sequence[Glyph], *, wide: bool = False) -> list[Line]:
    """What stands on one baseline in the type area: in each column, or over the whole page."""
    places: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        if FOOT - 2 < glyph.y < TOP + 2 and glyph.text.strip():
            places[glyph.page, int(not wide and glyph.x > LEFT + COLUMN + GUTTER / 2)].append(glyph)
    found = []
    for (page, column), members in places.items():
        rows: dict[float, list[Glyph]] = defaultdict(list)
        for glyph in members:
            rows[round(glyph.y, 1)].append(glyph)
        for row in rows.values():
            row.sort(key=lambda g: g.x)
            size, font = Counter((round(g.size, 1), g.font) for g in row).most_common(1)[0][0]
            text = "".join(g.text for g in row)
            found.append(Line(page, column, row[0].y, row[0].x, row[-1].right, size, font, text))
    return sorted(found, key=lambda line: (line.page, line.column, -line.y))


ALL = [*sorted(SAMPLES), "long"]


def body(name: str) -> list[Line]:
    """Lines of running text: of its size, in its faces, and wholly inside a column."""
    return [line for line in built(name).lines if line.size == BODY and line.font.endswith(("Song", "-Latin"))]


@pytest.mark.parametrize("name", ALL)
def test_lines_of_all_columns_stand_on_one_grid(name: str) -> None:
    """Beside tables, figures, headings, formulas and footnotes too."""
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in body(name):
        pages[line.page].append(line)
    assert sum(map(len, pages.values())) > 10
    for found in pages.values():
        first = found[0].y
        off = {line.text: (line.y - first + STEP / 2) % STEP - STEP / 2 for line in found}
        assert {text: round(by, 2) for text, by in off.items() if abs(by) > 0.1} == {}


@pytest.mark.parametrize("name", ALL)
def test_references_stand_level_in_both_columns(name: str) -> None:
    heads = [line for line in built(name).lines if line.text == "参考文献"]
    if not heads:
        pytest.skip("no references")
    begin = (heads[0].page, -heads[0].y)
    after = [line for line in built(name).lines if line.size == REFERENCE and (line.page, -line.y) > begin]
    for page in {line.page for line in after}:
        ys = [line.y for line in after if line.page == page]
        assert [y for y in ys if abs((y - ys[0] + 6) % 12 - 6) > 0.1] == []


@pytest.mark.parametrize("name", ["research", "long"])
def test_letters_of_latin_words_keep_together_in_references(name: str) -> None:
    """Between two letters there is nothing, or the space between words: at least 0.125 em."""
    rows: dict[tuple[int, int, float], list[Glyph]] = defaultdict(list)
    for glyph in built(name).glyphs:
        if round(glyph.size, 1) == REFERENCE:
            rows[glyph.page, int(glyph.x > LEFT + COLUMN), round(glyph.y, 1)].append(glyph)
    pairs = [pair for row in rows.values() for pair in pairwise(sorted(row, key=lambda g: g.x))]
    latin = [(a, b) for a, b in pairs if a.text.isascii() and b.text.isascii() and (a.text + b.text).isalpha()]
    assert len(latin) > 300
    gaps = [b.x - a.right for a, b in latin]
    assert [round(gap, 2) for gap in gaps if 0.1 < gap < 1.0] == []


@pytest.mark.parametrize("name", ALL)
def test_the_last_columns_end_within_one_line_of_each_other(name: str) -> None:
    """An entry of three lines is not divided, so that columns of references may differ by two of their lines."""
    found = built(name).lines
    last = [line for line in found if line.page == found[-1].page]
    ends = [min(line.y for line in last if line.column == c) for c in (0, 1)]
    assert abs(ends[0] - ends[1]) <= (2 * 12 if last[-1].size == REFERENCE else STEP) + 0.1


def test_what_says_where_an_article_comes_from_stands_at_the_foot_of_the_first_column() -> None:
    for name in ("research", "long", "specimen"):
        first = [line for line in built(name).lines if line.page == 0 and line.text.startswith("作者单位")]
        assert [line.column for line in first] == [0], name
        below = [line for line in built(name).lines if (line.page, line.column) == (0, 0) and line.y < first[0].y]
        assert not [line for line in below if line.size == BODY], name


def test_floats_stand_whole_in_order_and_not_before_the_page_that_names_them() -> None:
    found = built("long").lines
    wide = lines(built("long").glyphs, wide=True)
    for sign, count in (("图", 5), ("表", 5)):
        starts = tuple(f"{sign}{n}第" for n in range(1, 9)) + tuple(f"{sign}{n}高" for n in range(1, 9))
        captions = [
            line
            for line in wide
            if "Hei" in line.font and line.text.startswith(("图", "表")) and any(s in line.text for s in starts)
        ]
        numbers = [int(next(s for s in starts if s in line.text)[1]) for line in captions]
        assert numbers == sorted(numbers) == list(range(1, count + 1))
        for number, caption in zip(numbers, captions, strict=True):
            named = [line.page for line in found if line.size == BODY and f"见{sign}{number}" in line.text]
            assert named and 0 <= caption.page - named[0] <= 1, (sign, number, named, caption.page)


def test_a_table_longer_than_a_page_goes_on_with_its_head_and_closes_at_each_break() -> None:
    """续表 and caption, the head again, and three rules of 1, 0.5 and 1 pt on every page that it stands on."""
    made = built("long")
    wide = lines(made.glyphs, wide=True)
    pages = [line.page for line in wide if line.text == "续表5第5个表"]
    first = next(line.page for line in wide if line.text == "表5第5个表")
    assert pages == [first + 1, first + 2]
    rows = [line for line in wide if line.page in (first, *pages) and re.match(r"指标\d+\d", line.text)]
    assert len(rows) == 90
    for page in [first, *pages]:
        drawn = [rule for rule in made.rules if rule.page == page and rule.horizontal and rule.y0 < TOP]
        weights = dict(sorted(((round(rule.y0), round(rule.weight, 1)) for rule in drawn), reverse=True))
        assert list(weights.values()) == [1.0, 0.5, 1.0], page
        assert [line.text for line in wide if line.page == page and line.text.startswith("指标干")] == [
            "指标干预组对照组P值"
        ]
    assert not [rule for rule in made.rules if not rule.horizontal and rule.page in pages]


@pytest.mark.parametrize("name", ALL)
def test_no_heading_is_last_in_a_column(name: str) -> None:
    found = built(name).lines
    for this, after in pairwise(found):
        if "Hei" in this.font and this.size in (10.0, 12.0) and (this.page, this.column) != (after.page, after.column):
            pytest.fail(f"{this.text} is last in column {this.column + 1} of page {this.page + 1}")


@pytest.mark.parametrize("name", ALL)
def test_no_line_of_a_paragraph_stands_alone(name: str) -> None:
    """Neither its first at the foot of a column nor its last at the top; a first line is indented by two ems."""
    columns: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in body(name):
        columns[line.page, line.column].append(line)

    def indented(line: Line) -> bool:
        return abs(line.x - LEFT - line.column * (COLUMN + GUTTER) - 2 * BODY) < 1

    def full(line: Line) -> bool:
        return line.right > LEFT + line.column * (COLUMN + GUTTER) + COLUMN - 6

    for found in columns.values():
        if len(found) > 2 and found[-2].y - found[-1].y < STEP + 1:
            assert not (indented(found[-1]) and full(found[-1])), found[-1].text
        if len(found) > 2 and found[0].y - found[1].y < STEP + 1:
            assert full(found[0]) or indented(found[0]) or not indented(found[1]), found[0].text


@pytest.mark.parametrize("name", ALL)
def test_nothing_stands_beyond_the_type_area(name: str) -> None:
    """Notes at the foot too, whose call may stand in what does not break."""
    right = LEFT + 2 * COLUMN + GUTTER
    letters = [g for g in built(name).glyphs if g.text.isalnum()]
    assert [g.text for g in letters if g.x < LEFT - 1 or g.right > right + 1] == []


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_running_heads_are_composed_and_the_folio_stands_at_the_outer_edge(name: str) -> None:
    heads: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in built(name).glyphs:
        if glyph.y > TOP + 2 and glyph.text.strip():
            heads[glyph.page].append(glyph)
    assert heads.keys() == set(range(1, built(name).pages + 1)) or heads.keys() == set(range(built(name).pages))
    gaps: list[float] = []
    for head in heads.values():
        head.sort(key=lambda g: g.x)
        folio = [g for g in head if g.size > 10]
        assert folio and (folio[0] is head[0] or folio[-1] is head[-1])
        line = [g for g in head if g.size < 10]
        gaps += [(b.x - a.right) / a.size for a, b in pairwise(line) if a.text + b.text in ("3卷", "第3", "6年")]
    assert gaps and min(gaps) > 0.15
