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
Label = tuple[str, int, int, str]
"""What the line says that names a work: work, page, pages, build."""


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

    `set` means that its characters follow one another in lines, as they are read. `size` and `largest` are those of its
    smallest and largest character, in points on paper. `turned` means not upright or stretched for somebody who looks
    at the page; `outside` means that a character reaches over the edge of the page as it is seen, or of its TrimBox.
    `glyphs` is empty when no picture could be taken.
    """

    text: str
    size: float
    largest: float
    turned: bool
    outside: bool
    set: bool
    box: Box
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True)
class Stamp:
    """What a page shows from its last notice on: the `text` to its end, and the `label` in its last line, if it is one.

    `beside` names what else shows or reaches between the top of the notice and the foot of the page. `fenced` means
    that all earlier content is clipped to another part of the page, so that no viewer draws any of it there.
    `between` are the characters after the notice and before the label, as far as they could be looked at.
    """

    text: str
    label: Label | None
    beside: tuple[str, ...]
    fenced: bool = False
    between: tuple[Glyph, ...] = ()


@dataclass(frozen=True)
class PageFacts:
    """`number` counts from 1. `printed` holds every place in the stamp where a text that was looked for stands.

    `clauses` tells of each clause of the notice whether it stands on the page. `stamp` is None without a notice, and
    `stamped` is its text as the objects of the file have it. `size` are the width and height in points of what is left
    of the page when it is trimmed. `annotations` are (kind, rectangle).
    """

    number: int
    text: str
    printed: Mapping[str, tuple[Printed, ...]]
    clauses: tuple[bool, ...]
    stamp: Stamp | None
    stamped: str
    size: tuple[float, float]
    annotations: tuple[tuple[str, Box], ...]
    permit: Permit | None = None

    @property
    def label(self) -> Label | None:
        """What the last line says."""
        return self.stamp.label if self.stamp else None


@dataclass(frozen=True)
class Packet:
    """The XMP packet: property name with its usual prefix → every (language or "", value) that it is given."""

    values: Mapping[str, tuple[tuple[str, str], ...]]

    def all(self, name: str) -> list[str]:
        return [value for _, value in self.values.get(name, ())]

    def langs(self, name: str, lang: str) -> list[str]:
        return [value for found, value in self.values.get(name, ()) if found == lang]

    @property
    def press(self) -> bool:
        """Whether the file says that it is PDF/X-4, in any of its forms (X-4p lacks its profile)."""
        return any(said.startswith("PDF/X-4") for said in self.all("pdfxid:GTS_PDFXVersion"))


@dataclass(frozen=True)
class Flaw:
    """Something in the objects that a check of `code` names: on `page` (0 = in the whole file), `what` it is.

    `behind` means that it matters only where it may be drawn behind the notice.
    """

    code: str
    page: int
    what: str
    behind: bool = False


@dataclass(frozen=True)
class Structure:
    """What the objects of the file say. `xmp` is None when there is no packet or it cannot be read.

    `leaves` counts the pages that the page tree holds, or is -1 when the tree contradicts itself.
    `strangers` are metadata in places where we write none. `stamps` are the texts of the last content of each page, and
    `rows` the numbers of strings in which they are shown. `whites` are the white rectangles that a page paints.
    `boxes` are what is seen of each page, in its user space, with its rotation in degrees.
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
    stamps: tuple[str, ...]
    rows: tuple[int, ...]
    whites: tuple[tuple[Box, ...], ...]
    fences: tuple[Box | None, ...]
    boxes: tuple[tuple[Box, int], ...]


@dataclass(frozen=True)
class Facts:
    """All that is known of one file. `shown` is the number of pages that a viewer finds, `paper` the one wanted, mm."""

    name: str
    notice: Notice
    pages: tuple[PageFacts, ...]
    structure: Structure
    shown: int
    permits: tuple[Permit, ...] = ()
    paper: tuple[float, float] | None = None

    @property
    def drawn(self) -> list[Flaw]:
        """The flaws that count: what can only be drawn behind the notice does not, where nothing can be drawn there."""
        fenced = bool(self.pages) and all(page.stamp is not None and page.stamp.fenced for page in self.pages)
        return [flaw for flaw in self.structure.flaws if not (flaw.behind and fenced)]
