# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Many jobs: one process a core, a progress bar for people, results in the order of the jobs."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from kanyin.config.job import Job
from kanyin.pipeline.outcome import Outcome

if TYPE_CHECKING:
    from rich.progress import Progress

Work = Callable[[Job], Outcome]


def each(work: Work, jobs: Sequence[Job], processes: int = 0, *, quiet: bool = False) -> list[Outcome]:
    """Do all jobs. `processes` 0 means one for each core; few jobs are done in this process, which starts faster."""
    count = min(processes or os.cpu_count() or 1, len(jobs))
    small = 2 if work.__name__ == "build" else 200
    stream = (work(job) for job in jobs) if count <= 1 or len(jobs) <= small else _spread(work, jobs, count)
    return list(_shown(stream, jobs, quiet))


def _spread(work: Work, jobs: Sequence[Job], count: int) -> Iterator[Outcome]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    # forkserver: a fork of a process that holds Pango's threads would be a gamble
    chunk = max(1, min(32, len(jobs) // (count * 4)))
    try:
        get_context("forkserver").Lock()
    except OSError:  # no shared memory for locks, as in some containers: slower, but the same
        yield from map(work, jobs)
        return
    with ProcessPoolExecutor(count, mp_context=get_context("forkserver"), initializer=_obey) as pool:
        # Ctrl-C reaches every process of a terminal: the workers are born with it blocked and stopped by us instead
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            stream = pool.map(partial(_unless_stopped, work), jobs, chunksize=chunk)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
            yield from stream
        except KeyboardInterrupt:
            for worker in active_children():
                worker.terminate()
            pool.shutdown(cancel_futures=True)  # waits: its thread must not find its pipes closed at the end
            raise


_stopped = False


def _obey() -> None:
    """In a worker: SIGTERM interrupts the job where it is, so that it takes back what it has half written."""
    signal.signal(signal.SIGTERM, _stop)


def _stop(number: int, frame: object) -> None:
    global _stopped
    _stopped = True
    raise KeyboardInterrupt


def _unless_stopped(work: Work, job: Job) -> Outcome:
    """Do a job; those that wait behind one that was interrupted are not begun."""
    if _stopped:
        raise KeyboardInterrupt
    return work(job)


def _shown(stream: Iterator[Outcome], jobs: Sequence[Job], quiet: bool) -> Iterator[Outcome]:
    """Show progress on a terminal once the work has taken a second."""
    with Bar.for_work(len(jobs), str(jobs[0].source) if jobs else "", not quiet) as bar:
        for outcome in stream:
            bar.advance(outcome.source)
            yield outcome


class Bar:
    """A progress bar that appears after one second, drawn by its own thread while the work goes on."""

    @classmethod
    @contextmanager
    def for_work(cls, total: int, first: str, wanted: bool) -> Iterator[Bar]:
        """Pipes see nothing of it."""
        bar = cls(total, first, wanted and sys.stderr.isatty())
        try:
            yield bar
        finally:
            bar.close()

    def __init__(self, total: int, first: str, shown: bool) -> None:
        self.total, self.done, self.name = total, 0, first
        self.progress: Progress | None = None
        self.lock = threading.Lock()
        self.timer = threading.Timer(1.0, self._appear)
        self.timer.daemon = True
        if shown:
            self.timer.start()

    def _appear(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
        with self.lock:
            self.progress = Progress(*columns, console=Console(stderr=True), transient=True)
            self.task = self.progress.add_task(self.name, total=self.total, completed=self.done)
            self.progress.start()

    def advance(self, name: str) -> None:
        with self.lock:
            self.done, self.name = self.done + 1, name
            if self.progress:
                self.progress.update(self.task, completed=self.done, description=name)

    def close(self) -> None:
        self.timer.cancel()
        with self.lock:
            if self.progress:
                self.progress.stop()
