# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Text that stood on several lines of the source becomes one run again: Han without a space, Latin words with one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from kanyin.model import Inline, InlineFormula, Inlines, LineBreak, Link, Styled, Text, Xref


def join_lines(content: Sequence[Inline]) -> Inlines:
    """Merge neighbouring text, and close up line ends: a space stands only between two characters that are not wide."""
    merged: list[Inline] = []
    for inline in content:
        if isinstance(inline, Text):
            if not inline.value:
                continue
            if merged and isinstance(merged[-1], Text):
                merged[-1] = Text(merged[-1].value + inline.value)
                continue
        merged.append(inline)
    for index, inline in enumerate(merged):
        if isinstance(inline, Text) and "\n" in inline.value:
            lines = inline.value.split("\n")
            before = _edge((merged[i] for i in range(index - 1, -1, -1)), last=True)
            after = _edge((merged[i] for i in range(index + 1, len(merged))), last=False)
            merged[index] = Text(_closed_up(lines, before, after))
    return tuple(inline for inline in merged if inline != Text(""))


def _closed_up(lines: Sequence[str], before: str, after: str) -> str:
    text = lines[0]
    for number, line in enumerate(lines[1:], 2):
        left = text[-1:] or before
        right = line[:1] or (after if number == len(lines) else "")
        gap = " " if left and right and not (_is_wide(left) or _is_wide(right)) else ""
        text += gap + line
    return text


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _edge(content: Iterable[Inline], *, last: bool) -> str:
    """The last or first character of content that comes in the order of looking.

    A formula counts as Latin, a citation mark as nothing.
    """
    for inline in content:
        match inline:
            case Text(value) if value:
                return value[-1] if last else value[0]
            case Styled(_, inner) | Link(_, inner):
                if found := _edge(reversed(inner) if last else inner, last=last):
                    return found
            case InlineFormula():
                return "x"
            case LineBreak():
                return ""
            case Xref("bibr" | "fn"):
                continue
            case Xref(_, _, text) if text:
                return text[-1] if last else text[0]
            case _:
                continue
    return ""
