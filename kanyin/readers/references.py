# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The reference list: items with the names of CSL-JSON, in the front matter or in a YAML or JSON file beside it.

JSON is read as the YAML that it is, so both give places and plain strings; the parts of a date become numbers, as
CSL-JSON has them. `issued: 2018-02` is short for its `date-parts`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from kanyin.config.yamlfile import Document, Path_, parse
from kanyin.findings import Finding, Where, finding
from kanyin.model import Reference
from kanyin.readers.source import load

_KEY = re.compile(r"[^\s@\[\]{},;，；]+")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_DATES = ("issued", "accessed", "event-date", "original-date", "submitted", "available-date")


def read_references(value: Any, document: Document, root: Path) -> tuple[tuple[Reference, ...], list[Finding]]:
    """`value` is what stood under `references`: a list, or the name of a file in the folder `root`."""
    path: Path_ = ("references",)
    if value is None:
        return (), []
    if isinstance(value, str):
        where = document.where(path)
        file = root / value
        if not value or Path(value).is_absolute() or not file.resolve().is_relative_to(root.resolve()):
            return (), [finding("SOURCE-REFERENCES-FILE", where, file=value)]
        source, findings = load(file)
        if source is None:
            return (), findings
        document = parse(source.text, str(file))
        if document.findings:
            return (), findings + document.findings
        value, path = document.value, ()
        references, more = _read_list(value, document, path)
        return references, findings + more
    return _read_list(value, document, path)


def _read_list(value: Any, document: Document, path: Path_) -> tuple[tuple[Reference, ...], list[Finding]]:
    if not isinstance(value, list):
        return (), [finding("SOURCE-REFERENCES", document.where(path))]
    references: list[Reference] = []
    findings: list[Finding] = []
    seen: dict[str, Where] = {}
    for index, item in enumerate(value):
        where = document.where((*path, index))
        identifier = item.get("id") if isinstance(item, dict) else None
        if not isinstance(identifier, str) or not _KEY.fullmatch(identifier):
            findings.append(finding("SOURCE-REFERENCE-ID", where, number=index + 1))
            continue
        if identifier in seen:
            place = document.where((*path, index, "id"))
            findings.append(finding("SOURCE-DUPLICATE-ID", place, id=identifier, first=seen[identifier]))
            continue
        seen[identifier] = where
        csl = {key: field for key, field in item.items() if field is not None and key != "id"}
        for name in _DATES:
            if name in csl:
                csl[name] = _date(csl[name])
        references.append(Reference(identifier, csl, where))
    return tuple(references), findings


def _date(value: Any) -> Any:
    if isinstance(value, str) and (match := _DATE.fullmatch(value)):
        return {"date-parts": [[int(part) for part in match.groups() if part]]}
    if isinstance(value, dict) and isinstance(value.get("date-parts"), list):
        return {**value, "date-parts": [_numbers(parts) for parts in value["date-parts"]]}
    return value


def _numbers(parts: Any) -> Any:
    if not isinstance(parts, list):
        return parts
    return [int(p) if isinstance(p, str) and p.isascii() and p.isdigit() and len(p) <= 4 else p for p in parts]
