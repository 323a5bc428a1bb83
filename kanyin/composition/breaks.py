# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Where a line may break: 行首行尾禁则 at the strict level, and what belongs together in scientific text.

Own rules instead of Pango's, so that the same text breaks in the same places on every host.
Source: CLREQ 3.1.5 (prohibition rules), GB/T 15834-2011 5.1, GB/T 15835-2011 (numbers and their units).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kanyin.composition.marks import EXPONENTS, ITERATION, NO_START, SMALL_KANA, Class

C = Class
NEVER, FREE = -1, 0

_NO_START = frozenset({C.CLOSE, C.COMMA, C.COLON, C.STOP, C.EXCLAIM, C.MIDDLE, C.WCLOSE, C.DASH, C.BREAK})
_NO_END = frozenset({C.OPEN, C.WOPEN})
_IDEOGRAPHIC = frozenset({C.HAN, C.OPEN, C.CLOSE, C.COMMA, C.COLON, C.STOP, C.EXCLAIM, C.MIDDLE, C.DASH, C.OBJECT})
_WORD = frozenset({C.LETTER, C.DIGIT, C.SYMBOL, C.WHYPHEN, C.WOPEN, C.WCLOSE})

UNITS = (
    "[kKmMμµnpcdGThH]?(?:m|g|L|l|mol|Pa|J|W|V|A|Hz|s|Bq|Gy|Sv|U|IU|eq|cal)(?:[23²³])?"
    "|mmHg|cmH2O|min|h|d|a|kcal|℃|°C|%|‰|rpm|bpm|kDa|Da|bp|kb|dB|次|例|岁|年|个月|周|天"
    "|[级型名人台元倍组项片粒支]|分(?![为成别组])"
)
# repetitions are bounded, so that a long row of digits costs no more than another text of its length
_NUMBER = r"(?:\d{1,3}(?:[\u2009\u202f ]\d{3}){1,8}(?!\d)|\d[\d.]{0,30})"
# spans inside which no break falls; each kind is looked for by itself, for they overlap (7.0%～10.5%)
_TOGETHER = tuple(
    re.compile(pattern)
    for pattern in (
        r"\d[\d.,\u2009\u202f ]{0,30}(?:" + UNITS + r")(?![A-Za-z])",  # a number with its unit
        # a range, a ratio, mean ± deviation, with their unit
        _NUMBER
        + r"%?\s?[～~–—±×:：／/-]\s?[+＋−-]?"
        + _NUMBER
        + r"%?(?:[\u2009\u202f ]?(?:"
        + UNITS
        + r")(?![A-Za-z]))?",
        r"[A-Za-zχχβαρσμκ]{1,3}[²2]?\s?[=＝<＜>＞≤≥≈]\s?[−-]?\d[\d.]{0,30}%?",  # P＜0.05, t=2.31
        r"\d{1,3}(?:[\u2009\u202f ]\d{3}){1,8}",  # 1 024
        r"\d{1,30}\.\d{3}(?:[\u2009\u202f ]\d{3}){0,8}[\u2009\u202f ]\d{1,3}(?!\d)",  # 0.000 1
        # a Roman numeral with what it counts: Ⅱ～Ⅳ级, Ⅱa类
        r"[Ⅰ-ⅿ][A-Ca-c]?(?:[～~–—-][Ⅰ-ⅿ][A-Ca-c]?)?[类级期型度]",
        r"第\d{1,30}[^\d\s]?|[图表]\d{1,30}(?:[-–]\d{1,30})?",
        # the number of an item with its first character: ①年龄, （2）年龄
        r"(?<![^，、；：。:;,. ])(?:[①-⑳]|[（(]\d{1,2}[）)]) ?\S",
        r"\d{1,4} ?[（(][\dA-Za-z.–/-]{1,9}[）)][：:] ?[A-Za-z]?\d",  # volume, issue and page: 27（4）：837
    )
)
_UNIT_GAP = re.compile(r"(?<=\d) (?=(?:" + UNITS + r")(?![A-Za-z]))")
_URL = re.compile(r"(?:https?://|doi:|DOI:\s?|10\.\d{4,9}/)[\x21-\x7e]+")
_URL_HEAD = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:|DOI:\s?)?10\.\d{4,9}(?=/)|https?://")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
EMAIL_COST, EMAIL_WORD_COST = 60, 120
# two words or names that a slash joins (SIRT1/AMPK), not a unit or a ratio
_ALTERNATIVES = re.compile(r"[A-Za-z][A-Za-z0-9]{2,30}/(?=[A-Za-z][A-Za-z0-9]{2})")
SLASH_COST = 60
# 第|104～112号 and 95%|CI: no rule forbids them, and they are taken where a line would be torn apart otherwise
_LAST_RESORT = re.compile("第(?=\\d)|\\d[%％](?=CI)")
LAST_RESORT_COST = 80
# ≥4|级: parted only where the Han of a line would else stand further apart than about a seventh of an em
_COUNTED = re.compile(r"(?<=[≥≤])\d{1,4}(?=[级型名人台元倍组项片粒支分])")
COUNTED_COST = 1000
LABEL_COST = 60  # doi:|10.1234/…
BRACKET_COST = 20  # before the bracket of an address that follows a word: Oncomine(https://…)
_CITATION = re.compile(r"\[\d[\d,，\-–、]*\]")


def opportunities(
    text: str, classes: Sequence[Class], raised: Sequence[bool], level: str = "strict", *, wrap: bool = True
) -> list[int]:
    """For each cluster the cost of a break before it: NEVER, or FREE, or more for places that are worse.

    `text` has one character a cluster; `raised` is true for superscripts and subscripts. `level` is a value of the
    property `line-break`; without `wrap` only the author breaks lines.
    """
    count = len(classes)
    costs = [NEVER] * (count + 1)
    if not count:
        return costs
    if not wrap or level == "anywhere":
        free = FREE if wrap else NEVER
        return [NEVER, *(FREE if classes[k - 1] is C.NEWLINE else free for k in range(1, count)), FREE]
    before = classes[0]
    for k in range(1, count):
        after = classes[k]
        if before is C.HAN and after is C.HAN:
            costs[k] = NEVER if text[k] in NO_START else FREE
        else:
            costs[k] = _between(before, after, text[k - 1], text[k])
        if raised[k] and (not raised[k - 1] or before is not C.SPACE):
            costs[k] = NEVER
        before = after
    costs[count] = FREE
    for pattern in _TOGETHER:
        for found in pattern.finditer(text):
            costs[found.start() + 1 : found.end()] = [NEVER] * (found.end() - found.start() - 1)
    for found in _ALTERNATIVES.finditer(text):
        costs[found.end()] = SLASH_COST
    for found in _LAST_RESORT.finditer(text):
        costs[found.end()] = LAST_RESORT_COST
    for found in _COUNTED.finditer(text):
        costs[found.end()] = COUNTED_COST
    if level != "strict":
        _relax(text, classes, costs, level)
    for found in _URL.finditer(text):
        _break_url(text, *found.span(), costs)
    for found in _EMAIL.finditer(text):
        _break_email(*found.span(), text, costs)
    for found in _CITATION.finditer(text):
        for k in range(found.start() + (0 if raised[found.start()] else 1), found.end()):
            if k:
                costs[k] = NEVER
    return costs


def _relax(text: str, classes: Sequence[Class], costs: list[int], level: str) -> None:
    """Below the strict level small kana may begin a line; at the loose one iteration marks, …… and ～ may too."""
    loose = level == "loose"
    for k in range(1, len(classes)):
        if classes[k - 1] is C.HAN and (
            text[k] in SMALL_KANA or (loose and (text[k] in ITERATION or classes[k] is C.DASH))
        ):
            costs[k] = FREE


def unit_gaps(text: str) -> list[int]:
    """Where the space between a number and its unit stands."""
    return [found.start() for found in _UNIT_GAP.finditer(text)]


def addresses(text: str) -> list[tuple[int, int]]:
    """Where addresses, DOIs and those of e-mail stand in a text, [start, end)."""
    return [found.span() for pattern in (_URL, _EMAIL) for found in pattern.finditer(text)]


def _between(before: Class, after: Class, left: str, right: str) -> int:
    if before is C.NEWLINE:
        return FREE
    if after is C.NEWLINE or after in _NO_START or after is C.GLUED or before is C.GLUED or right in NO_START:
        return NEVER
    if after is C.SPACE:
        return NEVER  # spaces hang at the end of the line before
    if before in _NO_END:
        return NEVER
    if before is C.CLOSE and right in EXPONENTS:
        return NEVER  # （1.73 m²）⁻¹
    if before is C.SPACE:
        return FREE
    if before is C.BREAK:
        return FREE
    if before is C.DASH and after is C.DASH:
        return NEVER
    if before is C.WHYPHEN and after is C.LETTER and left in "-‐–":
        return 30
    if before in _IDEOGRAPHIC or after in _IDEOGRAPHIC:
        # a Western mark stays with the word before it, and an opening one with the word after it
        return NEVER if after is C.WHYPHEN or (before is C.WHYPHEN and after is C.HAN and left == "/") else FREE
    return NEVER


def _break_email(start: int, end: int, text: str, costs: list[int]) -> None:
    """Before a point or @; less gladly inside a name of several words, before what joins them."""
    since = 0
    for k in range(start + 1, end):
        since += 1
        costs[k] = EMAIL_COST if text[k] in ".@" else NEVER
        if text[k] in "-_+" and since >= 3:
            costs[k] = EMAIL_WORD_COST
        if costs[k] != NEVER:
            since = 0


def _break_url(text: str, start: int, end: int, costs: list[int]) -> None:
    """An address breaks before a separator, never after one (so that no hyphen looks like part of the line).

    Its head stays whole: the scheme of an address, the prefix of a DOI (10.1234).
    """
    head = _URL_HEAD.match(text, start, end)
    if start and text[start - 1] in "([" and costs[start - 1] == NEVER and text[start - 2 : start - 1].isalnum():
        costs[start - 1] = BRACKET_COST
    least = max(head.end() if head else start, start + 5)
    since = 0
    for k in range(start + 1, end):
        costs[k] = LABEL_COST if text[k - 1] == ":" and text[k].isdigit() else NEVER
        since += 1
        if k < least:
            continue
        if text[k] in "/.?#&=_-:" and since >= 3 and text[k - 1] not in "/.:":
            costs[k] = 60
            since = 0
        elif since >= 12 and text[k - 1].isalnum() and text[k].isalnum():
            costs[k] = 200
