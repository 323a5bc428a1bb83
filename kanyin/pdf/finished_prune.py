# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What a page draws with, and nothing else: resources that its content does not name belong to other pages.

Programs give all pages of a file the same resources, so that a copy of one page would carry the drawings, the tiles and
the property lists of all. Content names what it uses (ISO 32000-1, 7.8.3); what nothing names is left behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

_FIRST = {
    "gs": "/ExtGState",
    "cs": "/ColorSpace",
    "CS": "/ColorSpace",
    "sh": "/Shading",
    "Do": "/XObject",
    "Tf": "/Font",
}
_LAST = {"scn": "/Pattern", "SCN": "/Pattern", "BDC": "/Properties", "DP": "/Properties"}
_DEFAULTS = {("/ColorSpace", f"/Default{space}") for space in ("Gray", "RGB", "CMYK")}
"""Of all content, named or not (ISO 32000-1, 8.6.5.6)."""
_NAME = re.compile(rb"/[^\0\t\n\f\r ()<>\[\]{}/%]+")
_Used = set[tuple[str, str]]


def prune(pdf: Any) -> None:
    """Leave each page, and each form, tile, mask and font of glyphs drawn in it, the resources that it names.

    Raises pikepdf.PdfError where content cannot be read.
    """
    done: set[tuple[int, int]] = set()
    for page in pdf.pages:
        resources = page.obj.get("/Resources")
        kept, _ = _kept(resources, _named(page), done)
        page.obj["/Resources"] = kept


def _kept(resources: Any, used: _Used, done: set[tuple[int, int]]) -> tuple[Any, _Used]:
    """A dictionary of what is used; and what is used in all, by drawings without resources of their own too."""
    import pikepdf

    open_, used = list(used), set(used)
    while open_:
        category, name = open_.pop()
        held = _entry(resources, category, name)
        for inner in _drawings(held):
            more = _pruned(inner, done) - used
            used |= more
            open_ += more
    made = pikepdf.Dictionary()
    for category, name in sorted(used | _DEFAULTS):
        if (held := _entry(resources, category, name)) is not None:
            made[category] = made.get(category, pikepdf.Dictionary())
            made[category][name] = held
    return made, used


def _entry(resources: Any, category: str, name: str) -> Any:
    import pikepdf

    named = resources.get(category) if isinstance(resources, pikepdf.Dictionary) else None
    return named.get(name) if isinstance(named, pikepdf.Dictionary) else None


def _drawings(held: Any) -> Iterator[Any]:
    """What is drawn by operators where this is used: a form, a tile, the group of a mask, a font of such glyphs."""
    import pikepdf

    if isinstance(held, pikepdf.Stream):
        if held.get("/Subtype") == pikepdf.Name.Form or "/PatternType" in held:
            yield held
    elif isinstance(held, pikepdf.Dictionary):
        mask = held.get("/SMask")
        if isinstance(mask, pikepdf.Dictionary) and isinstance(mask.get("/G"), pikepdf.Stream):
            yield mask.G
        if held.get("/Subtype") == pikepdf.Name.Type3:
            yield held


def _pruned(held: Any, done: set[tuple[int, int]]) -> _Used:
    """Prune one drawing. Returns what it takes from the page, where it has no resources of its own."""
    import pikepdf

    streams: Iterable[Any] = [held] if isinstance(held, pikepdf.Stream) else list(held.get("/CharProcs", {}).values())
    used = {one for stream in streams for one in _named(stream)}
    if "/Resources" not in held:
        return used
    if held.objgen not in done:
        if held.is_indirect:
            done.add(held.objgen)
        held["/Resources"], _ = _kept(held.Resources, used, done)
    return set()


def _named(content: Any) -> _Used:
    """The category and name of everything that the operators of a page or a stream name."""
    import pikepdf

    used: _Used = set()
    for one in pikepdf.parse_content_stream(content):
        name, operands = str(one.operator), list(one.operands)
        if name == "INLINE IMAGE":
            said = operands[0].unparse() if hasattr(operands[0], "unparse") else b""
            used |= {("/ColorSpace", found.decode("latin-1")) for found in _NAME.findall(said)}
        elif operands and isinstance(operands[0], pikepdf.Name) and name in _FIRST:
            used.add((_FIRST[name], str(operands[0])))
        elif operands and isinstance(operands[-1], pikepdf.Name) and name in _LAST:
            used.add((_LAST[name], str(operands[-1])))
    return used
