# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Every code is worded, every wording is used, and both languages say the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from house.source import modules

from kanyin.findings import Severity, catalogue

# an English sentence may quote Chinese
QUOTED = r"《[^》]*》|“[^”]*”|\([^)]*\)|（[^）]*）|通用规范汉字表"
# a verdict stands above its reasons, and those say what to do
HEADLINES = ("RIGHTS-VERDICT-",)
CODE = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+")


def codes_in_the_code() -> set[str]:
    return {
        node.value
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }


def families_in_the_code() -> tuple[str, ...]:
    """The fixed beginnings of codes that are put together from a value: `"RIGHTS-DUTY-" + name`."""
    return tuple(
        node.value
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"(?:[A-Z][A-Z0-9]*-){2,}", node.value)
    )


def calls() -> Iterator[tuple[str, str, set[str] | None]]:
    """Each `finding("CODE", …, key=value)`: (place, code, keys); keys are None when they are passed on by `**`."""
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "finding"):
                continue
            for code in constants(node.args[0]):
                keys = {keyword.arg for keyword in node.keywords}
                yield f"{path}:{node.lineno}", code, None if None in keys else {key for key in keys if key}


def constants(node: ast.expr) -> list[str]:
    """The texts an expression can be, as far as it shows: a constant, or either arm of a condition."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return [*constants(node.body), *constants(node.orelse)]
    return []


def test_every_wording_is_used() -> None:
    unused = set(catalogue()) - codes_in_the_code()
    assert not sorted(code for code in unused if not code.startswith(families_in_the_code()))


def test_every_finding_is_worded() -> None:
    assert not [(place, code) for place, code, _ in calls() if code not in catalogue()]


def test_what_looks_like_a_code_of_a_worded_family_is_worded() -> None:
    families = {code.partition("-")[0] for code in catalogue()}
    used = {code for code in codes_in_the_code() if code.partition("-")[0] in families}
    assert not sorted(used - set(catalogue()))


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_a_wording_is_whole(code: str) -> None:
    entry = catalogue()[code]
    assert CODE.fullmatch(code)
    assert entry["severity"].upper() in Severity.__members__
    assert set(entry) <= {"severity", "zh", "en", "hint_zh", "hint_en", "basis"}
    assert re.search(r"[\u4e00-\u9fff]", entry["zh"]), "the Chinese sentence is Chinese"
    assert not re.search(r"[\u4e00-\u9fff]", re.sub(QUOTED, "", entry["en"]))
    if entry["severity"] in ("error", "warning") and not code.startswith(HEADLINES):
        assert entry.get("hint_zh") and entry.get("hint_en"), "says what to do next, in both languages"
    assert bool(entry.get("hint_zh")) == bool(entry.get("hint_en"))
    assert facts(entry["zh"]) == facts(entry["en"]), "both languages tell the same facts"


def places(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))


def facts(sentence: str) -> set[str]:
    """The values a sentence names; `action_en` is the same fact as `action`, in the sentence's language."""
    return {re.sub(r"_(zh|en)$", "", name) for name in places(sentence)}


def test_every_place_in_a_sentence_is_filled() -> None:
    unfilled = []
    for where, code, keys in calls():
        if keys is None or code not in catalogue():
            continue
        entry = catalogue()[code]
        wanted = set().union(*(places(entry.get(part, "")) for part in ("zh", "en", "hint_zh", "hint_en")))
        if wanted - keys:
            unfilled.append((where, code, sorted(wanted - keys)))
    assert not unfilled
