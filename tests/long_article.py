# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A made-up article of about a dozen pages with every kind of block, for looking at whole pages.

Sentences are drawn from a few by a generator of its own, so that the text is the same everywhere and always.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

SENTENCES = (
    "研究对象为同期就诊的成年患者，均签署知情同意书。",
    "两组的基线资料差异无统计学意义（*P*＞0.05），具有可比性。",
    "随访采用电话与门诊相结合的方式，每4周1次，共24周。",
    "主要结局为收缩压的变化，单位为mmHg，测量3次取平均值。",
    "既往研究多为单中心设计，样本量较小，结论并不一致[@r{n}]。",
    "采用“意向性治疗”原则，缺失值以多重插补法处理；",
    "结果显示，干预组下降（12.4±3.1） mmHg，对照组下降（7.8±2.9） mmHg，*t*=4.52，*P*＜0.001。",
    "这一现象的机制尚不清楚，可能与依从性、生活方式以及《指南》的推广有关。",
    "Kaplan-Meier曲线在第8周以后分开，风险比为0.72（95%*CI*：0.58～0.89）。",
    "因此，仍需要多中心、大样本、前瞻性的研究来验证。",
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}">'
    '<rect x="1" y="1" width="{u}" height="{v}" fill="none" stroke="#000" stroke-width="1"/></svg>'
)
HEAD = """---
id: long-article
doi: 10.5555/long.article
lang: zh-Hans
column: 论著
title: 各种内容齐备的长文
title_en: A long article that holds every kind of block
authors:
  - {name: 甲一, name_en: Jia Yi, affs: [a1], corresp: true, email: jia@example.org}
  - {name: 乙二, name_en: Yi Er, affs: [a2]}
affs:
  - {id: a1, name: "示例大学第一医院，示例市 100000", name_en: "First Hospital, Sample City 100000, China"}
  - {id: a2, name: "示例大学第二医院，示例市 100001", name_en: "Second Hospital, Sample City 100001, China"}
abstract:
  - {label: 目的, text: 看长文的每一页。}
  - {label: 方法, text: 把每一种内容放进双栏里，逐页量行的位置。}
  - {label: 结论, text: 各栏的行应当对齐。}
abstract_en:
  - {label: Objective, text: To look at every page.}
keywords: [版式, 网格]
keywords_en: [layout, grid]
funding: [示例项目（示例-001）]
history: {received: 2026-01-05, accepted: 2026-02-01, published: 2026-03-01, editor: 丙三}
journal: {name: 刊印示例医学, name_en: Sample Journal, year: "2026", volume: "3", issue: "2", fpage: "1"}
rights: {holder: 示例, declared: true}
references:
"""


def write(folder: Path, *, sections: int = 12, rows: int = 90) -> Path:
    """The article with its pictures in a folder; `rows` of its long table."""
    (folder / "small.svg").write_text(SVG.format(w=300, h=180, u=298, v=178), "utf-8")
    (folder / "wide.svg").write_text(SVG.format(w=600, h=220, u=598, v=218), "utf-8")
    (folder / "tall.svg").write_text(SVG.format(w=300, h=700, u=298, v=698), "utf-8")
    path = folder / "article.md"
    body = "\n\n".join(_blocks(sections, rows))
    path.write_text(HEAD + "\n".join(_references(40)) + "\n---\n\n" + body + "\n", "utf-8")
    return path


def _references(count: int) -> Iterator[str]:
    for n in range(count):
        yield f"  - id: r{n}"
        yield "    type: article-journal"
        yield f"    title: {'一种关于版式与网格的示例研究' if n % 3 else 'A study of layout and of the grid on paper'}"
        yield f"    author: [{{family: {'王某' if n % 3 else 'Smith'}, given: {'甲' if n % 3 else 'John'}}}]"
        yield f"    container-title: {'示例医学杂志' if n % 3 else 'Sample Journal of Medicine'}"
        yield f"    language: {'zh' if n % 3 else 'en'}"
        yield f"    issued: {2000 + n % 25}\n    volume: {n + 1}\n    page: {n * 7 + 1}-{n * 7 + 6}"


def _text(seed: int, sentences: int) -> str:
    out = []
    for _ in range(sentences):
        seed = (seed * 1103515245 + 12345) % 2**31
        out.append(SENTENCES[(seed >> 8) % len(SENTENCES)].replace("{n}", str((seed >> 4) % 40)))
    return "".join(out).rstrip("；") + ("" if out[-1][-1] == "。" else "。")


def _blocks(sections: int, rows: int) -> Iterator[str]:
    figure = table = 0
    for s in range(sections):
        yield f"# 第{s + 1}部分的标题"
        yield _text(s * 31 + 1, 9)
        yield f"## 一、第{s + 1}部分的二级标题"
        yield _text(s * 31 + 2, 5 + s % 4) + ("脚注在此[^n]。" if s == 1 else "")
        if s % 3 == 0:
            figure += 1
            name, attributes = ("wide.svg", " width=page") if s % 2 else ("small.svg", "")
            yield f"趋势见[图{figure}](#fig{figure})。" + _text(s * 31 + 3, 3)
            caption = f"图{figure}：第{s + 1}部分的示意图 | Sketch {figure}"
            yield f"![示意图]({name}){{#fig{figure}{attributes}}}\n\n{caption}"
        if s % 3 == 1:
            table += 1
            yield f"资料见[表{table}](#tab{table})。" + _text(s * 31 + 4, 3)
            yield _table(table, 5 + s % 3, page=s % 2 == 0)
        if s % 4 == 2:
            yield "### （一）三级标题"
            yield "- 第一项；\n- 第二项比较长，长到一定要折到下一行去，好看折行以后的位置；\n- 第三项。"
            yield "> 引文一段，用楷体排，左右各缩进两字，看它占多少行。"
        if s % 4 == 3:
            yield "样本量按下式估算："
            yield f"$$ n = \\frac{{2(z_{{\\alpha}}+z_{{\\beta}})^2 \\sigma^2}}{{\\delta^2}} $$ {{#eq{s}}}"
            yield "其中$\\sigma$为标准差，$\\bar{x}=\\frac{1}{n}\\sum x_i$为均数。" + _text(s * 31 + 6, 3)
        yield _text(s * 31 + 7, 7)
    figure += 1
    yield f"高图见[图{figure}](#fig{figure})。"
    yield f"![高图](tall.svg){{#fig{figure}}}\n\n图{figure}：高出一栏的图"
    yield from (_text(k + 700, 9) for k in range(4))
    table += 1
    yield f"全部结果见[表{table}](#tab{table})。" + _text(5, 4)
    yield _table(table, rows, page=True)
    yield "# 讨论"
    for k in range(4):
        yield _text(k + 900, 8)
    yield "[^n]: 一条脚注，长到在页脚的整个宽度里也要占去一行多的样子，" + "好看它会不会挤动正文的行；" * 3
    yield "# 利益冲突 {.back}\n\n所有作者声明不存在利益冲突。"
    yield "# 作者贡献声明 {.back}\n\n甲一：研究设计、数据分析、论文撰写；乙二：研究实施、数据收集、经费支持。"


def _table(number: int, rows: int, *, page: bool) -> str:
    wide = " width=page" if page else ""
    head = "| 指标 | 干预组 | 对照组 | *P*值 |\n|---|---|---|---|"
    body = "\n".join(
        f"| 指标{k + 1} | {k * 1.5:.1f}±0.3 | {k * 1.7:.1f}±0.4 | 0.{(k * 37) % 900 + 50:03} |" for k in range(rows)
    )
    return f"表{number}：第{number}个表 | Table no. {number} {{#tab{number}{wide}}}\n\n{head}\n{body}\n\n注：示例数据"
