# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A page that became a picture is told from charts, photographs and drawings."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from pdf_samples import TEXT, laid_out
from PIL import Image, ImageDraw, ImageFilter

from kanyin.preflight.print_lines import print_lines


def page() -> Any:
    document = pypdfium2.PdfDocument(laid_out(extra=f"<p>{TEXT * 12}</p>"))
    return document[0].render(scale=2, grayscale=True).to_pil()


PAGES: dict[str, Callable[[Any], Any]] = {
    "as it is": lambda sheet: sheet,
    "turned a little": lambda sheet: sheet.rotate(1.2, fillcolor=245),
    "out of focus": lambda sheet: sheet.filter(ImageFilter.GaussianBlur(2)),
    "small": lambda sheet: sheet.reduce(3),
    "large": lambda sheet: sheet.resize((sheet.width * 3, sheet.height * 3)),
    "yellow paper": lambda sheet: Image.merge("RGB", (sheet, sheet, sheet.point(lambda step: step * 0.7))),
    "faint": lambda sheet: sheet.point(lambda step: 150 + step * 0.4),
    "its upper half": lambda sheet: sheet.crop((0, 0, sheet.width, sheet.height // 2)),
}


def file(picture: Any, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, kind)
    return out.getvalue()


def test_black_on_nothing_is_black_on_paper() -> None:
    sheet = page()
    clear = Image.new("RGBA", sheet.size, (0, 0, 0, 0))
    clear.putalpha(sheet.point(lambda step: 255 - step))
    out = io.BytesIO()
    clear.save(out, "PNG")
    assert print_lines(out.getvalue()) >= 14


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_seen_however_it_was_taken(name: str, kind: str) -> None:
    assert print_lines(file(PAGES[name](page()), kind)) >= 14


def chart() -> Any:
    picture = Image.new("RGB", (900, 600), "white")
    pen, rng = ImageDraw.Draw(picture), random.Random(1)
    for at in range(60, 600, 60):
        pen.line((60, at, 880, at), fill="#ccc")
        pen.text((10, at), str(at), fill="black")
        pen.rectangle((at, rng.randint(80, 500), at + 40, 560), fill="#36a")
    return picture


def points() -> Any:
    picture = Image.new("L", (700, 700), 255)
    pen, rng = ImageDraw.Draw(picture), random.Random(1)
    for _ in range(800):
        x, y = rng.gauss(350, 120), rng.gauss(350, 120)
        pen.ellipse((x, y, x + 6, y + 6), fill=0)
    return picture


OTHERS: dict[str, Callable[[], Any]] = {
    "chart": chart,
    "points": points,
    "photograph": lambda: Image.linear_gradient("L").resize((800, 600)).filter(ImageFilter.GaussianBlur(8)),
    "one colour": lambda: Image.new("RGB", (400, 300), "#888"),
    "one pixel": lambda: Image.new("L", (1, 1)),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_pictures_are_none(name: str) -> None:
    assert print_lines(file(OTHERS[name]())) < 10


def test_what_is_no_picture_is_left_to_those_who_refuse_it() -> None:
    assert print_lines(b"") == print_lines(b"\x89PNG\r\n\x1a\n") == 0
