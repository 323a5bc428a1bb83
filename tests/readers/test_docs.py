# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What docs/source.md shows to editors is what the reader takes."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from kanyin.model import DisplayFormula, Section, TableWrap
from kanyin.readers.frontmatter import FrontMatter
from kanyin.readers.markdown import read_text
from kanyin.readers.source import Source

PAGE = (Path(__file__).parents[2] / "docs" / "source.md").read_text("utf-8")


def test_the_complete_example_reads_without_findings() -> None:
    example = re.search(r"```markdown\n(---\n.*?)```", PAGE, re.DOTALL)
    assert example
    article, findings = read_text(Source(example[1], "article.md"), Path("article.md"))
    assert article and not findings, findings
    methods, results = article.body
    assert isinstance(methods, Section) and isinstance(results, Section)
    (inner,) = methods.content
    assert isinstance(inner, Section)
    assert isinstance(inner.content[1], TableWrap) and inner.content[1].notes
    assert isinstance(results.content[0], DisplayFormula) and results.content[0].label == "(1)"
    assert [section.id for section in article.back] == ["b1"]


def test_every_key_of_the_front_matter_is_in_the_table() -> None:
    table = PAGE[PAGE.index("| 键 key") : PAGE.index("文献的字段名")]
    named = set(re.findall(r"`(\w+)`", table))
    assert {f.name for f in fields(FrontMatter)} <= named
