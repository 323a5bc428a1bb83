# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The small commands around the line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pipeline_project import Run

Call = Callable[..., Run]


def test_a_new_project_builds_at_once(run: Call, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("init", "fresh", as_of="").exit == 0
    monkeypatch.chdir(project / "fresh")
    done = run("build", "--format", "json")
    assert done.exit == 0, done.json["findings"]
    assert (project / "fresh/build/first/screen.pdf").is_file()


def test_a_new_project_says_what_it_is_and_keeps_secrets_out_of_git(run: Call, project: Path) -> None:
    done = run("init", "fresh", "--format", "json", as_of="")
    count = sum(path.is_file() for path in (project / "fresh").rglob("*"))
    assert done.json["findings"][0]["message"].startswith(f"the new project stands: {count} files, ")
    subprocess.run(["git", "init", "-q", "fresh"], cwd=project, check=True)
    for path in ("build/a.pdf", ".keys/build.key", "rights.index.key", "rights.index.lock", "fonts/kanyin-song.otf"):
        assert subprocess.run(["git", "check-ignore", "-q", path], cwd=project / "fresh", check=False).returncode == 0
    for path in ("rights.yaml", "fonts/fonts.yaml", "source/first/article.md"):
        assert subprocess.run(["git", "check-ignore", "-q", path], cwd=project / "fresh", check=False).returncode == 1


@pytest.mark.parametrize("place", ["source", "rights.yaml", "fonts"])
def test_a_folder_with_something_in_it_is_not_taken(run: Call, place: str) -> None:
    done = run("init", place, "--format", "json")
    assert done.exit == 2 and "INIT-NOT-EMPTY" in done.codes


def test_an_interrupted_beginning_leaves_nothing(run: Call, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*given: object, **more: object) -> None:
        raise KeyboardInterrupt

    before = {path for path in project.rglob("*") if path.is_file()}
    with monkeypatch.context() as patch:
        patch.setattr("shutil.copy", stop)
        assert run("init", "new/project", as_of="").exit == 130
    assert {path for path in project.rglob("*") if path.is_file()} == before
    assert run("init", "new/project", as_of="").exit == 0


def test_every_layout_sets_its_sample(run: Call) -> None:
    done = run("layouts", "check", "--format", "json")
    assert done.exit == 0, done.json["findings"]
    assert done.json["outputs"]


def test_layouts_are_listed_with_their_options(run: Call) -> None:
    (layout,) = run("layouts", "list", "--format", "json").json["layouts"]
    assert layout["name"] == "journal" and layout["options"]
    assert run("layouts", "list").out.startswith("journal\t")


@pytest.mark.parametrize("kind", ["rights", "layout", "issue", "article"])
def test_every_kind_of_file_has_a_json_schema(run: Call, kind: str) -> None:
    schema = run("schema", kind, "--format", "json").json["schema"]
    assert schema["type"] == "object" and schema["properties"]
    assert json.loads(run("schema", kind).out) == schema


def test_doctor_names_what_it_looked_for(run: Call) -> None:
    done = run("doctor", "--format", "json")
    names = {probe["name"] for probe in done.json["probes"]}
    assert done.exit == 0 and any("WeasyPrint" in name for name in names)


def test_a_quiet_doctor_speaks_of_what_is_missing_only(run: Call) -> None:
    assert "DOCTOR-FOUND" in run("doctor", "--format", "json").codes
    assert "DOCTOR-FOUND" not in run("doctor", "-q", "--format", "json").codes


def test_explain_gives_the_reasons_of_a_permitted_build_too(run: Call) -> None:
    done = run("rights", "explain", "source/news", "--format", "json")
    assert done.exit == 0 and done.json["decision"]["reasons"]


REPRINT = ("reprint", "source/research", "--grantee", "org:demo-press")


def test_a_channel_that_does_not_exist_is_a_slip(run: Call) -> None:
    done = run(*REPRINT, "--channel", "webb", "--format", "json")
    assert done.exit == 2 and done.codes == {"CLI-CHOICE"}
    (found,) = done.json["findings"]
    assert "did you mean web?" in found["message"] and "print_periodical" in found["hint"]


def test_a_refusal_says_which_option_would_help(run: Call, project: Path) -> None:
    register = project / "rights.yaml"
    text = register.read_text("utf-8")
    assert text.count('channel: ["*"]') >= 1
    limited = "channel: [print_periodical]\n        limits: {copies: 100}"
    register.write_text(text.replace('channel: ["*"]', limited), "utf-8")
    done = run(*REPRINT)
    assert done.exit == 3
    assert "add --channel print_periodical" in done.err and "--copies N" in done.err
    assert run("check", "source/news").exit == 0, "the register itself is in order"
