# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""fonts.yaml: which face plays which role, where it comes from, under which licence, and what its bytes must be."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from kanyin.config.yamlfile import load_file
from kanyin.findings import ToolError, Where

_strict = ConfigDict(extra="forbid")
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
FileName = Annotated[str, Field(pattern=r"^kanyin-[a-z-]+\.(otf|ttf)$")]

# Faces for Han squeeze marks (halt, chws); Latin faces keep their own features.
Kind = Literal["han", "latin", "rare"]


@dataclass(frozen=True, config=_strict)
class Origin:
    """The file a face is made from, as its Debian package installs it; `index` is the face in a collection."""

    package: str
    file: str
    sha256: Sha256
    licence: str
    licence_text: str
    index: int = 0


@dataclass(frozen=True, config=_strict)
class Face:
    """One built font file. `drop` are characters it gives up, `without` roles whose characters it need not repeat."""

    role: str
    family: str
    file: FileName
    kind: Kind
    origin: Origin
    sha256: Sha256
    weight: Annotated[int, Field(ge=400, le=700, multiple_of=100)] = 400
    italic: bool = False
    drop: str = ""
    without: tuple[str, ...] = ()
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, config=_strict)
class FontList:
    """`serif` and `sans` are families in the order in which a character is looked for."""

    schema_: Annotated[Literal["fonts/1"], Field(alias="schema")]
    serif: tuple[str, ...]
    sans: tuple[str, ...]
    faces: tuple[Face, ...]
    where: Where = field(default_factory=Where)


def load_fonts(folder: Path) -> FontList:
    """Read `folder/fonts.yaml`. Raises ToolError: without the list no font can be trusted."""
    fonts, findings, _ = load_file(folder / "fonts.yaml", FontList)
    if fonts is None:
        raise ToolError(*findings)
    return fonts
