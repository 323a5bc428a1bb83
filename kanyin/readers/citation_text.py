# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A reference that is printed as GB/T 7714 wants it → its fields; only when the whole of it is understood.

作者. 题名[J]. 刊名, 年, 卷(期): 页. and 作者. 书名[M]. 版本. 地点: 出版社, 年: 页. Anything else stays in its words.
"""

from __future__ import annotations

import re
from typing import Any

from kanyin.tools.hannames import split

_PEOPLE = r"(?P<people>[^\[\]]+?)"
_TITLE = r"(?P<title>[^\[\]]+?)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PAGES = r"(?:\s*[:：]\s*(?P<page>[A-Za-z]?\d+(?:\s*[-–—~～]\s*[A-Za-z]?\d+)?))?"
_DOT = r"\s*[.．。]\s*"
_END = r"\s*[.．。]?\s*(?:(?:DOI|doi)\s*[:：]\s*(?P<doi>10\.\S+?))?[.．。]?\s*\Z"
_JOURNAL = re.compile(
    rf"\A{_PEOPLE}{_DOT}{_TITLE}\s*\[J(?:/(?P<medium>OL))?\]{_DOT}(?P<source>[^,，]+?)\s*[,，]\s*{_YEAR}"
    rf"(?:\s*[,，]\s*(?P<volume>[A-Za-z]?\d+))?(?:\s*[(（](?P<issue>[^()（）]{{1,12}})[)）])?{_PAGES}{_END}"
)
_BOOK = re.compile(
    rf"\A{_PEOPLE}{_DOT}{_TITLE}\s*\[M\]{_DOT}(?:(?P<edition>(?:第\s*)?\d+\s*版|\d+(?:st|nd|rd|th) ed){_DOT})?"
    rf"(?P<place>[^,，:：.]{{1,20}})\s*[:：]\s*(?P<publisher>[^,，:：]+?)\s*[,，]\s*{_YEAR}{_PAGES}{_END}"
)
_MORE = re.compile(r"\A(?:等|et al)\.?\Z")


def parse(text: str) -> dict[str, Any] | None:
    """CSL-JSON fields, or None when a part of the text is not understood."""
    for kind, pattern in (("article-journal", _JOURNAL), ("book", _BOOK)):
        if found := pattern.match(text.strip()):
            people = [_person(name) for name in re.split(r"\s*[,，]+\s*", found["people"].strip()) if name]
            if not all(people) or re.match(r"[A-Z][.．]|et al\b|等[.．,，]", found["title"]):
                return None  # the title begins inside the names
            given = {key: value for key, value in found.groupdict().items() if value and key not in ("people", "year")}
            names = {"source": "container-title", "place": "publisher-place", "doi": "DOI"}
            csl: dict[str, Any] = {"type": kind, "author": people}
            csl |= {names.get(key, key): value.strip() for key, value in given.items()}
            if "page" in csl:
                csl["page"] = re.sub(r"\s*[-–—~～]\s*", "-", csl["page"])
            return {**csl, "issued": {"date-parts": [[int(found["year"])]]}}
    return None


def _person(name: str) -> dict[str, str] | None:
    name = name.strip()
    if _MORE.match(name):
        return {"literal": "等" if name.startswith("等") else "et al"}
    if parts := split(name):
        return {"family": parts[0], "given": parts[1]}
    if found := re.fullmatch(r"((?:[A-Za-zÀ-ž'’-]+ )*[A-Za-zÀ-ž'’-]{2,}) ([A-Z](?:[ .-]?[A-Z])*\.?)", name):
        return {"family": found[1], "given": found[2]}
    return None if len(name) > 40 or re.search(r"\d", name) else {"literal": name}
