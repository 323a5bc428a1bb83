# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A source file as text that knows its places, and the checks that hold for every character of it.

Text is brought to NFC, because canonically equal spellings must print, copy and search alike. One part of NFC is not
applied: it would turn CJK compatibility ideographs (U+F900 …) into their unified forms, and so change a rare Han
character that somebody may have chosen. Those are kept as written and reported, as are Kangxi radicals (U+2F00 …) that
look like Han characters but cannot be found by searching. NFKC is never used: full-width forms survive.
"""

from __future__ import annotations

import bisect
import functools
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from kanyin.findings import Finding, Where, finding
from kanyin.seen import noted

MAX_BYTES = 2_000_000

_COMPATIBILITY = "\uf900-\ufaff\U0002f800-\U0002fa1f"
_NOT_COMPATIBILITY = re.compile(f"[^{_COMPATIBILITY}]+")
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd\ufffe\uffff\ud800-\udfff"  # controls, and what is no character
    "\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff\u00ad"  # not visible
    "\ue000-\uf8ff\U000f0000-\U0010fffd"  # private use
    f"\u2e80-\u2fd5{_COMPATIBILITY}]"
)
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Controls of direction (UAX #9): with them a text is read in another order than it is written and compared."""


class Source:
    """`text` has one kind of line end and no BOM; `lines` are its lines without ends; offsets lead to places."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        if (normal := composed(text)) != text:
            self.findings.append(finding("SOURCE-NFC", Where(file, 1)))
            text = normal
        self.findings += suspects([(text, Where(file, 1, 1))])
        self.text = text.replace("\0", "\ufffd")
        self.lines = self.text.split("\n")

    def where(self, line: int, column: int = 0) -> Where:
        """The place of a line and column that both count from 0."""
        return Where(self.file, line + 1, column + 1)


class Place:
    """Where a piece of text came from: `line` counts from 0; `column` is known, or found by searching the line."""

    def __init__(self, source: Source, content: str, line: int, column: int | None = None) -> None:
        self.source = source
        self.content = content
        self.line = line
        self.column = column
        self._begins: list[int] | None = None  # where each line of the content begins in it
        self._columns: dict[int, int] = {}  # and in the line of the file

    def at(self, offset: int = 0) -> Where:
        if self._begins is None:
            self._begins = [0, *(match.end() for match in re.finditer("\n", self.content))]
        down = bisect.bisect_right(self._begins, offset) - 1
        if down not in self._columns:
            self._columns[down] = self._find(down, self._begins[down])
        return self.source.where(self.line + down, self._columns[down] + offset - self._begins[down])

    def _find(self, down: int, begin: int) -> int:
        """The column of a line of the content; marks of lists and quotations before it are not in the content."""
        if self.column is not None and not down:
            return self.column
        line = self.line + down
        shown = self.source.lines[line] if line < len(self.source.lines) else ""
        end = self.content.find("\n", begin)
        return max(shown.find(self.content[begin : end if end >= 0 else len(self.content)]), 0)

    def part(self, start: int, end: int | None = None) -> Place:
        """The place of a slice of the content."""
        where = self.at(start)
        return Place(self.source, self.content[start:end], where.line - 1, where.column - 1)


def load(path: Path) -> tuple[Source | None, list[Finding]]:
    """Read a UTF-8 file. What cannot be read is a finding, never an exception."""
    data, findings = read_bytes(path)
    if data is None:
        return None, findings
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        where = Where(str(path), before.count("\n") + 1, len(before) - before.rfind("\n"))
        return None, [finding("SOURCE-ENCODING", where)]
    source = Source(text, str(path))
    return source, source.findings


def read_bytes(path: Path, limit: int = MAX_BYTES) -> tuple[bytes | None, list[Finding]]:
    """The bytes of a file, or a finding that says why there are none."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # a pipe would be waited for
            return None, [finding("SOURCE-UNREADABLE", Where(str(path)), problem="FIFO")]
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        return None, [finding("SOURCE-UNREADABLE", Where(str(path)), problem=error.strerror or error)]
    if len(data) > limit:
        return None, [finding("SOURCE-TOO-LARGE", Where(str(path)), limit=limit)]
    return noted(path, data), []


def composed(text: str) -> str:
    """The text in NFC, but for compatibility ideographs."""
    if unicodedata.is_normalized("NFC", text):
        return text
    return _NOT_COMPATIBILITY.sub(lambda m: unicodedata.normalize("NFC", m[0]), text)


def suspects(runs: Iterable[tuple[str, Where]]) -> list[Finding]:
    """One finding for each distinct character that will not print, copy or search as it seems; at its first place.

    `runs` are texts with the places where they begin.
    """
    seen: dict[str, tuple[Where, int]] = {}
    for text, begin in runs:
        for match in _SUSPECT.finditer(text):
            if match[0] in seen:
                first, count = seen[match[0]]
            else:
                down, offset = text.count("\n", 0, match.start()), match.start()
                column = offset - text.rfind("\n", 0, offset) if down else begin.column + offset
                first, count = Where(begin.file, begin.line + down, column), 0
            seen[match[0]] = (first, count + 1)
    findings = []
    for char, (where, count) in seen.items():
        code = _suspicion(char)
        if not code:
            continue
        plain = unicodedata.normalize("NFKC", char)
        shown = {"char": char, "instead": plain} if code == "SOURCE-COMPAT-HAN" else {}
        findings.append(finding(code, where, point=f"U+{ord(char):04X}", count=count, **shown))
    return findings


@functools.cache
def _suspicion(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Cs", "Cn") or char == "\ufffd":
        return "SOURCE-CONTROL"
    if char in TURNING:
        return "SOURCE-TURNING"
    if category in ("Cf", "Zl", "Zp"):
        return "SOURCE-INVISIBLE"
    if category == "Co":
        return "SOURCE-PRIVATE-USE"
    plain = unicodedata.normalize("NFKC", char)
    return "SOURCE-COMPAT-HAN" if plain != char and len(plain) == 1 else ""
