# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Pages of a finished PDF as parts of a work: `p3` or `p3-5`, and what they have in common with other parts."""

from __future__ import annotations

import re

_PAGES = re.compile(r"p([1-9][0-9]{0,5})(?:-([1-9][0-9]{0,5}))?")


def page_range(part: str) -> tuple[int, int] | None:
    """First and last page of a part that is a range of pages, else None."""
    found = _PAGES.fullmatch(part)
    if found is None:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return (first, last) if first <= last else None


def meet(part: str, other: str) -> bool:
    """Whether two ranges of pages share a page."""
    a, b = page_range(part), page_range(other)
    return a is not None and b is not None and a[0] <= b[1] and b[0] <= a[1]


def page_count(pages: str) -> int:
    """How many pages `101-105` or `S12-S15` of a first publication are; 0 when that is not one plain range."""
    found = re.fullmatch(r"([A-Za-z]*)([0-9]{1,6})(?:\s*[-–—~～]\s*\1([0-9]{1,6}))?", pages.strip())
    if found is None:
        return 0
    first, last = int(found[2]), int(found[3] or found[2])
    return last - first + 1 if last >= first else 0
