# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Whatever stands in a file: no crash, and no Han character lost without a finding."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kanyin.exports.markdown import write
from kanyin.readers import read
from kanyin.readers.markdown import read_text
from kanyin.readers.source import Source

WORDS = """
甲 乙丙 ， 。 a 1 * ** _ ` ``` ~~~ $ $$ [ ] ( ) { } [@a] [1] [^1] ](#s1) ](b) ![ {#x} {.back} {.emphasis} {.note}
--- === *** | |甲|乙| |<|^| 表1： 图1： 注： < > <b> </b> <sub> <br> <table> <tr> <td> </td> </table> &lt; & \\ http://a.b
"""
SPACED = (
    "  ",
    "\n\n",
    "\n　　",
    "[^1]: ",
    "# ",
    "## ",
    "> ",
    "- ",
    "1. ",
    "2) ",
    " | ",
    "\n|-|-|\n",
    "Figure 1 ",
    "Table 1 ",
)
PIECES = st.sampled_from([*WORDS.split(), *SPACED, " ", "\n", "\t", "\x00", "\u200b", "\r\n"])
HAN = re.compile("[\u4e00-\u9fff]")
# a comment and a title in quotes are reported, and not printed
DROPPED = {"SOURCE-COMMENT", "SOURCE-ATTRIBUTE", "SOURCE-TABLE-SIZE"}


def han(value: Any) -> Counter[str]:
    """Every Han character anywhere in a value."""
    if isinstance(value, str):
        return Counter(HAN.findall(value))
    found: Counter[str] = Counter()
    if isinstance(value, tuple):
        for item in value:
            found += han(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in ("where", "root", "path"):
                found += han(getattr(value, field.name))
    return found


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
@example("![甲](b)\n注：乙")
def test_every_han_character_is_printed_or_reported(body: str) -> None:
    article, findings = read_text(Source("---\ntitle: t\n---\n" + body, "a.md"), Path("a.md"))
    if article is None:
        assert findings
        return
    missing = Counter(HAN.findall(body)) - han(article)
    assert not missing or {f.code for f in findings} & DROPPED, missing


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=20).map("".join), st.text().map(lambda t: f"---\n{t}\n---\n")))
def test_any_text_ends_in_an_article_or_a_finding(text: str) -> None:
    article, findings = read_text(Source(text, "a.md"), Path("a.md"))
    assert article or findings


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    for data in (b"\xff\xfe", bytes(range(256)), b"\0" * 100):
        file.write_bytes(data)
        article, findings = read(file)
        assert article is None or findings


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
@example("$$甲$$$$")
@example("甲$$$甲$$")
@example("$$$$")
@example("甲$$\\ $$")
@example("- - - [^1]: ")
@example("> 甲\n> # ")
def test_what_was_read_is_written_and_reads_back(body: str) -> None:
    article, findings = read_text(Source("---\ntitle: t\n---\n" + body, "a.md"), Path("a.md"))
    if article and not {"SOURCE-ID", "SOURCE-DUPLICATE-ID"} & {f.code for f in findings}:
        text = write(article)
        again, _ = read_text(Source(text, "a.md"), Path("a.md"))
        assert again and write(again) == text
