# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The JATS of the articles in an archive file, as the source that the file was made from (PDF/A-3, AFRelationship)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kanyin.config.register import Register
from kanyin.exports.jats import write
from kanyin.model import Article, Permit
from kanyin.pdf.attach import Attached
from kanyin.typeset.citations import join, number
from kanyin.typeset.formulas import mathml


def jats(article: Article, permit: Permit, register: Register) -> bytes:
    """The article as JATS, with citations numbered as in print and MathML. Raises RightsError for an excerpt."""
    numbers = number(article)
    return write(
        article, permit, register=register, cite=lambda rids: join([numbers[rid] for rid in rids]), math=mathml
    )


def sources(articles: Iterable[tuple[Article, Permit]], register: Register) -> list[Attached]:
    """One file for each whole article, by name. Of an excerpt nothing comes along: it would be the whole text."""
    found = {}
    for article, permit in articles:
        if not permit.parts:
            name = re.sub(r"[^A-Za-z0-9._-]+", "-", article.front.id) + ".xml"
            said = f"JATS 1.3: {article.front.title}"
            found[name] = Attached(name, jats(article, permit, register), "text/xml", "Source", said)
    return [found[name] for name in sorted(found)]
