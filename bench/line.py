# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""How much CPU the main line costs, beside bare WeasyPrint on the same HTML in the same run.

Every figure is CPU time (user + system) of fresh processes, the median of several; machines are shared and noisy, so
the ratio is what counts. Run by `make bench`; prints a table and exits 1 when a goal is missed.
"""

from __future__ import annotations

import compileall
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
ROUNDS = 5

BARE = """
import os, sys
os.environ["FONTCONFIG_FILE"] = sys.argv[3]
import weasyprint
html = open(sys.argv[1], encoding="utf-8").read()
sheets = [weasyprint.CSS(filename=f) for f in sys.argv[5:]]
weasyprint.HTML(string=html, base_url=sys.argv[4]).write_pdf(sys.argv[2], stylesheets=sheets, pdf_variant="pdf/ua-1")
"""

# the HTML that a build lays out, caught on its way to the engine
CATCH = """
import sys
from pathlib import Path
import kanyin.pipeline.article as article
real = article.paginate
def spy(html, **given):
    Path(sys.argv[1]).write_text(html, encoding="utf-8")
    return real(html, **given)
article.paginate = spy
from kanyin.cli import main
sys.exit(main(sys.argv[2:]))
"""


def cpu(command: Sequence[str]) -> float:
    """CPU seconds of one fresh process and its children."""
    before = os.times()
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    after = os.times()
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return after.children_user + after.children_system - before.children_user - before.children_system


def median(command: Sequence[str], rounds: int = ROUNDS) -> float:
    return statistics.median(cpu(command) for _ in range(rounds))


def thousand(folder: Path) -> None:
    """A project with 1,000 articles: the news sample under as many ids, half of them registered late in the list."""
    for name in ("layouts", "fonts"):
        (folder / name).symlink_to(HOME / name)
    register = (HOME / "rights.yaml").read_text("utf-8")
    start = register.index("  - id: kanyin-sample-news")
    end = register.index("\n  - id: ", start + 1)
    entry = register[start:end]
    more = "".join("\n" + entry.replace("kanyin-sample-news", f"bench-{n:04}") for n in range(1000))
    (folder / "rights.yaml").write_text(register[:end] + more + register[end:], "utf-8")
    text = (HOME / "source/news/article.md").read_text("utf-8")
    for n in range(1000):
        place = folder / "source" / f"a{n:04}"
        shutil.copytree(HOME / "source/news", place)
        (place / "article.md").write_text(text.replace("kanyin-sample-news", f"bench-{n:04}"), "utf-8")


def main() -> int:
    make = [PYTHON, str(HOME / "make_pdf.py")]
    compileall.compile_dir(HOME / "kanyin", quiet=1)  # as pip has done for WeasyPrint
    rows: list[tuple[str, float, float]] = []
    # what check remembers stands outside the project, or it would not be used
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as cache:
        folder = Path(name)
        html, out = folder / "article.html", folder / "out"
        build = ["build", "source/news", "--out", str(out), "-q"]
        cpu([PYTHON, "-c", CATCH, str(html), *build])
        fontconfig = next((HOME / "fonts").rglob("fonts.conf"))
        sheets = [str(p) for p in sorted((HOME / "layouts/journal").glob("*.css"))]
        base = (HOME / "source/news").as_uri() + "/"
        bare_command = [PYTHON, "-c", BARE, str(html), str(folder / "bare.pdf"), str(fontconfig), base, *sheets]
        ours, bare = [], []
        for _ in range(ROUNDS):  # turn by turn, so that a noisy minute hits both
            ours.append(cpu([*make, *build]))
            bare.append(cpu(bare_command))
        rows.append(("build, two pages, cold start (s CPU)", statistics.median(ours), 2.0))
        rows.append(("bare WeasyPrint on the same HTML (s CPU)", statistics.median(bare), float("inf")))
        rows.append(("ratio", statistics.median(ours) / statistics.median(bare), 2.0))
        rows.append(("make_pdf.py --help (s CPU)", median([*make, "--help"]), 0.15))
        thousand(folder)
        check = [*make, "check", str(folder / "source"), "--rights", str(folder / "rights.yaml"), "-q"]
        os.environ["XDG_CACHE_HOME"] = cache
        start = time.monotonic()
        cpu(check)
        rows.append(("check of 1,000 articles, all cores (s wall)", time.monotonic() - start, float("inf")))
        # in one process: the CPU of a pool's workers is not told to the process that waits here
        once = [*check, "--jobs", "1"]
        fresh = []
        for _ in range(3):
            shutil.rmtree(Path(cache, "kanyin"))
            fresh.append(cpu(once))
        rows.append(("check of 1,000 articles, one process (s CPU)", statistics.median(fresh), 5.0))
        rows.append(("the same again, nothing changed (s CPU)", median(once, 3), 5.0))
    missed = 0
    for what, value, goal in rows:
        verdict = "" if goal == float("inf") else ("ok" if value <= goal else "MISSED")
        missed += verdict == "MISSED"
        print(f"{what:45} {value:8.3f}   {'' if goal == float('inf') else f'goal {goal:g}':10} {verdict}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
