# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Elements as text, and names that XML accepts: all that writing a JATS file takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# what XML 1.0 has no way to write, not even as a reference (XML 1.0, 2.2)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_NAME = re.compile(r"[^A-Za-z0-9.\-_\u4e00-\u9fff]|_(?=x)|^(?=[^A-Za-z_\u4e00-\u9fff])[\s\S]")


def el(name: str, attributes: Mapping[str, str], *content: str) -> str:
    """An element. The content is XML already; an attribute that is empty is left out."""
    written = "".join(f' {key}="{_attribute(value)}"' for key, value in attributes.items() if value)
    inner = "".join(content)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def text(value: str) -> str:
    """Characters as XML; a line end survives, and so does a bracket that would end a section."""
    clean = _NOT_XML.sub("\ufffd", value)
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _attribute(value: str) -> str:
    escaped = text(value).replace('"', "&quot;")
    return escaped.replace("\n", "&#10;").replace("\t", "&#9;")


def lines(parts: Iterable[str]) -> str:
    """Elements below each other, where white space between them means nothing."""
    return "".join(f"\n{part}" for part in parts if part)


def identifier(value: str, kind: str = "") -> str:
    """An id of the article as an XML name; `kind` keeps the ids of references and affiliations apart from the parts'.

    `readers.jats` undoes it: what a name cannot hold is written as _xHEX_, and a part whose id looks like one of the
    other kinds gets a kind of its own.
    """
    if not kind and value.startswith(("aff-", "ref-", "id-")):
        kind = "id"
    name = f"{kind}-{value}" if kind else value
    return _NOT_NAME.sub(lambda match: f"_x{ord(match[0]):X}_", name)
