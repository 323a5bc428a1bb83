# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What a layout says about printing: bleed, marks, the printing condition, and how colours get there."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

_strict = ConfigDict(extra="forbid")


@dataclass(frozen=True, config=_strict)
class Condition:
    """A printing condition by its ICC profile; `file` is a path below the layout's folder.

    `identifier`, `registry` and `info` are what the output intent says of it (ISO 15930-7): the name of the
    characterisation, who registered it (empty when nobody did), and words for people.
    """

    file: Annotated[str, Field(min_length=1)]
    identifier: Annotated[str, Field(min_length=1)]
    info: Annotated[str, Field(min_length=1)]
    registry: str = ""


@dataclass(frozen=True, config=_strict)
class Press:
    """`bleed` in mm; `ink` is the most that may lie on one spot, in percent over all four inks.

    `colour` gray prints everything in black ink. `intent` and `black_point` say how RGB becomes CMYK. Without `profile`
    the condition is FOGRA39, coated paper.
    """

    bleed: Annotated[float, Field(ge=0, le=5)] = 3
    marks: bool = True
    ink: Annotated[int, Field(ge=200, le=400)] = 300
    colour: Literal["cmyk", "gray"] = "cmyk"
    intent: Literal["relative", "perceptual"] = "relative"
    black_point: bool = True
    profile: Condition | None = None
