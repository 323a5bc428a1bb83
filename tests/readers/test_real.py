# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Papers as a converter left them: read without a crash, and every letter of them is somewhere in the article."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from reader_articles import bare, strings

from kanyin.exports.markdown import write
from kanyin.readers import read
from kanyin.readers.markdown import read_text
from kanyin.readers.source import Source

FOLDER = Path(__file__).parents[3] / "shared" / "real" / "markdown"
FILES = sorted(FOLDER.glob("*.md"))

pytestmark = pytest.mark.skipif(not FILES, reason=f"SKIP: no papers in {FOLDER}")


def letters(text: str) -> Counter[str]:
    return Counter(char for char in text if char.isalnum())


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_no_letter_is_lost(file: Path) -> None:
    article, _ = read(file)
    assert article
    source = file.read_text("utf-8")
    source = re.sub(r"</?(?:html|body|table|tr|td|th|sub|sup)\b[^<>]*>", "", source)
    source = re.sub(r"(?m)^(?:Fig(?:ure)?\.?|Table) ?\d+", "", source)  # printed from 图1, 表1
    missing = letters(source) - letters(article.front.title + strings(article.body) + strings(article.footnotes))
    assert not missing, missing


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_it_is_written_and_reads_back(file: Path) -> None:
    article, _ = read(file)
    assert article
    again, _ = read_text(Source(write(article), str(file)), file)
    assert bare(again) == bare(article)
