# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Write the sheets of a plan, with what a press and a folder look for around the pages."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path
from typing import Any

from kanyin.findings import finding
from kanyin.pdf.boxes import MM
from kanyin.pdf.impose import STEP, Side, Slot
from kanyin.pdf.press_marks import GAP, LENGTH, register
from kanyin.pdf.stamp import StampError, embed_font, listening
from kanyin.pdf.stamp_font import stamp_font
from kanyin.pdf.stamp_write import written

LABEL = "kanyin:sheets"
"""What the metadata of sheets call them: they are not for readers, and `verify` says so."""
_SIZE = 6


def sheets(press: bytes, sides: list[Side], bleed: float, *, title: str, fonts: Path) -> bytes:
    """The sheets as a PDF. `press` is a finished press file, `bleed` its bleed in points; makes no claim.

    Raises ToolError STAMP-FONT, and StampError STAMP-DAMAGED when the press file is not whole.
    """
    with listening() as heard:
        made = _sheets(press, sides, bleed, title, fonts)
    if heard:
        raise StampError(finding("STAMP-DAMAGED", said=heard[0]))
    return made


def _sheets(press: bytes, sides: list[Side], bleed: float, title: str, fonts: Path) -> bytes:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, ByteStringObject, DecodedStreamObject, NameObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(press)), keep_initial_header=True)
    forms = [_form(writer, page) for page in writer.pages]
    names = [f"{title} · {side.name}" for side in sides]
    font = stamp_font(names, fonts)
    label = embed_font(writer, font)
    tree: Any = writer.root_object["/Pages"].get_object()
    tree[NameObject("/Kids")] = ArrayObject()
    for side, name in zip(sides, names, strict=True):
        page = writer.add_blank_page(side.width, side.height)
        content = [_placed(slot, f"/P{slot.page}", forms[slot.page - 1][1], bleed) for slot in side.slots]
        text = f"BT /L {_SIZE} Tf 1 0 0 1 {_at(8 * MM, 1.2 * MM)} Tm <{font.encode(name)}> Tj ET"
        content += [_marks(side, bleed), f"q 0 g {text} Q"]
        resources = _dictionary(
            XObject=_dictionary(**{f"P{slot.page}": forms[slot.page - 1][0] for slot in side.slots}),
            Font=_dictionary(L=label),
        )
        page[NameObject("/Resources")] = resources
        stream = DecodedStreamObject()
        stream.set_data("\n".join(content).encode())
        page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    tree[NameObject("/Count")] = _number(len(sides))
    _describe(writer, press)
    writer._ID = ArrayObject([ByteStringObject(hashlib.sha256(press + repr(sides).encode()).digest()[:16])] * 2)
    return written(writer)


def _form(writer: Any, page: Any) -> tuple[Any, tuple[float, ...]]:
    """A page as a form that is cut at its bleed, and its trim box."""
    from pypdf.generic import DecodedStreamObject, NameObject

    form: Any = DecodedStreamObject()
    form.set_data(page.get_contents().get_data())
    form = form.flate_encode()
    values = {"/Type": NameObject("/XObject"), "/Subtype": NameObject("/Form"), "/BBox": page["/BleedBox"]}
    form.update({NameObject(key): value for key, value in values.items()})
    form[NameObject("/Resources")] = page.raw_get("/Resources")
    return writer._add_object(form), tuple(float(v) for v in page["/TrimBox"])


def _placed(slot: Slot, name: str, trim: tuple[float, ...], bleed: float) -> str:
    """The page in its place: bleed on the edges that are cut, none at the back, where its neighbour begins."""
    x0, y0, x1, y1 = slot.trim
    bound_left = (slot.back == "left") != slot.turned
    left, right = (0.0, bleed) if bound_left else (bleed, 0.0)
    clip = f"{_at(x0 - left, y0 - bleed)} {_at(x1 - x0 + left + right, y1 - y0 + 2 * bleed)} re W n"
    inward = -slot.shift if slot.back == "left" else slot.shift
    if slot.turned:
        matrix = f"-1 0 0 -1 {_at(x1 + trim[0] - inward, y1 + trim[1])}"
    else:
        matrix = f"1 0 0 1 {_at(x0 - trim[0] + inward, y0 - trim[1])}"
    return f"q {clip} {matrix} cm {name} Do Q"


def _marks(side: Side, bleed: float) -> str:
    """Where to cut, where to fold (dashed), where plates meet, and a step for each section in gathering."""
    near, far = bleed + GAP, bleed + GAP + LENGTH
    low_x, low_y = bleed + GAP + LENGTH + MM, bleed + GAP + LENGTH + MM
    high_x, high_y = side.width - low_x, side.height - low_y
    drawn = [
        f"{_at(x, a)} m {_at(x, b)} l S"
        for x in side.columns
        for a, b in ((low_y - near, low_y - far), (high_y + near, high_y + far))
    ]
    drawn += [
        f"{_at(a, y)} m {_at(b, y)} l S"
        for y in side.rows
        for a, b in ((low_x - near, low_x - far), (high_x + near, high_x + far))
    ]
    middle = (near + far) / 2
    for x, y in ((low_x - middle, side.height / 4), (high_x + middle, side.height / 4)):
        drawn += register(x, y)
    dashed = [f"{_at(a, b)} m {_at(c, d)} l S" for a, b, c, d in side.folds]
    collating = ""
    if side.collating:
        x, y = side.collating
        collating = f"0 0 0 1 k {_at(x - MM / 2, y - STEP + MM)} {_at(MM, STEP - MM)} re f"
    lines = "\n".join(drawn)
    return f"q 1 1 1 1 K 0.25 w []0 d\n{lines}\n[3 2]0 d\n" + "\n".join(dashed) + f"\n{collating}\nQ"


def _describe(writer: Any, press: bytes) -> None:
    """The packet of the press file without its claims, and with what these sheets are and are made of."""
    from pypdf.generic import DecodedStreamObject, NameObject

    packet = writer.root_object["/Metadata"].get_object().get_data().decode()
    claims = r"<(pdfxid:GTS_PDFXVersion|xmpMM:VersionID|xmpMM:RenditionClass)>[^<]*</\1>\n"
    said = f"<xmp:Label>{LABEL}</xmp:Label>\n<dc:source>sha256:{hashlib.sha256(press).hexdigest()}</dc:source>\n"
    packet = re.sub(claims, "", packet).replace("</rdf:Description>", f"{said}</rdf:Description>", 1)
    stream: Any = DecodedStreamObject()
    stream.set_data(packet.encode())
    stream.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)
    writer.root_object.pop("/PageLabels", None)


def _dictionary(**values: Any) -> Any:
    from pypdf.generic import DictionaryObject, NameObject

    return DictionaryObject({NameObject(f"/{key}"): value for key, value in values.items()})


def _number(value: int) -> Any:
    from pypdf.generic import NumberObject

    return NumberObject(value)


def _at(x: float, y: float) -> str:
    return f"{x:.3f} {y:.3f}"
