# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Joining runs of inline content: what an entry of the reference list is built from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kanyin.model import Inline, Inlines, LineBreak, Link, Styled, Text

_TAGS = {"i": "italic", "em": "italic", "b": "bold", "sup": "sup", "sub": "sub", "sc": "sc"}
_MARKUP = re.compile(r"<(i|em|b|sup|sub|sc)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)


def run(*parts: str | Inlines) -> Inlines:
    """Put texts and runs behind one another; neighbouring texts melt into one, empty ones vanish."""
    out: list[Inline] = []
    for part in parts:
        for item in (Text(part),) if isinstance(part, str) else part:
            if isinstance(item, Text):
                if not item.value:
                    continue
                if out and isinstance(out[-1], Text):
                    out[-1] = Text(out[-1].value + item.value)
                    continue
            out.append(item)
    return tuple(out)


def joined(mark: str, parts: Iterable[str | Inlines]) -> Inlines:
    """The parts that are not empty, with `mark` between them."""
    out: Inlines = ()
    for part in parts:
        if part:
            out = run(out, mark, part) if out else run(part)
    return out


def areas(parts: Iterable[str | Inlines], *, closed: bool = True) -> Inlines:
    """Areas (著录项目) parted by full stops, and one at the end if `closed`; none is doubled."""
    out: Inlines = ()
    for part in parts:
        if part:
            out = run(_stopped(out), " ", part) if out else run(part)
    return _stopped(out) if out and closed else out


def _stopped(content: Inlines) -> Inlines:
    # a stop that belongs to an address is part of the address, not the end of the area
    return content if not isinstance(content[-1], Link) and plain(content).endswith(".") else run(content, ".")


def plain(content: Inlines) -> str:
    """The characters of a run, without its markup."""
    out = []
    for item in content:
        if isinstance(item, Text):
            out.append(item.value)
        elif isinstance(item, Styled | Link):
            out.append(plain(item.content))
        elif isinstance(item, LineBreak):
            out.append("\n")
        else:
            out.append(getattr(item, "text", "") or getattr(item, "alt", ""))
    return "".join(out)


def marked(value: str) -> Inlines:
    """A title with the few tags that CSL-JSON allows (<i>, <b>, <sup>, <sub>, <sc>); other angle brackets are text."""
    out: Inlines = ()
    end = 0
    for found in _MARKUP.finditer(value):
        style = _TAGS[found[1].lower()]
        styled = Styled(style, marked(found[2]))  # type: ignore[arg-type]
        out = run(out, value[end : found.start()], (styled,))
        end = found.end()
    return run(out, value[end:])
