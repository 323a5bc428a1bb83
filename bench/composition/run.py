# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""All systems on all texts, in one run: quality and CPU time side by side, page pictures in `build/bench/`.

python -m bench.composition [--systems kanyin,Typst] [--texts cohort] [--layouts "one column"] [--speed]
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.composition import texts
from bench.composition.measures import Measures, measure
from bench.composition.systems import EM, HOME, LAYOUTS, Made, edges, systems

BUILD = HOME / "build" / "bench"
HEAD = (
    "system", "full", "off>1pt", "SD", "max", "pairs", "ends", "openers", "gap mean/min/max", "edge", "space", "1-char",
    "start", "end", "split", "over pt", "base pt", "text", "kB", "CPU s",
)  # fmt: skip


def row(name: str, m: Measures, made: Made) -> tuple[str, ...]:
    text = "exact" if m.exact else f"{m.found:.4f}" + (f" {m.radicals} radicals" if m.radicals else "")
    if m.spaces_between_han:
        text += f" {m.spaces_between_han} spaces"
    return (
        name, str(m.full_lines), f"{m.off_edge_share:.1%}", f"{m.pitch_sd:.4f}", f"{m.pitch_max:.3f}",
        f"{m.pairs_squeezed}/{m.pairs}", f"{m.end_marks_half}/{m.end_marks}",
        f"{m.start_openers_half}/{m.start_openers}",
        f"{m.gap_mean:.3f} {m.gap_min:.3f} {m.gap_max:.3f}", f"{m.gap_at_edges:.2f}", f"{m.word_space_max:.2f}",
        str(m.single_last), str(m.bad_starts), str(m.bad_ends), str(m.split_total), f"{m.over_edge_max_pt:.2f}",
        f"{m.baseline_offset_pt:.2f}", text, f"{made.pdf.stat().st_size / 1000:.0f}", f"{made.cpu:.2f}",
    )  # fmt: skip


def table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(r[i]) for r in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(r, widths, strict=True)).rstrip() for r in rows)


def picture(pdf: Path) -> None:
    """The first page at 150 dpi, beside the PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    document[0].render(scale=150 / 72).to_pil().save(pdf.with_suffix(".png"))
    document.close()


def compare(only: Sequence[str], which: Sequence[str], layouts: Sequence[str], *, pictures: bool) -> list[str]:
    """Print the tables; returns what failed."""
    failed: list[str] = []
    known = [s for s in systems() if not only or s.name in only]
    for system in known:
        if system.missing:
            print(f"SKIP {system.name}: {system.missing}")
    for layout in layouts:
        for name in which:
            paragraphs = texts.load(name)
            source = texts.plain(paragraphs)
            rows: list[tuple[str, ...]] = [HEAD]
            print(f"\n{name}, {layout}, {len(''.join(source.split()))} characters")
            for system in known:
                if system.missing:
                    continue
                out = BUILD / f"{name}-{layout.split()[0]}-{system.name.lower()}.pdf"
                try:
                    made = system.make(paragraphs, layout, out)
                    found = measure(out, source, EM, edges(layout))
                except Exception as error:  # one system's failure is a result, not the end of the run
                    failed.append(f"{system.name}, {name}, {layout}: {error!r}")
                    rows.append((system.name, "FAILED", *[""] * (len(HEAD) - 2)))
                    continue
                rows.append(row(system.name, found, made))
                if system.name == "kanyin":
                    worst = found.worst
                if pictures:
                    picture(out)
            print(table(rows))
            if any(r[0] == "kanyin" and r[1] != "FAILED" for r in rows):
                for what, places in worst.items():
                    print(f"  kanyin {what}: " + " ; ".join(places[:6]))
    return failed


def speed(pages: Sequence[int] = (40, 400), rounds: int = 3) -> bool:
    """CPU of layout and writing, ours beside stock, the median of several; false when a goal is missed."""
    good = True
    ours, stock = systems()[:2]
    paragraphs = [p for name in texts.names() for p in texts.load(name)]
    per_page = 2350  # characters a page of two columns holds, headings and all
    size = sum(len(p.plain) for p in paragraphs)
    print()
    for wanted in pages:
        times = max(1, round(wanted * per_page / size))
        much = paragraphs * times
        spent: dict[str, list[float]] = {"kanyin": [], "WeasyPrint": []}
        peak: dict[str, float] = {}
        for _ in range(rounds if wanted < 100 else 1):  # turn by turn, so that a noisy minute hits both
            for system in (ours, stock):
                made = system.make(much, "two columns", BUILD / f"speed-{wanted}-{system.name.lower()}.pdf")
                spent[system.name].append(made.inner["layout"] + made.inner["write"])
                peak[system.name] = made.inner["peak_mb"]
        own, other = (statistics.median(spent[s]) for s in ("kanyin", "WeasyPrint"))
        good = good and own <= other and (wanted < 400 or peak["kanyin"] <= 350)
        print(f"{made.inner['pages']:.0f} pages: kanyin {own:.2f} s CPU, {peak['kanyin']:.0f} MB; "
              f"WeasyPrint {other:.2f} s, {peak['WeasyPrint']:.0f} MB; ratio {own / other:.2f} (goal 1.0)")  # fmt: skip
    return good


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.composition", description="Compare systems on Chinese text.")
    parser.add_argument("--systems", default="", help="names, by comma; all by default")
    parser.add_argument("--texts", default=",".join(texts.names()))
    parser.add_argument("--layouts", default=",".join(LAYOUTS))
    parser.add_argument("--speed", action="store_true", help="40 and 400 pages, ours beside stock (minutes)")
    parser.add_argument("--no-pictures", action="store_true")
    given = parser.parse_args(arguments)
    BUILD.mkdir(parents=True, exist_ok=True)
    only = [s for s in given.systems.split(",") if s]
    failed = compare(only, given.texts.split(","), given.layouts.split(","), pictures=not given.no_pictures)
    good = speed() if given.speed else True
    for what in failed:
        print("FAILED", what)
    return 1 if failed or not good else 0


if __name__ == "__main__":
    sys.exit(main())
