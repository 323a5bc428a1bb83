# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Is the file written in one piece, so that every reader finds the same objects in it?

A PDF can be appended to: a later part replaces objects of an earlier one (ISO 32000-1, 7.5.6). Readers differ in which
part they believe when tables of objects overlap, or when an object is there twice. Our files have one part and each
object once; one that was appended to after its stamp is refused, whatever the later part says. Pure: it reads bytes,
and objects that `structure` opened.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,10})[ \t\r\n\f\0]+[0-9]{1,5}[ \t\r\n\f\0]+obj\b")
_END = re.compile(rb"startxref\s+([0-9]{1,12})\s+%%EOF\s*\Z")
_SECTION = re.compile(rb"\s*([0-9]{1,10})[ \t]+([0-9]{1,10})[ \t]*\r?\n?")
_ENTRY = 20
"""Bytes of one entry in a table of objects of the old kind."""


def revision_flaw(data: bytes, pdf: Any) -> str:
    """What makes the file more than one thing; empty when it was written once."""
    if not data.startswith(b"%PDF-"):
        return "%PDF"
    end = _END.search(data, max(0, len(data) - 100))
    for mark in (b"startxref", b"%%EOF"):
        if end is None or data.count(mark) != 1:
            return mark.decode()
    for key in ("/Prev", "/XRefStm"):
        if key in pdf.trailer:
            return key
    if end is None or _overlap(_sections(data, int(end[1]), pdf.trailer)):
        return "xref"
    numbers = Counter(int(number) for number in _OBJECT.findall(data))
    numbers.update(number for held in pdf.objects for number in _packed(held))
    twice = next((number for number, times in numbers.items() if times > 1), 0)
    if twice:
        return f"{twice} 0 obj"
    # The reader makes objects of its own while it opens a file; it numbers them after those of the file.
    known = {held.objgen[0] for held in pdf.objects if held.objgen[0] < int(pdf.trailer.get("/Size", 0))}
    stray = next(iter(numbers.keys() ^ known), 0)
    return f"{stray} 0 obj" if stray else ""


def _packed(held: Any) -> Iterator[int]:
    """The numbers of the objects in an object stream (ISO 32000-1, 7.5.7)."""
    if getattr(getattr(held, "_type_code", None), "name", "") == "stream" and str(held.get("/Type", "")) == "/ObjStm":
        heads = held.read_bytes()[: int(held.First)].split()
        yield from (int(number) for number in heads[0 : 2 * int(held.N) : 2])


def _sections(data: bytes, start: int, trailer: Any) -> list[tuple[int, int]]:
    """First number and count of each section of the table of objects, of either kind."""
    if not data.startswith(b"xref", start):
        index = [int(value) for value in trailer.get("/Index", [0, trailer.get("/Size", 0)])]
        return list(zip(index[::2], index[1::2], strict=True))
    found = []
    at = start + len(b"xref")
    while section := _SECTION.match(data, at):
        found.append((int(section[1]), int(section[2])))
        at = section.end() + _ENTRY * int(section[2])
    return found


def _overlap(sections: list[tuple[int, int]]) -> bool:
    ordered = sorted(sections)
    return any(first + count > after for (first, count), (after, _) in pairwise(ordered))
