# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A made-up issue of any number of pages: articles with every usual kind of block, registered and in a project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.pages import PICTURE, SENTENCES

HOME = Path(__file__).resolve().parents[2]
COLUMNS = ("论著", "论著", "论著", "综述", "综述", "消息")
FRONT = """---
id: {id}
lang: zh-Hans
title: 关于版式与网格的第{n}篇研究
title_en: A study of layout and of the grid, number {n}
authors: [{{name: 甲{n}, name_en: Jia No{n}, affs: [a1]}}, {{name: 乙{n}, name_en: Yi No{n}, affs: [a1]}}]
affs: [{{id: a1, name: "示例大学第一医院，示例市 100000"}}]
abstract: {abstract}
keywords: [版式, 网格]
rights: {{holder: cma}}
references:
"""
REFERENCE = """  - {{id: r{k}, type: article-journal, title: 一种关于版式与网格的示例研究, author: [{{literal: 丁四}}],
     container-title: 示例杂志, language: zh, issued: {year}, volume: {k}, page: {k}-9}}
"""
WORK = """
  - id: {id}
    holder: cma
    lang: zh-Hans
    article_title: 关于版式与网格的第{n}篇研究
    authors: [{{name: 甲{n}}}, {{name: 乙{n}}}]
    title:
      basis: work_for_hire
      rights: [reproduce, distribute, network, compile]
      territory: [CN, "*"]
      term: {{from: 2026-01-01, until: 2076-12-31}}
      sublicensable: true
"""


def write(folder: Path, articles: int, sections: int) -> Path:
    """The issue.yaml of a project in an empty folder; a section is about 0.7 of a page."""
    for name in ("layouts", "fonts", "profiles"):
        (folder / name).symlink_to(HOME / name)
    register = (HOME / "rights.yaml").read_text("utf-8")
    end = register.index("\n  # 版式的样张")
    works = "".join(WORK.format(id=f"bench-{n:02}", n=n) for n in range(1, articles + 1))
    (folder / "rights.yaml").write_text(register[:end] + works + register[end:], "utf-8")
    entries = []
    for n in range(1, articles + 1):
        place = folder / f"source/a{n:02}"
        place.mkdir(parents=True)
        (place / "wide.svg").write_text(PICTURE.format(w=600, h=220), "utf-8")
        (place / "article.md").write_text(article(n, sections), "utf-8")
        entries.append(f"  - {{column: {COLUMNS[n % len(COLUMNS)]}, article: ../a{n:02}}}")
    issue = folder / "source/issue/issue.yaml"
    issue.parent.mkdir()
    head = "schema: issue/1\nid: bench-issue\ntitle: 刊印示例医学\nyear: '2026'\nvolume: '3'\nissue: '4'\n"
    head += "first_page: 301\n"
    issue.write_text(head + "articles:\n" + "\n".join(entries) + "\n", "utf-8")
    return issue


def article(number: int, sections: int) -> str:
    front = FRONT.format(id=f"bench-{number:02}", n=number, abstract=_text(number, 6).replace("*", ""))
    front += "".join(REFERENCE.format(k=k, year=2000 + k) for k in range(1, 16))
    return front + "---\n\n" + "\n\n".join(_blocks(number, sections)) + "\n"


def _blocks(number: int, sections: int) -> Iterator[str]:
    figures = tables = 0
    for s in range(sections):
        yield f"# 第{s + 1}部分"
        yield _text(number + s, 12) + f"[@r{1 + s % 15}]"
        yield f"## 一、第{s + 1}部分的细目"
        yield _text(number + s + 1, 9)
        if s % 3 == 0:
            figures += 1
            yield f"趋势见[图{figures}](#fig{figures})。"
            yield f"![图](wide.svg){{#fig{figures}}}\n\n图{figures}：示意图"
        if s % 3 == 1:
            tables += 1
            rows = "\n".join(f"| 指标{k} | {k * 1.5:.1f}±0.3 | 0.{k + 50:03} |" for k in range(9))
            yield f"资料见[表{tables}](#tab{tables})。"
            yield f"表{tables}：一个表 {{#tab{tables}}}\n\n| 指标 | 干预组 | *P*值 |\n|---|---|---|\n{rows}\n\n注：示例"
        yield _text(number + s + 2, 8)


def _text(seed: int, sentences: int) -> str:
    told = "".join(SENTENCES[(seed * 7 + k * 5 + k * k) % len(SENTENCES)] for k in range(sentences))
    return told.rstrip("；。") + "。"
