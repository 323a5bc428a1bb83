# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""`rights explain` as a person and a program see it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline_project import Run

Call = Callable[..., Run]
REPRINT = ("rights", "explain", "source/research", "--action", "reprint", "--grantee", "org:demo-press")


def test_a_permitted_reprint_names_every_rule_its_place_and_its_end(run: Call) -> None:
    done = run(*REPRINT)
    assert done.exit == 0
    assert "✓ its term 2026-01-01–2035-12-31 holds 2026-11-20  [grant.term · 著作权法 第26条 · rights.yaml:" in done.out
    assert "after 2035-12-31 this is permitted no longer" in done.out
    assert "✗ G-2026-0002 is for excerpt, not for reprint" in done.out


def test_a_refusal_says_what_would_change_it(run: Call) -> None:
    done = run("rights", "explain", "source/news", "--action", "excerpt", "--parts", "s1", "--grantee", "org:x")
    assert done.exit == 3
    assert done.out.startswith("Refused: ") and "→ It takes one grant of cma" in done.out
    assert "✗ no grant covers the excerpt" in done.out and "What would change this:" in done.out


def test_programs_get_the_tree(run: Call) -> None:
    done = run(*REPRINT, "--format", "json")
    (told,) = done.json["explanations"]
    assert (told["verdict"], told["until"]) == ("allow", "2035-12-31")
    rules = {rule["rule"]: rule for rule in told["rules"]}
    assert rules["title.term"]["holds"] is True and rules["title.term"]["where"]["line"] > 0
    skipped = {name for name, rule in rules.items() if rule["skipped"]}
    assert skipped == {name for name in rules if name.startswith("passages.")}, "nothing was compared: no index"
    grants = rules["covered.work"]["below"]
    assert [grant["holds"] for grant in grants] == [True, False]
    assert {rule["rule"] for rule in grants[1]["below"] if not rule["holds"]} == {
        "grant.action",
        "grant.asset",
        "grant.parts",
    }


def test_an_issue_is_explained_article_by_article(run: Call) -> None:
    for source in ("source/issue", "source"):
        done = run("rights", "explain", source, "--format", "json")
        told = done.json["explanations"]
        assert [one["verdict"] for one in told] == ["allow", "allow"]
        assert {Path(one["source"]).parent.name for one in told} == {"news", "research"}
