# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The log: what is changed, cut off, moved or forked is found; what is interrupted is completed."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from rights_project import DAY, Project, copied, record

from kanyin.findings import ExitCode, RightsError, ToolError
from kanyin.pipeline.logs import log_outcome
from kanyin.pipeline.signing import revoke
from kanyin.rights.keys import load
from kanyin.rights.log import Entry, Log, open_log, repair

HOME = Path(__file__).resolve().parents[2]


@pytest.fixture
def logged(project: Project) -> Project:
    """Three keys and four builds."""
    for copies in (1, 2, 3, 4):
        project.used(copies)
    return project


def fault(project: Project) -> str:
    """The code of what is wrong with the log; empty when it is whole."""
    try:
        return "LOG-INTERRUPTED" if project.log.missing else ""
    except RightsError as error:
        return error.findings[0].code


def test_what_was_written_is_read(logged: Project) -> None:
    log = logged.log
    assert [entry.kind for entry in log.entries] == ["trust"] * 3 + ["build"] * 4
    assert [entry.n for entry in log.entries] == list(range(7))
    assert fault(logged) == "" and logged.evidence().used["G1"].copies == 10  # type: ignore[index]


def test_every_byte_that_is_changed_is_found(logged: Project) -> None:
    store = logged.store
    for path in (logged.log_file, logged.checkpoint):
        data = path.read_bytes()
        for number in range(len(data)):
            path.write_bytes(data[:number] + bytes([data[number] ^ 1]) + data[number + 1 :])
            with pytest.raises(RightsError):
                read(logged.log_file, store)
        path.write_bytes(data)
    assert fault(logged) == ""


def read(path: Path, store: object) -> Log:
    from kanyin.rights.log import read_log

    return read_log(path, store)  # type: ignore[arg-type]


Edit = Callable[[list[bytes]], list[bytes]]


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda lines: lines[:-1], "LOG-INTERRUPTED"),
        (lambda lines: lines[:-2], "LOG-TRUNCATED"),
        (lambda lines: [], "LOG-TRUNCATED"),
        (lambda lines: lines[1:], "LOG-BROKEN"),
        (lambda lines: [*lines[:3], *lines[4:]], "LOG-BROKEN"),
        (lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]], "LOG-BROKEN"),
        (lambda lines: lines[::-1], "LOG-BROKEN"),
        (lambda lines: [*lines, lines[-1]], "LOG-BROKEN"),
        (lambda lines: [*lines, b"{}\n"], "LOG-BROKEN"),
        (lambda lines: [*lines, b"\n"], "LOG-BROKEN"),
        (lambda lines: [*lines, b"x"], "LOG-UNATTESTED"),
        (lambda lines: [line.replace(b'"copies":4', b'"copies":1') for line in lines], "LOG-BROKEN"),
        (lambda lines: [line.replace(b"\n", b"\r\n") for line in lines], "LOG-BROKEN"),
    ],
)
def test_what_is_cut_off_moved_or_added_is_found(logged: Project, edit: Edit, code: str) -> None:
    lines = logged.log_file.read_bytes().splitlines(keepends=True)
    logged.log_file.write_bytes(b"".join(edit(lines)))
    assert fault(logged) == code
    if code != "LOG-INTERRUPTED":
        assert not logged.allowed() and logged.decide().verdict == "indeterminate"


def unchained(data: bytes, path: Path, store: object) -> Log:
    """A log as it would be read without hashes and without a checkpoint: line by line."""
    found = [json.loads(line) for line in data.splitlines()]
    entries = [
        Entry(n, "", date.fromisoformat(one["as_of"]), one["kind"], one["body"], "") for n, one in enumerate(found)
    ]
    return Log(path, tuple(entries))


EDITS = {
    "edited": lambda lines: [line.replace(b'"copies":4986', b'"copies":1') for line in lines],
    "cut off": lambda lines: lines[:-1],
    "taken out": lambda lines: [*lines[:3], *lines[4:-1]],
    "another log in its place": lambda lines: lines[:3],
}


@pytest.mark.parametrize("edit", EDITS)
def test_without_the_chain_an_edited_log_grants_again_what_was_used_up(
    logged: Project, monkeypatch: pytest.MonkeyPatch, edit: str
) -> None:
    logged.used(4986)
    assert logged.allowed(copies=4)
    logged.used(4)
    assert not logged.allowed(copies=1)
    lines = logged.log_file.read_bytes().splitlines(keepends=True)
    logged.log_file.write_bytes(b"".join(EDITS[edit](lines)))
    assert not logged.allowed(copies=1)
    monkeypatch.setattr("kanyin.rights.log._checked", unchained)
    assert logged.allowed(copies=1)


def test_one_entry_alone_is_redone_with_its_hash_and_still_found(logged: Project) -> None:
    """Somebody who recomputes the last line lacks the key that signs the checkpoint."""
    from kanyin.rights.canonical import canonical

    *lines, last = logged.log_file.read_bytes().splitlines(keepends=True)
    entry = json.loads(last)
    entry["body"]["copies"] = 1
    logged.log_file.write_bytes(b"".join(lines) + canonical(entry) + b"\n")
    assert fault(logged) == "LOG-BROKEN"


class TestRollBack:
    """A log that is put back together with its checkpoint is without fault in itself."""

    def test_a_head_that_was_noted_down_finds_it(self, logged: Project, tmp_path: Path) -> None:
        old = copied(logged, tmp_path / "old")
        logged.used(1)
        head = logged.log.head
        outcome, data = log_outcome(logged.places, head=head)
        assert outcome.exit == ExitCode.OK and data["head"] == head
        assert fault(old) == ""
        outcome, _ = log_outcome(old.places, head=head)
        assert outcome.exit == ExitCode.RIGHTS and [f.code for f in outcome.findings] == ["LOG-HEAD"]

    def test_without_the_noted_head_a_revoked_grant_is_alive_again(self, logged: Project, tmp_path: Path) -> None:
        old = copied(logged, tmp_path / "old")
        revoke(logged.with_key("grantor-cma.key"), "G1", DAY, DAY)
        assert not logged.allowed() and old.allowed()

    def test_two_logs_that_went_apart_are_told_from_each_other(self, logged: Project, tmp_path: Path) -> None:
        other = copied(logged, tmp_path / "other")
        logged.used(1)
        other.used(2)
        assert fault(logged) == fault(other) == ""
        outcome, _ = log_outcome(logged.places, head=other.log.head)
        assert [f.code for f in outcome.findings] == ["LOG-HEAD"]

    def test_the_checkpoint_of_one_does_not_vouch_for_the_other(self, logged: Project, tmp_path: Path) -> None:
        other = copied(logged, tmp_path / "other")
        logged.used(1)
        other.used(2)
        logged.checkpoint.write_bytes(other.checkpoint.read_bytes())
        assert fault(logged) == "LOG-BROKEN"


class TestInterrupted:
    def test_however_much_of_the_line_was_written_it_counts_and_is_completed(self, logged: Project) -> None:
        whole = logged.log_file.read_bytes()
        start = whole[:-1].rindex(b"\n") + 1
        for end in range(start, len(whole)):
            logged.log_file.write_bytes(whole[:end])
            assert fault(logged) == "LOG-INTERRUPTED"
            assert logged.evidence().used["G1"].copies == 10  # type: ignore[index]
        assert repair(logged.log_file, logged.store)
        assert logged.log_file.read_bytes() == whole and not repair(logged.log_file, logged.store)

    def test_the_next_append_completes_it(self, logged: Project) -> None:
        whole = logged.log_file.read_bytes()
        logged.log_file.write_bytes(whole[:-30])
        logged.used(5)
        assert fault(logged) == "" and logged.log_file.read_bytes().startswith(whole)
        assert logged.evidence().used["G1"].copies == 15  # type: ignore[index]

    def test_the_command_says_so_and_mends_it(self, logged: Project) -> None:
        logged.log_file.write_bytes(logged.log_file.read_bytes()[:-30])
        outcome, _ = log_outcome(logged.places)
        assert outcome.exit == ExitCode.RIGHTS and [f.code for f in outcome.findings] == ["LOG-INTERRUPTED"]
        outcome, _ = log_outcome(logged.places, mend=True)
        assert outcome.exit == ExitCode.OK

    @pytest.mark.parametrize("moment", ["kanyin.rights.log._write", "kanyin.rights.log.write_whole"])
    def test_killed_in_the_middle_of_an_append(self, logged: Project, moment: str) -> None:
        """SIGKILL before the checkpoint changes nothing; after it, the entry counts."""
        module, name = moment.rsplit(".", 1)
        code = (
            f"import sys, os, signal; sys.path[:0] = ['tests']\n"
            f"import {module} as m\n"
            f"from rights_project import Project\n"
            f"from pathlib import Path\n"
            f"m.{name} = lambda *a: os.kill(os.getpid(), signal.SIGKILL)\n"
            f"Project(Path({str(logged.root)!r})).used(100)\n"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=HOME, capture_output=True, check=False)
        assert done.returncode == -signal.SIGKILL, done.stderr
        announced = name == "_write"
        assert fault(logged) == ("LOG-INTERRUPTED" if announced else "")
        logged.used(5)
        assert fault(logged) == ""
        assert logged.evidence().used["G1"].copies == (115 if announced else 15)  # type: ignore[index]

    def test_a_full_disk_adds_nothing(self, logged: Project) -> None:
        before = logged.log_file.read_bytes(), logged.checkpoint.read_bytes()
        size = len(before[0]) + 100  # a part of the next line still fits, and the checkpoint does

        def full() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        code = (
            "import sys; sys.path[:0] = ['tests']\n"
            "from rights_project import Project\n"
            "from pathlib import Path\n"
            "from kanyin.findings import ToolError\n"
            "try:\n"
            f"    Project(Path({str(logged.root)!r})).used(100)\n"
            "except ToolError as error:\n"
            "    print(error.findings[0].code)\n"
        )
        done = subprocess.run(
            [sys.executable, "-B", "-c", code],
            cwd=HOME,
            capture_output=True,
            text=True,
            preexec_fn=full,
            check=False,
        )
        assert done.stdout == "FILES-NOT-WRITABLE\n", done.stderr
        assert (logged.log_file.read_bytes(), logged.checkpoint.read_bytes()) == before
        logged.used(5)
        assert fault(logged) == ""


def _write_many(root: Path, number: int) -> None:
    project = Project(root)
    for _ in range(15):
        project.used(number)


def test_two_writers_lose_nothing(logged: Project) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(logged.root, number)) for number in (1, 1)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert fault(logged) == "" and len(logged.log.entries) == 7 + 30
    assert logged.evidence().used["G1"].copies == 10 + 30  # type: ignore[index]


def test_a_writer_waits_and_then_gives_up(logged: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kanyin.rights.log.WAIT", 0.1)
    with logged.open() as writer:
        with pytest.raises(ToolError, match="LOG-BUSY"), logged.open():
            pass
        record(writer)
    assert fault(logged) == ""


@pytest.mark.parametrize("key", ["reviewer-cma.key", "none"])
def test_not_every_key_may_write(logged: Project, key: str) -> None:
    from kanyin.rights.keys import generate

    signing = generate() if key == "none" else load(logged.root / ".keys" / key)
    with pytest.raises(RightsError, match="LOG-KEY"), open_log(logged.log_file, logged.store, signing):
        pass


def test_a_key_does_not_sign_a_day_that_is_not_its_own(logged: Project) -> None:
    before = logged.log_file.read_bytes()
    for day in (DAY.replace(year=2020), DAY.replace(year=2040)):
        with pytest.raises(RightsError, match="LOG-KEY"):
            logged.used(1, day)
    assert logged.log_file.read_bytes() == before and fault(logged) == ""


def test_a_log_that_may_not_be_written_is_still_read(logged: Project) -> None:
    logged.log_file.chmod(0o444)
    assert fault(logged) == "" and os.access(logged.log_file, os.R_OK)
