# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Word files made for the tests, with no more in them than Word itself demands."""
# ruff: noqa: E501  (XML on one line)

from __future__ import annotations

import io
import zipfile

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
SPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "m": f"{OFFICE}/math",
        "r": f"{OFFICE}/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    }.items()
)
PICTURE = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="右肺结节"/><a:graphic><a:graphicData><pic:pic><pic:blipFill>'
    '<a:blip r:embed="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
)


def docx(body: str, *, picture: bytes = b"", styles: str = "", header: str = "") -> bytes:
    """A Word file whose body is this WordprocessingML."""
    relations = f'<Relationship Id="rId9" Type="{OFFICE}/relationships/image" Target="media/p.png"/>' if picture else ""
    relations += f'<Relationship Id="rId8" Type="{OFFICE}/relationships/styles" Target="styles.xml"/>' if styles else ""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", TYPES)
        target = f'<Relationship Id="rId1" Type="{OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
        made.writestr("_rels/.rels", RELATIONS.format(target))
        made.writestr("word/_rels/document.xml.rels", RELATIONS.format(relations))
        made.writestr(
            "word/document.xml", f'<?xml version="1.0"?><w:document {SPACES}><w:body>{body}</w:body></w:document>'
        )
        if picture:
            made.writestr("word/media/p.png", picture)
        if header:
            made.writestr("word/header1.xml", f'<?xml version="1.0"?><w:hdr {SPACES}>{header}</w:hdr>')
        if styles:
            made.writestr("word/styles.xml", f'<?xml version="1.0"?><w:styles {SPACES}>{styles}</w:styles>')
    return out.getvalue()


def p(text: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{named}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
