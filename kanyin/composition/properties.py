# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The standard properties that composition understands, their values, and what they ask of it.

Sources: CSS Text 4 (text-autospace, text-spacing-trim, line-break, text-justify, hanging-punctuation, text-wrap), and
CSS Text Decoration 3 (text-emphasis; the dots of 着重号 stand below, GB/T 15834-2011 4.9). The punctuation style has no
standard name yet and is therefore proprietary: `-kanyin-punctuation`.
"""

from __future__ import annotations

from collections.abc import Mapping

from kanyin.composition.spacing import Policy

# name → (initial value, the others); all are inherited, all are single keywords
KEYWORDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "text-autospace": ("normal", ("no-autospace", "auto")),
    "text-spacing-trim": ("normal", ("space-all", "space-first", "trim-start", "trim-both", "trim-all", "auto")),
    "line-break": ("strict", ("auto", "loose", "normal", "anywhere")),
    "text-justify": ("auto", ("none", "inter-word", "inter-character")),
    "hanging-punctuation": ("none", ("allow-end",)),
    "text-wrap": ("pretty", ("wrap", "nowrap", "balance", "stable")),
    "text-emphasis": ("none", ("dot", "circle")),
    "-kanyin-punctuation": ("kaiming", ("quanjiao", "banjiao")),
}


PREFIX = "-kanyin-"


def key(name: str) -> str:
    """The name under which a computed style holds a property."""
    return name.removeprefix(PREFIX).replace("-", "_")


def policy(values: Mapping[str, str], lang: str) -> Policy:
    """What a style asks for. `lang` is a BCP 47 tag: in traditional Chinese marks stand in the middle of their em."""
    tag = lang.casefold()
    return Policy(
        autospace=values["text-autospace"] != "no-autospace",
        trim=values["text-spacing-trim"] != "space-all",
        style=values["-kanyin-punctuation"],
        hang=values["hanging-punctuation"] == "allow-end",
        centred=tag.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo")),
        level=values["line-break"],
        wrap=values["text-wrap"],
        letters=values["text-justify"] != "inter-word",
    )
