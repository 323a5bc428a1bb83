# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Our own bugs: one file, ready to be attached to a report, instead of a stack trace on the screen."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from kanyin import __version__
from kanyin.findings import ExitCode


def write_crash_report(error: BaseException, argv: Sequence[str]) -> ExitCode:
    """Write the report below the folder for temporary files and name it on standard error."""
    trace = "".join(traceback.format_exception(error))
    text = (
        f"kanyin {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n"
        f"Command: {' '.join(map(repr, argv))}\n\n```\n{trace}```\n"
    )
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="kanyin-crash-", suffix=".md", delete=False
    ) as stream:
        stream.write(text)
        name = Path(stream.name)
    print(f"kanyin 出了错（这是程序的缺陷）；报告在 {name} / a bug in kanyin; the report is in {name}", file=sys.stderr)
    return ExitCode.BUG
