# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""`check` reads a thousand articles in five seconds: about 5 ms of processor time for news, 12 ms for research.

The best of several runs is taken, and twice the time allowed, so that a busy machine does not fail the test; a reader
that has become quadratic or has lost a cache does.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kanyin.readers import read
from kanyin.readers.markdown import read_text
from kanyin.readers.source import Source

SENTENCE = "研究人员纳入了2018年1月至2020年12月间接受手术的患者100例，其中男性45例（45%），差异有统计学意义。"
NEWS = "---\ntitle: 新闻\n---\n\n" + "\n\n".join([SENTENCE * 4] * 8)
REFERENCE = (
    "- id: r{n}\n  type: article-journal\n  title: 题名{n}\n  author:\n  - {{family: 张, given: 三}}\n"
    "  - {{literal: 某组}}\n"
    "  container-title: 某杂志\n  volume: 12\n  issue: 3\n  page: 12-15\n  issued: {{date-parts: [[2018]]}}\n"
)
RESEARCH_PARAGRAPH = (SENTENCE + "*P*<0.05[@r1; @r3]，$\\chi^2=3.84$，见[表1](#tab1)。") * 3
TABLE = "\n\n| 项 | A | B | *P* |\n|---|---|---|---|\n" + "| 甲 | 1.2±0.3 | 13 | 0.02 |\n" * 15
RESEARCH = (
    "---\ntitle: 研究\nreferences:\n"
    + "".join(REFERENCE.format(n=n) for n in range(30))
    + "---\n\n"
    + "\n\n".join(f"# 节\n\n{RESEARCH_PARAGRAPH}\n\n{RESEARCH_PARAGRAPH}{TABLE}" for _ in range(5))
)


@pytest.mark.parametrize(("text", "budget_ms"), [(NEWS, 5), (RESEARCH, 12)], ids=["news", "research"])
def test_an_article_is_read_quickly(tmp_path: Path, text: str, budget_ms: float) -> None:
    file = tmp_path / "article.md"
    file.write_text(text, "utf-8")
    best = min(_milliseconds(file) for _ in range(10))
    assert best < 2 * budget_ms


def _milliseconds(file: Path) -> float:
    begin = time.process_time()
    article, _ = read(file)
    assert article
    return (time.process_time() - begin) * 1000


@pytest.mark.parametrize(
    "piece",
    ["[", "![", "*a ", "$x ", "<b>", "| a ", "`a``b", "[a]{", "<!--", "<table>\n", "$$\n", "# a {#b", "&amp;", "[@a]"],
)
def test_no_text_takes_more_than_linear_time(piece: str) -> None:
    """Ten times the text takes about ten times as long; a quadratic rule would take a hundred times."""
    begin = time.process_time()
    read_text(Source("---\ntitle: 题\n---\n" + piece * 10_000, "a.md"), Path("a.md"))
    assert time.process_time() - begin < 8
