# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Every finding that a source can cause: what causes it, and the line and column that it names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kanyin.findings import Severity, catalogue
from kanyin.readers import locate, read
from kanyin.readers.source import MAX_BYTES
from kanyin.readers.tables import MAX_CELLS

TOP = "---\ntitle: 题\nreferences:\n- id: a\n---\n"  # five lines: the body begins on line 6
OTHERS = {
    "SOURCE-NONE",
    "SOURCE-SAME-ID",
    "IMPORT-EXISTS",
    "IMPORT-FIGURE",
    "IMPORT-WRITTEN",
}  # worded with the commands

CASES: list[tuple[str, str | bytes, str]] = [
    # code, the file (or its body, after TOP, when it begins with "\n"), line:column
    ("SOURCE-ENCODING", "甲".encode() + b"\n\xff", "2:1"),
    ("SOURCE-TOO-LARGE", b"a" * (MAX_BYTES + 1), ""),
    ("SOURCE-CONTROL", "\n甲\x08乙", "7:2"),
    ("SOURCE-INVISIBLE", "\n甲\u200b乙", "7:2"),
    ("SOURCE-TURNING", "\n甲\u202e乙丙\u202c", "7:2"),
    ("SOURCE-TURNING", "\n甲\u2067乙丙\u2069", "7:2"),
    ("SOURCE-PRIVATE-USE", "\n甲\ue001", "7:2"),
    ("SOURCE-COMPAT-HAN", "\n甲\u2f64", "7:2"),
    ("SOURCE-NFC", "\ne\u0301", "1"),
    ("SOURCE-FRONT-NONE", "# 题\n", "1:1"),
    ("SOURCE-FRONT-UNCLOSED", "---\ntitle: 题\n", "1:1"),
    ("SOURCE-TITLE", "---\nid: a\n---\n正文\n", "1:1"),
    ("CONFIG-UNKNOWN-KEY", "---\ntitle: 题\ntitel: 题\n---\n", "3:1"),
    ("CONFIG-YAML", "---\ntitle: [题\n---\n", "3:1"),
    ("CONFIG-VALUE", "---\ntitle: 题\nhistory: {received: 2024-02-31}\n---\n", "3:11"),
    ("CONFIG-DUPLICATE-KEY", "---\ntitle: 题\ntitle: 题\n---\n", "3:1"),
    ("SOURCE-AFFILIATION", "---\ntitle: 题\nauthors:\n- name: 甲\n  affs: [a1]\n---\n", "5:3"),
    ("SOURCE-REFERENCES", "---\ntitle: 题\nreferences: refs.yaml\n---\n", "1:1"),
    ("SOURCE-REFERENCES-FILE", "---\ntitle: 题\nreferences: ../refs.yaml\n---\n", "3:1"),
    ("SOURCE-UNREADABLE", "---\ntitle: 题\nreferences: none.yaml\n---\n", ""),
    ("SOURCE-REFERENCE-ID", "---\ntitle: 题\nreferences:\n- title: 甲\n---\n", "4:3"),
    ("SOURCE-DUPLICATE-ID", "---\ntitle: 题\nreferences:\n- id: a\n- id: a\n---\n", "5:3"),
    ("SOURCE-DUPLICATE-ID", "\n# 甲 {#x}\n\n# 乙 {#x}\n", "9:3"),
    ("SOURCE-ID", "\n# 甲 {#1a}\n", "7:3"),
    ("SOURCE-XREF", "\n见[图9](#fig9)。", "7:2"),
    ("SOURCE-FOOTNOTE-MISSING", "\n甲[^1]。", "7:2"),
    ("SOURCE-FOOTNOTE-UNUSED", "\n甲\n\n[^1]: 注\n", "9:7"),
    ("SOURCE-CITATION-UNKNOWN", "\n甲[@z]", "7:2"),
    ("SOURCE-CITATION-FORM", "\n甲[@a, p. 3]", "7:2"),
    ("SOURCE-CITATION-NUMBER", "\n甲[2]", "7:2"),
    ("SOURCE-CITATION-BY-NUMBER", "\n甲[1]", "7:2"),
    ("SOURCE-CITATION-NO-LIST", "---\ntitle: 题\n---\n甲[1]", "4:2"),
    ("SOURCE-FIGURE-MISSING", "\n![](none.png)", "7:1"),
    ("SOURCE-FIGURE-OUTSIDE", "\n![](../a.png)", "7:1"),
    ("SOURCE-FIGURE-OUTSIDE", "\n![](/etc/passwd)", "7:1"),
    ("SOURCE-FIGURE-OUTSIDE", "\n![](https://example.org/a.png)", "7:1"),
    ("SOURCE-FIGURE-OUTSIDE", "\n![](data:image/png;base64,AAAA)", "7:1"),
    ("SOURCE-FIGURE-OUTSIDE", "\n![](link.png)", "7:1"),
    ("SOURCE-FIGURE-INLINE", "\n文字![](here.png)文字", "7:3"),
    ("SOURCE-FIGURE-PLACE", "\n**![](here.png)**", "7:3"),
    ("SOURCE-CAPTION-NUMBER", "\n表1：甲 | Table 2 A\n\n|a|\n|-|\n", "7:1"),
    ("SOURCE-CAPTION-NUMBER", "\n![](here.png)\n图1：甲\nFigure 2 A\n", "9:1"),
    ("SOURCE-TABLE-RAGGED", "\n|a|b|\n|-|-|\n|1|\n", "9:2"),
    ("SOURCE-TABLE-SPAN", "\n|a|b|\n|-|-|\n|<|1|\n", "9:2"),
    ("SOURCE-TABLE-SPAN", "\n|a|b|\n|-|-|\n|1|<|\n|^|2|\n", "9:2"),
    ("SOURCE-TABLE-FORM", "\n|a|b|\n|1|2|\n", "7:1"),
    ("SOURCE-TABLE-COLUMNS", "\n甲\n\n|" + "a|" * 3000 + "\n|" + "-|" * 3000 + "\n|" + "b|" * 3000, "9:1"),
    ("SOURCE-TABLE-COLUMNS", "\n甲\n\n<table><tr>" + "<td>a</td>" * 61 + "</tr></table>", "9:1"),
    (
        "SOURCE-TABLE-SIZE",
        "\n" + "|a" * 100 + "|\n" + "|-" * 100 + "|\n" + ("|1" * 100 + "|\n") * (MAX_CELLS // 100),
        "7:1",
    ),
    ("SOURCE-TABLE-HEAD", "\n<table><tr><td>a</td></tr><tr><td>b</td></tr></table>\n", "7:1"),
    ("SOURCE-TABLE-LOOSE", "\n<table>甲<tr><th>a</th></tr></table>\n", "7:1"),
    ("SOURCE-FORMULA-UNCLOSED", "\n甲$x+1", "7:2"),
    ("SOURCE-FORMULA-UNCLOSED", "\n$$\nx\n\n乙", "7:1"),
    ("SOURCE-EMPHASIS", "\n甲 ** 乙 ** 丙", "7:3"),
    ("SOURCE-HTML", "\n甲<font>乙", "7:2"),
    ("SOURCE-HTML", "\n甲<sub>乙", "7:2"),
    ("SOURCE-HTML", '\n甲<sub onclick="x()">乙</sub>', "7:2"),
    ("SOURCE-COMMENT", "\n<!-- 改 -->\n", "7:1"),
    ("SOURCE-ATTRIBUTE", "\n# 甲 {.foo}\n", "7:3"),
    ("SOURCE-ATTRIBUTE", "\n[甲]{.foo}\n", "7:1"),
    ("SOURCE-ATTRIBUTE", "\n![](here.png){width=huge}\n", "7:1"),
    ("SOURCE-LINK", "\n[甲](javascript:alert)", "7:1"),
    ("SOURCE-LINK-FORM", "\n![甲](a b.png)", "7:4"),
    ("SOURCE-DEPTH", "\n" + "> " * 40 + "甲", "7:1"),
    ("SOURCE-LIST", "\n2. 甲\n3. 乙\n", "7:1"),
    ("SOURCE-CODE", "\n```\nx = 1\n```\n", "7:1"),
    ("SOURCE-RULE", "\n甲\n\n***\n", "9:1"),
    ("SOURCE-INDENT", "\n甲\n　　乙\n", "8:1"),
    ("SOURCE-HEADING-LEVEL", "\n# 甲\n\n### 乙\n", "9:5"),
    ("SOURCE-HEADING-PLACE", "\n> # 甲\n", "7:1"),
    ("SOURCE-BACK-ORDER", "\n# 甲 {.back}\n\n# 乙\n", "9:3"),
    ("SOURCE-NOTICE", "\n甲。版权归中华医学会所有.\n", "7:3"),
]


@pytest.mark.parametrize(("code", "text", "place"), CASES, ids=[f"{c}-{i}" for i, (c, _, _) in enumerate(CASES)])
def test_each_finding_names_its_place(tmp_path: Path, code: str, text: str | bytes, place: str) -> None:
    folder = tmp_path / "article"
    folder.mkdir()
    (tmp_path / "a.png").touch()
    (folder / "here.png").touch()
    (folder / "link.png").symlink_to(tmp_path / "a.png")
    (folder / "refs.yaml").write_text("a: b\n", "utf-8")
    file = folder / "article.md"
    file.write_bytes(text if isinstance(text, bytes) else (TOP + text if text[0] == "\n" else text).encode())
    _, findings = read(file)
    found = [f for f in findings if f.code == code]
    assert found, [f.code for f in findings]
    assert ":".join(str(n) for n in (found[0].where.line, found[0].where.column) if n) == place
    for words in (found[0].message("zh"), found[0].message("en"), found[0].hint("zh"), found[0].hint("en")):
        assert words
        assert not re.search(r"\{[a-z]+\}", words), "a value that the finding does not bring"


@pytest.mark.parametrize(
    "front",
    [
        "titel: 题\nreferences: [{id: z}]",
        "title：题\nreferences: [{id: z}]",
        "title: 题\nreferences: none.yaml",
        "title: 题\nreferences: {z: {}}",
        "title: 题\nreferences: [{title: 甲}]",
    ],
)
def test_a_list_that_cannot_be_read_is_not_held_against_the_text(tmp_path: Path, front: str) -> None:
    file = tmp_path / "article.md"
    file.write_text(f"---\n{front}\n---\n甲[@z]，乙[1]，丙[7]。\n", "utf-8")
    _, findings = read(file)
    assert findings and not [f for f in findings if "CITATION" in f.code]


def test_what_cannot_be_read_gives_no_article(tmp_path: Path) -> None:
    for text in ("---\ntitel: 题\n---\n", "---\ntitle: 题\n", "---\ntitle: 题\n---\n" + "> " * 40 + "甲"):
        file = tmp_path / "article.md"
        file.write_text(text, "utf-8")
        article, findings = read(file)
        assert article is None
        assert any(f.severity == Severity.ERROR for f in findings)


def test_a_bad_front_matter_does_not_hide_what_is_wrong_below_it(tmp_path: Path) -> None:
    file = tmp_path / "article.md"
    file.write_text("---\ntitel: 题\n---\n甲$x\n", "utf-8")
    _, findings = read(file)
    assert {"CONFIG-UNKNOWN-KEY", "SOURCE-FORMULA-UNCLOSED"} <= {f.code for f in findings}


def test_an_unknown_suffix_and_a_missing_file(tmp_path: Path) -> None:
    assert [f.code for f in read(tmp_path / "a.doc")[1]] == ["SOURCE-SUFFIX"]
    assert [f.code for f in read(tmp_path / "a.md")[1]] == ["SOURCE-UNREADABLE"]


def test_locate(tmp_path: Path) -> None:
    from kanyin.findings import SourceError

    with pytest.raises(SourceError):
        locate(tmp_path)
    file = tmp_path / "article.md"
    file.touch()
    assert locate(tmp_path) == locate(file) == file


def test_every_source_finding_is_in_the_table() -> None:
    worded = {code for code in catalogue() if code.startswith("SOURCE-")}
    assert worded - OTHERS == {code for code, _, _ in CASES if code.startswith("SOURCE-")} | {"SOURCE-SUFFIX"}
