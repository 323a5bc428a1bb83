# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Print the rights notice on every page of a finished PDF, and say the same in its metadata.

The notice is drawn after everything else, by us, in our own font: no style sheet of an author can reach it (a margin
box of CSS can be hidden, faded or covered in many ways). This is the only module that writes with pypdf. What was
stamped is read back by `preflight.verify` with other libraries.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kanyin.findings import KanyinError, RenderError, Where, finding
from kanyin.model import Permit
from kanyin.pdf.attach import Attached, attach, embed
from kanyin.pdf.boxes import MM, Frame, frame
from kanyin.pdf.metadata import CLAIMS, Claims, Record, claims_of, info, xmp
from kanyin.pdf.stamp_compact import compact_fonts
from kanyin.pdf.stamp_font import StampFont, stamp_font
from kanyin.pdf.stamp_lines import DoesNotFit, Line, place, texts
from kanyin.pdf.stamp_tags import release_margins, tag_tables
from kanyin.pdf.stamp_write import written

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, IndirectObject, StreamObject


class StampError(RenderError):
    """The notice cannot be printed on this file. Nothing has been written."""


def stamp(
    data: bytes,
    permits: Permit | Sequence[Permit],
    record: Record,
    *,
    fonts: Path,
    zone_mm: float,
    room: int = 0,
    claims: Claims | None = None,
    files: Sequence[Attached] = (),
) -> bytes:
    """Return the PDF with a permit's notice in the bottom `zone_mm` of every page and `record` as its metadata.

    `permits` is one permit for the whole file, or one for each page. `room` is the number of bytes kept free inside
    the file for its receipt, and `files` come along inside it (see `attach`). `claims` says what was proven of the
    file beforehand, where its profile alone does not tell. The same arguments give the same bytes. That the zone is
    free must have been seen before, by `preflight.zone`. Raises ToolError STAMP-FONT, and StampError:
    STAMP-UNREADABLE, STAMP-DAMAGED, STAMP-ENCRYPTED, STAMP-SIGNED, STAMP-PERMITS, STAMP-BOX, STAMP-ZONE-SMALL and
    STAMP-GLYPH.
    """
    try:
        with listening() as heard:
            stamped = _stamp(data, permits, record, fonts, zone_mm * MM, room, claims, files)
    except KanyinError:
        raise
    except Exception as error:
        # pypdf answers damaged files with its own errors, but also with TypeError, KeyError, AssertionError and others.
        raise StampError(finding("STAMP-UNREADABLE", reason=type(error).__name__)) from error
    if heard:
        raise StampError(finding("STAMP-DAMAGED", said=heard[0]))
    return stamped


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collect what pypdf mutters: it repairs what it can, and what it repaired may have lost a part of a page."""
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            # The writer's own book-keeping is not about the file.
            if record.name != "pypdf._writer":
                heard.append(record.getMessage())

    ear, log = Ear(logging.WARNING), logging.getLogger("pypdf")
    propagate = log.propagate
    log.addHandler(ear)
    log.propagate = False
    try:
        yield heard
    finally:
        log.removeHandler(ear)
        log.propagate = propagate


def _stamp(
    data: bytes,
    permits: Permit | Sequence[Permit],
    record: Record,
    fonts: Path,
    zone: float,
    room: int,
    claimed: Claims | None,
    files: Sequence[Attached],
) -> bytes:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, ByteStringObject

    reader = PdfReader(io.BytesIO(data))
    _refuse(reader)
    claims = claimed or CLAIMS.get(record.profile) or _claims(reader)
    writer = PdfWriter(clone_from=reader, keep_initial_header=True)
    pages = list(writer.pages)
    if not pages:
        raise StampError(finding("STAMP-UNREADABLE", reason="no pages"))

    each = [permits] * len(pages) if isinstance(permits, Permit) else list(permits)
    if len(each) != len(pages):
        raise StampError(finding("STAMP-PERMITS", permits=len(each), pages=len(pages)))
    # Made from what is printed and said, not from the permits: those name the day on which they were asked for.
    said = repr([texts(permit, n, len(pages), "") for n, permit in enumerate(each, start=1)]).encode()
    content = hashlib.sha256(
        b"\0".join([data, said, xmp(record, each, claims, "", ""), *(file.data for file in files)])
    ).digest()
    build = build_number(content)
    rows = [texts(permit, n, len(pages), build) for n, permit in enumerate(each, start=1)]
    font = stamp_font((line for notice, small in rows for line in notice + small), fonts)
    if font.missing:
        named = " ".join(f"{c} U+{ord(c):04X}" for c in font.missing)
        raise StampError(finding("STAMP-GLYPH", characters=named))
    reference = embed_font(writer, font)
    opening = _stream(writer, b"q\n")
    for count, (page, (notice, small)) in enumerate(zip(pages, rows, strict=True), start=1):
        seen = _frame(page, count)
        try:
            lines = place(seen, zone, notice, small, font.width)
        except DoesNotFit:
            raise StampError(finding("STAMP-ZONE-SMALL", Where(page=count), zone=round(zone / MM, 1))) from None
        name = _use_font(page, reference)
        _draw(writer, page, opening, _content(seen, lines, font, name))

    _describe(writer, xmp(record, each, claims, str(uuid.UUID(bytes=content[:16], version=5)), build), record, claims)
    _settle_images(writer)
    writer._ID = ArrayObject([ByteStringObject(content[:16])] * 2)
    if record.profile:
        tag_tables(writer)
        release_margins(writer)
        compact_fonts(writer)
    for file in files:
        embed(writer, file, record.created)
    if room:
        attach(writer, room, record.created)
    if record.profile:
        return written(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


BUILD_LENGTH = 12
"""Digits only: a letter such as f reaches over its neighbour, and each character has to be seen by itself."""


def build_number(content: bytes) -> str:
    """The number of a build, from the digest of all that it is made of."""
    return str(int.from_bytes(content, "big"))[-BUILD_LENGTH:]


def build_of(data: bytes) -> str:
    """The build that a stamped file names on its pages: made from content, so that a build repeats itself."""
    found = re.search(rb"<rdf:li>build:([0-9]{12})</rdf:li>", data)
    return found[1].decode() if found else ""


def _refuse(reader: PdfReader) -> None:
    """What a stamp would break, or could not be proven on, is not stamped."""
    if reader.is_encrypted:
        raise StampError(finding("STAMP-ENCRYPTED"))
    form = reader.root_object.get("/AcroForm")
    if form is not None and int(form.get_object().get("/SigFlags", 0)) & 1:
        raise StampError(finding("STAMP-SIGNED"))


def _claims(reader: PdfReader) -> Claims:
    """The claims that a file makes in its own XMP packet."""
    stream = reader.root_object.get("/Metadata")
    if stream is None:
        return Claims()
    return claims_of(stream.get_object().get_data().decode("utf-8", "replace"))


def _frame(page: PageObject, number: int) -> Frame:
    def box(name: str) -> tuple[float, float, float, float]:
        x0, y0, x1, y1 = (float(v) for v in getattr(page, name))
        return x0, y0, x1, y1

    try:
        return frame(box("mediabox"), box("cropbox"), box("trimbox"), page.rotation, float(page.get("/UserUnit", 1)))
    except ValueError:
        raise StampError(finding("STAMP-BOX", Where(page=number))) from None


def embed_font(writer: PdfWriter, font: StampFont) -> IndirectObject:
    """Put the font into the file: Type 0 over CIDFontType0, Identity-H, with a ToUnicode map (ISO 32000-1, 9.7)."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

    program = _stream(writer, font.cff, _entries(Subtype="/CIDFontType0C"), pack=True)
    name = NameObject(f"/{font.name}")
    descriptor = writer._add_object(
        DictionaryObject(
            _entries(Type="/FontDescriptor", FontName=name, Flags=4, FontFile3=program, ItalicAngle=0, StemV=60)
            | _entries(Ascent=font.ascent, Descent=font.descent, CapHeight=733)
            | _entries(FontBBox=ArrayObject(_numbers(-1000, font.descent, 2000, font.ascent)))
        )
    )
    by_cid = sorted(font.glyphs.values())
    widths = ArrayObject(v for cid, w in by_cid for v in (*_numbers(cid), ArrayObject(_numbers(w))))
    system = DictionaryObject(
        {NameObject("/Registry"): TextStringObject("Adobe"), NameObject("/Ordering"): TextStringObject("Identity")}
        | _entries(Supplement=0)
    )
    descendant = writer._add_object(
        DictionaryObject(
            _entries(Type="/Font", Subtype="/CIDFontType0", BaseFont=name, CIDSystemInfo=system)
            | _entries(FontDescriptor=descriptor, DW=1000, W=widths)
        )
    )
    return writer._add_object(
        DictionaryObject(
            _entries(Type="/Font", Subtype="/Type0", BaseFont=name, Encoding="/Identity-H")
            | _entries(
                DescendantFonts=ArrayObject([descendant]), ToUnicode=_stream(writer, to_unicode(font), pack=True)
            )
        )
    )


def to_unicode(font: StampFont) -> bytes:
    """The map from codes to characters, for searching and copying (ISO 32000-1, 9.10.3)."""
    rows = sorted((cid, char.encode("utf-16-be").hex().upper()) for char, (cid, _) in font.glyphs.items())
    blocks = [rows[i : i + 100] for i in range(0, len(rows), 100)]
    maps = "".join(
        f"{len(block)} beginbfchar\n" + "".join(f"<{cid:04X}> <{code}>\n" for cid, code in block) + "endbfchar\n"
        for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{maps}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


def _content(seen: Frame, lines: list[Line], font: StampFont, name: str) -> bytes:
    """The operators of one page: an artifact (ISO 32000-1, 14.8.2.2) in black, in points of the visible page."""
    matrix = " ".join(number(v) for v in seen.matrix)
    rows = [
        f"/{name} {number(line.size)} Tf 1 0 0 1 {number(line.x)} {number(line.y)} Tm <{font.encode(line.text)}> Tj"
        for line in lines
    ]
    body = "\n".join(rows)
    return (
        f"\nQ\n/Artifact <</Type /Pagination /Subtype /Footer>> BDC\nq {matrix} cm 0 g BT\n{body}\nET Q\nEMC\n"
    ).encode()


def _use_font(page: PageObject, reference: IndirectObject) -> str:
    """Name the font in the resources of the page and return the name; pages that share resources share it."""
    from pypdf.generic import DictionaryObject, NameObject

    node: Any = page
    while "/Resources" not in node and "/Parent" in node:
        node = node["/Parent"]
    if "/Resources" not in node:
        page[NameObject("/Resources")] = DictionaryObject()
        node = page
    resources: DictionaryObject = node["/Resources"].get_object()
    if "/Font" not in resources:
        resources[NameObject("/Font")] = DictionaryObject()
    fonts: Any = resources["/Font"].get_object()
    number = 0
    while (key := f"/Notice{number or ''}") in fonts and fonts.raw_get(key) != reference:
        number += 1
    fonts[NameObject(key)] = reference
    return key[1:]


def _draw(writer: PdfWriter, page: PageObject, opening: IndirectObject, content: bytes) -> None:
    """Add the content last, with the state of everything before it put away."""
    from pypdf.generic import ArrayObject, NameObject

    before: list[Any] = []
    if "/Contents" in page:
        held = page.raw_get("/Contents")
        target = held.get_object()
        before = list(target) if isinstance(target, ArrayObject) else [held]
    page[NameObject("/Contents")] = ArrayObject([opening, *before, _stream(writer, content, pack=True)])


def _describe(writer: PdfWriter, packet: bytes, record: Record, claims: Claims) -> None:
    """Replace the document information and the XMP packet as wholes, so that nothing old contradicts the new."""
    from pypdf.generic import NameObject

    writer.metadata = None
    writer.add_metadata(info(record))
    if claims.x and writer._info is not None:
        writer._info[NameObject("/Trapped")] = NameObject("/False")
    stream = _stream(writer, packet, _entries(Type="/Metadata", Subtype="/XML"))
    writer.root_object[NameObject("/Metadata")] = stream


def _settle_images(writer: PdfWriter) -> None:
    """Turn off interpolation, which PDF/A forbids (ISO 19005-3, 6.2.8) and which blurs a page seal."""
    from pypdf.generic import BooleanObject, NameObject, StreamObject

    for held in writer._objects:
        if isinstance(held, StreamObject) and held.get("/Subtype") == "/Image" and "/Interpolate" in held:
            held[NameObject("/Interpolate")] = BooleanObject(False)


def _stream(
    writer: PdfWriter, data: bytes, entries: dict[Any, Any] | None = None, *, pack: bool = False
) -> IndirectObject:
    from pypdf.generic import DecodedStreamObject

    stream: StreamObject = DecodedStreamObject()
    stream.set_data(data)
    stream.update(entries or {})
    if pack:
        stream = stream.flate_encode()
    return writer._add_object(stream)


def _entries(**values: Any) -> dict[Any, Any]:
    """Dictionary entries: text becomes a name, an int a number."""
    from pypdf.generic import NameObject, NumberObject

    made: dict[Any, Any] = {}
    for key, value in values.items():
        plain = NameObject(value) if type(value) is str else NumberObject(value) if type(value) is int else value
        made[NameObject(f"/{key}")] = plain
    return made


def _numbers(*values: int) -> list[Any]:
    from pypdf.generic import NumberObject

    return [NumberObject(v) for v in values]


def number(value: float) -> str:
    """A number as PDF writes it: no exponent, no needless zeros, a thousandth of a point at most."""
    return f"{value:.5f}".rstrip("0").rstrip(".") or "0"
