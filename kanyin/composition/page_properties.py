# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The standard properties of pages that composition understands, and their values.

Sources: CSS Page Floats 3 (`float: top | bottom | snap-block`, `float-reference`), CSS Rhythmic Sizing 1
(`block-step-*`, `line-height-step`). No standard name have yet: what is shown only where a box goes on after a break
(`-kanyin-fragments: rest`), a block that waits for the floats before it (`-kanyin-floats: before`), and how small the
type of what is too wide may become (`-kanyin-least-size`).
"""

from __future__ import annotations

from collections.abc import Mapping

EDGES: Mapping[str, tuple[str, ...]] = {"top": ("top",), "bottom": ("bottom",), "snap-block": ("top", "bottom")}
"""Values of `float` that take a box out of the columns → the edges it may stand at, the better one first."""

# name → (initial value, the others); single keywords, not inherited
KEYWORDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "float-reference": ("column", ("inline", "region", "page")),
    "block-step-align": ("auto", ("center", "start", "end")),
    "block-step-round": ("up", ("down", "nearest")),
    "-kanyin-fragments": ("all", ("rest",)),
    "-kanyin-floats": ("any", ("before",)),
}
# lengths, 0 for none → whether inherited
LENGTHS: Mapping[str, bool] = {"block-step-size": False, "line-height-step": True, "-kanyin-least-size": False}
