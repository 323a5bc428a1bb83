# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The last content of a page: from the stream in which a stamp begins to the end.

A stamp may be cut into several streams, so that pages share what they have in common; viewers read the streams of a
page as one (ISO 32000-1, 7.8.2). What stands in the same run has to be a stamp too, or it is not accepted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_BEGINS = b"\nQ\n/Artifact "
MOST = 6
"""Streams; more are not ours."""


def tail(contents: Sequence[Any]) -> bytes:
    """The bytes of the last streams, from the one in which a stamp begins; else those of the very last."""
    found = b""
    for count, stream in enumerate(reversed(contents)):
        if count == MOST:
            break
        found = bytes(stream.read_bytes()) + b"\n" + found
        if found.startswith(_BEGINS):
            return found
    return bytes(contents[-1].read_bytes())
