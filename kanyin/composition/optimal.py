# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The best lines for a whole paragraph: shortest path over the places where a line may break.

After Knuth and Plass (1981), with what Chinese asks for: a line is squeezed before it is stretched (先挤压后拉伸),
marks and spaces give way before Han do, and no single Han stands in the last line (孤字不成行). Only breaks that fill
the measure are looked at, found by bisection, so the time grows with the length of the text alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from kanyin.composition.marks import Class
from kanyin.composition.spacing import Widths

MARKS, HAN = 0.25, 400.0
"""Weights of widening marks, spaces and gaps (per share² of what they can take) and of opening Han (per em²).

The heavier MARKS, the less a comma differs from that of the next line, and the more the Han carry.
"""
SQUEEZE = 1.0
"""Weight of squeezing, per share² of what can be given."""
CALM = 0.01
"""Up to this share of an em Han open alone; beyond it Latin letters and digits open with them."""
LETTERS, FAR, LETTERS_MOST = 0.04, 0.06, 0.12
"""Letters and digits open by up to LETTERS of an em as long as the Han of the line need no more than FAR, and by no
more than LETTERS_MOST however far these need."""
FOREIGN, FOREIGN_MOST = 0.02, 0.4
"""A line with fewer places between Han than this share of those between letters opens its word spaces first, by up to
FOREIGN_MOST of an em, then its letters; what that does not fill stays short."""
WORST = 0.06**2
"""Where Han open by the root of this, a line counts double; further on its weight grows with the fourth power."""
LINE_MARKS = 0.2
"""Weight of widening marks when lines are chosen: between lines they may differ more than beside Han."""
TIGHT, TIGHT_LATIN, TIGHTER = 0.04, 0.03, 3.0
"""Where marks and gaps give too little, all moves closer: Han by up to TIGHT of an em, letters and digits by up to
TIGHT_LATIN. That weighs TIGHTER times as much as opening Han as far: a full column is preferred to a crowded one, but a
line whose only other break is a long unbreakable piece away would open three times as far."""
LOOSE = 0.3
"""Han are never opened further than this share of an em while another break exists."""
LAST_ALONE = 400.0
HYPHEN = 0.6


@dataclass(frozen=True)
class Line:
    """Clusters [start, end) of one line; `last` ends the paragraph, or is ended by a line break of the author.

    `hyphen` is the width in px of the hyphen that is printed at its end, 0 when there is none.
    """

    start: int
    end: int
    last: bool = False
    hyphen: float = 0.0


class Measures:
    """Prefix sums of a paragraph, so that any line's width is three subtractions."""

    def __init__(self, widths: Widths) -> None:
        self.widths = widths
        self.natural = [0.0, *accumulate(widths.natural)]
        self.shrink = [0.0, *accumulate(widths.shrink)]
        each = zip(widths.shrink, widths.opens, widths.tracks, strict=True)
        # a gap that has given all gives no more
        self.closer = [TIGHT * o + (0.0 if s else TIGHT_LATIN * t) for s, o, t in each]
        self.least = [0.0, *accumulate(s + c for s, c in zip(widths.shrink, self.closer, strict=True))]
        self.stretch = [0.0, *accumulate(widths.stretch)]
        self.opens = [0.0, *accumulate(widths.opens)]
        self.tracks = [0.0, *accumulate(widths.tracks)]
        self.words = [0.0, *accumulate(widths.words)]
        self.slack = max(widths.at_end, default=0.0) + 0.01

    def line(self, start: int, end: int) -> tuple[float, float, float, float]:
        """(natural width, shrink, stretch, what may open) of a line, its edges trimmed."""
        w, last = self.widths, end - 1
        return (
            self.natural[end] - self.natural[start] - w.at_start[start] - w.at_end[last],
            self.shrink[last] - self.shrink[start],
            self.stretch[last] - self.stretch[start],
            self.opens[last] - self.opens[start],
        )

    def foreign(self, start: int, tail: int) -> bool:
        """Whether a line from `start` to the cluster `tail` has no Han, or nearly none."""
        han = self.opens[tail] - self.opens[start] - self.words[tail] + self.words[start]
        return han <= FOREIGN * (self.tracks[tail] - self.tracks[start])


def optimal(
    costs: Sequence[int],
    measures: Measures,
    classes: Sequence[Class],
    width: float,
    first_width: float,
    *,
    start: int = 0,
    hyphens: dict[int, float] | None = None,
    anywhere: bool = False,
    ragged: bool = False,
    first_fit: bool = False,
) -> list[Line]:
    """Lines of [start, len) for a measure of `width` px, the first line `first_width`.

    `costs` as `breaks.opportunities` gives them; `hyphens` maps a place to the width of the hyphen printed there.
    `anywhere` allows emergency breaks between any two clusters, `ragged` asks for no justification,
    `first_fit` for lines filled one after another, as `text-wrap: wrap` has them.
    """
    lines: list[Line] = []
    count = len(classes)
    position = start
    while position < count:
        stop = position
        while stop < count and classes[stop] is not Class.NEWLINE:
            stop += 1
        end = min(stop + 1, count)
        begin = first_width if position == start else width
        lines += _paragraph(
            costs,
            measures,
            classes,
            width,
            begin,
            position,
            stop,
            end,
            hyphens or {},
            anywhere,
            ragged,
            first_fit,
        )
        position = end
    return lines


def _paragraph(
    costs: Sequence[int],
    measures: Measures,
    classes: Sequence[Class],
    width: float,
    first_width: float,
    start: int,
    stop: int,
    end: int,
    hyphens: dict[int, float],
    anywhere: bool,
    ragged: bool,
    first_fit: bool,
) -> list[Line]:
    """One stretch of text up to an author's line break at `stop`; `end` is behind that break."""
    if stop == start:
        return [Line(start, end, last=True)]
    natural, least = measures.natural, measures.least
    places = [k for k in range(start + 1, stop) if costs[k] >= 0]
    places.append(stop)
    floor = [natural[p] - least[p] for p in places]
    lines: list[Line] = []
    best: dict[int, tuple[float, int]] = {start: (0.0, -1)}  # place → (cost of the way there, place before)
    origin = here = reach = start
    index = -1
    while True:
        room = first_width if here == start else width
        head = here
        while here != start and head < stop - 1 and classes[head] is Class.SPACE:
            head += 1  # spaces at the start of a line are dropped
        limit = natural[head] + measures.widths.at_start[head] - least[head] + room + measures.slack
        high = bisect_right(floor, limit, lo=index + 1)
        reached = _from(
            best, places, index, high, head, here, room, stop, costs, measures, classes, hyphens, ragged, first_fit
        )
        reach = max(reach, reached)
        if reached == here and here == reach:
            # nothing fits: the least that can be set, overfull, or broken between any two clusters
            forced = _forced(head, places, index, measures, room, stop, anywhere)
            line = _trace({**_way(best, here), forced: (0.0, here)}, origin, forced, hyphens)
            lines += [*line[:-1], replace(line[-1], hyphen=0.0)]  # a hyphen has no room here
            origin = here = reach = forced
            best = {forced: (0.0, -1)}
            if forced == stop:
                break
            index = bisect_right(places, forced) - 1
            continue
        index += 1
        while places[index] not in best:
            index += 1
        here = places[index]
        if here == stop:
            lines += _trace(best, origin, stop, hyphens)
            break
    lines[-1] = Line(lines[-1].start, end, last=True, hyphen=lines[-1].hyphen)
    return lines


def _from(
    best: dict[int, tuple[float, int]],
    places: Sequence[int],
    index: int,
    high: int,
    head: int,
    here: int,
    room: float,
    stop: int,
    costs: Sequence[int],
    measures: Measures,
    classes: Sequence[Class],
    hyphens: dict[int, float],
    ragged: bool,
    first_fit: bool,
) -> int:
    """Note the cost of every line that begins at `here`; returns the furthest place reached, `here` if none."""
    natural, shrink, stretch, opens = measures.natural, measures.shrink, measures.stretch, measures.opens
    tracks, least = measures.tracks, measures.least
    at_end = measures.widths.at_end
    base = natural[head] + measures.widths.at_start[head]
    cost_here = best[here][0]
    reached = here
    for i in range(high - 1, index, -1):
        place = places[i]
        tail = place - 1
        spare = room - natural[place] + base + at_end[tail]
        if place in hyphens:
            spare -= hyphens[place]
        most = least[tail] - least[head] if tail > head else 0.0
        spare += hung(spare, measures.widths.hangs[tail])
        if spare < -most - 0.01:
            continue
        enough = False
        if spare < 0:
            give = shrink[tail] - shrink[head]
            cost = SQUEEZE * min(1.0, spare * spare / give / give) if give else SQUEEZE
            if spare < -give and most > give:
                cost += TIGHTER * _strain(TIGHT * (spare + give) / (most - give))
            if place == stop:
                cost += _last_cost(head, stop, classes, alone=here == 0)
        elif place == stop:
            cost = _last_cost(head, stop, classes, alone=here == 0)
        elif ragged:
            cost = (spare / room * 8) ** 2
            enough = spare > 0.3 * room
        else:
            share, opened = 0.0, 9.0
            if tail > head:
                take, boundaries = stretch[tail] - stretch[head], opens[tail] - opens[head]
                share, opened, _ = _loosen(spare, take, boundaries, tracks[tail] - tracks[head])
            if opened > LOOSE and reached != here:
                break
            enough = opened > LOOSE
            cost = LINE_MARKS * share * share + _strain(opened)
        cost += cost_here + costs[place] / 20 + (HYPHEN if place in hyphens else 0.0)
        known = best.get(place)
        if known is None or cost < known[0]:
            best[place] = (cost, here)
        reached = max(reached, place)
        if enough or first_fit:
            break
    return reached


def _strain(moved: float) -> float:
    """What a line costs whose Han stand apart, or closer, by this share of an em."""
    square = moved * moved
    return HAN * square * (1 + square / WORST)


def _last_cost(head: int, stop: int, classes: Sequence[Class], *, alone: bool) -> float:
    """The last line is never opened; a single Han in it is avoided unless it is the whole paragraph."""
    signs = 0
    for k in range(head, stop):
        if classes[k] in _SIGNS:
            signs += 1
            if signs > 1:
                return 0.0
    return 0.0 if alone else LAST_ALONE


_SIGNS = frozenset({Class.HAN, Class.LETTER, Class.DIGIT, Class.OBJECT})


def _forced(
    head: int, places: Sequence[int], index: int, measures: Measures, room: float, stop: int, anywhere: bool
) -> int:
    following = places[index + 1]
    if not anywhere:
        return following
    limit = measures.natural[head] + measures.widths.at_start[head] + room
    fits = bisect_right(measures.natural, limit + 1e-6, lo=head + 1, hi=stop + 1) - 1
    return min(max(fits, head + 1), following)


def _way(best: dict[int, tuple[float, int]], place: int) -> dict[int, tuple[float, int]]:
    """The part of `best` that leads to a place."""
    way: dict[int, tuple[float, int]] = {}
    while place != -1:
        way[place] = best[place]
        place = best[place][1]
    return way


def _trace(best: dict[int, tuple[float, int]], start: int, stop: int, hyphens: dict[int, float]) -> list[Line]:
    places = [stop]
    while places[-1] != start:
        places.append(best[places[-1]][1])
    places.reverse()
    return [Line(a, b, hyphen=hyphens.get(b, 0.0)) for a, b in pairwise(places)]


def advances(line: Line, measures: Measures, room: float, *, justify: bool) -> list[float]:
    """Final advances in px of the clusters of a line, the blank at its edges trimmed, spaces at its end of no width."""
    w = measures.widths
    start, end = line.start, line.end
    tail = end - 1
    result = w.natural[start:end]
    if not result:
        return result
    result[0] -= w.at_start[start]
    result[-1] -= w.at_end[tail]
    spare = room - line.hyphen - sum(result)
    spare += hung(spare, w.hangs[tail])
    if tail == start:
        return result
    if spare < -0.001:
        give = measures.shrink[tail] - measures.shrink[start]
        closer = measures.least[tail] - measures.least[start] - give
        ratio = min(1.0, -spare / give) if give > 0 else 0.0
        tight = min(1.0, (-spare - ratio * give) / closer) if closer > 0 else 0.0
        result[:-1] = [
            a - ratio * s - tight * c
            for a, s, c in zip(result, w.shrink[start:tail], measures.closer[start:tail], strict=False)
        ]
        return result
    if not justify or line.last or spare < 0.001:
        return result
    take = measures.stretch[tail] - measures.stretch[start]
    boundaries = measures.opens[tail] - measures.opens[start]
    if measures.foreign(start, tail):
        share, opened, _ = _loosen(spare, take, boundaries, 0.0)
        opened = min(opened, w.loosest, FOREIGN_MOST)
        tracks = measures.tracks[tail] - measures.tracks[start]
        rest = spare - share * take - opened * boundaries
        tracked = min(rest / tracks, LETTERS_MOST, w.loosest) if tracks else 0.0
    else:
        share, opened, tracked = _loosen(spare, take, boundaries, measures.tracks[tail] - measures.tracks[start])
        opened, tracked = min(opened, w.loosest), min(tracked, w.loosest)
    result[:-1] = [
        a + share * s + opened * o + tracked * t
        for a, s, o, t in zip(result, w.stretch[start:tail], w.opens[start:tail], w.tracks[start:tail], strict=False)
    ]
    return result


def hung(spare: float, hangs: float) -> float:
    """How much of a mark stands outside the measure: all of it when the line does not fit otherwise, else nothing."""
    return hangs if spare < -0.01 else 0.0


def _loosen(spare: float, take: float, boundaries: float, tracks: float) -> tuple[float, float, float]:
    """What fills `spare` px: the share used of `take`, and by how many em `boundaries` and `tracks` (sums of ems) open.

    Marks and Han are springs, the stiffer one moves less. Where Han would open beyond CALM, the rest is spread over
    Latin and numbers too: a few letters a little apart are seen less than a few Han far apart.
    """
    marks, han = take * take / MARKS, boundaries * boundaries / HAN
    share = min(1.0, spare * take / MARKS / (marks + han)) if marks + han > 0 else 0.0
    rest = spare - share * take
    if rest <= CALM * boundaries:
        return share, rest / boundaries if boundaries else 0.0, 0.0
    if boundaries + tracks <= 0:
        return share, 9.0 if rest > 0.01 else 0.0, 0.0
    beyond = (rest - CALM * boundaries) / (boundaries + tracks)
    if beyond > LETTERS and rest < FAR * (boundaries + tracks) and boundaries:
        opened = min(FAR, (rest - LETTERS * tracks) / boundaries)
        return share, opened, (rest - opened * boundaries) / tracks if tracks else 0.0
    if beyond > LETTERS_MOST and boundaries:
        return share, (rest - LETTERS_MOST * tracks) / boundaries, LETTERS_MOST
    return share, CALM + beyond, min(beyond, LETTERS_MOST)
