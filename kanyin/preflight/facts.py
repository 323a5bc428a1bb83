# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What was found in a finished PDF, before anybody judges it.

Two readers fill these values (`raster` sees the pages, `structure` reads the objects); the checks look at nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kanyin.model import Notice, Permit

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in the user space of the page."""


@dataclass(frozen=True)
class Glyph:
    """One printed character compared with its picture in the house's font.

    `likeness` is the correlation of the page with the picture (1 = the same, 0 = nothing there); `strength` is how dark
    the ink is compared with full black on what surrounds it; `contrast` is the ratio of WCAG 2.2.
    """

    char: str
    likeness: float
    strength: float
    contrast: float


@dataclass(frozen=True)
class Printed:
    """One text as it stands on a page.

    `size` and `largest` are those of its smallest and largest character, in points on paper. `turned` means not upright
    or stretched for somebody who looks at the page; `outside` means that a character reaches over the edge of the page
    as it is seen, or of its TrimBox. `glyphs` is empty when no picture could be taken.
    """

    text: str
    size: float
    largest: float
    turned: bool
    outside: bool
    box: Box
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True)
class PageFacts:
    """`number` counts from 1. `printed` holds for each text that was looked for every place where it stands.

    `clauses` tells of each clause of the notice whether it stands on the page; `labels` are the lines that name a work
    and count pages, as (work, page, pages). `annotations` are (kind, rectangle).
    """

    number: int
    text: str
    printed: Mapping[str, tuple[Printed, ...]]
    clauses: tuple[bool, ...]
    labels: tuple[tuple[str, int, int], ...]
    annotations: tuple[tuple[str, Box], ...]
    permit: Permit | None = None


@dataclass(frozen=True)
class Packet:
    """The XMP packet: property name with its usual prefix → every (language or "", value) that it is given."""

    values: Mapping[str, tuple[tuple[str, str], ...]]

    def all(self, name: str) -> list[str]:
        return [value for _, value in self.values.get(name, ())]

    def langs(self, name: str, lang: str) -> list[str]:
        return [value for found, value in self.values.get(name, ()) if found == lang]


@dataclass(frozen=True)
class Flaw:
    """Something in the objects that a check of `code` names: on `page` (0 = in the whole file), `what` it is."""

    code: str
    page: int
    what: str


@dataclass(frozen=True)
class Structure:
    """What the objects of the file say. `xmp` is None when there is no packet or it cannot be read.

    `leaves` counts the pages that the page tree holds, or is -1 when the tree contradicts itself.
    `strangers` are metadata in places where we write none.
    """

    encrypted: bool
    trims: tuple[Box, ...]
    units: tuple[float, ...]
    annotations: tuple[tuple[tuple[str, Box], ...], ...]
    xmp: Packet | None
    info: Mapping[str, str]
    leaves: int
    flaws: tuple[Flaw, ...]
    strangers: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """All that is known of one file. `shown` is the number of pages that a viewer finds."""

    name: str
    notice: Notice
    pages: tuple[PageFacts, ...]
    structure: Structure
    shown: int
    permits: tuple[Permit, ...] = ()
