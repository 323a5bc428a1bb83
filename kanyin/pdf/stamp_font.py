# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The notice's own font: a subset of the house's Song face, made for one stamp and embedded by it.

The notice never uses a font that a document brings along: a face without ink, or with other ink behind its characters,
would print something else than what is found by searching. Only the characters that the stamp needs are embedded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kanyin.findings import ToolError, finding

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
    """Subset `fonts`/kanyin-song.otf to the characters of `texts`. Raises ToolError when the font is not there.

    The same characters give the same bytes. CIDs equal glyph ids, so that no charset table is needed.
    """
    import uharfbuzz as hb  # type: ignore[import-untyped]

    path = fonts / FACE
    if not path.is_file():
        raise ToolError(finding("STAMP-FONT", font=FACE, folder=fonts.name))
    face = hb.Face(hb.Blob.from_file_path(str(path)))
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
