# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Texts for the tests of text reuse: those of the measurement, and foreign text to put around them."""

from __future__ import annotations

import random

from bench.rights.corpus import background, texts

HELD = dict(zip("abcdefgh", texts("tune").values(), strict=True))
"""Protected works under short names."""


def foreign(seed: int, length: int) -> str:
    """Text that shares no passage with any work."""
    return background(random.Random(seed), length)
