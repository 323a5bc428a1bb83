# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What `import` reads: every format that can be built, and those that first have to become our source.

A file that somebody's program converted (Word, Markdown) has the words of an article without its parts: `converted`
looks for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kanyin.findings import Finding, Where, finding
from kanyin.model import Article


@dataclass(frozen=True)
class Incoming:
    """`files` are pictures that come out of the file itself, by the names that the article gives them."""

    article: Article | None
    findings: list[Finding]
    files: Mapping[str, bytes] = field(default_factory=dict)


def bring_in(path: Path) -> Incoming:
    """Read one file. What is wrong is in the findings, never an exception."""
    from kanyin.readers import SUFFIXES, read
    from kanyin.readers.converted import recognise

    suffix = path.suffix.lower()
    if suffix not in (".docx", *SUFFIXES):
        known = " ".join((".docx", *SUFFIXES))
        return Incoming(None, [finding("IMPORT-SUFFIX", Where(str(path)), suffix=path.suffix, known=known)])
    if suffix == ".docx":
        from kanyin.readers import docx

        article, findings, files = docx.read(path)
    else:
        (article, findings), files = read(path), {}
    if article is not None and suffix in (".docx", ".md", ".markdown"):
        article, more = recognise(article)
        # numbers without a list had none to point to when they were read
        solved = {"SOURCE-CITATION-NO-LIST"} if article.refs else set()
        findings = [*(f for f in findings if f.code not in solved), *more]
    return Incoming(article, findings, files)
