# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Clauses: is it clear which work this is, and does the article say of itself what the register says?

A copy that is passed off as something else is the cheapest way around a rights check; every contradiction refuses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kanyin import notice
from kanyin.config.register import doi_key
from kanyin.config.registercheck import folded
from kanyin.model import Reason
from kanyin.rights.clauses import Clause, RuleBook, forbids, notes
from kanyin.rights.evidence import UNSIGNED, Proof
from kanyin.rights.request import Request

clause = RuleBook[Clause]()

_OWNER = re.compile("版权归(.+?)所有")


@clause(
    "work.named",
    "著作权法 第59条",
    "Without a work there is no title to look for; a PDF says nothing reliable of itself.",
    "RIGHTS-WORK-UNNAMED",
)
def named(request: Request) -> Iterator[Reason]:
    if not request.work_id or (request.front is None and request.action == "publish"):
        yield forbids("RIGHTS-WORK-UNNAMED", request.article_at, command=request.job.command)


@clause(
    "work.registered",
    "著作权法 第29条、第59条",
    "Who publishes has to prove the authorisation; a work that is not in the register has none.",
    "RIGHTS-WORK-UNREGISTERED",
)
def registered(request: Request) -> Iterator[Reason]:
    if request.work_id and request.work is None:
        where = request.article_at or request.register_at
        yield forbids("RIGHTS-WORK-UNREGISTERED", where, work=request.work_id, register=request.register.where.file)


@clause(
    "work.same",
    "著作权法 第59条",
    "The permission of one work must not be used for another by naming it in the job or by its DOI.",
    "RIGHTS-WORK-CONTRADICTED",
    "RIGHTS-DOI-CONTRADICTED",
)
def same(request: Request) -> Iterator[Reason]:
    front, work = request.front, request.work
    if front and request.job.work and request.job.work != request.work_id:
        yield forbids("RIGHTS-WORK-CONTRADICTED", request.article_at, work=request.work_id, asked=request.job.work)
    if front and front.doi:
        owner = request.register.works_by_doi.get(doi_key(front.doi))
        is_itself = work is not None and front.id == work.id
        differs = is_itself and work is not None and bool(work.doi) and doi_key(work.doi) != doi_key(front.doi)
        if differs or (owner and owner.id != request.work_id):
            other = owner.id if owner else "–"
            yield forbids(
                "RIGHTS-DOI-CONTRADICTED", request.article_at, work=request.work_id, doi=front.doi, other=other
            )


@clause(
    "work.text",
    "著作权法 第12条、第59条",
    "An id is quickly copied to another text; a title and its authors are what the register describes the work by.",
    "RIGHTS-IDENTITY-TITLE",
    "RIGHTS-IDENTITY-AUTHORS",
)
def text(request: Request) -> Iterator[Reason]:
    front, work = request.front, request.work
    if front is None or work is None:
        return
    title = "：".join(filter(None, (front.title, front.subtitle)))
    if work.article_title and letters(title) != letters(work.article_title):
        yield _differs("RIGHTS-IDENTITY-TITLE", request, title, work.article_title)
    names, registered = [c.name for c in front.contribs], [author.name for author in work.authors]
    if registered and [letters(name) for name in names] != [letters(name) for name in registered]:
        yield _differs("RIGHTS-IDENTITY-AUTHORS", request, "，".join(names), "，".join(registered))


def _differs(code: str, request: Request, said: str, registered: str) -> Reason:
    place = request.register_at
    return forbids(
        code,
        request.article_at,
        work=request.work_id,
        said=_short(said) or "–",
        registered=_short(registered),
        at=place,
    )


def letters(text: str) -> str:
    """Without width, case, white space and punctuation: what remains is what two readers would call the same title."""
    folded_text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded_text if unicodedata.category(char)[0] not in "PZC")


@clause(
    "work.derived",
    "著作权法 第35条第2款",
    "What declares itself taken from a registered work is a reprint or an excerpt, never a publication of one's own.",
    "RIGHTS-DERIVED",
    "RIGHTS-DERIVED-TWICE",
)
def derived(request: Request) -> Iterator[Reason]:
    declared = request.declared
    if declared.excerpt_of and declared.reprint_of:
        yield forbids(
            "RIGHTS-DERIVED-TWICE", request.rights_at, excerpt_of=declared.excerpt_of, reprint_of=declared.reprint_of
        )
    if request.action == "publish" and (declared.excerpt_of or declared.reprint_of):
        command = "excerpt" if declared.excerpt_of else "reprint"
        yield forbids("RIGHTS-DERIVED", request.rights_at, work=request.work_id, command=command)


@clause(
    "holder.agrees",
    "著作权法 第12条",
    "The name printed on the work is presumed to be that of the one who holds it; the register may not say otherwise.",
    "RIGHTS-HOLDER-CONTRADICTED",
)
def holder_agrees(request: Request) -> Iterator[Reason]:
    claimed, holder = request.declared.holder, request.holder
    if claimed and holder and claimed != holder.id and folded(claimed) not in _names(request):
        yield forbids("RIGHTS-HOLDER-CONTRADICTED", request.rights_at, claimed=claimed, holder=holder.name)


@clause(
    "declared.agrees",
    "著作权法 第51条、第53条第7项",
    "A notice that came with the text is rights-management information: it may not be set aside by registering the "
    "text under another name.",
    "RIGHTS-DECLARED-OTHER",
)
def declared_agrees(request: Request) -> Iterator[Reason]:
    declared, holder = request.declared.declared, request.holder
    if not declared or holder is None:
        return
    text = notice.fold(declared)[0]
    owners = set(_OWNER.findall(text))
    names = _names(request)
    agrees = owners <= names if owners else any(name in text for name in names)
    if not agrees:
        yield forbids("RIGHTS-DECLARED-OTHER", request.rights_at, declared=_short(declared), holder=holder.name)


def _names(request: Request) -> set[str]:
    holder = request.holder
    return {folded(name) for name in (holder.name, holder.name_en) if name} if holder else set()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"


@clause(
    "statement.confirmed",
    "版权声明第三句（除非特别声明）；电子签名法 第13条",
    "Only the holder can say that an article speaks for him; so the same words have to stand in the register.",
    "RIGHTS-STATEMENT-UNCONFIRMED",
    "RIGHTS-STATEMENT-UNVERIFIED",
    "RIGHTS-STATEMENT",
)
def statement(request: Request) -> Iterator[Reason]:
    work, stated = request.work, request.declared.statement
    if work is None:
        return
    if stated and stated != work.statement:
        yield forbids("RIGHTS-STATEMENT-UNCONFIRMED", request.rights_at, work=work.id, statement=_short(stated))
    elif work.statement and request.demands_signatures and (unproven := _unproven(request)):
        args = {"work": work.id, "statement": work.statement, **unproven.words()}
        yield forbids("RIGHTS-STATEMENT-UNVERIFIED", work.where, **args)
    elif work.statement:
        yield notes("RIGHTS-STATEMENT", work.where, work=work.id, statement=work.statement)


def _unproven(request: Request) -> Proof | None:
    proof = request.evidence.statements.get(request.work_id, UNSIGNED)
    return proof if proof.code else None


@clause(
    "request.complete",
    "著作权法 第26条、第29条",
    "What is asked has to be said: for whom, and which parts. A build is the holder's and whole.",
    "RIGHTS-PARTS-MISSING",
    "RIGHTS-PARTS-NOT-WHOLE",
    "RIGHTS-GRANTEE-MISSING",
    "RIGHTS-BUILD-GRANTEE",
)
def complete(request: Request) -> Iterator[Reason]:
    job = request.job
    if request.action == "excerpt" and not job.parts:
        yield forbids("RIGHTS-PARTS-MISSING", request.article_at, work=request.work_id)
    if request.action != "excerpt" and job.parts:
        yield forbids("RIGHTS-PARTS-NOT-WHOLE", request.article_at, command=job.command, parts=", ".join(job.parts))
    if request.action != "publish" and not job.grantee:
        yield forbids("RIGHTS-GRANTEE-MISSING", request.article_at, command=job.command)
    if request.action == "publish" and job.grantee and request.work and job.grantee != request.work.holder:
        yield forbids("RIGHTS-BUILD-GRANTEE", request.article_at, grantee=job.grantee, holder=request.work.holder)
