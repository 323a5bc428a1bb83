# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Read a finished PDF again and say whether the rights notice is on every page, for everybody to see.

This room knows nothing of how the file was made, and reads with other libraries than the one that wrote it. A file that
cannot be read is not accepted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kanyin.findings import Finding, SourceError, Where, finding
from kanyin.model import Notice, Permit
from kanyin.preflight.facts import Box, Facts, PageFacts, Stamp, Structure
from kanyin.preflight.ink import Ink
from kanyin.preflight.page_lines import label, statement
from kanyin.preflight.raster import DPI, Document, Page
from kanyin.preflight.registry import checks
from kanyin.preflight.sheets import made_of
from kanyin.preflight.structure import read

_LABEL = re.compile(r"(?:^|\n)(\S+) · ([0-9]{1,6})/([0-9]{1,6}) · ([0-9]{12})\n*$")


def verify(
    data: bytes,
    name: str,
    notice: Notice,
    *,
    fonts: Path,
    expected: Permit | Sequence[Permit] | None = None,
    paper: tuple[float, float] | None = None,
) -> list[Finding]:
    """Every fault of the notice and its metadata; an empty list means that they stand as they should.

    `expected` is the permit of the whole file, or one for each page; without it, what only a permit can say is not
    looked for. `paper` is the size in mm that the pages should have. `fonts` holds the house's Song face; raises
    ToolError VERIFY-FONT when it does not.
    """
    return judged(data, name, notice, fonts=fonts, expected=expected, paper=paper)[0]


def judged(data: bytes, name: str, notice: Notice, **given: Any) -> tuple[list[Finding], int]:
    """What `verify` finds, and the number of pages that were looked at."""
    if (press := made_of(data)) is not None:
        return [finding("VERIFY-SHEETS", Where(name), press=press)], 0
    try:
        facts = gather(data, name, notice, **given)
    except SourceError as error:
        return list(error.findings), 0
    found = [item for function in checks().values() for item in function(facts)]
    if facts.structure.xmp and facts.structure.xmp.press:
        from kanyin.preflight.pdfx import examine  # files for the screen need none of it

        found += examine(data, name)
    return sorted(found, key=lambda item: item.where.page), len(facts.pages)


def works(data: bytes, name: str) -> set[str]:
    """The works that the last lines of the pages name, as PDFium reads them; none where it cannot read the file."""
    try:
        document = Document(data, name)
        lines = [document.page(number, 1.0).lines for number in range(1, document.count + 1)]
    except SourceError:
        return set()
    return {found[1] for line in lines if (found := _LABEL.search(line))}


def gather(
    data: bytes,
    name: str,
    notice: Notice,
    *,
    fonts: Path,
    expected: Permit | Sequence[Permit] | None,
    paper: tuple[float, float] | None = None,
) -> Facts:
    """Read the file once with each library. Raises SourceError, and ToolError VERIFY-FONT."""
    ink = Ink(fonts)
    structure = read(data, name, stamped=True)
    document = Document(data, name)
    count = min(document.count, len(structure.trims))
    permits = (expected,) * document.count if isinstance(expected, Permit) else tuple(expected or ())
    pages = []
    for number in range(1, count + 1):
        seen = document.page(number, structure.units[number - 1])
        permit = permits[number - 1] if number <= len(permits) else None
        if not seen.agrees(*structure.boxes[number - 1]):
            raise SourceError(finding("VERIFY-BOX", Where(name, page=number), box="/CropBox"))
        trim = structure.trims[number - 1]
        stamp = _stamp(seen, notice, ink, trim, structure, number)
        wanted = [label(*stamp.label)] if stamp and stamp.label else []
        if permit:
            wanted += [*permit.credit, *([statement(permit.statement)] if permit.statement else [])]
        ends = {sum(map(len, notice.clauses[:n])) - 1 for n in range(1, len(notice.clauses))}
        # What stands elsewhere on the page, true or false, is no part of the stamp and stands in for none of it.
        first = max(0, seen.text.rfind(notice.text))
        printed = {text: seen.find(text, ink, trim, first=first) for text in wanted if text}
        left, top, right, bottom = seen.visible(trim)
        pages.append(
            PageFacts(
                number=number,
                text=seen.text,
                printed=printed | {notice.text: seen.find(notice.text, ink, trim, ends, first)},
                clauses=tuple(clause in seen.text for clause in notice.clauses),
                stamp=stamp,
                stamped=structure.stamps[number - 1],
                size=((right - left) * 72 / DPI, (bottom - top) * 72 / DPI),
                annotations=structure.annotations[number - 1],
                permit=permit,
            )
        )
    return Facts(name, notice, tuple(pages), structure, document.count, permits, paper)


def _stamp(seen: Page, notice: Notice, ink: Ink, trim: Box, structure: Structure, number: int) -> Stamp | None:
    """From the last place where the notice stands to the end of the page."""
    start = seen.text.rfind(notice.text)
    if start < 0:
        return None
    found = _LABEL.search(seen.lines)
    strip = seen.strip(start, trim)
    fence = structure.fences[number - 1]
    fenced = fence is not None and seen.apart(fence, strip)
    reaching = (
        [] if fenced else dict.fromkeys(seen.objects(strip, structure.whites[number - 1], structure.rows[number - 1]))
    )
    beside = [*reaching, *([] if seen.foot(start, ink, trim) else ["ink"])]
    named = (found[1], int(found[2]), int(found[3]), found[4]) if found else None
    end = len(seen.text) - len(label(*named)) if named else start
    between = seen.seen(start + len(notice.text), end)
    return Stamp(seen.text[start:], named, tuple(beside), fenced, between)
