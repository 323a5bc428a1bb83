# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Front matter as YAML that a person likes to read and `readers.frontmatter` reads back as the same values."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from kanyin.exports.markdown_inline import inlines
from kanyin.model import AbstractPart, Article, Front

_PLAIN = re.compile(r"[\w(（《“【〔][^\n]*")
_NOT_PLAIN = re.compile(r": |:$| #|[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]|\s$")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def front_matter(article: Article) -> str:
    """The YAML without its lines of `---`; what is empty is left out."""
    front = article.front
    data = {
        "id": front.id,
        "doi": front.doi,
        "lang": "" if front.lang == "zh-Hans" else front.lang,
        **{k: getattr(front, k) for k in ("column", "title", "title_en", "subtitle", "subtitle_en")},
        "authors": [_author(contributor) for contributor in front.contribs],
        "affs": [{"id": a.id, "name": a.name, "name_en": a.name_en} for a in front.affs],
        "abstract": _abstract(front.abstract),
        "abstract_en": _abstract(front.abstract_en),
        "keywords": list(front.kwds),
        "keywords_en": list(front.kwds_en),
        **{k: list(getattr(front, k)) for k in ("funding", "funding_en", "author_notes")},
        "history": _history(front),
        "journal": {f.name: getattr(front.journal, f.name) for f in fields(front.journal)},
        "rights": {f.name: getattr(front.permissions, f.name) for f in fields(front.permissions) if f.name != "where"},
        "layout": front.layout,
        "reference_style": "" if front.reference_style == "gbt7714-2025" else front.reference_style,
    }
    if front.other:
        data["other"] = [{"name": other.name, "text": other.text} for other in front.other]
    lines = _mapping(_without_empty(data), "")
    if article.refs:
        references = [{"id": r.id, **{k: v for k, v in r.csl.items() if k != "id"}} for r in article.refs]
        lines += ["references:", *_sequence(references, "")]
    return "\n".join(lines)


def _author(contributor: Any) -> dict[str, Any]:
    found = {f.name: getattr(contributor, f.name) for f in fields(contributor)}
    return {**found, "affs": list(found["affs"]), "role": "" if found["role"] == "author" else found["role"]}


def _abstract(parts: Sequence[AbstractPart]) -> Any:
    if len(parts) == 1 and not parts[0].label:
        return inlines(parts[0].content)
    return [{"label": part.label, "text": inlines(part.content)} for part in parts]


def _history(front: Front) -> dict[str, str]:
    history = front.history
    days = {name: getattr(history, name) for name in ("received", "accepted", "published")}
    return {name: day.isoformat() for name, day in days.items() if day} | {"editor": history.editor}


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {k: _without_empty(v) for k, v in value.items()}
        return {k: v for k, v in kept.items() if v not in ("", False, None, [], {})}
    if isinstance(value, list):
        return [_without_empty(v) if isinstance(v, dict) else v for v in value]
    return value


def _mapping(value: Mapping[str, Any], indent: str) -> list[str]:
    lines: list[str] = []
    for key, item in value.items():
        name = f"{indent}{_scalar(str(key))}:"
        if isinstance(item, Mapping) and item:
            lines += [name, *_mapping(item, indent + "  ")]
        elif isinstance(item, list | tuple) and item and not _is_short(item):
            lines += [name, *_sequence(item, indent)]
        else:
            lines.append(f"{name} {_flow(item)}")
    return lines


def _sequence(items: Sequence[Any], indent: str) -> list[str]:
    lines: list[str] = []
    for item in items:
        if isinstance(item, Mapping) and item:
            block = _mapping(item, indent + "  ")
            lines += [f"{indent}- {block[0].lstrip()}", *block[1:]]
        else:
            lines.append(f"{indent}- {_flow(item)}")
    return lines


def _is_short(items: Sequence[Any]) -> bool:
    """Lists of numbers, and lists of lists, stand on one line: `date-parts: [[2018, 2]]`."""
    return all(isinstance(item, int | list | tuple) for item in items)


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(str(k))}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(item) if not isinstance(item, str) else _double(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _scalar("" if value is None else str(value))


def _scalar(text: str) -> str:
    """Plain where YAML cannot take it for anything else, else in double quotes."""
    if _PLAIN.fullmatch(text) and not _NOT_PLAIN.search(text) and text not in ("null", "~"):
        return text
    return _double(text)


def _double(text: str) -> str:
    def escape(match: re.Match[str]) -> str:
        return f"\\u{ord(match[0]):04X}"

    return _UNPRINTABLE.sub(escape, json.dumps(text, ensure_ascii=False))
