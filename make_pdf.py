#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The entry: finds the environment that `make pdf` set up, and calls the command line."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

HOME = Path(__file__).resolve().parent
VENV = HOME / ".venv"


def main() -> int:
    python = VENV / "bin" / "python"
    # the mark -X kanyin keeps a broken .venv from calling itself for ever
    if python.is_file() and not VENV.samefile(sys.prefix) and "kanyin" not in sys._xoptions:
        os.execv(python, [str(python), "-X", "utf8", "-X", "kanyin", __file__, *sys.argv[1:]])
    if find_spec("weasyprint") is None:
        print("尚未安装，请运行 / not set up yet, please run: make pdf", file=sys.stderr)
        return 5
    from kanyin.cli import main as run

    return run()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:  # before the command line could take care of it
        sys.exit(130)
