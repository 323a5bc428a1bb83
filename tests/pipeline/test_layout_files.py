# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A design is its files, whatever a folder calls itself."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pipeline_project import Run, pdfs

from kanyin.config.layoutfiles import layout_files
from kanyin.config.layoutlike import share, sketch
from kanyin.rights import decide as deciding

Call = Callable[..., Run]


def copied(project: Path, design: str) -> Path:
    """The house's layout under another name, calling itself by the id `design`."""
    folder = project / "layouts/mine"
    shutil.copytree(project / "layouts/journal", folder)
    text = (folder / "layout.yaml").read_text("utf-8").replace("name: journal", "name: mine")
    (folder / "layout.yaml").write_text(text.replace("design: kanyin-journal", f"design: {design}"), "utf-8")
    return folder


def registered(project: Path, entry: str) -> None:
    path = project / "rights.yaml"
    path.write_text(path.read_text("utf-8").replace("layouts:\n", f"layouts:\n  - {entry}\n", 1), "utf-8")


def refused(run: Call) -> set[str]:
    done = run("check", "source/news", "--layout", "mine", "--format", "json")
    return {one["code"] for one in done.json["findings"] if one["code"].startswith("RIGHTS-LAYOUT")}


def test_a_foreign_folder_may_not_take_the_id_of_an_open_design(run: Call, project: Path) -> None:
    (copied(project, "kanyin-journal") / "text.css").write_text("p { color: black }", "utf-8")
    assert refused(run) == {"RIGHTS-LAYOUT-OTHER"}


def test_a_copy_under_an_id_of_its_own_is_known(run: Call, project: Path) -> None:
    copied(project, "my-own")
    registered(project, "{id: my-own, holder: cma, name: mine}")
    assert refused(run) == {"RIGHTS-LAYOUT-COPY"}


def test_files_that_differ_from_the_registered_ones_are_refused(run: Call, project: Path) -> None:
    folder = copied(project, "my-own")
    (folder / "text.css").write_text("p { color: black }", "utf-8")
    registered(project, f"{{id: my-own, holder: cma, name: mine, sha256: {layout_files(folder, 'sample').sha256}}}")
    assert refused(run) == set()
    (folder / "text.css").write_text("p { color: navy }", "utf-8")
    assert refused(run) == {"RIGHTS-LAYOUT-OTHER"}


def imitated(project: Path) -> None:
    (copied(project, "kanyin-journal") / "text.css").write_text("p { color: black }", "utf-8")


def renamed(project: Path) -> None:
    copied(project, "my-own")
    registered(project, "{id: my-own, holder: cma, name: mine}")


def changed(project: Path) -> None:
    folder = copied(project, "my-own")
    digest = layout_files(folder, "sample").sha256
    (folder / "text.css").write_text("p { color: navy }", "utf-8")
    registered(project, f"{{id: my-own, holder: cma, name: mine, sha256: {digest}}}")


@pytest.mark.parametrize("attack", [imitated, renamed, changed])
def test_were_a_design_not_its_files_it_would_be_used(
    run: Call, project: Path, monkeypatch: pytest.MonkeyPatch, attack: Callable[[Path], None]
) -> None:
    attack(project)
    assert refused(run)
    monkeypatch.setattr(deciding, "CLAUSES", tuple(r for r in deciding.CLAUSES if r.id != "layout.files"))
    done = run("build", "source/news", "--layout", "mine")
    assert done.exit == 0 and len(pdfs(project / "build")) == 1, done.err


def colours(css: str) -> str:
    return re.sub(r"#[0-9a-fA-F]{3,6}", "#123456", css)


def a_little(css: str) -> str:
    return re.sub(r"(\d+(?:\.\d+)?)(pt|mm|em)\b", lambda m: f"{float(m[1]) * 1.003:.4f}{m[2]}", css)


def classes(css: str) -> str:
    return re.sub(r"\.([a-z][\w-]*)(?=[^{};]*\{)", r".x-\1", css)


def padded(css: str) -> str:
    return css + "".join(f".n{n} {{ top: {n}pt; left: {n}pt; color: red }}" for n in range(10, 500))


def one_file(css: str) -> str:
    return "@media all { " + css.replace("\n", " ") + " }"


def ours_by_studio(project: Path) -> str:
    """The design of the samples, registered as somebody else's who opened it to nobody; its sketch."""
    held = sketch(layout_files(project / "layouts/journal", "sample").rules)
    registered(project, f'{{id: studio-design, holder: kanyin, rules: "{held}"}}')
    return held


@pytest.mark.parametrize("change", [colours, a_little, classes, padded, one_file])
def test_an_altered_copy_of_a_closed_design_is_known_and_would_be_used_if_designs_were_only_files(
    run: Call, project: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[str], str]
) -> None:
    ours_by_studio(project)
    folder = copied(project, "my-own")
    for sheet in folder.glob("*.css"):
        sheet.write_text(change(re.sub(r"/\*.*?\*/", " ", sheet.read_text("utf-8"), flags=re.DOTALL)), "utf-8")
    shutil.rmtree(project / "layouts/journal")
    registered(project, "{id: my-own, holder: cma, name: mine}")
    assert refused(run) == {"RIGHTS-LAYOUT-ALIKE"}
    monkeypatch.setattr(deciding, "CLAUSES", tuple(r for r in deciding.CLAUSES if r.id != "layout.style"))
    assert refused(run) == set()


def test_a_design_of_one_s_own_is_like_no_other(run: Call, project: Path) -> None:
    held = ours_by_studio(project)
    folder = copied(project, "my-own")
    for sheet in folder.glob("*.css"):
        sheet.write_text("".join(f".n{n} {{ top: {n}pt; left: {n}pt; color: red }}" for n in range(99)), "utf-8")
    registered(project, "{id: my-own, holder: cma, name: mine}")
    assert share(held, layout_files(folder, "sample").rules) < 0.1
    assert refused(run) == set()


def test_what_the_register_holds_of_a_design_is_told(run: Call, project: Path) -> None:
    (told,) = [one for one in json.loads(run("layouts", "list", "--format", "json").out)["layouts"]]
    files = layout_files(project / "layouts/journal", "sample")
    assert (told["sha256"], told["rules"]) == (files.sha256, sketch(files.rules)) and len(told["rules"]) == 512


@pytest.mark.parametrize("same", [True, False])
def test_comments_white_space_and_names_of_files_do_not_make_another_design(project: Path, same: bool) -> None:
    folder = copied(project, "my-own")
    css = folder / "text.css"
    text = css.read_text("utf-8")
    css.unlink()
    (folder / "z.css").write_text(
        "/* mine */\n" + text.replace("\n", "\n\n") + ("" if same else "p { top: 0 }"), "utf-8"
    )
    assert (layout_files(folder, "sample").same == ("journal",)) is same


def test_an_unknown_layout_is_answered_where_it_was_asked_for(run: Call, project: Path) -> None:
    article = project / "source/news/article.md"
    text = article.read_text("utf-8")
    assert text.count("\nlayout: journal\n") == 1
    article.write_text(text.replace("layout: journal", "layout: jurnal"), "utf-8")
    line = text[: text.index("\nlayout:")].count("\n") + 2
    (found,) = run("check", "source/news", "--format", "json").json["findings"]
    assert (found["code"], found["where"]["line"], found["where"]["column"]) == ("LAYOUT-UNKNOWN", line, 1)
    assert found["where"]["file"].endswith("source/news/article.md") and "did you mean journal?" in found["message"]
    (found,) = run("check", "source/news", "--layout", "jornal", "--format", "json").json["findings"]
    assert found["where"]["line"] is None and "did you mean journal?" in found["message"]
