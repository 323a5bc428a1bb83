# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Clauses: text of other registered works that was found in this one by comparing them, whatever it calls itself.

The law sets no number (著作权法 第24条第1款第2项 asks for an appropriate quotation); the limits are the house's, in
`policy.excerpt`, and they never permit: they only decide what a person has to look at and what goes no further.
"""

from __future__ import annotations

from collections.abc import Iterator

from kanyin.model import Reason
from kanyin.rights.clauses import Clause, RuleBook, forbids, notes
from kanyin.rights.dates import begun, ended
from kanyin.rights.evidence import UNSIGNED
from kanyin.rights.measured import FromWork, taken
from kanyin.rights.request import Request

clause = RuleBook[Clause]()

SHOWN = 12
"""So many passages of a work are shown; of the others only their number is told."""
REVIEW = frozenset({"RIGHTS-PASSAGES-REVIEW"})
"""What a person may let pass."""


@clause(
    "passages.limits",
    "著作权法 第24条第1款第2项、第35条第2款、第53条第1项",
    "A part that was cut out under another name is an excerpt; a quotation is one as long as it is small, stands in "
    "quotation marks, and names author and work.",
    "RIGHTS-PASSAGES-OVER",
    "RIGHTS-PASSAGES-BEFORE",
    "RIGHTS-PASSAGES-UNQUOTED",
    "RIGHTS-PASSAGES-REVIEW",
    "RIGHTS-PASSAGES-REVIEWED",
    "RIGHTS-PASSAGES-SMALL",
    "RIGHTS-PASSAGE-AT",
    "RIGHTS-PASSAGE-MORE",
)
def limits(request: Request) -> Iterator[Reason]:
    if request.evidence.text is None:
        return
    bounds = request.register.policy.excerpt
    for found in taken(request.evidence.text):
        args = _words(request, found)
        if _its_own(request, found.work):
            if found.share < bounds.review_share:
                yield notes("RIGHTS-PASSAGES-SMALL", found.placed[0].where, **args)
            continue
        if found.share >= bounds.deny_share or found.chars > bounds.deny_chars:
            code = "RIGHTS-PASSAGES-OVER"
        elif found.all_share >= bounds.deny_share or found.all_chars > bounds.deny_chars:
            code = "RIGHTS-PASSAGES-BEFORE"
        elif found.share < bounds.review_share:
            yield notes("RIGHTS-PASSAGES-SMALL", found.placed[0].where, **args)
            continue
        elif found.free:
            code = "RIGHTS-PASSAGES-UNQUOTED"
        elif _reviewed(request, found.work):
            yield notes("RIGHTS-PASSAGES-REVIEWED", found.placed[0].where, **args)
            continue
        else:
            code = "RIGHTS-PASSAGES-REVIEW"
        yield forbids(code, found.placed[0].where, **args)
        yield from _places(found)


@clause(
    "passages.total",
    "著作权法 第24条第1款第2项、第53条第1项",
    "A text that is put together from many works takes little from each and is nobody's own.",
    "RIGHTS-PASSAGES-TOTAL",
)
def total(request: Request) -> Iterator[Reason]:
    text = request.evidence.text
    bound = request.register.policy.excerpt.deny_share
    if text is not None and text.total and text.free >= bound * text.total and text.free >= MOSAIC:
        count = sum(1 for _ in taken(text))
        share = _percent(text.free / text.total)
        yield forbids(
            "RIGHTS-PASSAGES-TOTAL",
            request.article_at,
            chars=text.free,
            share=share,
            works=count,
            bound=_percent(bound),
        )


@clause(
    "passages.whole",
    "著作权法 第10条第1款第4项、第16项、第35条第2款",
    "A holder may revise his work, but what has lost half of it is a part under the name of the whole.",
    "RIGHTS-BUILD-PARTIAL",
)
def whole(request: Request) -> Iterator[Reason]:
    text = request.evidence.text
    if text is not None and text.indexed and request.action == "publish" and text.covered < HALF:
        args = {"work": request.work_id, "covered": _percent(text.covered), "least": _percent(HALF)}
        yield forbids("RIGHTS-BUILD-PARTIAL", request.article_at, **args)


HALF = 0.5
"""Of the indexed work so much has to be in what its holder publishes under its name."""
MOSAIC = 100
"""Below so many 字 a share of one's own text says nothing."""


def _its_own(request: Request, work: str) -> bool:
    """Whether the article is the registered work word for word, so that what it shares with another is its holder's.

    One holder's articles say some things alike; a grant of one of them covers those words too. A finished PDF may hold
    more than the work: of it only such passages were measured as are not the work's too.
    """
    text, works = request.evidence.text, request.register.works_by_id
    mine, other = works.get(request.work_id), works.get(work)
    if text is None or mine is None or other is None:
        return False
    return text.indexed and text.same and not text.pages and mine.holder == other.holder


def _words(request: Request, found: FromWork) -> dict[str, object]:
    bounds = request.register.policy.excerpt
    work = request.register.works_by_id.get(found.work)
    return {
        "work": found.work,
        "holder": work.holder if work else "–",
        "count": len(found.placed),
        "chars": found.chars,
        "share": _percent(found.share),
        "all_chars": found.all_chars,
        "all_share": _percent(found.all_share),
        "review": _percent(bounds.review_share),
        "deny": _percent(bounds.deny_share),
        "deny_chars": bounds.deny_chars,
    }


def _percent(share: float) -> str:
    return f"{share * 100:.1f}%"


def _places(found: FromWork) -> Iterator[Reason]:
    for placed in sorted(found.placed, key=lambda p: -p.chars)[:SHOWN]:
        source = ", ".join(f"{low + 1}–{high}" for low, high in placed.source)
        yield notes(
            "RIGHTS-PASSAGE-AT", placed.where, work=found.work, chars=placed.chars, source=source, text=placed.snippet
        )
    if len(found.placed) > SHOWN:
        yield notes("RIGHTS-PASSAGE-MORE", found.placed[0].where, work=found.work, count=len(found.placed) - SHOWN)


def _reviewed(request: Request, work: str) -> bool:
    """Whether a reviewer signed that this user may quote this work (第24条第1款第2项)."""
    day = request.job.as_of
    return request.demands_signatures and any(
        claim.work == work
        and claim.claimant == request.user
        and claim.article == "24(2)"
        and claim.term is not None
        and begun(claim.term, day)
        and not ended(claim.term, day)
        and not request.evidence.exceptions.get(claim.id, UNSIGNED).code
        for claim in request.register.exceptions
    )
