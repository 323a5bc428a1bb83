# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""ASCII punctuation in Chinese text → Chinese punctuation (GB/T 15834—2011), and ~ in ranges → ～ (GB/T 15835—2011).

A mark is changed only where its neighbours say that it belongs to Chinese: behind Han or a Chinese mark, or before
Han. A comma or semicolon between what is no Han on either side (P<0.05, 120 mmHg;80岁) is changed in a Chinese sentence
too, but not in a run of Latin words. Numbers, times, addresses, units, Latin words, English sentences and entries of a
reference list keep theirs. Nothing else changes, but spaces behind a changed mark go: the mark brings its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff]")
_MARKS = frozenset("，。、；：？！（）《》〈〉【】「」『』〔〕")
_CHINESE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_PROTECTED = re.compile(
    r"(?:https?://|ftp://|www\.)[!-~]+|10\.\d{4,9}/[!-~]+|[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|&#?[A-Za-z0-9]+;",
    re.ASCII,
)
_TRAILING = re.compile(r"[.,:;?!)\"']+\Z")
_DOTS = re.compile(r"\.{3,}|…+")
_DASHES = re.compile(r"-{2,}")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_REST_OF_SENTENCE = re.compile(r"[\s\"'”’)）]*\Z")
_OPERATORS = frozenset("/·•×*^=+-−<>≤≥~")
_NO_CLAUSE = re.compile(
    "[,，;；:：。?？!！()（）\\[\\]【】《》“”‘’\"'\u3400-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff]"
)
_LONG_WORD = re.compile(r"[A-Za-z]*[a-z]{4,}")
_ACRONYM = re.compile(r"\s*[A-Z][A-Za-z0-9-]{1,9}\s*")
_LOCANT = re.compile(r"(?<![A-Za-z])[A-Z],[A-Z](?:[,-])")
_SENTENCE_END = re.compile("[。！？!?]")
# GB/T 7714 marks the kind of each entry of a reference list; such an entry has marks of its own
_REFERENCE = re.compile(r"\[(?:[JMCDPSRNGKA]|EB|DB|CP|DS|CM|Z)(?:/(?:OL|CD|DK|MT))?\](?=\s*[.．,，:/])")
# what stands before a period that is no end of a sentence, though Han follow: 1.纳入标准, A.甲, a file, a sign
_ITEM = re.compile(r"(?:(?<![0-9A-Za-z.])(?:\d{1,2}|[A-Za-z])|[^0-9A-Za-z%)\]])\Z")
_SPACES = re.compile(" *")
# what a range begins with and goes on with: 40%~60%, 5 mg~10 mg, 2015年~2019年
_FROM = re.compile(r"(?:\d|[%％‰℃°年月日岁例]|\d ?[A-Za-zμµ/]{1,8})\Z")
_TO = re.compile(r" ?[-−+]?\d")
_CLAUSE = 200  # characters looked at on either side of a mark: no clause is longer
_CONTEXT = 4  # characters shown on either side of a change


@dataclass(frozen=True)
class Change:
    """What was changed at `offset` of the original text: `old` to `new`, and both with some context."""

    offset: int
    old: str
    new: str
    before: str
    after: str


@dataclass(frozen=True)
class Restored:
    """`unpaired` are offsets of straight quotation marks in Chinese text that have no partner."""

    text: str
    changes: tuple[Change, ...] = ()
    unpaired: tuple[int, ...] = ()


def restore(text: str) -> Restored:
    """Chinese punctuation for one paragraph. Doing it twice changes nothing more."""
    if not _HAN.search(text) or _is_english(text) or is_reference(text):
        return Restored(text)
    return _Restorer(text).run()


def is_reference(text: str) -> bool:
    """An entry of a reference list: it names its kind, as GB/T 7714 wants it."""
    return bool(_REFERENCE.search(text))


def _is_english(text: str) -> bool:
    """An English sentence with a Chinese name in it."""
    words = len(_LATIN_WORD.findall(text))
    return words >= 5 and len(_HAN.findall(text)) < words


class _Restorer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.out: list[str] = []
        self.sentence_has_han = False
        self.protected = _protected(text)
        self.partners, self.unpaired = _pairs(text, self.protected)
        self.decided: dict[int, str] = {}
        self.latin_until = -1  # the end of a bracket that stays as it is, and all that stands in it

    def run(self) -> Restored:
        changes = []
        unpaired = [i for i in self.unpaired if _ends_chinese(self.text[max(0, i - 8) : i]) or self.is_han(i + 1)]
        at = 0
        while at < len(self.text):
            new, length = self.step(at)
            old = self.text[at : at + length]
            if new != old:
                before, after = self.text[max(0, at - _CONTEXT) : at], self.text[at + length : at + length + _CONTEXT]
                changes.append(Change(at, old, new, before + old + after, before + new + after))
            self.put(new)
            at += length
            if new != old and new not in ("（", "“", "‘"):
                while at < len(self.text) and self.text[at] == " ":
                    at += 1
        return Restored("".join(self.out), tuple(changes), tuple(unpaired))

    def put(self, new: str) -> None:
        self.out.append(new)
        if new[-1:] in "。！？!?":
            self.sentence_has_han = False
        elif _HAN.search(new):
            self.sentence_has_han = True

    def step(self, at: int) -> tuple[str, int]:
        """What comes next, and how many characters of the original it stands for."""
        char = self.text[at]
        if at in self.protected:
            return char, 1
        if at in self.decided:
            return self.decided[at], 1
        if at in self.partners and char in "\"'(（“‘":
            return self.pair(at), 1
        if char in ".…" and (run := _DOTS.match(self.text, at)):
            incomplete = run[0] == "…" or char == "."
            chinese = self.behind_chinese() or self.is_han(run.end())
            return ("……" if incomplete and chinese else run[0]), len(run[0])
        if char == "-" and (run := _DASHES.match(self.text, at)):
            return ("——" if self.behind_chinese() or self.is_han(run.end()) else run[0]), len(run[0])
        if char in _CHINESE:
            return self.pause(at), 1
        if char == ".":
            return self.period(at), 1
        if char == "~" and _FROM.search(self.text, max(0, at - 12), at) and _TO.match(self.text, at + 1):
            return "～", 1
        return char, 1

    def pause(self, at: int) -> str:
        char = self.text[at]
        before, after = self.last(), self.text[at + 1 : at + 2]
        if (before.isdigit() and after.isdigit()) or (char == "!" and after == "="):
            return char
        behind = _SPACES.match(self.text, at + 1)
        chinese = self.behind_chinese() or (behind is not None and self.is_han(behind.end()))
        return _CHINESE[char] if chinese or (char in ",;" and self.within_chinese(at)) else char

    def within_chinese(self, at: int) -> bool:
        """Whether a mark without Han beside it parts a Chinese sentence: no formula, and no run of Latin words."""
        if at < self.latin_until or (at and _LOCANT.match(self.text, at - 1)):
            return False
        ends = [m.start() for m in _NO_CLAUSE.finditer(self.text, max(0, at - _CLAUSE), at)]
        following = _NO_CLAUSE.search(self.text, at + 1, at + _CLAUSE)
        left = self.text[ends[-1] + 1 if ends else max(0, at - _CLAUSE) : at]
        right = self.text[at + 1 : following.start() if following else at + _CLAUSE]
        if not self.out or not self.text[at + 1 :].strip():
            return False
        closes = following.start() if following else -1
        # a term and its abbreviation in a Chinese bracket: （World Heart Federation，WHF）
        gloss = _ACRONYM.fullmatch(right) and self.decided.get(closes, self.text[closes : closes + 1]) == "）"
        if len(_LONG_WORD.findall(left + " " + right)) >= 2 and not gloss:
            return False
        sentence = _SENTENCE_END.search(self.text, at, at + _CLAUSE)
        ahead = _HAN.search(self.text, at, sentence.start() if sentence else at + _CLAUSE)
        return self.sentence_has_han or bool(ahead)

    def period(self, at: int) -> str:
        after = self.text[at + 1 : at + 2]
        if after == "." or self.last() == ".":
            return "."
        if self.behind_chinese():
            # a lower-case letter right behind belongs to a file name or address
            return "." if "a" <= after <= "z" else "。"
        before = self.last()
        if self.is_han(at + 1) and self.sentence_has_han and not _ITEM.search(self.text, max(0, at - _CLAUSE), at):
            return "。"
        ends = bool(_REST_OF_SENTENCE.match(self.text, at + 1))
        if ends and self.sentence_has_han and before.isascii() and (before.isalnum() or before == "%"):
            return "。"
        return "."

    def pair(self, at: int) -> str:
        """Decide for an opening mark and its partner at once."""
        close = self.partners[at]
        opening, closing = self.text[at], self.text[close]
        kind = {"(": "（）", "（": "（）", '"': "“”", "“": "“”", "'": "‘’", "‘": "‘’"}[opening]
        if (opening, closing) == (kind[0], kind[1]):
            return opening
        before = self.last()
        han = _HAN.search(self.text, at + 1, close)
        beside = before in _OPERATORS or self.text[close + 1 : close + 2] in ("/", "·", "×", "^")
        if opening + closing == "()" and not han and before and beside:
            self.decided[close] = closing
            self.latin_until = max(self.latin_until, close)
            return opening
        chinese = (
            opening == kind[0]
            or closing == kind[1]
            or han
            or self.behind_chinese()
            or (self.is_han(close + 1) and not (before.isascii() and before.isalnum()))
        )
        self.decided[close] = kind[1] if chinese else closing
        if opening == "(" and not chinese:
            self.latin_until = max(self.latin_until, close)
        return kind[0] if chinese else opening

    def behind_chinese(self) -> bool:
        """Whether what has been written ends in Han or a Chinese mark; closing quotation marks are looked through."""
        return _ends_chinese(self.out)

    def last(self) -> str:
        """The last character that has been written."""
        return self.out[-1][-1] if self.out else ""

    def is_han(self, at: int) -> bool:
        return at < len(self.text) and bool(_HAN.match(self.text[at]))


def _ends_chinese(pieces: Sequence[str]) -> bool:
    for piece in reversed(pieces):
        if piece not in ("”", "’"):
            return piece[-1] in _MARKS or bool(_HAN.match(piece[-1]))
    return False


def _protected(text: str) -> frozenset[int]:
    """Offsets inside addresses and the like; marks at their end belong to the sentence."""
    found: set[int] = set()
    for match in _PROTECTED.finditer(text):
        end = match.end()
        if not match[0].startswith("&") and (trailing := _TRAILING.search(match[0])):
            end = match.start() + trailing.start()
        found.update(range(match.start(), end))
    return frozenset(found)


def _pairs(text: str, protected: frozenset[int]) -> tuple[dict[int, int], list[int]]:
    """For each opening bracket or quotation mark its partner, whatever their width; and the unpaired straight ones."""
    partners: dict[int, int] = {}
    brackets: list[int] = []
    waiting: dict[str, int] = {}
    for at, char in _candidates(text, protected):
        if char in "(（":
            brackets.append(at)
        elif char in ")）":
            if brackets:
                partners[brackets.pop()] = at
        elif char in "“‘":
            waiting[char] = at
        else:
            opening = "“" if char in '"”' else "‘"
            if opening in waiting:
                partners[waiting.pop(opening)] = at
            elif char in "\"'":
                waiting[opening] = at
    unpaired = [at for at in waiting.values() if text[at] in "\"'"]
    return partners, sorted(unpaired)


def _candidates(text: str, protected: frozenset[int]) -> Iterator[tuple[int, str]]:
    """Brackets and quotation marks, without apostrophes (don't) and signs of measure behind a number (5', 12")."""
    open_single = open_double = False
    for at, char in enumerate(text):
        if char not in "()（）\"'“”‘’" or at in protected:
            continue
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        if char in "'’" and _is_latin(before) and (_is_latin(after) or not open_single):
            continue
        if char == '"' and before.isascii() and before.isdigit() and not open_double:
            continue
        if char in "'‘’":
            open_single = char == "‘" or (char == "'" and not open_single)
        elif char in '"“”':
            open_double = char == "“" or (char == '"' and not open_double)
        yield at, char


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
