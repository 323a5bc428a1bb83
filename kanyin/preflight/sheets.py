# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Printer's sheets: is every page of the press file on them, each in its place and with its notice?

Sheets are not for readers. `verify` does not judge them page by page, as a viewer shows them; it names the press file
that they were made of. That the notices came along is proven here, when the sheets are made.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from kanyin.findings import Finding, SourceError, Where, finding
from kanyin.model import Notice
from kanyin.preflight.facts import Box
from kanyin.preflight.ink import Ink
from kanyin.preflight.raster import Document, Page
from kanyin.preflight.sight import faults

_MARK = b"<xmp:Label>kanyin:sheets</xmp:Label>"
_SOURCE = re.compile(rb"<dc:source>sha256:([0-9a-f]{64})</dc:source>")
_SLACK = 1.0

Place = tuple[int, int, Box, bool]
"""Side (from 1), page (from 1), where the page is on the sheet in points, and whether it stands on its head."""


def made_of(data: bytes) -> str | None:
    """The digest of the press file that these sheets were made of; None when the file does not say it is sheets."""
    found = _SOURCE.search(data)
    return (found[1].decode() if found else "-") if _MARK in data else None


def lost(
    sheets: bytes, press: bytes, name: str, notice: Notice, *, fonts: Path, places: Sequence[Place]
) -> list[Finding]:
    """SHEETS-NOTICE for each page whose notice and label cannot be read in its place on the sheets.

    `places` must name every page of the press file exactly once. Raises ToolError VERIFY-FONT.
    """
    try:
        pages = Document(press, name)
        if sorted(page for _, page, _, _ in places) != list(range(1, pages.count + 1)):
            return [finding("SHEETS-PAGES", Where(name), pages=pages.count)]
        return list(_lost(sheets, pages, name, notice, Ink(fonts), places))
    except SourceError as error:
        return list(error.findings)


def _lost(
    sheets: bytes, pages: Document, name: str, notice: Notice, ink: Ink, places: Sequence[Place]
) -> Iterator[Finding]:
    upright, overturned = Document(sheets, name), Document(_on_its_head(sheets), name)
    ends = {sum(map(len, notice.clauses[:n])) - 1 for n in range(1, len(notice.clauses))}
    seen: dict[tuple[int, bool], Page] = {}
    for side, page, box, turned in places:
        if (side, turned) not in seen:
            seen[side, turned] = (overturned if turned else upright).page(side, 1)
        label = pages.page(page, 1).lines.rstrip().rpartition("\n")[2]
        sheet = seen[side, turned]
        for wanted, breaks in ((notice.text, ends), (label, set[int]())):
            if not any(_within(one.box, box) and not faults(one) for one in sheet.find(wanted, ink, box, breaks)):
                yield finding("SHEETS-NOTICE", Where(name, page=side), number=page)
                break


def _within(inner: Box, outer: Box) -> bool:
    low = inner[0] >= outer[0] - _SLACK and inner[1] >= outer[1] - _SLACK
    return low and inner[2] <= outer[2] + _SLACK and inner[3] <= outer[3] + _SLACK


def _on_its_head(data: bytes) -> bytes:
    """The same file turned by half a circle, so that what stood on its head is read as it will be when folded."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.obj["/Rotate"] = 180
        pdf.save(out)
    return out.getvalue()
