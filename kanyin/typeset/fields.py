# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The fields of one reference, read so that none is dropped unseen.

Whatever is read is remembered; what holds a value and was never read is reported by `left()`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kanyin.findings import Finding, Where, finding

# Fields that keep a library in order and are no element of any of the three styles.
BOOKKEEPING = frozenset(
    {"id", "type", "language", "abstract", "keyword", "categories", "custom", "source", "annote", "ISSN", "ISBN"}
    | {"PMID", "PMCID", "title-short", "shortTitle", "citation-key", "citation-label", "number-of-pages"}
    | {"year-suffix", "first-reference-note-number", "citation-number"}
)


class Fields:
    """One reference's CSL-JSON fields; `findings` collects what is wrong with them."""

    def __init__(self, id: str, csl: Mapping[str, Any], where: Where | None) -> None:
        self.id = id
        self.where = where
        self.findings: list[Finding] = []
        self._csl = csl
        self._read: set[str] = set()

    def report(self, code: str, **args: object) -> None:
        self.findings.append(finding(code, self.where, id=self.id, **args))

    def raw(self, name: str) -> Any:
        self._read.add(name)
        return self._csl.get(name)

    def text(self, *names: str) -> str:
        """The first of these fields that has a value; those behind it stay unread."""
        for name in names:
            value = self.raw(name)
            if isinstance(value, str | int | float) and not isinstance(value, bool):
                if words := " ".join(str(value).split()):
                    return words
            elif value not in (None, "", [], {}):
                self.report("REF-SHAPE", field=name)
        return ""

    def has(self, name: str) -> bool:
        """Whether the field holds something; asking is not reading."""
        return self._csl.get(name) not in (None, "", [], {})

    def peek(self, name: str) -> Any:
        """The value, without counting it as read."""
        return self._csl.get(name)

    def leave(self, *names: str) -> None:
        """The style says that these are not printed: they count as read."""
        self._read.update(names)

    def read(self, name: str) -> bool:
        """Whether it was read, or left out by rule."""
        return name in self._read

    def left(self) -> list[str]:
        """Names of fields that hold something and were never read."""
        return sorted(str(name) for name in self._csl if name not in self._read | BOOKKEEPING and self.has(name))
