# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Does the XMP packet say what it says in the one form of ours, and does nothing in the file speak of other terms?

A reader that follows the standard and one that searches for words see different things in a packet: text beside a list,
elements inside a value, attributes, remarks. Ours has none of them, so whatever stands there was put in. Pure: it reads
text, and objects that `structure` opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kanyin.preflight.facts import Flaw, Packet

_HEAD = re.compile(
    r'<\?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"\?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
    r'<rdf:RDF xmlns:rdf="http://www\.w3\.org/1999/02/22-rdf-syntax-ns#">\n'
    r'<rdf:Description rdf:about=""(?: xmlns:[A-Za-z]{1,20}="[^"<]{1,80}"){1,20}>\n'
)
_TAIL = '</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="r"?>'
_SCHEMAS = re.compile(r"<pdfaExtension:schemas>.*?</pdfaExtension:schemas>\n", re.DOTALL)
_PROPERTY = re.compile(
    r"<([A-Za-z]+:[A-Za-z_]+)>(?:[^<]+|<rdf:(Bag|Seq)>(?:<rdf:li>[^<]+</rdf:li>)+</rdf:\2>"
    r'|<rdf:Alt>(?:<rdf:li xml:lang="(?:x-default|zh|en)">[^<]+</rdf:li>)+</rdf:Alt>)</\1>\n?'
)
_TAG = re.compile(r"<[^>]*>")
_SCHEMA_TAGS = {"<rdf:Bag>", "<rdf:Seq>", '<rdf:li rdf:parseType="Resource">', "<pdfaExtension:schemas>"} | {
    f"<{name}>"
    for name in (
        "pdfaSchema:schema", "pdfaSchema:namespaceURI", "pdfaSchema:prefix", "pdfaSchema:property",
        "pdfaProperty:name", "pdfaProperty:valueType", "pdfaProperty:category", "pdfaProperty:description",
    )
}  # fmt: skip
_SCHEMA_WORDS = {
    "", "PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", "part", "Integer", "internal",
    "Part of ISO 14289", "PRISM basic metadata", "http://prismstandard.org/namespaces/basic/2.0/", "prism", "Text",
    "external", "publicationName", "issn", "volume", "number", "startingPage", "endingPage", "doi",
    "Title of the journal", "ISSN of the journal", "Volume", "Issue", "First page in the issue",
    "Last page in the issue", "Digital object identifier of the article",
}  # fmt: skip
_FIXED = {
    "dc:format": "application/pdf", "xmpMM:VersionID": "1", "xmpMM:RenditionClass": "default", "pdf:Trapped": "False",
}  # fmt: skip
_FREE = ("dc:title", "dc:creator", "dc:description", "dc:subject", "dc:publisher", "dc:language", "pdf:Keywords")
"""Properties in which an author's own words stand."""
_LICENCE = re.compile(
    r"\bCC0\b|\bCC[ -]BY|public domain|no rights reserved|free(?:ly)? to (?:re)?(?:print|use|copy)|公有领域"
    r"|(?<![不未])(?:可|自由|任意|随意|欢迎|免费)[^，。；\n]{0,4}(?:转载|摘编)",
    re.IGNORECASE,
)
"""Words that grant what the notice reserves."""
_MOST = 100_000


def form_flaws(stream: Any, xmp: Packet) -> Iterator[Flaw]:
    """VERIFY-METADATA where the packet is not, sign by sign, of our form, or what is always the same is not."""
    try:
        text = bytes(stream.read_bytes()).decode()
    except UnicodeDecodeError:
        text = ""
    if odd := _odd(text):
        yield Flaw("VERIFY-METADATA", 0, f"XMP {odd}")
    for name, value in _FIXED.items():
        if xmp.all(name) not in ([], [value]):
            yield Flaw("VERIFY-METADATA", 0, name)


def _odd(text: str) -> str:
    """The first place that is not of our form; empty when all is."""
    head = _HEAD.match(text)
    if head is None or not text.endswith(_TAIL):
        return "xpacket"
    at, end = head.end(), len(text) - len(_TAIL)
    while at < end:
        if schemas := _SCHEMAS.match(text, at, end):
            tags, words = set(_TAG.findall(schemas[0])), {word.strip() for word in _TAG.split(schemas[0])}
            closing = {f"</{tag[1:].partition(' ')[0].rstrip('>')}>" for tag in _SCHEMA_TAGS}
            if (tags - _SCHEMA_TAGS - closing) or words - _SCHEMA_WORDS:
                return "pdfaExtension:schemas"
            at = schemas.end()
        elif found := _PROPERTY.match(text, at, end):
            at = found.end()
        else:
            return " ".join(text[at : at + 40].split())
    return ""


def licence_flaws(root: Any, info: Any, xmp: Packet | None) -> Iterator[Flaw]:
    """VERIFY-METADATA where title, keywords, outlines or page labels grant what the notice reserves.

    What the terms of use say too was granted, and is printed on the pages.
    """
    granted = "\n".join(xmp.all("xmpRights:UsageTerms")) if xmp else ""
    said = [(name, text) for name in _FREE for text in (xmp.all(name) if xmp else ())]
    if xmp:
        said += [(name, text) for name in xmp.values if name.startswith("prism:") for text in xmp.all(name)]
    said += [(str(key), str(value)) for key, value in info.items()]
    said += [("/Outlines", text) for text in _texts(root.get("/Outlines"), "/Title", ("/First", "/Next"))]
    said += [("/PageLabels", text) for text in _texts(root.get("/PageLabels"), "/P", ("/Nums", "/Kids"))]
    for name, text in said:
        found = _LICENCE.search(text)
        if found and found[0] not in granted:
            yield Flaw("VERIFY-METADATA", 0, f"{name}: {found[0]}")


def _texts(held: Any, key: str, below: tuple[str, ...]) -> Iterator[str]:
    """The strings under `key` in all dictionaries that are reached by `below`; each object once."""
    waiting, seen = [held], set[tuple[int, int]]()
    while waiting and len(seen) < _MOST:
        one = waiting.pop()
        kind = str(getattr(getattr(one, "_type_code", None), "name", ""))
        if kind == "array":
            waiting += list(one)
        if kind != "dictionary":
            continue
        if one.is_indirect:
            if one.objgen in seen:
                continue
            seen.add(one.objgen)
        if key in one:
            yield str(one[key])
        waiting += [one[name] for name in below if name in one]
