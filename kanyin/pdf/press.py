# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Laid-out pages made into a file for the press, before the notice is printed on them.

The engine knows screens: its colours are RGB, its marks lie in the bleed, its bleed box ends after 3.5 mm, it writes
links and tags. What a press takes is PDF/X-4 (ISO 15930-7), and this makes it; whether it is one is for the preflight
to say.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

from kanyin.config.press import Press
from kanyin.findings import ConformanceError, Where, finding
from kanyin.pdf.boxes import MM, Box
from kanyin.pdf.press_colour import Colours
from kanyin.pdf.press_content import Unknown
from kanyin.pdf.press_marks import SLUG, marks
from kanyin.pdf.press_objects import Converter
from kanyin.pdf.stamp import StampError, listening
from kanyin.pdf.stamp_write import written
from kanyin.tools.profiles import Intent

if TYPE_CHECKING:
    from pypdf import PdfWriter

_CATALOGUE = {"/Type", "/Pages", "/Lang", "/PageLabels", "/Metadata"}
_PAGE = {"/Type", "/Parent", "/Resources", "/Contents", "/MediaBox", "/TrimBox", "/BleedBox", "/Rotate"}
"""What is kept of a catalogue and of a page; links, tags, outlines and all else are for screens."""


def for_press(data: bytes, press: Press, intent: Intent) -> bytes:
    """The same pages in inks, with true boxes, crop marks and an output intent. Makes no claim.

    Raises ConformanceError PRESS-UNKNOWN for a page that draws with something that has no inks, and StampError
    STAMP-DAMAGED.
    """
    with listening() as heard:
        made = _for_press(data, press, intent)
    if heard:
        raise StampError(finding("STAMP-DAMAGED", said=heard[0]))
    return made


def _for_press(data: bytes, press: Press, intent: Intent) -> bytes:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, ByteStringObject, NameObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.pdf_header = "%PDF-1.6"
    converter = Converter(writer, Colours(intent.data, press), press)
    for number, page in enumerate(writer.pages, start=1):
        try:
            _page(writer, page, converter, press)
        except Unknown as error:
            raise ConformanceError(finding("PRESS-UNKNOWN", Where(page=number), what=error)) from None
    converter.finish()
    root = writer.root_object
    for key in [key for key in root if key not in _CATALOGUE]:
        root.pop(key)
    root[NameObject("/OutputIntents")] = ArrayObject([_output_intent(writer, intent)])
    writer._ID = ArrayObject([ByteStringObject(hashlib.sha256(data).digest()[:16])] * 2)
    return written(writer)


def _page(writer: PdfWriter, page: Any, converter: Converter, press: Press) -> None:
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

    if "/Resources" not in page:
        page[NameObject("/Resources")] = DictionaryObject()
    contents = page.get_contents()
    body = contents.get_data() if contents is not None else b""
    made = converter.content(body, page["/Resources"].get_object(), "cmyk", page=True)
    for key in [key for key in page if key not in _PAGE]:
        page.pop(key)
    trim: Box = tuple(float(v) for v in page["/TrimBox"])  # type: ignore[assignment]
    edge = press.bleed * MM
    _box(page, "/BleedBox", _grown(trim, edge))
    _box(page, "/MediaBox", _grown(trim, edge + SLUG if press.marks else edge))
    if press.marks:
        made = b"q\n" + made + b"\nQ\n" + marks(trim, edge)
    stream = DecodedStreamObject()
    stream.set_data(made)
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(stream.flate_encode())])


def _grown(box: Box, edge: float) -> Box:
    return box[0] - edge, box[1] - edge, box[2] + edge, box[3] + edge


def _box(page: Any, key: str, box: Box) -> None:
    from pypdf.generic import ArrayObject, FloatObject, NameObject

    page[NameObject(key)] = ArrayObject(FloatObject(round(v, 4)) for v in box)


def _output_intent(writer: PdfWriter, intent: Intent) -> Any:
    from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

    from kanyin.pdf.stamp_compact import fill

    profile = StreamObject()
    fill(profile, intent.data)
    profile[NameObject("/N")] = NumberObject(4)
    profile[NameObject("/Alternate")] = NameObject("/DeviceCMYK")
    texts = {
        "/OutputConditionIdentifier": intent.identifier,
        "/OutputCondition": intent.info,
        "/Info": intent.info,
        "/RegistryName": intent.registry,
    }
    made = DictionaryObject({NameObject(key): TextStringObject(text) for key, text in texts.items() if text})
    made[NameObject("/Type")] = NameObject("/OutputIntent")
    made[NameObject("/S")] = NameObject("/GTS_PDFX")
    made[NameObject("/DestOutputProfile")] = writer._add_object(profile)
    return writer._add_object(made)
