# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kanyin.findings import ToolError, Where, finding


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write all files, or none. Raises ToolError when a folder cannot be written; then nothing is left behind."""
    with staged(files) as commit:
        commit()


def may_write(folder: Path) -> None:
    """Look whether files could be put into a folder that need not be there yet. Raises ToolError when not."""
    place = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not place.is_dir() or not os.access(place, os.W_OK | os.X_OK):
        problem = os.strerror(errno.EACCES if place.is_dir() else errno.ENOTDIR)
        raise ToolError(finding("FILES-NOT-WRITABLE", Where(str(place)), problem=problem))


@contextmanager
def staged(files: Mapping[Path, bytes]) -> Iterator[Callable[[], None]]:
    """Have all files on disk but under no name that anybody sees, until the function that is given is called.

    So another thing can be done between: when it fails, or the process is killed, no file has appeared. Raises
    ToolError when there is no room or a folder cannot be written.
    """
    waiting: list[_Waiting] = []

    def commit() -> None:
        for one in waiting:
            one.name()
        for one in waiting:
            one.appear()

    try:
        for target, data in files.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            waiting.append(_Waiting(target))
            waiting[-1].write(data)
        yield commit
    except OSError as error:
        place = error.filename if isinstance(error.filename, str) and not error.filename.startswith("/proc/") else ""
        raise ToolError(
            finding("FILES-NOT-WRITABLE", Where(place or _folder(waiting)), problem=error.strerror or error)
        ) from error
    finally:
        for one in waiting:
            one.close()


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """A folder to fill, which becomes `target`, that is not there or empty, when all has gone well, else vanishes.

    Raises ToolError when it cannot be written.
    """
    made: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part"))
        yield made
        made.chmod(0o755)
        made.replace(target)
    except OSError as error:
        raise ToolError(finding("FILES-NOT-WRITABLE", Where(str(target)), problem=error.strerror or error)) from error
    finally:
        if made is not None and made.exists():
            shutil.rmtree(made, ignore_errors=True)


def _folder(waiting: list[_Waiting]) -> str:
    return str(waiting[-1].target.parent) if waiting else ""


class _Waiting:
    """One file: without a name where the system can do that, so that not even a killed process leaves something."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.beside: Path | None = None
        try:
            self._file = os.open(target.parent, os.O_TMPFILE | os.O_WRONLY, 0o644)
        except OSError:  # not every file system can; what cannot be written at all fails here too
            self._file, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
            self.beside = Path(name)

    def write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._file, data) :]
        os.fchmod(self._file, 0o644)
        os.fsync(self._file)

    def name(self) -> None:
        """Give it a hidden name beside its target."""
        if self.beside is None:
            beside = self.target.with_name(f".{os.urandom(8).hex()}.part")
            here = os.open(self.target.parent, os.O_RDONLY | os.O_DIRECTORY)
            try:  # with a folder given, Python follows the link that /proc holds
                os.link(f"/proc/self/fd/{self._file}", beside.name, dst_dir_fd=here)
            finally:
                os.close(here)
            self.beside = beside

    def appear(self) -> None:
        assert self.beside is not None
        self.beside.replace(self.target)
        folder = os.open(self.target.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def close(self) -> None:
        os.close(self._file)
        if self.beside is not None:
            with contextlib.suppress(FileNotFoundError):
                self.beside.unlink()
