# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Which articles and issues a path stands for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kanyin.findings import SourceError, Where, finding

NAMES = ("article.md", "article.xml", "issue.yaml")


def find_sources(paths: Sequence[Path]) -> list[Path]:
    """The articles and issues named: a file, a folder of one, or a folder of such folders. Raises SourceError."""
    found: list[Path] = []
    for path in paths:
        if path.is_file():
            found.append(path)
            continue
        here = [path / name for name in NAMES if (path / name).is_file()]
        below = sorted(p for p in path.glob("*/*") if p.name in NAMES)
        if not (here or below):
            raise SourceError(finding("SOURCE-NONE", Where(str(path))))
        found += here[:1] or below
    return found
