# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Ctrl-C: known to have been pressed even where a library makes an error of its own out of it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interrupts() -> Iterator[list[int]]:
    """A list that is not empty once Ctrl-C was pressed: what lies between may turn it into an error of its own."""
    pressed: list[int] = []

    def press(number: int, frame: object) -> None:
        pressed.append(number)
        raise KeyboardInterrupt

    before = signal.getsignal(signal.SIGINT)
    # where it is ignored, as behind nohup, it stays so
    listening = callable(before) and threading.current_thread() is threading.main_thread()
    if listening:
        signal.signal(signal.SIGINT, press)
    try:
        yield pressed
    finally:
        if listening:
            signal.signal(signal.SIGINT, before)
