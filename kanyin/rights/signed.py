# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What is signed, word for word: the payload of each kind of entry of the register.

The payload is the authority and the register a view of it. It also carries digests of the entries it speaks about (who
holds the work, by which title, with which parts), so that a grant cannot be turned to another work by rewriting that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from kanyin.config.register import Grant, Register
from kanyin.config.trust import Role
from kanyin.findings import Where
from kanyin.rights.canonical import digest, plain

Kind = Literal["grant", "statement", "exception", "waiver"]

_TALK = frozenset({"note", "statement", "reservation"})
"""Of a work: what says nothing about who may permit what."""

ROLES: dict[Kind, Role] = {"grant": "grantor", "statement": "grantor", "exception": "reviewer", "waiver": "reviewer"}


@dataclass(frozen=True)
class Signable:
    """An entry that wants a signature: whose, in which file, over what."""

    kind: Kind
    id: str
    holder: str
    file: str
    payload: Any
    where: Where

    @property
    def type(self) -> str:
        return f"application/vnd.kanyin.{self.kind}+json"


def signables(register: Register) -> Iterator[Signable]:
    """Every entry that can be signed. A file that is not named lies in the folder of its kind under the entry's id."""
    for grant in register.grants:
        yield _entry("grant", grant.id, grant.grantor, grant.signature, grant, _of_grant(grant, register))
    for work in register.works:
        if work.statement:
            body = {"work": work.id, "holder": work.holder, "statement": work.statement}
            file = work.statement_signature or _file("statement", work.id)
            payload = _payload("statement", body, _works((work.id,), register))
            yield Signable("statement", work.id, work.holder, file, payload, work.where)
    for claim in register.exceptions:
        held = register.works_by_id.get(claim.work)
        assets = _works((claim.work,), register)
        yield _entry("exception", claim.id, held.holder if held else "", claim.signature, claim, assets)
    for waiver in register.waivers:
        yield _entry("waiver", waiver.id, waiver.holder, waiver.signature, waiver, {})


def _entry(kind: Kind, id_: str, holder: str, file: str, entry: Any, assets: dict[str, str]) -> Signable:
    return Signable(kind, id_, holder, file or _file(kind, id_), _payload(kind, plain(entry), assets), entry.where)


def _payload(kind: Kind, body: Any, assets: dict[str, str]) -> Any:
    return {"schema": "rights/1", kind: body, "assets": assets}


def _file(kind: Kind, id_: str) -> str:
    return f"{kind}s/{''.join(c if c.isalnum() or c in '-._' else '_' for c in id_)}.dsse.json"


def _of_grant(grant: Grant, register: Register) -> dict[str, str]:
    works = tuple(work for entry in grant.permit for work in entry.works)
    layouts = (layout for entry in grant.permit for layout in entry.layouts)
    designs = {name: register.layouts_by_id.get(name) for name in layouts}
    digests = {f"layout:{name}": digest(plain(design, frozenset({"note"}))) for name, design in designs.items()}
    return {**_works(works, register), **digests}


def _works(ids: tuple[str, ...], register: Register) -> dict[str, str]:
    found = {id_: register.works_by_id.get(id_) for id_ in ids}
    return {f"work:{id_}": digest(plain(work, _TALK)) for id_, work in found.items()}
