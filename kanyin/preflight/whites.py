# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""White paper that a page paints below everything: the one drawing that may reach the foot, where the notice is.

An engine draws the background of a page or a box as one rectangle. White by a device's own colour, in one operator and
without any state, it is white in every viewer; whatever else is white in one may be black in another. Pure: it reads
operators and objects that `structure` opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kanyin.preflight.facts import Box
from kanyin.preflight.paint import Operator

READ = {"re", "cm", "rg", "g", "k", "gs"}
"""The operators whose operands are looked at."""
_WHITE = {"g": [1.0], "rg": [1.0, 1.0, 1.0], "k": [0.0, 0.0, 0.0, 0.0]}
_COLOURS = {"cs", "sc", "scn"}
_FILLS = {"f", "F", "f*"}
_SHAPES = {"m", "l", "c", "v", "y", "h"}
_PAINTS = {"S", "s", "B", "B*", "b", "b*", "n"}
_FULL = {"/Type", "/ca", "/CA"}
"""What a state may say that leaves paint as it is: that it is not transparent."""
_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1, 0, 0, 1, 0, 0)


def whites(operators: Sequence[Operator], resources: Any) -> tuple[Box, ...]:
    """The rectangles that the content of a page itself, and no form in it, fills with white; in user space."""
    states = resources.get("/ExtGState", {}) if resources else {}
    found: list[Box] = []
    matrix, white, plain = _SAME, False, True
    kept: list[tuple[_Matrix, bool, bool]] = []
    path: list[Sequence[Any]] = []
    whole = True
    for name, values in operators:
        if name == "q":
            kept.append((matrix, white, plain))
        elif name == "Q" and kept:
            matrix, white, plain = kept.pop()
        elif name == "cm":
            matrix = _times([float(v) for v in values], matrix)
        elif name in _WHITE:
            white = [float(v) for v in values] == _WHITE[name]
        elif name in _COLOURS:
            white = False
        elif name == "gs":
            plain = plain and _is_full(states.get(str(values[0])))
        elif name == "re":
            path.append(values)
        elif name in _SHAPES:
            whole = False
        elif name in _FILLS or name in _PAINTS:
            if name in _FILLS and white and plain and whole and len(path) == 1 and (box := _box(path[0], matrix)):
                found.append(box)
            path, whole = [], True
    return tuple(found)


def _is_full(state: Any) -> bool:
    if state is None or set(state.keys()) - _FULL:
        return False
    return all(float(state.get(key, 1)) == 1 for key in ("/ca", "/CA"))


def _times(m: Sequence[float], n: _Matrix) -> _Matrix:
    a, b, c, d, e, f = m
    return (
        a * n[0] + b * n[2],
        a * n[1] + b * n[3],
        c * n[0] + d * n[2],
        c * n[1] + d * n[3],
        e * n[0] + f * n[2] + n[4],
        e * n[1] + f * n[3] + n[5],
    )


def _box(values: Sequence[Any], m: _Matrix) -> Box | None:
    """The rectangle on the page; None where it is not upright there."""
    if (m[1], m[2]) != (0, 0) and (m[0], m[3]) != (0, 0):
        return None
    x, y, width, height = (float(v) for v in values)
    corners = [(a, b) for a in (x, x + width) for b in (y, y + height)]
    across = [m[0] * a + m[2] * b + m[4] for a, b in corners]
    up = [m[1] * a + m[3] * b + m[5] for a, b in corners]
    return min(across), min(up), max(across), max(up)
