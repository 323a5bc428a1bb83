# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The file of a figure: it has to exist, and to stand inside the folder of the article."""

from __future__ import annotations

import re
from pathlib import Path

from kanyin.findings import Where
from kanyin.readers.context import Context

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")


def check_file(name: str, where: Where, context: Context) -> None:
    """Report a file that is missing, or that a path or a symbolic link leads out of the folder."""
    outside = not name or "\\" in name or _SCHEME.match(name) or Path(name).is_absolute()
    if not outside:
        try:
            target = (context.root / name).resolve()
            outside = not target.is_relative_to(context.root.resolve())
            missing = not target.is_file()
        except (OSError, ValueError, RuntimeError):  # too long, a NUL, a loop of links
            missing = True
    if outside:
        context.report("SOURCE-FIGURE-OUTSIDE", where, file=name)
    elif missing:
        context.report("SOURCE-FIGURE-MISSING", where, file=name)
