# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""rights.yaml, the register, schema `rights/1`: who holds what, by which title, and who was granted what.

The register is the only evidence a decision looks at, so the reading is strict: an unknown key, a date that is not
`2026-01-31`, a number written `1_000` or a truth value written `yes` is an error, and a register with an error is not
used at all. What one entry says of another is checked in `registercheck`.
"""

from __future__ import annotations

import re
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass

from kanyin.config.job import Channel
from kanyin.config.policy import KEYS, LOG, Policy, Trust
from kanyin.config.scalars import Count, Day, Id, Line, Sha256, Share, Truth
from kanyin.config.yamlfile import load_file
from kanyin.findings import RightsError, Where
from kanyin.model import Action

_strict = ConfigDict(extra="forbid", str_strip_whitespace=False)


Right = Literal["reproduce", "distribute", "network", "compile", "translate", "adapt"]
Territory = Annotated[str, Field(pattern=r"^([A-Z]{2}|\*)$")]
PartKind = Literal["section", "abstract", "figure", "table", "formula", "pages"]


@dataclass(frozen=True, config=_strict)
class Holder:
    """Somebody who holds rights. `kind` external: named only because a part or a layout is theirs."""

    id: Id
    name: Line
    kind: Literal["legal_entity", "organisation", "person", "external"]
    name_en: str = ""
    note: str = ""
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, config=_strict)
class HolderNotice:
    """A holder's own notice, clause by clause. The canonical one may be repeated here, but only word for word."""

    id: Id
    holder: Id
    lang: Annotated[str, Field(pattern=r"^[A-Za-z-]{2,20}$")]
    clauses: Annotated[tuple[Line, ...], Field(min_length=1, max_length=6)]
    sha256: Sha256
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, config=_strict)
class Term:
    """Both days belong to the term, in Asia/Shanghai. Without `until` it has no end."""

    from_: Annotated[Day, Field(alias="from")]
    until: Day | None = None


@dataclass(frozen=True, config=_strict)
class Signatures:
    """Evidence that every author signed (著作权法 第14条); `evidence` is the digest of the signed paper."""

    required: Literal["all_authors"]
    evidence: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]


@dataclass(frozen=True, config=_strict)
class Title:
    """How the holder came to which rights, where and how long; and whether he may pass them on (实施条例 第24条).

    `licence` is the address of an open licence under which everybody may use the work; exports name it.
    """

    basis: Literal["assignment", "exclusive_licence", "work_for_hire", "open_licence", "unprotected"]
    rights: tuple[Right, ...]
    territory: Annotated[tuple[Territory, ...], Field(min_length=1)]
    term: Term
    sublicensable: Truth | None = None
    signatures: Signatures | None = None
    licence: Annotated[str, Field(pattern=r"^(?:https?://\S+)?$")] = ""
    note: str = ""
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, config=_strict)
class FirstPublished:
    """Where and when the work appeared first; a reprint has to say so. `layout` is the design it appeared in."""

    date: Day
    journal: Line
    volume: str = ""
    issue: str = ""
    pages: str = ""
    layout: str = ""


@dataclass(frozen=True, config=_strict)
class Author:
    name: Line


@dataclass(frozen=True, config=_strict)
class Part:
    """A part of a work by the id it has in the article. `within` is the part around it.

    Of a finished PDF parts are `pages`: their id is `p3` or `p3-5`, counted from the first page of the work.

    `holder` is set when the part is somebody else's; `licence` is then the permission under which the work's holder
    prints it. That permission is the holder's own: it is never passed on.
    """

    id: Id
    kind: PartKind
    within: str = ""
    holder: str = ""
    licence: str = ""
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, config=_strict)
class Reservation:
    """The reservation of 著作权法 第35条第2款 as a fact: the notice that was printed with the work, when and where.

    实施条例 第30条 wants it printed when the work is published. `notice` is the SHA-256 of the printed wording, `build`
    what the pages of that printing name.
    """

    notice: Sha256
    printed: Day
    place: Line
    build: str = ""
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, config=_strict)
class FinishedFile:
    """A finished PDF that is known to be the work, whatever can be read in it: a scan, a title set as a picture."""

    sha256: Sha256
    note: str = ""
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, config=_strict)
class Work:
    """A work; `id` is the id in the front matter of its article. `finished` are PDFs that somebody looked at."""

    id: Id
    holder: Id
    title: Title
    doi: str = ""
    lang: str = ""
    article_title: str = ""
    authors: tuple[Author, ...] = ()
    first_published: FirstPublished | None = None
    parts: tuple[Part, ...] = ()
    statement: Annotated[str, Field(max_length=80)] = ""
    statement_signature: str = ""
    reservation: Reservation | None = None
    finished: tuple[FinishedFile, ...] = ()
    note: str = ""
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, config=_strict)
class LayoutLicence:
    """What the holder of a design allows everybody, and the terms (an SPDX id or a title) under which."""

    terms: Line
    actions: Annotated[tuple[Literal["layout.style", "layout.facsimile"], ...], Field(min_length=1)]


@dataclass(frozen=True, config=_strict)
class Design:
    """A layout as an asset of its own (著作权法 第37条), with a holder and protection of ten years.

    `name` is the one folder in `layouts/` that may call itself by this id; `sha256` is the digest that its files must
    have, `rules` a sample of its style, by which a copy is known (`layouts list` shows both). Without, any folder may.
    """

    id: Id
    holder: Id
    name: str = ""
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    rules: Annotated[str, Field(pattern=r"^([0-9a-f]{8})*$", max_length=512)] = ""
    first_published: Day | None = None
    licence: LayoutLicence | None = None
    note: str = ""
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, config=_strict)
class Grantee:
    id: Id
    name: Line


@dataclass(frozen=True, config=_strict)
class PartsList:
    include: tuple[Id, ...] = ()
    exclude: tuple[Id, ...] = ()


@dataclass(frozen=True, config=_strict)
class Limits:
    """Upper bounds, each inclusive. One that cannot be measured is not kept."""

    chars: Count | None = None
    share: Share | None = None
    figures: Count | None = None
    copies: Count | None = None
    builds: Count | None = None


@dataclass(frozen=True, config=_strict)
class Pay:
    """`fen` in hundredths of a yuan, due so long after publication (ISO 8601, one unit: P2M, P30D, P1Y)."""

    fen: Count
    due: Annotated[str, Field(pattern=r"^P[1-9][0-9]{0,2}[DMY]$")] = "P2M"


@dataclass(frozen=True, config=_strict)
class PayDuty:
    pay: Pay


NamedDuty = Literal["attribute.author", "attribute.title", "attribute.first_publication", "notice.keep"]


@dataclass(frozen=True, config=_strict)
class Entry:
    """One thing that is granted. What is not stated is not granted (第29条), so channel, territory and term must be."""

    action: Action
    channel: Annotated[tuple[Channel | Literal["*"], ...], Field(min_length=1)]
    territory: Annotated[tuple[Territory, ...], Field(min_length=1)]
    term: Term
    works: tuple[Id, ...] = ()
    layouts: tuple[Id, ...] = ()
    parts: PartsList = field(default_factory=PartsList)
    limits: Limits = field(default_factory=Limits)
    languages: tuple[str, ...] = ()
    modifications: Literal["none", "textual", "content"] = "none"
    duties: tuple[NamedDuty | PayDuty, ...] = ()
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, config=_strict)
class Grant:
    """An agreement, or an offer that nobody has accepted yet. `signature` is a file inside the project."""

    id: Id
    kind: Literal["agreement", "offer"]
    grantor: Id
    grantee: Grantee
    permit: Annotated[tuple[Entry, ...], Field(min_length=1)]
    signature: str = ""
    note: str = ""
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, config=_strict)
class Revocation:
    grant: Id
    from_: Annotated[Day, Field(alias="from")]
    signature: str = ""
    note: str = ""
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, config=_strict)
class Prohibition:
    """Something that no grant lifts: a retraction, an injunction. Empty `grantees` means everybody, the holder too."""

    id: Id
    actions: Annotated[tuple[Action, ...], Field(min_length=1)]
    reason: Line
    works: tuple[Id, ...] = ()
    layouts: tuple[Id, ...] = ()
    grantees: tuple[Id, ...] = ()
    term: Term | None = None
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, config=_strict)
class ExceptionClaim:
    """Somebody invokes 著作权法 第24条. A person has to look at it; it never permits by itself.

    What a reviewer of the holder signs is this claim as it stands: `parts` that may be used, until when, and why.
    """

    id: Id
    article: Annotated[str, Field(pattern=r"^24\((1[0-3]|[1-9])\)$")]
    work: Id
    claimant: Id
    purpose: Line
    parts: tuple[Id, ...] = ()
    term: Term | None = None
    signature: str = ""
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, config=_strict)
class Waiver:
    """Leave to live with one kind of finding in one file for a time, signed. A verdict of rights is never waived."""

    id: Id
    code: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$")]
    file: Line
    reason: Line
    until: Day
    holder: Id
    signature: str = ""
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, config=_strict)
class Register:
    schema_: Annotated[Literal["rights/1"], Field(alias="schema")]
    as_of_policy: Literal["explicit"]
    holders: tuple[Holder, ...]
    policy: Policy
    notices: tuple[HolderNotice, ...] = ()
    works: tuple[Work, ...] = ()
    layouts: tuple[Design, ...] = ()
    grants: tuple[Grant, ...] = ()
    revocations: tuple[Revocation, ...] = ()
    prohibitions: tuple[Prohibition, ...] = ()
    exceptions: tuple[ExceptionClaim, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    where: Where = field(default_factory=Where)

    @property
    def keys(self) -> str:
        return self.policy.trust.grantor_keys if isinstance(self.policy.trust, Trust) else KEYS

    @property
    def log(self) -> str:
        return self.policy.trust.log if isinstance(self.policy.trust, Trust) else LOG

    @cached_property
    def works_by_id(self) -> dict[str, Work]:
        return {work.id: work for work in self.works}

    @cached_property
    def works_by_doi(self) -> dict[str, Work]:
        return {doi_key(work.doi): work for work in self.works if work.doi}

    @cached_property
    def holders_by_id(self) -> dict[str, Holder]:
        return {holder.id: holder for holder in self.holders}

    @cached_property
    def layouts_by_id(self) -> dict[str, Design]:
        return {design.id: design for design in self.layouts}


def doi_key(doi: str) -> str:
    """A DOI without case and without the address people write before it."""
    return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)\s*", "", doi.strip().casefold())


def load_register(path: Path, *, arranging: bool = False) -> Register:
    """Read and cross-check the register. `arranging`: keys and signatures are being made, before it demands them.

    Raises RightsError (exit 3) with every finding: a register that cannot be read whole proves nothing.
    """
    from kanyin.config.dropped import trust_dropped
    from kanyin.config.registercheck import cross_check

    register, findings, _ = load_file(path, Register)
    if register is None:
        raise RightsError(*findings)
    if problems := cross_check(register, path.parent):
        raise RightsError(*problems)
    unsigned = register.policy.trust == "none" and not arranging
    if unsigned and (problems := list(trust_dropped(register.policy.where, path.parent))):
        raise RightsError(*problems)
    return register


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of rights.yaml, for editors that complete and check while one writes."""
    schema = TypeAdapter(Register).json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$defs"].pop("Where", None)
    for described in (schema, *schema["$defs"].values()):
        described.get("properties", {}).pop("where", None)
        described.pop("description", None)
    return schema
