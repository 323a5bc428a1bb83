# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Read a file as a press would: its document-wide claims and objects. What pages paint is read in `pdfx_pages`."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from kanyin.findings import SourceError, Where, finding
from kanyin.preflight.pdfx_facts import OutputIntent, PageFacts, PressFacts
from kanyin.preflight.pdfx_pages import paint_page
from kanyin.preflight.structure import packet, rectangle

_ACTING = ("/AA", "/JS", "/OpenAction", "/A", "/PA")
_DEEP = 64
_BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")


def read(data: bytes, name: str) -> PressFacts:
    """Raises SourceError VERIFY-UNREADABLE or VERIFY-ENCRYPTED."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _read(pdf, name, data)
    except pikepdf.PasswordError as error:
        raise SourceError(finding("VERIFY-ENCRYPTED", Where(name))) from error
    except SourceError:
        raise
    except Exception as error:
        # A damaged object may come back as any type; a file that cannot be read conforms to nothing.
        raise SourceError(finding("VERIFY-UNREADABLE", Where(name), reason=type(error).__name__)) from error


def _read(pdf: Any, name: str, data: bytes) -> PressFacts:
    actions: dict[str, None] = {}
    transfer: dict[str, None] = {}
    filters: dict[str, None] = {}
    flags = dict.fromkeys(("forms", "attachments", "postscript", "opi", "alternates"), False)
    for held in pdf.objects:
        for one in dictionaries(held, 0):
            keys = set(one.keys())
            kind = str(one.get("/S", ""))
            if kind in ("/JavaScript", "/Launch", "/URI", "/GoTo", "/GoToR", "/SubmitForm", "/Named", "/ImportData"):
                actions[kind] = None
            actions.update(dict.fromkeys(sorted(keys & set(_ACTING[:3]))))
            flags["attachments"] |= bool(keys & {"/EF", "/EmbeddedFiles"})
            flags["postscript"] |= str(one.get("/Subtype", "")) == "/PS" or "/PS" in keys
            flags["opi"] |= "/OPI" in keys
            flags["alternates"] |= "/Alternates" in keys
            for key in keys & {"/TR", "/TR2", "/HTP"}:
                # a soft mask names its own function TR too; that one shapes the mask, not the inks
                if str(one.get(key)) not in ("/Identity", "/Default") and str(one.get("/Type", "")) != "/Mask":
                    transfer[key] = None
            filters.update(dict.fromkeys(_filters(one)))
    root = pdf.Root
    fields = root.get("/AcroForm")
    flags["forms"] = fields is not None and (len(fields.get("/Fields", [])) > 0 or "/XFA" in fields)
    return PressFacts(
        name=name,
        header=data[:8].decode("latin-1"),
        xmp=packet(root),
        info={str(key)[1:]: str(value).lstrip("/") for key, value in pdf.docinfo.items()},
        ids=len(pdf.trailer.get("/ID", [])),
        encrypted=bool(pdf.is_encrypted),
        intents=tuple(_intent(one) for one in root.get("/OutputIntents", [])),
        actions=tuple(actions),
        transfer=tuple(transfer),
        filters=tuple(filters),
        pages=tuple(_page(page, number) for number, page in enumerate(pdf.pages, start=1)),
        **flags,
    )


def dictionaries(held: Any, depth: int) -> Iterator[Any]:
    """The dictionaries of one indirect object, those of streams too."""
    kind = str(getattr(getattr(held, "_type_code", None), "name", ""))
    if depth > _DEEP or kind not in ("array", "dictionary", "stream"):
        return
    if kind != "array":
        yield held
    below = held if kind == "array" else [one for _, one in held.items()]
    for one in below:
        if not getattr(one, "is_indirect", False):
            yield from dictionaries(one, depth + 1)


def _filters(held: Any) -> list[str]:
    import pikepdf

    found = held.get("/Filter")
    return [str(one) for one in found] if isinstance(found, pikepdf.Array) else [str(found)] if found else []


def _intent(held: Any) -> OutputIntent:
    profile = held.get("/DestOutputProfile")
    said: tuple[str, ...] = ()
    if profile is not None:
        icc = bytes(profile.read_bytes())
        if icc[36:40] == b"acsp":
            said = icc[12:16].decode("latin-1"), icc[16:20].decode("latin-1").strip()
    names = ("/S", "/OutputConditionIdentifier", "/Info", "/RegistryName")
    kind, identifier, info, registry = (str(held.get(name, "")) for name in names)
    return OutputIntent(kind, identifier, info, registry, said, int(profile.get("/N", 0)) if profile is not None else 0)


def _page(page: Any, number: int) -> PageFacts:
    facts = PageFacts(number)
    for key in _BOXES:
        held = page.mediabox if key == "/MediaBox" else page.obj.get(key)
        if held is not None:
            facts.boxes[key] = rectangle(held)
    for one in page.obj.get("/Annots", []):
        if "/Rect" in one:
            facts.annotations.append((str(one.get("/Subtype", "?")).lstrip("/"), rectangle(one.Rect)))
    paint_page(page, facts)
    return facts
