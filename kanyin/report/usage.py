# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What argparse says of a command line, as a finding: worded in both languages, with the nearest word that exists."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from kanyin.findings import Finding, finding

_REQUIRED = re.compile(r"the following arguments are required: (.*)")
_CHOICE = re.compile(
    r"argument (?P<name>.*?): invalid choice: '(?P<value>.*)' \(choose from (?P<choices>.*)\)", re.DOTALL
)
_NUMBER = re.compile(r"argument (?P<name>.*?): invalid int value: '(?P<value>.*)'", re.DOTALL)
_VALUE = re.compile(r"argument (?P<name>.*?): expected (?:one|at least one) argument")
_UNKNOWN = re.compile(r"unrecognized arguments: (.*)", re.DOTALL)


def usage_finding(message: str, words: Sequence[str]) -> Finding:
    """`message` is argparse's sentence, `words` what could have stood there."""
    if found := _REQUIRED.fullmatch(message):
        return finding("CLI-MISSING", None, names=found[1])
    if found := _UNKNOWN.fullmatch(message):
        wrong = [word.partition("=")[0] for word in found[1].split()]
        return finding("CLI-UNKNOWN", None, given=found[1], **_near(wrong, words))
    if found := _CHOICE.fullmatch(message):
        choices = re.findall(r"'([^']*)'", found["choices"]) or found["choices"].split(", ")
        near = _near([found["value"]], choices)
        return finding("CLI-CHOICE", None, name=found["name"], value=found["value"], choices=", ".join(choices), **near)
    if found := _NUMBER.fullmatch(message):
        return finding("CLI-NUMBER", None, name=found["name"], value=found["value"])
    if found := _VALUE.fullmatch(message):
        return finding("CLI-VALUE", None, name=found["name"])
    return finding("CLI-USAGE", None, problem=message)


def _near(given: Sequence[str], words: Sequence[str]) -> dict[str, str]:
    """The first word that resembles one of those given, as a question in both languages; or nothing."""
    for word in given:
        if near := difflib.get_close_matches(word, words, 1, 0.6):
            question = finding("CLI-NEAR", None, word=near[0])
            return {"near": question.message("zh"), "near_en": question.message("en")}
    return {"near": "", "near_en": ""}
