# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Write a file of ours with its objects packed together; by itself, each costs more than the pages do."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Any

from kanyin.pdf.stamp_compact import LEVEL, fill

if TYPE_CHECKING:
    from pypdf import PdfWriter

A_STREAM = 500
"""Objects in one object stream: a reader unpacks them together."""


def written(writer: PdfWriter) -> bytes:
    """The whole file, with object streams and a cross-reference stream (ISO 32000-1, 7.5.7 and 7.5.8).

    Needs a header of 1.5 or later, which all our files have. What nothing refers to is left out.
    """
    from pypdf.generic import StreamObject

    out = io.BytesIO()
    out.write(writer.pdf_header.encode() + b"\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    plain: list[int] = []
    for number in _reachable(writer):
        held = writer._objects[number - 1]
        if isinstance(held, StreamObject):
            _repack(held)
            places[number] = (1, out.tell(), 0)
            _write(out, number, held)
        else:
            plain.append(number)
    size = len(writer._objects) + 1
    for start in range(0, len(plain), A_STREAM):
        group = plain[start : start + A_STREAM]
        places.update((number, (2, size, index)) for index, number in enumerate(group))
        places[size] = (1, out.tell(), 0)
        _write(out, size, _object_stream(writer, group))
        size += 1
    places[size] = (1, out.tell(), 0)
    last = _cross_references(writer, places, size)
    _write(out, size, last)
    out.write(f"startxref\n{places[size][1]}\n%%EOF\n".encode())
    return out.getvalue()


def _reachable(writer: PdfWriter) -> list[int]:
    """The numbers of all objects that the catalogue or the document information lead to, in order.

    On the way all uses of a colour profile are led to one copy.
    """
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    shared = _shared_profiles(writer)
    found: set[int] = set()
    waiting: list[Any] = [writer.root_object.indirect_reference]
    waiting += [writer._info.indirect_reference] if writer._info is not None else []
    while waiting:
        value = waiting.pop()
        if isinstance(value, IndirectObject):
            if value.idnum not in found and writer._objects[value.idnum - 1] is not None:
                found.add(value.idnum)
                waiting.append(writer._objects[value.idnum - 1])
        elif isinstance(value, DictionaryObject | ArrayObject):
            places = list(value.items() if isinstance(value, DictionaryObject) else enumerate(value))
            for place, below in places:
                if isinstance(below, IndirectObject) and below.idnum in shared:
                    value[place] = below = shared[below.idnum]
                waiting.append(below)
    return sorted(found)


def _shared_profiles(writer: PdfWriter) -> dict[int, Any]:
    """Number → reference to the first profile with the same data: copying a file, pypdf makes one for each use."""
    from pypdf.generic import StreamObject

    first: dict[bytes, Any] = {}
    shared: dict[int, Any] = {}
    for number, held in enumerate(writer._objects, start=1):
        if isinstance(held, StreamObject) and "/N" in held and "/Type" not in held:
            shared[number] = first.setdefault(held.get_data(), held.indirect_reference)
    return shared


def _repack(stream: Any) -> None:
    """Pack a stream again where that makes it smaller; one that says how its rows were predicted is left alone."""
    if stream.get("/Filter") == "/FlateDecode" and "/DecodeParms" not in stream and stream._data:
        packed = zlib.compress(zlib.decompress(stream._data), LEVEL)
        stream._data = min(stream._data, packed, key=len)


def _object_stream(writer: PdfWriter, numbers: list[int]) -> Any:
    from pypdf.generic import NameObject, NumberObject, StreamObject

    body, heads = io.BytesIO(), []
    for number in numbers:
        heads.append(f"{number} {body.tell()}")
        held: Any = writer._objects[number - 1]
        held.write_to_stream(body)
        body.write(b"\n")
    first = " ".join(heads).encode() + b"\n"
    stream = StreamObject()
    fill(stream, first + body.getvalue())
    stream[NameObject("/Type")] = NameObject("/ObjStm")
    stream[NameObject("/N")] = NumberObject(len(numbers))
    stream[NameObject("/First")] = NumberObject(len(first))
    return stream


def _cross_references(writer: PdfWriter, places: dict[int, tuple[int, int, int]], last: int) -> Any:
    from pypdf.generic import ArrayObject, NameObject, NumberObject, StreamObject

    numbers = sorted(places)
    rows = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + third.to_bytes(2, "big")
        for kind, place, third in (places[number] for number in numbers)
    )
    starts = [n for i, n in enumerate(numbers) if not i or numbers[i - 1] != n - 1]
    ends = [n for i, n in enumerate(numbers) if i + 1 == len(numbers) or numbers[i + 1] != n + 1]
    stream = StreamObject()
    fill(stream, rows)
    entries = {
        "/Type": NameObject("/XRef"),
        "/Size": NumberObject(last + 1),
        "/W": ArrayObject(NumberObject(width) for width in (1, 4, 2)),
        "/Index": ArrayObject(NumberObject(v) for a, b in zip(starts, ends, strict=True) for v in (a, b - a + 1)),
        "/Root": writer.root_object.indirect_reference,
        "/Info": writer._info.indirect_reference if writer._info is not None else None,
        "/ID": writer._ID,
    }
    stream.update({NameObject(key): value for key, value in entries.items() if value is not None})
    return stream


def _write(out: io.BytesIO, number: int, held: Any) -> None:
    out.write(f"{number} 0 obj\n".encode())
    held.write_to_stream(out)
    out.write(b"\nendobj\n")
