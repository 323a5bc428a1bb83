# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Scalars of the register and of the file of keys, each to be written in one way only."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field


def _only(pattern: str, form: str) -> BeforeValidator:
    """Let a scalar through only as it has to be written; pydantic alone would take `1_000`, `yes` and timestamps.

    `form` names what is expected; `complaints` has the words for it.
    """
    compiled = re.compile(pattern, re.ASCII)

    def check(value: object) -> object:
        if isinstance(value, str) and not compiled.fullmatch(value):
            raise ValueError(form)
        return value

    return BeforeValidator(check)


WORK_ID = r"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$"
Id = Annotated[str, Field(pattern=WORK_ID)]
Line = Annotated[str, Field(min_length=1, max_length=400, pattern=r"^[^\x00-\x1f\x7f]+$")]
Day = Annotated[date, _only(r"\d{4}-\d{2}-\d{2}", "date_form")]
Count = Annotated[int, _only(r"0|[1-9]\d{0,11}", "whole_number")]
Share = Annotated[float, _only(r"0(\.\d+)?|1(\.0+)?", "share")]
Truth = Annotated[bool, _only("true|false", "truth")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
