# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Print the notice on the pages of a cleaned file, at a cost of few bytes a page.

A stamp of a page is its last content: the lines of the notice, then the line that counts the page. All of it that pages
have in common is one stream which they share; only where a page is counted they differ, and there hundreds are shared
by all pages too. So a page costs some references, and a file of two thousand pages hardly grows.
"""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kanyin.findings import KanyinError, Where, finding
from kanyin.model import Permit
from kanyin.pdf.boxes import MM, Box, Frame
from kanyin.pdf.finished_balance import balanced
from kanyin.pdf.finished_boxes import above, enlarge, seen
from kanyin.pdf.finished_cover import Cover, add_cover, cover_texts
from kanyin.pdf.finished_enclose import Enclosure, clip, is_tagged
from kanyin.pdf.finished_font import embed
from kanyin.pdf.metadata import Claims, Record, info, xmp
from kanyin.pdf.stamp import StampError, build_number, number
from kanyin.pdf.stamp_font import StampFont, stamp_font
from kanyin.pdf.stamp_lines import CLEAR, LEADINGS, DoesNotFit, Line, page_label, place, texts

HIGHEST = 60 * MM
"""More of a page is never given to the notice."""
STEP = 0.5 * MM


@dataclass(frozen=True)
class Placing:
    """Where the notice goes: the height of its zone, in points, and whether that is added below each page."""

    zone: float
    strip: bool


@dataclass
class _Shared:
    """Streams that pages share, by their bytes; and what every stamp is made with."""

    pdf: Any
    font: StampFont
    reference: Any
    enclosure: Enclosure
    streams: dict[bytes, Any] = field(default_factory=dict)

    def stream(self, content: bytes) -> Any:
        if content not in self.streams:
            self.streams[content] = self.pdf.make_stream(content)
        return self.streams[content]


def needed(data: bytes, permit: Permit, *, fonts: Path, cover: Cover | None = None) -> float:
    """The height in points that the notice needs on every page. Raises StampError STAMP-ZONE-SMALL, and ToolError."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        frames = [seen(page.obj) for page in pdf.pages]
    count = len(frames) + (cover is not None)
    notice, small = texts(permit, count, count, "0" * 12)
    font = stamp_font([*notice, *small], fonts)
    highest = 0.0
    for (width, height), at in {(f.width, f.height): n for n, f in enumerate(frames, start=1)}.items():
        zone = 2 * CLEAR + sum(LEADINGS[0] * 7.0 for _ in (*notice, *small))
        upright = Frame(width, max(height, HIGHEST), (1, 0, 0, 1, 0, 0))
        while not _fits(upright, zone, notice, small, font):
            zone += STEP
            if zone > HIGHEST:
                raise StampError(finding("STAMP-ZONE-SMALL", Where(page=at), zone=round(HIGHEST / MM, 1)))
        highest = max(highest, zone)
    return highest


def _fits(frame: Frame, zone: float, notice: list[str], small: list[str], font: StampFont) -> bool:
    try:
        place(frame, zone, notice, small, font.width)
    except DoesNotFit:
        return False
    return True


def stamp_finished(
    data: bytes,
    permit: Permit,
    record: Record,
    placing: Placing,
    *,
    claims: Claims,
    fonts: Path,
    cover: Cover | None = None,
) -> bytes:
    """Return the cleaned file with the notice on every page and `record` as its metadata; the same bytes each time.

    Raises StampError: STAMP-UNREADABLE, STAMP-BOX, STAMP-ZONE-SMALL, STAMP-GLYPH; and ToolError STAMP-FONT.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _stamped(pdf, data, permit, record, placing, claims, fonts, cover)
    except KanyinError:
        raise
    except Exception as error:
        raise StampError(finding("STAMP-UNREADABLE", reason=type(error).__name__)) from error


def _stamped(
    pdf: Any,
    data: bytes,
    permit: Permit,
    record: Record,
    placing: Placing,
    claims: Claims,
    fonts: Path,
    cover: Cover | None,
) -> bytes:

    count = len(pdf.pages) + (cover is not None)
    said = repr([texts(permit, 1, count, ""), cover_texts(cover) if cover else (), placing]).encode()
    content = hashlib.sha256(b"\0".join([data, said, xmp(record, [permit], claims, "", "")])).digest()
    build = build_number(content)
    notice, small = texts(permit, count, count, build)
    font = stamp_font([*notice, *small, "0123456789", *(cover_texts(cover) if cover else ())], fonts)
    if font.missing:
        named = " ".join(f"{c} U+{ord(c):04X}" for c in font.missing)
        raise StampError(finding("STAMP-GLYPH", characters=named))
    shared = _Shared(pdf, font, embed(pdf, font, claims), Enclosure(pdf))
    old = list(pdf.pages)
    if cover:
        add_cover(pdf, cover, seen(old[0].obj), font, shared.reference, tagged=bool(claims.ua))
    for n, page in enumerate(pdf.pages, start=1):
        box = enlarge(page.obj, placing.zone) if placing.strip else above(page.obj, placing.zone)
        _draw(shared, page, box, texts(permit, n, count, build), permit, (n, count, build), placing.zone)
    _describe(pdf, permit, record, claims, str(uuid.UUID(bytes=content[:16], version=5)), build)
    return _saved(pdf, claims, content)


def _draw(
    shared: _Shared,
    page: Any,
    box: Box,
    rows: tuple[list[str], list[str]],
    permit: Permit,
    counted: tuple[int, int, str],
    zone: float,
) -> None:
    import pikepdf

    n, count, build = counted
    try:
        frame = seen(page.obj)
        lines = place(frame, zone, *rows, shared.font.width)
    except ValueError as error:
        code = "STAMP-ZONE-SMALL" if isinstance(error, DoesNotFit) else "STAMP-BOX"
        raise StampError(finding(code, Where(page=n), zone=round(zone / MM, 1))) from None
    before, closing = balanced(shared.pdf, page)
    opening = b"q\n" + clip(box)
    if before and not is_tagged(shared.pdf, page.obj):
        opening += shared.enclosure.around(page.obj, before, closing, box)
        before, closing = [], b""
    name = _use_font(page.obj, shared.reference)
    last = pikepdf.Array([shared.stream(opening), *before])
    if closing:
        last.append(shared.stream(b"\n" + closing))
    for piece in _pieces(frame, lines, shared.font, name, page_label(permit.work, n, count, build), n):
        last.append(shared.stream(piece))
    page.obj["/Contents"] = last


def _pieces(frame: Frame, lines: list[Line], font: StampFont, name: str, label: str, n: int) -> list[bytes]:
    """The content of one stamp, cut where pages differ. Its origin is the middle of the foot of the page, so that
    lines stand at the same places on pages of all widths."""
    a, b, c, d, e, f = frame.matrix
    half = frame.width / 2
    matrix = " ".join(number(v) for v in (a, b, c, d, e + a * half, f + b * half))
    opening = f"\nQ\n/Artifact <</Type /Pagination /Subtype /Footer>> BDC\nq {matrix} cm\n".encode()

    def show(text: str, x: float, line: Line) -> str:
        return (
            f"/{name} {number(line.size)} Tf 1 0 0 1 {number(x - half)} {number(line.y)} Tm <{font.encode(text)}> Tj\n"
        )

    *first, last = lines
    common = "0 g BT\n" + "".join(show(line.text, line.x, line) for line in first)
    closing = "ET Q\nEMC\n"
    if last.text != label:  # broken over lines on a narrow page
        return [opening, (common + show(last.text, last.x, last) + closing).encode()]
    head, tail = label[: label.index(" · ") + 3], label[label.rindex("/", 0, label.rindex(" · ")) :]
    hundreds, rest = str(n)[:-2], str(n)[-2:]
    # The line is cut before the last two digits, at a place that does not depend on which digits they are.
    nominal = head + "0" * len(str(n)) + tail
    cut = half - font.width(nominal, last.size) / 2 + font.width(head + "0" * len(hundreds), last.size)
    front = show(head + hundreds, cut - font.width(head + hundreds, last.size), last)
    back = show(rest + tail, cut, last)
    return [opening, common.encode(), front.encode(), (back + closing).encode()]


def _use_font(page: Any, reference: Any) -> str:
    """Name the font in the resources of the page and return the name; pages that share resources share it."""
    import pikepdf

    if not isinstance(page.get("/Resources"), pikepdf.Dictionary):
        page["/Resources"] = pikepdf.Dictionary()
    resources = page["/Resources"]
    if not isinstance(resources.get("/Font"), pikepdf.Dictionary):
        resources["/Font"] = pikepdf.Dictionary()
    fonts = resources["/Font"]
    taken = 0
    while (key := f"/Notice{taken or ''}") in fonts and getattr(fonts[key], "objgen", None) != reference.objgen:
        taken += 1
    fonts[key] = reference
    return key[1:]


def _describe(pdf: Any, permit: Permit, record: Record, claims: Claims, document_id: str, build: str) -> None:
    """Replace the document information and the XMP packet as wholes, so that nothing old contradicts the new."""
    import pikepdf

    pdf.trailer["/Info"] = pdf.make_indirect(pikepdf.Dictionary(info(record)))
    if claims.x:
        pdf.trailer["/Info"]["/Trapped"] = pikepdf.Name("/False")
    packet = pdf.make_stream(xmp(record, [permit], claims, document_id, build))
    packet["/Type"], packet["/Subtype"] = pikepdf.Name.Metadata, pikepdf.Name.XML
    pdf.Root["/Metadata"] = packet


def _saved(pdf: Any, claims: Claims, content: bytes) -> bytes:
    """The whole file. PDF/A-1 knows no object streams (ISO 19005-1, 6.1.4); every other file is packed by them."""
    import pikepdf

    plain = claims.a.startswith("1")
    identity = pikepdf.String(content[:16])
    pdf.trailer["/ID"] = pikepdf.Array([identity, identity])
    mode = pikepdf.ObjectStreamMode.disable if plain else pikepdf.ObjectStreamMode.generate
    out = io.BytesIO()
    pdf.save(out, object_stream_mode=mode, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()


def pages_of(parts: Sequence[str]) -> list[tuple[int, int]]:
    """`p3-5`, `p8` as ranges of pages."""
    found = []
    for part in parts:
        first, _, last = part[1:].partition("-")
        found.append((int(first), int(last or first)))
    return found
