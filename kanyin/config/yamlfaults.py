# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What the YAML library complains of: where the slip was made, and in our words.

The library stops where it cannot go on, often a line or a page behind the slip: a quote that is left open ends with the
file, and a full-width colon makes of a key the beginning of a text. The place named here is that of the slip.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

_SAID = {
    "mapping values are not allowed": "COLON", "found unexpected ':'": "COLON",
    "could not find expected ':'": "NO-COLON",
    "did not find expected key": "INDENT", "did not find expected '-'": "INDENT",
    "did not find expected node content": "NOTHING",
    "cannot start any token": "CHARACTER", "found a tab character": "TAB",
    "found unexpected end of stream": "QUOTE", "found unexpected document indicator": "QUOTE",
    "did not find expected ',' or": "BRACKET",
    "did not find expected alphabetic or numeric character": "SIGN",
    "found unknown escape character": "ESCAPE", "did not find expected hexdecimal number": "ESCAPE",
    "found invalid Unicode character escape code": "ESCAPE",
    "block sequence entries are not allowed": "DASH", "mapping keys are not allowed": "QUESTION",
    "did not find expected comment or line break": "BLOCK", "found an indentation indicator equal to 0": "BLOCK",
    "did not find expected whitespace or line break": "TAG", "did not find the expected '>'": "TAG",
    "did not find expected tag URI": "TAG", "did not find expected '!'": "TAG", "undefined tag handle": "TAG",
    "URI escaped octet": "TAG", "UTF-8 octet": "TAG",
    "directive": "DIRECTIVE", "version number": "DIRECTIVE", "digit or '.' character": "DIRECTIVE",
    "did not find expected whitespace": "DIRECTIVE", "incompatible YAML document": "DIRECTIVE",
    "<document start>": "DIRECTIVE", "non-alphabetical character": "DIRECTIVE",
    "control characters are not allowed": "CONTROL", "special characters are not allowed": "CONTROL",
    "unacceptable character": "CONTROL", "invalid Unicode character": "CONTROL",
}  # fmt: skip
_KEY = re.compile(r"\s*(?:- +)*[\"']?[A-Za-z_][\w.-]*[\"']?\s*(?P<colon>：|:(?=\s|$))")


_SWALLOWED = re.compile(r"\s*(?:- +)*[a-z]+(?:_[a-z]+)*：")
"""A key of ours as it is written; text without quotes hardly begins a line like this."""


class Place(NamedTuple):
    """Line and column from 0."""

    line: int
    column: int


class Fault(NamedTuple):
    """`kind` is the end of the code CONFIG-YAML-…."""

    kind: str
    place: Place


def fault(error: Any, text: str, quote: Any) -> Fault:
    """What an exception of the library is about. `quote` is the last quoted text before it, as an event, or None."""
    problem = str(getattr(error, "problem", "") or getattr(error, "context", "") or error)
    kind = next((kind for said, kind in _SAID.items() if said in problem), "OTHER")
    mark, begun = (_place(getattr(error, name, None)) for name in ("problem_mark", "context_mark"))
    place = mark or begun or Place(0, 0)
    if kind in ("QUOTE", "NO-COLON") and begun:
        place = begun
    if kind == "INDENT" and quote and quote.end_mark.line == place.line > quote.start_mark.line:
        # the next quote, which should have opened a text, has closed the one before it
        return Fault("QUOTE", Place(quote.start_mark.line, quote.start_mark.column))
    if kind in ("COLON", "NO-COLON", "INDENT") and (colon := wide_colon(text, place)):
        return Fault("WIDE-COLON", colon)
    return Fault(kind, place)


def wide_colon(text: str, at: Place) -> Place | None:
    """The full-width colon behind the key nearest above a place, if that is what stands there."""
    lines = text.split("\n")[: at.line + 1]
    for number in range(len(lines) - 1, -1, -1):
        key = _KEY.match(lines[number])
        if key and key["colon"] == "：":
            return Place(number, key.start("colon"))
        if key and (number < at.line or key.start("colon") < at.column):
            return None
    return None


def swallowed(text: str, running: Sequence[tuple[int, int]]) -> list[Place]:
    """Full-width colons behind what looks like a key in lines (first, last) that YAML takes for more of a text."""
    lines = text.split("\n")
    numbers = (number for first, last in running for number in range(first, last + 1))
    keys = ((number, _SWALLOWED.match(lines[number])) for number in numbers)
    return [Place(number, key.end() - 1) for number, key in keys if key]


def _place(mark: Any) -> Place | None:
    return Place(mark.line, mark.column) if mark else None
