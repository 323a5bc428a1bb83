# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What content may draw with: fonts, forms, images, tiles and states of the kinds that viewers draw alike.

A form that does not say that it is one is left out by PDFium and drawn by others; so is a tile without a step, or an
image of three bits. They are looked for where content names them, in resources, for there they need not say what they
are. Pure: it reads objects that `structure` opened.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from kanyin.preflight.facts import Flaw

_STATE = {
    "/Type", "/ca", "/CA", "/BM", "/SMask", "/AIS", "/LW", "/LC", "/LJ", "/ML", "/D", "/RI", "/FL", "/SM", "/SA", "/TK",
    "/OP", "/op", "/OPM", "/TR", "/TR2",
}  # fmt: skip
"""What a state may set (ISO 32000-1, table 58): neither a font nor halftones; of transfers `objects` judges."""
_BITS = {1, 2, 4, 8, 16}
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_SIMPLE = {"/Type1", "/MMType1", "/TrueType"}
_MAPPED = ("/Encoding", "/CIDToGIDMap")
_CODES = {"/Identity-H", "/Identity-V"}
_ENCODINGS = {"/WinAnsiEncoding", "/MacRomanEncoding"}
_WHOLE = 2 * 65536
"""Bytes of a map from each CID to a glyph; beyond the end of a shorter one viewers differ."""
_FAMILIES = {"/CIDFontType0", "/CIDFontType2"}


def resource_flaws(held: Any) -> Iterator[Flaw]:
    """What a dictionary of resources names and viewers draw in different ways; matters only where it may be drawn."""
    for category, judge in _JUDGES.items():
        named = held.get(category)
        if _kind(named) != "dictionary":
            continue
        for _, one in named.items():
            if _kind(one) in ("dictionary", "stream") and (odd := judge(one)):
                code = "VERIFY-ACTIVE" if category == "/Font" and odd not in _MAPPED else "VERIFY-CONTENT"
                yield Flaw(code, 0, odd, behind=True)


def _kind(held: Any) -> str:
    return str(getattr(getattr(held, "_type_code", None), "name", ""))


def _font(font: Any) -> str:
    """The name of a font that is not in the file, whose glyphs are drawn by operators, or of no kind at all."""
    kind = str(font.get("/Subtype", ""))
    below = list(font.get("/DescendantFonts", [])) if kind == "/Type0" else [font]
    kinds = _FAMILIES if kind == "/Type0" else _SIMPLE
    if kind == "/Type0" and str(font.get("/Encoding", "")) not in _CODES:
        return "/Encoding"
    for one in below[:1]:
        if odd := _mapping(font, one):
            return odd
        descriptor = one.get("/FontDescriptor")
        embedded = descriptor is not None and any(key in descriptor for key in _PROGRAMS)
        if str(one.get("/Subtype", "")) in kinds and embedded and len(below) == 1:
            return ""
    return str(font.get("/BaseFont", kind or "/Font"))


def _mapping(font: Any, one: Any) -> str:
    """What of a TrueType font leaves it to the viewer which glyph a code stands for (ISO 32000-1, 9.6.6.4, 9.7.4.2)."""
    if str(one.get("/Subtype", "")) == "/CIDFontType2":
        told = one.get("/CIDToGIDMap")
        whole = len(told.read_bytes()) == _WHOLE if _kind(told) == "stream" else str(told) == "/Identity"
        return "" if whole else "/CIDToGIDMap"
    if str(font.get("/Subtype", "")) != "/TrueType":
        return ""
    symbolic = bool(int(font.get("/FontDescriptor", {}).get("/Flags", 0)) & 4)
    encoding = font.get("/Encoding")
    if symbolic:
        return "/Encoding" if encoding is not None else ""
    return "" if str(encoding) in _ENCODINGS else "/Encoding"


def _drawing(held: Any) -> str:
    kind = str(held.get("/Subtype", ""))
    if kind == "/Form":
        return "" if _is_box(held.get("/BBox")) and _is_matrix(held.get("/Matrix")) else "/BBox"
    if kind != "/Image":
        return "/XObject"
    if bool(held.get("/ImageMask", False)):
        return "" if int(held.get("/BitsPerComponent", 1)) == 1 else "/BitsPerComponent"
    bits = held.get("/BitsPerComponent")
    # The data of JPEG 2000 say it themselves.
    packed = "/JPXDecode" in str(held.get("/Filter", ""))
    return "" if (packed and bits is None) or (bits is not None and int(bits) in _BITS) else "/BitsPerComponent"


def _pattern(held: Any) -> str:
    if int(held.get("/PatternType", 0)) == 1:
        steps = [float(held.get(key, 0)) for key in ("/XStep", "/YStep")]
        return "" if all(steps) and _is_box(held.get("/BBox")) and _is_matrix(held.get("/Matrix")) else "/PatternType"
    if int(held.get("/PatternType", 0)) == 2 and "/Shading" in held:
        return _shading(held.Shading)
    return "/PatternType"


def _shading(held: Any) -> str:
    """Of axial shadings, one from a point to itself: nothing in one viewer, all over the page in another."""
    coords = [float(v) for v in held.get("/Coords", [])]
    if int(held.get("/ShadingType", 0)) == 2:
        return "" if len(coords) == 4 and coords[:2] != coords[2:] else "/Coords"
    if int(held.get("/ShadingType", 0)) == 3:
        return "" if len(coords) == 6 and coords[:3] != coords[3:] else "/Coords"
    return ""


def _state(held: Any) -> str:
    if others := set(held.keys()) - _STATE:
        return str(min(others))
    mask = held.get("/SMask")
    if _kind(mask) != "dictionary":
        return ""
    group = mask.get("/G", {})
    ok = _is_box(group.get("/BBox")) and str(mask.get("/S", "")) in ("/Alpha", "/Luminosity")
    # What is behind the group is a colour: of which space, the group has to say.
    return "" if ok and ("/BC" not in mask or "/CS" in group.get("/Group", {})) else "/SMask"


def _is_box(box: Any) -> bool:
    values = [float(v) for v in box] if _kind(box) == "array" else []
    return len(values) == 4 and all(map(math.isfinite, values)) and values[0] < values[2] and values[1] < values[3]


def _is_matrix(matrix: Any) -> bool:
    if matrix is None:
        return True
    values = [float(v) for v in matrix] if _kind(matrix) == "array" else []
    return len(values) == 6 and all(map(math.isfinite, values)) and values[0] * values[3] != values[1] * values[2]


_JUDGES = {
    "/Font": _font,
    "/XObject": _drawing,
    "/Pattern": _pattern,
    "/Shading": _shading,
    "/ExtGState": _state,
}
