# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""All words of a finished PDF, by whatever channel it says them, so that they can be compared with registered works.

A page is read in up to three ways, because each of them alone can be made to say something else than is seen: as it is
drawn, comments and fields included; in the order in which a reader goes through its columns; and as the file wants its
glyphs to be understood (`ActualText`), where that differs. Words that are only a picture are not read; pages that show
something and say nothing are named.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kanyin.findings import SourceError, Where, finding
from kanyin.preflight.columns import in_columns
from kanyin.preflight.raster import Document

Channel = Literal["page", "running", "columns", "told", "alt", "other"]
FEW = 40
"""Letters that a page says of itself, and no other page says too; with fewer it says nothing."""
INKED = 0.01
"""Of a page; one that shows less is empty but for its number."""
UNMAPPED = 0.1
"""Of a page's characters: where so many belong to no letter, what it says cannot be known."""
MOST = 6_000_000
"""Characters of all channels together."""
OFTEN, EDGE = 0.25, 5
"""A line that stands on so many of the pages, and on two at least, among the first or last lines of each, is no text of
any of them."""
_SHOWN_AS = re.compile(rb"/ActualText\b")
_HYPHEN = re.compile(r"(?<=[A-Za-z])[-\x02\u00ad\u2010]\s*\n?\s*(?=[a-z])")
_MARKUP = re.compile(r"<[^>]*>")
_TEXTLIKE = ("/Contents", "/ByteRange", "/ID", "/O", "/U", "/OE", "/UE", "/Perms", "/Panose")


@dataclass(frozen=True)
class Said:
    """Text on `page`, counted from 1, or of the file as a whole (0).

    `page` is the text of a page in the order in which it is drawn, `running` what it repeats of other pages (heads,
    feet, numbers), `columns` and `told` are the other readings of it. `alt` stands for pictures, `other` is every other
    string: comments, fields, titles of chapters, attachments, metadata.
    """

    page: int
    channel: Channel
    text: str


@dataclass(frozen=True)
class Words:
    """`blind` are pages that show something and say nothing that could be compared."""

    said: tuple[Said, ...]
    blind: tuple[int, ...] = ()


def words(data: bytes, name: str) -> Words:
    """Everything that a file says. Raises SourceError VERIFY-UNREADABLE, VERIFY-ENCRYPTED, REPRINT-WORDS."""
    strings, drawn = _opened(data, name)
    document = Document(drawn or data, name)
    pages, columns, unmapped = [], [], set()
    for number in range(1, document.count + 1):
        page = document.page(number, 1.0)
        pages.append(joined(page.lines))
        columns.append(in_columns(page.places()))
        if page.unmapped() > UNMAPPED:
            unmapped.add(number)
    said = list(_of_pages(pages))
    blind = tuple(n for n in range(1, document.count + 1) if n in unmapped or _mute(document, n, said))
    said += [Said(number, "columns", text) for number, text in enumerate(columns, 1)]
    if drawn:
        told = Document(data, name)
        texts = [joined(told.page(number, 1.0).lines) for number in range(1, told.count + 1)]
        said += [Said(n, "told", text) for n, text in enumerate(texts, 1) if [text] != pages[n - 1 : n]]
    said += strings
    if sum(len(one.text) for one in said) > MOST:
        raise SourceError(finding("REPRINT-WORDS", Where(name), most=MOST))
    return Words(tuple(one for one in said if one.text.strip()), blind)


def joined(lines: str) -> str:
    """Words that were parted at the end of a line are one, and it is still to be seen where."""
    return _HYPHEN.sub("\u00ad", lines)


def _of_pages(pages: Sequence[str]) -> Iterator[Said]:
    """The text of each page, apart from the lines that it has in common with others."""
    keys = [[_key(line) for line in page.split("\n")] for page in pages]
    keys = [[key if min(i, len(page) - 1 - i) < EDGE else "." for i, key in enumerate(page)] for page in keys]
    often = Counter(key for page in keys for key in set(page) - {"."})
    least = max(2, OFTEN * len(pages))
    for number, (page, of_page) in enumerate(zip(pages, keys, strict=True), 1):
        running = [often[key] >= least or not key for key in of_page]
        lines = list(zip(page.split("\n"), running, strict=True))
        yield Said(number, "page", "\n".join(line for line, repeated in lines if not repeated))
        yield Said(number, "running", "\n".join(line for line, repeated in lines if repeated))


def _key(line: str) -> str:
    """What is the same in the heads of two pages: their letters, without any number."""
    return "".join(char for char in line if char.isalpha()).casefold()


def _mute(document: Document, number: int, said: Sequence[Said]) -> bool:
    """Whether a page shows more than an empty one and says next to nothing of its own."""
    own = sum(len(_key(one.text)) for one in said if one.page == number and one.channel == "page")
    if own >= FEW:
        return False
    picture, _ = document.sketch(number)
    dark = sum(picture.histogram()[:160])
    return bool(dark >= INKED * picture.width * picture.height)


def _opened(data: bytes, name: str) -> tuple[list[Said], bytes]:
    """What the objects of a file say beside its pages; and the file as it is drawn, empty where that is no other."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            strings = dict.fromkeys(string for held in pdf.objects for string in _strings(held))
            said = [Said(0, channel, text) for channel, text in strings]
            said += [Said(0, "other", text) for text in dict.fromkeys(_held(pdf))]
            out = io.BytesIO()
            if _rewritten(pdf):
                pdf.save(out)
            return said, out.getvalue()
    except pikepdf.PasswordError as error:
        raise SourceError(finding("VERIFY-ENCRYPTED", Where(name))) from error
    except Exception as error:
        # Damaged objects come back as any type.
        raise SourceError(finding("VERIFY-UNREADABLE", Where(name), reason=type(error).__name__)) from error


def _rewritten(pdf: Any) -> bool:
    """Draw comments and fields into the pages, and take out what the glyphs of a page are said to mean."""
    import pikepdf

    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and bool(form.get("/NeedAppearances", False)):
        pdf.generate_appearance_streams()
    changed = any("/Annots" in page.obj for page in pdf.pages)
    if changed:
        pdf.flatten_annotations("screen")
    for held in pdf.objects:
        if isinstance(held, pikepdf.Stream) and held.get("/Subtype") != "/Image":
            changed = _glyphs_only(held) or changed
        for one in _dictionaries(held):
            if "/ActualText" in one:
                del one["/ActualText"]
                changed = True
    return changed


def _glyphs_only(stream: Any) -> bool:
    import pikepdf

    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:
        return False  # compressed in a way that only pictures are
    if not _SHOWN_AS.search(data):
        return False
    stream.write(_SHOWN_AS.sub(b"/ActualTexx", data))
    return True


def _dictionaries(held: Any, depth: int = 0) -> Iterator[Any]:
    """The dictionaries of one indirect object; references lead to others of the file."""
    import pikepdf

    if isinstance(held, pikepdf.Array):
        inner = list(held)
    elif isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
        yield held
        inner = [one for _, one in held.items()]
    else:
        return
    for one in inner:
        if depth < 64 and not getattr(one, "is_indirect", False):
            yield from _dictionaries(one, depth + 1)


def _strings(held: Any) -> Iterator[tuple[Channel, str]]:
    """Every string of an object that has words in it, whatever its entry is called."""
    import pikepdf

    for one in _dictionaries(held):
        signature = "/ByteRange" in one
        for key, value in one.items():
            if key in _TEXTLIKE and (key != "/Contents" or signature):
                continue
            values = list(value) if isinstance(value, pikepdf.Array) and not value.is_indirect else [value]
            for string in values:
                if isinstance(string, pikepdf.String) and len(_key(text := str(string))) > 1:
                    yield ("alt" if key == "/Alt" else "other"), _MARKUP.sub(" ", text)


def _held(pdf: Any) -> Iterator[str]:
    """Words inside streams that are no page: metadata, and attachments that are text."""
    import pikepdf

    for held in pdf.objects:
        if not isinstance(held, pikepdf.Stream):
            continue
        kind = str(held.get("/Type", ""))
        if kind in ("/Metadata", "/EmbeddedFile"):
            try:
                data = held.read_bytes()
            except pikepdf.PdfError:
                continue
            yield _MARKUP.sub(" ", _decoded(data))


def _decoded(data: bytes) -> str:
    """Bytes as text; empty where they are none."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "" if "\0" in text else text
    return ""
