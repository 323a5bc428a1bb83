# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The engine's inside is where the seam expects it: an upgrade that moves something fails here by its name."""

from __future__ import annotations

import importlib
from importlib.metadata import version

import pytest

from kanyin.composition import (
    block_seam,
    fit_seam,
    font_seam,
    page_seam,
    paint_seam,
    seam,
    sheet_seam,
    table_seam,
    tag_seam,
)

USED = tuple(
    part.USED
    for part in (seam, font_seam, page_seam, paint_seam, block_seam, fit_seam, sheet_seam, table_seam, tag_seam)
)
SEAMS = sorted({(m, n) for used in USED for m, names in used.items() for n in names})


def test_the_engine_is_the_one_that_the_seam_knows() -> None:
    assert version("weasyprint") == seam.ENGINE


@pytest.mark.parametrize(("module", "name"), SEAMS)
def test_every_inner_thing_is_there(module: str, name: str) -> None:
    assert hasattr(importlib.import_module(module), name), f"{module}.{name} has moved"
