# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Chinese personal names: where the surname ends."""

from __future__ import annotations

import re

# the surnames of two characters that are still met
_COMPOUND = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|轩辕|端木|长孙|宇文|独孤|南宫|申屠|钟离|闻人|澹台|呼延"
)
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")


def split(name: str) -> tuple[str, str] | None:
    """Surname and given name of a Chinese name of two to four characters; None for anything else."""
    if not _NAME.fullmatch(name):
        return None
    cut = 2 if len(name) > 2 and _COMPOUND.match(name) else 1
    return name[:cut], name[cut:]
