# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Make kanyin/rights/match/han.txt: Han characters that a conversion between scripts would exchange, as classes.

    python tools/han_classes.py FOLDER > kanyin/rights/match/han.txt

FOLDER holds the character maps of OpenCC (Apache-2.0) as text, which its `opencc_dict` writes from the `.ocd2` files of
the `opencc` wheel. Needed only when the table is to be renewed. A map of one character to others joins them; a class
is the closure, because a fold must not depend on the direction in which a text was converted. Its first member is the
one it folds to.
"""

from __future__ import annotations

import sys
from pathlib import Path

MAPS = (
    "TSCharacters", "TSCharactersExt", "STCharacters", "TWVariants", "TWVariantsRev", "HKVariants", "HKVariantsRev",
    "JPShinjitaiCharacters", "JPShinjitaiCharactersRev",
)  # fmt: skip
HEADER = """\
# SPDX-FileCopyrightText: 2010-2026 Carbo Kuo <byvoid@byvoid.com> and contributors
# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
#
# Classes of Han characters, one a line, made from the character maps of OpenCC 1.4.2 by tools/han_classes.py.
"""


def classes(folder: Path) -> list[str]:
    parent: dict[str, str] = {}

    def root(char: str) -> str:
        while parent.setdefault(char, char) != char:
            char = parent[char]
        return char

    for name in MAPS:
        for line in (folder / f"{name}.txt").read_text("utf-8").splitlines():
            first, *others = line.split()
            for other in others:
                if len(first) == len(other) == 1:
                    low, high = sorted((root(first), root(other)))
                    parent[high] = low
    members: dict[str, list[str]] = {}
    for char in sorted(parent):
        members.setdefault(root(char), []).append(char)
    return sorted("".join(group) for group in members.values() if len(group) > 1)


def main() -> None:
    sys.stdout.write(HEADER + "\n".join(classes(Path(sys.argv[1]))) + "\n")


if __name__ == "__main__":
    main()
