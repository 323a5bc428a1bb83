# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What is done with the bytes of a finished PDF: read; once it is permitted clean, place, stamp, prove. Confined."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kanyin.findings import Finding, RenderError, Where, finding
from kanyin.model import Finished, Permit
from kanyin.pdf.boxes import MM
from kanyin.pdf.finished_clean import Cleaned, clean
from kanyin.pdf.finished_cover import Cover
from kanyin.pdf.finished_stamp import Placing, needed, stamp_finished
from kanyin.pdf.metadata import Record
from kanyin.preflight.opening import finished
from kanyin.preflight.same import changed
from kanyin.preflight.structure import read
from kanyin.preflight.verify import verify
from kanyin.preflight.words import Words, words
from kanyin.preflight.zone import occupied


@dataclass(frozen=True)
class Wanted:
    """`pages` are ranges from 1 for an excerpt, empty for the whole work."""

    fonts: Path
    pages: tuple[tuple[int, int], ...] = ()
    cover: Cover | None = None
    break_signature: bool = False

    def numbers(self, count: int) -> list[int]:
        """The pages of the original, in the order of the reprint."""
        if not self.pages:
            return list(range(1, count + 1))
        return list(dict.fromkeys(n for first, last in self.pages for n in range(first, last + 1)))


@dataclass(frozen=True)
class Reprinted:
    """A stamped and proven file. With an error among the findings it must not be delivered."""

    data: bytes
    pages: int
    findings: tuple[Finding, ...]


def read_finished(data: bytes, name: str, compared: bool) -> tuple[Finished, Words | None]:
    """Which work the file is, as far as can be seen; and, where it is to be compared, all that it says."""
    return finished(data, name), words(data, name) if compared else None


def reprinted(data: bytes, name: str, permit: Permit, record: Record, wanted: Wanted) -> Reprinted:
    """The whole work on the bytes. Raises StampError, RenderError, SourceError and ToolError."""
    cleaned = clean(data, name, break_signature=wanted.break_signature, pages=wanted.pages)
    placing = _placing(cleaned, name, permit, wanted)
    if cleaned.claims.a.startswith("1"):
        # Names in the document information and in the packet are compared as one text (ISO 19005-1, 6.7.3).
        record = replace(record, authors=("; ".join(record.authors),) if record.authors else ())
    stamped = stamp_finished(
        cleaned.data, permit, record, placing, claims=cleaned.claims, fonts=wanted.fonts, cover=wanted.cover
    )
    pages = wanted.numbers(cleaned.pages)
    findings = list(cleaned.findings)
    if placing.strip:
        findings.append(finding("REPRINT-STRIP", Where(name), height=round(placing.zone / MM, 1)))
    findings += verify(stamped, name, permit.notice, fonts=wanted.fonts, expected=permit)
    findings += changed(
        data,
        stamped,
        name,
        pages=pages,
        cover=wanted.cover is not None,
        zone=placing.zone,
        strip=placing.strip,
    )
    return Reprinted(stamped, cleaned.pages + (wanted.cover is not None), tuple(findings))


def _placing(cleaned: Cleaned, name: str, permit: Permit, wanted: Wanted) -> Placing:
    """At the foot of the pages where all of them are free there, else below them: all pages alike.

    Below them too where the file holds what each viewer draws in its own way: there nothing of it can be drawn.
    """
    zone = needed(cleaned.data, permit, fonts=wanted.fonts, cover=wanted.cover)
    found = occupied(cleaned.data, name, zone_mm=zone / MM)
    if others := [one for one in found if one.code != "STAMP-ZONE-OCCUPIED"]:
        raise RenderError(*others)
    differing = any(flaw.behind for flaw in read(cleaned.data, name, stamped=False).flaws)
    return Placing(zone, bool(found) or differing)
