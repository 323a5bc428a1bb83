# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What a style sheet of an author can do to the notice: nothing. It is stamped later, or the file is refused before.

Each case is rendered by WeasyPrint. Either the zone is found occupied, or the stamped file is clean.
"""

from __future__ import annotations

import pytest
from pdf_samples import A4, ZONE, faults, laid_out, permit, put

from kanyin.preflight.zone import occupied

DOT = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"
)
PALE = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><circle r='9' fill='white'/></svg>"
)
HAIRS = "".join(f"<path d='M0 {y / 5} L900 {y / 5 + 0.0003} L900 {y / 5 + 0.0005} Z'/>" for y in range(300))
THIN = f"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='900pt' height='60pt'>{HAIRS}</svg>"
NOTE = '<div id="x">注</div>'

OCCUPIES = {
    "fixed element": ("#x { position: fixed; bottom: -20mm; left: 0; right: 0 }", NOTE),
    "fixed black box": ("#x { position: fixed; bottom: -25mm; height: 20mm; width: 170mm; background: #000 }", NOTE),
    "fixed tinted box": (
        "#x { position: fixed; bottom: -25mm; height: 20mm; width: 170mm; background: #f4f4f4 }",
        NOTE,
    ),
    "absolute element": ("#x { position: absolute; top: 265mm }", NOTE),
    "relative element": ("#x { position: relative; top: 205mm }", NOTE),
    "negative margin": ("#x { position: fixed; bottom: 0; margin-bottom: -20mm }", NOTE),
    "moved by transform": ("#x { position: fixed; bottom: 0; transform: translateY(20mm) }", NOTE),
    "high z-index": ("#x { position: fixed; bottom: -20mm; z-index: 2147483647; background: #333 }", NOTE),
    "page background": ("@page { background: #888 }", ""),
    "page background image": (f'@page {{ background: url("{DOT}") repeat }}', ""),
    "hairs that one viewer leaves out": (
        f'@page {{ background: url("{THIN}") no-repeat left -80px bottom -101px }}',
        "",
    ),
    "white text": ("#x { position: fixed; bottom: -15mm; color: #fff }", NOTE),
    "white drawing": (
        "#x { position: fixed; bottom: -25mm; width: 170mm; height: 60mm }",
        f'<img id="x" src="{PALE}" alt="x">',
    ),
    "page margin of nothing": ("@page { margin: 0 } p { line-height: 65mm }", NOTE),
    "margin box at the bottom": ('@page { @bottom-center { content: "页脚"; vertical-align: bottom } }', ""),
    "margin box left": ('@page { @bottom-left { content: "■"; font-size: 40pt } }', ""),
    "margin box corner": ('@page { @bottom-left-corner { content: " "; background: #555 } }', ""),
    "border of the page": ("@page { border: 1pt solid #000; margin: 5mm }", ""),
    "outline": ("#x { position: fixed; bottom: 0; outline: 20mm solid #999 }", NOTE),
    "shadow by border": ("#x { position: fixed; bottom: -15mm; border: 3mm solid #000 }", NOTE),
    "overflowing picture": (
        "#y { position: fixed; bottom: -25mm; width: 170mm; height: 60mm }",
        f'<img id="y" src="{DOT}" alt="x">',
    ),
    "link without ink": (
        "a { position: fixed; bottom: -20mm; left: 50mm; color: transparent }",
        '<a href="https://example.org">看</a>',
    ),
    "footnotes pushed down": ("@page { @footnote { margin-bottom: -20mm } } #x { float: footnote }", NOTE),
    "table taller than the page": ("#x { height: 400mm; background: #ddd; position: absolute; top: 0 }", NOTE),
}

WHITE = "#x { position: fixed; bottom: -25mm; height: 25mm; width: 170mm; background: #fff; color: #fff }"
MIXED = "@page :first { size: A5 landscape; margin: 10mm 10mm 25mm } @page :left { size: A4 landscape }"

HARMLESS = {
    "white fixed box": (WHITE, NOTE),
    "canvas background, which ends at the margins": ("html { background: #eee }", ""),
    "white page": ("@page { background: white }", ""),
    "white margin box": ("@page { @bottom-center { content: ' '; background: #fff; height: 25mm; width: 200mm } }", ""),
    "all is hidden": ("* { visibility: hidden !important }", ""),
    "all is transparent": ("* { opacity: 0 !important; color: transparent !important }", ""),
    "all is white": ("* { color: #fff !important; background: #fff !important }", ""),
    "all is tiny": ("* { font-size: 0.01pt !important; line-height: 0 !important }", ""),
    "all is far away": ("* { position: relative; left: -900mm !important }", ""),
    "all is turned": ("body { transform: rotate(90deg) scale(0.1) }", ""),
    "no margin boxes": ("@page { @bottom-center { content: none; display: none } }", ""),
    "clipped body": ("body { overflow: hidden; height: 0 }", ""),
    "named page": ("@page bare { margin: 20mm 20mm 25mm } section { page: bare }", ""),
    "first page differs": (MIXED, ""),
    "font that takes the name": ('@font-face { font-family: "Kanyin Song"; src: local("Kanyin Kai") }', ""),
    "blend mode": ("body { mix-blend-mode: difference }", ""),
}


@pytest.mark.parametrize("name", OCCUPIES)
def test_what_reaches_into_the_zone_is_refused(name: str) -> None:
    css, extra = OCCUPIES[name]
    data = laid_out(A4 + css, variant=None, extra=extra)
    assert {found.code for found in occupied(data, "sample.pdf", zone_mm=ZONE)} == {"STAMP-ZONE-OCCUPIED"}


def test_what_lies_beyond_where_viewers_count_alike_is_refused() -> None:
    """Numbers above 32 767 are read in different ways, and with them all that is drawn after them."""
    data = laid_out(A4 + "* { position: relative; left: -9999mm !important }", variant=None)
    assert {found.code for found in faults(put(data), permit())} == {"VERIFY-CONTENT"}


@pytest.mark.parametrize("name", HARMLESS)
def test_whatever_else_it_does_the_notice_stands(name: str) -> None:
    css, extra = HARMLESS[name]
    data = laid_out(A4 + css, pages=2, variant=None, extra=extra)
    assert occupied(data, "sample.pdf", zone_mm=ZONE) == []
    assert faults(put(data), permit()) == []
