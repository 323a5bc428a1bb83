# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Readings as JSON and back: data that can be opened from anywhere, since opening it runs nothing.

Only the dataclasses that a reading is made of come back, each with exactly its own fields; anything else is refused.
"""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from pathlib import Path
from typing import Any

import kanyin.config.layout
import kanyin.config.press
import kanyin.findings
import kanyin.model
import kanyin.rights.measured
from kanyin.pipeline import prepared
from kanyin.pipeline.prepared import Reading

_ROOMS = (kanyin.model, kanyin.findings, kanyin.config.layout, kanyin.config.press, kanyin.rights.measured, prepared)
_KINDS: dict[str, type[Any]] = {
    name: kind
    for room in _ROOMS
    for name, kind in vars(room).items()
    if isinstance(kind, type) and dataclasses.is_dataclass(kind) and not name.startswith("_")
}
_PLAIN = (str, int, float, bool, type(None))


def dump(readings: tuple[Reading, ...]) -> bytes:
    """Raises TypeError for a value of a kind that is not known here."""
    return json.dumps(_told(readings), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def load(data: bytes) -> tuple[Reading, ...]:
    """Raises ValueError for what `dump` has not written."""
    try:
        found = _made(json.loads(data.decode("utf-8", "surrogatepass")))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(error) from error
    if not isinstance(found, tuple) or not all(isinstance(one, Reading) for one in found):
        raise ValueError("no readings")
    return found


def _told(value: Any) -> Any:
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, tuple):
        return [_told(one) for one in value]
    if isinstance(value, dict):
        return {"is": "dict", "of": [[_told(key), _told(one)] for key, one in value.items()]}
    if isinstance(value, Path):
        return {"is": "path", "of": str(value)}
    if isinstance(value, date):
        return {"is": "date", "of": value.isoformat()}
    name = type(value).__name__
    if _KINDS.get(name) is not type(value):
        raise TypeError(name)
    return {"is": name, "of": {f.name: _told(getattr(value, f.name)) for f in dataclasses.fields(value)}}


def _made(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_made(one) for one in value)
    if not isinstance(value, dict):
        return value
    name, held = value["is"], value["of"]
    if name == "dict":
        return {_made(key): _made(one) for key, one in held}
    if name == "path":
        return Path(held)
    if name == "date":
        return date.fromisoformat(held)
    kind = _KINDS[name]
    if set(held) != {f.name for f in dataclasses.fields(kind)}:
        raise ValueError(name)
    made = object.__new__(kind)  # not by its constructor: that would read what was checked once more, by other names
    for key, one in held.items():
        object.__setattr__(made, key, _made(one))
    return made
