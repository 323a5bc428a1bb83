# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The rights notice: its canonical clauses, pinned by hash, and finding them in text that was copied from elsewhere.

It stands beside `model` because three rooms need it and may not import each other: readers take it out of a copied
text, rights prints it, preflight looks for it in the finished PDF.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from kanyin.findings import RightsError, finding
from kanyin.model import Notice

CLAUSES = (
    "版权归中华医学会所有。",
    "未经授权，不得转载、摘编本刊文章，不得使用本刊的版式设计。",
    "除非特别声明，本刊刊出的所有文章不代表中华医学会和本刊编委会的观点。",
)
SHA256 = "79bbc7150a53a8b3df0a20008303f3f5ea8bda0daa16e39fdc9270a272241a81"
"""SHA-256 of the UTF-8 text of the three clauses joined."""

_MARKS = {"。": ".", "、": ",", "﹑": ",", "｡": ".", "､": ","}
_ANY_MARK = r"[,.;:]*"


@dataclass(frozen=True)
class Span:
    """Where a clause stands: `clause` is its index in the notice, `start` and `end` are offsets in the text."""

    clause: int
    start: int
    end: int


@functools.cache
def canonical() -> Notice:
    """The notice as it is printed. Raises RightsError when the wording differs from the pinned hash."""
    found = hashlib.sha256("".join(CLAUSES).encode()).hexdigest()
    if found != SHA256:
        raise RightsError(finding("NOTICE-PIN", expected=SHA256, found=found))
    return Notice("cma", "zh-Hans", CLAUSES, SHA256)


def fold(text: str) -> tuple[str, list[int]]:
    """The text without what a copy changes, and for each folded character the offset it came from.

    Width is folded by NFKC of each character; 。 and 、 become the ASCII marks that people type instead; white space
    and characters without a shape of their own (zero-width, soft hyphen, variation selectors) are left out.
    """
    folded: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        if char in _MARKS:
            folded.append(_MARKS[char])
            offsets.append(offset)
        elif not _invisible(char):
            for part in unicodedata.normalize("NFKC", char).casefold():
                if not _invisible(part):
                    folded.append(_MARKS.get(part, part))
                    offsets.append(offset)
    return "".join(folded), offsets


def _invisible(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in ("Cf", "Cc") or "\ufe00" <= char <= "\ufe0f"


def find(text: str, clauses: Sequence[str] = CLAUSES) -> list[Span]:
    """Every place where a clause stands in full, whatever its width, marks and line breaks; in the order of the text.

    A closing mark belongs to the span where there is one. A reworded or truncated clause is not found.
    """
    folded, offsets = fold(text)
    spans = [
        Span(index, offsets[match.start()], offsets[match.end() - 1] + 1)
        for index, pattern in enumerate(_patterns(tuple(clauses)))
        for match in pattern.finditer(folded)
    ]
    return sorted(spans, key=lambda span: (span.start, span.clause))


@functools.cache
def _patterns(clauses: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_pattern(clause)) for clause in clauses)


def _pattern(clause: str) -> str:
    """A mark in the clause may be any mark or none in the text; at the end at most one is taken."""
    body = fold(clause)[0].rstrip(",.;:")
    return "".join(_ANY_MARK if char in ",.;:" else re.escape(char) for char in body) + r"[,.;:]?"
