# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The texts that every system sets, in a markup so small that each system's own input can be written from it.

Paragraphs are parted by blank lines; `# ` begins a heading, `^[1,3]^` raises a citation, `*…*` slants, `**…**` makes
bold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "texts"
_RUN = re.compile(r"\^(?P<sup>\[[\d,\-]+\])\^|\*\*(?P<bold>[^*\n]+)\*\*|\*(?P<italic>[^*\n]+)\*")


@dataclass(frozen=True)
class Paragraph:
    """`runs` are (kind, text), kind one of text, sup, italic, bold."""

    heading: bool
    runs: tuple[tuple[str, str], ...]

    @property
    def plain(self) -> str:
        return "".join(text for _, text in self.runs)


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.md"))


def load(name: str) -> list[Paragraph]:
    return parse((FOLDER / f"{name}.md").read_text("utf-8"))


def parse(text: str) -> list[Paragraph]:
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    paragraphs: list[Paragraph] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        line = " ".join(block.split("\n")).strip()
        heading = line.startswith("# ")
        runs: list[tuple[str, str]] = []
        position = 0
        line = line[2:] if heading else line
        for found in _RUN.finditer(line):
            if found.start() > position:
                runs.append(("text", line[position : found.start()]))
            runs.append((str(found.lastgroup), str(found[str(found.lastgroup)])))
            position = found.end()
        if position < len(line):
            runs.append(("text", line[position:]))
        paragraphs.append(Paragraph(heading, tuple(runs)))
    return paragraphs


def plain(paragraphs: list[Paragraph]) -> str:
    """The text alone, a paragraph a line."""
    return "\n".join(p.plain for p in paragraphs)
