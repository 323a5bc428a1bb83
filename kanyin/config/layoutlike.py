# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""How much of a registered design stands in the style sheets of a layout, when its files are no longer the same.

A style sheet is taken for the pairs of declarations that follow each other in its rules, whatever the rules are called
and wherever they stand, with numbers to two digits. Of a registered design the register holds a sample of them: those
with the smallest hashes (bottom-k, A. Z. Broder 1997). What is added to a copy hides nothing: it is asked how much of
the sample is there, not how much else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

SAMPLE = 64
"""Hashes that the register holds of a design."""
_FEWEST = 16
"""A design with fewer pairs says too little of itself to be known again."""
_DIGITS = 8
ALIKE = 0.5
"""From this share on it is the same design. Two sheets written apart have less than a tenth."""
_BODY = re.compile(r"[{}]")
_NUMBER = re.compile(r"\d+\.?\d*|\.\d+")


def rules(sheets: Iterable[str]) -> frozenset[str]:
    """Hashes of eight hexadecimal digits, one for each pair of declarations in style sheets without comments."""
    return frozenset(hashlib.sha256(pair.encode()).hexdigest()[:_DIGITS] for sheet in sheets for pair in _pairs(sheet))


def sketch(found: frozenset[str]) -> str:
    """What the register holds of a design: its smallest hashes, one after the other; empty when there are too few."""
    return "".join(sorted(found)[:SAMPLE]) if len(found) >= _FEWEST else ""


def share(held: str, found: frozenset[str]) -> float:
    """How much of the design with this sketch is there, from 0 to 1."""
    sample = [held[at : at + _DIGITS] for at in range(0, len(held), _DIGITS)]
    return sum(one in found for one in sample) / len(sample) if sample else 0.0


def _pairs(sheet: str) -> Iterator[str]:
    for body in _BODY.split(sheet):
        declared = [said for one in body.split(";") if ":" in one and (said := _said(one))]
        yield from (f"{a};{b}" for a, b in pairwise(declared))


def _said(declaration: str) -> str:
    name, _, value = declaration.partition(":")
    return f"{name.strip()}:{_NUMBER.sub(_rounded, ' '.join(value.split()))}".lower()


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2g}"
