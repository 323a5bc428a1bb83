# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Page floats, steps and columns of any content: nothing lost, nothing without end, each in its place."""

from __future__ import annotations

from typing import Any

import pytest
from composition_pages import Row, lay_out, rows

from kanyin.composition import grid
from kanyin.composition.fitting import Fit, fit
from kanyin.pdf.overflow import overflows

PX = 96 / 72
TEXT = "<p>国民经济发展水平提高了人口老龄化的程度又完成了很多工作，这里还有一句话要写。</p>"
SHEET = """
.c { columns: 2; column-gap: 20pt; line-height-step: 16pt }
.c > * { block-step-size: 16pt }
.top { float: top } .foot { float: bottom } .snap { float: snap-block } .page { float-reference: page }
"""


def of(name: str, height: int, number: int) -> str:
    return f'<div class="{name}" style="height: {height}pt">浮{number}</div>'


def columns(content: str, css: str = "") -> Any:
    return lay_out(f'<div class="c">{content}</div>', SHEET + css)


def floats(document: Any) -> list[Row]:
    found = [row for row in rows(document) if "浮" in row.text]
    return sorted(found, key=lambda row: (row.page, row.x > 400, row.y))


CASES = {
    "many": ("".join(TEXT * 3 + of("snap", 60, n) for n in range(30)), 30, 5),
    "all at once": (TEXT + "".join(of("snap", 200, n) for n in range(20)) + TEXT * 30, 20, 5),
    "as high as a page": (TEXT + of("top page", 720, 1) + TEXT * 3, 1, 3),
    "higher than a page": (TEXT + of("top page", 1500, 1) + TEXT * 3, 1, 3),
    "higher than a column": (TEXT + of("top", 1500, 1) + TEXT * 3, 1, 3),
    "nothing but floats": (of("top", 300, 1) + of("foot page", 300, 2), 2, 1),
    "in columns in columns": (f'{TEXT * 3}<div class="c">{TEXT * 3}{of("snap", 50, 1)}{TEXT * 9}</div>{TEXT}', 1, 1),
    "beside a spanning box": (f'{TEXT * 3}<h2 style="column-span: all">题</h2>{of("snap", 50, 1)}{TEXT * 9}', 1, 1),
    "with a note": (f'{TEXT * 6}<div class="snap">浮<i style="float: footnote">注</i></div>{TEXT * 60}', 1, 2),
    "a note longer than a page": (f'{TEXT}<p>甲<i style="float: footnote">{"注" * 6000}</i></p>{TEXT}', 0, 3),
    "within a line": ('<p>甲<b class="top">浮</b>乙</p>', 1, 1),
    "a picture of no height": (f'{TEXT * 4}<img class="snap" alt="">{TEXT * 4}', 0, 1),
    "kept together, higher than a page": (f'<div style="break-inside: avoid">{TEXT * 80}</div>', 0, 3),
    "forced breaks": (f'{TEXT}<p style="break-before: page">甲</p><p style="break-before: column">乙</p>', 0, 2),
}


@pytest.mark.parametrize("name", CASES)
def test_any_content_ends_and_loses_no_float(name: str) -> None:
    content, count, pages = CASES[name]
    document = columns(content)
    assert len(floats(document)) == count
    assert len(document.pages) <= pages
    text = "".join(row.text for row in rows(document)).replace(" ", "")
    assert text.count("国民经济发展") == content.count("国民经济发展")


@pytest.mark.parametrize(
    "css", [".c { columns: 1 }", ".c { columns: 5 }", ".c { width: 12pt }", ".c { padding: 30pt }"]
)
def test_columns_of_any_number_and_width_hold_them(css: str) -> None:
    document = columns(TEXT * 9 + of("snap", 60, 1) + TEXT * 9, css)
    assert len(floats(document)) == 1
    text = "".join(row.text for row in rows(document))
    assert text.count("国") == 18


@pytest.mark.parametrize(("edge", "where"), [("top", min), ("foot", max)])
def test_a_float_stands_at_the_edge_that_it_asks_for(edge: str, where: Any) -> None:
    document = columns(TEXT * 10 + of(edge, 32, 1) + TEXT * 90)
    (found,) = floats(document)
    column = [row for row in rows(document) if row.page == 0 and abs(row.x - found.x) < 60]
    assert found.y == where(row.y for row in column)


def test_floats_of_a_kind_keep_their_order_and_follow_their_place() -> None:
    document = columns("".join(TEXT * 4 + f"<p>处{n}</p>" + of("snap", 150, n) for n in range(12)) + TEXT * 9)
    assert [row.text for row in floats(document)] == [f"浮{n}" for n in range(12)]
    page = {row.text: row.page for row in rows(document)}
    assert all(page[f"处{n}"] <= page[f"浮{n}"] <= page[f"处{n}"] + 1 for n in range(12))


def test_a_box_over_both_columns_stands_above_or_below_both() -> None:
    document = columns(TEXT * 10 + of("snap page", 48, 1) + TEXT * 20)
    (found,) = floats(document)
    assert found.width >= 0 and found.y == min(row.y for row in rows(document))
    firsts = sorted({round(row.y, 2) for row in rows(document) if "国民" in row.text})
    assert firsts[0] >= found.y + 48 * PX - 1


def test_text_is_read_where_it_stands_in_the_source() -> None:
    """A float is drawn and tagged at its place in the source, wherever it stands on the page."""
    document = columns(f"<p>前</p>{of('foot', 32, 1)}<p>后</p>")
    assert [row.text for row in rows(document)] == ["前", "浮1", "后"]


def test_columns_end_level() -> None:
    for count in range(3, 40):
        found = rows(columns("<p>行</p>" * count))
        ends = [max(row.y for row in found if (row.x > 400) == right) for right in (False, True)]
        assert ends[0] - ends[1] in (pytest.approx(0), pytest.approx(16 * PX)), count


@pytest.mark.parametrize(("size", "height"), [("14pt", 16), ("16pt", 16), ("17pt", 32), ("40pt", 48)])
def test_a_block_takes_whole_steps(size: str, height: int) -> None:
    document = columns(f'<div style="height: {size}"></div><p>后</p>', ".c { columns: 1 }")
    begin = rows(columns("<p>后</p>", ".c { columns: 1 }"))[0].y
    assert rows(document)[0].y - begin == pytest.approx(height * PX)


def test_a_line_with_something_high_keeps_its_baseline_on_the_grid() -> None:
    high = '<span style="display: inline-block; height: 30pt; width: 5pt"></span>'
    found = rows(columns(f"<p>甲<br>乙{high}<br>丙<sup>2</sup><br><span style='font-family: Kanyin Hei'>丁</span></p>"))
    bases = [piece.y for row in found for piece in row.pieces if piece.text in tuple("甲乙丙丁")]
    steps = [(y - bases[0]) / (16 * PX) for y in bases]
    assert len(bases) == 4
    assert steps == pytest.approx([round(step) for step in steps], abs=1e-3)


def test_what_is_for_the_rest_is_shown_after_a_break_alone() -> None:
    css = '.t::before { content: "续"; display: block; -kanyin-fragments: rest }'
    table = "".join(f"<tr><td>格{n}</td></tr>" for n in range(80))
    document = columns(f'{TEXT}<div class="t snap page"><table>{table}</table></div>', css)
    again = [row.page for row in rows(document) if row.text == "续"]
    cells = [row for row in rows(document) if row.text.startswith("格")]
    assert [row.text for row in cells] == [f"格{n}" for n in range(80)]
    assert again == sorted({row.page for row in cells})[1:] and again


def test_rounding() -> None:
    assert grid.up(16.0, 16) == 16 and grid.up(16.1, 16) == 16 and grid.up(17, 16) == 32
    assert grid.spare(20, 16, "down") == pytest.approx(-4)
    assert grid.spare(20, 16, "nearest") == pytest.approx(-4)
    assert grid.spare(3, 16, "nearest") == pytest.approx(13)
    assert grid.shares(6, "auto") == (3, 3) and grid.shares(6, "start") == (0, 6) and grid.shares(6, "end") == (6, 0)


# ---------------------------------------------------------------- queues, and what waits for floats


def test_figures_do_not_wait_for_a_long_table() -> None:
    cells = "".join(f"<tr><td>格{n}</td></tr>" for n in range(70))
    long = f'<div class="snap page t"><table>{cells}</table></div>'
    figure = '<figure class="snap" style="height: 60pt; margin: 0">浮{}</figure>'
    document = columns(
        TEXT * 6
        + f"<p>处零</p>{long}<p>处一</p>{figure.format(1)}"
        + TEXT * 90
        + f"<p>处二</p>{figure.format(2)}{TEXT}"
    )
    page = {row.text: row.page for row in rows(document)}
    assert page["浮1"] == page["处一"] == 0 and page["浮2"] - page["处二"] in (0, 1)
    assert page["格0"] == 1 and page["格69"] > 1


def test_floats_of_a_kind_are_in_order_whatever_their_width() -> None:
    wide = '<figure class="snap page" style="height: 200pt; margin: 0">浮{}</figure>'
    slim = '<figure class="snap" style="height: 200pt; margin: 0">浮{}</figure>'
    for kinds in ("swsw", "wsws"):
        shapes = (wide if kind == "w" else slim for kind in kinds)
        content = "".join(shape.format(n) for n, shape in enumerate(shapes))
        document = columns(TEXT * 3 + content + TEXT * 40)
        found = [row for row in rows(document) if "浮" in row.text]
        assert [row.text for row in found] == [f"浮{n}" for n in range(4)]  # read in order, too
        for n, first in enumerate(found):
            for later in found[n + 1 :]:
                beside = "w" not in kinds[n] + kinds[int(later.text[1])] and (first.x > 400) != (later.x > 400)
                above = later.y < first.y and not (beside and later.x > first.x)
                assert first.page < later.page or (first.page == later.page and not above), kinds


def test_a_block_may_wait_for_the_floats_before_it() -> None:
    content = TEXT * 8 + "".join(of("snap", 400, n) for n in range(5)) + '<p class="end">声明</p>'
    css = ".end { -kanyin-floats: before }"
    found = {row.text: (row.page, row.x > 400, row.y) for row in rows(columns(content, css))}
    assert all(found[f"浮{n}"][0] <= found["声明"][0] for n in range(5))
    free = {row.text: row.page for row in rows(columns(content))}
    assert free["声明"] < free["浮4"]


def test_a_table_broken_over_columns_ends_level() -> None:
    cells = "".join(f"<tr><td>格{n}</td></tr>" for n in range(70))
    document = columns(TEXT + f'<div class="snap"><table>{cells}</table></div>')
    found = [row for row in rows(document) if "格" in row.text]
    last = [row for row in found if row.page == found[-1].page]
    ends = [max(row.y for row in last if (row.x > 400) == right) for right in (False, True)]
    assert abs(ends[0] - ends[1]) <= 16 * PX * 1.5


def test_a_long_table_begins_below_what_has_waited_longer() -> None:
    cells = "".join(f"<tr><td>格{n}</td></tr>" for n in range(60))
    content = TEXT * 44 + of("snap page", 300, 1) + f'<div class="snap page t"><table>{cells}</table></div>' + TEXT * 9
    found = {row.text: (row.page, row.y) for row in rows(columns(content)) if row.text[0] in "浮格"}
    assert found["浮1"][0] == found["格0"][0] < found["格59"][0] and found["浮1"][1] < found["格0"][1]


def test_what_stands_before_all_text_keeps_to_the_first_page() -> None:
    """In a column, else over all of them, where there is hardly room for text."""
    imprint = f'<div class="foot" style="block-step-size: 16pt; font-size: 8pt; line-height: 11pt">{"单位" * 300}</div>'
    for height, spanning in ((300, False), (540, True)):
        head = f'<div style="height: {height}pt"></div>'
        document = lay_out(f'{head}<div class="c">{imprint}{TEXT * 40}</div>', SHEET)
        found = [row for row in rows(document) if "单位" in row.text]
        assert {row.page for row in found} == {0}
        assert (max(row.width for row in found) > 300 * PX) == spanning
        foot = max(row.y for row in rows(document) if row.page == 0)
        assert foot == found[-1].y


def test_notes_that_move_on_leave_no_hole_at_the_foot() -> None:
    """A note of 15 lines goes on with the line that calls it; the columns end as low as that line stays away."""
    note = f'<i style="float: footnote; font-size: 8pt; line-height: 12pt">{"注" * 900}</i>'
    for count in (84, 90):
        document = columns("<p>行</p>" * count + f"<p>甲{note}</p>" + "<p>行</p>" * 90)
        first = [row for row in rows(document) if row.page == 0 and row.text[0] in "行甲"]
        notes = [row for row in rows(document) if row.page == 0 and "注" in row.text]
        foot = min((row.y for row in notes), default=(297 - 20) * 72 / 25.4 * PX)
        assert foot - max(row.y for row in first) < 16 * PX * 5


# ---------------------------------------------------------------- what is too wide


def table(count: int, width: int, rows: int = 3) -> str:
    cells = "".join(f'<td style="padding: 0; width: {width}pt; min-width: {width}pt">列{n}</td>' for n in range(count))
    return f'<div class="snap fit"><table style="border-collapse: collapse">{f"<tr>{cells}</tr>" * rows}</table></div>'


FIT = ".fit { font-size: 8pt; line-height: 12pt; line-height-step: none; -kanyin-least-size: 7pt }"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (table(4, 40), Fit()),
        (table(8, 40), Fit(True)),
        (table(13, 40), Fit(True, 7 / 8)),
        (table(16, 40), Fit(True, 1, True)),
        (table(19, 40), Fit(True, 7.5 / 8, True)),
        (table(30, 40), Fit()),
    ],
)
def test_a_table_wider_than_its_column_finds_room(content: str, expected: Fit) -> None:
    """Over all columns, then smaller down to 7 pt, then on its side, then smaller too; else it is left, and refused."""
    count = content.split("</tr>")[0].count("列")
    measures = (length * PX for length in (count * 40, 230, 481, 728, 8, 7))
    found = fit(*measures)
    assert (found is None) == (count == 30)
    if found:
        assert (found.spanning, found.turned) == (expected.spanning, expected.turned)
        assert found.scale == pytest.approx(expected.scale)
    document = columns(TEXT * 30 + content + TEXT * 30, FIT)
    (box,) = {id(b): b for p in document.pages for b in p._page_box.descendants() if _is_fit(b)}.values()
    matrix = dict(box.style["transform"]).get("matrix")
    if expected.turned:
        assert matrix[0] == matrix[3] == 0 and matrix[2] == -matrix[1] == pytest.approx(expected.scale)
    elif expected.scale < 1:
        assert matrix[0] == matrix[3] == pytest.approx(expected.scale)
    else:
        assert matrix is None
    assert len(overflows(document, "a.md")) == (count == 30)
    assert "".join(row.text for row in rows(document)).count("列") == 3 * count


def _is_fit(box: Any) -> bool:
    return box.element is not None and "fit" in (box.element.get("class") or "") and box.element_tag == "div"
