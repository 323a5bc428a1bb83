# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Paths as people type them, and as services that annotate a repository want them: from where one stands."""

from __future__ import annotations

from pathlib import Path


def shown(file: str) -> str:
    """A path relative to the current folder when it lies inside; any other text as it is."""
    try:
        path = Path(file)
        return str(path.relative_to(Path.cwd())) if path.is_absolute() else file
    except (OSError, ValueError):  # elsewhere, or the current folder is gone
        return file
