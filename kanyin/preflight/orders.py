# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What the pages of a finished PDF say to a reader, in every order in which he can read them.

The file says its characters in an order of its own, and may say some that nobody sees. So they are read as they are
drawn, all of them and then those that are seen; and those that are seen are read by where they stand: line by line,
column by column, and from the top down as vertical lines and the columns of tables are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kanyin.preflight.columns import Place, in_columns, in_lines
from kanyin.preflight.raster import Document
from kanyin.preflight.words import joined


def orders(data: bytes, name: str) -> list[tuple[str, ...]]:
    """Of each page its texts, each once: as drawn, as drawn and seen, in lines, in columns, downwards.

    For pages that bear no notice yet. Raises SourceError VERIFY-UNREADABLE.
    """
    document = Document(data, name)
    found = []
    for number in range(1, document.count + 1):
        page = document.page(number, 1.0)
        every, seen = list(page.places()), list(page.shown())
        texts = joined(_drawn(every)), joined(_drawn(seen)), in_lines(seen), in_columns(seen), *downwards(seen)
        found.append(tuple(texts))
    return found


def downwards(places: Sequence[Place]) -> tuple[str, str]:
    """Characters one below the other, the columns from the left and from the right."""
    columns: list[list[Place]] = []
    for one in sorted(places, key=lambda place: place[1] + place[3]):
        last = columns[-1][0] if columns else None
        if last is not None and (_within(one, last) or _within(last, one)):
            columns[-1].append(one)
        else:
            columns.append([one])
    texts = ["".join(one[0] for one in sorted(column, key=lambda place: -place[4])) for column in columns]
    return "\n".join(texts), "\n".join(reversed(texts))


def _within(one: Place, other: Place) -> bool:
    return other[1] <= (one[1] + one[3]) / 2 <= other[3]


def _drawn(places: Iterable[Place]) -> str:
    """Characters as they follow each other; a new line where one stands lower or farther left than the last."""

    def parts() -> Iterator[str]:
        before: Place | None = None
        for one in places:
            if before is not None:
                height = max(one[4] - one[2], 1.0)
                if one[1] < before[1] - height or abs(one[2] - before[2]) > 0.7 * height:
                    yield "\n"
                elif one[1] - before[3] > 0.15 * height:
                    yield " "
            yield one[0]
            before = one

    return "".join(parts())
