# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""One form for everything that is hashed or signed: canonical JSON (RFC 8785) of plain values.

What stands in the register under its default is left out, so that a key added to the schema later leaves old signatures
valid; the place where something stood is left out too, since it is no part of what was agreed.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

_SILENT = frozenset({"where", "signature", "statement_signature"})
"""Fields that say where something stands, not what it is."""


def canonical(value: Any) -> bytes:
    """The bytes of RFC 8785."""
    import rfc8785

    return rfc8785.dumps(value)


def digest(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def plain(value: Any, without: frozenset[str] = frozenset()) -> Any:
    """A dataclass of the register as JSON values: dates as text, tuples as lists, `from_` as `from`."""
    if dataclasses.is_dataclass(value):
        return {
            field.name.rstrip("_"): plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if field.name not in _SILENT | without and getattr(value, field.name) != _default(field)
        }
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _default(field: dataclasses.Field[Any]) -> Any:
    """The default of a field; pydantic wraps those that carry constraints or an alias."""
    made: Any = field.default
    if field.default_factory is not dataclasses.MISSING:
        made = field.default_factory()
    if hasattr(made, "get_default"):
        made = made.get_default(call_default_factory=True)
    return made


def differences(left: Any, right: Any, path: str = "") -> Iterator[str]:
    """The places in which two JSON values differ: `permit.0.limits.copies`."""
    if isinstance(left, dict) and isinstance(right, dict):
        for key in sorted(left.keys() | right.keys()):
            here = f"{path}.{key}" if path else key
            if key not in left or key not in right:
                yield here
            else:
                yield from differences(left[key], right[key], here)
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for number, (a, b) in enumerate(zip(left, right, strict=True)):
            yield from differences(a, b, f"{path}.{number}")
    elif type(left) is not type(right) or left != right:
        yield path or "."
