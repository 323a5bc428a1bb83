# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""`python -m bench.rights [quality|speed|growth] [--works N] [--server …]`; exits 1 when a goal is missed."""

from __future__ import annotations

import argparse
import sys

from bench.rights.growth import growth
from bench.rights.quality import report
from bench.rights.speed import speed


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.rights")
    parser.add_argument("what", nargs="?", choices=("quality", "speed", "growth"), default="quality")
    parser.add_argument("--split", choices=("tune", "test"), default="test")
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--works", type=int, default=10_000)
    parser.add_argument("--server", default="", help="speed: postgresql://… of an empty database, instead of a file")
    given = parser.parse_args()
    if given.what == "quality":
        return 1 if report(given.split, given.trials) else 0
    return 1 if (speed(given.works, given.server) if given.what == "speed" else growth(given.works)) else 0


if __name__ == "__main__":
    sys.exit(main())
