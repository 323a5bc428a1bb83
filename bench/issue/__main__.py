# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""How much an issue costs: `python -m bench.issue [ARTICLES SECTIONS]`, by default 12 articles on about 100 pages.

Cold, again without a change, and after a change in one article; beside bare WeasyPrint on the same HTML in the same
run, and beside Typst, XeLaTeX and Chromium on the same text without its tables and pictures. Machines are shared:
ratios count, and those of CPU time more than those of the clock. Exits 1 when a goal is missed.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from bench.composition.systems import systems
from bench.composition.texts import Paragraph
from bench.issue.measure import Cost, cost
from bench.issue.project import HOME, write

# the HTML that a build lays out, caught on its way to the engine
CATCH = """
import sys
from pathlib import Path
from kanyin.pipeline import sheets
real = sheets.Bench._lay
def spy(bench, number, sheet):
    if number >= 0:
        (Path(sys.argv[1]) / f"{number:03}.html").write_text(sheet.html, encoding="utf-8")
    return real(bench, number, sheet)
sheets.Bench._lay = spy
from kanyin.cli import main
sys.exit(main(sys.argv[2:]))
"""
BARE = """
import os, sys
from pathlib import Path
os.environ["FONTCONFIG_FILE"] = sys.argv[2]
import weasyprint
for n, page in enumerate(sorted(Path(sys.argv[1]).glob("*.html")), start=1):
    sheets = [weasyprint.CSS(filename=f) for f in sys.argv[4:]]
    html = weasyprint.HTML(string=page.read_text("utf-8"), base_url=f"{sys.argv[3]}a{n:02}/")
    html.write_pdf(page.with_suffix(".pdf"), stylesheets=sheets, pdf_variant="pdf/ua-1")
"""


def paragraphs(folder: Path) -> list[Paragraph]:
    """The running text of all articles."""
    found = []
    for path in sorted(folder.glob("source/a*/article.md")):
        for block in path.read_text("utf-8").split("\n---\n", 1)[1].split("\n\n"):
            if block.startswith(("|", "表", "图", "!", "注", "资料见", "趋势见")) or not block.strip():
                continue
            text = re.sub(r"\[@\w+\]|[*#]", "", block).strip()
            found.append(Paragraph(block.startswith("#"), (("text", text),)))
    return found


def main(articles: int = 12, sections: int = 12) -> int:
    python, make = sys.executable, str(HOME / "make_pdf.py")
    missed = 0
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as cache:
        os.environ |= {"XDG_CACHE_HOME": cache, "PYTHONPATH": str(HOME)}
        folder = Path(name)
        write(folder, articles, sections)
        page_html = folder / "html"
        page_html.mkdir()
        build = [python, make, "build", "source/issue", "-q"]
        cost([python, "-c", CATCH, str(page_html), *build[2:], "--jobs", "1"], folder)
        shutil.rmtree(Path(cache, "kanyin"))
        fontconfig = next((HOME / "fonts").rglob("fonts.conf"))
        sheets = [str(HOME / "layouts/journal" / f"{n}.css") for n in ("page", "text", "front", "floats", "issue")]
        base = (folder / "source").as_uri() + "/"
        bare = cost([python, "-c", BARE, str(page_html), str(fontconfig), base, *sheets], folder)
        cold = cost(build, folder)
        warm = cost(build, folder)
        article = folder / "source/a05/article.md"
        article.write_text(article.read_text("utf-8").replace("第1部分", "第一部分"), "utf-8")
        changed = cost(build, folder)
        told: list[tuple[str, Cost]] = [("bare WeasyPrint, one process", bare), ("cold", cold)]
        told += [("again, nothing changed", warm), ("one article changed", changed)]
        for system in systems()[2:]:
            if system.missing:
                print(f"{system.name}: not measured: {system.missing}")
                continue
            made = system.make(paragraphs(folder), "two columns", folder / f"{system.name.lower()}.pdf")
            told.append((f"{system.name}, running text alone", Cost(made.cpu, float("nan"), float("nan"))))
        pages = _pages(folder / "build/issue/screen.pdf")
        size = (folder / "build/issue/screen.pdf").stat().st_size / 1e6
        print(f"{articles} articles, {pages} pages, {size:.1f} MB")
        print(f"{'':36}{'s CPU':>9}{'s clock':>9}{'MB':>7}")
        for what, one in told:
            print(f"{what:36}{one.cpu:9.1f}{one.wall:9.1f}{one.memory:7.0f}")
        goals = [
            ("cold, CPU beside bare WeasyPrint", cold.cpu / bare.cpu, 1.3),
            ("cold, clock beside bare WeasyPrint", cold.wall / bare.wall, 0.6),
            ("one article changed, CPU beside cold", changed.cpu / cold.cpu, 0.15),
            ("megabytes of all processes, cold", cold.memory, 600),
        ]
        for what, value, goal in goals:
            missed += value > goal
            print(f"{what:45} {value:8.2f}   goal {goal:g}  {'ok' if value <= goal else 'MISSED'}")
    return 1 if missed else 0


def _pages(path: Path) -> int:
    import pikepdf

    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
