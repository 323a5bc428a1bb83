# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Articles of any length and mixture are laid out whole: no failure, no character lost, no page without text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from composition_pages import HOME

from bench.pages import article, faults, laid_out, pictures
from kanyin.config.fontlist import load_fonts

FONTS = HOME / "fonts"
pytestmark = pytest.mark.skipif(
    not all((FONTS / face.file).is_file() for face in load_fonts(FONTS).faces),
    reason="the fonts are not built: make_pdf.py fonts build",
)

SHORT = """---
id: short
lang: zh-Hans
title: 刚好排满一页的文章
journal: {name: 刊印示例医学, year: "2026", volume: "3", issue: "2", fpage: "1"}
rights: {holder: 示例}
references:
  - {id: r1, type: article-journal, title: 一种示例研究, author: [{family: 王, given: 甲}], container-title: 示例杂志}
  - {id: r2, type: article-journal, title: A study of it, author: [{family: Smith, given: John}], language: en}
---

"""


def lay(folder: Path, source: str) -> tuple[str, Any]:
    pictures(folder)
    path = folder / "article.md"
    path.write_text(source, "utf-8")
    return laid_out(path)


def references(pages: Any) -> list[tuple[int, list[float]]]:
    """(page, baselines of its lines) of each piece of an entry, in px."""
    from weasyprint.formatting_structure.boxes import BlockBox

    return [
        (number, [round(line.position_y, 1) for line in box.children])
        for number, page in enumerate(pages.document.pages)
        for box in page._page_box.descendants()
        if isinstance(box, BlockBox) and box.element_tag == "li"
    ]


@pytest.mark.parametrize("seed", [3, 7, 11, 14, 193])
def test_an_article_made_at_random_is_laid_out_whole(seed: int, tmp_path: Path) -> None:
    assert faults(*lay(tmp_path, article(seed))) == []


@pytest.mark.parametrize("lines", [72, 73, 74, 75, 76, 79, 80, 81, 82])
def test_references_that_find_no_room_at_the_foot_of_a_page_go_to_the_next(lines: int, tmp_path: Path) -> None:
    """The text ends line by line nearer to the foot of the first page, until nothing of them stands there."""
    text = "甲" * (23 * lines - 30)
    html, pages = lay(tmp_path, f"{SHORT}{text}。[@r1][@r2]\n")
    assert faults(html, pages) == []
    assert len({page for page, _ in references(pages)}) == 1, "they stand together"


@pytest.mark.parametrize(("words", "high"), [(1, 1), (3, 2), (5, 3)])
@pytest.mark.parametrize("lines", [0, 74, 80])
def test_two_short_entries_stand_whole_side_by_side(words: int, high: int, lines: int, tmp_path: Path) -> None:
    source = SHORT.replace("A study of it", " ".join(["A study of layout and of its grid"] * words))
    _, pages = lay(tmp_path, f"{source}{'甲' * (23 * lines + 1)}。[@r1][@r2]\n")
    found = references(pages)
    assert [len(entry) for _, entry in found] == [1, high]
    (page, first), (same, second) = found
    assert (page, first[0]) == (same, second[0])


def test_what_is_lost_or_blank_is_seen(tmp_path: Path) -> None:
    html, pages = lay(tmp_path, f"{SHORT}一段文字。[@r1][@r2]\n")
    assert faults(html.replace("一段文字", "一段文字亡"), pages) == ["lost {'亡': 1}"]
    blank = replace(pages, document=pages.document.copy(pages.document.pages))
    page = blank.document.pages[0]._page_box
    page.children = [child for child in page.children if child.element_tag != "html"]
    assert "page 1 is blank" in faults(html, blank)
