# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Findings, severities, exit codes and the errors that stop a command.

A finding is a fact: a permanent code, a place, and the values that its sentence needs. The sentences stand in
`kanyin/wording/*.toml`, a file a room, in Chinese and English; so a finding can be made anywhere and worded once, for
the reader in front of the screen.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any, Literal

Lang = Literal["zh", "en"]


class Severity(IntEnum):
    """Ordered: the worst one decides the exit code. `skip` is louder than `note`: what was not checked must be seen."""

    NOTE = 0
    SKIP = 1
    WARNING = 2
    ERROR = 3


class ExitCode(IntEnum):
    """The exit codes, a public contract."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    RIGHTS = 3
    SOURCE = 4
    TOOL = 5
    RENDER = 6
    NOT_CONFORMANT = 7
    BUG = 70
    INTERRUPTED = 130


@dataclass(frozen=True, order=True)
class Where:
    """A place: a file with line and column (both from 1; 0 = unknown), or a page of a PDF (from 1)."""

    file: str = ""
    line: int = 0
    column: int = 0
    page: int = 0

    def __str__(self) -> str:
        text = self.file
        if self.line:
            text += f":{self.line}"
            if self.column:
                text += f":{self.column}"
        if self.page:
            text += f" p.{self.page}"
        return text


@dataclass(frozen=True)
class Finding:
    """Something that a reader has to know. Make one with `finding(code, where, key=value …)`."""

    code: str
    where: Where = Where()
    args: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        return Severity[wording(self.code)["severity"].upper()]

    @property
    def basis(self) -> str:
        """The law, standard or clause behind the finding, if there is one."""
        return str(wording(self.code).get("basis", ""))

    def message(self, lang: Lang = "zh") -> str:
        return _fill(wording(self.code)[lang], self.args, lang)

    def hint(self, lang: Lang = "zh") -> str:
        return _fill(wording(self.code).get(f"hint_{lang}", ""), self.args, lang)


def finding(code: str, where: Where | None = None, **args: object) -> Finding:
    """Make a finding; every value is turned into text at once, so that a finding can cross processes."""
    return Finding(code, where or Where(), tuple((k, str(v)) for k, v in args.items()))


def _fill(sentence: str, args: Iterable[tuple[str, str]], lang: Lang) -> str:
    """Put values into `{name}` places; a value is never read as a pattern itself.

    What the operating system and libraries give as a reason is English; of what is common there are words of ours.
    """
    import re

    values = {key: _said(value, lang) if key in ("problem", "reason") else value for key, value in args}
    return re.sub(r"\{(\w+)\}", lambda m: values.get(m[1], m[0]), sentence)


def _said(value: str, lang: Lang) -> str:
    import re

    known = catalogue().get("FILES-SYSTEM-" + re.sub("[^A-Z0-9]+", "-", value.upper()).strip("-"), {})
    return str(known.get(lang, value))


@functools.cache
def catalogue() -> Mapping[str, Mapping[str, Any]]:
    """All wording: code → {severity, zh, en, hint_zh, hint_en, basis}."""
    found: dict[str, Mapping[str, Any]] = {}
    for file in sorted((Path(__file__).parent / "wording").glob("*.toml")):
        for code, entry in tomllib.loads(file.read_text("utf-8")).items():
            if code in found:
                raise ValueError(f"the code {code} is worded twice")
            found[code] = entry
    return found


def wording(code: str) -> Mapping[str, Any]:
    return catalogue()[code]


class KanyinError(Exception):
    """Work cannot go on. Carries its exit code and the findings that say why."""

    exit_code = ExitCode.BUG

    def __init__(self, *findings: Finding) -> None:
        super().__init__("; ".join(f.code for f in findings))
        self.findings = findings

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.findings


class UsageError(KanyinError):
    exit_code = ExitCode.USAGE


class RightsError(KanyinError):
    """Refused, or not decidable because something could not be read or verified."""

    exit_code = ExitCode.RIGHTS


class SourceError(KanyinError):
    exit_code = ExitCode.SOURCE


class ToolError(KanyinError):
    exit_code = ExitCode.TOOL


class RenderError(KanyinError):
    exit_code = ExitCode.RENDER


class ConformanceError(KanyinError):
    exit_code = ExitCode.NOT_CONFORMANT
