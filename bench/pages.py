# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Articles of every length and mixture, laid out: none may fail, lose a character, or have a page without text.

`python -m bench.pages [FIRST [COUNT]]` lays out articles made from seeds and prints what is wrong with them.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent.parent
SENTENCES = (
    "两组患者的一般资料具有可比性（*P*＞0.05）。",
    "随访采用电话与门诊相结合的方式，每4周1次，共24周。",
    "规范化培训能够改善症状，这与既往研究一致。",
    "干预组下降（12.4±3.1） mmHg，对照组下降（7.8±2.9） mmHg，*t*=4.52，*P*＜0.001。",
    "仍需要多中心、大样本的研究来验证；",
    "其机制尚不清楚，可能与《指南》的推广以及Kaplan-Meier曲线所示的依从性有关。",
)
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}"><rect x="1" y="1" width="{w}" height="{h}"/></svg>'
)
FRONT = """id: any
lang: zh-Hans
title: 长短不一的文章
authors: [{name: 甲一, affs: [a1], corresp: true, email: jia@example.org}]
affs: [{id: a1, name: "示例大学第一医院，示例市 100000"}]
journal: {name: 刊印示例医学, year: "2026", volume: "3", issue: "2", fpage: "1"}
rights: {holder: 示例}"""
SHAPES = {"small": (300, 180), "flat": (300, 40), "wide": (600, 220), "tall": (300, 700)}


def pictures(folder: Path) -> None:
    """The pictures that articles name."""
    for name, (width, height) in SHAPES.items():
        (folder / f"{name}.svg").write_text(PICTURE.format(w=width, h=height), "utf-8")


def article(seed: int) -> str:
    """The source of an article that is made from a number, the same everywhere."""
    chance = random.Random(seed)
    front = [FRONT]
    if chance.random() < 0.6:
        front.append("abstract: " + "".join(_text(chance, chance.randrange(1, 14))).replace("*", ""))
        front.append("keywords: [版式, 网格]\ncolumn: 论著")
    if chance.random() < 0.5:
        front.append("history: {received: 2026-01-05, accepted: 2026-02-01, editor: 丙三}\nfunding: [示例项目]")
    if chance.random() < 0.3:
        front.append(
            "title_en: An article of any length\nabstract_en: " + "We measure every page. " * (1 + chance.randrange(40))
        )
    references = chance.choice([0, 0, 1, 2, 3, 5, 20])
    if references:
        front.append("references:\n" + "\n".join(_reference(chance, n) for n in range(references)))
    blocks = list(_blocks(chance, references))
    return "---\n" + "\n".join(front) + "\n---\n\n" + "\n\n".join(blocks) + "\n"


def _text(chance: random.Random, sentences: int) -> str:
    """Sentences, and a tail of any length, so that paragraphs end anywhere."""
    told = "".join(chance.choice(SENTENCES) for _ in range(sentences))
    return told + "子丑寅卯辰巳午未申酉戌亥" * chance.randrange(4) + "甲" * chance.randrange(1, 24) + "。"


def _reference(chance: random.Random, number: int) -> str:
    foreign = chance.random() < 0.5
    title = "A study of layout, of the grid and of their use " if foreign else "一种关于版式与网格的示例研究"
    name, source = ("{family: Smith, given: John}", "Sample J") if foreign else ("{family: 王, given: 甲}", "示例杂志")
    return (
        f"  - id: r{number}\n    type: article-journal\n    title: {(title * chance.randrange(1, 5)).strip()}\n"
        f"    author: [{name}]\n    container-title: {source}\n    issued: 2020\n    volume: 3\n    page: 1-9"
    )


def _blocks(chance: random.Random, references: int) -> Iterator[str]:
    figures = tables = notes = 0
    cited = "".join(f"[@r{n}]" for n in range(references))
    yield _text(chance, chance.randrange(1, 6)) + cited
    for _ in range(chance.choice([1, 3, 6, 12, 25])):
        kind = chance.choice(["text"] * 6 + ["figure", "table", "formula", "note", "heading", "heads", "list", "quote"])
        if kind == "figure":
            figures += 1
            wide = " width=page" if chance.random() < 0.4 else ""
            shape = chance.choice(list(SHAPES))
            yield f"见[图{figures}](#fig{figures})。"
            yield f"![图]({shape}.svg){{#fig{figures}{wide}}}\n\n图{figures}：示意图"
        elif kind == "table":
            tables += 1
            yield f"见[表{tables}](#tab{tables})。"
            yield _table(chance, tables)
        elif kind == "formula":
            terms = "".join(f" + \\beta_{{{n}}} x_{{{n}}}" for n in range(chance.choice([0, 0, 4, 9, 30])))
            yield f"$$ n = \\frac{{2(z_{{\\alpha}}+z_{{\\beta}})^2 \\sigma^2}}{{\\delta^2}}{terms} $$"
        elif kind == "note":
            notes += 1
            yield _text(chance, 2) + f"脚注[^n{notes}]。" + _text(chance, chance.randrange(3))
            yield f"[^n{notes}]: " + _text(chance, chance.choice([1, 1, 3, 12]))
        elif kind == "heading":
            yield "# 一级标题"
        elif kind == "heads":
            yield "# 一级标题\n\n## 一、二级标题\n\n### （一）三级标题"
        elif kind == "list":
            yield "\n".join(f"- {_text(chance, 1)}" for _ in range(chance.randrange(1, 6)))
        elif kind == "quote":
            yield "> " + _text(chance, 2)
        yield _text(chance, chance.randrange(1, 9))
    if chance.random() < 0.1:
        yield "# 末尾的标题"
    if chance.random() < 0.4:
        yield "# 利益冲突 {.back}\n\n" + _text(chance, 1)


def _table(chance: random.Random, number: int) -> str:
    wide = " width=page" if chance.random() < 0.4 else ""
    rows, more = chance.choice([1, 4, 9, 40, 90]), chance.choice([0, 0, 0, 4, 9, 13])
    others = "".join(f" {n * 7.5:.1f}（{n}.5） |" for n in range(more))
    body = "\n".join(f"| 指标{n} | {n * 1.5:.1f}±0.3 | 0.{n + 50:03} |{others}" for n in range(rows))
    head = f"| 指标 | 干预组 | *P*值 |{' 例（%） |' * more}\n|---|---|---|{'---|' * more}"
    return f"表{number}：一个表 {{#tab{number}{wide}}}\n\n{head}\n{body}\n\n注：示例数据"


def laid_out(source: Path) -> tuple[str, Any]:
    """The HTML of an article with its pages."""
    from kanyin.composition.seam import install
    from kanyin.config.layout import load_layout
    from kanyin.model import Notice, mint
    from kanyin.pdf.paginate import paginate
    from kanyin.readers import read
    from kanyin.tools.fonts import fontconfig
    from kanyin.typeset.html import typeset

    found, findings = read(source)
    assert found, findings
    layout = load_layout(HOME / "layouts", "journal")
    notice = Notice("n", "zh", ("版权所有。",), "")
    whose = {"work": "w", "holder": "h", "holder_name": "某学会", "notice": notice}
    permit = mint(action="publish", layout="kanyin-journal", as_of=date(2026, 3, 1), **whose)
    html, _ = typeset(found, permit, layout)
    return html, paginate(
        html, layout=layout, roots=[source.parent], fontconfig=fontconfig(HOME / "fonts"), extend=install
    )


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.outside = ["style", "title", "script"]
        self.skipped = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        running = str(dict(attributes).get("class")).startswith("running-")
        if tag in self.outside or (tag == "div" and (running or self.skipped)):
            self.skipped += 1

    def handle_endtag(self, tag: str) -> None:
        if self.skipped and (tag in self.outside or tag == "div"):
            self.skipped -= 1

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.found.append(data)


def faults(html: str, pages: Any) -> list[str]:
    """What is wrong with pages: said by the engine, lost, empty, or outside the page's area."""
    words = _Words()
    words.feed(html)
    wrong = [f.code for f in pages.findings]
    found: Counter[str] = Counter()
    for number, page in enumerate(pages.document.pages, 1):
        box = page._page_box
        seen = "".join(_shown(box, number, wrong))
        if not seen:
            wrong.append(f"page {number} is blank")
        found.update(seen)
    lost = Counter(re.sub(r"\s", "", "".join(words.found))) - found
    return [*wrong, *([f"lost {dict(lost)}"] if lost else [])]


def _shown(page: Any, number: int, wrong: list[str]) -> Iterator[str]:
    from weasyprint.formatting_structure import boxes

    foot = page.margin_top + page.height
    for child in page.children:
        if isinstance(child, boxes.MarginBox):
            continue
        for box in child.descendants(placeholders=True):
            if not isinstance(box, boxes.TextBox):
                continue
            text = re.sub(r"\s", "", box.text)
            if text and box.position_y + box.height > foot + 3:
                wrong.append(f"page {number}: {text[:8]} stands below its foot")
            yield text


def main(first: int = 0, count: int = 100) -> int:
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        pictures(Path(folder))
        for seed in range(first, first + count):
            source = Path(folder) / "article.md"
            source.write_text(article(seed), "utf-8")
            try:
                html, pages = laid_out(source)
                found = faults(html, pages)
            except Exception as error:  # whatever it is, it is counted and the next article is tried
                found = [repr(error.__cause__ or error)]
            if found:
                bad += 1
                print(seed, *found[:4], sep="  ", flush=True)
    print(f"{count} articles, {bad} with faults")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
