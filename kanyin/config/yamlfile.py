# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A strict YAML reader that remembers where everything stood.

Every scalar stays the string that was written (so `0012`, `NO` and `2026-13-01` reach the schema untouched), an empty
or `null` plain scalar is None, and pydantic converts. Duplicate keys, anchors, aliases, tags and merge keys are
refused: each of them lets a file say one thing to a person and another to a program.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from kanyin.config.complaints import complaints, yaml_problem
from kanyin.config.yamlfaults import Place, fault, swallowed, wide_colon
from kanyin.findings import Finding, Where, finding
from kanyin.seen import noted

T = TypeVar("T")

MAX_BYTES = 8_000_000
MAX_DEPTH = 24

Path_ = tuple[str | int, ...]
_QUOTES = ("'", '"')


class Document:
    """A parsed YAML text: plain `value`, and the place of each node by its path in `marks`."""

    def __init__(self, file: str, first_line: int = 1) -> None:
        self.file = file
        self.first_line = first_line
        self.value: Any = None
        self.marks: dict[Path_, tuple[int, int]] = {}
        self.findings: list[Finding] = []
        self.quote: Any = None  # the last quoted text, as the parser's event
        self.running: list[tuple[int, int]] = []  # lines onto which a text without quotes runs on

    def where(self, path: Path_ = ()) -> Where:
        """The place of a node, or of the nearest parent that exists."""
        while path and path not in self.marks:
            path = path[:-1]
        line, column = self.marks.get(path, (0, 0))
        return Where(self.file, line + self.first_line, column + 1)


def parse(text: str, file: str, first_line: int = 1) -> Document:
    """Read YAML text. `first_line` is the line of the file on which the text begins. Errors are in `findings`."""
    import yaml

    doc = Document(file, first_line)
    if len(text) > MAX_BYTES:
        doc.findings.append(finding("CONFIG-TOO-LARGE", Where(file, 1), limit=MAX_BYTES))
        return doc
    try:
        doc.value = _build(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)), doc)
    except yaml.YAMLError as error:
        found = fault(error, text, doc.quote)
        doc.findings.append(finding("CONFIG-YAML", _at(doc, found.place), **yaml_problem(found.kind)))
    colons = [colon] if isinstance(doc.value, str) and (colon := wide_colon(text, Place(*doc.marks[()]))) else []
    for colon in colons or swallowed(text, doc.running):
        doc.findings.append(finding("CONFIG-YAML", _at(doc, colon), **yaml_problem("WIDE-COLON")))
    return doc


def _at(doc: Document, mark: Any) -> Where:
    return Where(doc.file, mark.line + doc.first_line, mark.column + 1) if mark else Where(doc.file, doc.first_line)


def _build(events: Iterable[Any], doc: Document) -> Any:
    """One pass over the parser's events: a tree of nodes costs four times as much for a register of 2,000 works."""
    import yaml

    scalar, mapping, sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
    root: list[Any] = []
    open_: list[tuple[Any, Path_]] = []
    container: Any = root
    path: Path_ = ()
    keys: list[str | None] = [None]  # of each open mapping, the key that waits for its value
    for event in events:
        kind = type(event)
        if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            container, path = open_.pop()
            keys.pop()
            continue
        if kind is not scalar and kind is not mapping and kind is not sequence:
            if kind is yaml.AliasEvent or (kind is yaml.DocumentStartEvent and root):
                code = "CONFIG-ALIAS" if kind is yaml.AliasEvent else "CONFIG-DOCUMENTS"
                doc.findings.append(finding(code, _at(doc, event.start_mark), name=getattr(event, "anchor", "")))
                return None
            continue
        mark = event.start_mark
        if event.anchor is not None or event.tag is not None or len(open_) > MAX_DEPTH:
            doc.findings.append(_refused(event, doc))
            return None
        key = keys[-1]
        if key is None and type(container) is dict:
            if kind is not scalar:
                doc.findings.append(finding("CONFIG-KEY", _at(doc, mark)))
                return None
            key = keys[-1] = event.value
            if key in container:
                doc.findings.append(finding("CONFIG-DUPLICATE-KEY", _at(doc, mark), key=key))
            doc.marks[(*path, key)] = (mark.line, mark.column)
            continue
        if key is not None:
            here: Path_ = (*path, key)
        else:
            here = () if container is root else (*path, len(container))
            doc.marks[here] = (mark.line, mark.column)
        value: Any = {} if kind is mapping else []
        if kind is scalar:
            value = event.value if event.style or event.value not in ("", "~", "null") else None
            if event.style in _QUOTES:
                doc.quote = event
            elif not event.style and event.end_mark.line > mark.line:
                doc.running.append((mark.line + 1, event.end_mark.line))
        if key is not None:
            container[key] = value
            keys[-1] = None
        else:
            container.append(value)
        if kind is not scalar:
            open_.append((container, path))
            container, path = value, here
            keys.append(None)
    return root[0] if root else None


def _refused(event: Any, doc: Document) -> Finding:
    where = _at(doc, event.start_mark)
    if event.anchor is not None:
        return finding("CONFIG-ALIAS", where, name=event.anchor)
    if event.tag is not None:
        return finding("CONFIG-TAG", where, name=event.tag)
    return finding("CONFIG-DEPTH", where, limit=MAX_DEPTH)


def load(text: str, file: str, kind: type[T], first_line: int = 1) -> tuple[T | None, list[Finding], Document]:
    """Read YAML into a pydantic dataclass.

    A dataclass with a field `where: Where` is told its own place. Returns (value or None, findings, document).
    """
    doc = parse(text, file, first_line)
    if doc.findings:
        return None, doc.findings, doc
    if not isinstance(doc.value, dict):
        return None, [finding("CONFIG-NOT-A-MAPPING", doc.where())], doc
    value, findings = validate(doc, kind)
    return value, findings, doc


def load_file(path: Path, kind: type[T], shown: str | None = None) -> tuple[T | None, list[Finding], Document]:
    """`load` for a file; `shown` is the name used in findings. A file that cannot be read is a finding too."""
    name = shown or str(path)
    try:
        text = noted(path, path.read_bytes()).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, UnicodeDecodeError) as error:
        doc = Document(name)
        return None, [finding("CONFIG-UNREADABLE", Where(name), problem=_problem(error))], doc
    return load(text, name, kind)


def _problem(error: Exception) -> str:
    return getattr(error, "strerror", None) or "not UTF-8"


def validate(doc: Document, kind: type[T]) -> tuple[T | None, list[Finding]]:
    """Check a parsed document against a pydantic dataclass; pydantic's complaints become findings with places."""
    from pydantic import TypeAdapter, ValidationError

    placed = _with_places(doc.value, kind, (), doc)
    if doc.findings:
        return None, doc.findings
    try:
        return TypeAdapter(kind).validate_python(placed), []
    except ValidationError as error:
        return None, complaints(doc, kind, error.errors(include_url=False))


_COLLECTIONS = (dict, list)


def _with_places(value: Any, kind: Any, path: Path_, doc: Document) -> Any:
    """Add `where` to each mapping that becomes a dataclass with such a field."""
    if isinstance(value, dict) and (fields := _fields(kind)):
        placed = dict(value)
        for k, v in value.items():
            if type(v) in _COLLECTIONS:  # most values are scalars, and those need nothing
                placed[k] = _with_places(v, fields.get(k), (*path, k), doc)
        if "where" in fields:
            if "where" in value:  # nobody may write down a false place for what they wrote
                doc.findings.append(
                    finding("CONFIG-UNKNOWN-KEY", doc.where((*path, "where")), key="where", near="", near_en="")
                )
            placed["where"] = doc.where(path)
        return placed
    arguments = typing.get_args(kind)
    if isinstance(value, list) and arguments:
        kind = arguments[0]
        return [_with_places(v, kind, (*path, i), doc) if type(v) in _COLLECTIONS else v for i, v in enumerate(value)]
    for member in arguments:  # Optional[X], X | None
        if isinstance(value, dict) and _fields(member):
            return _with_places(value, member, path, doc)
        if isinstance(value, list) and typing.get_args(member):
            return _with_places(value, member, path, doc)
    return value


_hints: dict[Any, dict[str, Any]] = {}


def _fields(kind: Any) -> dict[str, Any]:
    if not (isinstance(kind, type) and dataclasses.is_dataclass(kind)):
        return {}
    if kind not in _hints:
        _hints[kind] = typing.get_type_hints(kind)
    return _hints[kind]
