# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Do the pages of a reprint look as they did before? Seen page by page, outside the notice.

The file was repaired and rewritten by one library; here another one reads the original, repairs it in its own way, and
draws both. Where the two agree, nothing is lost that could be seen.
"""

from __future__ import annotations

from collections.abc import Sequence

from kanyin.findings import Finding, SourceError, Where, finding
from kanyin.preflight.raster import Document

FAINT = 12
"""Steps of gray that rounding makes."""
SPECKS = 0.0005
"""The share of a page's pixels that may differ by more: edges of fields and comments that were drawn into the page."""


def changed(
    before: bytes, after: bytes, name: str, *, pages: Sequence[int], cover: bool, zone: float, strip: bool
) -> list[Finding]:
    """REPRINT-CHANGED for each page that looks another way; VERIFY-UNREADABLE where one cannot be seen.

    `pages` are the numbers that the pages of `after`, its cover apart, have in `before`. The lowest `zone` points are
    the notice's, and were free before, unless they are a `strip` that was added.
    """
    from PIL import ImageChops

    try:
        old, new = Document(before, name, forms=True), Document(after, name)
        found = []
        if new.count != len(pages) + cover or max(pages, default=0) > old.count:
            return [finding("VERIFY-PAGES", Where(name), permits=len(pages) + cover, pages=new.count)]
        for at, number in enumerate(pages, start=1 + cover):
            left, box = old.sketch(number)
            right, _ = new.sketch(at, box)
            if not strip:
                height = min(right.height, round(zone) + 1)
                right.paste(255, (0, right.height - height, right.width, right.height))
            different = 1.0
            if left.size == right.size:
                counts = ImageChops.difference(left, right).histogram()
                different = sum(counts[FAINT + 1 :]) / (left.width * left.height)
            if different > SPECKS:
                share = f"{different:.1%}"
                found.append(finding("REPRINT-CHANGED", Where(name, page=number), share=share))
        return found
    except SourceError as error:
        return list(error.findings)
