# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The console examples of both READMEs, run: what they show is what the program prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from house.source import HOME

from kanyin.config.register import load_register

READMES = {"README.md": "zh_CN.UTF-8", "README.en.md": "en_GB.UTF-8"}
SAMPLES = {"kanyin-sample-research", "kanyin-sample-news", "kanyin-sample-journal"}


def transcript(block: str, locale: str) -> str:
    """The block with what its commands print now; `$ echo $?` shows how the command before it ended."""
    said = []
    code = 0
    for command in re.findall(r"^\$ (.*)$", block, re.MULTILINE):
        said.append(f"$ {command}\n")
        if command == "echo $?":
            said.append(f"{code}\n")
            continue
        program, *arguments = command.split()
        assert program == "./make_pdf.py", command
        done = subprocess.run(
            [sys.executable, "make_pdf.py", *arguments],
            cwd=HOME,
            env={**os.environ, "LC_ALL": locale},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        said.append(done.stdout)
        code = done.returncode
    return "".join(said)


@pytest.mark.parametrize("name", READMES)
def test_console_examples_show_what_is_printed(name: str) -> None:
    blocks = re.findall(r"^```console\n(.*?)^```$", (HOME / name).read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert blocks
    for block in blocks:
        printed = transcript(block, READMES[name])
        if {work.id for work in load_register(HOME / "rights.yaml").works} != SAMPLES:
            # whoever registers works of their own moves the lines of the samples
            block, printed = (re.sub(r"(?m)^rights\.yaml:\d+:\d+:", "rights.yaml:", text) for text in (block, printed))
        assert printed == block
