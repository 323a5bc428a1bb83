# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Read what the objects of a PDF say: boxes, annotations, layers, and both kinds of metadata.

The only module that reads with pikepdf; it never sees the pages.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from kanyin.findings import SourceError, Where, finding
from kanyin.preflight.facts import Box, Packet, Structure
from kanyin.preflight.objects import annotation_flaws, flaws, odd_box, page_tree
from kanyin.preflight.paint import nesting_flaws, stamp_flaws

_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://www.npes.org/pdfx/ns/id/": "pdfxid",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
    "http://creativecommons.org/ns#": "cc",
}
_INFO = {"/Title", "/Author", "/Subject", "/Keywords", "/Producer", "/CreationDate", "/ModDate", "/Trapped"}
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BIG = 1e6
"""A rectangle larger than any page, for a page that sets no limit."""


def read(data: bytes, name: str) -> Structure:
    """Raises SourceError VERIFY-UNREADABLE, VERIFY-ENCRYPTED or VERIFY-BOX."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            structure = _read(pdf, name)
            if said := pdf.get_warnings():
                # What one reader repairs, another one shows in another way.
                raise SourceError(finding("VERIFY-UNREADABLE", Where(name), reason=str(said[0])))
            return structure
    except pikepdf.PasswordError as error:
        raise SourceError(finding("VERIFY-ENCRYPTED", Where(name))) from error
    except SourceError:
        raise
    except Exception as error:
        # A damaged object may come back as any type; whatever cannot be read is not verified.
        raise SourceError(finding("VERIFY-UNREADABLE", Where(name), reason=type(error).__name__)) from error


def _read(pdf: Any, name: str) -> Structure:
    root = pdf.Root
    leaves, sound = page_tree(root)
    pages = list(pdf.pages)
    for number, page in enumerate(pages, start=1):
        if odd := odd_box(page.obj):
            raise SourceError(finding("VERIFY-BOX", Where(name, page=number), box=odd))
    xmp = packet(root)
    attached = xmp is not None and xmp.all("pdfaid:part") == ["3"]
    found = flaws(pdf, files=attached)
    for number, page in enumerate(pages, start=1):
        found += annotation_flaws(page.obj, number)
        found += nesting_flaws(page.obj, number)
        found += stamp_flaws(_operators(page), number)
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
    )


def _operators(page: Any) -> list[tuple[str, Any]]:
    """The operators of the last stream of a page with their operands: the stamp is one of several streams."""
    import pikepdf

    contents = page.obj.get("/Contents")
    if not isinstance(contents, pikepdf.Array) or not len(contents):
        return []
    return [(str(one.operator), list(one.operands)) for one in pikepdf.parse_content_stream(contents[-1])]


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
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        return None
    try:
        tree = ElementTree.fromstring(text)
    except ElementTree.ParseError:
        return None
    values: dict[str, list[tuple[str, str]]] = {}
    for rdf in tree.iter(f"{_RDF}RDF"):
        for description in rdf.findall(f"{_RDF}Description"):
            for key, value in description.attrib.items():
                if name := _name(key):
                    values.setdefault(name, []).append(("", value))
            for element in description:
                if name := _name(element.tag):
                    values.setdefault(name, []).extend(_values(element))
    return Packet({name: tuple(found) for name, found in values.items()})


def _name(tag: str) -> str:
    uri, _, local = tag[1:].partition("}")
    return f"{_PREFIXES[uri]}:{local}" if tag.startswith("{") and uri in _PREFIXES else ""


def _values(element: ElementTree.Element) -> list[tuple[str, str]]:
    items = element.findall(f"*/{_RDF}li")
    if items:
        return [(item.get(_LANG, ""), item.text or "") for item in items]
    return [("", element.text or "")]
