# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""How the notice is painted: by the last content of its page, in plain black, with nothing behind it.

Viewers agree on black text without any state; of colour spaces, states and deeply nested forms each draws its own.
Pure: it reads operators and objects that `structure` opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kanyin.preflight.facts import Box, Flaw
from kanyin.tools.operators import odd_content

Operator = tuple[str, Sequence[Any]]
FIRST = 4
"""Operators that a fence takes."""
DEEPEST = 12
"""Forms within forms; some viewers stop drawing not far beyond."""
_SHAPE = re.compile(r"Q BDC q cm g BT (?:Tf Tm Tj )+ET Q EMC ")
"""The operators of a stamp of ours, all of them in order."""
_PAIRS = {"q": ("q", 1), "Q": ("q", -1), "BDC": ("BDC", 1), "BMC": ("BDC", 1), "EMC": ("BDC", -1)}
_PAIRS |= {"BT": ("BT", 1), "ET": ("BT", -1), "BX": ("BX", 1), "EX": ("BX", -1)}


def stamp_flaws(operators: Sequence[Operator], number: int) -> Iterator[Flaw]:
    """Flaws of the last content stream: it puts the state of the page away and holds one artifact in plain black."""
    said = "".join(f"{name} " for name, _ in operators)
    if not _SHAPE.fullmatch(said):
        odd = next((name for name, _ in operators if f" {name} " not in " Q BDC q cm g BT Tf Tm Tj ET EMC "), "")
        yield Flaw("VERIFY-CONTENT", number, odd or said[:20].strip() or "-")
        return
    for name, values in operators:
        if not _is_plain(name, values):
            yield Flaw("VERIFY-CONTENT", number, name)


def _is_plain(name: str, values: Sequence[Any]) -> bool:
    if name == "BDC":
        return _is_footer(values)
    if name == "g":
        return float(values[0]) == 0
    return name != "Tm" or [float(value) for value in values[:4]] == [1, 0, 0, 1]


def _is_footer(values: Sequence[Any]) -> bool:
    """An artifact and nothing more: other words for a voice or for copying (ActualText, Alt, E) have no place in it."""
    held: Any = values[1] if len(values) > 1 else None
    if str(values[0]) != "/Artifact" or not hasattr(held, "items"):
        return False
    return {str(key): str(value) for key, value in held.items()} == {"/Type": "/Pagination", "/Subtype": "/Footer"}


def balance_flaws(page: Sequence[Operator], stamp: Sequence[Operator], number: int) -> Iterator[Flaw]:
    """VERIFY-CONTENT when what is painted before leaves a state, a mark or a string open that the stamp falls into."""
    before = page[: len(page) - len(stamp)]
    if [name for name, _ in page[len(before) :]] != [name for name, _ in stamp]:
        yield Flaw("VERIFY-CONTENT", number, "/Contents")
        return
    if not before or before[0][0] != "q":
        yield Flaw("VERIFY-CONTENT", number, "q")
        return
    open_ = {"q": 0, "BDC": 0, "BT": 0, "BX": 0}
    for name, _ in before:
        if name in _PAIRS:
            kind, step = _PAIRS[name]
            open_[kind] += step
            if open_[kind] < (1 if kind == "q" else 0):
                yield Flaw("VERIFY-CONTENT", number, name)
                return
    for kind, count in open_.items():
        if count != (1 if kind == "q" else 0):
            yield Flaw("VERIFY-CONTENT", number, kind)


def loose_flaws(streams: Sequence[bytes], number: int) -> Iterator[Flaw]:
    """VERIFY-CONTENT for what viewers may read in different ways: in one of them it could end the state of a clip."""
    if what := odd_content(streams):
        yield Flaw("VERIFY-CONTENT", number, what)


def fence(page: Sequence[Operator]) -> Box | None:
    """The rectangle to which a page clips all its content before anything is drawn; None where it does not.

    A clip ends with the state in which it was made (ISO 32000-1, 8.5.4); `balance_flaws` sees that this one lasts.
    """
    if [name for name, _ in page[:FIRST]] != ["q", "re", "W", "n"]:
        return None
    x, y, width, height = (float(value) for value in page[1][1])
    return min(x, x + width), min(y, y + height), max(x, x + width), max(y, y + height)


def nesting_flaws(page: Any, number: int) -> Iterator[Flaw]:
    """VERIFY-CONTENT when drawings of the page stand in one another deeper than DEEPEST, or in themselves.

    A drawing is a form, a pattern of tiles, the group of a soft mask, or a font whose glyphs are drawn by operators.
    """
    level = [page.get("/Resources", {})]
    for _ in range(DEEPEST + 1):
        inner: dict[Any, Any] = {}
        for resources in level:
            for held in _drawings(resources):
                if "/Resources" in held:
                    inner[held.objgen if held.is_indirect else id(held)] = held.Resources
                elif _draws_others(held):
                    # Its names would be looked up on the page, which not every viewer does.
                    yield Flaw("VERIFY-CONTENT", number, "/Resources")
        level = list(inner.values())
    if level:
        yield Flaw("VERIFY-CONTENT", number, "/Form")


def _drawings(resources: Any) -> Iterator[Any]:
    for held in dict(resources.get("/XObject", {})).values():
        if str(held.get("/Subtype", "")) == "/Form":
            yield held
    for held in dict(resources.get("/Pattern", {})).values():
        if int(held.get("/PatternType", 0)) == 1:
            yield held
    for state in dict(resources.get("/ExtGState", {})).values():
        mask = state.get("/SMask")
        if mask is not None and hasattr(mask, "items") and "/G" in mask:
            yield mask.G
    for font in dict(resources.get("/Font", {})).values():
        if str(font.get("/Subtype", "")) == "/Type3":
            yield font


def _draws_others(held: Any) -> bool:
    return hasattr(held, "read_bytes") and bool(re.search(rb"\b(Do|gs|scn|SCN|sh|Tf)\b", held.read_bytes()))
