# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A finished PDF as people want to see it at a glance: small pictures of its pages, their boxes, ink, images, fonts."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from kanyin.preflight.facts import Box
from kanyin.preflight.raster import Document

WIDTH = 360
"""Pixels of a small picture."""
INK = 128
"""A gray darker than this is ink."""


@dataclass(frozen=True)
class Sheet:
    """A page: a PNG, the box it shows and its TrimBox in points, the share of ink, images as (width, height, ppi)."""

    number: int
    picture: bytes
    shown: Box
    trim: Box
    ink: float
    images: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Portrait:
    """`fonts` are (name, whether its program is in the file)."""

    sheets: tuple[Sheet, ...]
    fonts: tuple[tuple[str, bool], ...]


def pictures(data: bytes, name: str, dpi: int) -> list[bytes]:
    """Each page in colour as a PNG. Raises SourceError VERIFY-UNREADABLE or VERIFY-ENCRYPTED."""
    document = Document(data, name)
    found = []
    for number in range(1, document.count + 1):
        out = io.BytesIO()
        document.picture(number, dpi).save(out, "PNG")
        found.append(out.getvalue())
    return found


def portrait(data: bytes, name: str) -> Portrait:
    """Raises SourceError VERIFY-UNREADABLE, VERIFY-ENCRYPTED or VERIFY-BOX."""
    document = Document(data, name)
    return Portrait(tuple(_sheet(document, n) for n in range(1, document.count + 1)), tuple(_fonts(data)))


def _sheet(document: Document, number: int) -> Sheet:
    images = tuple(document.images(number))
    whole, trim = document.boxes(number)
    picture, shown = document.sketch(number, whole)
    dark = sum(picture.histogram()[:INK]) / (picture.width * picture.height)
    small = picture.resize((WIDTH, max(1, round(picture.height * WIDTH / picture.width))))
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return Sheet(number, out.getvalue(), shown, trim, dark, images)


def _fonts(data: bytes) -> list[tuple[str, bool]]:
    import pikepdf

    found = set()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for held in pdf.objects:
            if isinstance(held, pikepdf.Dictionary) and str(held.get("/Type", "")) == "/FontDescriptor":
                found.add((str(held.get("/FontName", "/?"))[1:], _inside(held)))
    return sorted(found)


def _inside(descriptor: Any) -> bool:
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
