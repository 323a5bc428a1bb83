# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What a rule is: one function with an id, its legal basis and the reason why it exists.

A clause judges the request; every clause is asked, in the order in which its module writes it. A constraint judges one
entry of one grant for one asset. A rule yields nothing when it has nothing to say; what it may say is fixed in `codes`,
and the tests want a case for each. Each module has a book of its own, so a module that is not imported cannot silently
leave its rules out: whoever asks the rules has to name the book.
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


class RuleBook(Generic[F]):
    """The rules of one module, in order. Calling it gives the decorator that adds one."""

    def __init__(self) -> None:
        self.rules: list[Rule[F]] = []

    def __call__(self, id_: str, basis: str, rationale: str, *codes: str) -> Callable[[F], F]:
        """`codes` are the only codes the rule's reasons may carry."""

        def add(judge: F) -> F:
            self.rules.append(Rule(id_, basis, rationale, codes, judge))
            return judge

        return add


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
