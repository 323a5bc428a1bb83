# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Is the bottom of each page free for the notice? Asked after a file was written and before it is stamped.

A layout leaves the zone empty; a style sheet of an article, or a file of somebody else, may not.
"""

from __future__ import annotations

from kanyin.findings import Finding, SourceError, Where, finding
from kanyin.preflight.facts import Box
from kanyin.preflight.raster import DPI, PAPER, Document, Page
from kanyin.preflight.structure import read


def occupied(data: bytes, name: str, *, zone_mm: float) -> list[Finding]:
    """STAMP-ZONE-OCCUPIED for each page whose bottom `zone_mm` shows ink, or is reached by an annotation or a drawing.

    White paper may be drawn there, and nothing else, seen or not (see `whites`).

    A file that cannot be read gives VERIFY-UNREADABLE or VERIFY-ENCRYPTED.
    """
    try:
        structure = read(data, name, stamped=False)
        document = Document(data, name)
        found = []
        for number, (trim, unit, annotations, whites) in enumerate(
            zip(structure.trims, structure.units, structure.annotations, structure.whites, strict=True), start=1
        ):
            page = document.page(number, unit)
            zone = _zone(page, trim, zone_mm)
            what = [*_contents(page, zone, annotations), *dict.fromkeys(page.objects(zone, whites))]
            if what:
                where = Where(name, page=number)
                found.append(finding("STAMP-ZONE-OCCUPIED", where, zone=f"{zone_mm:g}", what=", ".join(what)))
        return found
    except SourceError as error:
        return list(error.findings)


def _zone(page: Page, trim: Box, zone_mm: float) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the zone in pixels."""
    left, top, right, bottom = page.visible(trim)
    height = zone_mm / 25.4 * DPI
    return round(left), round(max(top, bottom - height)), round(right), round(bottom)


def _contents(page: Page, zone: tuple[int, int, int, int], annotations: tuple[tuple[str, Box], ...]) -> list[str]:
    left, top, right, bottom = zone
    found = []
    if right > left and bottom > top and page.picture(*zone).getextrema()[0] < PAPER:
        found.append("ink")
    for kind, box in annotations:
        (x0, y0), (x1, y1) = page.to_pixels(box[0], box[1]), page.to_pixels(box[2], box[3])
        if min(x0, x1) < right and max(x0, x1) > left and min(y0, y1) < bottom and max(y0, y1) > top:
            found.append(kind)
    return found
