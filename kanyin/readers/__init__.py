# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Readers: one module a format, each with `SUFFIXES` and `read(path) -> (Article or None, findings)`."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from kanyin.findings import Finding, SourceError, Where, finding

if TYPE_CHECKING:
    from kanyin.model import Article

_MODULES = {".md": "markdown", ".markdown": "markdown", ".txt": "text", ".xml": "jats", ".nxml": "jats"}
_NAMES = ("article.md", "article.xml")
SUFFIXES = tuple(_MODULES)


def read(path: Path) -> tuple[Article | None, list[Finding]]:
    """Read one article file; the suffix names the format. What is wrong is in the findings, never an exception."""
    module = _MODULES.get(path.suffix.lower())
    if module is None:
        return None, [finding("SOURCE-SUFFIX", Where(str(path)), suffix=path.suffix, known=" ".join(_MODULES))]
    article, findings = importlib.import_module(f"kanyin.readers.{module}").read(path)
    return article, findings


def locate(source: Path) -> Path:
    """The article file of a folder, or the file itself. Raises SourceError when there is none."""
    if source.is_file():
        return source
    for name in _NAMES:
        if (source / name).is_file():
            return source / name
    raise SourceError(finding("SOURCE-NONE", Where(str(source))))
