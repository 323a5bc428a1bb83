# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The ledger that the log speaks of: an old copy is found, a lost one is made again, another one is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from measured_project import OWN, REFERENCE, codes, sentence, write
from pipeline_project import Run, pdfs

from kanyin.pipeline import decided

Call = Callable[..., Run]
POLICY = "policy:\n  excerpt: {index: rights.index, review_share: 0.09, whitelist: [references, affiliations]}\n"


def built(run: Call, source: str) -> Run:
    return run("build", source, "--format", "json")


def test_an_old_ledger_is_found_and_made_again(project: Path, run: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    register, ledger = project / "rights.yaml", project / "rights.index.ledger"
    register.write_text(register.read_text("utf-8").replace("policy:\n", POLICY), "utf-8")
    assert run("rights", "keygen").exit == 0
    assert run("rights", "index").exit == 0
    before = ledger.read_bytes()
    taken = sentence(project, 600)
    one, two = (
        write(project, f"piece{n}", f"{OWN}\n\n“{part}”[@r1]。", REFERENCE)
        for n, part in enumerate((taken[:300], taken[300:]))
    )
    assert built(run, one).exit == 0
    after = ledger.read_bytes()
    assert after != before and run("rights", "log").exit == 0

    ledger.write_bytes(before)
    for done in (run("check", two, "--format", "json"), built(run, two), run("rights", "log", "--format", "json")):
        assert done.exit == 3 and "MATCH-LEDGER-BEHIND" in done.codes
    assert len(pdfs(project / "build")) == 1
    with monkeypatch.context() as without:
        without.setattr(decided, "accounted", lambda *_: None)
        assert run("check", two).exit == 0  # the defence out: what was taken before is forgotten

    for lost in (lambda: None, lambda: ledger.unlink()):
        lost()
        assert "MATCH-LEDGER-RESTORED" in run("rights", "log", "--repair", "--format", "json").codes
        assert "MATCH-LEDGER-RESTORED" not in run("rights", "log", "--repair", "--format", "json").codes
        assert "RIGHTS-PASSAGES-BEFORE" in codes(run("check", two, "--format", "json"))

    other = project.parent / "other"
    shutil.copytree(project, other, symlinks=True)
    for name in ("rights.index", "rights.index.key", "rights.index.seal", "rights.index.ledger"):
        (other / name).unlink()
    assert run("rights", "index", "--rights", str(other / "rights.yaml")).exit == 0
    foreign = (other / "rights.index.ledger").read_bytes()
    shutil.copy(other / "rights.index.key", project)
    ledger.write_bytes(foreign)
    assert run("rights", "log", "--repair").exit == 3, "an index under another key"
