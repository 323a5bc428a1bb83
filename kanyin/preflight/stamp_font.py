# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The font of a stamp, and what the stamp says by it: read from the objects, without drawing or PDFium.

Two readers that find the same words prove more than one. Pure: it reads objects that `structure` opened.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kanyin.preflight.facts import Flaw
from kanyin.preflight.paint import Operator

_PAIR = re.compile(rb"<([0-9A-F]{4})> <((?:[0-9A-F]{4}){1,2})>")
_COUNT = re.compile(rb"([0-9]{1,3}) beginbfchar")
_HEAD = (
    b"/CIDInit /ProcSet findresource begin", b"12 dict begin", b"begincmap",
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def", b"/CMapName /Adobe-Identity-UCS def",
    b"/CMapType 2 def", b"1 begincodespacerange", b"<0000> <FFFF>", b"endcodespacerange",
)  # fmt: skip
_TAIL = (b"endcmap", b"CMapName currentdict /CMap defineresource pop", b"end", b"end", b"")
"""The lines of a map of ours before and after its pairs; whatever else one says, some readers believe it."""
_MOST = 1_000_000
"""Bytes of a map, and of a program; ours have a tenth of that."""
_FONT = {"/Type", "/Subtype", "/BaseFont", "/Encoding", "/DescendantFonts", "/ToUnicode"}
_DESCENDANT = {"/Type", "/Subtype", "/BaseFont", "/CIDSystemInfo", "/FontDescriptor", "/DW", "/W"}
_DESCRIPTOR = {"/Type", "/FontName", "/Flags", "/ItalicAngle", "/StemV", "/Ascent", "/Descent", "/CapHeight", "/CIDSet"}
_DESCRIPTOR |= {"/FontBBox"}
_SYMBOLIC = 4
"""The only flag (ISO 32000-1, table 123); ForceBold would thicken the strokes."""
_STREAM = {"/Length", "/Filter"}
_WIDEST = 3000
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
    ordering = [str(system.get(key, "")) for key in ("/Registry", "/Ordering", "/Supplement")]
    if ordering != ["Adobe", "Identity", "0"] or set(font.get("/ToUnicode", {}).keys()) - _STREAM:
        yield Flaw("VERIFY-CONTENT", number, "/ToUnicode")
    if int(descriptor.get("/Flags", 0)) != _SYMBOLIC or set(descriptor.keys()) - _DESCRIPTOR - _PROGRAMS:
        yield Flaw("VERIFY-CONTENT", number, "/Flags")
    if programs != {"/FontFile3"} or str(descriptor.FontFile3.get("/Subtype", "")) != "/CIDFontType0C":
        yield Flaw("VERIFY-CONTENT", number, "/FontDescriptor")
    elif not _is_plain(descriptor.FontFile3):
        yield Flaw("VERIFY-CONTENT", number, "/FontFile3")
    if len(font.DescendantFonts) != 1 or not _is_measured(descendant, _words(font)):
        yield Flaw("VERIFY-CONTENT", number, "/W")
    if "/ToUnicode" in font and not _words(font):
        yield Flaw("VERIFY-CONTENT", number, "/ToUnicode")


def _is_measured(font: Any, words: Mapping[int, str]) -> bool:
    """Whether each glyph is given one width, once and in order: of two, readers take the first or the last.

    That the width is the glyph's is seen by where the next one stands (`setting`).
    """
    widths = list(font.get("/W", []))
    codes = [int(code) for code in widths[::2]]
    each = [list(one) for one in widths[1::2] if _kind(one) == "array"]
    if len(each) * 2 != len(widths) or any(len(one) != 1 or not 0 <= float(one[0]) <= _WIDEST for one in each):
        return False
    return int(font.get("/DW", 1000)) == 1000 and codes == sorted(set(codes)) and set(words) <= set(codes)


def _is_plain(stream: Any) -> bool:
    """Whether the data are packed in the one way that every reader unpacks alike, and end where they end."""
    if set(stream.keys()) - _STREAM - {"/Subtype"} or str(stream.get("/Filter", "")) != "/FlateDecode":
        return False
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(stream.read_raw_bytes(), _MOST)
    except zlib.error:
        return False
    return unpacking.eof and not unpacking.unused_data.strip(b"\r\n") and data == stream.read_bytes()


def _kind(held: Any) -> str:
    return str(getattr(getattr(held, "_type_code", None), "name", ""))


def _words(font: Any) -> dict[int, str]:
    """What each code of the font stands for; empty when its map is not, line by line, of the shape of ours."""
    if "/ToUnicode" not in font or len(data := font.ToUnicode.read_bytes()) > _MOST:
        return {}
    lines = data.split(b"\n")
    if tuple(lines[: len(_HEAD)]) != _HEAD or tuple(lines[-len(_TAIL) :]) != _TAIL:
        return {}
    words: dict[int, str] = {}
    left = 0
    for line in lines[len(_HEAD) : -len(_TAIL)]:
        if left > 0 and (pair := _PAIR.fullmatch(line)) and int(pair[1], 16) not in words:
            words[int(pair[1], 16)] = bytes.fromhex(pair[2].decode()).decode("utf-16-be", "replace")
            left -= 1
        elif left == 0 and line == b"endbfchar":
            left = -1
        elif left <= 0 and (count := _COUNT.fullmatch(line)) and (left == -1 or not words):
            left = int(count[1])
        else:
            return {}
    return words if left == -1 else {}


def shown_text(operators: Sequence[Operator], font: Any) -> str:
    """The words of the stamp by the map of its font; U+FFFD for a code without words."""
    words = _words(font) if font is not None else {}
    if not words:
        return ""
    found = ""
    for name, values in operators:
        if name == "Tj":
            codes = bytes(values[0])
            pairs = zip(codes[::2], codes[1::2], strict=False)
            found += "".join(words.get(256 * high + low, "\ufffd") for high, low in pairs)
    return found
