# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The small commands around the line."""

from __future__ import annotations

import json
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


def test_a_folder_with_something_in_it_is_not_taken(run: Call, project: Path) -> None:
    done = run("init", "source", "--format", "json")
    assert done.exit == 2 and "INIT-NOT-EMPTY" in done.codes


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


def test_explain_gives_the_reasons_of_a_permitted_build_too(run: Call) -> None:
    done = run("rights", "explain", "source/news", "--format", "json")
    assert done.exit == 0 and done.json["decision"]["reasons"]
