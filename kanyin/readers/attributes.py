# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""`{#id .class key=value}`: what is said about a heading, figure, table, formula or span, right behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ITEM = r'(?:#[^\s{}"=]+|\.[\w-]+|[\w-]+=(?:"(?:[^"\\\n]|\\.)*"|[^\s{}"]+))'
ATTRIBUTES = re.compile(rf"\{{[ \t]*{_ITEM}(?:[ \t]+{_ITEM})*[ \t]*\}}")
_AT_END = re.compile(rf"[ \t]*({ATTRIBUTES.pattern})[ \t]*\Z")
_ONE = re.compile(_ITEM)
ID = re.compile(r"[^\W\d][\w.-]*")
"""What an id may look like: a name as XML has it, without colon."""


@dataclass
class Attributes:
    """`raw` is what stood in the source; it is empty when nothing stood there."""

    id: str = ""
    classes: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    raw: str = ""


def parse(raw: str) -> Attributes:
    """Read a text that `ATTRIBUTES` matched. Of two ids the last one counts."""
    found = Attributes(raw=raw)
    for item in _ONE.findall(raw[1:-1]):
        if item[0] == "#":
            found.id = item[1:]
        elif item[0] == ".":
            found.classes += (item[1:],)
        else:
            key, _, value = item.partition("=")
            if value.startswith('"'):
                value = re.sub(r"\\(.)", r"\1", value[1:-1])
            found.values[key] = value
    return found


def split(content: str) -> tuple[str, Attributes]:
    """Take the attributes off the end of a line; those of a span, formula or image that ends it are not the line's."""
    if content.rstrip().endswith("}") and (match := _AT_END.search(content)):
        before = content[: match.start(1)]
        of_image = before.endswith(")") and "![" in before
        if not before.endswith(("]", "$", "\\")) and not of_image:
            return before.rstrip(), parse(match[1])
    return content, Attributes()
