# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A job: one thing that somebody asks to have made, with all that the decision and the work need to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

Profile = Literal["screen", "print", "archive"]
Scheme = Literal["booklet", "16"]
Command = Literal["build", "excerpt", "reprint"]
Channel = Literal["print_periodical", "print_book", "web", "database", "course"]
KEY = ".keys/build.key"
"""Where the private key of a project's builds is, unless another is named; never in the repository."""


@dataclass(frozen=True)
class Places:
    """Where a project keeps its things; all absolute. `key` is the private key that signs, where one is named.

    `certificate` is a PEM file with a certificate and its key, where finished PDFs are to be certified.
    """

    layouts: Path
    fonts: Path
    rights: Path
    out: Path
    key: Path | None = None
    certificate: Path | None = None

    @property
    def root(self) -> Path:
        """The project is where its register lies."""
        return self.rights.parent

    @property
    def signing_key(self) -> Path:
        return self.key or self.root / KEY


@dataclass(frozen=True)
class Job:
    """`source` is the file of one article or issue. `as_of` is the day for which rights are decided, in Asia/Shanghai.

    `today` is set when something is to be printed: the rights have to hold on that day too, whatever `as_of` says.

    `cover`, `number` (of the copy) and `break_signature` are for a finished PDF, whose parts are pages: p3-5.

    `parts` names the parts of an excerpt by id; `layout` is empty when the article's own choice or the default holds.
    `impose` asks for printer's sheets beside a press file, `articles` for each article's own file beside an issue.
    `processes` (0 is one a core) and `progress` are how it is done, and no part of what is done.
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
    impose: Scheme | None = None
    cover: bool = False
    number: int = 0
    break_signature: bool = False
    articles: bool = False
    processes: int = field(default=0, repr=False, compare=False)
    progress: bool = field(default=False, repr=False, compare=False)

    @property
    def made(self) -> date:
        """The day on which something is signed: today, as far as the machine knows, else the day asked for."""
        return self.today or self.as_of
