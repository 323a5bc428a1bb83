# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What the schema library complains of, said in our words, in both languages.

Its own sentences are English and speak to programmers. Here each complaint becomes a finding with a place; a slip of
the pen is answered with the nearest word that would have been right. The words stand in `wording/config.toml`.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
import typing
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kanyin.config.scalars import WORK_ID
from kanyin.findings import Finding, finding

if TYPE_CHECKING:
    from kanyin.config.yamlfile import Document, Path_

# a complaint's name in the library, or a form the register asks for → the end of our code; `{…}` are its values
_PROBLEMS = {
    "date_form": "DATE", "folio": "FOLIO", "share": "SHARE", "truth": "TRUTH", "whole_number": "COUNT",
    "string_pattern_mismatch": "PATTERN", "string_too_short": "SHORT", "string_too_long": "LONG",
    "too_short": "FEW", "too_long": "MANY", "greater_than_equal": "AT-LEAST", "greater_than": "MORE",
    "less_than_equal": "AT-MOST", "less_than": "LESS", "multiple_of": "MULTIPLE",
    "literal_error": "CHOICE", "enum": "CHOICE",
}  # fmt: skip
_KINDS = {
    "string": "TEXT", "int": "NUMBER", "float": "NUMBER", "bool": "TRUTH", "date": "DATE", "list": "LIST",
    "tuple": "LIST", "dict": "MAPPING", "dataclass": "MAPPING", "mapping": "MAPPING",
}  # fmt: skip


def complaints(doc: Document, kind: Any, errors: Sequence[Any]) -> list[Finding]:
    """Findings for pydantic's `errors`, which say of a value that fits no member of a union that it fits each not."""
    placed = [(_path(doc, error), error) for error in errors]
    found: dict[tuple[Path_, str], Finding] = {}
    for path, error in placed:
        if _follows(path, error, placed):
            continue
        made = _complaint(doc, kind, path, error)
        # of several complaints about one value the first is kept; unknown and missing keys share their parent's place
        key = "" if made.code == "CONFIG-VALUE" else f"{made.code} {error['loc']}"
        found.setdefault((path, key), made)
    return list(found.values())


def yaml_problem(kind: str) -> dict[str, str]:
    """A syntax error, by the end of its code, as arguments `problem` (Chinese) and `problem_en`."""
    return _both("CONFIG-YAML-" + kind)


def _path(doc: Document, error: Any) -> Path_:
    # pydantic names union members and the like in `loc`; only the parts that lead into the document are a place
    path: Path_ = ()
    for part in error["loc"]:
        if (*path, part) in doc.marks:
            path = (*path, part)
    return path


def _follows(path: Path_, error: Any, placed: Sequence[tuple[Path_, Any]]) -> bool:
    """Whether the fault lies deeper: a list counts as empty when its only item is faulty, and a mapping that is faulty
    inside fits no other member of a union either.
    """
    if error["type"] in ("missing", "missing_argument", "unexpected_keyword_argument", "extra_forbidden"):
        return False
    return any(other is not error and len(deep) > len(path) and deep[: len(path)] == path for deep, other in placed)


def _complaint(doc: Document, kind: Any, path: Path_, error: Any) -> Finding:
    name = ".".join(str(part) for part in (path or error["loc"]))
    where = doc.where(path)
    match error["type"]:
        case "unexpected_keyword_argument" | "extra_forbidden":
            key = str(error["loc"][-1])
            return finding("CONFIG-UNKNOWN-KEY", where, key=key, **near(key, _keys(kind, path[:-1])))
        case "missing" | "missing_argument":
            return finding("CONFIG-MISSING-KEY", where, key=".".join(str(part) for part in error["loc"]))
        case _:
            value = error.get("input")
            return finding("CONFIG-VALUE", where, key=name, value=_short(value), **_problem(error, value))


def _problem(error: Any, value: object) -> dict[str, str]:
    """What is wrong with a value, as arguments `problem` (Chinese) and `problem_en`."""
    if value is None:
        return _both("CONFIG-PROBLEM-EMPTY")
    context = {k: f"{v:g}" if isinstance(v, float) else str(v) for k, v in error.get("ctx", {}).items()}
    said = error["msg"].removeprefix("Value error, ")  # our own checks say nothing but the name of a form
    kind = said if error["type"] == "value_error" else error["type"]
    code = _PROBLEMS.get(kind) or _KINDS.get(kind.partition("_")[0], "")
    if not code:
        return {"problem": said, "problem_en": said}
    if context.get("pattern", "").endswith(WORK_ID):
        return _both("CONFIG-PROBLEM-ID")
    if code == "CHOICE":
        allowed = re.findall(r"'([^']*)'", context["expected"])
        return _both("CONFIG-PROBLEM-CHOICE", allowed=", ".join(allowed), **near(str(value), allowed))
    return _both("CONFIG-PROBLEM-" + code, **context)


def _both(code: str, **values: object) -> dict[str, str]:
    said = finding(code, None, **values)
    return {"problem": said.message("zh"), "problem_en": said.message("en")}


def near(word: str, known: Sequence[str]) -> dict[str, str]:
    """The nearest known word as arguments `near` and `near_en`: a question, or nothing."""
    close = difflib.get_close_matches(word, known, 1, 0.6)
    if not close:
        return {"near": "", "near_en": ""}
    question = finding("CONFIG-NEAR", None, word=close[0])
    return {"near": question.message("zh"), "near_en": question.message("en")}


def _short(value: object) -> str:
    text = str(value) if not isinstance(value, dict | list) else "…"
    text = "–" if value is None else text
    return text if len(text) <= 60 else text[:59] + "…"


def _keys(kind: Any, path: Path_) -> list[str]:
    """The keys that the mapping at a path may have, as they are written."""
    kinds = [kind]
    for part in path:
        kinds = [inner for outer in kinds for member in _members(outer) for inner in _inside(member, part)]
    names: dict[str, None] = {}
    for member in (m for outer in kinds for m in _members(outer)):
        if dataclasses.is_dataclass(member):
            fields = getattr(member, "__pydantic_fields__", {})
            names.update({fields[f.name].alias or f.name: None for f in dataclasses.fields(member) if f.name in fields})
    return [name for name in names if name != "where"]


def _members(kind: Any) -> Iterator[Any]:
    """A type, or the types a union or annotation holds."""
    arguments = typing.get_args(kind)
    if typing.get_origin(kind) is typing.Annotated:
        yield from _members(arguments[0])
    elif arguments and typing.get_origin(kind) not in (list, tuple, dict):
        for argument in arguments:
            yield from _members(argument)
    else:
        yield kind


def _inside(kind: Any, part: str | int) -> Iterator[Any]:
    """The type of what stands under a key or an index."""
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind, include_extras=True)
        fields = getattr(kind, "__pydantic_fields__", {})
        yield from (hint for name, hint in hints.items() if name in fields and part in (name, fields[name].alias))
    elif typing.get_origin(kind) in (list, tuple):
        yield typing.get_args(kind)[0]
    elif typing.get_origin(kind) is dict:
        yield typing.get_args(kind)[1]
