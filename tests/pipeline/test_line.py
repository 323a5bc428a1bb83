# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The main job, from a source to a proven PDF, and every way in which it must not come to one."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pipeline_project import Run, pdfs

from kanyin.config.register import load_register
from kanyin.model import Section
from kanyin.readers import read
from kanyin.typeset.select import nested

Call = Callable[..., Run]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} no longer stands in {path.name}"
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of its own, so that leavings are seen."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


class TestBuild:
    def test_an_article_becomes_a_proven_pdf_with_a_manifest(self, run: Call, project: Path) -> None:
        done = run("build", "source/news", "--format", "json")
        assert done.exit == 0, done.json["findings"]
        assert done.json["decision"]["verdict"] == "allow"
        (output,) = done.json["outputs"]
        path = Path(output["path"])
        assert path == project / "build/news/screen.pdf"
        assert path.read_bytes().startswith(b"%PDF-1.")
        manifest = json.loads(path.with_suffix(".manifest.json").read_text("utf-8"))
        assert manifest["sha256"] == output["sha256"]
        assert "source/news/article.md" in manifest["inputs"]
        again = run("verify", str(path), "--format", "json", as_of="2026-11-20")
        assert again.exit == 0
        assert again.json["outputs"] == [output | {"profile": None}]
        assert "(2 pages, the notice proven on each)" in run("verify", str(path)).err

    def test_without_a_command_everything_is_built(self, run: Call, project: Path) -> None:
        assert run(as_of="").exit == 0
        assert [str(p.relative_to(project / "build")) for p in pdfs(project / "build")] == [
            "issue/screen.pdf",
            "news/screen.pdf",
            "research/screen.pdf",
        ]

    @pytest.mark.parametrize("profile", ["screen", "print", "archive"])
    def test_two_builds_give_the_same_bytes(self, run: Call, project: Path, profile: str) -> None:
        first = run("build", "source/news", "--profile", profile, "--format", "json", "--out", "a").json["outputs"]
        second = run("build", "source/news", "--profile", profile, "--format", "json", "--out", "b").json["outputs"]
        assert first[0]["sha256"] == second[0]["sha256"]

    def test_an_issue_runs_its_folios_on_and_carries_each_articles_own_work(self, run: Call, project: Path) -> None:
        done = run("build", "source/issue", "--format", "json")
        assert done.exit == 0, done.json["findings"]
        manifest = json.loads((project / "build/issue/screen.manifest.json").read_text("utf-8"))
        assert [p["work"] for p in manifest["permits"]] == [
            "kanyin-sample-issue", "kanyin-sample-research", "kanyin-sample-news"
        ]  # fmt: skip


class TestRefusals:
    """Exit 3, reasons with a place, and not one byte of a PDF anywhere."""

    @pytest.mark.parametrize(
        ("why", "command"),
        [
            ("an excerpt without a grant", ["excerpt", "source/news", "--parts", "s1", "--grantee", "org:nobody"]),
            ("a reprint without a grant", ["reprint", "source/research", "--grantee", "org:nobody"]),
            ("another part than granted", ["excerpt", "source/news", "--parts", "s1", "--grantee", "org:demo-press"]),
            (
                "granted for reprint only",
                ["excerpt", "source/research", "--parts", "s1", "--grantee", "org:demo-press"],
            ),
        ],
    )
    def test_is_refused(self, run: Call, project: Path, temporary: Path, why: str, command: list[str]) -> None:
        done = run(*command, "--format", "json")
        assert done.exit == 3, why
        assert done.json["decision"]["verdict"] == "deny"
        reasons = done.json["findings"]
        assert reasons and all(r["message"] and (r["hint"] or r["severity"] == "note") for r in reasons)
        assert any(r["where"]["line"] for r in reasons)
        assert pdfs(project) == [] and pdfs(temporary) == []

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("id: kanyin-sample-news", "id: not-registered"),
            ("lang: zh-Hans", "lang: zh-Hans\nrights:\n  excerpt_of: kanyin-sample-research"),
            ("lang: zh-Hans", "lang: zh-Hans\nrights:\n  reprint_of: kanyin-sample-research"),
        ],
    )
    def test_a_source_that_says_something_else_is_no_loophole(
        self, run: Call, project: Path, temporary: Path, old: str, new: str
    ) -> None:
        change(project / "source/news/article.md", old, new)
        assert run("build", "source/news", "--format", "json").exit == 3
        assert pdfs(project) == [] and pdfs(temporary) == []

    def test_another_text_under_a_registered_id_is_not_that_work(
        self, run: Call, project: Path, temporary: Path
    ) -> None:
        change(project / "source/news/article.md", "id: kanyin-sample-news", "id: kanyin-sample-research")
        done = run("reprint", "source/news", "--grantee", "org:demo-press", "--channel", "web", "--format", "json")
        assert done.exit == 3 and {"RIGHTS-IDENTITY-TITLE", "RIGHTS-IDENTITY-AUTHORS"} <= done.codes
        assert pdfs(project) == [] and pdfs(temporary) == []

    def test_one_refused_article_refuses_the_issue_and_is_named(self, run: Call, project: Path) -> None:
        change(project / "source/news/article.md", "id: kanyin-sample-news", "id: not-registered")
        done = run("build", "source/issue", "--format", "json")
        assert done.exit == 3
        assert any("news" in f["message"] for f in done.json["findings"] if f["code"] == "ISSUE-ARTICLE")
        assert pdfs(project) == []

    @pytest.mark.parametrize("damage", ["", "schema: rights/1\nworks: [", "schema: rights/9\n", "\0"])
    def test_a_register_that_cannot_be_read_is_refused(self, run: Call, project: Path, damage: str) -> None:
        (project / "rights.yaml").write_text(damage, "utf-8")
        assert run("build", "source/news", "--format", "json").exit == 3
        assert pdfs(project) == []

    def test_no_register_no_print(self, run: Call, project: Path) -> None:
        (project / "rights.yaml").unlink()
        assert run("build", "source/news", "--format", "json").exit == 3
        assert pdfs(project) == []

    def test_the_refusal_explains_itself_in_the_readers_language(self, run: Call) -> None:
        command = ("reprint", "source/news", "--grantee", "org:nobody")
        chinese = run(*command, "--lang", "zh").err
        english = run(*command, "--lang", "en").err
        assert "不予付印" in chinese and "授权" in chinese
        assert "refused" in english and "grant" in english


class TestTheDay:
    """What is printed has to be allowed on the day it is printed, whatever day is asked for or the environment says."""

    COMMAND = ("reprint", "source/research", "--grantee", "org:demo-press", "--channel", "web", "--format", "json")

    def test_a_day_in_the_past_does_not_revive_a_grant(self, run: Call, project: Path) -> None:
        change(
            project / "rights.yaml",
            "term: {from: 2026-01-01, until: 2035-12-31}",
            "term: {from: 2026-01-01, until: 2026-02-28}",
        )
        done = run(*self.COMMAND, as_of="2026-02-20")
        assert done.exit == 3 and {"RIGHTS-NO-GRANT", "RIGHTS-GRANT-TERM"} <= done.codes
        assert pdfs(project) == []
        assert (
            run(
                "rights", "explain", "source/research", *self.COMMAND[2:4], "--action", "reprint", as_of="2026-02-20"
            ).exit
            == 0
        )

    def test_a_day_in_the_future_does_not_begin_one(self, run: Call, project: Path) -> None:
        change(
            project / "rights.yaml",
            "term: {from: 2026-01-01, until: 2035-12-31}",
            "term: {from: 2098-01-01, until: 2099-12-31}",
        )
        assert run(*self.COMMAND, as_of="2098-01-01").exit == 3
        assert pdfs(project) == []

    def test_the_environment_does_not_choose_the_day(
        self, run: Call, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        change(
            project / "rights.yaml",
            "term: {from: 2026-01-01, until: 2035-12-31}",
            "term: {from: 2026-01-01, until: 2026-02-28}",
        )
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1771560000")
        assert run(*self.COMMAND, as_of="").exit == 3


class TestParts:
    COMMAND = (
        "excerpt",
        "source/news",
        "--parts",
        "s2",
        "--grantee",
        "org:demo-press",
        "--channel",
        "web",
        "--format",
        "json",
    )

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ([("# 圆桌：从“听懂”到“做到”", "# 圆桌 {#s2}"), ("# 会场之外", "## 会场之外")], "RIGHTS-PART-TREE"),
            ([("# 讲座：五位讲者，五件小事", "# 全文 {#s2}\n\n## 讲座"), ("# 圆桌", "## 圆桌"), ("# 会场", "## 会场")],
             "RIGHTS-PART-TREE"),
        ],
    )  # fmt: skip
    def test_a_part_reaches_no_further_than_registered(
        self, run: Call, project: Path, changes: list[tuple[str, str]], code: str
    ) -> None:
        for old, new in changes:
            change(project / "source/news/article.md", old, new)
        done = run(*self.COMMAND)
        assert done.exit == 3 and code in done.codes, done.codes
        assert pdfs(project) == []

    def test_a_registered_figure_is_no_section(self, run: Call, project: Path) -> None:
        change(project / "rights.yaml", "{id: s2, kind: section}", "{id: s2, kind: figure}")
        done = run(*self.COMMAND)
        assert done.exit == 3 and "RIGHTS-PART-KIND" in done.codes

    def test_what_is_registered_inside_is_printed_when_granted(self, run: Call, project: Path) -> None:
        change(project / "source/news/article.md", "# 会场之外", "## 会场之外 {#s3}")
        change(project / "rights.yaml", "{id: s3, kind: section}", "{id: s3, kind: section, within: s2}")
        assert run(*self.COMMAND).exit == 3
        change(project / "rights.yaml", "parts: {include: [s2]}", "parts: {include: [s2, s3]}")
        assert run(*self.COMMAND).exit == 0


class TestGrants:
    def test_a_granted_excerpt_prints_its_part_and_names_the_duties(self, run: Call, project: Path) -> None:
        command = ("excerpt", "source/news", "--parts", "s2", "--grantee", "org:demo-press")
        done = run(*command, "--channel", "print_periodical", "--format", "json")
        assert done.exit == 0, done.json["findings"]
        assert done.json["decision"]["unsigned"] is True
        assert {d["id"] for d in done.json["decision"]["duties"]} >= {"attribute.author", "attribute.first_publication"}

    def test_a_granted_reprint_says_what_is_owed(self, run: Call) -> None:
        done = run("reprint", "source/research", "--grantee", "org:demo-press", "--channel", "print_periodical")
        assert done.exit == 0, done.err
        assert "duties" in done.err and "unsigned" in done.err


class TestFaults:
    """Every fault is one clear finding with the exit code of its kind."""

    def test_a_source_with_an_error_is_not_printed(self, run: Call, project: Path) -> None:
        change(project / "source/news/article.md", "lang: zh-Hans", "lang: zh-Hans\nlnag: zh")
        done = run("build", "source/news", "--format", "json")
        assert done.exit in (1, 4) and "CONFIG-UNKNOWN-KEY" in done.codes
        assert pdfs(project) == []

    def test_a_character_without_a_font_is_named(self, run: Call, project: Path) -> None:
        article = project / "source/news/article.md"
        article.write_text(article.read_text("utf-8") + "\n\ue123\n", "utf-8")
        done = run("build", "source/news", "--format", "json")
        found = [f for f in done.json["findings"] if f["code"] == "FONT-NO-GLYPH"]
        assert done.exit == 1 and "U+E123" in found[0]["message"] and found[0]["where"]["line"]
        assert pdfs(project) == []

    def test_an_unknown_layout(self, run: Call) -> None:
        done = run("build", "source/news", "--layout", "nosuch", "--format", "json")
        assert done.exit == 2 and "journal" in done.json["findings"][0]["hint"]

    def test_a_layout_that_prints_where_the_notice_goes(self, run: Call, project: Path) -> None:
        css = project / "layouts/journal"
        sheet = next(iter(sorted(css.glob("*.css"))))
        sheet.write_text(sheet.read_text("utf-8") + "\n@page { margin-bottom: 2mm }\n", "utf-8")
        done = run("build", "source/news", "--format", "json")
        assert done.exit in (6, 7)
        assert pdfs(project) == []

    def test_missing_fonts(self, run: Call, project: Path) -> None:
        (project / "fonts").unlink()
        done = run("build", "source/news", "--format", "json")
        assert done.exit == 5 and done.json["findings"][0]["hint"]

    def test_nothing_there(self, run: Call, project: Path) -> None:
        assert run("build", "nosuch", "--format", "json").exit == 4

    def test_a_folder_that_cannot_be_written(self, run: Call, project: Path) -> None:
        (project / "build").write_text("a file where a folder should be", "utf-8")
        done = run("build", "source/news", "--format", "json")
        assert done.exit == 5 and "FILES-NOT-WRITABLE" in done.codes


class TestCheck:
    def test_the_samples_are_clean(self, run: Call) -> None:
        done = run("check", "--format", "json")
        assert done.exit == 0, done.json["findings"]
        assert done.json["outputs"] == []

    def test_check_refuses_what_build_refuses(self, run: Call, project: Path) -> None:
        change(project / "source/news/article.md", "id: kanyin-sample-news", "id: not-registered")
        assert run("check", "source/news", "--format", "json").exit == 3


class TestImport:
    TEXT = (
        "示例学会举办科普日\n\n"
        "示例学会日前举办科普日,三百余人参加.\n\n"
        "示例学会日前举办科普日，三百余人参加。\n\n"
        "主任说:\"体检要按时做\",听众(多为老人)点头.\n\n"
        "版权归中华医学会所有。\n"
        "未经授权,不得转载、摘编本刊文章,不得使用本刊的版式设计。\n"
        "除非特别声明,本刊刊出的所有文章不代表中华医学会和本刊编委会的观点。\n"
    )  # fmt: skip

    def test_a_copied_text_goes_through_import_build_and_verify(self, run: Call, project: Path) -> None:
        (project / "copied.txt").write_text(self.TEXT, "utf-8")
        registered = (
            "works:\n  - id: copied\n    holder: cma\n    article_title: 示例学会举办科普日\n    title: {TITLE}\n"
        )
        title = "{basis: work_for_hire, rights: [reproduce, distribute, network], territory: [CN], "
        title += 'term: {from: "2026-01-01", until: "2076-12-31"}}'
        change(project / "rights.yaml", "works:\n", registered.replace("{TITLE}", title))
        done = run("import", "copied.txt", "--to", "source/copied", "--id", "copied", "--format", "json")
        assert done.exit == 0, done.json["findings"]
        article = (project / "source/copied/article.md").read_text("utf-8")
        assert "declared:" in article and "主任说：“体检要按时做”，听众（多为老人）点头。" in article
        assert article.count("三百余人参加") == 1
        assert run("build", "source/copied", "--format", "json").exit == 0
        assert run("verify", "build/copied/screen.pdf", "--format", "json").exit == 0

    def test_an_article_that_is_there_is_not_overwritten(self, run: Call, project: Path) -> None:
        (project / "copied.txt").write_text(self.TEXT, "utf-8")
        before = (project / "source/news/article.md").read_bytes()
        assert run("import", "copied.txt", "--to", "source/news", "--format", "json").exit == 2
        assert (project / "source/news/article.md").read_bytes() == before

    def test_figures_come_along_and_nothing_is_overwritten(self, run: Call, project: Path) -> None:
        for folder in ("pictures", ""):
            (project / "paper" / folder).mkdir(parents=True, exist_ok=True)
        (project / "paper/pictures/a.svg").write_text(SVG, "utf-8")
        (project / "secret.svg").write_text(SVG, "utf-8")
        text = "---\nid: paper\ntitle: 题\n---\n# 甲\n\n![图](pictures/a.svg)\n\n![图](../secret.svg)\n"
        (project / "paper/paper.md").write_text(text, "utf-8")
        done = run("import", "paper/paper.md", "--to", "source/paper", "--format", "json")
        assert done.exit == 1 and {"IMPORT-FIGURE", "IMPORT-WRITTEN", "SOURCE-FIGURE-OUTSIDE"} <= done.codes
        made = sorted(str(p.relative_to(project / "source/paper")) for p in (project / "source/paper").rglob("*.*"))
        assert made == ["article.md", "pictures/a.svg"]
        assert (project / "source/paper/pictures/a.svg").read_text("utf-8") == SVG

        again = run("import", "paper/paper.md", "--to", "source/paper", "--format", "json")
        assert again.exit == 2 and again.codes == {"IMPORT-EXISTS"}
        (project / "source/paper/article.md").unlink()
        (project / "source/paper/pictures/a.svg").write_text("another", "utf-8")
        other = run("import", "paper/paper.md", "--to", "source/paper", "--format", "json")
        assert other.exit == 2 and other.json["findings"][0]["where"]["file"].endswith("pictures/a.svg")
        assert (project / "source/paper/pictures/a.svg").read_text("utf-8") == "another"
        assert not (project / "source/paper/article.md").exists()


@pytest.mark.parametrize("name", ["news", "research"])
def test_the_register_knows_what_stands_in_every_part_of_the_samples(project: Path, name: str) -> None:
    """Without that no grant could ever permit an excerpt of them."""
    article, _ = read(project / "source" / name / "article.md")
    assert article
    work = load_register(project / "rights.yaml").works_by_id[article.front.id]
    within = {part.id: part.within for part in work.parts}
    for part in within:
        for outer, inner in nested(article, [part]):
            around = inner.id
            while around and around != outer:
                around = within.get(around, "")
            assert around == outer, f"{inner.id} in {outer}"
    assert {b.id for b in article.body if isinstance(b, Section)} <= set(within)
