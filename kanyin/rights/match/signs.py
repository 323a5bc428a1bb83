# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The signs of a text that carry its meaning, which `fold` drops: for telling whether a text is word for word the same.

A copy may change punctuation without a reader noticing; but 0.05 is not 005, P < 0.05 is not P > 0.05, −6.7 not 6.7,
5 % not 5 ‰, and a conclusion in quotation marks or before a question mark is not drawn.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from kanyin.rights.match.fold import Folded

_KEPT = frozenset("%‰‱°?!")
_BETWEEN = re.compile(r"(?<=\d)[.:/](?=\d)")
_DASH = re.compile(r"(?<![A-Za-z0-9])[-‐‑–−﹣－](?=\s?[\d.])")
"""A dash before a number and behind no Latin letter or digit is a minus; elsewhere a dash joins or parts words."""
_QUOTES = frozenset('"“”„‟«»「」『』〝〞〟')


def signs(text: str, folded: Folded) -> bytes:
    """Every such sign with the number of 字 before it; `folded` is the same text folded."""
    found: list[tuple[int, str]] = []
    for at, char in enumerate(text):
        if char.isalnum() or char.isspace():
            continue
        plain = unicodedata.normalize("NFKC", char)
        if plain in _KEPT or any(unicodedata.category(one) == "Sm" for one in plain):
            found.append((at, plain))
        elif char in _QUOTES or plain in _QUOTES:
            found.append((at, '"'))
    narrow = "".join(one if len(one) == 1 else char for char in text for one in [unicodedata.normalize("NFKC", char)])
    found += [(match.start(), match[0]) for match in _BETWEEN.finditer(narrow)]
    found += [(match.start(), "−") for match in _DASH.finditer(narrow) if narrow[match.start()] != "−"]
    found.sort()
    places = np.searchsorted(folded.starts, [at for at, _ in found]).tolist()
    return "\0".join(f"{place}{sign}" for place, (_, sign) in zip(places, found, strict=True)).encode(
        "utf-8", "replace"
    )
