# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The upright page in points, for every combination of boxes, rotation and unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanyin.pdf.boxes import Box, Frame, frame, overlap

PAGE = (10.0, 20.0, 110.0, 220.0)


def to_user(seen: Frame, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = seen.matrix
    return a * x + c * y + e, b * x + d * y + f


@pytest.mark.parametrize(
    ("rotate", "size", "bottom_left", "bottom_right"),
    [
        (0, (100, 200), (10, 20), (110, 20)),
        (90, (200, 100), (110, 20), (110, 220)),
        (180, (100, 200), (110, 220), (10, 220)),
        (270, (200, 100), (10, 220), (10, 20)),
        (-90, (200, 100), (10, 220), (10, 20)),
        (450, (200, 100), (110, 20), (110, 220)),
    ],
)
def test_rotation_is_clockwise(
    rotate: int, size: tuple[int, int], bottom_left: tuple[int, int], bottom_right: tuple[int, int]
) -> None:
    seen = frame(PAGE, None, None, rotate, 1)
    assert (seen.width, seen.height) == size
    assert to_user(seen, 0, 0) == bottom_left
    assert to_user(seen, seen.width, 0) == bottom_right


@pytest.mark.parametrize(
    ("crop", "trim", "size"),
    [
        (None, None, (100, 200)),
        ((0, 0, 500, 500), None, (100, 200)),
        ((20, 30, 100, 200), None, (80, 170)),
        ((100, 200, 20, 30), None, (80, 170)),
        (None, (15, 25, 105, 215), (90, 190)),
        ((20, 30, 100, 200), (0, 50, 60, 500), (40, 150)),
    ],
)
def test_what_is_cropped_or_trimmed_away_does_not_count(
    crop: Box | None, trim: Box | None, size: tuple[int, int]
) -> None:
    seen = frame(PAGE, crop, trim, 0, 1)
    assert (seen.width, seen.height) == size


@pytest.mark.parametrize(
    ("media", "crop", "rotate", "unit"),
    [
        ((0, 0, 0, 100), None, 0, 1),
        (PAGE, (500, 500, 600, 600), 0, 1),
        (PAGE, None, 45, 1),
        (PAGE, None, 0, 0),
        (PAGE, None, 0, -1),
    ],
)
def test_a_page_without_extent_has_no_frame(media: Box, crop: Box | None, rotate: int, unit: float) -> None:
    with pytest.raises(ValueError, match="extent"):
        frame(media, crop, None, rotate, unit)


sides = st.floats(-1000, 1000)


@given(st.tuples(sides, sides), st.floats(1, 900), st.floats(1, 900), st.integers(-8, 8), st.floats(0.1, 10))
def test_the_frame_is_the_whole_page_at_its_size_on_paper(
    corner: tuple[float, float], width: float, height: float, quarters: int, unit: float
) -> None:
    x, y = corner
    seen = frame((x, y, x + width, y + height), None, None, quarters * 90, unit)
    corners = {to_user(seen, 0, 0), to_user(seen, seen.width, seen.height)}
    xs, ys = sorted(c[0] for c in corners), sorted(c[1] for c in corners)
    assert xs == pytest.approx([x, x + width], abs=1e-6)
    assert ys == pytest.approx([y, y + height], abs=1e-6)
    assert seen.width * seen.height == pytest.approx(width * height * unit * unit)


@given(st.tuples(sides, sides, sides, sides), st.tuples(sides, sides, sides, sides))
def test_an_overlap_is_never_turned_inside_out(a: Box, b: Box) -> None:
    x0, y0, x1, y1 = overlap(a, b)
    assert x0 <= x1
    assert y0 <= y1
