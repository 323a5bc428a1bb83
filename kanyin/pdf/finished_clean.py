# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A finished PDF of somebody else, made into one that a stamp can be proven on: its pages, and nothing that acts.

Written with qpdf, which repairs tables of objects, opens what is encrypted without a password, and passes on the bytes
of every stream as they are. What a file can do beside being shown (scripts, forms, layers, attachments) is taken out;
what it shows through that (fields, comments) is drawn into the page. Each such thing is reported. That the pages still
look the same is seen afterwards, by `preflight.same`, with another library.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kanyin.findings import Finding, KanyinError, Where, finding
from kanyin.pdf.finished_acts import acts, dictionaries
from kanyin.pdf.finished_boxes import settle
from kanyin.pdf.finished_enclose import untagged
from kanyin.pdf.finished_prune import prune
from kanyin.pdf.metadata import Claims, claims_of
from kanyin.pdf.stamp import StampError

MOST_PAGES = 20_000
"""More pages than this are no article and no issue."""


@dataclass(frozen=True)
class Cleaned:
    """The file without what acts; `findings` tell what was taken out, `claims` what it may still say of itself."""

    data: bytes
    pages: int
    claims: Claims
    findings: tuple[Finding, ...]


def clean(data: bytes, name: str, *, break_signature: bool, pages: Sequence[tuple[int, int]] = ()) -> Cleaned:
    """Take out what acts. `pages` are ranges from 1, for an excerpt; without them all pages stay.

    Raises StampError: STAMP-UNREADABLE, STAMP-ENCRYPTED, STAMP-SIGNED, STAMP-BOX and REPRINT-XFA.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _cleaned(pdf, name, break_signature, pages)
    except pikepdf.PasswordError as error:
        raise StampError(finding("STAMP-ENCRYPTED", Where(name))) from error
    except KanyinError:
        raise
    except Exception as error:
        # Damaged objects come back as any type, and whatever is asked of them fails in its own way.
        raise StampError(finding("STAMP-UNREADABLE", Where(name), reason=_short(f"{error}"))) from error


def _cleaned(pdf: Any, name: str, break_signature: bool, pages: Sequence[tuple[int, int]]) -> Cleaned:
    import pikepdf

    where, found = Where(name), list[Finding]()
    if not 0 < (count := len(pdf.pages)) <= MOST_PAGES:
        raise StampError(finding("STAMP-UNREADABLE", where, reason=f"{count} pages"))
    if pdf.is_encrypted:
        found.append(finding("REPRINT-DECRYPTED", where))
    if _signed(pdf):
        if not break_signature:
            raise StampError(finding("STAMP-SIGNED", where))
        found.append(finding("REPRINT-SIGNATURE-BROKEN", where))
    said = _claims(pdf)
    flattened = _flatten(pdf, where)
    if loose := untagged(pdf):
        found.append(finding("REPRINT-UNTAGGED", where, what=loose))
    claims = _kept(pdf, said, flattened=bool(flattened or loose))
    if pages:
        pdf, claims = _excerpt(pdf, pages), Claims()
    removed = acts(pdf)
    for number, page in enumerate(pdf.pages, start=1):
        settle(page.obj, Where(name, page=number))
    _one_tree(pdf)
    for key in [key for key in pdf.trailer.keys() if key not in ("/Root", "/Size", "/ID", "/Info")]:  # noqa: SIM118
        del pdf.trailer[key]
    found += [finding("REPRINT-REMOVED", where, what=what, count=n) for what, n in sorted(removed.items())]
    if flattened:
        found.append(finding("REPRINT-FLATTENED", where, count=flattened))
    if lost := [f"{name}-{value}" for name, value in _lost(said, claims)]:
        found.append(finding("REPRINT-CLAIM", where, claims=", ".join(lost)))
    out = io.BytesIO()
    pdf.save(
        out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, fix_metadata_version=False
    )
    if warned := pdf.get_warnings():
        found.append(finding("REPRINT-REPAIRED", where, said=_short(str(warned[0])), count=len(warned)))
    return Cleaned(out.getvalue(), len(pdf.pages), claims, tuple(found))


def _claims(pdf: Any) -> Claims:
    import pikepdf

    stream = pdf.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        return Claims()
    return claims_of(bytes(stream.read_bytes()).decode("utf-8", "replace"))


def _kept(pdf: Any, said: Claims, *, flattened: bool) -> Claims:
    """The claims that the reprint may repeat. PDF/A-4 knows no document information, and black of a device has no
    meaning without an output intent (ISO 19005-2, 6.2.4.3); what is drawn into a page is missing in the tags."""
    a = "" if said.a.startswith("4") or "/OutputIntents" not in pdf.Root else said.a
    return Claims(re.sub("A$", "B", a), "", said.x) if flattened else Claims(a, said.ua, said.x)


def _lost(said: Claims, kept: Claims) -> Iterator[tuple[str, str]]:
    for name, before, after in (("PDF/A", said.a, kept.a), ("PDF/UA", said.ua, kept.ua), ("PDF/X", said.x, kept.x)):
        if before != after:
            yield name, before


def _signed(pdf: Any) -> bool:
    """Whether any dictionary of the file is a signature, or its form says that there are some."""
    import pikepdf

    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and int(form.get("/SigFlags", 0)) & 1:
        return True
    return any("/ByteRange" in one and "/Contents" in one for held in pdf.objects for one in dictionaries(held))


def _flatten(pdf: Any, where: Where) -> int:
    """Draw fields and comments into their pages as a screen shows them. Returns how many were drawn."""
    import pikepdf

    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        if "/XFA" in form and pdf.Root.get("/NeedsRendering", False):
            raise StampError(finding("REPRINT-XFA", where))
        if bool(form.get("/NeedAppearances", False)):
            pdf.generate_appearance_streams()
    before = _drawn(pdf)
    if before:
        pdf.flatten_annotations("screen")
    return before


def _drawn(pdf: Any) -> int:
    """Annotations that draw something and are no links."""
    import pikepdf

    count = 0
    for page in pdf.pages:
        annotations = page.obj.get("/Annots")
        for held in annotations if isinstance(annotations, pikepdf.Array) else ():
            count += isinstance(held, pikepdf.Dictionary) and held.get("/Subtype") != "/Link" and "/AP" in held
    return count


def _excerpt(pdf: Any, pages: Sequence[tuple[int, int]]) -> Any:
    """A new file with copies of these pages alone: nothing in it leads to another page, so that none comes along."""
    import pikepdf

    wanted = list(dict.fromkeys(n for first, last in pages for n in range(first, last + 1)))
    new = pikepdf.Pdf.new()
    for number in wanted:
        page = pdf.pages[number - 1]
        for key in ("/B", "/StructParents", "/AA", "/Metadata", "/PieceInfo", "/AF"):
            if key in page.obj:
                del page.obj[key]
        links = page.obj.get("/Annots")
        if isinstance(links, pikepdf.Array):
            page.obj["/Annots"] = pikepdf.Array([link for link in links if _leads_outside(link)])
        new.pages.append(page)
    prune(new)
    return new


def _leads_outside(link: Any) -> bool:
    import pikepdf

    if not isinstance(link, pikepdf.Dictionary):
        return False
    for key in ("/P", "/Parent", "/Popup", "/IRT", "/StructParent"):
        if key in link:
            del link[key]
    action = link.get("/A")
    return "/Dest" not in link and isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/URI"


def _one_tree(pdf: Any) -> None:
    """All pages below one node that counts them; qpdf has given every page what it inherits."""
    import pikepdf

    pages = [page.obj for page in pdf.pages]
    root = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Pages, Count=len(pages), Kids=pikepdf.Array(pages)))
    for page in pages:
        page["/Type"], page["/Parent"] = pikepdf.Name.Page, root
    pdf.Root["/Type"], pdf.Root["/Pages"] = pikepdf.Name.Catalog, root


def _short(text: str) -> str:
    """One line of what qpdf says, without the place in memory that it read from."""
    line = " ".join(re.sub(r"stream <[^>]*>:? ?|<[^>]* at 0x[0-9a-f]+>", "", text).split())
    return line if len(line) <= 120 else line[:119] + "…"
