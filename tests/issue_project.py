# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A project with an issue of short articles, registered and free to be changed."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
SENTENCE = "两组患者的一般资料具有可比性，随访采用电话与门诊相结合的方式，每4周1次，共24周。"
PEOPLE = (("甲一", "Jia Yi"), ("乙二", "Yi Er"), ("丙三", ""))

ARTICLE = """---
id: {id}
lang: zh-Hans
title: {title}
title_en: On {id}
authors: [{{name: {name}, name_en: {name_en}}}]
keywords: [版式]
abstract: 看一期里的一篇。
journal: {{fpage: "{fpage}"}}
rights: {{holder: cma}}
{references}---

# 一节 {{#s1}}

{text}{cite}。
"""
REFERENCES = """references:
  - {id: r1, type: article-journal, title: 一种示例研究, author: [{literal: 丁四}], container-title: 示例杂志,
     language: zh, issued: 2020, volume: 3, page: 1-9}
"""


@dataclass(frozen=True)
class Entry:
    """An article to be written: `sentences` make its length."""

    id: str
    sentences: int = 6
    title: str = ""
    fpage: str = ""
    cites: bool = True

    @property
    def name(self) -> str:
        return self.title or f"论{self.id}"


def project(folder: Path, entries: Sequence[Entry], issue: str) -> Path:
    """The project's folder; `issue` is the text of issue.yaml from `articles:` on, or of whatever else follows."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(HOME / "layouts", folder / "layouts")
    for name in ("fonts", "profiles"):
        (folder / name).symlink_to(HOME / name)
    register = (HOME / "rights.yaml").read_text("utf-8")
    start = register.index("  - id: kanyin-sample-news")
    end = register.index("\n  # 版式的样张", start)
    more = "".join(_work(n, entry) for n, entry in enumerate(entries))
    (folder / "rights.yaml").write_text(register[:end] + more + register[end:], "utf-8")
    for n, entry in enumerate(entries):
        write(folder, n, entry)
    place = folder / "source/issue/issue.yaml"
    place.parent.mkdir(parents=True)
    place.write_text(f"schema: issue/1\nid: an-issue\ntitle: 刊印示例医学\njournal: 刊印示例医学\n{issue}", "utf-8")
    return folder


def write(folder: Path, number: int, entry: Entry) -> Path:
    """The source of the article of that number."""
    name, name_en = PEOPLE[number % len(PEOPLE)]
    place = folder / "source" / entry.id / "article.md"
    place.parent.mkdir(parents=True, exist_ok=True)
    text = ARTICLE.format(
        id=entry.id, title=entry.name, name=name, name_en=name_en or '""', fpage=entry.fpage,
        text=SENTENCE * entry.sentences, cite="[@r1]" if entry.cites else "",
        references=REFERENCES if entry.cites else "",
    )  # fmt: skip
    place.write_text(text.replace('journal: {fpage: ""}\n', ""), "utf-8")
    return place


def _work(number: int, entry: Entry) -> str:
    name, _ = PEOPLE[number % len(PEOPLE)]
    return f"""
  - id: {entry.id}
    holder: cma
    lang: zh-Hans
    article_title: {entry.name}
    authors: [{{name: {name}}}]
    title:
      basis: work_for_hire
      rights: [reproduce, distribute, network, compile]
      territory: [CN, "*"]
      term: {{from: 2026-01-01, until: 2076-12-31}}
      sublicensable: true
"""
