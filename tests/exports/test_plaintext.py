# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The text of a package: no word of the article is missing from it, and it is not written of a part."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from pdf_samples import permit
from reader_articles import articles

from kanyin.exports.plaintext import write
from kanyin.findings import RightsError
from kanyin.model import Article, Front, Text


def words(part: object) -> Iterator[str]:
    """What a reader reads, in order."""
    if isinstance(part, Text):
        yield from part.value.split()
    elif isinstance(part, tuple):
        for item in part:
            yield from words(item)
    elif dataclasses.is_dataclass(part):
        for member in dataclasses.fields(part):
            yield from words(getattr(part, member.name))


@settings(max_examples=40)
@given(articles())
def test_every_word_is_there_in_its_order(article: Article) -> None:
    written = write(article, permit(), ["文献一"]).decode()
    at = written.index(article.front.title)
    for word in words((article.body, article.back, article.footnotes)):
        found = written.find(word, at)
        assert found >= 0, word
        at = found
    assert written.endswith(f"[1] 文献一\n{permit().notice.text}\n")


def test_of_a_part_no_text_is_written() -> None:
    with pytest.raises(RightsError):
        write(Article(Front("a", "题"), ()), permit(parts=("s1",)), [])
