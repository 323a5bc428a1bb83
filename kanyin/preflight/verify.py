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

from kanyin.findings import Finding, SourceError
from kanyin.model import Notice, Permit
from kanyin.preflight.facts import Facts, PageFacts
from kanyin.preflight.ink import Ink
from kanyin.preflight.page_lines import label, statement
from kanyin.preflight.pdfx import claims, examine
from kanyin.preflight.raster import Document
from kanyin.preflight.registry import checks
from kanyin.preflight.structure import read

_LABEL = re.compile(r"^(\S+) · ([0-9]{1,6})/([0-9]{1,6}) · ([0-9]{12})$", re.MULTILINE)


def verify(
    data: bytes, name: str, notice: Notice, *, fonts: Path, expected: Permit | Sequence[Permit] | None = None
) -> list[Finding]:
    """Every fault of the notice and its metadata; an empty list means that they stand as they should.

    `expected` is the permit of the whole file, or one for each page; without it, what only a permit can say is not
    looked for. `fonts` holds the house's Song face; raises ToolError VERIFY-FONT when it does not.
    """
    try:
        facts = gather(data, name, notice, fonts=fonts, expected=expected)
    except SourceError as error:
        return list(error.findings)
    found = [item for function in checks().values() for item in function(facts)]
    if claims(facts.structure.xmp):
        found += examine(data, name)
    return sorted(found, key=lambda item: item.where.page)


def gather(data: bytes, name: str, notice: Notice, *, fonts: Path, expected: Permit | Sequence[Permit] | None) -> Facts:
    """Read the file once with each library. Raises SourceError, and ToolError VERIFY-FONT."""
    ink = Ink(fonts)
    structure = read(data, name)
    document = Document(data, name)
    count = min(document.count, len(structure.trims))
    permits = (expected,) * document.count if isinstance(expected, Permit) else tuple(expected or ())
    pages = []
    for number in range(1, count + 1):
        seen = document.page(number, structure.units[number - 1])
        permit = permits[number - 1] if number <= len(permits) else None
        labels = tuple((work, int(n), int(total), build) for work, n, total, build in _LABEL.findall(seen.lines))
        wanted = [notice.text, *(label(*one) for one in labels)]
        if permit:
            wanted += [*permit.credit, *([statement(permit.statement)] if permit.statement else [])]
        pages.append(
            PageFacts(
                number=number,
                text=seen.text,
                printed={text: seen.find(text, ink, structure.trims[number - 1]) for text in wanted if text},
                clauses=tuple(clause in seen.text for clause in notice.clauses),
                labels=labels,
                annotations=structure.annotations[number - 1],
                permit=permit,
            )
        )
    return Facts(name, notice, tuple(pages), structure, document.count, permits)
