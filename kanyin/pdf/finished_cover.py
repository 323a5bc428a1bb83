# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A page before a reprint that says what it is: the work, where it first appeared, under which licence and for whom.

Vector text in the font of the notice, and a code with the address of the DOI (ISO/IEC 18004, drawn as rectangles).
Where the file is tagged, so is the cover; and the pages behind it keep their labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kanyin.pdf.boxes import MM, Frame
from kanyin.pdf.stamp import number
from kanyin.pdf.stamp_font import StampFont
from kanyin.pdf.stamp_lines import wrap

A4 = 210 * MM, 297 * MM
SMALLEST = 148 * MM, 210 * MM
"""A cover smaller than A5 would not hold its lines; A4 is taken then."""
MARGIN = 20 * MM
HEADING, LABEL, VALUE = 20.0, 8.0, 11.0
LEADING = 1.5
QR = 26 * MM
QUIET = 4
"""Modules that stay white around a code."""


@dataclass(frozen=True)
class Cover:
    """`rows` are (label, value); `address` is what the code says, empty for none, and `alt` its words for a voice."""

    heading: str
    rows: tuple[tuple[str, str], ...]
    address: str
    alt: str
    label: str


def cover_texts(cover: Cover) -> tuple[str, ...]:
    """All that is set on the cover."""
    return (cover.heading, *(text for row in cover.rows for text in row), cover.address)


def add_cover(pdf: Any, cover: Cover, first: Frame, font: StampFont, reference: Any, *, tagged: bool) -> None:
    """Put the cover before the first page, in the size of that page."""
    import pikepdf

    width, height = round(first.width, 2), round(first.height, 2)
    if width < SMALLEST[0] or height < SMALLEST[1]:
        width, height = (round(side, 2) for side in A4)
    blocks = [*_blocks(cover, width, height, font)]
    content, kinds = b"", list[str]()
    for block in blocks:
        if tagged:
            content += f"/{block.kind} <</MCID {len(kinds)}>> BDC\n".encode() + block.content + b"EMC\n"
        else:
            content += block.content
        kinds.append(block.kind)
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=pikepdf.Array([0, 0, width, height]),
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(Notice=reference)),
        Contents=pikepdf.Array([pdf.make_stream(content)]),
    )
    pdf.pages.insert(0, pikepdf.Page(pdf.make_indirect(page)))
    _labels(pdf, cover.label)
    if tagged:
        _tag(pdf, pdf.pages[0].obj, blocks, cover)


@dataclass(frozen=True)
class _Block:
    kind: str
    content: bytes
    box: tuple[float, float, float, float]


def _blocks(cover: Cover, width: float, height: float, font: StampFont) -> Iterator[_Block]:
    y = height - MARGIN - HEADING
    for text, size in _texts(cover):
        lines = list(wrap(text, size, width - 2 * MARGIN, font.width))
        rows = ""
        top = y + size
        for line in lines:
            rows += f"/Notice {number(size)} Tf 1 0 0 1 {number(MARGIN)} {number(y)} Tm <{font.encode(line)}> Tj\n"
            y -= size * LEADING
        if rows:
            yield _Block("P", f"q 0 g BT\n{rows}ET Q\n".encode(), (MARGIN, y, width - MARGIN, top))
        y -= 0.4 * size
    if cover.address:
        yield _code(cover.address, MARGIN, y - QR)


def _texts(cover: Cover) -> Iterator[tuple[str, float]]:
    yield cover.heading, HEADING
    for label, value in cover.rows:
        yield label, LABEL
        yield value, VALUE


def _code(address: str, x: float, y: float) -> _Block:
    """A code of the address, a rectangle for each run of dark modules."""
    import segno

    matrix = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
    side = QR / (len(matrix) + 2 * QUIET)
    rows = ""
    for line, row in enumerate(matrix):
        start = 0
        while start < len(row):
            end = start
            while end < len(row) and row[end]:
                end += 1
            if end > start:
                left, top = x + (start + QUIET) * side, y + QR - (line + 1 + QUIET) * side
                rows += f"{number(left)} {number(top)} {number((end - start) * side)} {number(side)} re\n"
            start = max(end, start + 1)
    return _Block("Figure", f"q 0 g\n{rows}f Q\n".encode(), (x, y, x + QR, y + QR))


def _labels(pdf: Any, label: str) -> None:
    """The cover has a label of its own, and the pages behind it keep theirs (ISO 32000-1, 12.4.2)."""
    import pikepdf

    kept = pikepdf.Array([0, pikepdf.Dictionary(P=pikepdf.String(label))])
    old = pdf.Root.get("/PageLabels")
    tree = dict(pikepdf.NumberTree(old)) if isinstance(old, pikepdf.Dictionary) else {}
    for start, value in sorted((tree or {0: pikepdf.Dictionary(S=pikepdf.Name.D)}).items()):
        kept.append(int(start) + 1)
        kept.append(value)
    pdf.Root["/PageLabels"] = pikepdf.Dictionary(Nums=kept)


def _tag(pdf: Any, page: Any, blocks: list[_Block], cover: Cover) -> None:
    """One section with a paragraph for each text and a figure for the code (ISO 32000-1, 14.7)."""
    import pikepdf

    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, pikepdf.Dictionary):
        return
    tree = root.get("/ParentTree")
    numbers = dict(pikepdf.NumberTree(tree)) if isinstance(tree, pikepdf.Dictionary) else {}
    key = max([int(root.get("/ParentTreeNextKey", 0)), *(int(n) + 1 for n in numbers)])
    section = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Sect, P=root))
    kids = []
    for mcid, block in enumerate(blocks):
        kid = pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem, S=pikepdf.Name(f"/{block.kind}"), P=section, Pg=page, K=mcid
        )
        if block.kind == "Figure":
            box = pikepdf.Array([round(v, 2) for v in block.box])
            kid["/Alt"] = pikepdf.String(cover.alt)
            kid["/A"] = pikepdf.Dictionary(O=pikepdf.Name.Layout, BBox=box, Placement=pikepdf.Name.Block)
        kids.append(pdf.make_indirect(kid))
    section["/K"] = pikepdf.Array(kids)
    held = root.get("/K")
    others = list(held) if isinstance(held, pikepdf.Array) else [held] if held is not None else []
    root["/K"] = pikepdf.Array([section, *others])
    nums = pikepdf.Array()
    for n, value in sorted([*((int(n), v) for n, v in numbers.items()), (key, pdf.make_indirect(pikepdf.Array(kids)))]):
        nums.append(n)
        nums.append(value)
    root["/ParentTree"] = pikepdf.Dictionary(Nums=nums)
    root["/ParentTreeNextKey"] = key + 1
    page["/StructParents"] = key
    page["/Tabs"] = pikepdf.Name.S
