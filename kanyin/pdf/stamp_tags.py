# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Tags as a voice needs them, where the engine's are not: headers of table cells, and running heads.

The engine links cells to headers, but loses count where a header spans rows, and writes neither scopes nor the tree
of identifiers (ISO 14289-1, 7.5; ISO 32000-1, 14.8.5.7). So all are made anew, from the grid that rows and spans
give. It marks running heads as text and leaves them out of the tree; they are artifacts (ISO 14289-1, 7.8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfWriter


_MARK = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")


@dataclass(frozen=True)
class _Cell:
    """A cell with the rows and columns that it covers; `head` means that it stands in the head of the table."""

    element: Any
    rows: range
    columns: range
    head: bool

    @property
    def is_header(self) -> bool:
        return bool(self.element["/S"] == "/TH")


def tag_tables(writer: PdfWriter) -> None:
    """Give every header cell of the file an identifier and a scope, and every cell its headers."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject

    root = writer.root_object.get("/StructTreeRoot")
    if root is None:
        return
    tables = [held for held in writer._objects if isinstance(held, DictionaryObject) and held.get("/S") == "/Table"]
    named: dict[bytes, Any] = {}
    for number, table in enumerate(tables):
        _tag(_cells(table), f"t{number:04d}", named)
    if named:
        pairs = [value for key in sorted(named) for value in (_bytes(key), named[key])]
        root.get_object()[NameObject("/IDTree")] = DictionaryObject({NameObject("/Names"): ArrayObject(pairs)})


def _tag(cells: list[_Cell], table: str, named: dict[bytes, Any]) -> None:
    from pypdf.generic import ArrayObject, NameObject

    names: dict[int, bytes] = {}
    for cell in cells:
        if cell.is_header:
            names[id(cell)] = name = f"{table}-{cell.rows.start:04d}-{cell.columns.start:04d}".encode()
            cell.element[NameObject("/ID")] = _bytes(name)
            cell.element["/A"][NameObject("/Scope")] = NameObject("/Column" if cell.head else "/Row")
            named[name] = cell.element.indirect_reference
    for cell in cells:
        found = [_bytes(names[id(other)]) for other in cells if other.is_header and _heads(other, cell)]
        attributes = cell.element["/A"]
        attributes.pop(NameObject("/Headers"), None)
        if found:
            attributes[NameObject("/Headers")] = ArrayObject(found)


def _heads(header: _Cell, cell: _Cell) -> bool:
    """A header above in the head of the table, or before in the same row: its name is said with the cell."""
    if header.head:
        return header.rows.stop <= cell.rows.start and _meet(header.columns, cell.columns)
    return header.columns.stop <= cell.columns.start and _meet(header.rows, cell.rows)


def _meet(a: range, b: range) -> bool:
    return a.start < b.stop and b.start < a.stop


def _cells(table: Any) -> list[_Cell]:
    """The cells in reading order; a place that a cell from above still holds is passed over (HTML, 4.9.12.1)."""
    taken: set[tuple[int, int]] = set()
    found = []
    for y, (row, head) in enumerate(_rows(table, head=False)):
        x = 0
        for element in _children(row):
            if element.get("/S") not in ("/TH", "/TD"):
                continue
            while (y, x) in taken:
                x += 1
            attributes = element["/A"]
            height, width = int(attributes.get("/RowSpan", 1)), int(attributes.get("/ColSpan", 1))
            cell = _Cell(element, range(y, y + height), range(x, x + width), head)
            taken.update((r, c) for r in cell.rows for c in cell.columns)
            found.append(cell)
    return found


def _rows(element: Any, *, head: bool) -> Iterator[tuple[Any, bool]]:
    for child in _children(element):
        if child.get("/S") == "/TR":
            yield child, head
        elif child.get("/S") in ("/THead", "/TBody", "/TFoot"):
            yield from _rows(child, head=child["/S"] == "/THead")


def _children(element: Any) -> Iterator[Any]:
    """The structure elements below one, without marked content and object references."""
    from pypdf.generic import ArrayObject, DictionaryObject

    below = element.get("/K", ArrayObject())
    below = below.get_object()
    for kid in below if isinstance(below, ArrayObject) else [below]:
        held = kid.get_object()
        if isinstance(held, DictionaryObject) and "/S" in held:
            yield held


def _bytes(value: bytes) -> Any:
    from pypdf.generic import ByteStringObject

    return ByteStringObject(value)


def release_margins(writer: PdfWriter) -> None:
    """Make artifacts of the marked content that the tree does not hold: it stands in the margins of pages."""
    from pypdf.generic import ArrayObject, NullObject

    root: Any = writer.root_object.get("/StructTreeRoot")
    if root is None:
        return
    held = _elements(root)
    numbers: Any = root["/ParentTree"]["/Nums"]
    parents = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    for page in writer.pages:
        owners: Any = parents.get(int(page.get("/StructParents", -1)))
        loose = {n for n, owner in enumerate(owners or ()) if owner.get_object().indirect_reference.idnum not in held}
        if not loose:
            continue
        contents: Any = page.raw_get("/Contents").get_object()
        for stream in contents if isinstance(contents, ArrayObject) else [page.raw_get("/Contents")]:
            _release(stream.get_object(), loose)
        for n in loose:
            owners[n] = NullObject()


def _release(stream: Any, loose: set[int]) -> None:
    def mark(found: re.Match[bytes]) -> bytes:
        return b"/Artifact <</Type /Pagination>> BDC" if int(found[1]) in loose else found[0]

    before = stream.get_data()
    after = _MARK.sub(mark, before)
    if after != before:
        stream.set_data(after)


def _elements(root: Any) -> set[int]:
    """The object numbers of all structure elements that are reached from the root."""
    found: set[int] = set()
    waiting = list(_children(root))
    while waiting:
        element = waiting.pop()
        found.add(element.indirect_reference.idnum)
        waiting += _children(element)
    return found
