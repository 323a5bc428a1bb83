# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Fingerprints: numbers made of the text under a secret key, from which the text cannot be read.

Two kinds. *Seeds* are hashes of every K 字 in a row; the index keeps those that winnowing selects (Schleimer,
Wilkerson, Aiken 2003), so that every run of at least K + WINDOW - 1 字 has one; the text looked up asks for all of
its own: what was selected on one side only need not be selected on the other. A *shade* is one byte for each two 字
in a row, salted for each work: enough to lay two texts on each other where seeds say they meet, and far too little to
tell which two 字 they were.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

K = 6
WINDOW = 5
GUARANTEE = K + WINDOW - 1
"""Every common run of so many 字 shares a seed."""
BUCKET_BITS = 20
_U = np.uint64


@dataclass(frozen=True)
class Prints:
    """The hashes of one text under one key."""

    key: bytes
    codes: NDArray[np.uint32]

    @cached_property
    def _mixed(self) -> NDArray[np.uint64]:
        """Each 字 under the key."""
        add, multiply = _numbers(self.key, "char", 2)
        mixed = (self.codes.astype(np.uint64) + add) * multiply
        mixed ^= mixed >> _U(31)
        mixed *= _U(0xD6E8FEB86659FD93)
        return mixed ^ (mixed >> _U(32))

    @cached_property
    def grams(self) -> NDArray[np.uint64]:
        """The hash of the K 字 from each place on; the last K - 1 places have none."""
        count = len(self.codes) - K + 1
        if count <= 0:
            return np.empty(0, np.uint64)
        total = np.zeros(count, np.uint64)
        for i, factor in enumerate(_numbers(self.key, "gram", K)):
            total += self._mixed[i : i + count] * factor
        total ^= total >> _U(29)
        total *= _U(0xBF58476D1CE4E5B9)
        return total ^ (total >> _U(32))

    def selected(self) -> NDArray[np.int64]:
        """The places of the seeds that an index keeps: the least of each window, the last one of equals."""
        order = self.grams * _U(0x9E3779B97F4A7C15)  # another order than that of the buckets, which so fill evenly
        if len(order) <= WINDOW:
            return np.array([len(order) - 1 - int(order[::-1].argmin())] if len(order) else [], np.int64)
        least = WINDOW - 1 - sliding_window_view(order, WINDOW)[:, ::-1].argmin(1)
        return np.unique(np.arange(len(least)) + least)

    def shades(self, work: str) -> NDArray[np.uint8]:
        """One byte for each two 字 in a row, salted for `work`."""
        first, second, salt = _numbers(self.key, "shade:" + work, 3)
        pairs = (self._mixed[:-1] * first + self._mixed[1:] * second) ^ salt
        pairs *= _U(0x94D049BB133111EB)
        return (pairs >> _U(56)).astype(np.uint8)


def split(grams: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
    """Of each hash the bucket in which it lies and the rest that is stored there: 36 bits together."""
    return (grams >> _U(64 - BUCKET_BITS)).astype(np.int64), (grams >> _U(48 - BUCKET_BITS)).astype(np.uint16)


def _numbers(key: bytes, purpose: str, count: int) -> list[np.uint64]:
    """Odd 64-bit numbers derived from the key."""
    found: list[np.uint64] = []
    for i in range(count):
        digest = hashlib.blake2b(f"{purpose}:{i}".encode(), key=key, digest_size=8).digest()
        found.append(_U(int.from_bytes(digest, "little") | 1))
    return found
