# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The tree that a formula is read into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Font = Literal["", "rm", "it", "bf", "bb", "cal", "frak"]


@dataclass(frozen=True)
class Sym:
    """One character, or the name of a function. `font` is empty where TeX's own rule decides (letters slant)."""

    text: str
    font: Font = ""
    big: bool = False


@dataclass(frozen=True)
class Space:
    """A blank: of a word, or as wide as the command says."""

    command: str = r"\;"


@dataclass(frozen=True)
class Words:
    """What stands in \\text{…}: characters as typed, spaces included."""

    text: str
    font: Font = "rm"


@dataclass(frozen=True)
class Row:
    items: tuple[Node, ...]


@dataclass(frozen=True)
class Script:
    base: Node
    sub: Node | None = None
    sup: Node | None = None


@dataclass(frozen=True)
class Accent:
    """`mark` is a combining character; `wide` if it spans more than one letter."""

    mark: str
    base: Node
    wide: bool = False


@dataclass(frozen=True)
class Frac:
    """`size` is "d" for one as large as in a formula of its own, "t" for one as small as in a line, else empty."""

    top: Node
    bottom: Node
    binom: bool = False
    size: Literal["", "d", "t"] = ""


@dataclass(frozen=True)
class Root:
    body: Node
    index: Node | None = None


@dataclass(frozen=True)
class Stack:
    """Something above or below something else (\\overset, \\underset)."""

    base: Node
    other: Node
    below: bool = False


@dataclass(frozen=True)
class Fence:
    left: str
    body: Node
    right: str


@dataclass(frozen=True)
class Grid:
    """A matrix, an array, aligned lines or cases."""

    name: str
    rows: tuple[tuple[Node, ...], ...]


Node = Sym | Space | Words | Row | Script | Accent | Frac | Root | Stack | Fence | Grid
