# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Take out of a PDF whatever does something beside being shown: scripts, actions, layers, attachments, forms.

Each lets another viewer, a click or a printer show something else than was proven. Whatever is taken out is counted by
name, so that it can be reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

_DEEP = 64
_GOES = {"/GoTo", "/URI"}
"""What a click may still do: go to a place in the file, or to an address."""
_EVERYWHERE = {
    "/AA": "actions", "/JS": "JavaScript", "/AF": "attachments", "/EF": "attachments", "/OC": "layers",
    "/OPI": "OPI", "/Ref": "references to other files", "/Alternates": "alternate images", "/PS": "PostScript",
    "/XFA": "XFA", "/RichMediaContent": "rich media", "/AlternatePresentations": "presentations",
    "/Trans": "transitions",
}  # fmt: skip
_OF_A_PAGE = {
    "/Metadata": "metadata of pages",
    "/PieceInfo": "data of programs",
    "/B": "threads",
    "/Dur": "transitions",
}
_OF_THE_FILE = {
    "/AcroForm": "forms", "/OCProperties": "layers", "/Collection": "portfolios", "/NeedsRendering": "XFA",
    "/Perms": "signatures", "/DSS": "signatures", "/Legal": "attestations", "/PieceInfo": "data of programs",
    "/Requirements": "requirements", "/Threads": "threads", "/SpiderInfo": "captured pages",
}  # fmt: skip
_CATALOGUE = {"/Type", "/Pages", "/Metadata", "/Lang", "/MarkInfo", "/StructTreeRoot", "/Outlines", "/Names", "/Dests"}
_CATALOGUE |= {"/ViewerPreferences", "/OutputIntents", "/PageLabels", "/PageLayout", "/PageMode", "/OpenAction"}
_CATALOGUE |= {"/Version", "/Extensions"}
_PAGE = {"/Type", "/Parent", "/Resources", "/Contents", "/Rotate", "/Group", "/Annots", "/StructParents", "/Tabs"}
_PAGE |= {"/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/UserUnit"}
_RIGHTS = re.compile(rb"(?i)rights|copyright|license|licence|credit|owner")
"""Metadata of a picture that speak of rights are not ours to take out; the proof refuses the file."""
_AREAS = ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip")
_QUIET = {"/Type", "/Subtype", "/Contents", "/Rect", "/A", "/Dest", "/StructParent", "/QuadPoints", "/Lang", "/H", "/P"}


def acts(pdf: Any) -> Counter[str]:
    """Take out everything that acts, wherever it is held. Links that go somewhere stay, and draw nothing."""
    removed: Counter[str] = Counter()
    _catalogue(pdf.Root, removed)
    for page in pdf.pages:
        _drop(page.obj, _OF_A_PAGE, removed)
        _drop(page.obj, dict.fromkeys(set(page.obj.keys()) - _PAGE, "entries of pages"), removed)
        _links(page.obj, removed)
    for held in pdf.objects:
        for one in dictionaries(held):
            _dictionary(one, removed)
    return removed


def dictionaries(held: Any, depth: int = 0) -> Iterator[Any]:
    """The dictionaries of one indirect object, those of streams too; references lead to others of the file."""
    import pikepdf

    if depth > _DEEP:
        return
    if isinstance(held, pikepdf.Array):
        for one in held:
            if not getattr(one, "is_indirect", False):
                yield from dictionaries(one, depth + 1)
    elif isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
        yield held
        for _, one in held.items():
            if not getattr(one, "is_indirect", False):
                yield from dictionaries(one, depth + 1)


def _drop(held: Any, names: dict[str, str], removed: Counter[str]) -> None:
    for key, what in names.items():
        if key in held:
            del held[key]
            removed[what] += 1


def _catalogue(root: Any, removed: Counter[str]) -> None:
    import pikepdf

    _drop(root, _OF_THE_FILE, removed)
    _drop(root, dict.fromkeys(set(root.keys()) - _CATALOGUE, "entries of the catalogue"), removed)
    opening = root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and (str(opening.get("/S", "")) != "/GoTo" or "/Next" in opening):
        del root["/OpenAction"]
        removed["actions"] += 1
    preferences = root.get("/ViewerPreferences")
    if isinstance(preferences, pikepdf.Dictionary):
        _drop(preferences, dict.fromkeys(_AREAS, "areas of printing"), removed)
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        for key in set(names.keys()) - {"/Dests"}:
            del names[key]
            removed[{"/EmbeddedFiles": "attachments", "/JavaScript": "JavaScript"}.get(key, key.lstrip("/"))] += 1


def _dictionary(held: Any, removed: Counter[str]) -> None:
    import pikepdf

    _drop(held, _EVERYWHERE, removed)
    if "/PieceInfo" in held:
        _drop(held, {"/PieceInfo": "data of programs"}, removed)
    metadata = held.get("/Metadata")
    if isinstance(metadata, pikepdf.Stream) and held.get("/Type") != pikepdf.Name.Catalog and not _speaks(metadata):
        _drop(held, {"/Metadata": "metadata of parts"}, removed)
    action = held.get("/A")
    if isinstance(action, pikepdf.Dictionary) and "/S" in action and not quiet(action):
        del held["/A"]
        removed["actions"] += 1
    if held.get("/Type") in (pikepdf.Name("/OCG"), pikepdf.Name("/OCMD")):
        for key in list(held.keys()):
            del held[key]
        removed["layers"] += 1


def _speaks(metadata: Any) -> bool:
    return bool(_RIGHTS.search(bytes(metadata.read_bytes())))


def quiet(action: Any) -> bool:
    """Whether an action only goes somewhere. One of a structure element has no /S of this kind and is no action."""
    import pikepdf

    kind = action.get("/S")
    return not isinstance(kind, pikepdf.Name) or (str(kind) in _GOES and "/Next" not in action)


def _links(page: Any, removed: Counter[str]) -> None:
    """Keep the links of a page, without border or appearance; take every other annotation off it."""
    import pikepdf

    kept = []
    for held in page.get("/Annots", []) if isinstance(page.get("/Annots"), pikepdf.Array) else []:
        kind = str(held.get("/Subtype", "")) if isinstance(held, pikepdf.Dictionary) else ""
        action = held.get("/A") if kind == "/Link" else None
        goes = "/Dest" in held if action is None and kind == "/Link" else kind == "/Link"
        if goes and (action is None or (isinstance(action, pikepdf.Dictionary) and quiet(action))) and "/Rect" in held:
            for key in [key for key in held.keys() if key not in _QUIET]:  # noqa: SIM118 - not a mapping of Python's
                del held[key]
            held["/F"], held["/Border"] = 4, pikepdf.Array([0, 0, 0])
            kept.append(held)
        else:
            removed[f"annotations ({kind.lstrip('/') or '?'})"] += 1
    if kept:
        page["/Annots"] = pikepdf.Array(kept)
    elif "/Annots" in page:
        del page["/Annots"]
