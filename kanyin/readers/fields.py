# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Lines of a copied page that name its source, date, author or editor.

A line is taken only when all of it is understood. One that says more (a time of day, two fields at once) is left in the
text, because a field would lose the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from kanyin.model import Contributor

_LABELLED = re.compile(r"[（(【]?\s*([\u3400-\u9fff]{2,5})\s*[:：]\s*(.*?)\s*[】)）]?\Z")
_KINDS = {
    "来源": "author_notes", "文章来源": "author_notes", "稿件来源": "author_notes",
    "作者": "authors", "本文作者": "authors", "文": "authors", "记者": "authors",
    "编辑": "history.editor", "责任编辑": "history.editor", "本文编辑": "history.editor",
    "发布时间": "history.published", "发表时间": "history.published", "发布日期": "history.published",
    "发表日期": "history.published", "日期": "history.published",
}  # fmt: skip
_DATE = re.compile(r"(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*日?")
_PERSON = re.compile(r"[\u3400-\u9fff]{2,4}(?:·[\u3400-\u9fff]{1,8})?|[A-Z][a-z]+(?:[ -][A-Z][a-z]+)+")
_RESEMBLES = re.compile(
    r"(?:来源|作者|记者|通讯员|编辑|发布|发表|更新|时间|日期)[^。]{0,40}[:：]|记者|\d{4}(?:年|-|/)\d{1,2}(?:月|-|/)\d{1,2}"
)


@dataclass
class Fields:
    """What was found. `notes` are whole lines, printed among the author notes."""

    authors: list[Contributor] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    editor: str = ""
    published: date | None = None

    def names(self, line: str) -> str:
        """The key of the front matter that a line speaks of, or nothing."""
        match = _LABELLED.match(line)
        return _KINDS.get(match[1], "") if match else ""

    def take(self, line: str) -> str:
        """Take a line that is understood as a whole; returns the key that it went into."""
        match = _LABELLED.match(line)
        key = self.names(line)
        value = match[2] if match else ""
        if not value or "：" in value or ":" in value:
            return ""
        if key == "author_notes" and len(value) <= 30:
            self.notes.append(line)
            return key
        if key == "authors" and not self.authors:
            people = [name for name in re.split(r"[、，,;；/\s]+", value) if name]
            if people and all(_PERSON.fullmatch(name) for name in people):
                role = "author" if match and match[1] != "记者" else "记者"
                self.authors = [Contributor(name, role=role) for name in people]
                return key
        if key == "history.editor" and not self.editor and _PERSON.fullmatch(value):
            self.editor = value
            return key
        if key == "history.published" and self.published is None and (found := _DATE.fullmatch(value)):
            try:
                self.published = date(*(int(part) for part in found.groups()))
            except ValueError:
                return ""
            return key
        return ""

    def resembles(self, line: str) -> bool:
        """Whether a short line may be one of these without being understood."""
        return len(line) <= 60 and not line.endswith("。") and bool(_RESEMBLES.search(line))
