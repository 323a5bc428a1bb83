# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The font of the notice, put into a file of somebody else: Type 0 over CIDFontType0, Identity-H (ISO 32000-1, 9.7)."""

from __future__ import annotations

from typing import Any

from kanyin.pdf.metadata import Claims
from kanyin.pdf.stamp import to_unicode
from kanyin.pdf.stamp_font import StampFont


def embed(pdf: Any, font: StampFont, claims: Claims) -> Any:
    """A reference to the font. PDF/A-1 wants to be told which CIDs the subset has (ISO 19005-1, 6.3.5)."""
    import pikepdf

    name = pikepdf.Name(f"/{font.name}")
    program = pdf.make_stream(font.cff)
    program["/Subtype"] = pikepdf.Name.CIDFontType0C
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=name,
        Flags=4,
        FontFile3=program,
        ItalicAngle=0,
        StemV=60,
        Ascent=font.ascent,
        Descent=font.descent,
        CapHeight=733,
        FontBBox=pikepdf.Array([-1000, font.descent, 2000, font.ascent]),
    )
    by_cid = sorted(font.glyphs.values())
    if claims.a.startswith("1"):
        bits = bytearray(by_cid[-1][0] // 8 + 1)
        for cid, _ in ((0, 0), *by_cid):
            bits[cid // 8] |= 0x80 >> cid % 8
        descriptor["/CIDSet"] = pdf.make_stream(bytes(bits))
    system = pikepdf.Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0)
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType0,
        BaseFont=name,
        CIDSystemInfo=system,
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=1000,
        W=pikepdf.Array([value for cid, width in by_cid for value in (cid, pikepdf.Array([width]))]),
    )
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=name,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=pikepdf.Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(to_unicode(font)),
        )
    )
