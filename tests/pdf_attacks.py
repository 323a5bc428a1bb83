# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Ways to lose, hide, change or contradict the notice of a finished file, each with the codes that must find it.

An edit gets the opened file, three pages stamped for a permit with a credit line and a special statement.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pikepdf
from pdf_blank_font import blank

Edit = Callable[[pikepdf.Pdf], None]


@dataclass(frozen=True)
class Attack:
    """`text_remains`: searching the page still finds the whole notice, so that only a picture can tell.

    `alone`: no other check than those of `codes` finds it; without them the file would pass.
    """

    name: str
    edit: Edit
    codes: frozenset[str]
    text_remains: bool = False
    alone: bool = False


ATTACKS: list[Attack] = []


def attack(name: str, *codes: str, text_remains: bool = False, alone: bool = False) -> Callable[[Edit], Edit]:
    def register(edit: Edit) -> Edit:
        ATTACKS.append(Attack(name, edit, frozenset(codes), text_remains, alone))
        return edit

    return register


def draw(pdf: pikepdf.Pdf, content: str, **resources: Any) -> None:
    """Add content on top of every page. `resources` are category → dictionary."""
    for page in pdf.pages:
        for category, entries in resources.items():
            held = page.obj.Resources.get(f"/{category}", pikepdf.Dictionary())
            for key, value in entries.items():
                held[f"/{key}"] = value
            page.obj.Resources[f"/{category}"] = held
        page.contents_add(content.encode(), prepend=False)


def stamp_of(page: pikepdf.Page) -> Any:
    """The content stream of the notice, the last one."""
    return page.obj.Contents[-1]


def rewrite(pdf: pikepdf.Pdf, pattern: bytes, replacement: bytes) -> None:
    """Change the content of the stamps; the pattern must be there."""
    for page in pdf.pages:
        stream = stamp_of(page)
        changed, count = re.subn(pattern, replacement, stream.read_bytes())
        assert count
        stream.write(changed)


def notice_font(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj.Resources.Font.Notice


def packet(pdf: pikepdf.Pdf, pattern: str, replacement: str) -> None:
    text = pdf.Root.Metadata.read_bytes().decode()
    changed, count = re.subn(pattern, replacement, text, flags=re.DOTALL)
    assert count
    pdf.Root.Metadata.write(changed.encode())


WHITE_BOX = "q 1 g 0 0 900 60 re f Q"
BOX = [0, 0, 900, 60]
INK = "VERIFY-NOTICE-INK"
STATE = {"ExtGState": {"Thin": pikepdf.Dictionary(ca=0.75, CA=0.75)}}
DIFFERENCE = {"ExtGState": {"Turn": pikepdf.Dictionary(BM=pikepdf.Name.Lighten)}}

# ---------------------------------------------------------------- something over it


@attack("white rectangle", INK, "VERIFY-PAGE-LABEL", "VERIFY-CREDIT", "VERIFY-STATEMENT", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    draw(pdf, WHITE_BOX)


@attack("white rectangle over one character", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "q 1 g 300 36 7 8 re f Q")


@attack("white rectangle over half the height of the lines", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "q 1 g " + " ".join(f"0 {y} 900 1.5 re" for y in range(0, 60, 4)) + " f Q")


@attack("white rectangle in a form", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(WHITE_BOX.encode(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=BOX)
    draw(pdf, "/Cover Do", XObject={"Cover": form})


@attack("black rectangle", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "q 0 g 0 0 900 60 re f Q")


@attack("black rectangle behind", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.contents_add(b"q 0 g 0 0 900 60 re f Q", prepend=True)


@attack("pale veil", "VERIFY-NOTICE-CONTRAST", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    draw(pdf, f"q /Thin gs {WHITE_BOX} Q", **STATE)


@attack("lighten blend", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    draw(pdf, f"q /Turn gs {WHITE_BOX} Q", **DIFFERENCE)


@attack("shading", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    ramp = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[1], C1=[0.9], N=1)
    shading = pikepdf.Dictionary(
        ShadingType=2, ColorSpace=pikepdf.Name.DeviceGray, Coords=[0, 0, 600, 0], Function=ramp
    )
    shading.Extend = [True, True]
    draw(pdf, "q 0 0 900 60 re W n /Ramp sh Q", Shading={"Ramp": shading})


@attack("image", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    image = pdf.make_stream(b"\xff", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1)
    image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    draw(pdf, "q 900 0 0 60 0 0 cm /White Do Q", XObject={"White": image})


@attack("strike-through", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "q 0 G 0.5 w " + " ".join(f"100 {y} m 500 {y} l" for y in range(2, 60, 3)) + " S Q")


@attack("white hairlines", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "q 1 G 0.5 w " + " ".join(f"100 {y} m 500 {y} l" for y in range(2, 60, 3)) + " S Q")


@attack("other text printed over it", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    lines = "".join(f"1 0 0 1 120 {y} Tm (HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH) Tj\n" for y in (24, 34, 44))
    draw(pdf, f"BT /Over 12 Tf {lines} ET", Font={"Over": font})


@attack("annotation with a white picture", "VERIFY-ANNOTATION", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    look = pdf.make_stream(WHITE_BOX.encode(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=BOX)
    for page in pdf.pages:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=BOX, F=4)
        note.AP = pikepdf.Dictionary(N=look)
        page.obj.Annots = pdf.make_indirect(pikepdf.Array([note]))


@attack("hidden annotation, which a script may show", "VERIFY-ANNOTATION", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[100, 0, 200, 60], F=2)
        page.obj.Annots = pikepdf.Array([pdf.make_indirect(note)])


@attack("annotation without a place", "VERIFY-ANNOTATION", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Popup)
    pdf.pages[1].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])


def _layer(pdf: pikepdf.Pdf, on: bool) -> Any:
    group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("cover")))
    shown = pikepdf.Dictionary({"/ON" if on else "/OFF": [group]})
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[group], D=shown)
    return group


@attack("white rectangle on a layer that is off", "VERIFY-LAYER", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    draw(pdf, f"/OC /Cover BDC {WHITE_BOX} EMC", Properties={"Cover": _layer(pdf, on=False)})


@attack("the notice itself on a layer that is on", "VERIFY-LAYER", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    group = _layer(pdf, on=True)
    draw(pdf, "", Properties={"Cover": group})
    for page in pdf.pages:
        stream = page.obj.Contents[-2]
        stream.write(b"/OC /Cover BDC " + stream.read_bytes() + b" EMC")


@attack("white rectangle on a layer that no list names", "VERIFY-LAYER", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    off = pikepdf.Dictionary(View=pikepdf.Dictionary(ViewState=pikepdf.Name.OFF))
    group = pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("x"), Usage=off)
    draw(pdf, f"/OC /Cover BDC {WHITE_BOX} EMC", Properties={"Cover": pdf.make_indirect(group)})


@attack("form on a layer that no list names", "VERIFY-LAYER", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=BOX)
    form.OC = pikepdf.Dictionary(Type=pikepdf.Name.OCMD)
    draw(pdf, "/Cover Do", XObject={"Cover": form})


def _annotate(pdf: pikepdf.Pdf, **entries: Any) -> None:
    """An annotation whose rectangle lies away from the notice."""
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[0, 300, 600, 301], **entries)
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])


BROAD = pikepdf.Dictionary(W=600)
NO_LINE = pikepdf.Dictionary(W=0)


@attack("link with a border as wide as the page", "VERIFY-ANNOTATION", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    _annotate(pdf, Subtype=pikepdf.Name.Link, BS=BROAD)


@attack("link with a border of the old kind", "VERIFY-ANNOTATION", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    _annotate(pdf, Subtype=pikepdf.Name.Link, BS=NO_LINE, Border=[0, 0, 600])


@attack("link that does not grow with the page", "VERIFY-ANNOTATION", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    _annotate(pdf, Subtype=pikepdf.Name.Link, BS=NO_LINE, F=8)


@attack("line with a stroke as wide as the page", "VERIFY-ANNOTATION", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    _annotate(pdf, Subtype=pikepdf.Name.Line, L=[0, 30, 600, 30], BS=BROAD)


@attack("annotations that are none", "VERIFY-ANNOTATION", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots = pikepdf.Array([1, pikepdf.Name.X])


SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("this.addAnnot({})"))


@attack("script when the file is opened", "VERIFY-ACTIVE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = SCRIPT


@attack("script when a page is seen", "VERIFY-ACTIVE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.AA = pikepdf.Dictionary(O=SCRIPT)


@attack("script by name", "VERIFY-ACTIVE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=[pikepdf.String("x"), SCRIPT]))


@attack("form that replaces the pages", "VERIFY-ACTIVE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))


@attack("another file inside that is shown instead", "VERIFY-ACTIVE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["other.pdf"] = b"%PDF-1.7"
    pdf.Root.Collection = pikepdf.Dictionary(D=pikepdf.String("other.pdf"), View=pikepdf.Name.H)


@attack("another part of the page printed", "VERIFY-ACTIVE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(PrintArea=pikepdf.Name.ArtBox)


@attack("another picture for the printer", "VERIFY-ACTIVE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    image = pdf.make_stream(b"\xff", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1)
    image.ColorSpace, image.BitsPerComponent, image.Alternates = pikepdf.Name.DeviceGray, 8, pikepdf.Array([])
    draw(pdf, "", XObject={"Picture": image})


@attack("transfer function", "VERIFY-CONTENT", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    white = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[1], C1=[1], N=1)
    draw(pdf, "", ExtGState={"Turn": pikepdf.Dictionary(TR2=white)})


# ---------------------------------------------------------------- no ink, other ink


@attack("invisible text (render mode 3)", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"\bBT\b", b"BT 3 Tr")


@attack("outline text (render mode 1)", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"\bBT\b", b"1 w BT 1 Tr")


@attack("text as a clip (render mode 7)", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"\bBT\b", b"BT 7 Tr")


@attack("white text", INK, "VERIFY-NOTICE-CONTRAST", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"\b0 g\b", b"1 g")


@attack("pale gray text", "VERIFY-NOTICE-CONTRAST", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"\b0 g\b", b"0.6 g")


@attack("yellow text", "VERIFY-NOTICE-CONTRAST", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"\b0 g\b", b"1 0.9 0 rg")


@attack("transparent text", "VERIFY-NOTICE-CONTRAST", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.Resources.ExtGState = pikepdf.Dictionary(Thin=pikepdf.Dictionary(ca=0.2))
    rewrite(pdf, rb"\b0 g\b", b"/Thin gs 0 g")


@attack("clipped away", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"\bBT\b", b"0 0 1 1 re W n BT")


@attack("clipped at the middle", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"\bBT\b", b"0 0 297 60 re W n BT")


@attack("content that leaves its state behind", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.contents_add(b"0 0 1 1 re W n q", prepend=True)
        page.obj.Contents[1].write(b"Q " + page.obj.Contents[1].read_bytes())


@attack("characters pushed together", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"\bBT\b", b"BT -6.5 Tc")


@attack("squeezed", "VERIFY-NOTICE-TURNED", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"\bBT\b", b"BT 40 Tz")


@attack("font without ink", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    descendant = notice_font(pdf).DescendantFonts[0]
    descendant.Subtype = pikepdf.Name.CIDFontType2
    descendant.CIDToGIDMap = pikepdf.Name.Identity
    del descendant.FontDescriptor["/FontFile3"]
    descendant.FontDescriptor.FontFile2 = pdf.make_stream(blank())


@attack("font not embedded", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    del notice_font(pdf).DescendantFonts[0].FontDescriptor["/FontFile3"]


@attack("other characters under the same text (ToUnicode)", INK, text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    """Print every character as its neighbour in the font, and let the map translate it back."""
    table = dict(re.findall(rb"<(\w{4})> <(\w+)>", notice_font(pdf).ToUnicode.read_bytes()))
    codes = sorted(set(table) - {b"0000"})
    shifted = dict(zip(codes, codes[1:] + codes[:1], strict=True))
    for page in pdf.pages:
        stream = stamp_of(page)
        stream.write(
            re.sub(
                rb"<(\w+)> Tj",
                lambda m: b"<" + b"".join(shifted[c] for c in re.findall(rb"\w{4}", m[1])) + b"> Tj",
                stream.read_bytes(),
            )
        )
    rows = b"".join(b"<%s> <%s>\n" % (shifted[code], text) for code, text in table.items() if code in shifted)
    cmap = notice_font(pdf).ToUnicode.read_bytes()
    notice_font(pdf).ToUnicode.write(re.sub(rb"(?<=beginbfchar\n).*(?=endbfchar)", lambda _: rows, cmap, flags=re.S))


# ---------------------------------------------------------------- elsewhere, other size


@attack("too small", "VERIFY-NOTICE-SIZE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"\bcm\b", b"cm 0.8 0 0 0.8 60 0 cm")


@attack("one character too small", "VERIFY-NOTICE-SIZE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"7 Tf (.*?)<(\w{4})", rb"3 Tf \1<\2> Tj /Notice 7 Tf <")


@attack("too large to be small print", "VERIFY-NOTICE-SIZE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.UserUnit = 4


@attack("upside down", "VERIFY-NOTICE-TURNED", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"\bcm\b", b"cm -1 0 0 -1 595 60 cm")


@attack("mirrored", "VERIFY-NOTICE-TURNED", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"\bcm\b", b"cm -1 0 0 1 595 0 cm")


@attack("slanted", "VERIFY-NOTICE-TURNED", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"\bcm\b", b"cm 1 0 0.5 1 0 0 cm")


@attack("page turned", "VERIFY-NOTICE-TURNED", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].obj.Rotate = 90


@attack("unit of the page", "VERIFY-NOTICE-SIZE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.UserUnit = 0.5


@attack("moved below the page", "VERIFY-NOTICE-OUTSIDE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"\bcm\b", b"cm 1 0 0 1 0 -100 cm")


@attack("moved half over the left edge", "VERIFY-NOTICE-OUTSIDE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"\bcm\b", b"cm 1 0 0 1 -200 0 cm")


@attack("CropBox above it", "VERIFY-NOTICE-OUTSIDE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.CropBox = [0, 60, 595, 842]


@attack("CropBox through it", "VERIFY-NOTICE-OUTSIDE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.CropBox = [0, 40, 595, 842]


@attack("MediaBox above it", "VERIFY-NOTICE-OUTSIDE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.MediaBox = [0, 60, 595, 842]


@attack("TrimBox above it", "VERIFY-NOTICE-OUTSIDE", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.TrimBox = [0, 60, 595, 842]


# ---------------------------------------------------------------- words and pages


@attack("no stamp on one page", "VERIFY-NOTICE-MISSING", "VERIFY-PAGE-LABEL", "VERIFY-CREDIT", "VERIFY-STATEMENT")
def _(pdf: pikepdf.Pdf) -> None:
    stamp_of(pdf.pages[1]).write(b"\nQ\n")


@attack("no map from glyphs to text", "VERIFY-NOTICE-MISSING")
def _(pdf: pikepdf.Pdf) -> None:
    del notice_font(pdf)["/ToUnicode"]


@attack("one clause less", "VERIFY-NOTICE-TEXT")
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"(?s)(7 Tf.*?)/Notice 7 Tf.*?Tj\n", rb"\1")


@attack("text between the clauses", "VERIFY-NOTICE-TEXT")
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"<(\w{8})(\w+)> Tj", rb"<\1\2\1> Tj")


@attack("one credit line less", "VERIFY-CREDIT", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"/Notice 6 Tf[^\n]*Tj\n", b"")


@attack("page added", "VERIFY-NOTICE-MISSING", "VERIFY-PAGE-LABEL")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page(page_size=(595, 842))


@attack("page taken out", "VERIFY-PAGE-LABEL", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1]


@attack("pages in another order", "VERIFY-PAGE-LABEL", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages.reverse()


# ---------------------------------------------------------------- metadata


@attack("no XMP", "VERIFY-XMP-MISSING", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Metadata"]


@attack("XMP that is not XML", "VERIFY-XMP-MISSING", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata.write(b"<rdf:RDF")


@attack("XMP with entities", "VERIFY-XMP-MISSING", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata.write(b'<!DOCTYPE x [<!ENTITY a "a">]>' + pdf.Root.Metadata.read_bytes())


@attack("other rights", "VERIFY-XMP-RIGHTS", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "(<dc:rights>.*?)不得转载", r"\1可以转载")


@attack("no rights", "VERIFY-XMP-RIGHTS", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "<dc:rights>.*?</dc:rights>", "")


@attack("second rights beside the first", "VERIFY-XMP-RIGHTS", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    other = '<dc:rights><rdf:Alt><rdf:li xml:lang="zh">CC0</rdf:li></rdf:Alt></dc:rights>'
    packet(pdf, "(</dc:rights>)", rf"\1{other}")


@attack("public domain", "VERIFY-XMP-MARKED", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "(<xmpRights:Marked>)True", r"\1False")


@attack("no mark", "VERIFY-XMP-MARKED", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "<xmpRights:Marked>.*?</xmpRights:Marked>", "")


@attack("other owner", "VERIFY-XMP-OWNER", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "(<xmpRights:Owner>.*?)中华医学会", r"\1某出版社")


@attack("other work", "VERIFY-XMP-IDENTIFIER", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "(<xmp:Identifier>.*?<rdf:li>)[^<]*", r"\1another.work")


@attack("build of another file", "VERIFY-BUILD", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "build:[0-9]+", "build:000000000000")


@attack("no identifier", "VERIFY-XMP-IDENTIFIER", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "<dc:identifier>.*?</dc:identifier>", "")


@attack("terms of use without the credit", "VERIFY-XMP-TERMS", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "<xmpRights:UsageTerms>.*?</xmpRights:UsageTerms>", "")


@attack("other title in the document information", "VERIFY-INFO", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "另一题目"


@attack("other author in XMP", "VERIFY-INFO", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "李娜", "张三")


@attack("no document information", "VERIFY-INFO", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo


@attack("rights in English of another kind", "VERIFY-XMP-RIGHTS", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "(</rdf:Alt></dc:rights>)", r'<rdf:li xml:lang="en">Public domain</rdf:li>\1')


@attack("rights in one more language", "VERIFY-XMP-RIGHTS", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "(</rdf:Alt></dc:rights>)", r'<rdf:li xml:lang="zh-CN">可自由转载</rdf:li>\1')


@attack("second owner", "VERIFY-XMP-OWNER", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "(<xmpRights:Owner>.*?)(</rdf:Bag>)", r"\1<rdf:li>某出版社</rdf:li>\2")


@attack("terms that no page prints", "VERIFY-XMP-TERMS", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "(<xmpRights:UsageTerms>.*?<rdf:li[^>]*>)", r"\1CC0\n")


@attack("address of other terms", "VERIFY-METADATA", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "(<xmpRights:Marked>)", r"<xmpRights:WebStatement>https://example.org</xmpRights:WebStatement>\1")


@attack("licence of Creative Commons", "VERIFY-METADATA", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    licence = '<cc:license xmlns:cc="http://creativecommons.org/ns#">CC0</cc:license>'
    packet(pdf, "(<xmpRights:Marked>)", rf"{licence}\1")


@attack("entry of its own in the document information", "VERIFY-METADATA", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Copyright"] = "CC0"


@attack("metadata of one page", "VERIFY-METADATA", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Metadata = pdf.make_stream(b"<x/>", Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)


@attack("one more character that is mapped to a line end", "VERIFY-NOTICE-TEXT")
def _(pdf: pikepdf.Pdf) -> None:
    font = notice_font(pdf)
    found = re.search(rb"<([0-9A-F]{4})> <4E0D>", font.ToUnicode.read_bytes())
    assert found
    other = pikepdf.Dictionary(dict(font.items()))
    other.ToUnicode = pdf.make_stream(font.ToUnicode.read_bytes().replace(found[0], b"<%s> <000D>" % found[1]))
    draw(pdf, "", Font={"Other": other})
    for page in pdf.pages:
        stream = page.obj.Contents[-2]
        more = rb"<\1> Tj /Other 7 Tf <%s> Tj /Notice 7 Tf <" % found[1]
        stream.write(re.sub(rb"<(\w{8})(?=\w{9})", more, stream.read_bytes(), count=1))


@attack("ink that no press has", "VERIFY-CONTENT", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    tint = pdf.make_stream(b"{1 exch sub}", FunctionType=4, Domain=[0, 1], Range=[0, 1])
    space = pikepdf.Array([pikepdf.Name.DeviceN, [pikepdf.Name("/None")], pikepdf.Name.DeviceGray, tint])
    draw(pdf, "", ColorSpace={"Ink": space})
    for page in pdf.pages:
        stream = page.obj.Contents[-2]
        stream.write(stream.read_bytes().replace(b"0 g BT", b"/Ink cs 1 scn BT"))


@attack("white in a form within sixty forms", "VERIFY-CONTENT", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(WHITE_BOX.encode(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=BOX)
    for _ in range(60):
        inner = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
        form = pdf.make_stream(b"/F Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=BOX)
        form.Resources = inner
    for page in pdf.pages:
        page.obj.Resources.XObject = pikepdf.Dictionary(F=form)
        stream = page.obj.Contents[-2]
        stream.write(stream.read_bytes() + b" /F Do")


@attack("a state of the graphics in the stamp", "VERIFY-CONTENT", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.Resources.ExtGState = pikepdf.Dictionary(Full=pikepdf.Dictionary(ca=1))
    rewrite(pdf, rb"\b0 g\b", b"/Full gs 0 g")


@attack("strokes between the characters of the notice", "VERIFY-CONTENT", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"ET Q", b"ET 0.6 w 171 47 m 178 47 l S Q")
