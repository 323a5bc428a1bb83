# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Make the fonts of a file small without changing what it shows.

The engine embeds whole OpenType fonts with a place for each of 50 000 glyphs. Nothing here touches content streams, so
text is drawn and extracted as before.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kanyin.pdf.stamp_font import compact_cff, compact_truetype

if TYPE_CHECKING:
    from pypdf import PdfWriter

LEVEL = 9


def compact_fonts(writer: PdfWriter) -> None:
    """Replace each font program by one with the glyphs that its fonts give a width to; codes stay as they are."""
    from pypdf.generic import NameObject

    objects: list[Any] = list(writer._objects)
    users: dict[int, list[Any]] = {}
    for held in objects:
        for font in _descendants(held):
            descriptor = font["/FontDescriptor"]
            key = "/FontFile3" if "/FontFile3" in descriptor else "/FontFile2"
            if key in descriptor:
                users.setdefault(descriptor.raw_get(key).idnum, []).append(font)
    for number, fonts in users.items():
        program = objects[number - 1]
        cids = sorted({cid for font in fonts for cid in _cids(font["/W"])})
        if not cids:
            continue
        if program.get("/Subtype") == "/OpenType":
            fill(program, compact_cff(program.get_data(), cids))
            program[NameObject("/Subtype")] = NameObject("/CIDFontType0C")
            for font in fonts:
                font.pop(NameObject("/CIDToGIDMap"), None)
        elif "/Length1" in program and all(font.get("/CIDToGIDMap") == "/Identity" for font in fonts):
            _compact_truetype(writer, program, fonts, cids)


def _compact_truetype(writer: PdfWriter, program: Any, fonts: list[Any], cids: list[int]) -> None:
    from pypdf.generic import NameObject, NumberObject, StreamObject

    data, numbers = compact_truetype(program.get_data(), cids)
    fill(program, data)
    program[NameObject("/Length1")] = NumberObject(len(data))
    table = StreamObject()
    fill(table, numbers)
    reference = writer._add_object(table)
    for font in fonts:
        font[NameObject("/CIDToGIDMap")] = reference


def _descendants(held: Any) -> Iterator[Any]:
    from pypdf.generic import DictionaryObject

    if isinstance(held, DictionaryObject) and held.get("/Subtype") == "/Type0":
        below: Any = held["/DescendantFonts"]
        yield from (font.get_object() for font in below)


def _cids(widths: Any) -> Iterator[int]:
    """The CIDs of a W array: `first [w w …]` or `first last w` (ISO 32000-1, 9.7.4.3)."""
    items: list[Any] = [item.get_object() for item in widths]
    at = 0
    while at + 1 < len(items):
        if isinstance(items[at + 1], list):
            yield from range(int(items[at]), int(items[at]) + len(items[at + 1]))
            at += 2
        else:
            yield from range(int(items[at]), int(items[at + 1]) + 1)
            at += 3


def fill(stream: Any, data: bytes) -> None:
    """Give a stream new data, packed."""
    from pypdf.generic import NameObject

    stream.pop(NameObject("/DecodeParms"), None)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    stream._data = zlib.compress(data, LEVEL)
    if hasattr(stream, "decoded_self"):
        stream.decoded_self = None
