# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Which design a layout folder really holds: a digest of what makes its pages look as they do.

A folder may call itself by any id. The digest is the same for a copy under another name, with files renamed, comments
changed or lines broken otherwise; it is another one as soon as a rule or a template says something else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kanyin.config.layoutlike import rules
from kanyin.seen import noted

_TEXT = {".css", ".j2", ".html", ".svg"}
_COMMENT = re.compile(rb"/\*.*?\*/|\{#.*?#\}|<!--.*?-->", re.DOTALL)
_APART = {"layout.yaml"}
"""What names a layout and sets its options is not its look."""
_PRESS = ".icc"
"""Nor is the printing condition of whoever prints it: the profile of a press, which draws nothing."""


@dataclass(frozen=True)
class LayoutFiles:
    """The folder's name, the digest of its files, and the names of other folders of the project with the same one.

    `rules` are what its style sheets say, by which an altered copy is known.
    """

    name: str
    sha256: str
    same: tuple[str, ...] = ()
    rules: frozenset[str] = frozenset()


def layout_files(root: Path, sample: str) -> LayoutFiles:
    """Of the layout in the folder `root`; its sample is an article and not a part of it."""
    own = _digest(root, sample)
    others = [other for other in sorted(root.parent.glob("*/layout.yaml")) if other.parent.name != root.name]
    same = tuple(other.parent.name for other in others if _digest(other.parent, sample) == own)
    return LayoutFiles(root.name, own, same, rules(_sheets(root, sample)))


def _sheets(root: Path, sample: str) -> Iterator[str]:
    for path in sorted(root.rglob("*.css")):
        if path.relative_to(root).parts[0] != sample:
            yield _COMMENT.sub(b" ", noted(path, path.read_bytes())).decode("utf-8", "replace")


def _digest(root: Path, sample: str) -> str:
    parts = []
    for path in root.rglob("*"):
        inside = path.relative_to(root)
        if path.is_file() and inside.parts[0] != sample and inside.as_posix() not in _APART and path.suffix != _PRESS:
            data = noted(path, path.read_bytes())
            if path.suffix in _TEXT:
                data = b" ".join(_COMMENT.sub(b" ", data).split())
            parts.append(hashlib.sha256(data).digest())
    return hashlib.sha256(b"".join(sorted(parts))).hexdigest()
