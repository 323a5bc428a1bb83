# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""More ways to lose a notice whose ink and words are all there: strewn, doubled, spoken over, contradicted.

Importing this adds them to `pdf_attacks.ATTACKS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pikepdf
from pdf_attacks import BOX, WHITE_BOX, attack, notice_font, packet, rewrite, stamp_of
from pdf_blank_font import without_ink

# ---------------------------------------------------------------- strewn, out of order, among others


Pieces = list[tuple[float, float, bytes]]
"""Where each piece of a line stands, and its codes."""


def _lines(pdf: pikepdf.Pdf, place: Callable[[int, bytes, float, float], Pieces]) -> None:
    """Set the lines of the notice anew: `place` gets number, codes and place of a line, and gives its pieces."""

    def set_(found: re.Match[bytes]) -> bytes:
        nonlocal number
        pieces = place(number, found[3], float(found[1]), float(found[2]))
        number += 1
        return b"\n".join(b"/Notice 7 Tf 1 0 0 1 %.3f %.3f Tm <%s> Tj" % piece for piece in pieces)

    for page in pdf.pages:
        number = 0
        stream = stamp_of(page)
        pattern = rb"/Notice 7 Tf 1 0 0 1 ([\d.]+) ([\d.]+) Tm <(\w+)> Tj"
        stream.write(re.sub(pattern, set_, stream.read_bytes()))


def _cut(codes: bytes, size: int) -> list[bytes]:
    return [codes[i : i + 4 * size] for i in range(0, len(codes), 4 * size)]


@attack("characters along both edges of the page", "VERIFY-NOTICE-SET", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    _lines(
        pdf, lambda n, c, x, y: [(4 + 580 * (k % 2), 820 - 270 * n - 6 * k, one) for k, one in enumerate(_cut(c, 1))]
    )


@attack("characters on lines of their own, in a column", "VERIFY-NOTICE-SET", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    _lines(pdf, lambda n, c, x, y: [(294, 820 - 200 * n - 9 * k, one) for k, one in enumerate(_cut(c, 1))])


@attack("pieces from the bottom to the top", "VERIFY-NOTICE-SET", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    _lines(pdf, lambda n, c, x, y: [(200, 60 + 100 * n + 9 * k, one) for k, one in enumerate(_cut(c, 6))])


@attack("lines in another order", "VERIFY-NOTICE-SET", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    _lines(pdf, lambda n, c, x, y: [(x, 33 + 9.1 * n if n < 2 else y, c)])


@attack("lines far apart", "VERIFY-NOTICE-SET", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    _lines(pdf, lambda n, c, x, y: [(x, y + (700 if n == 0 else 0), c)])


@attack("a gap between two words", "VERIFY-NOTICE-SET", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    _lines(pdf, lambda n, c, x, y: [(x - 3, y, c[:8]), (x + 17, y, c[8:])] if n == 0 else [(x, y, c)])


@attack("every second character a little higher", "VERIFY-NOTICE-SET", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    _lines(pdf, lambda n, c, x, y: [(x + 7 * k, y + k % 2, one) for k, one in enumerate(_cut(c, 1))])


@attack("moved to the left edge", "VERIFY-NOTICE-SET", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    _lines(pdf, lambda n, c, x, y: [(8, y, c)])


@attack("sizes that change within a line", "VERIFY-NOTICE-SET", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"/Notice 7 Tf (1 0 0 1 [\d.]+ [\d.]+ Tm) <(\w{8})", rb"/Notice 6 Tf \1 <\2> Tj /Notice 7 Tf <")


@attack("words drawn beside it, before the stamp", "VERIFY-ZONE", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.contents_add(b"q 0.6 w 20 40 m 90 40 l 20 36 m 60 36 l S Q\n", prepend=True)
        # The opening of the stamp stays the first of all.
        contents = page.obj.Contents
        page.obj.Contents = pikepdf.Array([contents[1], contents[0], *contents[2:]])


@attack("words set above it in the face of the house", "VERIFY-ZONE", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        code = re.search(rb"<(\w{16})", stamp_of(page).read_bytes())
        assert code
        body = page.obj.Contents[1]
        body.write(b"q 0 g BT /Notice 7 Tf 1 0 0 1 280 51 Tm <%s> Tj ET Q\n" % code[1] + body.read_bytes())


@attack("image behind it that not every viewer draws", "VERIFY-ZONE", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    image = pdf.make_stream(b"no picture", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1)
    image.Filter, image.ColorSpace, image.BitsPerComponent = pikepdf.Name.JPXDecode, pikepdf.Name.DeviceGray, 8
    form = pdf.make_stream(b"q 900 0 0 60 0 0 cm /I Do Q", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    form.BBox, form.Resources = BOX, pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
    for page in pdf.pages:
        page.obj.Resources.XObject = pikepdf.Dictionary(F=form)
        body = page.obj.Contents[1]
        body.write(b"/F Do\n" + body.read_bytes())


# ---------------------------------------------------------------- decoys


def _quote_stamp(pdf: pikepdf.Pdf, more: Callable[[bytes], bytes]) -> None:
    """Print the stamp where it belongs as a part of the body, and `more` of it as the last content."""
    for page in pdf.pages:
        stream = stamp_of(page)
        rows = stream.read_bytes()
        drawn = rows[rows.index(b"BDC") + 3 : rows.index(b"EMC")]
        body = page.obj.Contents[1]
        body.write(body.read_bytes() + drawn)
        stream.write(more(rows))


@attack("the notice in the body, a stamp without it last", "VERIFY-CONTENT", "VERIFY-STAMP", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    _quote_stamp(
        pdf,
        lambda rows: b"\nQ\n/Artifact <</Type /Pagination /Subtype /Footer>> BDC\nq 1 0 0 1 0 0 cm 0 g BT\nET Q\nEMC\n",
    )


@attack("the notice in the body, its label alone in the stamp", "VERIFY-STAMP", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    _quote_stamp(pdf, lambda rows: re.sub(rb"(?s)/Notice 7 Tf.*?Tj\n(?=/Notice 6)", b"", rows))


@attack(
    "the stamp in glyphs without ink, its lines in their true face in the body",
    "VERIFY-NOTICE-INK", "VERIFY-PAGE-LABEL", "VERIFY-CREDIT", "VERIFY-STATEMENT",
    text_remains=True,
)  # fmt: skip
def _(pdf: pikepdf.Pdf) -> None:
    """The quotation is perfect and stands well above the foot."""
    font = notice_font(pdf)
    true, descendant, descriptor = (
        pikepdf.Dictionary(dict(one.items()))
        for one in (font, font.DescendantFonts[0], font.DescendantFonts[0].FontDescriptor)
    )
    descendant.FontDescriptor = pdf.make_indirect(descriptor)
    true.DescendantFonts = pikepdf.Array([pdf.make_indirect(descendant)])
    cff = descriptor.FontFile3.read_bytes()
    program = pdf.make_stream(without_ink(cff, set(range(1000))), Subtype=pikepdf.Name.CIDFontType0C)
    font.DescendantFonts[0].FontDescriptor.FontFile3 = program
    for page in pdf.pages:
        rows = re.findall(rb"/Notice [^\n]*Tj\n", stamp_of(page).read_bytes())
        page.obj.Resources.Font.Real = pdf.make_indirect(true)
        body = page.obj.Contents[1]
        above = b"q 1 0 0 1 0 792 cm 0 g BT\n%sET Q\n" % b"".join(rows).replace(b"/Notice", b"/Real")
        body.write(above + body.read_bytes())


@attack(
    "a line for another work after the label", "VERIFY-WORK", "VERIFY-STAMP", "VERIFY-PAGE-LABEL", text_remains=True
)
def _(pdf: pikepdf.Pdf) -> None:
    """The page still names the permitted work, and above it another one."""

    def other(found: re.Match[bytes]) -> bytes:
        y = float(found[2])
        return found[0] + b"/Notice 6 Tf 1 0 0 1 %s %.3f Tm <%s> Tj\n" % (found[1], y - 8, found[3][4:])

    for page in pdf.pages:
        stream = stamp_of(page)
        pattern = rb"/Notice 6 Tf 1 0 0 1 ([\d.]+) ([\d.]+) Tm <(\w+)> Tj\n(?=ET)"
        changed, count = re.subn(pattern, other, stream.read_bytes())
        assert count == 1
        stream.write(changed)


@attack("one more line between the notice and its label", "VERIFY-STAMP", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        stream = stamp_of(page)
        line = re.search(rb"/Notice 6 Tf[^\n]*Tj\n", stream.read_bytes())
        assert line
        stream.write(stream.read_bytes().replace(line[0], line[0] * 2))


@attack("other words for those who copy or listen (ActualText)", "VERIFY-CONTENT")
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"/Subtype /Footer", rb"/Subtype /Footer /ActualText (free to reprint)")


@attack("other words for those who listen (Alt)", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"/Subtype /Footer", rb"/Subtype /Footer /Alt (free to reprint)")


@attack("mark of the body that reaches over the stamp", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        body = page.obj.Contents[1]
        body.write(body.read_bytes() + b"\n/Span <</Alt (free to reprint)>> BDC\n")


@attack("state of the body that reaches over the stamp", "VERIFY-CONTENT", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        body = page.obj.Contents[1]
        body.write(b"Q 0.5 Tc " + body.read_bytes() + b"\nq\n")


@attack("string of the body that the stamp falls into", "VERIFY-UNREADABLE")
def _(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        body = page.obj.Contents[1]
        body.write(body.read_bytes() + b"\n(")


@attack(
    "glyphs drawn by operators (Type 3), other words behind them",
    "VERIFY-CONTENT",
    "VERIFY-NOTICE-INK",
    text_remains=True,
)
def _(pdf: pikepdf.Pdf) -> None:
    """One byte a character, so the map of the font says the notice, and bars are drawn."""
    font = notice_font(pdf)
    words = dict(re.findall(rb"<(\w{4})> <(\w+)>", font.ToUnicode.read_bytes()))
    codes = sorted(set(words) - {b"0000"})
    assert len(codes) < 256
    bar = pdf.make_stream(b"1000 0 d0 100 300 800 100 re f")
    byte = {code: n for n, code in enumerate(codes)}
    rows = b"".join(b"<%02X> <%s>\n" % (n, words[code]) for code, n in byte.items())
    head = b"begincmap\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n%d beginbfchar\n" % len(codes)
    drawn = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, FirstChar=0, LastChar=len(codes) - 1)
    drawn.FontBBox, drawn.FontMatrix = [0, -120, 1000, 880], [0.001, 0, 0, 0.001, 0, 0]
    drawn.CharProcs = pikepdf.Dictionary(Bar=bar)
    drawn.Encoding = pikepdf.Dictionary(Differences=[0, *[pikepdf.Name.Bar] * len(codes)])
    drawn.Widths, drawn.Resources = [1000] * len(codes), pikepdf.Dictionary()
    drawn.ToUnicode = pdf.make_stream(head + rows + b"endbfchar\nendcmap\n")
    for page in pdf.pages:
        page.obj.Resources.Font.Notice = pdf.make_indirect(drawn)
        stream = stamp_of(page)
        stream.write(
            re.sub(
                rb"<(\w+)> Tj",
                lambda m: b"<" + b"".join(b"%02X" % byte[c] for c in re.findall(rb"\w{4}", m[1])) + b"> Tj",
                stream.read_bytes(),
            )
        )


def _nested(pdf: pikepdf.Pdf, hold: Callable[[Any], pikepdf.Dictionary], content: bytes, **entries: Any) -> Any:
    """Twenty drawings in each other; `hold` gives the resources by which one holds the next."""
    inner = pdf.make_stream(WHITE_BOX.encode(), Resources=pikepdf.Dictionary(), BBox=BOX, **entries)
    for _ in range(20):
        inner = pdf.make_stream(content, Resources=hold(inner), BBox=BOX, **entries)
    return inner


@attack("patterns of tiles in each other", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    tile = {"Type": pikepdf.Name.Pattern, "PatternType": 1, "PaintType": 1, "TilingType": 1, "XStep": 900, "YStep": 900}
    fill = b"/Pattern cs /P scn 0 0 900 60 re f"
    pattern = _nested(pdf, lambda one: pikepdf.Dictionary(Pattern=pikepdf.Dictionary(P=one)), fill, **tile)
    for page in pdf.pages:
        page.obj.Resources.Pattern = pikepdf.Dictionary(P=pattern)


@attack("soft masks in each other", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    def hold(one: Any) -> pikepdf.Dictionary:
        mask = pikepdf.Dictionary(Type=pikepdf.Name.Mask, S=pikepdf.Name.Luminosity, G=one)
        return pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(M=pikepdf.Dictionary(SMask=mask)))

    group = pikepdf.Dictionary(S=pikepdf.Name.Transparency, CS=pikepdf.Name.DeviceGray)
    form = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Form, "Group": group}
    one = _nested(pdf, hold, b"/M gs " + WHITE_BOX.encode(), **form)
    for page in pdf.pages:
        page.obj.Resources.ExtGState = hold(one).ExtGState


@attack("form that borrows the names of the page", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    forms = {}
    for n in range(20):
        form = pdf.make_stream(b"/F%d Do" % (n + 1), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=BOX)
        forms[f"/F{n}"] = form
    for page in pdf.pages:
        page.obj.Resources.XObject = pikepdf.Dictionary(forms)


# ---------------------------------------------------------------- metadata that nearly agree


@attack("English rights left out of one language only", "VERIFY-XMP-RIGHTS", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, '<rdf:li xml:lang="zh">版权归[^<]*</rdf:li>', "")


@attack("shorter rights in English", "VERIFY-XMP-RIGHTS", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "(</rdf:Alt></dc:rights>)", r'<rdf:li xml:lang="en">Copyright by the Association.</rdf:li>\1')


@attack("marked twice", "VERIFY-XMP-MARKED", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "(<xmpRights:Marked>)", r"<xmpRights:Marked>True</xmpRights:Marked>\1")


@attack("one more work", "VERIFY-XMP-IDENTIFIER", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "(<xmp:Identifier><rdf:Bag>.*?)(</rdf:Bag>)", r"\1<rdf:li>another.work</rdf:li>\2")


@attack("DOI of another work", "VERIFY-XMP-IDENTIFIER", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "(<dc:identifier>doi:)[^<]*", r"\g<1>10.5555/other")


@attack("other terms in the second language", "VERIFY-XMP-TERMS", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, '(<xmpRights:UsageTerms>.*?<rdf:li xml:lang="zh">)[^<]*', r"\1可自由转载")


@attack("rights in a name space of others", "VERIFY-METADATA", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    terms = '<t:license xmlns:t="http://purl.org/dc/terms/">CC0</t:license>'
    packet(pdf, "(<xmpRights:Marked>)", rf"{terms}\1")


@attack("rights by reference", "VERIFY-METADATA", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    packet(pdf, "(<xmpRights:Marked)>", r'\1 rdf:resource="https://example.org/cc0">')


@attack("second description of the same file", "VERIFY-XMP-MISSING", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    other = '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:rights>CC0</dc:rights>'
    packet(pdf, "(</rdf:RDF>)", rf"{other}</rdf:Description>\1")


@attack("other summary in the document information", "VERIFY-INFO", "VERIFY-METADATA", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Subject"] = "Public domain"


# ---------------------------------------------------------------- what one viewer shows and another does not


def _before(pdf: pikepdf.Pdf, content: bytes) -> None:
    for page in pdf.pages:
        body = page.obj.Contents[1]
        body.write(content + body.read_bytes())


@attack("the stamp's data in another file", "VERIFY-ACTIVE", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    stamp_of(pdf.pages[0])["/F"] = pikepdf.String("other.txt")


@attack("another picture of the page", "VERIFY-ACTIVE", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    picture = pdf.make_stream(b"\xff", Width=1, Height=1, ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8)
    pdf.pages[0].obj.Thumb = picture


@attack("page that turns itself", "VERIFY-ACTIVE", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Dur = 1


@attack("text in a font that each viewer chooses", "VERIFY-ACTIVE", "VERIFY-ZONE", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Blocks)
    for page in pdf.pages:
        page.obj.Resources.Font.Blocks = font
    _before(pdf, b"q 0 g BT /Blocks 30 Tf 100 30 Td ( ) Tj ET Q ")


@attack("colour by a profile that is none", "VERIFY-CONTENT", "VERIFY-ZONE", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    space = pikepdf.Array([pikepdf.Name.ICCBased, pdf.make_stream(b"junk", N=1)])
    for page in pdf.pages:
        page.obj.Resources.ColorSpace = pikepdf.Dictionary(X=space)
    _before(pdf, b"q /X cs 1 scn 0 0 600 60 re f Q ")


@attack("strokes thickened by a flag of the font", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    notice_font(pdf).DescendantFonts[0].FontDescriptor.Flags = 0x40004


@attack("characters of another ordering", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    system = pikepdf.Dictionary(Registry="Adobe", Ordering="GB1", Supplement=5)
    notice_font(pdf).DescendantFonts[0].CIDSystemInfo = system


@attack("metadata of a font", "VERIFY-METADATA", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    notice_font(pdf).DescendantFonts[0].FontDescriptor.FontFile3["/Metadata"] = pdf.make_stream(b"CC0")


@attack("legal attestation in the catalogue", "VERIFY-METADATA", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Legal = pikepdf.Dictionary(Attestation=pikepdf.String("public domain"))


@attack("a tile in the corner", "VERIFY-ZONE", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    tile = pdf.make_stream(b"0 g 0 0 10 10 re f", Type=pikepdf.Name.Pattern, PatternType=1, PaintType=1, TilingType=1)
    tile.XStep, tile.YStep, tile.BBox, tile.Resources = 900, 900, [0, 0, 10, 10], pikepdf.Dictionary()
    for page in pdf.pages:
        page.obj.Resources.Pattern = pikepdf.Dictionary(P=tile)
    _before(pdf, b"q /Pattern cs /P scn 0 0 600 60 re f Q ")
