# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Texts into pieces that are shaped once a document: a Han or mark by itself, a Latin word as a whole.

Chinese has no shaping across characters, so the advance of a Han is known once its font is; only words need a shaper.
The shaper itself (Pango with HarfBuzz) is given by `seam`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from kanyin.composition.marks import is_han

# the two characters of a Chinese dash; a Roman numeral of one character; one Han or mark with what may follow it
# (variation selectors, combining marks); a run without blanks; one blank
PIECE = re.compile(
    "\u2014{2}|[\u2160-\u217f]|["
    "\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U000323af\u2014\u2018-\u201d\u2026\u00b7\n]"
    "[\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]*"
    "|[ \u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]"
    "|[^ \u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U000323af\u2014\u2018-\u201d\u2026\u00b7\u2160-\u217f\n]+"
)

# scripts that need bidirectional or contextual layout of whole lines: left to the engine
COMPLEX = re.compile(
    "[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u1800-\u18af"
    "\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe\t\r\f\u0085\u2028\u2029]"
)

# variation selectors: they ask for a form of the character before them
VARIANT = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]+$")


class Cluster(NamedTuple):
    """What is drawn for one or more characters: glyphs of one font, each (id, advance in px, dx, dy in px)."""

    text: str
    width: float
    font: Any
    glyphs: tuple[tuple[int, float, float, float], ...]


Shaper = Callable[[str], "list[Cluster] | None"]


class Cache:
    """Pieces already shaped, for one font description. `shape` answers None for text it cannot set."""

    def __init__(self, shape: Shaper) -> None:
        self.shape = shape
        self.known: dict[str, list[Cluster] | None] = {}

    def clusters(self, text: str) -> list[Cluster] | None:
        """The clusters of a text, or None when something in it has to be left to the engine."""
        known = self.known
        pieces = PIECE.findall(text)
        if missing := [p for p in dict.fromkeys(pieces) if p not in known]:
            self._learn(missing)
        result: list[Cluster] = []
        for piece in pieces:
            found = known[piece]
            if found is None:
                return None
            result += found
        return result

    def _learn(self, pieces: Sequence[str]) -> None:
        """Han are shaped together in one call; marks each alone, for a font may squeeze two that stand together."""
        single = [p for p in pieces if len(p) == 1 and is_han(ord(p))]
        if len(single) > 1:
            shaped = self.shape("".join(single))
            if shaped is not None and [c.text for c in shaped] == single:
                self.known.update((c.text, [c]) for c in shaped)
        for piece in pieces:
            if piece not in self.known:
                self.known[piece] = self.shape(piece)
