# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The page that shows a build: on request, self-contained, the same each time, and nothing of what was refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from pipeline_project import Run

Runner = Callable[..., Run]


def test_a_build_is_shown_page_by_page(run: Runner, project: Path) -> None:
    done = run("build", "source/news", "--report", "--format", "json")
    assert done.exit == 0
    path = project / "build" / "news" / "report.html"
    page = path.read_text("utf-8")
    assert page.count("<figure>") == done.json["outputs"][0]["pages"]
    assert "KanyinSong" in page and "RIGHTS-PUBLISH-OWN" in page and "permitted" in page
    assert not re.search(r"""(src|href)=["'](?!data:)""", page) and "<script" not in page
    assert run("build", "source/news", "--report").exit == 0
    assert path.read_text("utf-8") == page


def test_without_the_request_there_is_none(run: Runner, project: Path) -> None:
    assert run("build", "source/news").exit == 0
    assert not list((project / "build").rglob("report.html"))


def test_of_a_refused_build_nothing_is_shown(run: Runner, project: Path) -> None:
    register = project / "rights.yaml"
    register.write_text(
        register.read_text("utf-8").replace("id: kanyin-sample-news", "id: kanyin-sample-other", 1), "utf-8"
    )
    text = register.read_text("utf-8").replace("works: [kanyin-sample-news]", "works: [kanyin-sample-other]")
    register.write_text(text, "utf-8")
    assert run("build", "source/news", "--report").exit == 3
    page = (project / "build" / "news" / "report.html").read_text("utf-8")
    assert "<img" not in page and "refused" in page and "RIGHTS-WORK-UNREGISTERED" in page
