# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What the objects of a file could do besides being shown: layers, scripts, forms, annotations that draw, odd pages.

A picture proves one state in one viewer. Whatever lets another viewer, printer or click show something else is named
here, wherever in the file it is held. Pure: it walks objects that `structure` opened.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from kanyin.preflight.colours import DEFAULTS, DEVICE, FAMILIES, intent_flaws, odd_space
from kanyin.preflight.drawings import resource_flaws
from kanyin.preflight.facts import Flaw

WIDEST = 1200 / 25.4 * 72
"""Points on paper; the side of no page of ours is longer."""
_DEEP = 64
_ACTIONS = {"/GoTo", "/URI"}
"""What a click may do: go to a place in the file or to an address."""
_RUN = {
    "/JavaScript", "/Launch", "/GoToR", "/GoToE", "/Thread", "/Sound", "/Movie", "/Hide", "/Named", "/SubmitForm",
    "/ResetForm", "/ImportData", "/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView", "/RichMediaExecute",
}  # fmt: skip
_ACTIVE = {"/JS", "/AA", "/XFA", "/AcroForm", "/Collection", "/NeedsRendering", "/RichMediaContent", "/OPI"}
_OTHER = {"/Alternates", "/PS", "/AlternatePresentations"}
_FILES = {"/EF", "/EmbeddedFiles"}
_ELSEWHERE = {"/F", "/FFilter", "/FDecodeParms"}
"""Of a stream: its data are in another file (ISO 32000-1, table 5)."""
_SPEAKING = {"/Metadata", "/PieceInfo"}
_PAGE = {"/Type", "/Parent", "/Resources", "/Contents", "/Rotate", "/Group", "/Annots", "/StructParents", "/Tabs"}
_PAGE |= {"/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/UserUnit"}
"""What a page may have; the others change how it is shown, or show another picture of it (ISO 32000-1, table 30)."""
_CATALOGUE = {"/Type", "/Pages", "/Metadata", "/Lang", "/MarkInfo", "/StructTreeRoot", "/Outlines", "/Names", "/Dests"}
_CATALOGUE |= {"/ViewerPreferences", "/OutputIntents", "/PageLabels", "/PageLayout", "/PageMode", "/OpenAction", "/AF"}
_CATALOGUE |= {"/Version", "/Extensions"}
_BOXES = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")
_QUIET = {"/Type", "/Subtype", "/Contents", "/BS", "/Border", "/Rect", "/A", "/Dest", "/StructParent", "/F", "/H", "/P"}
_QUIET |= {"/NM", "/M", "/C", "/QuadPoints", "/Lang", "/PA"}
_PRINTED = 4
"""The only flag (ISO 32000-1, table 165) that a link may have."""


def flaws(pdf: Any, *, files: bool) -> list[Flaw]:
    """Everything in the file that may change what is shown. `files`: attachments are allowed (PDF/A-3)."""
    found = [*_catalogue(pdf.Root), *intent_flaws(pdf.Root)]
    for held in pdf.objects:
        for one in _dictionaries(held, 0):
            found += _dictionary(one, files)
    return list(dict.fromkeys(found))


def _dictionaries(held: Any, depth: int) -> Iterator[Any]:
    """The dictionaries of one indirect object, those of streams too; references lead to others of the file."""
    kind = _kind(held)
    if depth > _DEEP:
        yield from ()
    elif kind == "array":
        if len(held) and _kind(held[0]) == "name_" and str(held[0]) in FAMILIES:
            yield held
        for one in held:
            if not getattr(one, "is_indirect", False):
                yield from _dictionaries(one, depth + 1)
    elif kind == "dictionary":
        yield held
        for _, one in held.items():
            if not getattr(one, "is_indirect", False):
                yield from _dictionaries(one, depth + 1)


def _raw_kind(held: Any) -> str:
    return str(getattr(getattr(held, "_type_code", None), "name", ""))


def _kind(held: Any) -> str:
    name = _raw_kind(held)
    return "dictionary" if name == "stream" else name


def _dictionary(held: Any, files: bool) -> Iterator[Flaw]:
    if _kind(held) == "array":
        # Of inks a viewer shows the substitute, a press may lack them ("/None" prints nothing).
        if odd := odd_space(held):
            yield Flaw("VERIFY-CONTENT", 0, odd, behind=True)
        return
    keys = set(held.keys())
    kind, subtype = str(held.get("/Type", "")), str(held.get("/Subtype", ""))
    if kind in ("/OCG", "/OCMD") or keys & {"/OC", "/OCProperties", "/OCGs"}:
        yield Flaw("VERIFY-LAYER", 0, str(held.get("/Name", "") or kind or "/OC"))
    for key in sorted(keys & (_ACTIVE | _OTHER)) + ([] if files else sorted(keys & _FILES)):
        yield Flaw("VERIFY-ACTIVE", 0, key)
    if str(held.get("/S", "")) in _RUN:
        yield Flaw("VERIFY-ACTIVE", 0, str(held.S))
    if _raw_kind(held) == "stream":
        for key in sorted(keys & _ELSEWHERE):
            yield Flaw("VERIFY-ACTIVE", 0, key)
    yield from resource_flaws(held)
    if kind != "/Catalog":
        for key in sorted(keys & _SPEAKING):
            yield Flaw("VERIFY-METADATA", 0, f"{kind or subtype} {key}")
    if kind == "/Page":
        for key in sorted(keys - _PAGE - _SPEAKING - _ACTIVE):
            yield Flaw("VERIFY-ACTIVE", 0, f"/Page {key}")
    if subtype == "/PS" or (subtype == "/Form" and "/Ref" in keys):
        yield Flaw("VERIFY-ACTIVE", 0, "/Ref" if "/Ref" in keys else subtype)
    for key in sorted(keys & DEFAULTS):
        yield Flaw("VERIFY-CONTENT", 0, key, behind=True)
    if (
        str(held.get("/S", "")) == "/Transparency"
        and _raw_kind(held.get("/CS")) == "name_"
        and str(held.CS) not in DEVICE
    ):
        yield Flaw("VERIFY-CONTENT", 0, str(held.CS), behind=True)
    for key in sorted(keys & {"/TR", "/TR2"}):
        if str(held.get(key)) not in ("/Identity", "/Default"):
            yield Flaw("VERIFY-CONTENT", 0, key, behind=True)


def _catalogue(root: Any) -> Iterator[Flaw]:
    for key in sorted(set(root.keys()) - _CATALOGUE - _ACTIVE - {"/OCProperties"}):
        yield Flaw("VERIFY-METADATA", 0, f"/Catalog {key}")
    opening = root.get("/OpenAction")
    if opening is not None and _kind(opening) == "dictionary" and str(opening.get("/S", "")) != "/GoTo":
        yield Flaw("VERIFY-ACTIVE", 0, "/OpenAction")
    for key in ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip"):
        if key in root.get("/ViewerPreferences", {}):
            yield Flaw("VERIFY-ACTIVE", 0, key)
    for key in root.get("/Names", {}):
        if key not in ("/Dests", "/EmbeddedFiles"):
            yield Flaw("VERIFY-ACTIVE", 0, f"/Names {key}")


def annotation_flaws(page: Any, number: int) -> Iterator[Flaw]:
    """Only links are let through that draw nothing: no border, no appearance, no flag that lets them float."""
    for held in page.get("/Annots", []):
        kind = str(held.get("/Subtype", "?")).lstrip("/") if _kind(held) == "dictionary" else "?"
        if kind != "Link" or not _quiet(held):
            yield Flaw("VERIFY-ANNOTATION", number, kind)


def _quiet(link: Any) -> bool:
    style, border = link.get("/BS"), link.get("/Border")
    if style is not None:
        bare = float(style.get("/W", 1)) == 0
    else:
        bare = border is not None and len(border) >= 3 and float(border[2]) == 0
    # A viewer that does not know BS looks at Border.
    if border is not None and (len(border) < 3 or float(border[2]) != 0):
        bare = False
    action = link.get("/A")
    goes = action is None or (str(action.get("/S", "")) in _ACTIONS and "/Next" not in action)
    return bare and goes and set(link.keys()) <= _QUIET and int(link.get("/F", 0)) & ~_PRINTED == 0


def page_tree(root: Any) -> tuple[int, bool]:
    """The number of pages that the tree really has, and whether every node counts and names itself rightly.

    To be asked before the reader lists the pages, for it repairs the tree.
    """
    seen: set[tuple[int, int]] = set()
    sound = True

    def walk(node: Any, depth: int) -> int:
        nonlocal sound
        if depth > _DEEP or _kind(node) != "dictionary" or not node.is_indirect or node.objgen in seen:
            sound = False
            return 0
        seen.add(node.objgen)
        if "/Kids" not in node:
            sound = sound and str(node.get("/Type", "")) == "/Page"
            return 1
        count = sum(walk(kid, depth + 1) for kid in node.Kids)
        sound = sound and str(node.get("/Type", "")) == "/Pages" and int(node.get("/Count", -1)) == count
        return count

    return walk(root.Pages, 0), sound


def odd_box(page: Any) -> str:
    """The name of what gives the page no place or a size that no paper has; empty when all is well."""
    unit = float(page.get("/UserUnit", 1))
    if not (math.isfinite(unit) and 0.01 <= unit <= 100):
        return "/UserUnit"
    if int(inherited(page, "/Rotate") or 0) % 90:
        return "/Rotate"
    for name in _BOXES:
        values = [float(v) for v in inherited(page, name)]
        if not values:
            continue
        if len(values) != 4 or not all(math.isfinite(v) and abs(v) < 1e6 for v in values):
            return name
        sides = abs(values[2] - values[0]) * unit, abs(values[3] - values[1]) * unit
        if max(sides) > WIDEST or min(sides) < 1:
            return name
    return ""


def inherited(page: Any, name: str) -> Any:
    """An entry of a page or of the nodes above it (ISO 32000-1, 7.7.3.4); an empty list where no one has it."""
    node, depth = page, 0
    while name not in node and "/Parent" in node and depth < _DEEP:
        node, depth = node.Parent, depth + 1
    return node.get(name, [])
