# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Where a word of letters may be divided: by its own language, which amid Chinese is English unless it is marked."""

from __future__ import annotations

from typing import Any

_HAN_LANGUAGES = ("zh", "ja", "ko", "yue", "wuu")


def positions(word: str, lang: str, limits: tuple[int, int, int], known: dict[Any, Any]) -> list[int]:
    """Offsets in `word`. `limits` are the least lengths of the word, of what precedes the hyphen, of what follows.

    `known` keeps dictionaries, by language and limits. Amid Han a name is not divided: capitals tell.
    """
    import pyphen

    total, left, right = limits
    if len(word) < total:
        return []
    if lang.casefold().startswith(_HAN_LANGUAGES):
        if not word.isascii() or not word[1:].islower():
            return []
        lang = "en"
    found = pyphen.language_fallback(lang)
    if found is None:
        return []
    key = found, left, right, total
    if key not in known:
        known[key] = pyphen.Pyphen(lang=found, left=left, right=right)
    return list(known[key].positions(word))
