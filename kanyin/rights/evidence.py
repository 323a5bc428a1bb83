# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What is known beyond the register when a decision falls: which signatures hold, and what the log says was used.

Only values. They are made by `prove`, which reads files; the decision looks at them and reads nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kanyin.config.layoutfiles import LayoutFiles
from kanyin.findings import Where
from kanyin.model import Finished
from kanyin.rights.measured import Facts
from kanyin.rights.wording import sentence


@dataclass(frozen=True)
class Proof:
    """Whether a signature holds: `code` is empty when it does, else the wording of why it does not."""

    code: str = ""
    args: tuple[tuple[str, str], ...] = ()

    def words(self) -> dict[str, str]:
        """The reason as arguments of another sentence, in both languages."""
        given = dict(self.args)
        return {"why": sentence(self.code, "zh", **given), "why_en": sentence(self.code, "en", **given)}


def no(code: str, **args: object) -> Proof:
    return Proof(code, tuple((key, str(value)) for key, value in args.items()))


UNSIGNED = no("RIGHTS-PROOF-MISSING")


@dataclass(frozen=True)
class Used:
    """What was made under a grant so far."""

    builds: int = 0
    copies: int = 0


@dataclass(frozen=True)
class Printed:
    """A printing of a work by its holder, with the notice: what the log knows of a reservation (第35条第2款)."""

    day: date
    build: str
    notice: str


@dataclass(frozen=True)
class Evidence:
    """`used` is None when there is no log, so that nothing can be counted; an id that is not in it was never used.

    `revoked` are revocations that stand in the log, whether or not the register still names them. `latest` is the last
    day on which a grant was used. `text` is what the article was measured to hold; None when there is no index.
    `layout` are the files that are to be printed with; None for a finished PDF. `pdf` is what a finished PDF says of
    itself; None when there is none, or nobody has looked. `ledger` is the mark that the last build has left of what
    passages were counted; None without a log.
    """

    grants: Mapping[str, Proof] = field(default_factory=dict)
    statements: Mapping[str, Proof] = field(default_factory=dict)
    exceptions: Mapping[str, Proof] = field(default_factory=dict)
    waivers: Mapping[str, Proof] = field(default_factory=dict)
    used: Mapping[str, Used] | None = None
    revoked: Mapping[str, tuple[date, Where]] = field(default_factory=dict)
    printed: Mapping[str, Printed] = field(default_factory=dict)
    latest: date | None = None
    text: Facts | None = None
    layout: LayoutFiles | None = None
    pdf: Finished | None = None
    ledger: tuple[int, str] | None = None


NOTHING = Evidence()
"""Nothing is proven: what the register wants signed is not honoured."""
