# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A displayed formula that is wider than its column, divided into lines.

It is divided before a relation or an operator, and the lines stand below the first relation (GB/T 7713.1: 较长的式必须
转行时，只能在 +、−、×、÷、＜、＞ 处转行，上下式尽可能在等号处对齐). What stands in brackets stays together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from kanyin.typeset.texnodes import Grid, Node, Row, Space, Sym
from kanyin.typeset.texwrite import OPERATORS, RELATIONS

_SIGNS = RELATIONS | OPERATORS | frozenset("·⋅")
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
HALF = 0.5
"""Lines are set below the first relation where what stands before it takes no more than this share of the width."""


def divided(tree: Row, room: float, width: Callable[[Node], float]) -> Row:
    """The formula on as few lines as it takes to keep to `room`; as it was where no place to divide it helps.

    `width` draws a node and gives its width, in the unit of `room`.
    """
    items = tree.items
    if width(tree) <= room or any(isinstance(item, Grid) for item in items):
        return tree
    places = _places(items)
    first = next((k for k, item in enumerate(items) if isinstance(item, Sym) and item.text in RELATIONS), 0)
    indent = width(Row(items[:first])) if first else 0.0
    if first not in places or indent > HALF * room:
        first, indent = 0, 2 * width(Sym("m"))
    begun = width(Row(items[:first])) if first else 0.0
    ends = [*(k for k in places if k > first), len(items)]
    lines: list[tuple[Node, ...]] = []
    start = first
    for this, after in pairwise([*ends, len(items)]):
        rest = (begun if first or not lines else indent) + width(Row(items[start:after]))
        if after == this or rest > room:
            lines.append(items[start:this])
            start = this
    if any((indent if n or first else 0.0) + width(Row(line)) > room for n, line in enumerate(lines) if line):
        return tree
    hang = () if first else (Space(), Space())
    rows = [(Row(items[:first]), Row(lines[0])), *((Row(()), Row((*hang, *line))) for line in lines[1:] if line)]
    return Row((Grid("aligned", tuple(rows)),))


def _places(items: Sequence[Node]) -> list[int]:
    """Where a line may begin: at a sign with something before it, outside brackets."""
    found, depth = [], 0
    for k, item in enumerate(items):
        text = item.text if isinstance(item, Sym) else ""
        before = items[k - 1] if k else None
        bound = before is None or (isinstance(before, Sym) and before.text in _SIGNS | _OPEN)
        if text in _SIGNS and text and not depth and not bound:
            found.append(k)
        depth += (text in _OPEN) - (text in _CLOSE)
    return found
