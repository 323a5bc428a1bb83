# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""With an index a source is held to the work whose name it bears: not a part of it, no other words, no other parts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pipeline_project import Run, pdfs
from signed_project import make_signed

Call = Callable[..., Run]
POLICY = "  excerpt: {index: rights.index, whitelist: [references, affiliations, statute_text]}\n"
FOR = ("--grantee", "org:demo-press", "--channel", "web", "--format", "json")
OWN = "清晨的集市上，卖菜的老人把秤放稳，先问一句今天量过血压没有，再报菜价；问得多了，街坊们也就记住了这件事。"


@pytest.fixture
def indexed(project: Path, run: Call) -> Path:
    register = project / "rights.yaml"
    register.write_text(register.read_text("utf-8").replace("policy:\n", "policy:\n" + POLICY), "utf-8")
    assert run("rights", "index").exit == 0
    return project


def split(project: Path, name: str) -> tuple[str, list[str]]:
    """Front matter, and the text in pieces that begin with a heading; the first one is what stands before any."""
    text = (project / f"source/{name}/article.md").read_text("utf-8")
    front, body = re.fullmatch(r"(---\n.*?\n---\n)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    return front, re.split(r"(?m)^(?=# )", body)


def put(project: Path, name: str, text: str) -> str:
    (project / f"source/{name}/article.md").write_text(text, "utf-8")
    return f"source/{name}"


def codes(done: Run) -> set[str]:
    return {f["code"] for f in done.json["findings"]} | {r["code"] for r in done.json["decision"]["reasons"]}


def refused(done: Run, project: Path, code: str) -> None:
    assert done.exit == 3 and not pdfs(project / "build"), done.err
    assert code in codes(done)


def test_what_was_indexed_is_printed_under_each_permission(indexed: Path, run: Call) -> None:
    for command in (("build", "source/news", "--format", "json"), ("reprint", "source/research", *FOR),
                    ("excerpt", "source/news", "--parts", "s2", *FOR)):  # fmt: skip
        done = run(*command)
        assert done.exit == 0 and "MATCH-REVISED" not in codes(done), done.err


def test_one_section_is_not_published_as_the_work(indexed: Path, run: Call) -> None:
    front, sections = split(indexed, "news")
    put(indexed, "news", front + sections[2])
    refused(run("build", "source/news", "--format", "json"), indexed, "RIGHTS-BUILD-PARTIAL")


def test_another_text_is_not_published_under_the_id_of_a_work(indexed: Path, run: Call) -> None:
    front, _ = split(indexed, "research")
    put(indexed, "research", front + OWN)
    refused(run("build", "source/research", "--format", "json"), indexed, "RIGHTS-BUILD-PARTIAL")


def test_one_section_is_not_reprinted_as_the_work(indexed: Path, run: Call) -> None:
    front, sections = split(indexed, "research")
    put(indexed, "research", front + sections[2])
    refused(run("reprint", "source/research", *FOR), indexed, "RIGHTS-GRANT-PARTIAL")


@pytest.mark.parametrize(("old", "new"), [("降低", "升高"), ("缓慢", "很快"), ("140", "150")])
def test_where_nothing_may_be_changed_no_word_is(indexed: Path, run: Call, old: str, new: str) -> None:
    front, sections = split(indexed, "research")
    body = "".join(sections)
    assert old in body
    put(indexed, "research", front + body.replace(old, new, 1))
    refused(run("reprint", "source/research", *FOR), indexed, "RIGHTS-GRANT-ALTERED")


@pytest.mark.parametrize(("old", "new"), [("＜0.0", "＞0.0"), ("−7.2", "7.2"), ("%", "‰"), ("0.", "0、")])
def test_where_nothing_may_be_changed_no_sign_is(
    indexed: Path, run: Call, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    text = (indexed / "source/research/article.md").read_text("utf-8")
    assert old in text
    put(indexed, "research", text.replace(old, new))
    refused(run("reprint", "source/research", *FOR), indexed, "RIGHTS-GRANT-ALTERED")
    if old in ("＜0.0", "−7.2"):  # the others part or join what is counted
        put(indexed, "research", text)
        monkeypatch.setattr("kanyin.rights.match.index.signs", lambda text, folded: b"")
        assert run("rights", "index").exit == 0
        put(indexed, "research", text.replace(old, new))
        assert run("check", "source/research").exit == 0
        assert (
            "MATCH-REVISED" not in run("check", "source/research", "--format", "json").codes
        )  # it passes for the same


def test_where_nothing_may_be_changed_no_figure_is(indexed: Path, run: Call) -> None:
    figure = indexed / "source/research/fig1.svg"
    drawn = figure.read_text("utf-8")
    assert "<path" in drawn or "<polyline" in drawn
    figure.write_text(
        drawn.replace("<path", "<g", 1).replace("<polyline", "<g", 1).replace("</svg>", " </svg>"), "utf-8"
    )
    refused(run("reprint", "source/research", *FOR), indexed, "RIGHTS-GRANT-ALTERED")


def test_spaces_and_line_breaks_are_no_change(indexed: Path, run: Call) -> None:
    front, sections = split(indexed, "research")
    put(indexed, "research", front + "".join(sections).replace("\n\n", "\n\n\n"))
    assert run("reprint", "source/research", *FOR).exit == 0


def test_the_part_that_was_granted_holds_its_own_text(indexed: Path, run: Call) -> None:
    front, sections = split(indexed, "news")
    inside = sections[1].split("\n", 1)[1]
    assert "{#s2}" not in sections[1]
    swapped = f"# 讲座 {{#s1}}\n\n略。\n\n# 圆桌：从“听懂”到“做到” {{#s2}}\n\n{inside}\n"
    put(indexed, "news", front + sections[0] + swapped)
    refused(run("excerpt", "source/news", "--parts", "s2", *FOR), indexed, "RIGHTS-GRANT-PARTIAL")


def test_a_holder_may_revise_and_is_told_to_index_again(indexed: Path, run: Call) -> None:
    front, sections = split(indexed, "news")
    put(indexed, "news", front + "".join(sections) + f"\n{OWN}\n")
    done = run("build", "source/news", "--format", "json")
    assert done.exit == 0 and "MATCH-REVISED" in codes(done)
    assert run("rights", "index").exit == 0
    assert "MATCH-REVISED" not in codes(run("check", "source/news", "--format", "json"))


def test_another_text_under_a_granted_work_is_told(indexed: Path, run: Call) -> None:
    front, sections = split(indexed, "research")
    put(indexed, "research", front + "".join(sections).replace("降低", "升高", 1))
    done = run("rights", "index", "source/research", "--format", "json")
    assert done.exit == 0 and "MATCH-REPLACED" in done.codes
    assert "MATCH-REPLACED" not in run("rights", "index", "source/research", "--format", "json").codes


def test_where_grants_are_signed_only_who_has_the_build_key_replaces_it(tmp_path: Path) -> None:
    project = make_signed(tmp_path / "project")
    project.edit("policy:\n", "policy:\n  excerpt: {index: rights.index}\n")
    project.must("rights", "index")
    before = (project.root / "rights.index").read_bytes()
    article = project.root / "source/research/article.md"
    text = article.read_text("utf-8")
    article.write_text(text.replace("降低", "升高", 1), "utf-8")
    key = project.root / ".keys/build.key"
    key.rename(tmp_path / "aside.key")
    assert project.run("rights", "index").returncode == 3
    assert (project.root / "rights.index").read_bytes() == before
    (tmp_path / "aside.key").rename(key)
    done = project.run("rights", "index")
    assert done.returncode == 0 and "MATCH-REPLACED" in done.stderr
