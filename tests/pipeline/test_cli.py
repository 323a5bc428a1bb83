# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Manners of the command line, tried as real processes."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kanyin import commands
from kanyin.cli import language, main, parser, with_command
from kanyin.findings import Lang
from kanyin.helpwords import help_words

HOME = Path(__file__).resolve().parents[2]
SAMPLES = ["source/issue", "source/news", "source/research"]
MAKE = [sys.executable, str(HOME / "make_pdf.py")]


def listening() -> None:
    """In a new process: Ctrl-C is heard, even when the tests run in the background of a script."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def call(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "LC_ALL": "en_GB.UTF-8", **environment}
    return subprocess.run([*MAKE, *arguments], capture_output=True, text=True, env=env, cwd=HOME, check=False)


def test_data_on_standard_output_all_else_on_standard_error(tmp_path: Path) -> None:
    done = call("build", "source/news", "--out", str(tmp_path), "--as-of", "2026-11-20")
    assert done.returncode == 0
    assert done.stdout == f"{tmp_path}/news/screen.pdf\n"
    assert "\x1b" not in done.stdout + done.stderr, "no colours in a pipe"


def test_json_is_one_object_with_the_agreed_keys(tmp_path: Path) -> None:
    done = call("build", "source/news", "--out", str(tmp_path), "--as-of", "2026-11-20", "--format", "json")
    result = json.loads(done.stdout)
    assert set(result) >= {"command", "ok", "exit", "findings", "outputs", "decision"}
    assert result["command"] == "build" and result["ok"] is True and result["exit"] == 0
    assert set(result["outputs"][0]) >= {"path", "sha256", "pages", "profile"}
    assert set(result["decision"]) >= {"verdict", "reasons"}
    for reason in result["decision"]["reasons"]:
        assert set(reason) >= {"code", "severity", "message", "where", "hint", "basis"}
        assert set(reason["where"]) == {"file", "line", "column", "page"}
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("wrong", "proposal"),
    [(["biuld"], "build"), (["build", "--profil-e", "x"], "--profile"), (["check", "--fromat", "json"], "--format")],
)
def test_a_slip_is_answered_with_the_nearest_word(wrong: list[str], proposal: str) -> None:
    done = call(*wrong)
    assert done.returncode == 2
    assert f"did you mean {proposal}?" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "github"])
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (["biuld"], "CLI-CHOICE"),
        (["check", "--fromat", "json"], "CLI-UNKNOWN"),
        (["excerpt", "source/news"], "CLI-MISSING"),
        (["build", "--jobs", "many"], "CLI-NUMBER"),
        (["build", "--layout"], "CLI-VALUE"),
    ],
)
def test_a_slip_is_told_in_the_format_that_was_asked_for(
    wrong: list[str], code: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for lang in ("zh", "en"):
        assert main([*wrong, "--format", form, "--lang", lang]) == 2
        said = capsys.readouterr()
        assert said.err == "" and code in said.out
        assert ("。" in said.out) == (lang == "zh")
        if form in ("json", "sarif"):
            json.loads(said.out)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ([], ["build"]),
        (["--jobs", "2"], ["build", "--jobs", "2"]),
        (["--lang", "en", "-q", "--profile=print"], ["--lang", "en", "-q", "build", "--profile=print"]),
        (["--rights", "r.yaml"], ["--rights", "r.yaml", "build"]),
        (["--format=json", "check"], ["--format=json", "check"]),
        (["--help"], ["--help"]),
        (["--lang", "en", "--version"], ["--lang", "en", "--version"]),
    ],
)
def test_without_a_command_everything_is_built(given: list[str], meant: list[str]) -> None:
    assert with_command(given) == meant


@pytest.mark.parametrize("value", ["2026-02-30", "yesterday", "20261120T10"])
def test_a_day_that_is_none(value: str) -> None:
    done = call("check", "--as-of", value)
    assert done.returncode == 2 and value in done.stderr


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "de_DE.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({}, "zh"),
    ],
)
def test_the_language_comes_from_the_locale(environment: dict[str, str], expected: str) -> None:
    assert language(environment) == expected


def parsers(top: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield top
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for sub in action.choices.values():
                yield from parsers(sub)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_explains_every_argument_in_one_language(lang: Lang) -> None:
    for one in parsers(parser(lang)):
        said = one.format_help()
        headings = ("用法：", "选项") if lang == "zh" else ("usage: ", "options")
        assert said.startswith(headings[0]) and f"\n{headings[1]}:\n" in said
        assert bool(re.search("[一-鿿]", said)) == (lang == "zh")
        assert not re.search("positional arguments|show this help message", said)
        for action in one._actions:
            assert isinstance(action, argparse._SubParsersAction) or action.help, f"{one.prog} {action.dest}"


def test_every_sentence_of_the_help_is_used() -> None:
    shown = "".join("".join(one.format_help() for one in parsers(parser("zh"))).split())
    unused = [key for key, said in help_words("zh").items() if "".join(said.split()) not in shown]
    assert not unused


@pytest.mark.parametrize(
    ("given", "choices"),
    [(["fonts"], "build|check"), (["layouts"], "list|check"), (["rights"], "explain|keygen"), (["schema"], "article")],
)
def test_a_command_without_its_word_is_told_the_choices(
    given: list[str], choices: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*given, "--lang", "zh", "--format", "json"]) == 2
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert found["code"] == "CLI-MISSING" and choices in found["message"]


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from kanyin.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'weasyprint', 'pypdf', 'pikepdf', 'pypdfium2', 'pydantic', 'yaml', 'jinja2', 'rich', 'PIL'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=HOME, check=True)
    assert done.stderr == "[]\n"


def test_interrupted_work_leaves_nothing_behind(tmp_path: Path) -> None:
    """Ctrl-C while an issue is being set: exit 130 and no file, whole or half, in the output folder."""
    process = subprocess.Popen(
        [*MAKE, "build", "source/issue", "--out", str(tmp_path / "out")],
        cwd=HOME, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=listening,
    )  # fmt: skip
    time.sleep(0.7)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]


def test_ctrl_c_is_no_bug_even_where_a_library_makes_an_error_of_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def doctor(arguments: object) -> None:
        try:
            os.kill(os.getpid(), signal.SIGINT)
        except KeyboardInterrupt:
            raise ValueError("an extension module was interrupted") from None

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setitem(commands.HANDLERS, "doctor", doctor)
    assert main(["doctor"]) == 130
    assert capsys.readouterr().err == "^C\n"
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize("seconds", [0.3, 0.8, 1.6])
def test_ctrl_c_stops_all_processes_of_a_terminal_at_once(tmp_path: Path, seconds: float) -> None:
    """The signal reaches the whole group, as from a keyboard: no traces of workers, nothing half written."""
    process = subprocess.Popen(
        [*MAKE, "build", *SAMPLES, "--jobs", "2", "--out", str(tmp_path / "out")],
        cwd=HOME, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=listening,
    )  # fmt: skip
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    begin = time.monotonic()
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130 and err in ("", "^C\n"), err
    assert time.monotonic() - begin < 4
    left = {p.name for p in tmp_path.rglob("*") if p.is_file()}
    assert left in (set(), {"screen.pdf", "screen.manifest.json"})


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, True), ({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_colours_on_a_terminal_only(environment: dict[str, str], coloured: bool) -> None:
    master, slave = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    process = subprocess.Popen(
        [*MAKE, "check", "nowhere"], cwd=HOME, stdout=slave, stderr=slave, env={**clean, "TERM": "xterm", **environment}
    )
    os.close(slave)
    seen = b""
    with contextlib.suppress(OSError):  # the other side is closed
        while data := os.read(master, 4096):
            seen += data
    os.close(master)
    assert process.wait(timeout=30) == 4 and "SOURCE-NONE" in seen.decode()
    assert (b"\x1b[" in seen) == coloured


def test_progress_appears_on_a_terminal_only() -> None:
    """Work of more than a second draws a bar on a terminal; the same work in a pipe draws none."""
    code = (
        "import time\n"
        "from pathlib import Path\n"
        "from types import SimpleNamespace\n"
        "from kanyin.pipeline.many import each\n"
        "def build(job):\n"
        "    time.sleep(1.5)\n"
        "    return SimpleNamespace(source=str(job.source))\n"
        "jobs = [SimpleNamespace(source=Path(f'article-{n}')) for n in range(2)]\n"
        "each(build, jobs, 1)\n"
    )
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=HOME,
        stderr=slave,
        stdout=subprocess.PIPE,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(slave)
    seen = b""
    while True:
        try:
            data = os.read(master, 4096)
        except OSError:  # the other side is closed
            break
        if not data:
            break
        seen += data
    process.communicate(timeout=30)
    os.close(master)
    assert process.returncode == 0 and b"1/2" in seen
    piped = subprocess.run([sys.executable, "-c", code], cwd=HOME, capture_output=True, check=True)
    assert piped.stderr == b""


@pytest.mark.parametrize("arguments", ["--version", "schema rights", "check source/news --format json"])
def test_what_cannot_be_said_is_an_error_and_no_stack_trace(arguments: str) -> None:
    command = f"{sys.executable} {MAKE[1]} {arguments}"
    full = subprocess.run(f"{command} >/dev/full", shell=True, cwd=HOME, capture_output=True, text=True, check=False)
    assert (full.returncode, full.stderr) == (5, "make_pdf.py: No space left on device\n")
    for closed in (f"{command} >&-", f"{command} 2>&- >/dev/null"):
        done = subprocess.run(closed, shell=True, cwd=HOME, capture_output=True, text=True, check=False)
        assert done.returncode == 0 and "Traceback" not in done.stderr
