# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What one entry of the register says of another: ids that exist, dates in order, names that cannot be confused.

Each check yields findings with the place of the entry; all of them run, so that one reading shows every slip.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from kanyin import notice
from kanyin.config.policy import SERVER, Trust
from kanyin.config.register import Entry, Grant, HolderNotice, Register, Term, Work, doi_key
from kanyin.findings import Finding, Where, finding

UNWAIVABLE = (
    "RIGHTS-",
    "REGISTER-",
    "VERIFY-",
    "STAMP-",
    "TRUST-",
    "LOG-",
    "RECEIPT-",
    "KEY-",
    "WAIVER-",
    "CONFIG-",
    "MATCH-",
)
"""Findings about rights, and about the proof of them, are nobody's to waive."""

CMA = "中华医学会"
BODY = "body"
"""The text of a work apart from its registered parts; so no part may have this id."""


def cross_check(register: Register, root: Path) -> list[Finding]:
    """All findings, in the order of the file. `root` is the folder that paths in the register must not leave."""
    found = [
        *_duplicates(register),
        *_holders(register),
        *_notices(register),
        *(f for work in register.works for f in _work(work, register)),
        *_layouts(register),
        *(f for grant in register.grants for f in _grant(grant, register)),
        *_others(register),
        *_paths(register, root),
    ]
    return sorted(found, key=lambda f: (f.where, f.code))


def folded(name: str) -> str:
    """A name without width, case and white space: two names equal here look the same to a reader."""
    return notice.fold(name)[0]


def _duplicates(register: Register) -> Iterator[Finding]:
    """Ids differ by more than case: `CMA` beside `cma` would be read as one by people."""
    tables: Iterable[tuple[str, Iterable[tuple[str, Where]]]] = (
        ("holders", ((x.id, x.where) for x in register.holders)),
        ("notices", ((x.id, x.where) for x in register.notices)),
        ("works", ((x.id, x.where) for x in register.works)),
        ("layouts", ((x.id, x.where) for x in register.layouts)),
        ("grants", ((x.id, x.where) for x in register.grants)),
        ("prohibitions", ((x.id, x.where) for x in register.prohibitions)),
        ("exceptions", ((x.id, x.where) for x in register.exceptions)),
        ("waivers", ((x.id, x.where) for x in register.waivers)),
        ("doi", ((doi_key(x.doi), x.where) for x in register.works if x.doi)),
    )
    for table, entries in tables:
        yield from _repeated(table, entries)


def _repeated(table: str, entries: Iterable[tuple[str, Where]]) -> Iterator[Finding]:
    seen: dict[str, Where] = {}
    for id_, where in entries:
        first = seen.setdefault(id_.casefold(), where)
        if first != where:
            yield finding("REGISTER-DUPLICATE-ID", where, id=id_, table=table, first=first)


def _holders(register: Register) -> Iterator[Finding]:
    names: dict[str, str] = {}
    for holder in register.holders:
        for name in filter(None, (holder.name, holder.name_en)):
            if not unicodedata.is_normalized("NFC", name):
                yield finding("REGISTER-NOT-NFC", holder.where, name=name)
            other = names.setdefault(folded(name), holder.id)
            if other != holder.id:
                yield finding("REGISTER-NAME-TWICE", holder.where, name=name, id=holder.id, other=other)


def _notices(register: Register) -> Iterator[Finding]:
    canonical = notice.canonical()
    seen: set[str] = set()
    for own in register.notices:
        text = "".join(own.clauses)
        holder = register.holders_by_id.get(own.holder)
        if holder is None:
            yield finding("REGISTER-UNKNOWN-HOLDER", own.where, id=own.holder)
            continue
        if own.holder in seen:
            yield finding("REGISTER-NOTICE-TWICE", own.where, holder=own.holder)
        seen.add(own.holder)
        if folded(holder.name) == folded(CMA) or own.id == canonical.id or folded(canonical.clauses[0]) in folded(text):
            if text != canonical.text or own.sha256 != canonical.sha256 or folded(holder.name) != folded(CMA):
                yield finding("REGISTER-NOTICE-REWORDED", own.where, id=own.id, sha256=canonical.sha256)
        else:
            yield from _own_notice(own, holder.name, text)


def _own_notice(own: HolderNotice, name: str, text: str) -> Iterator[Finding]:
    found = hashlib.sha256(text.encode()).hexdigest()
    if found != own.sha256:
        yield finding("REGISTER-NOTICE-HASH", own.where, id=own.id, found=found)
    chinese = own.lang.casefold().startswith("zh")
    needed = (name, "转载", "摘编") if chinese else (name, "reprint", "excerpt")
    missing = [word for word in needed if folded(word) not in folded(text)]
    if missing:
        yield finding("REGISTER-NOTICE-WEAK", own.where, id=own.id, missing="、".join(missing))


def _work(work: Work, register: Register) -> Iterator[Finding]:
    if work.holder not in register.holders_by_id:
        yield finding("REGISTER-UNKNOWN-HOLDER", work.where, id=work.holder)
    title = work.title
    yield from _term(title.term, title.where)
    if title.basis == "exclusive_licence" and title.term.until is None:
        yield finding("REGISTER-TITLE-NO-END", title.where, id=work.id)
    if title.basis == "open_licence" and title.sublicensable:
        yield finding("REGISTER-TITLE-OPEN", title.where, id=work.id)
    published = work.first_published
    if work.reservation and published is None:
        yield finding("REGISTER-RESERVATION-UNPUBLISHED", work.reservation.where, id=work.id)
    if published and published.layout and published.layout not in register.layouts_by_id:
        yield finding("REGISTER-UNKNOWN-LAYOUT", work.where, id=published.layout)
    if work.parts:
        yield from _parts(work, register)


def _parts(work: Work, register: Register) -> Iterator[Finding]:
    yield from _repeated("parts", ((part.id, part.where) for part in work.parts))
    around = {part.id: part.within for part in work.parts}
    for part in work.parts:
        if part.id == BODY:
            yield finding("REGISTER-PART-RESERVED", part.where, id=part.id)
        if part.holder and part.holder not in register.holders_by_id:
            yield finding("REGISTER-UNKNOWN-HOLDER", part.where, id=part.holder)
        if part.within and part.within not in around:
            yield finding("REGISTER-UNKNOWN-PART", part.where, id=part.within, work=work.id)
        seen, outer = {part.id}, part.within
        while outer in around and outer not in seen:
            seen.add(outer)
            outer = around[outer]
        if outer in seen:
            yield finding("REGISTER-PART-CYCLE", part.where, id=part.id)


def _layouts(register: Register) -> Iterator[Finding]:
    for design in register.layouts:
        if design.holder not in register.holders_by_id:
            yield finding("REGISTER-UNKNOWN-HOLDER", design.where, id=design.holder)


def _grant(grant: Grant, register: Register) -> Iterator[Finding]:
    if grant.grantor not in register.holders_by_id:
        yield finding("REGISTER-UNKNOWN-HOLDER", grant.where, id=grant.grantor)
    for entry in grant.permit:
        yield from _term(entry.term, entry.where)
        yield from _assets(entry, grant, register)


def _assets(entry: Entry, grant: Grant, register: Register) -> Iterator[Finding]:
    of_layout = entry.action.startswith("layout.")
    if not (entry.layouts if of_layout else entry.works) or (entry.layouts and not of_layout):
        key = "layouts" if of_layout else "works"
        yield finding("REGISTER-ENTRY-ASSET", entry.where, id=grant.id, action=entry.action, key=key)
    yield from _known(entry.works, entry.layouts, entry.where, register)
    works = [register.works_by_id[id_] for id_ in entry.works if id_ in register.works_by_id]
    parts = {part.id for work in works for part in work.parts} | {BODY}
    for id_ in (*entry.parts.include, *entry.parts.exclude):
        if id_ not in parts:
            yield finding("REGISTER-UNKNOWN-PART", entry.where, id=id_, work="、".join(entry.works))


def _known(works: Iterable[str], layouts: Iterable[str], where: Where, register: Register) -> Iterator[Finding]:
    for id_ in works:
        if id_ not in register.works_by_id:
            yield finding("REGISTER-UNKNOWN-WORK", where, id=id_)
    for id_ in layouts:
        if id_ not in register.layouts_by_id:
            yield finding("REGISTER-UNKNOWN-LAYOUT", where, id=id_)


def _others(register: Register) -> Iterator[Finding]:
    grants = {grant.id for grant in register.grants}
    for revocation in register.revocations:
        if revocation.grant not in grants:
            yield finding("REGISTER-UNKNOWN-GRANT", revocation.where, id=revocation.grant)
    for prohibition in register.prohibitions:
        if not prohibition.works and not prohibition.layouts:
            yield finding("REGISTER-PROHIBITION-EMPTY", prohibition.where, id=prohibition.id)
        yield from _known(prohibition.works, prohibition.layouts, prohibition.where, register)
        if prohibition.term:
            yield from _term(prohibition.term, prohibition.where)
    for claim in register.exceptions:
        yield from _known((claim.work,), (), claim.where, register)
        if claim.term:
            yield from _term(claim.term, claim.where)
    for waiver in register.waivers:
        if waiver.code.startswith(UNWAIVABLE):
            yield finding("REGISTER-WAIVER-RIGHTS", waiver.where, id=waiver.id, waived=waiver.code)
        if waiver.holder not in register.holders_by_id:
            yield finding("REGISTER-UNKNOWN-HOLDER", waiver.where, id=waiver.holder)
    names: dict[str, str] = {}
    for grant in register.grants:
        first = names.setdefault(grant.grantee.id, grant.grantee.name)
        if first != grant.grantee.name:
            yield finding(
                "REGISTER-GRANTEE-NAMES", grant.where, id=grant.grantee.id, name=grant.grantee.name, first=first
            )


def _term(term: Term, where: Where) -> Iterator[Finding]:
    if term.until is not None and term.until < term.from_:
        yield finding("REGISTER-DATES", where, first=term.from_, last=term.until)


def _paths(register: Register, root: Path) -> Iterator[Finding]:
    named: list[tuple[str, Where]] = [(grant.signature, grant.where) for grant in register.grants]
    named += [(revocation.signature, revocation.where) for revocation in register.revocations]
    named += [(claim.signature, claim.where) for claim in register.exceptions]
    named += [(work.statement_signature, work.where) for work in register.works]
    if isinstance(register.policy.trust, Trust):
        trust = register.policy.trust
        named += [(trust.grantor_keys, register.policy.where), (trust.log, register.policy.where)]
    else:
        for name, where in named:
            if name:  # else taking the trust away would turn what was signed into what nobody checks
                yield finding("REGISTER-SIGNATURE-UNUSED", where, path=name)
    if "://" not in register.policy.excerpt.index:
        named.append((register.policy.excerpt.index, register.policy.where))
    else:
        yield from _address(register.policy.excerpt.index, register.policy.where)
    named += [(waiver.signature, waiver.where) for waiver in register.waivers]
    inside = root.resolve()
    for name, where in named:
        if name and (
            not name.isascii() or "\\" in name or "\0" in name or not (inside / name).resolve().is_relative_to(inside)
        ):
            yield finding("REGISTER-PATH", where, path=name)


def _address(server: str, where: Where) -> Iterator[Finding]:
    """A password does not belong into a file that everybody reads; and what was written is not repeated here."""
    try:
        parts = urlsplit(server)
        said = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    except ValueError:
        yield finding("REGISTER-SERVER", where)
        return
    if parts.password is not None or said & {"password", "sslpassword"}:
        yield finding("REGISTER-SERVER-SECRET", where)
    elif not server.startswith(SERVER) or not server.isascii() or "\0" in server or parts.fragment:
        yield finding("REGISTER-SERVER", where)
