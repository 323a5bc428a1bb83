# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The index: add protected works, compare a text against them.

with index.open(path) as works:
    works.add("cma.2026.0017", text)
    works.save()
    works.compare(other_text)
"""

from __future__ import annotations

import hmac
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from kanyin.rights.match import seal
from kanyin.rights.match.align import Stretch, stretches
from kanyin.rights.match.changes import changes, excused, harmless
from kanyin.rights.match.fold import Folded, fold
from kanyin.rights.match.prints import Prints, split
from kanyin.rights.match.search import RECORD, Extents, hits, query
from kanyin.rights.match.signs import signs
from kanyin.rights.match.store import SqliteStore, Store, WorkRow
from kanyin.rights.match.values import Measured, Passage, WorkShare, union

Parts = Sequence[tuple[str, str]]
"""Ids and texts of the parts of a work."""
MIN_RUN = 16
FLUSH = 48_000_000
"""Seeds held in memory before they are written."""
LAST = (1 << 32) - 1
WORD = 24
"""Letters of a long word: one that was parted at the end of a line may differ, and is looked for so far back."""


@dataclass(frozen=True, eq=False)
class _Pending:
    row: WorkRow
    grams: NDArray[np.uint64]
    places: NDArray[np.int64]


class Index:
    """An index over a store. `key` is the secret under which its fingerprints are made."""

    def __init__(self, store: Store, key: bytes) -> None:
        self.store = store
        self.key = key
        self._pending: dict[str, _Pending] = {}
        self._held = 0
        self._removed: set[str] = set()
        self._read()

    def _read(self) -> None:
        rows = self.store.extents()
        self.extents = Extents(
            [row[0] for row in rows],
            np.array([row[1] for row in rows], np.int64),
            np.array([row[2] for row in rows], np.int64),
        )
        self._digests = {row[0]: row[3] for row in rows}
        self._numbers = {row[0]: i for i, row in enumerate(rows)}
        self._next = int(self.extents.first[-1] + self.extents.size[-1]) if rows else 0

    def __len__(self) -> int:
        return len(self.extents.ids)

    def __contains__(self, work: str) -> bool:
        return work in self._numbers

    @property
    def chars(self) -> int:
        """字 of all works."""
        return int(self.extents.size.sum())

    def size(self, work: str) -> int:
        """字 of one work; 0 when it is not here."""
        return int(self.extents.size[self._numbers[work]]) if work in self._numbers else 0

    # ---- writing

    def replaces(self, work: str, text: str, parts: Parts = ()) -> bool:
        """Whether adding this would put another text in the place of the one that stands here."""
        return work in self._digests and not self.same(work, text, parts)

    def add(self, work: str, text: str, parts: Parts = ()) -> bool:
        """Add a work or put a new text in the place of its old one; false when it stands there already as it is.

        `parts` are the ids of its parts, each with its text. What was added is found after `save`.
        """
        folded = fold(text)
        return self.add_folded(work, folded, self._digest(work, text, folded, parts))

    def add_folded(self, work: str, folded: Folded, digest: bytes) -> bool:
        """The same for a text that was folded already; two are one work's if they have one `digest`."""
        waiting = self._pending.get(work)
        known = waiting.row.digest if waiting else self._digests.get(work)
        if known is not None and hmac.compare_digest(known, digest) and work not in self._removed:
            return False
        if work in self._numbers:
            self._removed.add(work)
        prints = Prints(self.key, folded.codes)
        at = prints.selected()
        if self._next + len(folded) > LAST:
            raise OverflowError("an index holds 2^32 字")
        shades = prints.shades(work).tobytes() if len(folded) else b""
        row = WorkRow(work, self._next, len(folded), digest, shades, _packed(folded))
        self._pending[work] = _Pending(row, prints.grams[at], at + self._next)
        self._next += len(folded) + 1
        self._held += len(at)
        if self._held > FLUSH:
            self._flush()
        return True

    def same(self, work: str, text: str, parts: Parts = ()) -> bool:
        """Whether this is the work as it was added: each 字 and sign of it, and of each part under its id."""
        known = self._digests.get(work)
        return known is not None and hmac.compare_digest(known, self._digest(work, text, fold(text), parts))

    def _digest(self, work: str, text: str, folded: Folded, parts: Parts) -> bytes:
        said = [work.encode(), folded.codes.tobytes(), signs(text, folded)]
        for id_, part in parts:
            of_part = fold(part)
            said += [id_.encode(), of_part.codes.tobytes(), signs(part, of_part)]
        framed = b"".join(len(one).to_bytes(8, "big") + one for one in said)
        return hmac.digest(self.key, framed, "sha256")[:16]

    def remove(self, work: str) -> None:
        """Take a work out. Raises KeyError when it is not there."""
        if self._pending.pop(work, None) is None and work not in self._numbers:
            raise KeyError(work)
        if work in self._numbers:
            self._removed.add(work)

    def save(self) -> None:
        """Write what was added and removed: all of it or nothing."""
        bulk = self._held * 4 > self.chars
        changed = bool(self._pending or self._removed)
        self._flush()
        wasted = self._next - self.chars > max(self.chars, 10_000)
        if wasted:
            self._compact()
        elif changed and bulk and isinstance(self.store, SqliteStore):
            self.store.pack()

    def _flush(self) -> None:
        if not (self._pending or self._removed):
            return
        rows = [pending.row for pending in self._pending.values()]
        self.store.write(sorted(self._removed), rows, _buckets(self._pending.values()))
        self._pending, self._removed, self._held = {}, set(), 0
        following = self._next
        self._read()
        self._next = following

    def _compact(self) -> None:
        """Drop the seeds of works that are gone."""

        def living() -> Iterator[tuple[int, bytes]]:
            for bucket, data in self.store.all_seeds():
                records = np.frombuffer(data, RECORD)
                kept = records[self.extents.find(records["place"].astype(np.int64)) >= 0]
                if len(kept):
                    yield bucket, kept.tobytes()

        self.store.rewrite(list(living()))

    # ---- reading

    def compare(self, text: str, *, exclude: Iterable[str] = (), min_run: int = MIN_RUN) -> Measured:
        """The passages that `text` shares with the works, those in `exclude` left out."""
        folded = fold(text)
        if len(folded) < 2 or not len(self):
            return Measured(len(folded), 0, (), folded.disguises)
        prints = Prints(self.key, folded.codes)
        asked = query(prints)
        found = hits(asked, self.store.seeds(asked.buckets.tolist()), self.extents, frozenset(exclude))
        by_work = list(found.by_work())
        rows = {row.id: row for row in self.store.works([self.extents.ids[number] for number, _ in by_work])}
        weights = np.concatenate(([0], np.cumsum(folded.weights)))
        shares = []
        for number, group in by_work:
            row = rows[self.extents.ids[number]]
            shades = np.frombuffer(row.shades, np.uint8)
            pieces = stretches(group, prints.shades(row.id), weights, shades, row.first, min_run)
            if pieces:
                shares.append(_share(row, folded, pieces))
        shares.sort(key=lambda share: (-share.chars, share.work))
        covered = union(p.text for share in shares for p in share.passages)
        return Measured(len(folded), covered, tuple(_shared(shares)), folded.disguises)

    def changes(self, work: str, text: str) -> Iterator[tuple[int, int]]:
        """Where a text that is otherwise this work says something else: offsets, in the order of the text.

        Where the text only leaves something out the two offsets are the same.
        """
        folded = fold(text)
        row = next(iter(self.store.works([work])), None)
        if row is None or len(folded) < 2:
            return
        for found in changes(Prints(self.key, folded.codes).shades(work).tobytes(), row.shades):
            spans = [_offsets(folded, *span, len(text)) for span in (found.text, found.or_text)]
            start, end = spans[0]
            if not excused(
                text[max(start - WORD, 0) : start], text[start:end], text[end : end + WORD], found.missing
            ) and (not any(harmless(text[start:end], found.missing) for start, end in spans)):
                yield spans[0]

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open(path: Path, *, server: str = "", create: bool = False) -> Index:
    """Open the index at `path`, or the one of `server` whose seal lies there, proving it by the seal.

    Raises RightsError when it is missing, out of reach, damaged or changed; ToolError without the server's driver.
    """
    return seal.open_served(path, server, create=create) if server else seal.open_sealed(path, create=create)


def _offsets(folded: Folded, low: int, high: int, length: int) -> tuple[int, int]:
    """Where a range of 字 stands in the text; an empty one at the 字 behind it."""
    start = int(folded.starts[low]) if low < len(folded) else length
    return start, int(folded.ends[high - 1]) if high > low else start


def _buckets(pending: Iterable[_Pending]) -> Iterator[tuple[int, bytes]]:
    """The seeds of many works, by bucket."""
    waiting = list(pending)
    grams = np.concatenate([p.grams for p in waiting]) if waiting else np.empty(0, np.uint64)
    if not len(grams):
        return
    bucket, rest = split(grams)
    order = np.argsort(bucket, kind="stable")
    records = np.empty(len(grams), RECORD)
    records["rest"] = rest[order]
    records["place"] = np.concatenate([p.places for p in waiting])[order]
    data = records.tobytes()
    bucket = bucket[order]
    cuts = np.flatnonzero(np.diff(bucket)) + 1
    begins = np.concatenate(([0], cuts))
    ends = np.append(cuts, len(bucket)) * RECORD.itemsize
    for number, begin, end in zip(
        bucket[begins].tolist(), (begins * RECORD.itemsize).tolist(), ends.tolist(), strict=True
    ):
        yield number, data[begin:end]


def _share(row: WorkRow, folded: Folded, pieces: list[Stretch]) -> WorkShare:
    starts, ends = _unpacked(row)
    passages = tuple(
        Passage(
            work=row.id,
            start=int(folded.starts[piece.text[0]]),
            end=int(folded.ends[piece.text[1] - 1]),
            work_start=int(starts[piece.places[0][0]]),
            work_end=int(ends[piece.places[-1][1] - 1]),
            chars=piece.chars,
            run=piece.run,
            identity=round(piece.chars / max(piece.text[1] - piece.text[0], 1), 3),
            source=piece.places,
            text=piece.text,
        )
        for piece in pieces
    )
    chars = union(span for passage in passages for span in passage.source)
    return WorkShare(row.id, chars, round(chars / max(row.size, 1), 4), passages)


def _shared(shares: list[WorkShare]) -> list[WorkShare]:
    """Tell of each passage how many works have it, or nearly all of it."""
    if len(shares) < 2:
        return shares
    spans = [[passage.text for passage in share.passages] for share in shares]
    counted = []
    for number, share in enumerate(shares):
        passages = []
        for passage in share.passages:
            low, high = passage.text
            having = sum(1 for i, other in enumerate(spans) if i != number and _overlap(other, low, high))
            passages.append(replace(passage, works=1 + having))
        counted.append(replace(share, passages=tuple(passages)))
    return counted


def _overlap(spans: list[tuple[int, int]], low: int, high: int) -> bool:
    return sum(max(0, min(high, end) - max(low, start)) for start, end in spans) >= 0.8 * (high - low)


def _packed(folded: Folded) -> bytes:
    """The offsets of the 字: how far each is from the one before and how long it is, both 1 most of the time.

    The first byte is the number of bytes of each figure.
    """
    figures = np.concatenate((np.diff(folded.starts, prepend=0), folded.ends - folded.starts))
    width = 1 if not len(figures) or figures.max() < 256 else 4
    return bytes([width]) + zlib.compress(figures.astype(f"<u{width}").tobytes(), 6)


def _unpacked(row: WorkRow) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    figures = np.frombuffer(zlib.decompress(row.offsets[1:]), f"<u{row.offsets[0]}").astype(np.int64)
    starts = np.cumsum(figures[: row.size])
    return starts, starts + figures[row.size :]
