# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Work on files of unknown origin in a process of its own, with limits on time and memory.

Libraries that read damaged or hostile files may take for ever, fill the memory, or crash. None of that reaches the
caller: what comes back is a value, or one error of ours.
"""

from __future__ import annotations

import os
import resource
import signal
import traceback
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from kanyin.findings import KanyinError, SourceError, Where, finding

T = TypeVar("T")


def confined(work: Callable[..., T], *given: Any, name: str, seconds: int, megabytes: int) -> T:
    """`work(*given)` in another process. `work` is a function of a module; all values cross by pickling.

    Raises what `work` raises of ours, and SourceError REPRINT-TIME, REPRINT-MEMORY, REPRINT-CRASH or REPRINT-FAILED;
    `name` is the file these are about.
    """
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(there, seconds, megabytes, work, given), daemon=True)
    child.start()
    there.close()
    value: Any
    try:
        said, value = here.recv() if here.poll(seconds) else ("time", None)
    except (EOFError, OSError):
        child.join()
        said, value = _ended(child.exitcode or 0)
    finally:
        if child.is_alive():
            child.join(1)
        if child.is_alive():
            child.kill()
            child.join()
        here.close()
    if said == "done":
        answer: T = value
        return answer
    if said == "refused":
        raise value
    codes = {
        "time": finding("REPRINT-TIME", Where(name), seconds=seconds),
        "memory": finding("REPRINT-MEMORY", Where(name), megabytes=megabytes),
        "crash": finding("REPRINT-CRASH", Where(name), signal=value),
        "failed": finding("REPRINT-FAILED", Where(name), reason=value),
    }
    raise SourceError(codes[said])


def _ended(exitcode: int) -> tuple[str, Any]:
    if exitcode == -signal.SIGXCPU:
        return "time", None
    return "crash", -exitcode if exitcode < 0 else exitcode


def _child(there: Connection, seconds: int, megabytes: int, work: Callable[..., Any], given: tuple[Any, ...]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer: tuple[str, Any] = ("done", work(*given))
    except KanyinError as error:
        answer = ("refused", error)
    except MemoryError:
        answer = ("memory", None)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        answer = ("failed", f"{type(error).__name__}, {Path(last.filename).name}:{last.lineno}")
    there.send(answer)
    there.close()
    # Libraries of C may hang while they are taken down; nothing is left to do.
    os._exit(0)
