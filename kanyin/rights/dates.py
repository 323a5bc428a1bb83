# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Days and terms. A day is a calendar day in Asia/Shanghai and terms include both their days, so no clock is needed."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from kanyin.config.register import Term

LAYOUT_YEARS = 10


def begun(term: Term, day: date) -> bool:
    return term.from_ <= day


def ended(term: Term, day: date) -> bool:
    return term.until is not None and day > term.until


def layout_end(first_published: date) -> date:
    """The last day of protection of a layout: 31 December of the tenth year (著作权法 第37条)."""
    return date(first_published.year + LAYOUT_YEARS, 12, 31)


def after(day: date, period: str) -> date:
    """`day` plus an ISO 8601 period of one unit (P30D, P2M, P1Y); a day the month lacks becomes its last day."""
    count, unit = int(period[1:-1]), period[-1]
    if unit == "D":
        return day + timedelta(days=count)
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "Y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
