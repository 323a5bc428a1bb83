# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Clauses: the reservation of 著作权法 第35条第2款 as a tracked fact.

Once a work has appeared, print periodicals may reprint it for pay, unless the owner said with the publication that they
may not. So it matters, years later, that the notice stood there: the register keeps it, or the log of our own printing.
"""

from __future__ import annotations

from collections.abc import Iterator

from kanyin.model import Reason
from kanyin.rights.clauses import Clause, RuleBook, forbids, notes
from kanyin.rights.request import Request
from kanyin.rights.title import notice_for

clause = RuleBook[Clause]()


@clause(
    "reservation.kept",
    "著作权法 第35条第2款；著作权法实施条例 第30条",
    "A reservation that was printed in other words, or after the work had appeared, reserves nothing; the record has "
    "to say what the pages say.",
    "RIGHTS-RESERVATION-REWORDED",
    "RIGHTS-RESERVATION-LATE",
    "RIGHTS-RESERVED",
    "RIGHTS-RESERVED-BY-LOG",
)
def kept(request: Request) -> Iterator[Reason]:
    work, notice = request.work, notice_for(request)
    if work is None or notice is None or work.first_published is None:
        return
    first, record = work.first_published.date, work.reservation
    if record and record.notice != notice.sha256:
        yield forbids("RIGHTS-RESERVATION-REWORDED", record.where, work=work.id, notice=record.notice[:12])
    elif record and record.printed > first:
        yield forbids("RIGHTS-RESERVATION-LATE", record.where, work=work.id, printed=record.printed, day=first)
    elif record:
        args = {"work": work.id, "printed": record.printed, "place": record.place}
        yield notes("RIGHTS-RESERVED", record.where, **args)
    elif request.action != "publish" and (logged := request.evidence.printed.get(work.id)):
        yield notes("RIGHTS-RESERVED-BY-LOG", work.where, work=work.id, printed=logged.day, build=logged.build)
