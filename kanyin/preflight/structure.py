# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Read what the objects of a PDF say: boxes, annotations, layers, and both kinds of metadata.

The only module that reads with pikepdf; it never sees the pages.
"""

from __future__ import annotations

import io
from typing import Any
from xml.etree import ElementTree

from kanyin.findings import SourceError, Where, finding
from kanyin.preflight.facts import Box, Packet, Structure

_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
}
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BIG = 1e6
"""A rectangle larger than any page, for a page that sets no limit."""


def read(data: bytes, name: str) -> Structure:
    """Raises SourceError VERIFY-UNREADABLE or VERIFY-ENCRYPTED."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _read(pdf)
    except pikepdf.PasswordError as error:
        raise SourceError(finding("VERIFY-ENCRYPTED", Where(name))) from error
    except Exception as error:
        # A damaged object may come back as any type; whatever cannot be read is not verified.
        raise SourceError(finding("VERIFY-UNREADABLE", Where(name), reason=type(error).__name__)) from error


def _read(pdf: Any) -> Structure:
    root = pdf.Root
    groups = root.get("/OCProperties", {}).get("/OCGs", [])
    pages = list(pdf.pages)
    return Structure(
        encrypted=bool(pdf.is_encrypted),
        layers=tuple(str(group.get("/Name", "?")) for group in groups),
        trims=tuple(_trim(page) for page in pages),
        units=tuple(float(page.obj.get("/UserUnit", 1)) for page in pages),
        annotations=tuple(_annotations(page) for page in pages),
        xmp=_packet(root),
        info={str(key)[1:]: str(value) for key, value in pdf.docinfo.items()},
    )


def _trim(page: Any) -> Box:
    found = page.obj.get("/TrimBox")
    return _box(found) if found is not None else (-_BIG, -_BIG, _BIG, _BIG)


def _box(values: Any) -> Box:
    x0, y0, x1, y1 = (float(v) for v in values)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _annotations(page: Any) -> tuple[tuple[str, Box], ...]:
    found = []
    for annotation in page.obj.get("/Annots", []):
        rectangle = annotation.get("/Rect")
        # An annotation without a place may be shown anywhere.
        box = _box(rectangle) if rectangle is not None else (-_BIG, -_BIG, _BIG, _BIG)
        found.append((str(annotation.get("/Subtype", "?")).lstrip("/"), box))
    return tuple(found)


def _packet(root: Any) -> Packet | None:
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
