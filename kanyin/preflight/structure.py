# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Read what the objects of a PDF say: boxes, annotations, layers, and both kinds of metadata.

The only module that reads with pikepdf; it never sees the pages.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from kanyin.findings import SourceError, Where, finding
from kanyin.preflight.colours import page_colours
from kanyin.preflight.facts import Box, Flaw, Packet, Structure
from kanyin.preflight.objects import annotation_flaws, flaws, inherited, odd_box, page_tree
from kanyin.preflight.packet_form import form_flaws, licence_flaws
from kanyin.preflight.paint import FIRST, Operator, balance_flaws, fence, loose_flaws, nesting_flaws, stamp_flaws
from kanyin.preflight.revision import revision_flaw
from kanyin.preflight.stamp_font import font_flaws, shown_text, stamp_font
from kanyin.preflight.tail import tail
from kanyin.preflight.whites import READ, whites

_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
    "http://www.npes.org/pdfx/ns/id/": "pdfxid",
    "http://prismstandard.org/namespaces/basic/2.0/": "prism",
    "http://www.aiim.org/pdfa/ns/extension/": "pdfaExtension",
}
_INFO = {"/Title", "/Author", "/Subject", "/Keywords", "/Producer", "/CreationDate", "/ModDate", "/Trapped"}
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BIG = 1e6
"""A rectangle larger than any page, for a page that sets no limit."""


def read(data: bytes, name: str, *, stamped: bool) -> Structure:
    """Raises SourceError VERIFY-UNREADABLE, VERIFY-ENCRYPTED or VERIFY-BOX.

    `stamped`: it should be a finished file, written at once; else VERIFY-REVISION.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if stamped and (what := revision_flaw(data, pdf)):
                raise SourceError(finding("VERIFY-REVISION", Where(name), what=what))
            structure = _read(pdf, name, stamped)
            if said := pdf.get_warnings():
                # What one reader repairs, another one shows in another way.
                raise SourceError(finding("VERIFY-UNREADABLE", Where(name), reason=_without_stream(str(said[0]))))
            return structure
    except pikepdf.PasswordError as error:
        raise SourceError(finding("VERIFY-ENCRYPTED", Where(name))) from error
    except SourceError:
        raise
    except Exception as error:
        # A damaged object may come back as any type; whatever cannot be read is not verified.
        raise SourceError(finding("VERIFY-UNREADABLE", Where(name), reason=type(error).__name__)) from error


def _without_stream(said: str) -> str:
    """What qpdf says, without the place in memory that stands there for the name of a file."""
    return re.sub(r"^stream <[^>]*>:? ?", "", said)


def _read(pdf: Any, name: str, stamped: bool) -> Structure:
    root = pdf.Root
    leaves, sound = page_tree(root)
    pages = list(pdf.pages)
    for number, page in enumerate(pages, start=1):
        if odd := odd_box(page.obj):
            raise SourceError(finding("VERIFY-BOX", Where(name, page=number), box=odd))
    xmp = packet(root)
    attached = xmp is not None and xmp.all("pdfaid:part") == ["3"]
    found = flaws(pdf, files=attached)
    if stamped:
        found += form_flaws(root.Metadata, xmp) if xmp else ()
        found += licence_flaws(root, pdf.docinfo, xmp)
    stamps, rows, fences, white = [], [], [], []
    for number, page in enumerate(pages, start=1):
        found += annotation_flaws(page.obj, number)
        found += nesting_flaws(page.obj, number)
        resources = inherited(page.obj, "/Resources")
        found += page_colours(page.obj, resources, number)
        whole = _operators(page)
        white.append(whites(whole, resources))
        if stamped:
            found += loose_flaws(_streams(page), number)
        if stamped:
            last = _last(pdf, page)
            found += stamp_flaws(last, number)
            found += balance_flaws(whole, last, number)
            font = stamp_font(last, resources)
            found += font_flaws(font, number)
            stamps.append(shown_text(last, font))
            rows.append(sum(operator == "Tj" for operator, _ in last))
            fences.append(fence(whole))
    if stamped:
        found += _inline_flaws(pdf)
    return Structure(
        encrypted=bool(pdf.is_encrypted),
        trims=tuple(_trim(page) for page in pages),
        units=tuple(float(page.obj.get("/UserUnit", 1)) for page in pages),
        annotations=tuple(_annotations(page) for page in pages),
        xmp=xmp,
        info={str(key)[1:]: str(value) for key, value in pdf.docinfo.items()},
        leaves=leaves if sound and leaves == len(pages) else -1,
        flaws=tuple(found),
        strangers=tuple(_strangers(pdf)),
        stamps=tuple(stamps),
        rows=tuple(rows),
        whites=tuple(white),
        fences=tuple(fences),
        boxes=tuple(_seen(page) for page in pages),
    )


def _operators(page: Any) -> list[Operator]:
    """The operators of a page; with their operands where something asks for them."""
    import pikepdf

    whole = [(str(one.operator), one) for one in pikepdf.parse_content_stream(page)]
    return [(name, list(one.operands) if n < FIRST or name in READ else ()) for n, (name, one) in enumerate(whole)]


_ENDS = re.compile(rb"EI(?=[\0\t\n\f\r ()<>\[\]{}/%]|$)")


def _inline_flaws(pdf: Any) -> Iterator[Flaw]:
    """VERIFY-CONTENT for a drawing that takes back more states than it saved, or may do so: by an operator that is run
    together with something, or behind an image between operators that could end at more than one place.

    What follows the first end is data to one viewer and operators to another, and not every viewer keeps a drawing
    from taking back the states of its page, with their clip.
    """
    import pikepdf

    for held in pdf.objects:
        if not isinstance(held, pikepdf.Stream) or not (held.get("/Subtype") == "/Form" or "/PatternType" in held):
            continue
        if b"Q" not in (data := held.read_bytes()) and b"BI" not in data:
            continue
        depth = 0
        for one in pikepdf.parse_content_stream(held):
            name = str(one.operator)
            depth += {"q": 1, "Q": -1}.get(name, 0)
            if depth < 0 or ("Q" in name and name != "Q"):
                yield Flaw("VERIFY-CONTENT", 0, "Q")
                break
            if name == "INLINE IMAGE" and len(_ENDS.findall(one.operands[0].unparse())) != 1:
                yield Flaw("VERIFY-CONTENT", 0, "EI")
                break


def _streams(page: Any) -> list[bytes]:
    import pikepdf

    held = page.obj.get("/Contents")
    each = list(held) if isinstance(held, pikepdf.Array) else [held]
    return [bytes(one.read_bytes()) for one in each if isinstance(one, pikepdf.Stream)]


def _last(pdf: Any, page: Any) -> list[Operator]:
    """The operators of the last content of a page, which the stamp should be, with their operands."""
    import pikepdf

    contents = page.obj.get("/Contents")
    if not isinstance(contents, pikepdf.Array) or not len(contents):
        return []
    end = pdf.make_stream(tail(list(contents)))
    return [(str(one.operator), list(one.operands)) for one in pikepdf.parse_content_stream(end)]


def _seen(page: Any) -> tuple[Box, int]:
    media, crop = rectangle(page.mediabox), rectangle(page.cropbox)
    box = max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])
    return box, int(inherited(page.obj, "/Rotate") or 0) % 360


def _strangers(pdf: Any) -> Iterator[str]:
    for key in pdf.docinfo:
        if key not in _INFO:
            yield f"Info {key}"
    for number, page in enumerate(pdf.pages, start=1):
        for key in ("/Metadata", "/PieceInfo"):
            if key in page.obj:
                yield f"{key} p.{number}"


def _trim(page: Any) -> Box:
    found = page.obj.get("/TrimBox")
    return rectangle(found) if found is not None else (-_BIG, -_BIG, _BIG, _BIG)


def rectangle(values: Any) -> Box:
    """A rectangle with its lower left corner first."""
    x0, y0, x1, y1 = (float(v) for v in values)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _annotations(page: Any) -> tuple[tuple[str, Box], ...]:
    found = []
    for annotation in page.obj.get("/Annots", []):
        if not hasattr(annotation, "get"):
            continue
        place = annotation.get("/Rect")
        # An annotation without a place may be shown anywhere.
        box = rectangle(place) if place is not None else (-_BIG, -_BIG, _BIG, _BIG)
        found.append((str(annotation.get("/Subtype", "?")).lstrip("/"), box))
    return tuple(found)


def packet(root: Any) -> Packet | None:
    """The XMP packet of a catalogue; None when there is none or it cannot be read."""
    stream = root.get("/Metadata")
    if stream is None:
        return None
    text = bytes(stream.read_bytes())
    # In sixteen bits, or with a zero in any other way, it hides what is looked for here.
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\0" in text:
        return None
    try:
        tree = ElementTree.fromstring(text)
    except ElementTree.ParseError:
        return None
    values: dict[str, list[tuple[str, str]]] = {}
    described = tree.findall(f"{_RDF}RDF/{_RDF}Description")
    if [len(tree), [len(rdf) for rdf in tree]] != [1, [1]] or len(described) != 1:
        # Several descriptions could each speak of the same thing, and readers differ in which they believe.
        return None
    for key, value in described[0].attrib.items():
        if key != f"{_RDF}about" or value:
            values.setdefault(_name(key), []).append(("", value))
    for element in described[0]:
        values.setdefault(_name(element.tag) + "".join(f" {key}" for key in element.attrib), []).extend(
            _values(element)
        )
    return Packet({name: tuple(found) for name, found in values.items()})


def _name(tag: str) -> str:
    """The property with its usual prefix; with the whole name of its space when that is none of ours."""
    uri, _, local = tag[1:].partition("}")
    return f"{_PREFIXES[uri]}:{local}" if tag.startswith("{") and uri in _PREFIXES else tag


def _values(element: ElementTree.Element) -> list[tuple[str, str]]:
    items = element.findall(f"*/{_RDF}li")
    if items:
        return [(item.get(_LANG, ""), item.text or "") for item in items]
    return [("", "".join(element.itertext()))]
