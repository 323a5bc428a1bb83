# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""着重号: where the dots stand below a line's Han, and the outline of one (GB/T 15834-2011 4.9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kanyin.composition.marks import Class, classify
from kanyin.composition.shaping import Cluster

BELOW, RADIUS, STROKE = 0.24, 0.07, 0.03
"""Distance of a dot's middle from the baseline, its radius, and the line of a circle, em."""


def middles(clusters: Sequence[Cluster | None], widths: Sequence[float], em: float, x: float) -> Iterator[float]:
    """The middle of each Han of a run that begins at `x`, px; marks, spaces and Latin get no dot."""
    for cluster, width in zip(clusters, widths, strict=True):
        if cluster is not None and cluster.width and classify(cluster.text[0], cluster.width / em) is Class.HAN:
            yield x + cluster.width / 2
        x += width


def circle(x: float, y: float, r: float) -> list[tuple[float, ...]]:
    """A circle as the point it begins at and four curves, each two control points and an end."""
    k = r * 0.5523  # control points of a quarter circle
    return [
        (x + r, y),
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    ]
