# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""How far the parts of an excerpt reach: the register judges ids, and an id is worth what the article puts under it.

A section that swallows its neighbours by a new heading or a moved id would print more than anybody granted. So all that
stands inside a requested part has to be registered as standing there.
"""

from __future__ import annotations

from collections.abc import Iterator

from kanyin.config.register import Register, Work
from kanyin.model import Article, DisplayFormula, Figure, Permit, Reason, Section, TableWrap
from kanyin.typeset.select import chosen_blocks, nested

KINDS: dict[type, str] = {Section: "section", Figure: "figure", TableWrap: "table", DisplayFormula: "formula"}
"""The register's names for what an article is made of."""


def differences(article: Article, permit: Permit, register: Register) -> list[Reason]:
    """What stands inside the permitted parts of the article and is not registered there; empty for a whole work.

    A part inside that was requested by itself has been granted by itself (著作权法 第29条).
    """
    work = register.works_by_id[permit.work]
    around = {part.id: part.within for part in work.parts}
    found = list(_kinds(article, permit, work))
    for part, block in nested(article, permit.parts):
        if block.id in permit.parts or part in _around(block.id, around):
            continue
        args = {"work": work.id, "part": part, "inner": block.id or "–", "at": str(work.where)}
        found.append(Reason("RIGHTS-PART-TREE", "forbids", block.where, tuple(args.items())))
    return found


def _kinds(article: Article, permit: Permit, work: Work) -> Iterator[Reason]:
    """A chapter under the id of a figure is not that figure."""
    registered = {part.id: part.kind for part in work.parts}
    for block in chosen_blocks(article, permit.parts):
        if KINDS[type(block)] != registered.get(block.id):
            args = {"work": work.id, "part": block.id, "kind": registered.get(block.id, "–"), "at": str(work.where)}
            yield Reason("RIGHTS-PART-KIND", "forbids", block.where, tuple(args.items()))


def _around(part: str, around: dict[str, str]) -> Iterator[str]:
    """The registered parts around a part, from the inside; the register's own check has ruled out circles."""
    while part := around.get(part, ""):
        yield part
