# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Recall, precision, granularity and plagdet for each way of laundering; false alarms on innocent texts."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.rights.corpus import background, samples, texts, topic
from bench.rights.launder import DISGUISES, TRANSFORMS, Transform, counts, traced
from bench.rights.score import Score
from kanyin.rights.match.fold import fold
from kanyin.rights.match.index import MIN_RUN, Index
from kanyin.rights.match.store import SqliteStore
from kanyin.rights.match.values import Measured

SEEDS = {"tune": 20260101, "test": 20260202}
BACKGROUND = 200


def protected(split: str) -> dict[str, str]:
    """The held works: the samples, and every other text of the split; the rest is left to be innocent."""
    held = {name: text for i, (name, text) in enumerate(texts(split).items()) if i % 2 == 0}
    return held | samples()


@contextmanager
def filled(works: dict[str, str], extra: int = BACKGROUND) -> Iterator[Index]:
    """An index of these works among others."""
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as name, Index(SqliteStore(Path(name, "x.index")), b"k" * 32) as index:
        for work, text in works.items():
            index.add(work, text)
        for i in range(extra):
            index.add(f"background-{i}", background(rng, 3000))
        index.save()
        yield index


def cut(rng: random.Random, text: str, low: int, high: int) -> tuple[int, str]:
    """A passage of so many letters and digits, and the marks between them."""
    solid = [i for i, char in enumerate(text) if counts(char)]
    length = rng.randint(low, min(high, len(solid)))
    first = rng.randrange(len(solid) - length + 1)
    return solid[first], text[solid[first] : solid[first + length - 1] + 1]


def lengths(name: str) -> tuple[int, int]:
    return (20, 60) if name == "exact" else (80, 300)


def trial(
    index: Index, split: str, transform: Transform, span: tuple[int, int], rng: random.Random, score: Score
) -> None:
    """One passage, laundered and put between innocent sentences on the same topic where there are some."""
    works = protected(split)
    work = rng.choice(sorted(works))
    first, passage = cut(rng, works[work], *span)
    innocent = [t for n, t in texts(split).items() if n not in works and topic(n) == topic(work)]
    around = rng.choice(innocent) if innocent else background(rng, 300)
    laundered = transform(rng, traced(passage, first))
    middle = len(around) // 2
    text = around[:middle] + "".join(char for char, _ in laundered) + around[middle:]
    gold = _cases([(middle + i, at) for i, (char, at) in enumerate(laundered) if counts(char)])
    score.add(gold, _found(index.compare(text), work, text))


def _cases(places: list[tuple[int, int]]) -> list[frozenset[int]]:
    """The offsets that come from the work; somebody else's sentences in between make more cases of it."""
    cases: list[list[int]] = [[]]
    foreign = 0
    for here, at in places:
        foreign = foreign + 1 if at < 0 else 0
        if foreign == 12 and cases[-1]:
            cases.append([])
        if at >= 0:
            cases[-1].append(here)
    return [frozenset(case) for case in cases if case]


def _found(measured: Measured, work: str, text: str) -> list[frozenset[int]]:
    found = []
    for share in measured.works:
        shift = 0 if share.work == work else len(text)
        for passage in share.passages:
            found.append(frozenset(i + shift for i in range(passage.start, passage.end) if counts(text[i])))
    return found


def qualities(split: str, trials: int) -> dict[str, Score]:
    """A score for each transform."""
    scores = {}
    with filled(protected(split)) as index:
        for name, transform in TRANSFORMS.items():
            rng = random.Random(f"{SEEDS[split]}:{name}")
            scores[name] = Score()
            for _ in range(trials):
                trial(index, split, transform, lengths(name), rng, scores[name])
    return scores


def longest_common_run(one: str, other: str) -> int:
    """The longest run of 字 that both texts have, by brute force."""
    a, b = fold(one).codes.tolist(), fold(other).codes.tolist()
    best, previous = 0, [0] * (len(b) + 1)
    for x in a:
        row = [0] * (len(b) + 1)
        for j, y in enumerate(b, 1):
            if x == y:
                row[j] = previous[j - 1] + 1
                best = max(best, row[j])
        previous = row
    return best


def false_alarms(split: str) -> tuple[int, int]:
    """(alarms, pairs): texts of the split, and the statutes, each against all others with which it shares no run."""
    alarms = pairs = 0
    for group in (texts(split), texts("statutes")):
        with filled(group, extra=0) as index:
            for name, text in group.items():
                innocent = [n for n, t in group.items() if n != name and longest_common_run(t, text) < MIN_RUN]
                measured = index.compare(text, exclude=[name])
                pairs += len(innocent)
                alarms += sum(1 for share in measured.works if share.work in innocent)
    return alarms, pairs


def paraphrases() -> dict[str, tuple[int, int]]:
    """(missed, written) of each manner of saying a held passage again: a limit that is measured, not a goal.

    One is missed when nothing of its work is reported.
    """
    counted: dict[str, tuple[int, int]] = {}
    works = protected("test")
    with filled(works) as index:
        for name, text in texts("paraphrase").items():
            manner, work, _ = name.split()
            missed, written = counted.get(manner, (0, 0))
            counted[manner] = (missed + (index.compare(text).of(work) is None), written + 1)
    return counted


def goal(name: str) -> float:
    return 0.99 if name == "exact" else 0.95


def report(split: str, trials: int) -> int:
    """Print the table; the number of goals that were missed."""
    print(f"{split}: {trials} passages each, exact 20–60 characters, the others 80–300")
    print(f"{'':22}{'recall':>8}{'goal':>6}{'found':>8}{'precision':>11}{'granul.':>9}{'plagdet':>9}")
    missed = 0
    total = Score()
    for name, score in qualities(split, trials).items():
        bad = score.recall < goal(name) or score.precision < 0.98
        missed += bad
        total.precisions += score.precisions
        kind = "disguise" if name in DISGUISES else "alteration"
        print(
            f"{name:22}{score.recall:8.3f}{goal(name):6.2f}{score.found:8.3f}{score.precision:11.3f}"
            f"{score.granularity:9.3f}{score.plagdet:9.3f}  {kind}{'  MISSED' if bad else ''}"
        )
    alarms, pairs = false_alarms(split)
    print(f"precision over all: {total.precision:.4f}; false alarms: {alarms} of {pairs} innocent pairs of one topic")
    for manner, (lost, written) in paraphrases().items():
        print(f"paraphrase, {manner}: {lost} of {written} missed ({lost / written:.0%})")
    return missed + (alarms > 0.02 * pairs)
