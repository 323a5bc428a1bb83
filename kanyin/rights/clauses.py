# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The list of rules. A rule is one function with an id, its legal basis and the reason why it exists.

A clause judges the request and every clause is asked, always in the order of this list. A constraint judges one entry
of one grant for one asset. A rule yields nothing when it has nothing to say; what it may say is fixed in `codes`, and
the tests want a case for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from kanyin.config.register import Entry, Grant
from kanyin.findings import Where
from kanyin.model import Action, Reason
from kanyin.rights.request import Request


@dataclass(frozen=True)
class Asset:
    """What one grant has to cover whole: a work (by its own parts), a part that is somebody else's, or a design."""

    kind: Literal["work", "part", "layout"]
    action: Action
    id: str
    holder: str
    parts: tuple[str, ...] = ()


Clause = Callable[[Request], Iterator[Reason]]
Constraint = Callable[[Request, Asset, Grant, Entry], Iterator[Reason]]
F = TypeVar("F")


@dataclass(frozen=True)
class Rule(Generic[F]):
    id: str
    basis: str
    rationale: str
    codes: tuple[str, ...]
    judge: F


CLAUSES: list[Rule[Clause]] = []
CONSTRAINTS: list[Rule[Constraint]] = []


def clause(id_: str, basis: str, rationale: str, *codes: str) -> Callable[[Clause], Clause]:
    """Register a clause. `codes` are the only codes its reasons may carry."""

    def register(judge: Clause) -> Clause:
        CLAUSES.append(Rule(id_, basis, rationale, codes, judge))
        return judge

    return register


def constraint(id_: str, basis: str, rationale: str, *codes: str) -> Callable[[Constraint], Constraint]:
    """Register a constraint: it yields a reason when the entry does not cover the request."""

    def register(judge: Constraint) -> Constraint:
        CONSTRAINTS.append(Rule(id_, basis, rationale, codes, judge))
        return judge

    return register


def forbids(code: str, where: Where | None, **args: object) -> Reason:
    return _reason(code, "forbids", where, args)


def permits(code: str, where: Where | None, **args: object) -> Reason:
    return _reason(code, "permits", where, args)


def notes(code: str, where: Where | None, **args: object) -> Reason:
    return _reason(code, "notes", where, args)


def _reason(
    code: str, effect: Literal["permits", "forbids", "notes"], where: Where | None, args: dict[str, object]
) -> Reason:
    return Reason(code, effect, where, tuple((key, str(value)) for key, value in args.items()))
