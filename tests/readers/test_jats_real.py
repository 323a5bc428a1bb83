# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""JATS of other publishers: read without a crash, and every letter of it is somewhere in the article."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from reader_articles import bare, strings

from kanyin.exports.markdown import write
from kanyin.readers.jats import read
from kanyin.readers.markdown import read_text
from kanyin.readers.source import Source

FOLDER = Path(__file__).parents[3] / "shared" / "real" / "jats"
FILES = sorted(FOLDER.glob("*.xml"))

pytestmark = pytest.mark.skipif(not FILES, reason=f"SKIP: no JATS of others in {FOLDER}")

# numbers, marks that only call another mark, and two headings are set by the layout
SET_ANEW = (
    ".//xref[@ref-type='aff']", ".//xref[@ref-type='corresp']", ".//contrib/xref", ".//ref/label", ".//aff/label",
    ".//xref[@ref-type='fn']", ".//fn/label", ".//corresp/label",
    ".//ref-list/title", ".//kwd-group/title",
)  # fmt: skip


def words(text: str) -> Counter[str]:
    return Counter(char for char in text if char.isalnum())


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_no_letter_is_lost(file: Path) -> None:
    article, findings = read(file)
    assert article, findings
    root = etree.parse(file, etree.XMLParser(no_network=True)).getroot()
    for place in SET_ANEW:
        for element in root.findall(place):
            element.text = ""
            for child in element:
                element.remove(child)
    source = "".join(root.itertext())
    found = strings(article.front) + strings(article.body) + strings(article.back) + strings(article.footnotes)
    found += "".join(ref.id + str(dict(ref.csl)) for ref in article.refs) + str(article.front.history)
    missing = words(source) - words(found)
    assert not missing, missing


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_it_is_written_as_our_source_and_reads_back(file: Path) -> None:
    article, _ = read(file)
    assert article
    again, _ = read_text(Source(write(article), str(file)), file)
    assert bare(again) == bare(article)
