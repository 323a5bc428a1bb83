# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Two PDFs beside each other in one HTML file that needs nothing else: for those who read proofs."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from html import escape

from kanyin.findings import Lang
from kanyin.preflight.compare import Pair

WORDS = {
    "zh": {"title": "对照", "page": "第 {n} 页", "same": "相同", "changed": "{share} 的像素不同", "none": "没有这一页"},
    "en": {"title": "Comparison", "page": "Page {n}", "same": "the same", "changed": "{share} of the pixels differ",
           "none": "there is no such page"},
}  # fmt: skip
STYLE = """body{font:14px/1.5 sans-serif;margin:1em auto;max-width:1400px;background:#eee}
section{background:#fff;margin:1em 0;padding:1em}.pair{display:flex;gap:1em}.pair>*{flex:1;min-width:0}
img{width:100%;border:1px solid #999}pre{overflow:auto;background:#f6f6f6;padding:.5em}
ins{background:#dfd;text-decoration:none}del{background:#fdd}h2{font-size:1em}nav a{margin-right:.6em}"""


def side_by_side(pairs: Sequence[Pair], first: str, second: str, lang: Lang) -> str:
    """The whole page; the same arguments give the same text. Pages that did not change are named only."""
    words = WORDS[lang]
    changed = [pair for pair in pairs if not pair.same]
    nav = "".join(f'<a href="#p{pair.number}">{pair.number}</a>' for pair in changed)
    body = "".join(part for pair in changed for part in _section(pair, words))
    rest = ", ".join(str(pair.number) for pair in pairs if pair.same)
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{words["title"]}</title>'
        f"<style>{STYLE}</style></head>\n<body><h1>{escape(first)} → {escape(second)}</h1>\n<nav>{nav}</nav>\n{body}"
        + (f"<p>{words['same']}: {rest}</p>\n" if rest else "")
        + "</body></html>\n"
    )


def _section(pair: Pair, words: dict[str, str]) -> Iterator[str]:
    name = words["page"].format(n=pair.number)
    yield f'<section id="p{pair.number}"><h2>{name}: {words["changed"].format(share=f"{pair.share:.2%}")}</h2>\n'
    yield '<div class="pair">'
    for data in (pair.before, pair.after):
        source = f"data:image/png;base64,{base64.b64encode(data).decode()}"
        yield f'<div><img alt="{name}" src="{source}"></div>' if data else f"<div>{words['none']}</div>"
    yield "</div>\n"
    if pair.text:
        yield f"<pre>{''.join(_line(line) for line in pair.text)}</pre>\n"
    yield "</section>\n"


def _line(line: str) -> str:
    tag = {"+": "ins", "-": "del"}.get(line[:1])
    text = escape(line)
    return f"<{tag}>{text}</{tag}>\n" if tag else f"{text}\n"
