# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The rights notice in a copied text: taken out where it stands by itself, left and reported where it was altered."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kanyin import notice
from kanyin.findings import Finding, Where, finding
from kanyin.model import Article, Block, Paragraph, Section

_BEFORE = re.compile(r"(?:\A|[。.！!？?；;：:\n]|\n[^\S\n]*[（(【\[])[^\S\n]*\Z")
_AFTER = re.compile(r"[^\S\n]*[）)】\]]?[^\S\n]*(?:\n|\Z)")
_KEYWORDS = ("版权归", "未经授权", "不得转载", "不得使用本刊", "除非特别声明", "编委会的观点")
# shares of the clause, or of the line, that have to agree; tried on cut and reworded copies
_SIMILAR_CLAUSE = 0.5
_SIMILAR_LINE = 0.8


@dataclass(frozen=True)
class Taken:
    """`declared` is the notice as it stood; `spans` are (start, end) offsets that were taken out of the text."""

    declared: str
    spans: tuple[tuple[int, int], ...]


def take_notice(text: str) -> Taken:
    """Find each clause that stands by itself: at the begin of a line or sentence, and ending one."""
    found: list[tuple[int, int]] = []
    for span in notice.find(text):
        if not found or span.start >= found[-1][1]:
            found.append((span.start, span.end))
    spans = []
    for index, (start, end) in enumerate(found):
        before = found[index - 1][1] if index else -1
        after = found[index + 1][0] if index + 1 < len(found) else -1
        begins = (before >= 0 and not text[before:start].strip()) or _BEFORE.search(text[max(0, start - 40) : start])
        follows = after >= 0 and not text[end:after].strip()
        if begins and (follows or text[end - 1] in "。.｡．" or _AFTER.match(text, end)):
            spans.append((start, end))
    return Taken(_declared(text, spans), tuple(spans))


def _declared(text: str, spans: list[tuple[int, int]]) -> str:
    """The clauses as they stood; a copy that says the same again is not repeated."""
    groups: list[str] = []
    last_end = -1
    for start, end in spans:
        if groups and not text[last_end:start].strip():
            groups[-1] += text[last_end:end]
        else:
            groups.append(text[start:end])
        last_end = end
    seen: dict[str, str] = {}
    for group in groups:
        seen.setdefault(re.sub(r"[,.;:]", "", notice.fold(group)[0]), group)
    return "\n".join(seen.values())


def looks_altered(line: str) -> bool:
    """Whether a line resembles a clause without being one: cut off, or reworded."""
    if len(line) > 120 or not any(word in line for word in _KEYWORDS):
        return False
    folded = re.sub(r"[,.;:]", "", notice.fold(line)[0])
    for clause in notice.CLAUSES:
        wanted = re.sub(r"[,.;:]", "", notice.fold(clause)[0])
        common = sum(block.size for block in difflib.SequenceMatcher(None, wanted, folded, False).get_matching_blocks())
        if common >= min(_SIMILAR_CLAUSE * len(wanted), _SIMILAR_LINE * len(folded)):
            return True
    return False


def copied_notices(article: Article) -> list[Finding]:
    """A copy of the rights notice in the body would be printed as text of the article."""
    return [finding("SOURCE-NOTICE", where or Where()) for where in _copies((*article.body, *article.back))]


def _copies(blocks: Sequence[Block]) -> Iterator[Where | None]:
    from kanyin.readers.inlines import plain

    for block in blocks:
        if isinstance(block, Section):
            yield from _copies(block.content)
        elif isinstance(block, Paragraph) and notice.find(plain(block.content)):
            yield block.where
