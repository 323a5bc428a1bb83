# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""How wide things are, and by how much they may give way: 标点挤压, 中西间距, 行首行尾 (CLREQ 3.1.6, 3.2.2).

Every cluster gets a natural advance, what may be taken from it and what may be added to it. Lengths in em of the
cluster's own font; `spread` turns them into the engine's units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

from kanyin.composition.marks import EXPONENTS, Class

C = Class

GAP, GAP_LEAST, GAP_MOST = 0.22, 0.172, 0.248
"""中西间距: natural, least and most; within 0.17 to 0.25 on the page too, where places are rounded."""
WORD_SPACE_LEAST, WORD_SPACE_MOST = 0.8, 1.6
"""A word space, as a share of the font's own."""
STOP_GIVES = 0.25
"""What a mark that ends a sentence may give amid text, em: it stays wider than a comma."""
SYMBOL_GIVES = 0.08
"""What a full-width ＜, ＝ or ± may give of the blank at each of its sides, em (the faces leave 0.11 or more)."""
BRACKET_TAKES = 0.5
"""How much of its lost half a bracket or quotation mark takes back at most, as a share."""
WORDS_LOOSEST = 0.12
"""Where letters keep together, a line that needs words further apart than this (em, beyond the usual) stays short."""
SIGNS, PERCENT = frozenset("−+±≥≤"), frozenset("%‰")
"""Signs that begin a number, and that end one: beside Han they have its gap."""

# marks whose blank half stands at the right, and at the left
_RIGHT_BLANK = frozenset({C.CLOSE, C.COMMA, C.COLON, C.STOP, C.EXCLAIM})
_LATIN = frozenset({C.LETTER, C.DIGIT})

# natural width of a mark amid text, in em, by punctuation style
STYLES: dict[str, dict[Class, float]] = {
    # 全角式: every mark a full em
    "quanjiao": {},
    # 开明式: marks that end a sentence are full, the others half
    "kaiming": {C.COMMA: 0.5, C.COLON: 0.5, C.OPEN: 0.5, C.CLOSE: 0.5, C.MIDDLE: 0.5},
    # 半角式: every mark half an em
    "banjiao": {c: 0.5 for c in (C.COMMA, C.COLON, C.OPEN, C.CLOSE, C.MIDDLE, C.STOP, C.EXCLAIM)},
}


@dataclass(frozen=True)
class Policy:
    """What the style sheet asks for. `style` is the punctuation style; `centred`: marks stand mid-em (zh-Hant).

    `level` is that of `line-break`, `wrap` the value of `text-wrap`; `letters`: those of a Latin word may move apart.
    """

    autospace: bool = True
    trim: bool = True
    style: str = "kaiming"
    hang: bool = False
    centred: bool = False
    level: str = "strict"
    wrap: str = "pretty"
    letters: bool = True


@dataclass
class Widths:
    """Per cluster, in px: natural advance, shrink, first stretch; and whether a boundary behind it may open further.

    `opens` and `tracks` are ems of the font at boundaries that may, else 0: the former open with the Han, the latter
    (inside Latin and numbers, or where these stay whole beside them) only in lines that need it. `lead` is the blank
    cut off at the left of the glyph (it is drawn that much further left). `at_start` and `at_end` are what falls away
    when the cluster begins or ends a line, `hangs` what may stand outside the measure at its end. `words` is the part
    of `opens` that is of word spaces. `loosest` is how far, in em, a boundary opens at most.
    """

    natural: list[float] = field(default_factory=list)
    shrink: list[float] = field(default_factory=list)
    stretch: list[float] = field(default_factory=list)
    opens: list[float] = field(default_factory=list)
    tracks: list[float] = field(default_factory=list)
    lead: list[float] = field(default_factory=list)
    at_start: list[float] = field(default_factory=list)
    at_end: list[float] = field(default_factory=list)
    hangs: list[float] = field(default_factory=list)
    words: list[float] = field(default_factory=list)
    loosest: float = field(default=inf, init=False)


def spread(
    text: str,
    classes: Sequence[Class],
    advances: Sequence[float],
    ems: Sequence[float],
    raised: Sequence[bool],
    policy: Policy,
) -> Widths:
    """Widths of a paragraph's clusters, a character of `text` each.

    `advances` are the font's, `ems` the font sizes, both in px.
    """
    count = len(classes)
    widths = Widths(list(advances), *([0.0] * count for _ in range(9)))
    opens, tracks = widths.opens, widths.tracks
    table = STYLES[policy.style]
    last = count - 1
    loose = 0.0 if policy.letters else 1.0  # where letters move apart, the gap beside them need not
    for k in range(count):
        kind = classes[k]
        after = classes[k + 1] if k < last else None
        if kind is C.HAN:
            if after is C.HAN:
                opens[k] = ems[k]
                continue
            if after in _LATIN and policy.autospace and not raised[k + 1]:
                _gap(widths, k, ems[k])
                tracks[k] = loose * ems[k]
            elif policy.autospace and (after is C.OBJECT or _signed(k + 1, text, classes, advances, ems)):
                _gap(widths, k, ems[k])
            elif after is not None and after not in _CLOSED and not raised[k + 1]:
                opens[k] = ems[k]
        elif kind in _LATIN:
            if after is C.HAN and policy.autospace and not (raised[k] and _apart(classes, raised, k)):
                _gap(widths, k, ems[k + 1])
                tracks[k] = loose * ems[k]
            elif after in _HANLIKE:
                opens[k] = ems[k]
            elif after in _TRACKED or after is C.DASH:
                tracks[k] = ems[k]
        elif kind is C.DASH:
            if after is C.HAN:
                opens[k] = ems[k]
            elif after in _LATIN:
                tracks[k] = ems[k]  # a range
        elif kind is C.SPACE:
            _space(widths, k, classes, advances, ems, policy)
        elif kind in _MARKS and policy.trim:
            exponent = after is not None and (raised[k + 1] or text[k + 1] in EXPONENTS)
            _mark(widths, k, kind, classes, ems, table, policy, exponent=exponent)
        elif kind is C.OBJECT:
            # one that begins a paragraph is a label or a number: what follows it stands where the layout puts it
            if k and after is C.HAN and policy.autospace:
                _gap(widths, k, ems[k + 1])
            else:
                opens[k] = ems[k] if k and after is not None else 0.0
        elif after is C.HAN and text[k] in PERCENT and policy.autospace and not raised[k]:
            _gap(widths, k, ems[k + 1])
        elif kind in (C.WCLOSE, C.SYMBOL) and after in _HANLIKE:
            opens[k] = ems[k]
        elif kind in _TRACKED and after in _TRACKED:
            tracks[k] = ems[k]
        if kind is C.SYMBOL and advances[k] > 0.85 * ems[k]:
            widths.shrink[k] += SYMBOL_GIVES * ems[k]
            if k and classes[k - 1] is not C.SPACE:
                widths.shrink[k - 1] += SYMBOL_GIVES * ems[k]
    if not policy.letters:
        widths.loosest = WORDS_LOOSEST
        for k in range(last):
            if classes[k] in _TRACKED and classes[k + 1] in _MARKS:
                opens[k] = 0.0
        widths.tracks = [t if C.HAN in classes[k : k + 2] else 0.0 for k, t in enumerate(tracks)]
    return widths


_MARKS = frozenset({C.OPEN, C.CLOSE, C.COMMA, C.COLON, C.STOP, C.EXCLAIM, C.MIDDLE})
_HANLIKE = _MARKS | {C.HAN}
_TRACKED = _LATIN | {C.WOPEN, C.WCLOSE, C.WHYPHEN, C.SYMBOL}
_CLOSED = frozenset({C.SPACE, C.WCLOSE})
"""Nothing opens before these: a space gives the blank itself, a Western mark belongs to what stands before it."""


def _apart(classes: Sequence[Class], raised: Sequence[bool], k: int) -> bool:
    """Whether what is raised or lowered up to `k` is a mark of its own, a note's number, not the end of a word: CO₂."""
    while k >= 0 and raised[k]:
        k -= 1
    return k < 0 or classes[k] not in _LATIN


def _signed(k: int, text: str, classes: Sequence[Class], advances: Sequence[float], ems: Sequence[float]) -> bool:
    """Whether a number begins at `k` with a narrow sign: −7.2, ≥486."""
    return text[k : k + 1] in SIGNS and advances[k] < 0.85 * ems[k] and classes[k + 1 : k + 2] == [C.DIGIT]


def _gap(widths: Widths, k: int, em: float) -> None:
    widths.natural[k] += GAP * em
    widths.shrink[k] += (GAP - GAP_LEAST) * em
    widths.stretch[k] += (GAP_MOST - GAP) * em
    widths.at_end[k] += GAP * em


def _space(
    widths: Widths, k: int, classes: Sequence[Class], advances: Sequence[float], ems: Sequence[float], policy: Policy
) -> None:
    """A space between Han and Latin is the gap itself, one between words gives both ways; none at a line's edge.

    One between digits parts thousands (1 024) and keeps its width.
    """
    before = classes[k - 1] if k else None
    after = classes[k + 1] if k + 1 < len(classes) else None
    em, width = ems[k], advances[k]
    if before is C.DIGIT and after is C.DIGIT:
        pass
    elif policy.autospace and (
        (before in (C.HAN, C.CLOSE) and after in _LATIN)
        or (before in _LATIN and after is C.HAN)
        or {before, after} == {C.HAN, C.OBJECT}
    ):
        widths.natural[k] = GAP * em
        widths.shrink[k] = (GAP - GAP_LEAST) * em
        widths.stretch[k] = (GAP_MOST - GAP) * em
    else:
        widths.shrink[k] = width * (1 - WORD_SPACE_LEAST)
        widths.stretch[k] = width * (WORD_SPACE_MOST - 1)
        widths.opens[k] = widths.words[k] = em
    widths.at_end[k] = widths.natural[k]
    widths.at_start[k] = widths.natural[k]


def _mark(
    widths: Widths,
    k: int,
    kind: Class,
    classes: Sequence[Class],
    ems: Sequence[float],
    table: dict[Class, float],
    policy: Policy,
    *,
    exponent: bool,
) -> None:
    """A full-width mark: half ink, half blank. Beside another mark the blank between them is shared or gone.

    Nothing opens before an `exponent`, which belongs to what the mark closes.
    """
    em = ems[k]
    before = classes[k - 1] if k else None
    after = classes[k + 1] if k + 1 < len(classes) else None
    wish = table.get(kind, 1.0)
    if kind is C.MIDDLE or (policy.centred and kind in _RIGHT_BLANK and kind is not C.CLOSE):
        # blank on both sides
        cut = (1 - wish) / 2 * em if kind is C.MIDDLE else 0.0
        widths.lead[k] = cut
        widths.natural[k] -= 2 * cut
        widths.opens[k] = em if after is not None and after is not C.SPACE else 0.0
        if kind is C.MIDDLE and wish == 1.0:
            widths.at_end[k] = 0.25 * em
        return
    half = 0.5 * em
    if kind is C.OPEN:
        # the blank of an opening mark is cut where an opening or another mark stands before it
        tight = before in (C.OPEN, C.CLOSE, C.COMMA, C.COLON, C.STOP, C.EXCLAIM, C.MIDDLE, C.DASH)
        cut = half if before is C.OPEN or tight else (1 - wish) * em
        widths.lead[k] = cut
        widths.natural[k] -= cut
        widths.at_start[k] = half - cut
        if not tight and before in (C.HAN, C.LETTER, C.DIGIT) and policy.style != "banjiao":
            widths.stretch[k - 1] += BRACKET_TAKES * cut
        return
    # blank at the right: gone before a closing mark, kept once before an opening one
    if after in (C.CLOSE, C.COMMA, C.COLON, C.STOP, C.EXCLAIM, C.MIDDLE):
        widths.natural[k] -= half
    elif after is C.OPEN:
        widths.natural[k] -= (1 - max(wish, 0.5)) * em if kind in (C.STOP, C.EXCLAIM) else half
        widths.stretch[k] = 0.2 * em
        if kind in (C.STOP, C.EXCLAIM) and wish == 1.0:
            widths.shrink[k] = half
            widths.stretch[k] = 0.0
    elif after is C.DASH:
        widths.natural[k] -= half
    else:
        cut = (1 - wish) * em
        widths.natural[k] -= cut
        widths.shrink[k] = min(half - cut, STOP_GIVES * em) if kind in (C.STOP, C.EXCLAIM) else half - cut
        if after is not None and after not in _CLOSED and not exponent:
            widths.opens[k] = em
            if policy.style == "banjiao" and kind in (C.COMMA, C.COLON) and after in _LATIN:
                widths.stretch[k] = half * (WORD_SPACE_MOST - 1)  # its blank is the space between the words
            elif policy.style != "banjiao" and after is not C.WOPEN:
                widths.stretch[k] = BRACKET_TAKES * cut if kind is C.CLOSE else cut
    widths.at_end[k] = widths.natural[k] - half
    if policy.hang and kind in (C.COMMA, C.STOP):
        widths.hangs[k] = half
