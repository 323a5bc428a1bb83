# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""`archive`: packages of what may be kept, and nothing of what may not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
from pipeline_project import Run

Call = Callable[..., Run]

pytestmark = pytest.mark.slow


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_package_holds_what_it_was_made_from_and_repeats_itself(run: Call, project: Path) -> None:
    (project / "source" / "research" / "letter.txt").write_text("给编辑部的信", "utf-8")
    assert run("archive", "source/research", "--out", "one").exit == 0
    assert run("archive", "source/research", "--out", "two").exit == 0
    found = files(project / "one" / "research")
    assert found == files(project / "two" / "research")
    assert [name for name in found if name.startswith("data/")] == [
        "data/archive.manifest.json", "data/archive.pdf", "data/kanyin-sample-research.txt",
        "data/kanyin-sample-research.xml", "data/rights.json", "data/source/article.md", "data/source/fig1.svg",
        "data/source/references.yaml", "data/validation.json",
    ]  # fmt: skip
    (rights,) = json.loads(found["data/rights.json"])
    assert (rights["work"], rights["basis"]) == ("kanyin-sample-research", "work_for_hire")
    assert "VERIFY-NOTICE-MISSING" in json.loads(found["data/validation.json"])["checks"]
    bagit.Bag(str(project / "one" / "research")).validate()  # the reference reader, which raises
    assert run("verify", "one/research", as_of="").exit == 0
    (project / "one" / "research" / "data" / "source" / "article.md").write_text("别的", "utf-8")
    done = run("verify", "one/research", "--format", "json", as_of="")
    assert (done.exit, done.codes) == (7, {"BAG-CHANGED"})


def test_the_package_of_an_issue_tells_its_contents_and_registers_its_dois(run: Call, project: Path) -> None:
    issue = project / "source" / "issue" / "issue.yaml"
    about = "{depositor: 示例, email: doi@example.org, registrant: 示例, landing: 'https://example.org/{doi}'}"
    issue.write_text(issue.read_text("utf-8") + f"\ncrossref: {about}\n", "utf-8")
    done = run("archive", "source/issue", "--out", "one", "--format", "json")
    assert done.exit == 0 and "CROSSREF-LACKS" in done.codes  # the news report has no DOI
    found = files(project / "one" / "issue")
    contents = json.loads(found["data/contents.json"])
    assert {one["id"] for one in contents["articles"]} == {"kanyin-sample-news", "kanyin-sample-research"}
    assert b"<doi>10." in found["data/crossref.xml"]
    assert {"data/kanyin-sample-news.txt", "data/kanyin-sample-research.txt"} <= set(found)
    bagit.Bag(str(project / "one" / "issue")).validate()


def refuse(project: Path) -> None:
    article = project / "source" / "research" / "article.md"
    article.write_text(article.read_text("utf-8").replace("id: kanyin-sample-research", "id: nobodys", 1), "utf-8")


def test_one_that_is_refused_stops_all(run: Call, project: Path) -> None:
    refuse(project)
    done = run("archive", "source/research", "source/news", "--out", "one")
    assert done.exit == 3
    assert not (project / "one").exists()


def test_or_is_left_out_and_named(run: Call, project: Path) -> None:
    refuse(project)
    done = run("archive", "source/research", "source/news", "--out", "one", "--keep-going", "--format", "json")
    assert done.exit == 3
    assert [path.name for path in (project / "one").iterdir()] == ["news"]
    assert any(found["where"]["file"].endswith("research/article.md") for found in done.json["findings"])


def test_a_file_of_somebody_else_is_not_packed_over(run: Call, project: Path) -> None:
    (project / "one" / "news" / "data").mkdir(parents=True)
    (project / "one" / "news" / "data" / "mine.txt").write_text("我的", "utf-8")
    done = run("archive", "source/news", "--out", "one", "--format", "json")
    assert "BAG-OTHERS" in done.codes
    assert list(files(project / "one")) == ["news/data/mine.txt"]
