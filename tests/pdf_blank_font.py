# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A font that prints nothing: what a search finds in it, no eye sees."""

from __future__ import annotations

import functools
import io

from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


@functools.cache
def blank(glyphs: int = 200) -> bytes:
    names = [".notdef", *(f"g{n}" for n in range(1, glyphs))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({0xE000 + n: name for n, name in enumerate(names)})
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in names})
    builder.setupHorizontalMetrics({name: (1000, 0) for name in names})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Blank", "styleName": "Regular"})
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


class _Alone:
    """Stands for the font around bare CFF data: it has no other table."""

    recalcBBoxes = False

    def __contains__(self, tag: str) -> bool:
        return False


def without_ink(cff: bytes, cids: set[int]) -> bytes:
    """Bare CFF data in which the glyphs of `cids` have no outline; their widths are given by the PDF."""
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(cff), None)
    glyphs = fonts[fonts.fontNames[0]].CharStrings
    for cid, name in enumerate(glyphs.keys()):
        if cid in cids:
            glyphs[name].decompile()
            glyphs[name].program, glyphs[name].bytecode = ["endchar"], None
    out = io.BytesIO()
    fonts.compile(out, _Alone())
    return out.getvalue()
