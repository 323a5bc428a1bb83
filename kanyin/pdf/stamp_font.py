# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Fonts inside a PDF: the notice's own, and the engine's made smaller.

The notice is set in a subset of the house's Song face, made for one stamp and embedded by it.

The notice never uses a font that a document brings along: a face without ink, or with other ink behind its characters,
would print something else than what is found by searching. Only the characters that the stamp needs are embedded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kanyin.findings import ToolError, finding
from kanyin.tools.fontpin import pinned_font

FACE = "kanyin-song.otf"


@dataclass(frozen=True)
class StampFont:
    """A CID-keyed subset. `glyphs` gives character → (CID, advance in 1/1000 em); `cff` is bare CFF data."""

    name: str
    cff: bytes
    glyphs: dict[str, tuple[int, int]]
    ascent: int
    descent: int
    missing: tuple[str, ...]

    def width(self, text: str, size: float) -> float:
        """The length of a line, in points at `size` points; a character that is missing counts as one em."""
        return sum(self.glyphs[c][1] if c in self.glyphs else 1000 for c in text) * size / 1000

    def encode(self, text: str) -> str:
        """The hexadecimal string that shows `text` (2 bytes a character, Identity-H)."""
        return "".join(f"{self.glyphs[c][0]:04X}" for c in text)


def stamp_font(texts: Iterable[str], fonts: Path) -> StampFont:
    """Subset `fonts`/kanyin-song.otf to the characters of `texts`.

    Raises ToolError STAMP-FONT when the font is not there, or is not, byte for byte, the pinned one. The same
    characters give the same bytes. CIDs equal glyph ids, so that no charset table is needed.
    """
    import uharfbuzz as hb  # type: ignore[import-untyped]

    data = pinned_font(fonts, FACE)
    if data is None:
        raise ToolError(finding("STAMP-FONT", font=FACE, folder=fonts.name))
    face = hb.Face(data)
    font = hb.Font(face)
    wanted = sorted(set("".join(texts)))
    nominal = {c: gid for c in wanted if (gid := font.get_nominal_glyph(ord(c)))}
    plan = hb.SubsetInput()
    plan.glyph_set.update(nominal.values())
    plan.flags |= hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.CFF_IDENTITY_CHARSET | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    cff = bytes(hb.subset(face, plan).reference_table("CFF ").data)
    # Glyph ids are given out in the order of the original ones, .notdef first.
    order = {gid: n for n, gid in enumerate(sorted(set(nominal.values())), start=1)}
    scale = 1000 / face.upem
    extents = font.get_font_extents("ltr")
    tag = "".join(chr(65 + b % 26) for b in hashlib.sha256("".join(nominal).encode()).digest()[:6])
    return StampFont(
        name=f"{tag}+KanyinSong-Notice",
        cff=cff,
        glyphs={c: (order[g], round(font.get_glyph_h_advance(g) * scale)) for c, g in nominal.items()},
        ascent=round(extents.ascender * scale),
        descent=round(extents.descender * scale),
        missing=tuple(c for c in wanted if c not in nominal),
    )


def compact_cff(data: bytes, cids: Sequence[int]) -> bytes:
    """The bare CFF data of a CID-keyed OpenType font with the glyphs of `cids` alone, which keep their CIDs.

    The engine keeps the place of every glyph that is not used; here the charset says which CID each glyph has.
    """
    subset, _ = _only(data, cids)
    return bytes(subset.reference_table("CFF ").data)


def compact_truetype(data: bytes, cids: Sequence[int]) -> tuple[bytes, bytes]:
    """A TrueType font with the glyphs of `cids` alone, and the map from each CID to its glyph.

    Of its tables those are kept that a PDF wants of a CIDFontType2 (ISO 32000-1, 9.9).
    """
    subset, numbers = _only(data, cids, ("name", "OS/2", "post", "cmap", "GDEF", "GSUB", "GPOS", "gasp"))
    return bytes(subset.blob.data), b"".join(numbers.get(cid, 0).to_bytes(2, "big") for cid in range(65536))


def _only(data: bytes, glyphs: Sequence[int], drop: Sequence[str] = ()) -> tuple[Any, dict[int, int]]:
    """The font with these glyphs, and the new number of each."""
    import uharfbuzz as hb

    face = hb.Face(data)
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.flags |= hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in drop)
    plan = hb.SubsetPlan(face, wanted)
    return plan.execute(), dict(plan.old_to_new_glyph_mapping)
