# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Drawings whose groups the engine gives no extent are painted all the same."""

from __future__ import annotations

import io

import pikepdf
import pytest
from composition_pages import lay_out, pdf

FADE = """<linearGradient id="fade"><stop offset="0" stop-color="white" stop-opacity="0"/>
<stop offset="1" stop-color="white"/></linearGradient>"""


@pytest.mark.parametrize("light", ["white", "url(#fade)"])
def test_the_mask_of_a_group_of_shapes_holds_the_group(light: str) -> None:
    """Some viewers look past a box without extent, others show nothing of what it masks."""
    mask = f'<mask id="m"><rect width="100" height="50" fill="{light}"/></mask>'
    shapes = '<g mask="url(#m)"><rect width="100" height="50" fill="red"/></g>'
    page = pdf(lay_out(f'<svg width="100" height="50" viewBox="0 0 100 50">{FADE}{mask}{shapes}</svg>'))
    with pikepdf.open(io.BytesIO(page)) as file:
        forms = [o for o in file.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Form"]
        assert forms
        for group in forms:
            left, low, right, high = (float(side) for side in group.BBox)
            assert right > left and high > low
