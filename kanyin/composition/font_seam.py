# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""WeasyPrint's fonts, and nothing else: pieces of text shaped by its Pango, and what a face measures.

What `seam` is for lines, this file is for fonts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kanyin.composition.shaping import VARIANT, Cache, Cluster

USED = {
    "weasyprint.text.ffi": ("FROM_UNITS", "ffi", "pango"),
    "weasyprint.text.line_break": ("Layout", "_font_style_cache_key", "line_size"),
}
"""Module → what of it is called."""


@dataclass
class Face:
    """One font description: its shaped pieces, and the height of its line in px."""

    cache: Cache
    height: float


def face(style: Any) -> Face:
    """Kept with the font configuration, whose fonts it holds, so that both go together."""
    from weasyprint.text.line_break import Layout, _font_style_cache_key, line_size

    known: Face | None = style.__dict__.get("kanyin_face")
    if known is None:
        faces = style.font_config.__dict__.setdefault("kanyin_faces", {})
        description = _font_style_cache_key(style, include_size=True)
        known = faces.get(description)
        if known is None:
            layout = Layout(style)
            layout.set_text(" ")
            height = line_size(layout.get_first_line()[0], style)[1]
            known = faces[description] = Face(Cache(lambda text: shape(text, style)), height)
        style.kanyin_face = known
    return known


def hyphen(style: Any) -> Cluster | None:
    """The hyphen that a line end prints: in the text a soft one (ISO 32000-2, 14.8.2.2.3), no part of a word.

    Faces for Han give U+2010 a full em, most of it blank: the one of the keyboard is drawn instead.
    """
    cache = face(style).cache
    clusters = cache.clusters(style["hyphenate_character"])
    if clusters and clusters[0].text == "\u2010" and clusters[0].width > 0.6 * style["font_size"]:
        clusters = cache.clusters("-")
    return clusters[0]._replace(text="\u00ad") if clusters else None


def shape(text: str, style: Any) -> list[Cluster] | None:
    """Shape a piece of text with Pango; None when a glyph is missing."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango
    from weasyprint.text.line_break import Layout

    if text == "\n":
        return [Cluster("\n", 0.0, None, ())]
    if text == DASH:
        stroke = shape("\u2014", style)
        return stroke and _joined(stroke * 2, style["font_size"])
    plain = style.copy() if style["letter_spacing"] != "normal" or style["word_spacing"] else style
    if plain is not style:
        plain["letter_spacing"], plain["word_spacing"] = "normal", 0
    layout = Layout(plain)
    layout.set_text(text)
    data = text.encode()
    line, _ = layout.get_first_line()
    clusters: list[Cluster] = []
    run = line.runs[0] if line.runs != ffi.NULL else ffi.NULL
    while run != ffi.NULL:
        item = run.data
        run = run.next
        string, font = item.glyphs, _Font(item.item.analysis.font, layout)
        if item.item.analysis.level % 2:
            return None
        offset, length = item.item.offset, item.item.length
        number = string.num_glyphs
        marks = [string.log_clusters[i] for i in range(number)]
        i = 0
        while i < number:
            j = i + 1
            while j < number and marks[j] == marks[i]:
                j += 1
            glyphs = []
            width = 0.0
            for n in range(i, j):
                info = string.glyphs[n]
                if info.glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG and info.glyph != pango.PANGO_GLYPH_EMPTY:
                    return None
                geometry = info.geometry
                advance = geometry.width * FROM_UNITS
                width += advance
                if info.glyph != pango.PANGO_GLYPH_EMPTY:
                    glyphs.append((info.glyph, advance, geometry.x_offset * FROM_UNITS, geometry.y_offset * FROM_UNITS))
            stop = marks[j] if j < number else length
            piece = data[offset + marks[i] : offset + stop].decode()
            i = j
            if not glyphs and clusters and VARIANT.match(piece):  # belongs to the character before it
                clusters[-1] = clusters[-1]._replace(text=clusters[-1].text + piece)
            else:
                clusters.append(Cluster(piece, width, font, tuple(glyphs)))
    if len(clusters) == 1 and "\u2160" <= text <= "\u217f":
        return [_numeral(clusters[0], style["font_size"])]
    return clusters if "".join(c.text for c in clusters) == text else None


def _numeral(cluster: Cluster, size: float) -> Cluster:
    """A Roman numeral of one character as wide as its ink: only Han faces have it, in the middle of an em.

    Letters of the Latin face in its place would be copied as letters.
    """
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    if len(cluster.glyphs) != 1 or cluster.width < 0.85 * size:
        return cluster
    ((glyph, _, _, dy),) = cluster.glyphs
    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    pango.pango_font_get_glyph_extents(cluster.font.pango, glyph, ink, logical)
    beside = BESIDE * size
    width = ink.width * FROM_UNITS + 2 * beside
    return cluster._replace(width=width, glyphs=((glyph, width, beside - ink.x * FROM_UNITS, dy),))


BESIDE = 0.05
"""The blank on either side of a Roman numeral, as beside a letter, em."""

DASH = "\u2014\u2014"


def _joined(pair: list[Cluster], size: float) -> list[Cluster]:
    """A dash as one stroke in the middle of two em (CLREQ 3.1.4; GB/T 15834-2011, 4.13).

    Faces that serve Latin too draw U+2014 short, with room on both sides: two of them would be two strokes.
    """
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    if any(len(cluster.glyphs) != 1 for cluster in pair) or len(pair) != 2:
        return pair
    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    joined = []
    for cluster, first in zip(pair, (True, False), strict=True):
        ((glyph, _, _, dy),) = cluster.glyphs
        pango.pango_font_get_glyph_extents(cluster.font.pango, glyph, ink, logical)
        left, right = ink.x * FROM_UNITS, (ink.x + ink.width) * FROM_UNITS
        # they meet in the middle, and overlap by a hair, so that no renderer shows a seam
        dx = size - right + OVERLAP * size if first else -left - OVERLAP * size
        joined.append(cluster._replace(width=size, glyphs=((glyph, logical.width * FROM_UNITS, dx, dy),)))
    return joined


OVERLAP = 0.005


class _Font:
    """A Pango font, with the layout that keeps it alive."""

    __slots__ = ("address", "layout", "pango")

    def __init__(self, font: Any, layout: Any) -> None:
        from weasyprint.text.ffi import ffi

        self.pango, self.layout = font, layout.layout
        self.address = int(ffi.cast("uintptr_t", font))


def glyph_width(stream: Any, font: Any, glyph: int, size: float) -> int:
    from weasyprint.text.ffi import FROM_UNITS, pango

    pango.pango_font_get_glyph_extents(font, glyph, stream.ink_rect, stream.logical_rect)
    width: int = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
    return width
