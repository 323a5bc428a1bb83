# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What counts as printed so that somebody can read it: the limits, and judging one text by them."""

from __future__ import annotations

from collections.abc import Sequence

from kanyin.preflight.facts import Facts, Glyph, PageFacts, Printed

SMALLEST = 6.0
"""Points on paper; smaller print is not a notice that anybody reads."""
LARGEST = 24.0
"""Points; the picture of larger print is not compared, so it is not accepted either."""
CONTRAST = 7.0
"""The enhanced contrast of WCAG 2.2, 1.4.6."""
GLYPH = 0.95
"""The least likeness of one character. A sound stamp reaches 0.98; a hairline through a character takes more."""
STRENGTH = 0.85
"""The least darkness of one character compared with full black. A sound stamp reaches 0.92."""
LINE = 0.98
"""The least likeness of all characters of a text on average: what hurts each of them a little is found here."""
ROUNDING = 0.02
"""Points lost when places are written with few decimals."""


def faults(printed: Printed) -> frozenset[str]:
    """What is wrong with this text: size, turned, outside, set, ink, contrast. Empty when it can be read as set."""
    found = set()
    if printed.size < SMALLEST - ROUNDING or printed.largest > LARGEST:
        found.add("size")
    if printed.turned:
        found.add("turned")
    if printed.outside:
        found.add("outside")
    if not printed.set:
        found.add("set")
    if not printed.glyphs:
        # No picture could be taken; the reason is named already, unless the text has no ink at all.
        return frozenset(found or {"ink"})
    if blurred(printed.glyphs):
        found.add("ink")
    if min(glyph.contrast for glyph in printed.glyphs) < CONTRAST:
        found.add("contrast")
    return frozenset(found)


def blurred(glyphs: Sequence[Glyph]) -> bool:
    """Whether the ink of these characters, one at least, is not theirs."""
    likeness = [glyph.likeness for glyph in glyphs]
    weak = min(glyph.strength for glyph in glyphs) < STRENGTH
    return weak or min(likeness) < GLYPH or sum(likeness) / len(likeness) < LINE


def last(places: Sequence[Printed]) -> Printed | None:
    """Of the places of a text in the stamp, the last: that is where its line stands."""
    return places[-1] if places else None


def notice_on(facts: Facts, page: PageFacts) -> Printed | None:
    return last(page.printed.get(facts.notice.text, ()))


def broken(printed: Printed) -> str:
    """The character that is most unlike its picture."""
    return min(printed.glyphs, key=lambda glyph: glyph.likeness).char if printed.glyphs else ""
