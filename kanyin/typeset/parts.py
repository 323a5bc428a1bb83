# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""All parts of a kind in an article, wherever they stand: what a check looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import TypeVar

Kind = TypeVar("Kind")


def every(part: object, *kinds: type[Kind]) -> Iterator[Kind]:
    """The parts of these kinds, however deep, in the order of the article; none is looked for inside one of them."""
    if isinstance(part, kinds):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from every(item, *kinds)
    elif is_dataclass(part):
        for member in fields(part):
            yield from every(getattr(part, member.name), *kinds)
