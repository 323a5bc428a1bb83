# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Two PDFs beside each other: what changed is marked, and one file holds all of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from foreign_samples import foreign
from pdf_samples import laid_out
from pipeline_project import Run

Runner = Callable[..., Run]


def compared(run: Runner, folder: Path, left: bytes, right: bytes) -> tuple[Run, str]:
    (folder / "a.pdf").write_bytes(left)
    (folder / "b.pdf").write_bytes(right)
    done = run("diff", "a.pdf", "b.pdf", "--format", "json")
    page = folder / "build" / "diff" / "a-b.html"
    return done, page.read_text("utf-8") if page.exists() else ""


def test_the_same_file(run: Runner, project: Path) -> None:
    done, page = compared(run, project, laid_out(pages=2), laid_out(pages=2))
    assert done.exit == 0 and done.json["diff"]["same"] and not done.codes
    assert "<img" not in page and "1, 2" in page


def test_a_page_that_changed_is_shown_with_its_text(run: Runner, project: Path) -> None:
    done, page = compared(run, project, laid_out(), laid_out(extra="<p>另加一句。</p>"))
    assert done.exit == 1 and done.codes == {"DIFF-PAGE"}
    assert page.count("<img") == 2
    assert re.search("<ins>[+].*另加一句", page)
    assert compared(run, project, laid_out(), laid_out(extra="<p>另加一句。</p>"))[1] == page


@pytest.mark.parametrize(("left", "right"), [(1, 2), (2, 1)])
def test_a_page_more_or_less(run: Runner, project: Path, left: int, right: int) -> None:
    done, page = compared(run, project, foreign(left), foreign(right))
    assert done.exit == 1 and [f["where"]["page"] for f in done.json["findings"]] == [2]
    assert page.count("<img") == 1


def test_nothing_is_fetched_and_nothing_of_the_files_is_markup(run: Runner, project: Path) -> None:
    _, page = compared(run, project, laid_out(), laid_out(extra="<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"))
    assert "<script" not in page and "&lt;script&gt;" in page
    assert not re.search(r"""(src|href)=["'](?!data:|#)""", page)


def test_what_is_no_pdf(run: Runner, project: Path) -> None:
    done, page = compared(run, project, b"no", foreign())
    assert (done.exit, done.codes, page) == (4, {"VERIFY-UNREADABLE"}, "")
