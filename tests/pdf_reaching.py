# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Drawings at the foot of a page that PDFium draws in white or not at all, and other viewers over the notice in black.

Importing this adds them to `pdf_attacks.ATTACKS`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
from pdf_attacks import BOX, attack
from pdf_blank_font import blank

N = pikepdf.Name
FOOT = b"0 0 900 60 re f "
HAIRS = b" ".join(b"0 %.3f m 900 %.4f l 900 %.4f l h f" % (y / 5, y / 5 + 0.0003, y / 5 + 0.0005) for y in range(300))


def before(pdf: pikepdf.Pdf, content: bytes, **resources: Any) -> None:
    """Draw first on every page; `resources` are category → dictionary."""
    for page in pdf.pages:
        held = page.obj.Resources
        for category, entries in resources.items():
            held[f"/{category}"] = pikepdf.Dictionary(dict(held.get(f"/{category}", {}).items()) | entries)
        stream = page.obj.Contents[1]
        stream.write(b"q " + content + b" Q " + stream.read_bytes())


def form(pdf: pikepdf.Pdf, content: bytes, **entries: Any) -> Any:
    values = {"Type": N.XObject, "Subtype": N.Form, "BBox": BOX, "Resources": pikepdf.Dictionary()} | entries
    return pdf.make_stream(content, **values)


def tile(pdf: pikepdf.Pdf, content: bytes = b"0 g " + FOOT, **entries: Any) -> Any:
    values = {"Type": N.Pattern, "PatternType": 1, "PaintType": 1, "TilingType": 1, "XStep": 900, "YStep": 60}
    values |= {"BBox": BOX, "Resources": pikepdf.Dictionary()}
    return pdf.make_stream(content, **(values | entries))


def axial(coords: list[float]) -> Any:
    ramp = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0], C1=[0], N=1)
    shading = pikepdf.Dictionary(ShadingType=2, ColorSpace=N.DeviceGray, Coords=coords, Function=ramp)
    shading.Extend = [True, True]
    return pikepdf.Dictionary(PatternType=2, Shading=shading)


def reaches(name: str, content: bytes) -> None:
    @attack(name, "VERIFY-ZONE", text_remains=True, alone=True)
    def _(pdf: pikepdf.Pdf) -> None:
        before(pdf, content)


reaches("hairs that one viewer leaves out", b"0 g " + HAIRS)
reaches("hairs across", b"0 g " + b" ".join(b"%d 0 m %d 60 l %.4f 60 l h f" % (x, x, x + 0.003) for x in range(900)))
reaches("white drawn as a path", b"1 g 0 0 m 900 0 l 900 60 l 0 60 l h f")
reaches("white stroke", b"1 G 60 w 0 30 m 900 30 l S")
reaches("two white rectangles in one path", b"1 g 0 0 900 30 re 0 30 900 30 re f")
reaches("path without paint but a clip of text", b"7 Tr 1 g 0 0 m 900 0 l 900 60 l h f")


@attack("hairs in a form", "VERIFY-ZONE", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    before(
        pdf,
        b"1 0 0 1 0 -300 cm /Fx Do",
        XObject={"/Fx": form(pdf, b"1 0 0 1 0 300 cm 0 g " + HAIRS, BBox=[0, 0, 900, 900])},
    )


@attack("white rectangle under half a state", "VERIFY-ZONE", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    state = pikepdf.Dictionary(BM=N.Multiply)
    before(pdf, b"/Half gs 1 g " + FOOT, ExtGState={"/Half": state})


def painted(name: str, **coords: Any) -> None:
    @attack(name, "VERIFY-ZONE", text_remains=True, alone=False)
    def _(pdf: pikepdf.Pdf) -> None:
        before(pdf, b"/Pattern cs /P scn " + FOOT, Pattern={"/P": tile(pdf, **coords)})


painted("tile whose box is turned", BBox=[900, 60, 0, 0])
painted("tile without a step", XStep=0, YStep=0)
painted("tile of a thousandth", content=b"0 g 0 0 .002 .002 re f", XStep=0.05, YStep=0.05, BBox=[0, 0, 0.05, 0.05])


@attack("shading of no length, and a white rectangle in its place", "VERIFY-ZONE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    pattern = {"/P": axial([300, 30, 300, 30])}
    before(pdf, b"1 g " + FOOT + b"/Pattern cs /P scn " + FOOT, Pattern=pattern)


@attack("number that a palette does not have", "VERIFY-ZONE", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    space = pikepdf.Array([N.Indexed, N.DeviceGray, 1, pikepdf.String(b"\xff\x00")])
    before(pdf, b"/X cs 300 scn " + FOOT, ColorSpace={"/X": space})


@attack("tiles without a colour of their own", "VERIFY-ZONE", "VERIFY-CONTENT", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    pattern = {"/P": tile(pdf, FOOT, PaintType=2)}
    before(pdf, b"/X cs /P scn " + FOOT, Pattern=pattern, ColorSpace={"/X": pikepdf.Array([N.Pattern])})


@attack("soft mask by what is behind it", "VERIFY-ZONE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    group = form(pdf, b"", BBox=[0, 0, 1, 1], Group=pikepdf.Dictionary(S=N.Transparency))
    mask = pikepdf.Dictionary(Type=N.Mask, S=N.Luminosity, G=group, BC=[1])
    before(pdf, b"/Z gs 0 g " + FOOT, ExtGState={"/Z": pikepdf.Dictionary(SMask=mask)})


@attack("image of three bits within a tile", "VERIFY-ZONE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    image = pdf.make_stream(b"\0" * 8, Type=N.XObject, Subtype=N.Image, Width=1, Height=1, BitsPerComponent=3)
    image.ColorSpace = N.DeviceGray
    resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
    pattern = {"/P": tile(pdf, b"q 900 0 0 60 0 0 cm /I Do Q", Resources=resources)}
    before(pdf, b"/Pattern cs /P scn " + FOOT, Pattern=pattern)


# ---------------------------------------------------------------- left out by PDFium altogether


@attack("form that does not say that it is one", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    drawn = form(pdf, b"0 g " + FOOT)
    del drawn["/Subtype"]
    before(pdf, b"/Fx Do", XObject={"/Fx": drawn})


def named(name: str, category: str, make: Any, code: str = "VERIFY-CONTENT") -> None:
    """Named by the pages, and drawn with by none of them."""

    @attack(name, code, text_remains=True, alone=True)
    def _(pdf: pikepdf.Pdf) -> None:
        before(pdf, b"", **{category: {"/X": make(pdf)}})


HALF = pikepdf.Dictionary(HT=pikepdf.Dictionary(Type=N.Halftone, HalftoneType=1, Frequency=60, Angle=0))
TURNED = pikepdf.Array([900, 60, 0, 0])
BITS = {"Type": N.XObject, "Subtype": N.Image, "Width": 1, "Height": 1, "ColorSpace": N.DeviceGray}
named("form with its box turned", "XObject", lambda pdf: form(pdf, b"", BBox=TURNED))
named("form with a box of nothing", "XObject", lambda pdf: form(pdf, b"", BBox=[0, 0, 0, 0]))
named("form with half a matrix", "XObject", lambda pdf: form(pdf, b"", Matrix=[1, 0, 0]))
named("tile of no step", "Pattern", lambda pdf: tile(pdf, b"", XStep=0))
named("shading from a point to itself", "Pattern", lambda pdf: axial([300, 30, 300, 30]))
named("image of three bits", "XObject", lambda pdf: pdf.make_stream(b"\0", **BITS, BitsPerComponent=3))
named("halftone of its own", "ExtGState", lambda pdf: HALF)
FONT = pikepdf.Dictionary(Subtype=N.Type1, BaseFont=N.Helvetica)
named("font that does not say that it is one", "Font", lambda pdf: FONT, "VERIFY-ACTIVE")


@attack("soft mask of no colour space", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    group = form(pdf, b"", Group=pikepdf.Dictionary(S=N.Transparency))
    mask = pikepdf.Dictionary(Type=N.Mask, S=N.Luminosity, G=group, BC=[1])
    before(pdf, b"", ExtGState={"/Z": pikepdf.Dictionary(SMask=mask)})


# ---------------------------------------------------------------- read in different ways

_R = b"0 g 0 0 900 60 re f"
LOOSE = {
    "image that each viewer ends elsewhere": b"q BI /W 1 /H 1 /BPC 8 /CS /G /F /Foo ID 00 (EI ) " + _R + b" EI Q",
    "operators run together": b"q 1 0 0 1 0 900 cm 0 g 0 0 900 60re f Q",
    "number with a power of ten": b"q 0 g 1 0 0 1 0 500 cm 0 1e2 900 40 re f Q",
    "number of another base": b"q 0 g 1 0 0 1 0 500 cm 0 16#64 900 40 re f Q",
    "number with two signs": b"q 0 g 1 0 0 1 0 500 cm 0 --5 900 40 re f Q",
    "number larger than a short one": b"q 0 g 1 0 0 1 0 500 cm 0 99999 900 40 re f Q",
    "curve from nowhere": b"q 0 g 1 0 0 1 0 500 cm 0 60 900 60 v 0 0 l f Q",
    "clip too tall for a long number": b"q 0 500 900 -3000000000 re W n 1 0 0 1 0 500 cm 0 g 0 0 900 60 re f Q",
}


def _loose(content: bytes) -> Callable[[pikepdf.Pdf], None]:
    def edit(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            body = page.obj.Contents[1]
            body.write(content + b"\n" + body.read_bytes())

    return edit


for name, content in LOOSE.items():
    attack(f"{name}, in the body", "VERIFY-CONTENT", text_remains=True)(_loose(content))


def _mapped(change: Callable[[pikepdf.Pdf, pikepdf.Dictionary], None]) -> Callable[[pikepdf.Pdf], None]:
    """A TrueType font of its own, drawn well above the foot, that `change` makes ambiguous."""

    def edit(pdf: pikepdf.Pdf) -> None:
        program = pdf.make_stream(blank())
        descriptor = pikepdf.Dictionary(Type=N.FontDescriptor, FontName=N("/ABCDEF+Blank"), Flags=4, FontFile2=program)
        system = pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0)
        below = pikepdf.Dictionary(Type=N.Font, Subtype=N.CIDFontType2, BaseFont=N("/ABCDEF+Blank"))
        below.FontDescriptor, below.CIDSystemInfo, below.CIDToGIDMap = descriptor, system, N.Identity
        font = pikepdf.Dictionary(Type=N.Font, Subtype=N.Type0, BaseFont=N("/ABCDEF+Blank"), Encoding=N("/Identity-H"))
        font.DescendantFonts = pikepdf.Array([below])
        change(pdf, font)
        for page in pdf.pages:
            page.obj.Resources.Font.Other = font
            body = page.obj.Contents[1]
            body.write(b"q BT /Other 9 Tf 1 0 0 1 72 400 Tm <00020002> Tj ET Q\n" + body.read_bytes())

    return edit


def _simple(pdf: pikepdf.Pdf, font: pikepdf.Dictionary) -> None:
    font.Subtype, font.FontDescriptor = N.TrueType, font.DescendantFonts[0].FontDescriptor
    font.Encoding = pikepdf.Dictionary(Type=N.Encoding, Differences=[0, N.g2])
    del font["/DescendantFonts"]


def _short(pdf: pikepdf.Pdf, font: pikepdf.Dictionary) -> None:
    font.DescendantFonts[0].CIDToGIDMap = pdf.make_stream(bytes(4))


def _other_codes(pdf: pikepdf.Pdf, font: pikepdf.Dictionary) -> None:
    font.Encoding = pdf.make_stream(b"/Identity-H usecmap", Type=N.CMap, CMapName=N.X)


attack("symbolic font with names for its glyphs", "VERIFY-CONTENT", text_remains=True)(_mapped(_simple))
attack("map of glyphs that ends too soon", "VERIFY-CONTENT", text_remains=True, alone=True)(_mapped(_short))
attack("codes that use a map of the viewer's", "VERIFY-CONTENT", text_remains=True)(_mapped(_other_codes))
