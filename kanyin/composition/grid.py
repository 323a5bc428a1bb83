# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The baseline grid: heights rounded to steps, so that lines of all columns stand level (CLREQ: 各栏行数原则上需对齐).

Arithmetic of CSS Rhythmic Sizing 1, in any one unit of length.
"""

from __future__ import annotations

from math import ceil, floor

EPSILON = 0.01
"""What is less than this share of a step off a step stands on it: lengths have been added up before."""

LEADING = 0.2
"""The share of a step by which a formula or a face may reach into the white between two lines."""


def up(height: float, step: float) -> float:
    """The least multiple of `step` that holds a height."""
    return ceil(height / step - EPSILON) * step


def spare(height: float, step: float, rounding: str) -> float:
    """What is to be added to a height, for block-step-round; less than 0 when it is rounded down."""
    if rounding == "up":
        return up(height, step) - height
    if rounding == "down" and height >= step:
        return floor(height / step + EPSILON) * step - height
    return max(1, round(height / step)) * step - height


def shares(extra: float, align: str) -> tuple[float, float]:
    """What of it goes above a block and below, for block-step-align."""
    if align == "start":
        return 0.0, extra
    if align == "end":
        return extra, 0.0
    return extra / 2, extra / 2


def line(height: float, baseline: float, plain: tuple[float, float], step: float) -> tuple[float, float]:
    """(height, baseline) of a line on the grid. `plain` is (height, baseline) of a line of the columns' own text.

    The specification halves what is added; here the baseline itself keeps to the grid, whatever stands in the line, and
    in whichever face: what reaches above a plain line by more than the leading gives, and what reaches below it, takes
    whole steps of its own.
    """
    usual = up(plain[0], step)
    first = plain[1] + (usual - plain[0]) / 2
    above = up(max(0.0, baseline - first - LEADING * step), step)
    below = up(max(0.0, height - baseline - (usual - first) - LEADING * step), step)
    return above + usual + below, above + first
