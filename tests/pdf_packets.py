# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Ways to say in the metadata what the notice forbids, where one reader of XMP looks and another does not.

Importing this adds them to `pdf_attacks.ATTACKS`.
"""

from __future__ import annotations

import pikepdf
from pdf_attacks import attack, packet

SPACE = 'xmlns:q="urn:q"'
PACKETS = {
    "element in a value": ("(<dc:rights>.*?<rdf:li[^>]*>[^<]*)(</rdf:li>)", rf"\1<q:y {SPACE}>CC0</q:y>\2"),
    "element after an owner": ("(<xmpRights:Owner><rdf:Bag><rdf:li>[^<]*)", rf"\1<q:y {SPACE}/>"),
    "text beside a list": ("(<dc:rights>)", r"\1可自由转载"),
    "element beside the values": ("(</rdf:Alt></dc:rights>)", rf"<q:z {SPACE}>CC0</q:z>\1"),
    "attribute of a value": ('(<dc:rights>.*?<rdf:li xml:lang="x-default")', rf'\1 {SPACE} q:license="CC0"'),
    "text beside the description": ("(<rdf:Description)", r"可自由转载 \1"),
    "name of a tool that is a licence": ("<x:xmpmeta", '<x:xmpmeta x:xmptk="CC0"'),
    "remark": ("(<dc:rights>)", r"<!-- CC0 -->\1"),
    "instruction for programs": ("(<dc:rights>)", r"<?rights CC0?>\1"),
    "class of a rendition": ("(<xmpRights:Marked>)", r"<xmpMM:RenditionClass>CC0</xmpMM:RenditionClass>\1"),
    "schemas that speak": (
        "(<xmpRights:Marked>)",
        r"<pdfaExtension:schemas><rdf:Bag><rdf:li>CC0</rdf:li></rdf:Bag></pdfaExtension:schemas>\n\1",
    ),
    "publisher who grants": (
        "(<xmpRights:Marked>)",
        r"<dc:publisher><rdf:Bag><rdf:li>CC BY 4.0</rdf:li></rdf:Bag></dc:publisher>\n\1",
    ),
}


def said(name: str, pattern: str, replacement: str) -> None:
    @attack(name, "VERIFY-METADATA", text_remains=True, alone=True)
    def _(pdf: pikepdf.Pdf) -> None:
        packet(pdf, pattern, replacement)


for name, (pattern, replacement) in PACKETS.items():
    said(name, pattern, replacement)


@attack("title that grants, in both places", "VERIFY-METADATA", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    title = pdf.docinfo["/Title"] = "可自由转载"
    packet(
        pdf,
        "<dc:title>.*?</dc:title>",
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>',
    )


@attack("keywords that grant, in both places", "VERIFY-METADATA", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    words = pdf.docinfo["/Keywords"] = "CC BY 4.0; free to reprint"
    packet(pdf, "<pdf:Keywords>[^<]*", f"<pdf:Keywords>{words}")


@attack("bookmark that grants", "VERIFY-METADATA", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("本文可自由转载", 0))


@attack("numbers of pages that grant", "VERIFY-METADATA", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    first = pikepdf.Dictionary(P=pikepdf.String("free to reprint "))
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, first]))


@attack("packet in sixteen bits, with a type of its own", "VERIFY-XMP-MISSING", text_remains=True)
def _(pdf: pikepdf.Pdf) -> None:
    text = pdf.Root.Metadata.read_bytes().decode()
    text = text[text.index("<x:xmpmeta") : text.index("<?xpacket end")]
    text = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY e "CC0">]>{text}'
    pdf.Root.Metadata.write(b"\xff\xfe" + text.encode("utf-16-le"))
