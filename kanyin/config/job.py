# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A job: one thing that somebody asks to have made, with all that the decision and the work need to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

Profile = Literal["screen", "print", "archive"]
Command = Literal["build", "excerpt", "reprint"]


@dataclass(frozen=True)
class Places:
    """Where a project keeps its things; all absolute."""

    layouts: Path
    fonts: Path
    rights: Path
    out: Path


@dataclass(frozen=True)
class Job:
    """`source` is the file of one article or issue. `as_of` is the day for which rights are decided, in Asia/Shanghai.

    `today` is set when something is to be printed: the rights have to hold on that day too, whatever `as_of` says.

    `parts` names the parts of an excerpt by id; `layout` is empty when the article's own choice or the default holds.
    """

    command: Command
    source: Path
    places: Places
    as_of: date
    profile: Profile = "screen"
    layout: str = ""
    grantee: str = ""
    work: str = ""
    parts: tuple[str, ...] = ()
    copies: int = 0
    channel: str = ""
    territory: str = ""
    today: date | None = None
