# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A drawing that asks for more than a figure does is refused before the engine draws it; figures are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_samples import HOME

from kanyin.pdf.drawing import MOST_CHARACTERS, too_much
from kanyin.pdf.fetch import Gate, Refused

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def uses(levels: int, times: int = 10) -> str:
    """`levels` groups, each of which uses the one before `times` times."""
    groups = "".join(f'<g id="a{n}">' + f'<use xlink:href="#a{n - 1}"/>' * times + "</g>" for n in range(1, levels))
    return f'{SVG}<defs><g id="a0"><path/></g>{groups}</defs><use href="#a{levels - 1}"/></svg>'


DRAWINGS = {
    "use of use, ten million times": (uses(8), True),
    "use of use, a thousand times": (uses(4), False),
    "uses itself": (f'{SVG}<g id="a"><use href="#a"/></g></svg>', True),
    "uses what uses it": (f'{SVG}<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g></svg>', True),
    "uses what is not there": (f'{SVG}<use href="#a"/><use href="other.svg#b"/><use/></svg>', False),
    "three thousand levels": (SVG + "<g>" * 3000 + "</g>" * 3000 + "</svg>", True),
    "a book": (SVG + "<text>" + "字" * (MOST_CHARACTERS + 1) + "</text></svg>", True),
    "long labels": (SVG + "<text>" + "字" * MOST_CHARACTERS + "</text></svg>", False),
    "a plot of fifty thousand points": (SVG + "<circle/>" * 50_000 + "</svg>", False),
    "no XML": ("<svg", False),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_what_a_drawing_asks_for_is_counted(name: str) -> None:
    text, expected = DRAWINGS[name]
    assert too_much(text.encode()) is expected


def test_it_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "figure.svg"
    file.write_text(uses(8), "utf-8")
    gate = Gate([tmp_path])
    with pytest.raises(Refused):
        gate.open(file.as_uri())
    assert [(found.code, found.where.file) for found in gate.findings] == [("RESOURCE-DRAWING", str(file))]


def test_without_the_count_the_engine_would_be_given_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a small bound, so that what the count stopped can really be drawn."""
    file = tmp_path / "figure.svg"
    file.write_text(uses(4), "utf-8")
    monkeypatch.setattr("kanyin.pdf.drawing.MOST_SHAPES", 500)
    gate = Gate([tmp_path])
    with pytest.raises(Refused):
        gate.open(file.as_uri())
    monkeypatch.setattr("kanyin.pdf.fetch.too_much", lambda data: False)
    open_gate = Gate([tmp_path])
    assert open_gate.open(file.as_uri()) and not open_gate.findings


def test_the_figures_of_the_samples_are_drawn() -> None:
    figures = [*(HOME / "source").rglob("*.svg"), *(HOME / "layouts").rglob("*.svg")]
    assert figures
    assert not any(too_much(figure.read_bytes()) for figure in figures)
