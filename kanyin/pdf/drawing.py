# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""How much there is to draw in an SVG file, counted before the engine draws it.

A few hundred characters can ask for ten million shapes, by a drawing that uses another ten times, which uses a third
one. Only elements are counted here; nothing is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

MOST_SHAPES = 200_000
"""Elements, each counted as often as it is used."""
MOST_CHARACTERS = 50_000
"""Of text; more is no figure."""
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")
_DEEP = 200


def too_much(data: bytes) -> bool:
    """Whether a drawing has more shapes, letters or levels than a figure. What is no XML the engine complains about."""
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError):
        return False
    if sum(len(text) for text in root.itertext()) > MOST_CHARACTERS or sum(1 for _ in root.iter()) > MOST_SHAPES:
        return True
    named = {held: element for element in root.iter() if (held := element.get("id"))}
    return _shapes(root, named, {}, 0) > MOST_SHAPES


def _shapes(
    element: ElementTree.Element, named: Mapping[str, ElementTree.Element], known: dict[int, float], depth: int
) -> float:
    """The elements that are drawn for this one; endless where it uses itself, or goes too deep."""
    if id(element) in known:
        return known[id(element)]
    # Until it is counted: whoever comes back here uses itself.
    known[id(element)] = float("inf")
    if depth > _DEEP:
        return float("inf")
    count = 1.0 + sum(_shapes(one, named, known, depth + 1) for one in element)
    if element.tag.rpartition("}")[2] == "use":
        target = next((value for name in _HREF if (value := element.get(name))), "")
        if target.startswith("#") and target[1:] in named:
            count += _shapes(named[target[1:]], named, known, depth + 1)
    known[id(element)] = count
    return count
