# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What a source or a layout may not reach, use up or write over: each ends in one finding and no PDF."""

from __future__ import annotations

import base64
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pipeline_project import HOME, Run, pdfs

from kanyin.pipeline.sources import same_ids

Call = Callable[..., Run]
FONT = base64.b64encode((HOME / "fonts/kanyin-latin.ttf").read_bytes()).decode()


@pytest.mark.parametrize(
    ("css", "code"),
    [
        ('@import url("https://example.org/x.css");', "RESOURCE-REMOTE"),
        ('body { background: url("file:///etc/hostname") }', "RESOURCE-OUTSIDE"),
        ('body { background: url("nothing.png") }', "RESOURCE-MISSING"),
        ('@font-face { font-family: E; src: url("/FONT") }', "RESOURCE-OUTSIDE"),
        ('@font-face { font-family: E; src: url("data:image/png;base64,FONT") }', "RESOURCE-FONT"),
        ('@font-face { font-family: E; src: url("data:font/ttf;base64,FONT") }', "RESOURCE-REMOTE"),
        ("body { no-such-property: 1 }", "RENDER-ENGINE-WARNING"),
    ],
)
def test_what_a_style_sheet_may_not_do(run: Call, project: Path, css: str, code: str) -> None:
    sheet = project / "layouts/journal/text.css"
    sheet.write_text(css.replace("FONT", FONT) + "\n" + sheet.read_text("utf-8"), "utf-8")
    done = run("build", "source/news", "--format", "json")
    assert code in done.codes
    if code != "RENDER-ENGINE-WARNING":
        assert done.exit == 6 and pdfs(project) == []


@pytest.mark.parametrize("key", ["template: article.html.j2", "sample: sample"])
def test_a_layout_stays_in_its_folder(run: Call, project: Path, key: str) -> None:
    path = project / "layouts/journal/layout.yaml"
    name = key.partition(": ")[0]
    path.write_text(path.read_text("utf-8").replace(key, f"{name}: ../../source"), "utf-8")
    done = run("build", "source/news", "--format", "json")
    assert done.exit == 2 and "LAYOUT-OUTSIDE" in done.codes


def test_two_sources_never_write_to_one_file(run: Call, project: Path) -> None:
    shutil.copytree(project / "source/news", project / "other/news")
    done = run("build", "source/news", "other/news", "--format", "json")
    assert done.exit == 2 and done.codes == {"CLI-SAME-OUTPUT"}
    assert pdfs(project) == []


def test_a_source_named_twice_is_built_once(run: Call) -> None:
    assert len(run("build", "source/news", "source/news", "--format", "json").json["outputs"]) == 1


# the interruption may come where Python can only tell of it; the next one stops the work
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_work_that_takes_too_long_is_stopped(run: Call, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("kanyin.pdf.paginate.TIME_LIMIT", 0.05)
        done = run("build", "source/news", "--format", "json")
    assert done.exit == 6 and "RENDER-TIME" in done.codes
    assert pdfs(project) == []
    assert run("build", "source/news").exit == 0  # without the small limit the same work comes to its end


def test_work_without_end_is_not_begun(run: Call, project: Path) -> None:
    """A drawing of a few hundred bytes that asks for ten million shapes."""
    levels = "".join(
        f'<g id="l{n}">' + f'<use href="#l{n - 1}"/>' * 10 + "</g>" if n else '<rect id="l0" width="1" height="1"/>'
        for n in range(8)
    )
    (project / "source/news/bomb.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><defs>{levels}</defs><use href="#l7"/></svg>'
    )
    article = project / "source/news/article.md"
    article.write_text(article.read_text("utf-8") + "\n![图](bomb.svg){#fig9}\n\n图1：图\n", "utf-8")
    done = run("build", "source/news", "--format", "json")
    assert done.exit == 6 and "RESOURCE-DRAWING" in done.codes
    assert pdfs(project) == []


def _fails(*given: object, **more: object) -> None:
    raise ValueError("nothing fits")


def test_a_failure_names_the_article_and_a_report_that_is_there(
    run: Call, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint.layout import block

    monkeypatch.setattr(block, "block_container_layout", _fails)
    done = run("build", "source/news", "--format", "json")
    (found,) = [f for f in done.json["findings"] if f["code"] == "RENDER-FAILED"]
    assert done.exit == 6 and pdfs(project) == []
    assert Path(found["where"]["file"]).parts[-3:] == ("source", "news", "article.md")
    assert "ValueError: nothing fits" in found["message"]
    _report_is_there(found)


def test_columns_that_fail_are_the_engines_and_it_is_said(
    run: Call, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kanyin.composition.sheet_seam.arrange", _fails)
    done = run("build", "source/research", "--format", "json")
    said = {f["code"]: f for f in done.json["findings"] if f["severity"] in ("warning", "error")}
    # the engine's columns cannot hold a table as wide as the page: that is no page to deliver
    assert set(said) == {"RENDER-COLUMNS", "RENDER-TOO-WIDE"} and done.exit == 6 and pdfs(project) == []
    _report_is_there(said["RENDER-COLUMNS"])
    done = run("build", "source/news", "--format", "json")
    (found,) = [f for f in done.json["findings"] if f["severity"] in ("warning", "error")]
    assert found["code"] == "RENDER-COLUMNS" and "nothing fits" in found["message"]
    assert Path(found["where"]["file"]).parts[-3:] == ("source", "news", "article.md")
    assert len(pdfs(project)) == 1
    _report_is_there(found)
    monkeypatch.undo()
    assert "RENDER-COLUMNS" not in run("build", "source/research", "--format", "json").codes


def _report_is_there(found: dict[str, Any]) -> None:
    named = re.search(r"/\S+kanyin-crash-\w+\.md", found["hint"])
    assert named, found["hint"]
    assert "nothing fits" in Path(named[0]).read_text("utf-8")
    Path(named[0]).unlink()


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("新闻稿.txt", [], "id: my-news"),
        ("plain.txt", ["--id", "kanyin-sample-news"], "id: kanyin-sample-news"),
        ("plain.txt", ["--id", "新闻"], "CLI-IMPORT-ID"),
    ],
)
def test_an_imported_article_has_an_id_that_can_be_registered(
    run: Call, project: Path, name: str, options: list[str], expected: str
) -> None:
    (project / name).write_text("题目\n\n正文一段。\n", "utf-8")
    done = run("import", name, "--to", "source/my-news", *options, "--format", "json")
    if expected == "CLI-IMPORT-ID":
        assert done.exit == 2 and expected in done.codes
    else:
        assert expected in (project / "source/my-news/article.md").read_text("utf-8").splitlines()


def test_two_articles_never_share_an_id(run: Call, project: Path) -> None:
    """The register could not tell them apart: both places are named, and nothing is built."""
    shutil.copytree(project / "source/news", project / "source/copy")
    for command, code in (("check", 1), ("build", 2)):
        done = run(command, "--format", "json")
        (found,) = [f for f in done.json["findings"] if f["code"] == "SOURCE-SAME-ID"]
        assert done.exit == code
        assert found["where"] == {"file": str(project / "source/news/article.md"), "line": 6, "column": 1, "page": None}
        assert f"{project}/source/copy/article.md:6:1" in found["message"]
    assert pdfs(project) == []
    assert run("check", "source/news", "source/news/article.md", "--format", "json").exit == 0


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("---\ntitle: 甲\n---\n", "---\nid: a\n---\n", True),  # an article without an id has its folder's name
        ('---\nid: "a"\n---\n', "---\nid: a # 编号\n---\n", True),
        ("---\nabstract: |\n  id: b\n---\nid: b\n", "---\nid: b\n---\n", False),
        ("---\nid: c\n---\n", "---\nid: b\n---\n", False),
    ],
)
def test_where_an_id_is_found(tmp_path: Path, first: str, second: str, same: bool) -> None:
    files = [tmp_path / name / "article.md" for name in ("a", "z")]
    for file, text in zip(files, (first, second), strict=True):
        file.parent.mkdir()
        file.write_text(text, "utf-8")
    assert bool(same_ids(files)) == same


def test_nobody_waits_for_a_pipe(run: Call, project: Path, tmp_path: Path) -> None:
    os.mkfifo(project / "source/news/pipe")
    assert run("check", "source/news").exit == 0
    os.mkfifo(tmp_path / "text.txt")
    done = run("import", str(tmp_path / "text.txt"), "--to", "source/new", "--format", "json", as_of="")
    assert done.exit == 4 and "SOURCE-UNREADABLE" in done.codes
