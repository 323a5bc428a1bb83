# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Marks for those who cut and register: outside the bleed, as hairlines that every plate carries."""

from __future__ import annotations

from kanyin.pdf.boxes import MM, Box

GAP = 1 * MM
"""Between the bleed and the marks."""
LENGTH = 5 * MM
SLUG = GAP + LENGTH + 1 * MM
"""What a sheet needs around the bleed to hold the marks."""
_WIDTH = 0.25
_RADIUS = 1.5 * MM


def marks(trim: Box, bleed: float) -> bytes:
    """Crop marks at the corners of `trim` and register marks at the middle of its sides; `bleed` in points."""
    x0, y0, x1, y1 = trim
    near, far = bleed + GAP, bleed + GAP + LENGTH
    lines = [(x, a, x, b) for x in (x0, x1) for a, b in ((y0 - near, y0 - far), (y1 + near, y1 + far))]
    lines += [(a, y, b, y) for y in (y0, y1) for a, b in ((x0 - near, x0 - far), (x1 + near, x1 + far))]
    middle = (near + far) / 2
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    places = [(x, y0 - middle), (x, y1 + middle), (x0 - middle, y), (x1 + middle, y)]
    drawn = [f"{_at(a, b)} m {_at(c, d)} l S" for a, b, c, d in lines]
    for place in places:
        drawn += register(*place)
    body = "\n".join(drawn)
    return f"/Artifact <</Type /Page>> BDC\nq 1 1 1 1 K {_WIDTH} w []0 d\n{body}\nQ\nEMC".encode()


def register(x: float, y: float) -> list[str]:
    """A cross in a circle, by which plates are laid on each other."""
    half = LENGTH / 2
    across = f"{_at(x - half, y)} m {_at(x + half, y)} l S"
    return [across, f"{_at(x, y - half)} m {_at(x, y + half)} l S", f"{_circle(x, y)} S"]


def _at(x: float, y: float) -> str:
    return f"{x:.3f} {y:.3f}"


def _circle(x: float, y: float) -> str:
    """Four curves; 0.5523 of the radius is where their handles end."""
    r, h = _RADIUS, _RADIUS * 0.5523
    return (
        f"{_at(x + r, y)} m {_at(x + r, y + h)} {_at(x + h, y + r)} {_at(x, y + r)} c "
        f"{_at(x - h, y + r)} {_at(x - r, y + h)} {_at(x - r, y)} c "
        f"{_at(x - r, y - h)} {_at(x - h, y - r)} {_at(x, y - r)} c "
        f"{_at(x + h, y - r)} {_at(x + r, y - h)} {_at(x + r, y)} c"
    )
