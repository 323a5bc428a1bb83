# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""When an asterisk opens or closes emphasis in Chinese text.

CommonMark (0.31, section 6.2) looks for white space around a delimiter that touches a mark. Chinese has none, so
`**注意：**后文` would print its asterisks. Here Han characters and Chinese marks do the work of that white space, while
two things stay literal on which medical text depends: `3*4` (times) and the star of significance (`0.03*，` and
`*P<0.05，**P<0.01`).
"""

from __future__ import annotations

import functools
import unicodedata
from typing import NamedTuple

_OPENING = frozenset("（《【“‘「『〈〔［｛([{<＜«")
_CLOSING = frozenset("，。、；：！？）》】”’」』〉〕］｝…—,.;:!?)]}>＞»%％")
_PAUSES = frozenset("，、；,;")
_CHINESE_MARKS = frozenset("“”‘’…—·")


class Flanks(NamedTuple):
    opens: bool
    closes: bool


@functools.cache
def flanks(before: str, after: str, marker: str, length: int) -> Flanks:
    """Whether a run of `length` markers between two characters may open and close; "" is the end of the text."""
    before_space, after_space = _is_space(before), _is_space(after)
    before_mark, after_mark = _is_mark(before), _is_mark(after)
    left = not after_space and (not after_mark or before_space or before_mark)
    right = not before_space and (not before_mark or after_space or after_mark)
    if marker == "_":
        return Flanks(left and (not right or before_mark), right and (not left or after_mark))
    if before.isdigit() and after.isdigit():
        return Flanks(False, False)
    if is_chinese(before) or is_chinese(after):
        left = left or (not after_space and after not in _CLOSING)
        # a pause is followed by the next remark more often than it ends one
        ends = before not in _OPENING and (before not in _PAUSES or (length > 1 and is_chinese(after)))
        right = right or (not before_space and ends)
    return Flanks(left, right)


def _is_space(char: str) -> bool:
    return not char or char.isspace()


def _is_mark(char: str) -> bool:
    return bool(char) and unicodedata.category(char)[0] in "PS"


def is_chinese(char: str) -> bool:
    """Whether a character is Han, kana, full-width, or a mark that Chinese shares with Latin script."""
    return bool(char) and (char in _CHINESE_MARKS or unicodedata.east_asian_width(char) in "WF")
