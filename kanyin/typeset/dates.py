# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Dates of references: CSL-JSON dates and the ways people write them, printed as GB/T 7408 wants (YYYY-MM-DD)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_WRITTEN = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")
_RANGE = re.compile(r"(\d{4}(?:-\d{1,2}(?:-\d{1,2})?)?)\s*[/–—]\s*(\d{4}(?:-\d{1,2}(?:-\d{1,2})?)?)")


@dataclass(frozen=True)
class Day:
    """A year, a month of a year or a day; `written` is what stood there when it could not be read as any of them."""

    parts: tuple[int, ...] = ()
    until: tuple[int, ...] = ()
    estimated: bool = False
    written: str = ""

    def __bool__(self) -> bool:
        return bool(self.parts or self.written)

    @property
    def year(self) -> str:
        """The year; an estimated one stands in square brackets (GB/T 7714—2025 7.5.4, 2015 8.4.3.4)."""
        if self.written:
            return self.written
        text = _iso(self.parts[:1]) + (f"-{_iso(self.until[:1])}" if self.until else "")
        return f"[{text}]" if self.estimated and text else text

    @property
    def full(self) -> str:
        """As much of YYYY-MM-DD as is known."""
        if self.written:
            return self.written
        text = _iso(self.parts) + (f"/{_iso(self.until)}" if self.until else "")
        return f"[{text}]" if self.estimated and text else text


def _iso(parts: Sequence[int]) -> str:
    return "-".join(f"{n:0{4 if i == 0 else 2}d}" for i, n in enumerate(parts))


def read_day(value: Any) -> Day:
    """Read a CSL date, a string or a year. What cannot be read is kept as it was written; nothing is guessed."""
    if isinstance(value, Mapping):
        return _from_csl(value)
    if isinstance(value, datetime.date):
        return Day((value.year, value.month, value.day))
    if isinstance(value, int) and not isinstance(value, bool):
        return _checked((value,)) or Day(written=str(value))
    return _from_text(str(value).strip()) if isinstance(value, str) else Day(written=str(value) if value else "")


def _from_csl(value: Mapping[str, Any]) -> Day:
    estimated = str(value.get("circa", "")).lower() not in ("", "0", "false", "none")
    rows = value.get("date-parts")
    if isinstance(rows, Sequence) and not isinstance(rows, str) and rows:
        try:
            numbers = [tuple(int(n) for n in row if n not in (None, "", 0, "0")) for row in rows[:2]]
        except (TypeError, ValueError):
            return Day(written=str(rows))
        start = _checked(numbers[0])
        end = _checked(numbers[1]) if len(numbers) > 1 and numbers[1] else Day()
        if start is None or end is None:
            return Day(written=str(rows))
        return Day(start.parts, end.parts, estimated)
    day = _from_text(str(value.get("raw") or value.get("literal") or "").strip())
    return Day(day.parts, day.until, estimated or day.estimated, day.written)


def _from_text(text: str) -> Day:
    if found := _RANGE.fullmatch(text):
        start, end = _from_text(found[1]), _from_text(found[2])
        if start.parts and end.parts:
            return Day(start.parts, end.parts)
    if text.startswith("[") and text.endswith("]"):
        day = _from_text(text[1:-1])
        return Day(day.parts, day.until, True, "") if day.parts else Day(written=text)
    if found := _WRITTEN.fullmatch(text):
        return _checked(tuple(int(n) for n in found.groups() if n)) or Day(written=text)
    return Day(written=text)


def _checked(parts: tuple[int, ...]) -> Day | None:
    """A Day if the calendar has it."""
    year, month, day = (*parts, 1, 1, 1)[:3]
    try:
        datetime.date(year, month, day)
    except (ValueError, OverflowError):
        return None
    return Day(parts) if 1 <= len(parts) <= 3 else None
