# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What the tests of the HTML share: a permit, the sample sources, and golden text with a readable difference."""

from __future__ import annotations

import difflib
import os
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from kanyin.config.layout import LayoutSpec, load_layout
from kanyin.model import Article, Notice, Permit, mint
from kanyin.readers.markdown import read

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"
SAMPLES = {
    "specimen": ROOT / "layouts/journal/sample/article.md",
    "news": ROOT / "source/news/article.md",
    "research": ROOT / "source/research/article.md",
}


def journal() -> LayoutSpec:
    return load_layout(ROOT / "layouts", "journal")


def sample(name: str) -> Article:
    article, findings = read(SAMPLES[name])
    assert article is not None, findings
    return article


def permit(layout: str = "kanyin-journal", parts: tuple[str, ...] = ()) -> Permit:
    return mint(
        action="excerpt" if parts else "publish",
        work="a-work",
        holder="a-holder",
        holder_name="某学会",
        notice=Notice("a-notice", "zh", ("版权所有。",), ""),
        layout=layout,
        as_of=date(2026, 3, 1),
        parts=parts,
        credit=("credit-line-that-only-the-stamp-prints",),
        statement="statement-that-only-the-stamp-prints",
    )


def same_as_golden(html: str, name: str) -> None:
    """Compare with a golden file; KANYIN_GOLDEN=write makes it anew. Drawn formulas are another test's business."""
    html = re.sub(r'src="data:[^"]*" style="[^"]*"', 'src="data:…"', html)
    path = GOLDEN / f"{name}.html"
    if os.environ.get("KANYIN_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(html, "utf-8")
    expected = path.read_text("utf-8")
    difference = difflib.unified_diff(expected.splitlines(), html.splitlines(), "golden", "now", lineterm="", n=1)
    assert html == expected, "\n".join(difference)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def text_of(html: str) -> str:
    """The characters that a reader could copy."""
    words = _Words()
    words.feed(html)
    words.close()
    return "".join(words.found)
