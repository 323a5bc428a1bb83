# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The font of a stamp, and what the stamp says by it: read from the objects, without drawing or PDFium.

Two readers that find the same words prove more than one. Pure: it reads objects that `structure` opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kanyin.preflight.facts import Flaw
from kanyin.preflight.paint import Operator

_PAIR = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
_MAPS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_FONT = {"/Type", "/Subtype", "/BaseFont", "/Encoding", "/DescendantFonts", "/ToUnicode"}
_DESCENDANT = {"/Type", "/Subtype", "/BaseFont", "/CIDSystemInfo", "/FontDescriptor", "/DW", "/W"}
_DESCRIPTOR = {"/Type", "/FontName", "/Flags", "/ItalicAngle", "/StemV", "/Ascent", "/Descent", "/CapHeight", "/CIDSet"}
_DESCRIPTOR |= {"/FontBBox"}
_SYMBOLIC = 4
"""The only flag (ISO 32000-1, table 123); ForceBold would thicken the strokes."""
_STREAM = {"/Length", "/Filter", "/DecodeParms"}
_PROGRAMS = {"/FontFile", "/FontFile2", "/FontFile3"}


def stamp_font(operators: Sequence[Operator], resources: Any) -> Any:
    """The font that the stamp names; None unless it is one font throughout."""
    names = {str(values[0]) for name, values in operators if name == "Tf"}
    fonts = resources.get("/Font", {}) if resources else {}
    return fonts.get(names.pop()) if len(names) == 1 else None


def font_flaws(font: Any, number: int) -> Iterator[Flaw]:
    """VERIFY-CONTENT unless it is of the one kind that every viewer draws from the glyphs that are in the file.

    A font whose glyphs are drawn by operators, are hinted, or are taken from the viewer may look another way elsewhere.
    """
    if font is None or str(font.get("/Subtype", "")) != "/Type0" or str(font.get("/Encoding", "")) != "/Identity-H":
        yield Flaw("VERIFY-CONTENT", number, "/Font")
        return
    descendant = font.DescendantFonts[0]
    if str(descendant.get("/Subtype", "")) != "/CIDFontType0" or set(font.keys()) - _FONT:
        yield Flaw("VERIFY-CONTENT", number, "/DescendantFonts")
    if others := set(descendant.keys()) - _DESCENDANT:
        yield Flaw("VERIFY-CONTENT", number, min(others))
    descriptor = descendant.get("/FontDescriptor", {})
    programs = _PROGRAMS & set(descriptor.keys())
    system = descendant.get("/CIDSystemInfo", {})
    if str(system.get("/Ordering", "")) != "Identity" or set(font.get("/ToUnicode", {}).keys()) - _STREAM:
        yield Flaw("VERIFY-CONTENT", number, "/ToUnicode")
    if int(descriptor.get("/Flags", 0)) != _SYMBOLIC or set(descriptor.keys()) - _DESCRIPTOR - _PROGRAMS:
        yield Flaw("VERIFY-CONTENT", number, "/Flags")
    if programs != {"/FontFile3"} or str(descriptor.FontFile3.get("/Subtype", "")) != "/CIDFontType0C":
        yield Flaw("VERIFY-CONTENT", number, "/FontDescriptor")


def shown_text(operators: Sequence[Operator], font: Any) -> str:
    """The words of the stamp by the map of its font; U+FFFD for a code without words."""
    if font is None or "/ToUnicode" not in font:
        return ""
    words = {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
        for block in _MAPS.findall(font.ToUnicode.read_bytes())
        for code, text in _PAIR.findall(block)
    }
    found = ""
    for name, values in operators:
        if name == "Tj":
            codes = bytes(values[0])
            pairs = zip(codes[::2], codes[1::2], strict=False)
            found += "".join(words.get(256 * high + low, "\ufffd") for high, low in pairs)
    return found
