# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A holder's own notice, as the register has it, is what `verify` looks for on the pages of that holder's works."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from pipeline_project import Run

CLAUSES = ("版权归示范学会所有。", "未经授权，不得转载、摘编本刊文章。")
NOTICE = f"""notices:
  - id: own
    holder: own
    lang: zh-Hans
    clauses: [{", ".join(CLAUSES)}]
    sha256: {hashlib.sha256("".join(CLAUSES).encode()).hexdigest()}
"""
HOLDER = "holders:\n  - {id: own, name: 示范学会, kind: legal_entity}\n"


def registered(text: str) -> str:
    """The register with another holder of the news, who has a notice of its own."""
    text = text.replace("holders:\n", HOLDER).replace("notices:\n", NOTICE)
    return text.replace("- id: kanyin-sample-news\n    holder: cma", "- id: kanyin-sample-news\n    holder: own")


def test_what_was_built_with_a_holders_own_notice_is_verified_with_the_register_at_hand(
    project: Path, run: Callable[..., Run]
) -> None:
    before = (project / "rights.yaml").read_text("utf-8")
    mine = registered(before)
    (project / "rights.yaml").write_text(mine, "utf-8")
    built = run("build", "source/news", "--format", "json")
    assert built.exit == 0, built.out
    file = "build/news/screen.pdf"
    assert run("verify", file, as_of="").exit == 0
    # The holder's notice on the work of somebody else is none, nor is it one that nobody registered.
    other = mine.replace("- id: kanyin-sample-news\n    holder: own", "- id: kanyin-sample-news\n    holder: cma")
    (project / "rights.yaml").write_text(other, "utf-8")
    assert run("verify", file, as_of="").exit == 7
    (project / "rights.yaml").write_text(before, "utf-8")
    found = run("verify", file, "--format", "json", as_of="")
    assert found.exit == 7 and "VERIFY-NOTICE-MISSING" in found.codes
