# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""One face: from the file of a Debian package to a font of ours.

Why faces are made over at all: (1) the collections of Noto CJK hold ten faces of five languages, and a PDF engine finds
a face by family name on one machine and not on another; (2) Chinese marks must be squeezed by the font wherever text is
not composed by us, and the distributed faces lack the feature `chws` for it; (3) the Open Font License reserves names,
so a changed font needs its own. Bytes depend on the origin and on pinned libraries alone: no clock, no machine.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kanyin.config.fontlist import Face

# halt palt: half-width and proportional marks · locl: forms of a language · mark mkmk: combining marks
_HAN_FEATURES = ("halt", "palt", "locl", "kern", "ccmp", "liga", "mark", "mkmk")
# vertical metrics are set alike in all faces below; the others serve vertical text or are superseded
_DROPPED_TABLES = ("vmtx", "vhea", "VORG", "BASE", "DSIG", "FFTM", "hdmx", "VDMX", "LTSH", "kern")
_HANGUL = (
    (0x1100, 0x11FF), (0x3130, 0x318F), (0x3200, 0x321E), (0x3260, 0x327F), (0xA960, 0xA97F), (0xAC00, 0xD7FF),
    (0xFFA0, 0xFFDC),
)  # fmt: skip
# characters of private use mean nothing to anybody else, and PDF/A forbids them
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))
_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
# text layout leaves a space in the font of the run it stands in, whatever that font is
_SPACES = {0x20, 0xA0}
# seconds from 1904-01-01 to 2026-01-01, the time that every face carries
_MODIFIED = 3850070400
# one box for all faces, in thousandths of the em: lines keep their height whatever face falls in
_ASCENT, _DESCENT = 880, -120


def characters(path: Path, index: int = 0) -> set[int]:
    """The code points of a font file that can be used: no Hangul, no private use."""
    import uharfbuzz as hb  # type: ignore[import-untyped]

    found = set(hb.Face(hb.Blob.from_file_path(str(path)), index).unicodes)
    for first, last in (*_HANGUL, *_PRIVATE):
        found.difference_update(range(first, last + 1))
    return found


def make(face: Face, target: Path, unwanted: set[int]) -> None:
    """Write the face to `target`. `unwanted` are code points that it leaves to other faces."""
    elsewhere = unwanted - _SPACES
    wanted = characters(Path(face.origin.file), face.origin.index) - elsewhere - {ord(c) for c in face.drop}
    _subset(face, target, wanted)
    _finish(face, target)


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")


def _subset(face: Face, target: Path, wanted: set[int]) -> None:
    import uharfbuzz as hb

    source = hb.Face(hb.Blob.from_file_path(face.origin.file), face.origin.index)
    plan = hb.SubsetInput()
    plan.unicode_set.update(wanted)
    plan.unicode_set.update(_SELECTORS)
    for table in _DROPPED_TABLES:
        plan.drop_table_tag_set.add(_tag(table))
    if face.kind != "latin":
        plan.layout_feature_tag_set.clear()
        plan.layout_feature_tag_set.update(_tag(name) for name in _HAN_FEATURES)
    # In a PDF the codes of a CID-keyed font are CIDs, and the engine writes glyph numbers: both must be the same.
    plan.flags |= hb.SubsetFlags.CFF_IDENTITY_CHARSET
    if face.kind == "rare":
        plan.flags |= hb.SubsetFlags.NO_HINTING
    target.write_bytes(hb.subset(source, plan).blob.data)


def _finish(face: Face, target: Path) -> None:
    """Squeezing marks, names, weights, metrics. Only small tables are touched: recompiling outlines takes a minute."""
    import asyncio

    from east_asian_spacing import Builder  # type: ignore[import-untyped]

    builder = Builder(target)
    if face.kind == "han":
        asyncio.run(builder.build())
    font = builder.font.ttfont
    font.recalcTimestamp = False
    font.recalcBBoxes = False
    for table in [tag for tag in font.tables if tag not in ("GPOS", "GlyphOrder")]:
        del font.tables[table]  # what was only looked at is copied byte by byte
    _rename(face, font)
    _measure(face, font)
    font["head"].created = font["head"].modified = _MODIFIED
    font["head"].macStyle = (1 if face.weight == 700 else 0) | (2 if face.italic else 0)
    font.save(target, reorderTables=None)
    font.close()


def _rename(face: Face, font: Any) -> None:
    names = font["name"]
    kept = {number: names.getDebugName(number) for number in (0, 5, 13, 14)}
    origin = names.getDebugName(4)
    style = {(400, False): "Regular", (700, False): "Bold", (400, True): "Italic", (700, True): "Bold Italic"}[
        face.weight, face.italic
    ]
    postscript = f"{face.family.replace(' ', '')}-{style.replace(' ', '')}"
    names.names = []
    values = {
        **kept,
        1: face.family,
        2: style,
        3: f"kanyin: {postscript}",
        4: f"{face.family} {style}",
        6: postscript,
        10: f"Changed from {origin} of the Debian package {face.origin.package}: renamed, subset, one set of metrics.",
    }
    for number, value in sorted(values.items()):
        if value:
            names.setName(value, number, 3, 1, 0x409)


def _measure(face: Face, font: Any) -> None:
    em = font["head"].unitsPerEm
    ascent, descent = round(_ASCENT * em / 1000), round(_DESCENT * em / 1000)
    horizontal, system = font["hhea"], font["OS/2"]
    horizontal.ascent, horizontal.descent, horizontal.lineGap = ascent, descent, 0
    system.sTypoAscender, system.sTypoDescender, system.sTypoLineGap = ascent, descent, 0
    system.usWeightClass = face.weight
    regular, bold, italic = 1 << 6, 1 << 5, 1 << 0
    system.fsSelection = (bold if face.weight == 700 else 0) | (italic if face.italic else 0) or regular
    system.fsType = 0
