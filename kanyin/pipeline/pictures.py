# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of print: what stands in them is not read, so it was not compared, and that is said."""

from __future__ import annotations

from collections.abc import Iterator

from kanyin.findings import Finding, finding
from kanyin.model import Article
from kanyin.preflight.print_lines import print_lines
from kanyin.rights.match.units import figures
from kanyin.seen import noted

FEWEST = 10
"""Lines of print; fewer are labels."""


def printed_pictures(article: Article) -> Iterator[Finding]:
    """A finding on each picture of the article that shows a page, or a piece of one."""
    for figure in figures(article):
        path = article.root / figure.file
        inside = path.resolve().is_relative_to(article.root.resolve())
        if path.suffix.lower() != ".svg" and inside and path.is_file():
            lines = print_lines(noted(path, path.read_bytes()))
            if lines >= FEWEST:
                yield finding("MATCH-PICTURE-PRINT", figure.where, file=figure.file, lines=lines)
