# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What people do to a copied passage so that it is not found, with the origin of every character kept.

A laundered text is a list of (character, offset in the source or -1): so the gold is exact whatever was done.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from functools import cache

from bench.rights.corpus import background
from kanyin.rights.match.fold import _classes
from kanyin.rights.match.lookalikes import KANA, LETTERS, RADICALS

Traced = list[tuple[str, int]]
Transform = Callable[[random.Random, Traced], Traced]
RATE = 0.15
"""Of the characters that noise touches."""


def traced(text: str, first: int = 0) -> Traced:
    return [(char, first + i) for i, char in enumerate(text)]


def exact(rng: random.Random, text: Traced) -> Traced:
    return text


# ---- disguise: the same to a reader's eye


def invisible(rng: random.Random, text: Traced) -> Traced:
    marks = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u3164"
    return [pair for one in text for pair in (one, *([(rng.choice(marks), one[1])] if rng.random() < 0.5 else []))]


@cache
def _doubles() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for double, plain in (*RADICALS.items(), *KANA.items()):
        if double != plain:
            found.setdefault(plain, []).append(double)
    for point in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFA6E)):
        plain = unicodedata.normalize("NFKC", chr(point))
        if plain != chr(point):
            found.setdefault(plain, []).append(chr(point))
    return found


def radicals(rng: random.Random, text: Traced) -> Traced:
    return [(rng.choice(_doubles().get(char, [char])), at) for char, at in text]


def homoglyphs(rng: random.Random, text: Traced) -> Traced:
    doubles: dict[str, str] = {latin: other for other, latin in LETTERS.items()}
    return [(doubles.get(char, rng.choice(_doubles().get(char, [char]))), at) for char, at in text]


def fullwidth(rng: random.Random, text: Traced) -> Traced:
    return [(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char, at) for char, at in text]


@cache
def _members() -> dict[str, str]:
    groups: dict[str, str] = {}
    for char, first in _classes().items():
        groups[first] = groups.get(first, "") + char
    return {char: groups[first] for char, first in _classes().items()}


def variants(rng: random.Random, text: Traced) -> Traced:
    """Any character of the same class of traditional, simplified and Japanese forms: harsher than any conversion."""
    return [(rng.choice(_members().get(char, char)), at) for char, at in text]


def punctuation(rng: random.Random, text: Traced) -> Traced:
    marks = str.maketrans("，。；：、“”（）", ',.;:,""()')
    changed = []
    for char, at in text:
        if unicodedata.category(char)[0] == "P":
            if rng.random() < 0.4:
                continue
            char = rng.choice("，。；、—…") if rng.random() < 0.5 else char.translate(marks)
        changed.append((char, at))
    return changed


def breaks(rng: random.Random, text: Traced) -> Traced:
    blanks = ("\n", " ", "\u3000", "\r\n\r\n", "\t", "\u2009")
    return [
        p for one in text for p in (one, *([(c, one[1]) for c in rng.choice(blanks)] if rng.random() < 0.3 else []))
    ]


# ---- alteration: a reader who knows the source would notice


def _noise(kinds: str) -> Transform:
    def change(rng: random.Random, text: Traced) -> Traced:
        other = background(rng, len(text) + 1)
        changed: Traced = []
        i = 0
        while i < len(text):
            kind = rng.choice(kinds) if rng.random() < RATE else ""
            if kind == "r" and i + 1 < len(text):
                changed += [text[i + 1], text[i]]
                i += 1
            elif kind == "s":
                changed.append((other[i], text[i][1]))
            elif kind != "d":
                changed += [(other[i], text[i][1]), text[i]] if kind == "i" else [text[i]]
            i += 1
        return changed

    return change


def _sentences(text: Traced) -> list[Traced]:
    parts: list[Traced] = [[]]
    for pair in text:
        parts[-1].append(pair)
        if pair[0] in "。；？！，" and len(parts[-1]) >= 16:
            parts.append([])
    return [part for part in parts if part]


def reordered(rng: random.Random, text: Traced) -> Traced:
    parts = _sentences(text)
    rng.shuffle(parts)
    return [pair for part in parts for pair in part]


def interleaved(rng: random.Random, text: Traced) -> Traced:
    mixed: Traced = []
    for part in _sentences(text):
        mixed += part + [(char, -1) for char in background(rng, rng.randint(15, 40))]
    return mixed


def everything(rng: random.Random, text: Traced) -> Traced:
    """A disguise on top of an alteration."""
    return invisible(rng, variants(rng, punctuation(rng, _noise("idsr")(rng, text))))


DISGUISES: dict[str, Transform] = {
    "exact": exact,
    "invisible": invisible,
    "radicals": radicals,
    "homoglyphs": homoglyphs,
    "fullwidth": fullwidth,
    "variants": variants,
    "punctuation": punctuation,
    "breaks": breaks,
}
ALTERATIONS: dict[str, Transform] = {
    "insert 15 %": _noise("i"),
    "delete 15 %": _noise("d"),
    "substitute 15 %": _noise("s"),
    "swap 15 %": _noise("r"),
    "all four 15 %": _noise("idsr"),
    "reordered": reordered,
    "interleaved": interleaved,
    "noise and disguise": everything,
}
TRANSFORMS = DISGUISES | ALTERATIONS


def counts(char: str) -> bool:
    """Characters by which a passage is measured: letters and digits."""
    return bool(re.match(r"\w", unicodedata.normalize("NFKC", char))) and char != "\u3164"
