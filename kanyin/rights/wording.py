# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Words of the rights room in both languages. They stand in `wording/rights.toml`; this only finds them."""

from __future__ import annotations

from kanyin.findings import Lang, finding


def sentence(code: str, lang: Lang, **args: object) -> str:
    """A sentence that is printed or reported, filled in."""
    return finding(code, None, **args).message(lang)


def word(value: str, lang: Lang) -> str:
    """The word for a value of the register: an action, a channel, a limit."""
    return sentence("RIGHTS-WORD-" + value.upper().replace(".", "-").replace("_", "-"), lang)


def words(name: str, value: str) -> dict[str, str]:
    """A value as arguments of a reason: `name` in Chinese, `name_en` in English, `name_id` as registered."""
    return {name: word(value, "zh"), f"{name}_en": word(value, "en"), f"{name}_id": value}
