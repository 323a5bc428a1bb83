# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kanyin.findings import ToolError, Where, finding


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write all files, or none: each beside its target under a hidden name, then all renamed.

    Raises ToolError when a folder cannot be written; what had been written beside the targets is removed.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for target, data in files.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
            waiting.append((Path(name), target))
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).chmod(0o644)
        for beside, target in waiting:
            beside.replace(target)
    except OSError as error:
        raise ToolError(
            finding("FILES-NOT-WRITABLE", Where(error.filename or ""), problem=error.strerror or error)
        ) from error
    finally:
        for beside, _ in waiting:
            with contextlib.suppress(FileNotFoundError):
                beside.unlink()
