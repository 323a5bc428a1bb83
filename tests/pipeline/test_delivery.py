# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What is sound is delivered, whatever its titles and its profile; the same work gives the same file on another day."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pipeline_project import Run, pdfs

Call = Callable[..., Run]

GRANT = ("--grantee", "org:demo-press", "--channel", "print_periodical")
EXCERPT = ("excerpt", "source/news", "--parts", "s2", *GRANT)
REPRINT = ("reprint", "source/research", *GRANT)
LONG = (
    "药师电话随访联合居家血压监测对社区老年高血压合并糖尿病患者血压控制与用药依从性及医疗费用的影响："
    "多中心整群随机对照试验"
)
ENGLISH = (
    "Pharmacist-led telephone follow-up combined with home blood pressure monitoring for hypertension control in "
    "community-dwelling older adults with type 2 diabetes: a multicentre cluster-randomised controlled trial (sample)"
)
assert len(LONG) >= 58 and len(ENGLISH) >= 200


def retitle(project: Path, work: str, title: str) -> None:
    path = project / "rights.yaml"
    text = path.read_text("utf-8")
    changed, count = re.subn(
        rf"(- id: {work}\n(?:    .*\n)*?    article_title: ).*", lambda m: f'{m[1]}"{title}"', text
    )
    assert count == 1
    path.write_text(changed, "utf-8")
    article = project / "source" / work.removeprefix("kanyin-sample-") / "article.md"
    text = re.sub(r"(?m)^subtitle: .*\n", "", article.read_text("utf-8"))
    article.write_text(re.sub(r"(?m)^title: .*$", f'title: "{title}"', text, count=1), "utf-8")


def to_english(article: Path) -> None:
    text = article.read_text("utf-8")
    assert "lang: zh-Hans" in text
    article.write_text(text.replace("lang: zh-Hans", "lang: en", 1), "utf-8")


@pytest.mark.parametrize("profile", ["screen", "print", "archive"])
@pytest.mark.parametrize("command", [EXCERPT, REPRINT], ids=["excerpt", "reprint"])
@pytest.mark.parametrize("title", [LONG, ENGLISH], ids=["long", "english"])
def test_long_titles_find_room_beside_the_notice(
    run: Call, project: Path, command: tuple[str, ...], profile: str, title: str
) -> None:
    source = command[1].removeprefix("source/")
    retitle(project, f"kanyin-sample-{source}", title)
    if title == ENGLISH:
        to_english(project / "source" / source / "article.md")
    done = run(*command, "--profile", profile, "--format", "json")
    assert done.exit == 0, done.json["findings"]
    assert len(pdfs(project / "build")) == 1


@pytest.mark.parametrize("profile", ["print", "archive"])
def test_the_samples_are_delivered_in_every_profile(run: Call, profile: str) -> None:
    done = run("build", "--profile", profile, "--format", "json")
    assert done.exit == 0, done.json["findings"]
    assert len(done.json["outputs"]) == 3


@pytest.mark.parametrize("command", [("build", "source/news"), EXCERPT], ids=["build", "excerpt"])
@pytest.mark.parametrize("dates", [True, False], ids=["dated", "undated"])
def test_another_day_gives_the_same_bytes(run: Call, project: Path, command: tuple[str, ...], dates: bool) -> None:
    if not dates:
        article = project / "source/news/article.md"
        text = article.read_text("utf-8")
        text = re.sub(r"^history: .*\n", "", text, flags=re.MULTILINE)
        text = re.sub(r"^  year: .*\n", "", text, flags=re.MULTILINE)
        article.write_text(text, "utf-8")
    first, second = (
        run(*command, "--format", "json", "--out", day, as_of=day).json["outputs"][0]["sha256"]
        for day in ("2026-11-20", "2027-03-05")
    )
    assert first == second


@pytest.mark.parametrize(
    "css",
    [
        "@page { margin-bottom: 2mm }",
        "@page { @bottom-center { content: '页脚' } }",
        ".columns { position: relative; top: 60mm }",
        "@page { background: #eee }",
    ],
)
def test_what_stands_where_the_notice_goes_is_refused_before_it_is_stamped(run: Call, project: Path, css: str) -> None:
    sheet = project / "layouts/journal/text.css"
    sheet.write_text(sheet.read_text("utf-8") + css, "utf-8")
    done = run("build", "source/news", "--format", "json")
    assert done.exit == 6 and "STAMP-ZONE-OCCUPIED" in done.codes
    assert "VERIFY-NOTICE-INK" not in done.codes
    assert pdfs(project) == []


def test_the_manifest_names_the_day_and_the_file_does_not(run: Call, project: Path) -> None:
    assert run("build", "source/news", as_of="2027-03-05").exit == 0
    manifest = json.loads((project / "build/news/screen.manifest.json").read_text("utf-8"))
    assert manifest["as_of"] == "2027-03-05"
    assert b"20270305" not in (project / "build/news/screen.pdf").read_bytes()
