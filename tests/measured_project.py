# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Articles with text of a registered work, written into a project as somebody would who hopes not to be found out."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline_project import Run

RESEARCH = "kanyin-sample-research"


def body(project: Path, name: str) -> list[str]:
    """The paragraphs of a sample, as they are written."""
    text = (project / "source" / name / "article.md").read_text("utf-8").split("\n---\n", 1)[1]
    blocks = re.sub(r" ?\[@[^\]]*\]|\[([^\]]*)\]\([^)]*\)", r"\1", text).split("\n\n")
    return [b for b in blocks if len(b) > 80 and b[0] not in "#|!$表图注"]


def register_as(project: Path, name: str) -> None:
    """What somebody would do who wants to publish a text as the holder's own."""
    register = project / "rights.yaml"
    entry = (
        f"works:\n  - id: {name}\n    holder: cma\n    title: {{basis: work_for_hire, rights: [reproduce, distribute, "
        f"network], territory: [CN], term: {{from: 2026-01-01}}, sublicensable: false}}\n"
    )
    register.write_text(register.read_text("utf-8").replace("works:\n", entry, 1), "utf-8")


def write(project: Path, name: str, text: str, front: str = "") -> str:
    register_as(project, name)
    folder = project / "source" / name
    folder.mkdir()
    about = "lang: zh-Hans\ntitle: 家庭测压杂谈\nauthors: [{name: 纪闻溪}]\nlayout: journal\n"
    head = f"---\nid: {name}\n{about}{front}---\n\n"
    (folder / "article.md").write_text(head + text + "\n", "utf-8")
    return f"source/{name}"


OWN = "清晨的集市上，卖菜的老人把秤放稳，先问一句今天量过血压没有，再报菜价；问得多了，街坊们也就记住了这件事。"


def codes(done: Run) -> set[str]:
    return {f["code"] for f in done.json["findings"]} | {
        r["code"] for r in (done.json["decision"] or {"reasons": []})["reasons"]
    }


def sentence(project: Path, chars: int) -> str:
    """So many characters of the second long paragraph of the research sample."""
    return "".join(body(project, "research")[3:])[:chars].replace("\n", "").replace("“", "").replace("”", "")


REFERENCE = (
    "references:\n  - {id: r1, type: article-journal,\n"
    "     title: 药师电话随访联合居家血压监测对社区高血压患者血压控制的影响,\n"
    "     author: [{family: 林, given: 知远}], DOI: 10.5555/kanyin.sample.2026.0201,\n"
    '     container-title: 刊印示例医学, issued: "2026"}\n'
)
