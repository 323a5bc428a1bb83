# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The systems that set the same text: each its own input, the same faces, size, leading and measure.

What is not installed is answered with a reason, never passed over in silence.
"""

from __future__ import annotations

import html
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.composition.texts import Paragraph

HOME = Path(__file__).resolve().parents[2]
FONTS = HOME / "fonts"
EM, LEADING = 9.5, 15.0
MM = 72 / 25.4
PAGE = (210.0, 297.0)
TOP = 20.0
# layout → left edge and width of each column, mm
LAYOUTS: dict[str, list[tuple[float, float]]] = {
    "two columns": [(17.0, 84.0), (109.0, 84.0)],
    "one column": [(45.0, 120.0)],
}


@dataclass(frozen=True)
class Made:
    """A finished PDF. `cpu` is of the whole process; `inner` what a worker says of itself (seconds and MB)."""

    pdf: Path
    cpu: float
    inner: dict[str, float]


def edges(layout: str) -> list[tuple[float, float]]:
    """Column edges in pt."""
    return [(left * MM, (left + width) * MM) for left, width in LAYOUTS[layout]]


def run(command: Sequence[str], folder: Path) -> tuple[float, str]:
    """CPU seconds and output of one process and its children. Raises RuntimeError with what it said."""
    before = os.times()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    after = os.times()
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {(done.stdout + done.stderr)[-1500:]}")
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return spent, done.stdout


# ---------------------------------------------------------------- HTML: ours, stock WeasyPrint, Chromium

_TAGS = {"sup": "sup", "italic": "i", "bold": "b"}


def as_html(paragraphs: Sequence[Paragraph], layout: str, *, faces: str = "") -> str:
    left, width = LAYOUTS[layout][0]
    whole = LAYOUTS[layout][-1][0] + width - left
    number = len(LAYOUTS[layout])
    gap = LAYOUTS[layout][1][0] - left - width if number > 1 else 0
    body = []
    for paragraph in paragraphs:
        inner = "".join(
            f"<{_TAGS[kind]}>{html.escape(text)}</{_TAGS[kind]}>" if kind in _TAGS else html.escape(text)
            for kind, text in paragraph.runs
        )
        body.append(f"<h2>{inner}</h2>" if paragraph.heading else f"<p>{inner}</p>")
    return f"""<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>bench</title><style>
{faces}
@page {{ size: {PAGE[0]}mm {PAGE[1]}mm; margin: {TOP}mm {PAGE[0] - left - whole}mm {TOP}mm {left}mm }}
html {{ font: {EM}pt/{LEADING}pt "Kanyin Song", "Kanyin Rare", "Kanyin Rare B", "Kanyin Symbols" }}
body {{ margin: 0; columns: {number}; column-gap: {gap}mm; text-align: justify; text-justify: inter-character;
  text-autospace: normal; text-spacing-trim: trim-both; line-break: strict; text-wrap: pretty; hyphens: auto;
  overflow-wrap: break-word; orphans: 2; widows: 2 }}
p {{ margin: 0; text-indent: 2em }}
h2 {{ margin: 0; font-size: 1em; font-weight: 700; text-align: left; break-after: avoid }}
i {{ font-family: "Kanyin Latin", "Kanyin Song"; font-style: italic }}
sup {{ font-size: .65em; line-height: 0; vertical-align: .35em }}
</style><body>{"".join(body)}</body></html>"""


def _weasyprint(how: str) -> Callable[[Sequence[Paragraph], str, Path], Made]:
    def make(paragraphs: Sequence[Paragraph], layout: str, out: Path) -> Made:
        source = out.with_suffix(".html")
        source.write_text(as_html(paragraphs, layout), "utf-8")
        fontconfig = next(FONTS.rglob("fonts.conf"))
        worker = str(Path(__file__).with_name("worker.py"))
        spent, said = run([sys.executable, worker, how, str(source), str(out), str(fontconfig)], out.parent)
        return Made(out, spent, json.loads(said))

    return make


def _face(family: str, file: str, more: str = "") -> str:
    return f'@font-face {{ font-family: "{family}"; src: url("{(FONTS / file).as_uri()}"); {more} }}\n'


def _chromium(paragraphs: Sequence[Paragraph], layout: str, out: Path) -> Made:
    faces = (
        _face("Kanyin Song", "kanyin-song.otf") + _face("Kanyin Song", "kanyin-song-bold.otf", "font-weight: 700")
        + _face("Kanyin Latin", "kanyin-latin-italic.ttf", "font-style: italic")
        + _face("Kanyin Rare", "kanyin-rare-a.ttf") + _face("Kanyin Rare B", "kanyin-rare-b.ttf")
        + _face("Kanyin Symbols", "kanyin-symbols.ttf")
    )  # fmt: skip
    source = out.with_suffix(".html")
    source.write_text(as_html(paragraphs, layout, faces=faces), "utf-8")
    program = _program("chromium", "google-chrome", "chrome")
    spent, _ = run(
        [str(program), "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
         "--no-pdf-header-footer", "--virtual-time-budget=20000", f"--user-data-dir={out.parent / 'chromium'}",
            f"--print-to-pdf={out}",
         source.as_uri()], out.parent)  # fmt: skip
    return Made(out, spent, {})


# ---------------------------------------------------------------- Typst


def _typst(paragraphs: Sequence[Paragraph], layout: str, out: Path) -> Made:
    left, width = LAYOUTS[layout][0]
    whole = LAYOUTS[layout][-1][0] + width - left
    gap = LAYOUTS[layout][1][0] - left - width if len(LAYOUTS[layout]) > 1 else 0

    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    wrap = {
        "text": "#{}",
        "bold": "#strong({})",
        "italic": '#text(font: ("Kanyin Latin", "Kanyin Song"), style: "italic", {})',
        "sup": "#super(typographic: false, size: .65em, baseline: -.35em, {})",
    }
    body = []
    for paragraph in paragraphs:
        inner = "".join(wrap[kind].format(quoted(text)) + "#[]" for kind, text in paragraph.runs)
        body.append(f"#heading[{inner}]" if paragraph.heading else inner)
    source = out.with_suffix(".typ")
    source.write_text(
        f"""#set page(width: {PAGE[0]}mm, height: {PAGE[1]}mm, columns: {len(LAYOUTS[layout])},
  margin: (left: {left}mm, right: {PAGE[0] - left - whole}mm, y: {TOP}mm))
#set columns(gutter: {gap}mm)
#set text(font: ("Kanyin Song", "Kanyin Rare", "Kanyin Rare B", "Kanyin Symbols"), size: {EM}pt,
  lang: "zh", region: "cn", top-edge: .8em, bottom-edge: -.2em)
#set par(justify: true, leading: {LEADING - EM}pt, spacing: {LEADING - EM}pt,
  first-line-indent: (amount: 2em, all: true))
#show heading: set text(size: {EM}pt, weight: "bold")
#show heading: set block(above: {LEADING - EM}pt, below: {LEADING - EM}pt)
#show heading: set par(first-line-indent: 0pt)
"""
        + "\n\n".join(body),
        "utf-8",
    )
    program = (
        f"import typst; typst.compile({str(source)!r}, output={str(out)!r}, root='/', font_paths=[{str(FONTS)!r}], "
        "ignore_system_fonts=True)"
    )
    spent, _ = run([sys.executable, "-c", program], out.parent)
    return Made(out, spent, {})


# ---------------------------------------------------------------- XeLaTeX with xeCJK

_TEX = {c: f"\\{c}" for c in "#$%&_{}"} | {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
}


def _xelatex(paragraphs: Sequence[Paragraph], layout: str, out: Path) -> Made:
    left, width = LAYOUTS[layout][0]
    two = len(LAYOUTS[layout]) > 1
    whole = LAYOUTS[layout][-1][0] + width - left
    gap = LAYOUTS[layout][1][0] - left - width if two else 0
    wrap = {"text": "{}", "bold": "\\textbf{{{}}}", "italic": "\\textit{{{}}}",
            "sup": "\\raisebox{{.35em}}{{\\fontsize{{6.2}}{{6.2}}\\selectfont {}}}"}  # fmt: skip
    body = []
    for paragraph in paragraphs:
        inner = "".join(wrap[kind].format("".join(_TEX.get(c, c) for c in text)) for kind, text in paragraph.runs)
        body.append(f"\\noindent\\textbf{{{inner}}}\\nopagebreak" if paragraph.heading else inner)
    source = out.with_suffix(".tex")
    folder = str(FONTS) + "/"
    source.write_text(
        f"""\\documentclass[{"twocolumn" if two else "onecolumn"}]{{article}}
\\usepackage[paperwidth={PAGE[0]}mm,paperheight={PAGE[1]}mm,left={left}mm,textwidth={whole}mm,top={TOP}mm,
  bottom={TOP}mm,columnsep={gap}mm,nohead,nofoot]{{geometry}}
\\usepackage{{xeCJK}}
\\xeCJKsetup{{PunctStyle=kaiming,CheckSingle=true,CJKecglue={{\\hskip .22em plus .04em minus .05em}}}}
\\setmainfont[Path={folder},BoldFont=kanyin-song-bold.otf,ItalicFont=kanyin-latin-italic.ttf]{{kanyin-song.otf}}
\\setCJKmainfont[Path={folder},BoldFont=kanyin-song-bold.otf,FallBack=kanyin-rare-a.ttf]{{kanyin-song.otf}}
\\pagestyle{{empty}}\\setlength\\parindent{{2em}}\\setlength\\parskip{{0pt}}
\\makeatletter\\renewcommand\\normalsize{{\\@setfontsize\\normalsize{{{EM}bp}}{{{LEADING}bp}}}}\\makeatother
\\AtBeginDocument{{\\normalsize\\setlength\\parindent{{2em}}\\setlength\\topskip{{{EM}bp}}}}
\\begin{{document}}\\normalsize
"""
        + "\n\n".join(body)
        + "\n\\end{document}\n",
        "utf-8",
    )
    spent, _ = run(
        ["xelatex", "-interaction=nonstopmode", "-no-shell-escape", f"-jobname={out.stem}", source.name], out.parent
    )
    return Made(out, spent, {})


# ---------------------------------------------------------------- the list


def _program(*names: str) -> str | None:
    return next((found for name in names if (found := shutil.which(name))), None)


@dataclass(frozen=True)
class System:
    """`missing` says why it cannot run here, or is empty."""

    name: str
    missing: str
    make: Callable[[Sequence[Paragraph], str, Path], Made]


def systems() -> list[System]:
    typst = "" if importlib.util.find_spec("typst") else "Python package typst is not installed"
    chromium = "" if _program("chromium", "google-chrome", "chrome") else "no chromium on the PATH"
    xelatex = "" if _program("xelatex") else "no xelatex on the PATH"
    if not xelatex and subprocess.run(["kpsewhich", "xeCJK.sty"], capture_output=True, check=False).returncode:
        xelatex = "xelatex without xeCJK"
    return [
        System("kanyin", "", _weasyprint("ours")),
        System("WeasyPrint", "", _weasyprint("stock")),
        System("Typst", typst, _typst),
        System("XeLaTeX", xelatex, _xelatex),
        System("Chromium", chromium, _chromium),
    ]
