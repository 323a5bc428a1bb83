# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Placed glyphs as text operators of a content stream, each glyph with the characters it stands for.

What is copied from the page must be what was written. A PDF font maps a glyph to characters once; where one glyph
serves two (a compatibility ideograph and its Han, a hyphen and the soft hyphen that a line end prints), the second is
written with a twin of the font, whose map is its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from kanyin.composition.shaping import Cluster


class PdfFont(Protocol):
    """A font resource: its name, and by glyph the width in thousandths of an em and the text it stands for."""

    hash: str
    widths: dict[int, int]
    to_unicode: dict[int, str]


Operation = tuple[str, "PdfFont | str | float"]


def operations(
    clusters: Sequence[Cluster | None],
    widths: Sequence[float],
    lead: Sequence[float],
    size: float,
    font_of: Callable[[Cluster, int], PdfFont],
    width_of: Callable[[Cluster, int], int],
) -> Iterator[Operation]:
    """("font", font), ("show", operand of TJ), ("rise", px) for clusters `widths` px wide, drawn `lead` px to the left.

    `font_of` gives the font of a cluster and its twins by number (0 is the font itself), `width_of` a glyph's width.
    """
    unit = 1000 / size
    font: PdfFont | None = None
    address, number = None, 0
    out = ""
    wanted = pen = 0.0  # thousandths of an em: where the next glyph belongs, and where the viewer's pen is
    for cluster, width, before in zip(clusters, widths, lead, strict=True):
        if cluster is None or not cluster.glyphs:
            wanted += width * unit
            continue
        place = wanted - before * unit
        texts = (cluster.text,) if len(cluster.glyphs) == 1 else _shared(cluster.text, len(cluster.glyphs))
        for (glyph, advance, dx, dy), text in zip(cluster.glyphs, texts, strict=True):
            here = font is not None and not number and cluster.font.address == address
            if font is None or not here or font.to_unicode.get(glyph, text) != text:
                use, number = _font(cluster, glyph, text, font_of)
                address = cluster.font.address
                if use is not font:
                    if out:
                        yield "show", out + ">"
                        out = ""
                    yield "font", use
                    font = use
            font.to_unicode[glyph] = text
            if glyph not in font.widths:
                font.widths[glyph] = width_of(cluster, glyph)
            shift = round(place + dx * unit - pen)
            if dy:
                if out:
                    yield "show", out + ">"
                yield "rise", -dy / 1000
                yield "show", f"{-shift}<{glyph:04x}>" if shift else f"<{glyph:04x}>"
                yield "rise", 0.0
                out = ""
            elif shift:
                out = f"{out}>{-shift}<{glyph:04x}" if out else f"{-shift}<{glyph:04x}"
            else:
                out = f"{out}{glyph:04x}" if out else f"<{glyph:04x}"
            pen += shift + font.widths[glyph]
            place += advance * unit
        wanted += width * unit
    if out:
        yield "show", out + ">"


def _font(cluster: Cluster, glyph: int, text: str, font_of: Callable[[Cluster, int], PdfFont]) -> tuple[PdfFont, int]:
    number = 0
    while True:
        font = font_of(cluster, number)
        if font.to_unicode.get(glyph, text) == text:
            return font, number
        number += 1


def _shared(text: str, glyphs: int) -> list[str]:
    """The text of a cluster shared out among its glyphs: the last ones stand for a character each, or for none."""
    single = min(glyphs, len(text)) - 1
    head = text[: len(text) - single]
    return [head, *text[len(text) - single :], *[""] * (glyphs - single - 1)]
