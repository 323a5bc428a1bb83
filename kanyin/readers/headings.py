# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A flat run of headings and blocks ↔ nested sections, for formats in which a heading is only a kind of paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kanyin.findings import Where
from kanyin.model import Block, Inlines, Section

_AUTOMATIC = re.compile(r"s\d+(?:-\d+)*")


@dataclass(frozen=True)
class Heading:
    """A heading of a level from 1."""

    level: int
    title: Inlines
    where: Where | None = None
    id: str = ""


def nested(parts: Sequence[Heading | Block]) -> tuple[Block, ...]:
    """Sections with the ids of our source: s1, s1-1 … A level that is left out is closed up."""
    top: list[Block] = []
    stack: list[tuple[Heading, str, list[Block], list[int]]] = []
    counts = [0]

    def close(level: int) -> None:
        while stack and stack[-1][0].level >= level:
            heading, identifier, content, _ = stack.pop()
            section = Section(heading.id or identifier, heading.title, tuple(content), heading.where)
            (stack[-1][2] if stack else top).append(section)

    for part in parts:
        if not isinstance(part, Heading):
            (stack[-1][2] if stack else top).append(part)
            continue
        close(part.level)
        count = stack[-1][3] if stack else counts
        count[0] += 1
        parent = stack[-1][1] if stack else ""
        stack.append((part, f"{parent}-{count[0]}" if parent else f"s{count[0]}", [], [0]))
    close(1)
    return tuple(top)


def flat(blocks: Sequence[Block], level: int = 1) -> list[Heading | Block]:
    """Sections as headings, each with what follows it."""
    out: list[Heading | Block] = []
    for block in blocks:
        if isinstance(block, Section):
            out += [
                Heading(level, block.title, block.where, "" if _AUTOMATIC.fullmatch(block.id) else block.id),
                *flat(block.content, level + 1),
            ]
        else:
            out.append(block)
    return out
