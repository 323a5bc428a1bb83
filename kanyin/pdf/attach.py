# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Files inside a PDF: the source that it was made from, and room for the receipt that proves it.

A receipt inside the file it speaks of cannot hold that file's hash; so, as PDF signatures do, it holds the hash of
everything else. The stamp keeps a run of spaces free in an embedded file (ISO 32000-1, 7.11.4, uncompressed); the
receipt is later written over the spaces, and whoever verifies it puts them back first. JSON may end in spaces, so the
embedded file is a receipt like the one beside the PDF. PDF/A-3 (ISO 19005-3, 6.8) wants type, relationship and names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pypdf import PdfWriter

NAME = "kanyin-receipt.json"
MARK = b'{"kanyin":"receipt"}'
"""Stands at the beginning of the room until the receipt comes; nothing else in a file of ours reads like this."""


@dataclass(frozen=True)
class Attached:
    """A file that travels inside a PDF: its name, what it is (MIME), what it is to the document (ISO 19005-3, 6.8)."""

    name: str
    data: bytes
    type: str
    relationship: Literal["Source", "Data", "Supplement"]
    description: str


class NoRoomError(ValueError):
    """There is no room in the file, or not enough of it."""


def attach(writer: PdfWriter, room: int, made: datetime | None) -> None:
    """Embed a file of `room` spaces under the name of the receipt, as it stands: what is packed cannot be filled."""
    said = "kanyin receipt (DSSE): proves this file, see docs/rights.md"
    receipt = Attached(NAME, MARK.ljust(room), "application/json", "Supplement", said)
    embed(writer, receipt, made, packed=False)


def embed(writer: PdfWriter, file: Attached, made: datetime | None, *, packed: bool = True) -> None:
    """Put a file into a PDF, among its associated files. pypdf's own attachments lack what PDF/A-3 asks."""
    from pypdf.generic import (
        ArrayObject,
        DecodedStreamObject,
        DictionaryObject,
        NameObject,
        NumberObject,
        StreamObject,
        TextStringObject,
    )

    def dictionary(**values: Any) -> DictionaryObject:
        return DictionaryObject({NameObject(f"/{key}"): value for key, value in values.items()})

    params = dictionary(Size=NumberObject(len(file.data)))
    if made is not None:
        zone = made.strftime("%z")
        day = made.strftime("D:%Y%m%d%H%M%S") + f"{zone[:3]}'{zone[3:5]}'"
        params[NameObject("/ModDate")] = TextStringObject(day)
    stream: StreamObject = DecodedStreamObject()
    stream.set_data(file.data)
    if packed:
        stream = stream.flate_encode()
    stream.update(
        dictionary(
            Type=NameObject("/EmbeddedFile"),
            Subtype=NameObject(f"/{file.type}"),
            Params=params,
        )
    )
    embedded = writer._add_object(stream)
    specification = writer._add_object(
        dictionary(
            Type=NameObject("/Filespec"),
            F=TextStringObject(file.name),
            UF=TextStringObject(file.name),
            Desc=TextStringObject(file.description),
            AFRelationship=NameObject(f"/{file.relationship}"),
            EF=dictionary(F=embedded, UF=embedded),
        )
    )
    root = writer.root_object
    names = root.setdefault(NameObject("/Names"), DictionaryObject()).get_object()
    files = names.setdefault(NameObject("/EmbeddedFiles"), dictionary(Names=ArrayObject())).get_object()
    listed: Any = files.setdefault(NameObject("/Names"), ArrayObject()).get_object()
    pairs = [(listed[n], listed[n + 1]) for n in range(0, len(listed), 2)]
    pairs.append((TextStringObject(file.name), specification))
    # a name tree is in the order of its names (ISO 32000-1, 7.9.6)
    files[NameObject("/Names")] = ArrayObject(part for pair in sorted(pairs, key=lambda p: str(p[0])) for part in pair)
    associated: Any = root.setdefault(NameObject("/AF"), ArrayObject()).get_object()
    associated.append(specification)


def find_room(data: bytes) -> tuple[int, int] | None:
    """(offset, length) of the room in a stamped file, or None where none was kept."""
    found = list(re.finditer(re.escape(MARK) + rb" +", data))
    if not found:
        return None
    if len(found) != 1:
        raise NoRoomError
    return found[0].start(), found[0].end() - found[0].start()


def blank(data: bytes, room: tuple[int, int] | None) -> bytes:
    """The file without its receipt: with spaces in its place. This is what a receipt holds the hash of."""
    if room is None:
        return data
    start, length = room
    return data[:start] + b" " * length + data[start + length :]


def fill(data: bytes, room: tuple[int, int], receipt: bytes) -> bytes:
    """Write the receipt into its room. Raises NoRoomError when it is too long."""
    start, length = room
    if len(receipt) > length:
        raise NoRoomError
    return data[:start] + receipt.ljust(length) + data[start + length :]
