# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Classes of characters, as CLREQ 3.1 and GB/T 15834-2011 tell them apart.

A mark counts as Chinese when the font gives it a full em: the same quotation mark is Western in a Latin face.
"""

from __future__ import annotations

from enum import IntEnum


class Class(IntEnum):
    HAN = 0
    OPEN = 1  # 前括号类：（《【“‘
    CLOSE = 2  # 后括号类：）》】”’
    COMMA = 3  # 、，
    COLON = 4  # ：；
    STOP = 5  # 。．
    EXCLAIM = 6  # ！？
    MIDDLE = 7  # ·
    DASH = 8  # —— …… ～
    LETTER = 9  # letters of alphabets
    DIGIT = 10
    SPACE = 11
    WOPEN = 12  # Western ( [ “
    WCLOSE = 13  # Western ) ] , . ; : ! ? ” %
    WHYPHEN = 14  # - / – and the like: a break may follow
    SYMBOL = 15  # = < > + ± and others
    OBJECT = 16  # a picture, a formula, an inline block
    NEWLINE = 17
    GLUED = 18  # no-break space, word joiner: never a break on either side
    BREAK = 19  # zero-width space, soft hyphen: a break may follow


FULL_OPEN = frozenset("（〔［｛《〈「『【〖“‘〝")
FULL_CLOSE = frozenset("）〕］｝》〉」』】〗”’〞")
FULL_MARKS: dict[str, Class] = {
    **dict.fromkeys(FULL_OPEN, Class.OPEN),
    **dict.fromkeys(FULL_CLOSE, Class.CLOSE),
    **dict.fromkeys("、，", Class.COMMA),
    **dict.fromkeys("：；", Class.COLON),
    **dict.fromkeys("。．｡", Class.STOP),
    **dict.fromkeys("！？‼⁇⁈⁉", Class.EXCLAIM),
    **dict.fromkeys("·・‧•", Class.MIDDLE),
    **dict.fromkeys("—―…⋯～〜⸺", Class.DASH),
}
WESTERN: dict[str, Class] = {
    **dict.fromkeys("([{“‘«‹", Class.WOPEN),
    **dict.fromkeys(")]},.;:!?”’»›%‰°′″℃", Class.WCLOSE),
    **dict.fromkeys("-‐–/\\", Class.WHYPHEN),
    **dict.fromkeys("％℉¢", Class.WCLOSE),
    **dict.fromkeys("$¥€£￥＄", Class.WOPEN),
    **dict.fromkeys("\u00a0\u202f\u2060\u2011\ufeff\u200d", Class.GLUED),
    **dict.fromkeys("\u200b\u00ad", Class.BREAK),
    **dict.fromkeys(" \u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u3000", Class.SPACE),
    "\n": Class.NEWLINE,
    "\ufffc": Class.OBJECT,
}
# marks that may not begin a line though they are no punctuation (CLREQ 3.1.5, strict level)
SMALL_KANA = frozenset("ーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖ")
ITERATION = frozenset("々〻")
EXPONENTS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
NO_START = SMALL_KANA | ITERATION | frozenset("％℃‰°")


def classify(character: str, ems: float) -> Class:
    """The class of a character whose advance is `ems` em wide in its font."""
    if ems > 0.85 and (full := FULL_MARKS.get(character)) is not None:
        return full
    if (western := WESTERN.get(character)) is not None:
        return western
    code = ord(character)
    if is_han(code):
        return Class.HAN
    if character.isalpha() or 0x2160 <= code <= 0x217F:  # Ⅰ: a Roman numeral
        return Class.LETTER
    if character.isdigit():
        return Class.DIGIT
    if character in "＜＝＞＋－±×÷≤≥≈≠":
        return Class.SYMBOL
    if character in FULL_MARKS:  # a narrow one: ·, …, —
        return Class.WHYPHEN if character in "—―" else Class.SYMBOL
    return Class.HAN if ems > 0.85 and code > 0x2E7F else Class.SYMBOL


def is_han(code: int) -> bool:
    """Ideographs and kana, with the full-width forms that are set like them."""
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x323AF
        or 0xF900 <= code <= 0xFAFF
        or 0x2E80 <= code <= 0x2FDF
        or 0x3005 <= code <= 0x3007
        or 0x3040 <= code <= 0x30FF
        or 0x3100 <= code <= 0x31FF
        or 0xFF21 <= code <= 0xFF5A
    )
