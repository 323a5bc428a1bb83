# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The lines of the notice: which they are, how large, and where they stand in the zone.

Pure: it measures and places, and draws nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kanyin.model import Permit
from kanyin.pdf.boxes import MM, Frame

NOTICE_SIZES = (7.0, 6.5, 6.0)
"""Points; nothing is ever printed smaller than the last."""
SMALL = 6.0
LEADINGS = (1.3, 1.15)
"""Line heights in ems; the second one where the first leaves no room for long credit lines."""
MARGIN = 8 * MM
"""Kept free left and right, where printers and staples do harm."""
CLEAR = 2 * MM
"""Kept free above and below the lines inside the zone."""
NO_START = "，。、；：？！）》」』”’·/"

Measure = Callable[[str, float], float]


class DoesNotFit(ValueError):
    """The page is too small for the notice at a size that can be read."""


@dataclass(frozen=True)
class Line:
    """A line of text, its size and the left end of its baseline, all in points of the visible page."""

    text: str
    size: float
    x: float
    y: float


def page_label(work: str, page: int, pages: int) -> str:
    """The last line of a page: which work it belongs to, and that none of its pages is gone."""
    return f"{work} · {page}/{pages}"


def texts(permit: Permit, page: int, pages: int) -> tuple[list[str], list[str]]:
    """The lines before they are broken: those of the notice, then the small ones."""
    *first, last = permit.notice.clauses
    notice = [line for line in ("".join(first), last) if line]
    if permit.statement:
        notice.append(f"特别声明：{permit.statement}")
    return notice, [*permit.credit, page_label(permit.work, page, pages)]


def wrap(text: str, size: float, width: float, measure: Measure) -> Iterator[str]:
    """Break a line where it is full; never before a mark that may not begin a line (CLREQ 3.1.3, 行首禁则).

    Nor inside a word of letters, where a space stands in the second half of the line. Nothing is lost: a space that a
    line is broken after stays at its end.
    """
    line = ""
    for char in text:
        if line and measure(line + char, size) > width:
            cut = len(line)
            if char in NO_START:
                while cut > 1 and (cut == len(line) or line[cut] in NO_START):
                    cut -= 1
            elif _is_letter(char) and _is_letter(line[-1]) and line.rfind(" ") >= len(line) // 2:
                cut = line.rfind(" ") + 1
            yield line[:cut]
            line = line[cut:]
        line += char
    if line:
        yield line


def _is_letter(char: str) -> bool:
    return char.isalnum() and char < "\u2e80"


def place(frame: Frame, zone: float, notice: list[str], small: list[str], measure: Measure) -> list[Line]:
    """Set the lines centred in the bottom `zone` points of the page.

    The largest size is taken at which no line of the notice has to be broken and all lines have room; on a page too
    narrow for that, lines are broken at the smallest size. Only where that leaves no room, lines stand closer.
    Raises DoesNotFit.
    """
    width = frame.width - 2 * MARGIN
    if width < 12 * NOTICE_SIZES[-1]:
        raise DoesNotFit
    room = min(zone, frame.height) - 2 * CLEAR
    whole = [size for size in NOTICE_SIZES if all(measure(text, size) <= width for text in notice)]
    for leading in LEADINGS:
        for size in whole or NOTICE_SIZES[-1:]:
            rows = [(line, size) for text in notice for line in wrap(text, size, width, measure)]
            rows += [(line, SMALL) for text in small for line in wrap(text, SMALL, width, measure)]
            if sum(s * leading for _, s in rows) <= room:
                return _centred(rows, leading, frame, zone, measure)
    raise DoesNotFit


def _centred(rows: list[tuple[str, float]], leading: float, frame: Frame, zone: float, measure: Measure) -> list[Line]:
    y = (zone + sum(size * leading for _, size in rows)) / 2
    lines = []
    for text, size in rows:
        # The body of a Chinese glyph reaches from -0.12 to 0.88 em around the baseline.
        baseline = y - size * ((leading - 1) / 2 + 0.88)
        lines.append(Line(text, size, (frame.width - measure(text, size)) / 2, baseline))
        y -= size * leading
    return lines
