# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Two builds at once in a project without a build key, which has no log: the ledger still counts both."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from measured_project import OWN, REFERENCE, sentence, write
from pipeline_project import HOME, Run, pdfs

from kanyin.pipeline import article, deliver
from kanyin.rights.match import turn

Call = Callable[..., Run]


@pytest.fixture
def pieces(project: Path, run: Call) -> list[str]:
    """Two articles that each take 8 % of one work; either may be printed, both may not."""
    register = project / "rights.yaml"
    limits = "policy:\n  excerpt: {index: rights.index, review_share: 0.09, whitelist: [references, affiliations]}\n"
    register.write_text(register.read_text("utf-8").replace("policy:\n", limits), "utf-8")
    assert run("rights", "index").exit == 0
    taken = sentence(project, 600)
    return [
        write(project, f"piece{n}", f"{OWN}\n\n“{part}”[@r1]。", REFERENCE)
        for n, part in enumerate((taken[:300], taken[300:]))
    ]


def overlapping(run: Call, pieces: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[Run, Run]:
    """The first article is decided upon and its pages compared, then the second is built from beginning to end, then
    the first goes on."""
    imposed = article.imposed
    second: list[Run] = []

    def slowly(*given: object, **more: object) -> object:
        if not second:
            second.append(Run(-1, "", ""))
            second[0] = run("build", pieces[1], "--format", "json")
        return imposed(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(article, "imposed", slowly)
    return run("build", pieces[0], "--format", "json"), second[0]


def test_what_another_build_took_meanwhile_counts(
    project: Path, run: Call, pieces: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = overlapping(run, pieces, monkeypatch)
    assert (first.exit, second.exit) == (3, 0), (first.out, second.out)
    assert {"RECEIPT-OVERTAKEN", "RIGHTS-PASSAGES-BEFORE"} & first.codes
    assert [path.parent.name for path in pdfs(project / "build")] == ["piece1"]


def test_without_the_turn_both_would_be_printed(
    project: Path, run: Call, pieces: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def nobody_waits(*given: object) -> Iterator[bool]:
        yield False

    monkeypatch.setattr(deliver, "turn", nobody_waits)
    first, second = overlapping(run, pieces, monkeypatch)
    assert (first.exit, second.exit) == (0, 0)
    assert len(pdfs(project / "build")) == 2


def test_two_processes_at_once_print_one_of_the_two(project: Path, pieces: list[str]) -> None:
    command = [sys.executable, str(HOME / "make_pdf.py"), "build"]
    started = [
        subprocess.Popen([*command, piece], cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for piece in pieces
    ]
    assert sorted(process.wait(timeout=240) for process in started) == [0, 3]
    assert len(pdfs(project / "build")) == 1


def test_who_waits_too_long_prints_nothing(
    project: Path, run: Call, pieces: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "WAIT", 0.1)
    with turn.alone(project / "rights.index"):
        done = run("build", pieces[0], "--format", "json")
    assert done.exit == 5 and "MATCH-BUSY" in done.codes and not pdfs(project / "build")
    assert run("build", pieces[0]).exit == 0


def test_a_process_that_dies_gives_its_turn_back(tmp_path: Path) -> None:
    path = tmp_path / "x.index"
    code = (
        "import os, pathlib, sys; from kanyin.rights.match.turn import alone\n"
        "with alone(pathlib.Path(sys.argv[1])):\n  os._exit(9)"
    )
    dead = subprocess.run([sys.executable, "-c", code, str(path)], cwd=HOME, check=False)
    assert dead.returncode == 9
    with turn.alone(path):
        assert path.with_name("x.index.lock").exists()
