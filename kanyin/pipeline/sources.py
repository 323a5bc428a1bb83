# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Which articles and issues a path stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kanyin.findings import Finding, SourceError, Where, finding

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


# a key at the begin of a line: what is deeper, or inside a text, is indented in block style
_ID = re.compile(r"""^id[ \t]*:[ \t]*(["']?)([^\s"'#]+)\1""", re.MULTILINE)
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_FRONT_BYTES = 65_536


def same_ids(sources: Sequence[Path]) -> list[Finding]:
    """Two articles under one id: the register could not tell them apart. Only the heads are looked at, not parsed.

    A check of a thousand articles has no time to read each twice; an id this overlooks is still judged by the register.
    """
    first: dict[str, Where] = {}
    found = []
    for path in dict.fromkeys(source.resolve() for source in sources):
        if path.suffix != ".md":
            continue
        name, where = _identity(path)
        if name in first:
            found.append(finding("SOURCE-SAME-ID", where, id=name, first=first[name]))
        first.setdefault(name, where)
    return found


def _identity(path: Path) -> tuple[str, Where]:
    """The id of an article and where it stands; that of the folder when none is written."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_FRONT_BYTES).decode("utf-8", "replace")
    except OSError:  # reported by its reader
        head = ""
    front = _FRONT.match(head)
    if front and (written := _ID.search(front[1])):
        return written[2], Where(str(path), head.count("\n", 0, front.start(1) + written.start()) + 1, 1)
    return path.parent.name if path.stem == "article" else path.stem, Where(str(path), 1)


def articles_of(source: Path) -> list[Path]:
    """The articles of an issue, each of which has rights of its own; any other source is itself."""
    if source.name != "issue.yaml":
        return [source]
    from kanyin.config.issue import load_issue
    from kanyin.readers import locate

    return [locate((source.parent / entry.article).resolve()) for entry in load_issue(source).articles]
