# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Asterisks in Chinese text: which become bold or italic, which stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from kanyin.model import Inline, Paragraph, Styled, Text
from kanyin.readers.markdown import read_text
from kanyin.readers.source import Source


def shown(content: tuple[Inline, ...]) -> str:
    """`<b>…</b>` and `<i>…</i>` for what was read."""
    out = ""
    for inline in content:
        match inline:
            case Text(value):
                out += value
            case Styled(style, inner):
                out += f"<{style[0]}>{shown(inner)}</{style[0]}>"
    return out


def read_line(line: str) -> str:
    article, _ = read_text(Source(f"---\ntitle: 题\n---\n{line}\n", "a.md"), Path("a.md"))
    assert article
    (paragraph,) = article.body
    assert isinstance(paragraph, Paragraph)
    return shown(paragraph.content)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # Chinese marks beside the asterisks
        ("**注意：**后文", "<b>注意：</b>后文"),
        ("前文**注意：**后文", "前文<b>注意：</b>后文"),
        ("**注意:**后文", "<b>注意:</b>后文"),
        ("前**（注）**后", "前<b>（注）</b>后"),
        ("前**(a)**后", "前<b>(a)</b>后"),
        ("前**“引文”**后", "前<b>“引文”</b>后"),
        ("他说**“好。”**然后", "他说<b>“好。”</b>然后"),
        ("见**《指南》**第3版", "见<b>《指南》</b>第3版"),
        ("**结论。**本研究", "<b>结论。</b>本研究"),
        ("**目的：**TC的特点", "<b>目的：</b>TC的特点"),
        ("**真的吗？**是", "<b>真的吗？</b>是"),
        ("**第一，**后文", "<b>第一，</b>后文"),
        ("，**加粗**，", "，<b>加粗</b>，"),
        ("（**加粗**）", "（<b>加粗</b>）"),
        ("占**50%**的", "占<b>50%</b>的"),
        ("***甲：***乙", "<i><b>甲：</b></i>乙"),
        # statistics
        ("*P*<0.05", "<i>P</i><0.05"),
        ("*P*＜0.05", "<i>P</i>＜0.05"),
        ("（*P*=0.03，*t*=2.1）", "（<i>P</i>=0.03，<i>t</i>=2.1）"),
        ("用*t*检验和*χ*²检验", "用<i>t</i>检验和<i>χ</i>²检验"),
        ("**95%*CI*为**", "<b>95%<i>CI</i>为</b>"),
        ("*n*=12", "<i>n</i>=12"),
        # marks of significance and multiplication stay
        ("3*4*5", "3*4*5"),
        ("12.3*，34.5*。", "12.3*，34.5*。"),
        ("12.3**，34.5**。", "12.3**，34.5**。"),
        ("注：*P<0.05，**P<0.01", "注：*P<0.05，**P<0.01"),
        ("*P<0.05；*Q<0.01", "*P<0.05；*Q<0.01"),
        ("张三*，李四*（医院）", "张三*，李四*（医院）"),
        ("** 不是 **", "** 不是 **"),
        (r"\*\*注意\*\*", "**注意**"),
        # plain English keeps the rules of CommonMark
        ("a **bold** word", "a <b>bold</b> word"),
        ("snake_case_name", "snake_case_name"),
        ("an _emphasised_ word", "an <i>emphasised</i> word"),
        ('a*"foo"*', 'a*"foo"*'),
    ],
)
def test_asterisks(source: str, expected: str) -> None:
    assert read_line(source) == expected
