# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""WeasyPrint's painting, and nothing else: groups of a drawing whose extent it does not know.

A mask on a group of shapes, and a see-through group that nothing is measured of, get a box without extent, which clips
away what they hold. Here such a box holds whatever a page can.
"""

from __future__ import annotations

from typing import Any

USED = {"weasyprint.pdf.stream": ("Stream",)}
"""Module → what of it is replaced or called; of Stream it is `add_group`."""

ROOM = 16384.0
"""Half the side of a box that holds whatever a page can, in units of the drawing."""

_original: dict[str, Any] = {}


def install() -> None:
    """Replace how groups are made, for this process. Calling it again changes nothing."""
    from weasyprint.pdf.stream import Stream

    if _original:
        return
    _original["group"] = Stream.add_group
    Stream.add_group = _add_group


def _add_group(stream: Any, x: float, y: float, width: float, height: float) -> Any:
    if not (width or height):
        x, y, width, height = -ROOM, -ROOM, 2 * ROOM, 2 * ROOM
    return _original["group"](stream, x, y, width, height)
