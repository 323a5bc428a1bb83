# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What is asked, put together once before anything is judged: the clauses look at nothing else.

A source that declares itself an excerpt or a reprint of a registered work is judged as that, whatever its own id says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kanyin.config.job import Job
from kanyin.config.register import Design, Holder, Part, Register, Work
from kanyin.config.registercheck import BODY
from kanyin.findings import Where
from kanyin.model import Action, Front, Permissions
from kanyin.rights.evidence import NOTHING, Evidence
from kanyin.rights.pages import meet

HOME = "CN"
"""The territory of a job that names none: that of the journals, and of the law the decision rests on."""

_BUILD_CHANNEL = {"print": "print_periodical", "screen": "web", "archive": ""}


@dataclass(frozen=True)
class Request:
    """`front` is None when a finished PDF is to be reprinted. `layout` is the id of the design asked for.

    `evidence` is what is known beyond the register: signatures that hold, and what the log counted.
    """

    front: Front | None
    register: Register
    job: Job
    layout: str
    evidence: Evidence = NOTHING

    @cached_property
    def demands_signatures(self) -> bool:
        return self.register.policy.trust != "none"

    def revoked(self, grant: str) -> tuple[date, Where] | None:
        """The first day of the revocation of a grant, from the register or from the log: neither undoes the other."""
        days = [(r.from_, r.where) for r in self.register.revocations if r.grant == grant]
        if grant in self.evidence.revoked:
            days.append(self.evidence.revoked[grant])
        return min(days, default=None)

    @cached_property
    def declared(self) -> Permissions:
        return self.front.permissions if self.front else Permissions()

    @cached_property
    def action(self) -> Action:
        if self.job.command == "build":
            return "publish"
        return "excerpt" if self.job.command == "excerpt" or self.declared.excerpt_of else "reprint"

    @cached_property
    def layout_action(self) -> Action:
        """A finished PDF reprints the pages themselves; from source only the design is used."""
        return "layout.style" if self.front else "layout.facsimile"

    @cached_property
    def work_id(self) -> str:
        if self.front is None:
            return self.job.work
        return self.declared.excerpt_of or self.declared.reprint_of or self.front.id

    @cached_property
    def work(self) -> Work | None:
        return self.register.works_by_id.get(self.work_id)

    @cached_property
    def holder(self) -> Holder | None:
        return self.register.holders_by_id.get(self.work.holder) if self.work else None

    @cached_property
    def design_id(self) -> str:
        """For a facsimile the design is a fact of the register: that in which the work first appeared."""
        if self.front is None and self.work and self.work.first_published:
            return self.work.first_published.layout
        return self.layout

    @cached_property
    def design(self) -> Design | None:
        return self.register.layouts_by_id.get(self.design_id)

    @cached_property
    def user(self) -> str:
        """Who will publish: the holder himself when he builds, else the grantee."""
        if self.action == "publish":
            return self.work.holder if self.work else ""
        return self.job.grantee

    @cached_property
    def channel(self) -> str:
        """Empty when it is not known."""
        return self.job.channel or (_BUILD_CHANNEL[self.job.profile] if self.action == "publish" else "")

    @cached_property
    def territory(self) -> str:
        return self.job.territory or HOME

    @cached_property
    def lang(self) -> str:
        """Of the text asked for; empty when it is not known."""
        return self.front.lang if self.front else (self.work.lang if self.work else "")

    @cached_property
    def registered_parts(self) -> tuple[Part, ...]:
        """The registered parts that would be printed: all of the work, or those asked for with what stands in them."""
        parts = self.work.parts if self.work else ()
        if self.action != "excerpt":
            return parts
        around = {part.id: part.within for part in parts}
        # pages that overlap the ones asked for: what stands in them may stand there
        touched = {part.id for part in parts if any(meet(part.id, asked) for asked in self.job.parts)}
        asked = (*self.job.parts, *sorted(touched))
        found = (part for part in parts if _inside(part.id, asked, around))
        return tuple(part for part in found if part.kind != "pages" or part.id in self.job.parts)

    @cached_property
    def own_parts(self) -> tuple[str, ...]:
        """Ids of what would be printed and belongs to the holder of the work; a whole work has a `body` too."""
        asked = self.job.parts if self.action == "excerpt" else (BODY,)
        foreign = {part.id for part in self.foreign_parts}
        return tuple(sorted({*asked, *(part.id for part in self.registered_parts)} - foreign))

    @cached_property
    def foreign_parts(self) -> tuple[Part, ...]:
        return tuple(sorted((part for part in self.registered_parts if self.foreign(part)), key=lambda part: part.id))

    def foreign(self, part: Part) -> bool:
        return bool(part.holder) and (self.work is None or part.holder != self.work.holder)

    @cached_property
    def article_at(self) -> Where | None:
        return self.front.where if self.front else None

    @cached_property
    def rights_at(self) -> Where | None:
        """Where the article speaks of its rights."""
        return self.declared.where or self.article_at

    @cached_property
    def register_at(self) -> Where:
        """The entry of the work, or the register where there is none."""
        return self.work.where if self.work else Where(self.register.where.file)


def _inside(part: str, asked: tuple[str, ...], around: dict[str, str]) -> bool:
    seen: set[str] = set()
    while part and part not in seen:
        if part in asked:
            return True
        seen.add(part)
        part = around.get(part, "")
    return False
