# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Where a word of letters may be divided: by its own language, which amid Chinese is English unless it is marked."""

from __future__ import annotations

import re
from typing import Any

_HAN_LANGUAGES = ("zh", "ja", "ko", "yue", "wuu")
_FORMS = re.compile(
    "(?:adeno|angio|anti(?!c)|arterio|arthro|auto(?!no)|broncho|carcino|cardio|cerebro|chemo|cholangio|cholecysto?|chondro|"
    "cranio|cysto|cyto|dermato|echo|electro|encephalo|endo(?![rw])|entero|erythro|fibro|gastro|glomerulo|gyneco|haemo|hemato|"
    "hemo|hepato|histo|hydro|hyper|hypo|immuno|inter|intra|leuko|lipo|lympho|macro|mammo|micro|mono(?!t)|myelo|myo|"
    "nephro|neuro|oesophago|ophthalmo|osteo|oto|pancreato|patho|peri(?!od)|pharmaco|phospho|photo|physio|pneumo|"
    "poly(?!p)|post(?!er|ur)|procto|pseudo|psycho|radio|retro|rhino|sclero|spleno|spondylo|stereo|super|thrombo|thyro|trans(?!i)|ultra|uro|vaso)"
    "(?=[a-z]{4})"
)
"""Greek and Latin forms that medical words are made of: a word is divided behind one rather than near its end."""


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
    found_places = list(known[key].positions(word))
    if not found.casefold().startswith("en"):
        return found_places
    seams = [k for k in _seams(word) if left <= k <= len(word) - right]
    return sorted({*seams, *(k for k in found_places if all(abs(k - seam) > 2 for seam in seams))})


def _seams(word: str) -> list[int]:
    """Where the forms that a word begins with end: electro|encephalo|graphy."""
    ends, at, lower = [], 0, word.lower()
    while form := _FORMS.match(lower, at):
        at = form.end()
        ends.append(at)
    return ends
