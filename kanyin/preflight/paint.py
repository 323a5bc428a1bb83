# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""How the notice is painted: by the last content of its page, in plain black, with nothing behind it.

Viewers agree on black text without any state; of colour spaces, states and deeply nested forms each draws its own.
Pure: it reads operators and objects that `structure` opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kanyin.preflight.facts import Flaw

DEEPEST = 12
"""Forms within forms; some viewers stop drawing not far beyond."""
_PLAIN = {"BDC", "EMC", "q", "Q", "cm", "g", "BT", "ET", "Tf", "Tm", "Tj"}
"""All that a stamp of ours consists of."""


def stamp_flaws(operators: Sequence[tuple[str, Sequence[Any]]], number: int) -> Iterator[Flaw]:
    """Flaws of the last content stream: it puts the state of the page away and holds one artifact in plain black."""
    if [name for name, _ in operators[:2]] != ["Q", "BDC"] or not _is_footer(operators[1][1]):
        yield Flaw("VERIFY-CONTENT", number, operators[0][0] if operators else "-")
        return
    for name, values in operators:
        if name not in _PLAIN or (name == "g" and float(values[0]) != 0):
            yield Flaw("VERIFY-CONTENT", number, name)


def _is_footer(values: Sequence[Any]) -> bool:
    held: Any = values[1] if len(values) > 1 else None
    return str(values[0]) == "/Artifact" and hasattr(held, "get") and str(held.get("/Subtype", "")) == "/Footer"


def nesting_flaws(page: Any, number: int) -> Iterator[Flaw]:
    """VERIFY-CONTENT when forms of the page stand in one another deeper than DEEPEST, or in themselves."""
    level = [page.get("/Resources", {})]
    for _ in range(DEEPEST + 1):
        inner: dict[Any, Any] = {}
        for resources in level:
            for held in dict(resources.get("/XObject", {})).values():
                if str(held.get("/Subtype", "")) == "/Form" and "/Resources" in held:
                    inner[held.objgen] = held.Resources
        level = list(inner.values())
    if level:
        yield Flaw("VERIFY-CONTENT", number, "/Form")
