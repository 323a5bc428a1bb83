# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A text as 字, each with its place: what is left when everything that a copy can change without a reader noticing is
folded away.

A 字 is a Han character, or a word of letters, or a number: the unit in which Chinese counts text (字数), and the unit
of every figure of this package. Folded are: width and compatibility forms (NFKC), case and accents, Kangxi and other
radicals, traditional and simplified characters, look-alikes of other scripts, punctuation, white space, and
characters without a shape.
"""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kanyin.rights.match.lookalikes import KANA, LETTERS, RADICALS
from kanyin.rights.match.values import Disguise, DisguiseKind

_UNKNOWN, _GAP, _NOTHING, _SEVERAL = 0, 1, 2, 3
_LETTER, _DIGIT = 1 << 30, 1 << 29
_WORD = np.uint32(1 << 31)
_KINDS: tuple[DisguiseKind, ...] = ("invisible", "radical", "compatibility", "letter", "kana")
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u034f\u2800")
"""Without a shape, though Unicode calls them letters or symbols."""


@dataclass(frozen=True, eq=False)
class Folded:
    """`codes[i]` stands for the 字 at `starts[i]:ends[i]` of the text. Offsets are strictly increasing."""

    codes: NDArray[np.uint32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    disguises: tuple[Disguise, ...]

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def weights(self) -> NDArray[np.int64]:
        """How much each 字 counts towards a run that proves copying: a word or number of several characters, two."""
        return 1 + ((self.codes >= _WORD) & (self.ends - self.starts > 1)).astype(np.int64)


@functools.cache
def _classes() -> dict[str, str]:
    lines = Path(__file__).with_name("han.txt").read_text("utf-8").splitlines()
    return {char: line[0] for line in lines if line and line[0] != "#" for char in line}


@functools.cache
def _tables() -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """What each code point folds to, and which kind of disguise it is; filled as characters are met."""
    return np.zeros(0x110000, np.uint32), np.zeros(0x110000, np.uint8)


@functools.cache
def _one(char: str) -> tuple[tuple[int, ...], int]:
    """The codes that a character folds to, and 1 + the index of its kind in `_KINDS` if it is a disguise."""
    category = unicodedata.category(char)
    if category in ("Cf", "Cc", "Mn", "Me", "Cn") or char in _FILLERS:
        if char.isspace():
            return (_GAP,), 0
        return (_NOTHING,), 1 if category == "Cf" or char in _FILLERS else 0
    kind = 0
    if char in RADICALS or "\u2f00" <= char <= "\u2fdf":
        kind = 2
    elif "\uf900" <= char <= "\ufaff" or "\U0002f800" <= char <= "\U0002fa1f":
        kind = 3
    elif char in LETTERS:
        kind = 4
    elif char in KANA:
        kind = 5
    plain = unicodedata.normalize("NFKD", RADICALS.get(char, char))
    codes = tuple(_code(part) for part in "".join(LETTERS.get(part, part) for part in plain).casefold())
    return tuple(code for code in codes if code != _NOTHING) or (_NOTHING,), kind


def _code(part: str) -> int:
    category = unicodedata.category(part)
    if category in ("Mn", "Me", "Cf"):
        return _NOTHING
    part = KANA.get(part, part)
    part = _classes().get(part, part)
    if part.isdecimal():
        return _DIGIT | (0x30 + unicodedata.decimal(part))
    if category[0] not in "LN":
        return _GAP
    east = unicodedata.east_asian_width(part) == "W" or category in ("Lo", "Lm", "Nl", "No")
    return ord(part) if east else _LETTER | ord(part)


def _learn(points: NDArray[np.uint32]) -> None:
    table, kinds = _tables()
    for point in {int(p) for p in points}:
        codes, kind = _one(chr(point))
        table[point] = codes[0] if len(codes) == 1 else _SEVERAL
        kinds[point] = kind


def fold(text: str) -> Folded:
    """Fold a text. Lone surrogates count as gaps."""
    points = np.frombuffer(text.encode("utf-32-le", "replace"), "<u4")
    table, kinds = _tables()
    codes = table[points]
    if len(unknown := points[codes == _UNKNOWN]):
        _learn(unknown)
        codes = table[points]
    offsets = np.arange(len(points), dtype=np.int32)
    disguises = _disguises(text, points, codes, kinds)
    if len(several := np.flatnonzero(codes == _SEVERAL)):
        codes, offsets = _spread(points, codes, offsets, several)
    kept = codes != _NOTHING
    codes, offsets = codes[kept], offsets[kept]
    return Folded(*_tokens(codes, offsets), disguises)


def _spread(
    points: NDArray[np.uint32], codes: NDArray[np.uint32], offsets: NDArray[np.int32], several: NDArray[np.intp]
) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Put in the codes of characters that fold to more than one (㎎, ½, ㈱)."""
    more = [_one(chr(int(points[i])))[0] for i in several]
    counts = np.ones(len(codes), np.intp)
    counts[several] = [len(m) for m in more]
    wide = np.repeat(codes, counts)
    first = np.cumsum(counts) - counts
    for at, part in zip(first[several], more, strict=True):
        wide[at : at + len(part)] = part
    return wide, np.repeat(offsets, counts)


_POWERS = np.cumprod(np.full(64, 0x01000193, np.uint64) | np.uint64(1))


def _tokens(
    codes: NDArray[np.uint32], offsets: NDArray[np.int32]
) -> tuple[NDArray[np.uint32], NDArray[np.int32], NDArray[np.int32]]:
    """Join letters to words and digits to numbers; gaps part them and are dropped."""
    kind = (codes >> np.uint32(29)).astype(np.uint8)
    gap = codes == _GAP
    kind[gap] = 7
    solid = np.empty(len(codes), bool)  # a code that begins a 字
    solid[:1] = True
    solid[1:] = (kind[1:] == 0) | (kind[1:] != kind[:-1])
    solid &= ~gap
    begin = np.flatnonzero(solid)
    if not len(begin):
        return np.empty(0, np.uint32), np.empty(0, np.int32), np.empty(0, np.int32)
    inside = np.flatnonzero(~gap)
    codes_in, offsets_in = codes[inside], offsets[inside]
    at = np.searchsorted(inside, begin)
    place = np.arange(len(inside)) - np.repeat(at, np.diff(np.append(at, len(inside))))
    hashed = np.add.reduceat(codes_in.astype(np.uint64) * _POWERS[place & 63], at)
    word = kind[begin] != 0
    result = codes[begin].astype(np.uint32)
    result[word] = (hashed[word] ^ (hashed[word] >> np.uint64(31))).astype(np.uint32) | _WORD
    last = np.append(at[1:], len(inside)) - 1
    return result, offsets[begin], offsets_in[last] + 1


def _disguises(
    text: str, points: NDArray[np.uint32], codes: NDArray[np.uint32], kinds: NDArray[np.uint8]
) -> tuple[Disguise, ...]:
    """Where a character hides another one: radicals anywhere, the rest only among characters they disguise."""
    marks = kinds[points]
    found = []
    for i in np.flatnonzero(marks):
        kind = _KINDS[marks[i] - 1]
        around = [int(codes[j]) for j in (i - 1, i + 1) if 0 <= j < len(points) and not marks[j]]
        han = any(_SEVERAL < code < _DIGIT for code in around)
        latin = any(code & _LETTER and (code & 0xFFFF) < 0x250 for code in around)
        hides = {
            "radical": True,
            "compatibility": True,
            "letter": latin,
            "invisible": bool(i) and (han or latin),
            "kana": _is_han(text, int(i)),
        }
        if hides[kind]:
            found.append(Disguise(kind, int(i), text[i]))
    return tuple(found)


def _is_han(text: str, at: int) -> bool:
    """Both neighbours of a kana are Han: in Japanese text at least one of them is kana most of the time."""
    around = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    return len(around) == 2 and all("\u4e00" <= char <= "\u9fff" for char in around)
