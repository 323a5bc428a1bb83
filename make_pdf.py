#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The entry: finds the environment that `make pdf` set up, and calls the command line."""

import os
import signal
import sys


def main() -> int:
    from importlib.util import find_spec
    from pathlib import Path

    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:  # closed: the next file to be opened would take its place
            os.dup2(os.open(os.devnull, os.O_RDWR), number)
            os.set_inheritable(number, True)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", closefd=False))
    venv = Path(__file__).resolve().parent / ".venv"
    python = venv / "bin" / "python"
    # the mark -X kanyin keeps a broken .venv from calling itself for ever
    if python.is_file() and not venv.samefile(sys.prefix) and "kanyin" not in sys._xoptions:
        os.execv(python, [str(python), "-X", "utf8", "-X", "kanyin", __file__, *sys.argv[1:]])
    if find_spec("weasyprint") is None:
        print("尚未安装，请运行 / not set up yet, please run: make pdf", file=sys.stderr)
        return 5
    from kanyin.cli import main as run

    return run()


if __name__ == "__main__":
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # until a command takes care of it nothing has begun that would have to be taken back
        signal.signal(signal.SIGINT, lambda number, frame: os._exit(130))
    sys.exit(main())
