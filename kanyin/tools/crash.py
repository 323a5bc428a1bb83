# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What went wrong inside, as one file that can be attached to a report."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from pathlib import Path

from kanyin import __version__


def crash_report(error: BaseException) -> Path:
    """Write the report of an error below the folder for temporary files, and say where."""
    trace = "".join(traceback.format_exception(error))
    text = (
        f"kanyin {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n"
        f"Command: {' '.join(map(repr, sys.argv))}\n\n```\n{trace}```\n"
    )
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="kanyin-crash-", suffix=".md", delete=False
    ) as stream:
        stream.write(text)
    return Path(stream.name)
