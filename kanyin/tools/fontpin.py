# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A font that may print or prove the notice: the one whose sha256 the list of this package names, and no other.

Asked by what stamps and by what proves; the list in the folder that is used has no say.
"""

from __future__ import annotations

import functools
import hashlib
import re
from pathlib import Path

import kanyin


def pinned_font(fonts: Path, file: str) -> bytes | None:
    """The bytes of `fonts`/`file`, or None when it is not there or not, byte for byte, the pinned one."""
    path = fonts / file
    if not path.is_file():
        return None
    at = path.stat()
    return _read(path, file, at.st_mtime_ns, at.st_size)


@functools.lru_cache(maxsize=1)
def _read(path: Path, file: str, changed: int, size: int) -> bytes | None:
    """Read and compared once while the file stays as it is; `changed` and `size` tell whether it does."""
    data = path.read_bytes()
    return data if hashlib.sha256(data).hexdigest() == _pin(file) else None


def _pin(file: str) -> str:
    text = (Path(kanyin.__file__).parent.parent / "fonts" / "fonts.yaml").read_text("utf-8")
    found = re.search(rf"^    file: {re.escape(file)}\n(?:    .*\n)*?    sha256: ([0-9a-f]{{64}})$", text, re.MULTILINE)
    return found[1] if found else ""
