# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Read in a finished PDF which work it is: what can be seen on its first pages, and what its metadata say.

Only characters with ink count: a title that nobody sees was put there for programs. What is larger than the running
text is a headline; a title that is merely quoted is not. Facts only; the rights judge them.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any

from kanyin import notice
from kanyin.findings import SourceError, Where, finding
from kanyin.model import Finished
from kanyin.preflight.raster import Document

FIRST = 2
"""Pages that count as first: an article may come behind a cover."""
LARGER = 1.08
"""Times the usual size of a page's characters, from which on they are a headline."""
MOST_OWNERS = 20
_OWNER = re.compile("版权归(.{1,40}?)所有")
_DOI = re.compile(r"10\.[0-9]{4,9}/[^\s\"'<>]+")
_DOI_KEYS = ("/doi", "/DOI", "/WPS-ARTICLEDOI")
_RIGHTS = re.compile(
    r"<(?:\w+:)?(?:rights|Owner|UsageTerms)\b[^>]*>(.*?)</(?:\w+:)?(?:rights|Owner|UsageTerms)>", re.DOTALL
)
_TITLE = re.compile(r"<(?:\w+:)?title\b[^>]*>(.*?)</(?:\w+:)?title>", re.DOTALL)
_IDENTIFIER = re.compile(r"<(?:\w+:)?(?:doi|DOI|identifier|Identifier|url)\b[^>]*>(.*?)</", re.DOTALL)


def finished(data: bytes, name: str) -> Finished:
    """What the file shows and says. Raises SourceError VERIFY-UNREADABLE or VERIFY-ENCRYPTED."""
    document = Document(data, name)
    opening, headline, owners = "", "", dict[str, None]()
    for number in range(1, document.count + 1):
        page = document.page(number, 1.0)
        for owner in _OWNER.findall(notice.fold(page.text)[0])[:MOST_OWNERS]:
            owners[owner] = None
        if number <= FIRST:
            seen = [(char, size) for char, size, ink in page.characters() if ink]
            opening += "".join(char for char, _ in seen) + "\n"
            headline += _larger(seen) + "\n"
    info, packet = _metadata(data, name)
    return Finished(
        sha256=hashlib.sha256(data).hexdigest(),
        pages=document.count,
        opening=opening,
        headline=headline,
        titles=tuple(filter(None, (info.get("/Title", "").strip(), *_texts(_TITLE, packet)))),
        dois=tuple(dict.fromkeys(_dois(info, packet))),
        rights=tuple(_texts(_RIGHTS, packet)),
        owners=tuple(owners)[:MOST_OWNERS],
    )


def _larger(seen: list[tuple[str, float]]) -> str:
    sizes = sorted(size for _, size in seen)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    return "".join(char for char, size in seen if size >= usual * LARGER)


def _metadata(data: bytes, name: str) -> tuple[dict[str, str], str]:
    """Document information and XMP packet, as far as they can be read; damaged ones are repaired."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            info = pdf.trailer.get("/Info")
            held = info.items() if isinstance(info, pikepdf.Dictionary) else ()
            said = {str(key): str(value) for key, value in held if isinstance(value, pikepdf.String)}
            stream: Any = pdf.Root.get("/Metadata")
            packet = stream.read_bytes().decode("utf-8", "replace") if isinstance(stream, pikepdf.Stream) else ""
            return said, packet
    except pikepdf.PasswordError as error:
        raise SourceError(finding("VERIFY-ENCRYPTED", Where(name))) from error
    except Exception as error:
        # Damaged objects come back as any type.
        raise SourceError(finding("VERIFY-UNREADABLE", Where(name), reason=type(error).__name__)) from error


def _texts(pattern: re.Pattern[str], packet: str) -> Iterator[str]:
    for inside in pattern.findall(packet):
        items = re.findall(r"<rdf:li\b[^>]*>(.*?)</rdf:li>", inside, re.DOTALL) or [inside]
        for item in items:
            if text := _plain(item):
                yield text


def _plain(markup: str) -> str:
    from xml.sax.saxutils import unescape

    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup), {"&quot;": '"', "&apos;": "'"}).split())


def _dois(info: dict[str, str], packet: str) -> Iterator[str]:
    for text in (*(info.get(key, "") for key in _DOI_KEYS), *_texts(_IDENTIFIER, packet)):
        yield from (found.rstrip(".,;)") for found in _DOI.findall(text))
