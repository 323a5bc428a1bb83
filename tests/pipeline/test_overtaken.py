# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What changes while pages are set: nothing is delivered, and no manifest or receipt names bytes that nobody read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pipeline_project import Run, pdfs

import kanyin.pipeline.article as line
from kanyin.seen import noted, watching

Call = Callable[..., Run]
Meanwhile = Callable[[Callable[[], None]], None]
RESEARCH = ("reprint", "source/research", "--grantee", "org:demo-press")
NEWS = ("build", "source/news")


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Something that somebody does after the source is read and before the pages are made, or after they are."""

    def when(act: Callable[[], None], *, late: bool = False) -> None:
        real = line.paginate

        def paginate(*given: Any, **named: Any) -> Any:
            if late:
                pages = real(*given, **named)
                act()
                return pages
            act()
            return real(*given, **named)

        monkeypatch.setattr(line, "paginate", paginate)

    return when


def refused(run: Call, project: Path, command: tuple[str, ...]) -> tuple[int, set[str]]:
    done = run(*command, "--format", "json")
    assert not pdfs(project / "build") and not list(project.glob("build/**/*.json"))
    return done.exit, done.codes & {"RECEIPT-REGISTER-CHANGED", "RECEIPT-SOURCE-CHANGED"}


@pytest.mark.parametrize("key", [False, True], ids=["no key", "with receipt and log"])
def test_a_text_that_is_put_back_after_it_was_read(run: Call, project: Path, meanwhile: Meanwhile, key: bool) -> None:
    if key:
        assert run("rights", "keygen").exit == 0
    path = project / "source/news/article.md"
    honest = path.read_text("utf-8")
    changed = honest.replace("五位讲者，五件小事", "六位讲者，六件小事")
    assert changed != honest
    path.write_text(changed, "utf-8")
    meanwhile(lambda: path.write_text(honest, "utf-8") and None)
    assert refused(run, project, NEWS) == (4, {"RECEIPT-SOURCE-CHANGED"})


@pytest.mark.parametrize(
    "name",
    [
        "source/research/references.yaml",
        "source/research/fig1.svg",
        "layouts/journal/text.css",
        "layouts/journal/layout.yaml",
    ],
)
def test_what_was_read_beside_the_text_is_held_to_it_too(run: Call, project: Path, meanwhile: Any, name: str) -> None:
    path = project / name
    assert path.is_file()
    meanwhile(lambda: path.write_bytes(path.read_bytes() + b"\n"), late=True)
    assert refused(run, project, RESEARCH) == (4, {"RECEIPT-SOURCE-CHANGED"})


@pytest.mark.parametrize("key", [False, True], ids=["no key", "with receipt and log"])
def test_a_register_that_forbids_meanwhile(run: Call, project: Path, meanwhile: Meanwhile, key: bool) -> None:
    if key:
        assert run("rights", "keygen").exit == 0
    path = project / "rights.yaml"
    more = "\nrevocations:\n  - {grant: G-2026-0001, from: 2026-01-01}\n"
    meanwhile(lambda: path.write_text(path.read_text("utf-8") + more, "utf-8") and None)
    assert refused(run, project, RESEARCH) == (3, {"RECEIPT-REGISTER-CHANGED"})


def test_what_stays_is_delivered_with_every_file_that_was_read(run: Call, project: Path) -> None:
    assert run(*RESEARCH).exit == 0
    (manifest,) = project.glob("build/**/*.manifest.json")
    inputs = json.loads(manifest.read_text("utf-8"))["inputs"]
    assert {"rights.yaml", "source/research/article.md", "source/research/references.yaml"} <= set(inputs)
    for name, digest in inputs.items():
        assert hashlib.sha256((project / name).read_bytes()).hexdigest() == digest, name


def test_a_file_that_says_something_else_each_time_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"1")
    with watching() as seen:
        noted(path, b"1")
        assert seen.changed() == []
        noted(path, b"2")  # and put back
    assert seen.changed() == [path] and seen.digest(path) == hashlib.sha256(b"1").hexdigest()
    noted(path, b"3")  # nobody watches any more
    assert seen.twice == {path}
