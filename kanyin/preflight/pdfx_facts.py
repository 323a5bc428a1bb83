# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What a press looks at in a file, before any rule judges it.

`pdfx_read` fills in the document, `pdfx_pages` what is painted; the rules in `pdfx` see nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kanyin.preflight.facts import Box, Packet

Kind = Literal["text", "path", "image", "shading"]


@dataclass(frozen=True)
class Paint:
    """Something painted in one colour. `inks` is (c, m, y, k) from 0 to 1, or () where the space has no inks.

    `box` holds it in user space, () for text; `over` means that it overprints with OPM 1.
    """

    kind: Kind
    space: str
    inks: tuple[float, ...]
    box: Box | None = None
    over: bool = False


@dataclass(frozen=True)
class Picture:
    """An image where it is placed. `ppi` is the lower of its resolutions; `ink` the most on one pixel, in percent."""

    name: str
    space: str
    ppi: float
    bits: int
    mask: bool
    ink: float
    box: Box


@dataclass
class PageFacts:
    """One page. `lines` are widths of strokes in points, `groups` the spaces of transparency groups.

    `masked` are the spaces of colours in soft masks: they print no ink of their own, but have to be explained too.
    """

    number: int
    boxes: dict[str, Box] = field(default_factory=dict)
    annotations: list[tuple[str, Box]] = field(default_factory=list)
    paints: dict[Paint, None] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    lines: dict[float, Box] = field(default_factory=dict)
    groups: dict[str, None] = field(default_factory=dict)
    masked: dict[str, None] = field(default_factory=dict)
    fonts: dict[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class OutputIntent:
    """An entry of OutputIntents. `profile` is (class, space) of its ICC profile, or () when there is none to read."""

    kind: str
    identifier: str
    info: str
    registry: str
    profile: tuple[str, ...]
    parts: int


@dataclass(frozen=True)
class PressFacts:
    """A whole file. `keys` are the names of dictionary entries that can act or bring something along, wherever."""

    name: str
    header: str
    xmp: Packet | None
    info: Mapping[str, str]
    ids: int
    encrypted: bool
    intents: tuple[OutputIntent, ...]
    actions: tuple[str, ...]
    forms: bool
    attachments: bool
    postscript: bool
    opi: bool
    alternates: bool
    transfer: tuple[str, ...]
    filters: tuple[str, ...]
    pages: tuple[PageFacts, ...]
