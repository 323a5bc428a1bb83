# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What a PDF says about itself: one Record, written into the XMP packet and the document information alike.

Two places that each say who owns an article drift apart unless both are made from one value. Everything here is text
in, text out; `stamp` puts it into the file. XMP: ISO 16684-1; claims: ISO 19005-3, ISO 14289-1, ISO 15930-7;
extension schemas: ISO 19005-3, 6.6.2.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from kanyin.model import Article, Inlines, Journal, LineBreak, Link, Permit, Styled, Text

Profile = Literal["screen", "print", "archive", ""]

CHINA = timezone(timedelta(hours=8))
NOTICE_EN = {
    "79bbc7150a53a8b3df0a20008303f3f5ea8bda0daa16e39fdc9270a272241a81": (
        "Copyright by the Chinese Medical Association. No article of this journal may be reprinted or excerpted, and "
        "its layout may not be used, without authorization. Unless specially stated, the articles published in this "
        "journal do not represent the views of the Chinese Medical Association or of the journal's editorial board."
    )
}
"""English renderings for catalogues, by the hash of the notice. The printed Chinese text alone is authoritative."""


@dataclass(frozen=True)
class Record:
    """An article as catalogues see it. Pairs are (Chinese, English); an empty text is left out.

    `created` must carry a time zone and come from the source, never from a clock; None leaves all dates out. `doi` is
    bare (10.…). An empty `profile` means a file that is not ours: the claims it made are kept as they were.
    """

    title: tuple[str, str]
    created: datetime | None
    profile: Profile
    authors: tuple[str, ...] = ()
    doi: str = ""
    language: str = "zh-Hans"
    publisher: tuple[str, str] = ("", "")
    holder: tuple[str, str] = ("", "")
    rights_en: str = ""
    usage: tuple[str, str] = ("", "")
    statement_url: str = ""
    journal: Journal = field(default_factory=Journal)
    description: tuple[str, str] = ("", "")
    keywords: tuple[str, ...] = ()
    producer: str = "kanyin"


@dataclass(frozen=True)
class Claims:
    """The standards that a file says it keeps: PDF/A part and level, PDF/UA part, PDF/X version; empty = no claim."""

    a: str = ""
    ua: str = ""
    x: str = ""


CLAIMS: dict[Profile, Claims] = {"screen": Claims(ua="1"), "archive": Claims(a="3A", ua="1")}
"""What a profile of ours claims; elsewhere the claims that the file came with are kept, and none is added."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NS = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
_PRISM = {
    "publicationName": "Title of the journal",
    "issn": "ISSN of the journal",
    "volume": "Volume",
    "number": "Issue",
    "startingPage": "First page in the issue",
    "endingPage": "Last page in the issue",
    "doi": "Digital object identifier of the article",
}


def claims_of(packet: str) -> Claims:
    """The claims that a file makes in its own XMP packet."""

    def value(name: str) -> str:
        found = re.search(rf"""\b{name}(?:\s*=\s*["']|\s*>)\s*([^"'<]*)""", packet)
        return found[1].strip() if found else ""

    return Claims(
        value("pdfaid:part") + value("pdfaid:conformance"), value("pdfuaid:part"), value("pdfxid:GTS_PDFXVersion")
    )


def record(article: Article, permit: Permit, profile: Profile) -> Record:
    """The record of an article. Its date: publication, else acceptance, else the journal's year, else none.

    The day of the permit is today's and would make tomorrow's file another one.
    """
    front = article.front
    history, journal = front.history, front.journal
    day = history.published or history.accepted or _first_of(journal.year)
    return Record(
        title=(front.title, front.title_en),
        created=datetime.combine(day, time(), CHINA) if day else None,
        profile=profile,
        authors=tuple(c.name for c in front.contribs),
        doi=front.doi,
        language=front.lang,
        publisher=(journal.publisher or journal.name, ""),
        holder=(permit.holder_name, ""),
        rights_en=NOTICE_EN.get(permit.notice.sha256, ""),
        journal=journal,
        description=(
            "\n".join(part.label + ("：" if part.label else "") + _plain(part.content) for part in front.abstract),
            "\n".join(part.label + (": " if part.label else "") + _plain(part.content) for part in front.abstract_en),
        ),
        keywords=front.kwds,
    )


def _first_of(year: str) -> date | None:
    """The first day of a year in four digits: the least that is known to be true of a date that has to name a day."""
    return date(int(year), 1, 1) if re.fullmatch(r"[1-9][0-9]{3}", year) else None


def _plain(content: Inlines) -> str:
    """Inline content without its markup; formulas and references, which need their surroundings, are left out."""
    found = ""
    for item in content:
        if isinstance(item, Text):
            found += item.value
        elif isinstance(item, Styled | Link):
            found += _plain(item.content)
        elif isinstance(item, LineBreak):
            found += " "
    return found


def info(record: Record) -> dict[str, str]:
    """The document information dictionary, from the values that the XMP packet gets."""
    stamp = record.created.strftime("D:%Y%m%d%H%M%S") + _zone(record.created, "'") if record.created else ""
    entries = {
        "/Title": record.title[0],
        "/Author": "; ".join(record.authors),
        "/Subject": record.description[0],
        "/Keywords": ", ".join(record.keywords),
        "/Producer": record.producer,
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
    return {key: value for key, value in entries.items() if value}


def xmp(record: Record, permits: Sequence[Permit], claims: Claims, document_id: str, build: str) -> bytes:
    """The whole XMP packet, UTF-8. `permits` are those of all pages; `document_id` is a UUID made from the content,
    `build` what the pages name."""
    body = "".join(_properties(record, permits, claims, document_id, build))
    names = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NS.items())
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f'<rdf:RDF xmlns:rdf="{_RDF}">\n'
        f'<rdf:Description rdf:about=""{names}>\n{body}</rdf:Description>\n'
        '</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="r"?>'
    )
    return packet.encode()


def _properties(
    record: Record, permits: Sequence[Permit], claims: Claims, document_id: str, build: str
) -> Iterator[str]:
    permit = permits[0]
    works = list(dict.fromkeys(p.work for p in permits))
    owners = record.holder if record.holder[0] else (permit.holder_name, record.holder[1])
    zh, en = record.usage
    terms = [f"特别声明：{p.statement}" for p in permits if p.statement] + [line for p in permits for line in p.credit]
    usage = "\n".join(dict.fromkeys([*terms, zh] if zh else terms))
    moment = record.created.strftime("%Y-%m-%dT%H:%M:%S") + _zone(record.created, ":") if record.created else ""
    yield _one("dc:format", "application/pdf")
    yield _lang("dc:title", *record.title)
    yield _list("dc:creator", "Seq", record.authors)
    yield _lang("dc:description", *record.description)
    yield _list("dc:subject", "Bag", record.keywords)
    yield _list("dc:language", "Bag", [record.language])
    yield _list("dc:publisher", "Bag", [name for name in record.publisher if name])
    yield _one("dc:identifier", f"doi:{record.doi}" if record.doi else permit.work)
    yield _lang("dc:rights", permit.notice.text, record.rights_en)
    yield _one("xmpRights:Marked", "True")
    yield _list("xmpRights:Owner", "Bag", [name for name in owners if name])
    yield _lang("xmpRights:UsageTerms", usage, en)
    yield _one("xmpRights:WebStatement", record.statement_url)
    doi = [f"doi:{record.doi}"] if record.doi else []
    yield _list("xmp:Identifier", "Bag", [*works, *doi, f"build:{build}"])
    yield _one("xmp:CreateDate", moment)
    yield _one("xmp:ModifyDate", moment)
    yield _one("xmp:MetadataDate", moment)
    yield _one("pdf:Producer", record.producer)
    yield _one("pdf:Keywords", ", ".join(record.keywords))
    yield _one("xmpMM:DocumentID", f"uuid:{document_id}")
    yield from _claims(claims)
    prism = {key: value for key, value in _prism(record).items() if value}
    for key, value in prism.items():
        yield _one(f"prism:{key}", value)
    if claims.a:
        yield _extensions(claims, prism)


def _prism(record: Record) -> dict[str, str]:
    j = record.journal
    values = (j.name, j.issn, j.volume, j.issue, j.fpage, j.lpage, record.doi)
    return dict(zip(_PRISM, values, strict=True))


def _claims(claims: Claims) -> Iterator[str]:
    if claims.a:
        yield _one("pdfaid:part", claims.a[0])
        yield _one("pdfaid:conformance", claims.a[1:])
    yield _one("pdfuaid:part", claims.ua)
    if claims.x:
        yield _one("pdfxid:GTS_PDFXVersion", claims.x)
        yield _one("xmpMM:VersionID", "1")
        yield _one("xmpMM:RenditionClass", "default")
        yield _one("pdf:Trapped", "False")


def _extensions(claims: Claims, prism: Iterable[str]) -> str:
    """Describe what PDF/A does not know by itself."""
    schemas = ""
    if claims.ua:
        schemas += _schema("pdfuaid", "PDF/UA identification", [("part", "Integer", "internal", "Part of ISO 14289")])
    if names := list(prism):
        schemas += _schema("prism", "PRISM basic metadata", [(n, "Text", "external", _PRISM[n]) for n in names])
    return f"<pdfaExtension:schemas><rdf:Bag>{schemas}</rdf:Bag></pdfaExtension:schemas>\n" if schemas else ""


def _schema(prefix: str, title: str, properties: Iterable[tuple[str, str, str, str]]) -> str:
    items = "".join(
        '<rdf:li rdf:parseType="Resource">'
        + f"<pdfaProperty:name>{name}</pdfaProperty:name><pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        + f"<pdfaProperty:category>{category}</pdfaProperty:category>"
        + f"<pdfaProperty:description>{about}</pdfaProperty:description></rdf:li>"
        for name, kind, category, about in properties
    )
    return (
        f'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{title}</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{_NS[prefix]}</pdfaSchema:namespaceURI><pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{items}</rdf:Seq></pdfaSchema:property></rdf:li>\n"
    )


def _one(name: str, value: str) -> str:
    return f"<{name}>{_text(value)}</{name}>\n" if value else ""


def _list(name: str, kind: str, values: Iterable[str]) -> str:
    items = "".join(f"<rdf:li>{_text(v)}</rdf:li>" for v in values)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>\n" if items else ""


def _lang(name: str, zh: str, en: str) -> str:
    """A language alternative: the default is the Chinese text, or the English one where there is no other."""
    found = [("x-default", zh or en), ("zh", zh), ("en", en)]
    items = "".join(f"<rdf:li xml:lang={quoteattr(lang)}>{_text(text)}</rdf:li>" for lang, text in found if text)
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>\n" if items else ""


def _text(value: str) -> str:
    """Escaped, without the control characters that XML 1.0 cannot hold."""
    return escape("".join(c for c in value if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff")))


def _zone(moment: datetime, mark: str) -> str:
    offset = moment.strftime("%z")
    if not offset:
        raise ValueError("a date of creation needs its time zone")
    return f"{offset[:3]}{mark}{offset[3:5]}" + ("'" if mark == "'" else "")
