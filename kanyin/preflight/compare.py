# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Two PDFs page by page, for proof rounds: pictures with what changed marked, and what changed in the text."""

from __future__ import annotations

import difflib
import io
from dataclasses import dataclass
from typing import Any

from kanyin.preflight.raster import Document

FAINT = 24
"""Steps of gray that nobody sees."""
MOST = 400
"""Lines of text that are shown for one page."""


@dataclass(frozen=True)
class Pair:
    """Page `number` of both files: PNG data, empty where a file has no such page; in the second one changes are marked.

    `share` is the part of its pixels that changed; `text` are lines of a unified diff.
    """

    number: int
    before: bytes
    after: bytes
    share: float
    text: tuple[str, ...]

    @property
    def same(self) -> bool:
        return not self.share and not self.text


def compare(left: bytes, right: bytes, first: str, second: str) -> tuple[Pair, ...]:
    """Every page of the longer file. Raises SourceError VERIFY-UNREADABLE, VERIFY-ENCRYPTED or VERIFY-BOX."""
    old, new = Document(left, first, forms=True), Document(right, second, forms=True)
    return tuple(_pair(old, new, number) for number in range(1, max(old.count, new.count) + 1))


def _pair(old: Document, new: Document, number: int) -> Pair:
    a = old.sketch(number)[0] if number <= old.count else None
    b = new.sketch(number)[0] if number <= new.count else None
    before = old.page(number, 1.0).lines.split("\n") if a else []
    after = new.page(number, 1.0).lines.split("\n") if b else []
    text = tuple(difflib.unified_diff(before, after, lineterm="", n=1))[2 : MOST + 2]
    if a is None or b is None:
        return Pair(number, _png(a), _png(b), 1.0, text)
    marked, share = _marked(a, b)
    return Pair(number, _png(a), _png(marked), share, text)


def _marked(a: Any, b: Any) -> tuple[Any, float]:
    """The second picture with changed places in red, a little wider than they are; and their share of it."""
    from PIL import Image, ImageChops, ImageFilter

    size = max(a.width, b.width), max(a.height, b.height)
    wide = [Image.new("L", size, 255) for _ in (a, b)]
    wide[0].paste(a, (0, 0))
    wide[1].paste(b, (0, 0))
    differs = ImageChops.difference(*wide).point([255 if step > FAINT else 0 for step in range(256)])
    share = differs.histogram()[255] / (size[0] * size[1])
    if a.size != b.size:
        share = max(share, 1 / (size[0] * size[1]))
    shown = wide[1].convert("RGB")
    shown.paste((255, 0, 0), mask=differs.filter(ImageFilter.MaxFilter(5)).point([step // 2 for step in range(256)]))
    return shown, share


def _png(picture: Any) -> bytes:
    if picture is None:
        return b""
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
