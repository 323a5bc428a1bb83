# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Press files for tests: one page with every way of drawing that the engine knows, laid out and brought to press."""

from __future__ import annotations

import base64
import functools
import io

from pdf_samples import A4, HOME, edited, expected, laid_out, record
from PIL import Image

from kanyin.config.press import Press
from kanyin.pdf.metadata import Claims
from kanyin.pdf.press import for_press
from kanyin.tools.profiles import Intent, default_intent

__all__ = ["A4", "BLEED", "PICTURES", "edited", "intent", "pressed", "ramp", "stamped_press"]

BLEED = "@page { bleed: 3mm }"


def intent() -> Intent:
    return default_intent(HOME)


def ramp(mode: str, size: tuple[int, int] = (64, 48)) -> Image.Image:
    """A picture with every shade of red and green at a steady blue; in L a ramp of grays, in 1 a chequer."""
    across, down = (Image.linear_gradient("L").rotate(turn).resize(size) for turn in (90, 0))
    if mode == "L":
        return across
    if mode == "1":
        return across.point(lambda v: 255 if v > 127 else 0).convert("1")
    blue = Image.new("L", size, 90)
    colour = Image.merge("RGB", (across, down, blue))
    if mode == "RGBA":
        colour.putalpha(down)
    return colour.convert("CMYK") if mode == "CMYK" else colour


def _url(picture: Image.Image, kind: str) -> str:
    out = io.BytesIO()
    picture.save(out, kind, **({"quality": 95} if kind == "JPEG" else {}))
    return f"data:image/{kind.lower()};base64," + base64.b64encode(out.getvalue()).decode()


def grey_rgb() -> Image.Image:
    return ramp("L").convert("RGB")


def bilevel_rgb() -> Image.Image:
    return ramp("1").convert("RGB")


PICTURES = {
    "rgb-png": _url(ramp("RGB"), "PNG"),
    "rgba-png": _url(ramp("RGBA"), "PNG"),
    "gray-png": _url(ramp("L"), "PNG"),
    "neutral-png": _url(grey_rgb(), "PNG"),
    "bilevel-png": _url(bilevel_rgb(), "PNG"),
    "rgb-jpeg": _url(ramp("RGB"), "JPEG"),
    "gray-jpeg": _url(ramp("L"), "JPEG"),
    "cmyk-jpeg": _url(ramp("CMYK"), "JPEG"),
}
"""Kind → a picture of 64 × 48 pixels, as a data: URL."""

DRAWN = """
<p style="color: #c00">红字 <a href="https://example.org/">链接</a> <span style="color: #888">灰字</span>
<span style="color: lab(50% 60 20)">Lab</span>
<span style="color: device-cmyk(0.2 1 0 0.1)">CMYK</span> <span style="opacity: 0.5; color: #06c">淡</span></p>
<div style="height: 20mm; background: linear-gradient(90deg, #f00, rgba(0, 0, 255, 0.3))"></div>
<div style="height: 10mm; background: radial-gradient(#000, #fff)"></div>
<svg width="300" height="80" role="img"><title>图</title>
  <defs><linearGradient id="g"><stop stop-color="#0a0"/><stop offset="1" stop-color="#fff"/></linearGradient>
  <pattern id="p" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="4" height="4" fill="#a0a"/></pattern>
  <mask id="m"><rect width="300" height="80" fill="url(#g)"/></mask></defs>
  <rect width="90" height="80" fill="url(#g)"/><rect x="100" width="90" height="80" fill="url(#p)"/>
  <g mask="url(#m)"><rect x="200" width="90" height="80" fill="#f80" stroke="#000" stroke-width="2"/></g>
  <text x="10" y="40" font-family="Kanyin Song" fill="#00f">图中字</text></svg>
"""


@functools.cache
def pressed(press: Press = Press(), extra: str = DRAWN, css: str = A4 + BLEED) -> bytes:  # noqa: B008
    """A press file of one page, not stamped. `extra` is HTML; by default everything that can be drawn."""
    return for_press(laid_out(css, 1, None, extra), press, intent())


@functools.cache
def stamped_press(extra: str = DRAWN) -> bytes:
    """The same with its notice and its claim."""
    from pdf_samples import FONTS, ZONE

    from kanyin.pdf.stamp import stamp

    allowed, about = expected(), record("print")
    return stamp(pressed(extra=extra), allowed, about, fonts=FONTS, zone_mm=ZONE, claims=Claims(x="PDF/X-4"))
