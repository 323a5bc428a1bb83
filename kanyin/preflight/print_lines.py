# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""How many lines of print a picture shows: a page that was scanned or photographed instead of being typed.

Nothing is read. Print is told by its rhythm: in a narrow upright strip of the picture, bands of ink follow each
other at one distance with paper between them. Charts, photographs and drawings have few such bands, or at many
distances.
"""

from __future__ import annotations

import io
import warnings
from itertools import pairwise
from typing import Any

TALLEST = 1100
"""Pixels: to this height a picture is made smaller. A page of sixty lines has eighteen a line then."""
MOST = 120_000_000
"""Pixels; a larger picture is refused when it is drawn."""
STRIPS, AGREE = 12, 3
"""Upright strips that are looked at, and how many of them have to show as many lines."""
INK = 14
"""Steps of gray by which a row of a strip is darker than paper."""
CLOSEST = 5
"""Pixels from one line of print to the next; closer ones nobody could read."""


def print_lines(data: bytes) -> int:
    """Lines of print in a picture of any kind that Pillow knows; 0 for what it cannot read, which others refuse."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                gray = _gray(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 0
    height = min(gray.height, TALLEST)
    wide = max(STRIPS, round(gray.width * height / gray.height))
    gray = gray.resize((wide, height), Image.Resampling.BOX)
    edges = [round(wide * n / STRIPS) for n in range(STRIPS + 1)]
    strips = [gray.crop((left, 0, right, height)) for left, right in pairwise(edges)]
    return sorted((_bands(strip) for strip in strips), reverse=True)[AGREE - 1]


def _gray(picture: Any) -> Any:
    """On white paper, small already where the format allows that."""
    from PIL import Image

    if picture.width * picture.height > MOST:
        return Image.new("L", (STRIPS, 1), 255)
    picture.draft("L", (TALLEST, TALLEST))
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("L")
    seen = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("L")


def _bands(strip: Any) -> int:
    """Bands of ink that follow each other at about one distance."""
    from PIL import Image

    rows = list(strip.resize((1, strip.height), Image.Resampling.BOX).tobytes())
    paper = sorted(rows)[len(rows) * 9 // 10]
    starts = [at for at in range(1, len(rows)) if rows[at] < paper - INK <= rows[at - 1]]
    steps = [after - before for before, after in pairwise(starts)]
    if not steps:
        return 0
    usual = sorted(steps)[len(steps) // 2]
    alike = [one for one in steps if 0.65 * usual <= one <= 1.4 * usual]
    return len(alike) + 1 if usual >= CLOSEST and len(alike) >= 0.6 * len(steps) else 0
