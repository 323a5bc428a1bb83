# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What the tools say of the whole: style, types, licences, and words that belong to no project."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from house.source import HOME, own_files

# spelt in pieces, so that this file does not hold them
REGISTRIES = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".", "deb" + ".debian.org", "--index" + "-url"]
PLACES = [r"(?<![\w.~$}/])/" + name + r"/\w" for name in ("work", "root", "home", "tmp")]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    tool = Path(sys.executable).with_name(command[0])
    return subprocess.run([tool, *command[1:]], cwd=HOME, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "--output-format=concise"),
        ("ruff", "format", "--check"),
        ("mypy",),
    ],
    ids=lambda command: command[0] + ("-format" if "format" in command else ""),
)
def test_tools_have_nothing_to_say(command: tuple[str, ...]) -> None:
    done = run(*command)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_file_names_its_holder_and_licence() -> None:
    """`reuse lint`, of the project's own files: an article that somebody is writing under `source/` is theirs."""
    report = json.loads(run("reuse", "lint", "--json").stdout)
    own = {str(path.relative_to(HOME)) for path in own_files()}
    faults = report["non_compliant"]
    for kind in ("missing_copyright_info", "missing_licensing_info", "read_errors"):
        assert not own & set(faults.pop(kind)), kind
    for kind in ("bad_licenses", "missing_licenses"):
        assert not [name for name, files in faults.pop(kind).items() if own & set(files)], kind
    assert not [kind for kind, found in faults.items() if found]
    licences = {name for name in own if name.startswith(("LICENSE", "LICENSES/")) or name.endswith(".license")}
    assert own <= {file["path"] for file in report["files"]} | licences


def test_no_address_of_a_registry_and_no_place_of_one_machine() -> None:
    pattern = re.compile("|".join([*map(re.escape, REGISTRIES), *PLACES]))
    found = []
    for path in own_files():
        if path.suffix in (".png", ".pdf", ".icc") or path.name == Path(__file__).name:
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if match := pattern.search(line):
                found.append(f"{path.relative_to(HOME)}:{number}: {match[0]}")
    assert not found


def test_nothing_is_left_to_do_later() -> None:
    mark = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    assert not [
        str(p.relative_to(HOME)) for p in own_files() if p.suffix == ".py" and mark.search(p.read_text("utf-8"))
    ]
