# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Clauses: does the holder himself have what he publishes or passes on?

They are asked whether or not there is a grant: nobody can give what he does not have.
"""

from __future__ import annotations

from collections.abc import Iterator

from kanyin import notice
from kanyin.config.register import Holder, Register
from kanyin.config.registercheck import CMA, folded
from kanyin.model import Notice, Reason
from kanyin.rights.clauses import Clause, RuleBook, forbids
from kanyin.rights.dates import begun, ended
from kanyin.rights.request import Request

clause = RuleBook[Clause]()

OWNER_BASES = ("assignment", "work_for_hire")

_BY_CHANNEL = {
    "print_periodical": ("reproduce", "distribute"),
    "print_book": ("reproduce", "distribute"),
    "web": ("reproduce", "network"),
    "database": ("reproduce", "network"),
    "course": ("reproduce", "distribute", "network"),
}


def rights_needed(request: Request) -> tuple[str, ...]:
    """The rights of 著作权法 第10条 that the act would use; an unknown channel uses those of every channel."""
    if request.action == "publish" and request.channel == "":
        return ("reproduce",)  # an archive copy of one's own work is not made public
    needed = _BY_CHANNEL.get(request.channel, ("reproduce", "distribute", "network"))
    return (*needed, "compile") if request.action == "excerpt" else needed


def notice_for(request: Request) -> Notice | None:
    """The holder's notice: the canonical one, or the holder's own as the register gives it."""
    return notice_of(request.register, request.holder) if request.holder else None


def notice_of(register: Register, holder: Holder) -> Notice | None:
    """The canonical notice for its holder; for another one the notice that the register has of it, if any."""
    if folded(holder.name) == folded(CMA):
        return notice.canonical()
    own = next((n for n in register.notices if n.holder == holder.id), None)
    return Notice(own.id, own.lang, own.clauses, own.sha256) if own else None


@clause(
    "title.status",
    "著作权法 第5条",
    "What nobody owns cannot be reserved, and every page printed here carries a reservation.",
    "RIGHTS-TITLE-UNPROTECTED",
)
def status(request: Request) -> Iterator[Reason]:
    if request.work and request.work.title.basis == "unprotected":
        yield forbids("RIGHTS-TITLE-UNPROTECTED", request.work.title.where, work=request.work_id)


@clause(
    "title.term",
    "著作权法 第26条、第27条",
    "A title has a first and a last day; outside them the holder holds nothing.",
    "RIGHTS-TITLE-NOT-BEGUN",
    "RIGHTS-TITLE-EXPIRED",
)
def term(request: Request) -> Iterator[Reason]:
    if request.work is None:
        return
    title, day = request.work.title, request.job.as_of
    if not begun(title.term, day):
        yield forbids("RIGHTS-TITLE-NOT-BEGUN", title.where, work=request.work_id, day=title.term.from_, as_of=day)
    if ended(title.term, day):
        yield forbids("RIGHTS-TITLE-EXPIRED", title.where, work=request.work_id, day=title.term.until, as_of=day)


@clause(
    "title.territory",
    "著作权法 第26条、第27条",
    "A title for one territory is none for another.",
    "RIGHTS-TITLE-TERRITORY",
)
def territory(request: Request) -> Iterator[Reason]:
    if request.work and not {"*", request.territory} & set(request.work.title.territory):
        yield forbids(
            "RIGHTS-TITLE-TERRITORY",
            request.work.title.where,
            work=request.work_id,
            territory=request.territory,
            held=", ".join(request.work.title.territory),
        )


@clause(
    "title.rights",
    "著作权法 第10条、第29条",
    "Each right is held or not held; holding one does not imply the next.",
    "RIGHTS-TITLE-RIGHT",
)
def rights(request: Request) -> Iterator[Reason]:
    if request.work is None:
        return
    missing = [right for right in rights_needed(request) if right not in request.work.title.rights]
    if missing:
        where = request.work.title.where
        yield forbids("RIGHTS-TITLE-RIGHT", where, work=request.work_id, missing=", ".join(missing))


@clause(
    "title.signed",
    "著作权法 第14条、第27条",
    "An exclusive licence or an assignment of a joint work needs every author.",
    "RIGHTS-TITLE-UNSIGNED",
)
def signed(request: Request) -> Iterator[Reason]:
    if request.work and request.work.title.signatures is None:
        title = request.work.title
        if title.basis in ("assignment", "exclusive_licence"):
            yield forbids("RIGHTS-TITLE-UNSIGNED", title.where, work=request.work_id, title_basis=title.basis)


@clause(
    "title.sublicensable",
    "著作权法实施条例 第24条",
    "A licensee may let others use the work only where the contract or the owner says so.",
    "RIGHTS-TITLE-NOT-SUBLICENSABLE",
)
def sublicensable(request: Request) -> Iterator[Reason]:
    if request.work is None or request.action == "publish":
        return
    title = request.work.title
    allowed = title.basis in OWNER_BASES if title.sublicensable is None else title.sublicensable
    if not allowed:
        where = title.where
        yield forbids("RIGHTS-TITLE-NOT-SUBLICENSABLE", where, work=request.work_id, title_basis=title.basis)


@clause(
    "work.published",
    "最高人民法院关于审理著作权民事纠纷案件适用法律若干问题的解释 第17条",
    "Only a work that has appeared can be reprinted, and its author and first publication have to be named.",
    "RIGHTS-NOT-PUBLISHED",
    "RIGHTS-ATTRIBUTION-UNKNOWN",
)
def published(request: Request) -> Iterator[Reason]:
    work = request.work
    if work is None or request.action == "publish":
        return
    first = work.first_published
    if first is None or first.date > request.job.as_of:
        yield forbids("RIGHTS-NOT-PUBLISHED", work.where, work=work.id, day=first.date if first else "–")
    missing = [
        key for key, known in (("authors", authors(request)), ("article_title", article_title(request))) if not known
    ]
    if missing:
        yield forbids("RIGHTS-ATTRIBUTION-UNKNOWN", work.where, work=work.id, missing=", ".join(missing))


def authors(request: Request) -> tuple[str, ...]:
    """The authors of the work, from the register; else from the article where it is the work itself."""
    if request.work and request.work.authors:
        return tuple(author.name for author in request.work.authors)
    if request.front and request.front.id == request.work_id:
        return tuple(contrib.name for contrib in request.front.contribs)
    return ()


def article_title(request: Request) -> str:
    if request.work and request.work.article_title:
        return request.work.article_title
    return request.front.title if request.front and request.front.id == request.work_id else ""


@clause(
    "notice.reserves",
    "著作权法 第35条第2款；著作权法实施条例 第30条",
    "A reservation counts only when it is printed with the work; without a notice there is nothing to print.",
    "RIGHTS-NOTICE-MISSING",
)
def notice_reserves(request: Request) -> Iterator[Reason]:
    if request.holder and notice_for(request) is None:
        yield forbids("RIGHTS-NOTICE-MISSING", request.holder.where, holder=request.holder.id)


@clause(
    "prohibition",
    "著作权法 第53条",
    "A retraction or an injunction stands above every grant and above the holder's own wish.",
    "RIGHTS-PROHIBITED",
)
def prohibited(request: Request) -> Iterator[Reason]:
    for ban in sorted(request.register.prohibitions, key=lambda ban: ban.id):
        about_work = request.action in ban.actions and request.work_id in ban.works
        about_layout = request.layout_action in ban.actions and request.design_id in ban.layouts
        if not (about_work or about_layout) or (ban.grantees and request.user not in ban.grantees):
            continue
        if ban.term is None or (begun(ban.term, request.job.as_of) and not ended(ban.term, request.job.as_of)):
            yield forbids("RIGHTS-PROHIBITED", ban.where, id=ban.id, reason=ban.reason)
