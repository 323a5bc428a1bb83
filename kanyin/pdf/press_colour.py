# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""From the colours of a screen to inks: by the profile of the press, but grey stays black ink alone.

A profile turns grey into four inks. On a press that is a coloured shimmer around every letter that is not printed to a
hair, so what is neutral is taken out beforehand and printed in K.
"""

from __future__ import annotations

import functools
import io
from typing import Any, Literal

from kanyin.config.press import Press

Inks = tuple[float, float, float, float]
Mode = Literal["cmyk", "gray", "mask"]
"""What colours become: four inks; black ink alone; or the gray of a soft mask, where they are no inks at all."""

NEUTRAL = 1.5 / 255
"""How far the parts of a neutral colour may lie apart."""
_BLACK_POINT = 0x2000
_INTENT = {"perceptual": 0, "relative": 1}


class Colours:
    """Colour conversion for one press; vector colours are kept, because pages repeat them."""

    def __init__(self, profile: bytes, press: Press) -> None:
        from PIL import ImageCms

        self._limit = press.ink
        self._sources: dict[bytes, Any] = {}
        self.gray = press.colour == "gray"
        target = ImageCms.getOpenProfile(io.BytesIO(profile))
        intent: Any = _INTENT[press.intent]
        flags: Any = _BLACK_POINT if press.black_point else 0

        def transform(source: Any, mode: str) -> Any:
            return ImageCms.buildTransform(source, target, mode, "CMYK", renderingIntent=intent, flags=flags)

        self._transform = transform
        self._rgb = transform(ImageCms.createProfile("sRGB"), "RGB")
        self._lab = transform(ImageCms.createProfile("LAB"), "LAB")
        self.rgb = functools.cache(self._from_rgb)
        self.lab = functools.cache(self._from_lab)

    def _from_rgb(self, red: float, green: float, blue: float) -> Inks:
        """Inks from 0 to 1 for a colour of sRGB from 0 to 1."""
        parts = [min(1.0, max(0.0, v)) for v in (red, green, blue)]
        if self.gray or max(parts) - min(parts) <= NEUTRAL:
            return 0.0, 0.0, 0.0, round(1 - luminance(*parts), 4)
        return self._pixel(self._rgb, "RGB", tuple(round(v * 255) for v in parts))

    def _from_lab(self, lightness: float, a: float, b: float) -> Inks:
        """Inks for CIE Lab with L from 0 to 100."""
        if self.gray or (abs(a) < 1 and abs(b) < 1):
            # the gray of sRGB that is as light
            y = ((lightness + 16) / 116) ** 3 if lightness > 8 else lightness / 903.3
            gray = 12.92 * y if y <= 0.0031308 else 1.055 * y ** (1 / 2.4) - 0.055
            return 0.0, 0.0, 0.0, round(1 - min(1.0, max(0.0, gray)), 4)
        return self._pixel(self._lab, "LAB", (round(lightness * 2.55), round(a) + 128, round(b) + 128))

    def _pixel(self, transform: Any, mode: str, value: tuple[int, ...]) -> Inks:
        from PIL import Image, ImageCms

        made: Any = ImageCms.applyTransform(Image.new(mode, (1, 1), value), transform)
        c, m, y, k = (v / 255 for v in made.getpixel((0, 0)))
        return self.inks(c, m, y, k)

    def inks(self, c: float, m: float, y: float, k: float) -> Inks:
        """The same colour within the limit: black stays, the others give way in proportion."""
        if self.gray:
            return 0.0, 0.0, 0.0, round(min(1.0, k + 0.3 * c + 0.59 * m + 0.11 * y), 4)
        over = c + m + y + k - self._limit / 100
        if over > 0:
            keep = max(0.0, 1 - over / (c + m + y))
            c, m, y = c * keep, m * keep, y * keep
        # rounded down, so that the sum stays within the limit
        return tuple(int(v * 10000) / 10000 for v in (c, m, y, k))  # type: ignore[return-value]

    def image(self, picture: Any, profile: bytes = b"") -> Any:
        """A picture in 1, L or CMYK for one in RGB or CMYK: neutral ones in gray, of two values in one bit.

        `profile` is the picture's own; sRGB holds where there is none, or one that is not for RGB.
        """
        if picture.mode == "RGB":
            gray = _neutral(picture)
            if gray is None and self.gray:
                gray = picture.convert("L")
            if gray is not None:
                return _bilevel(gray)
            from PIL import ImageCms

            picture = ImageCms.applyTransform(picture, self._from(profile))
        if self.gray:
            return _cmyk_to_gray(picture)
        return limited(picture, self._limit)

    def _from(self, profile: bytes) -> Any:
        """The transform from a picture's own profile."""
        from PIL import ImageCms

        if profile not in self._sources:
            try:
                self._sources[profile] = self._transform(ImageCms.ImageCmsProfile(io.BytesIO(profile)), "RGB")
            except (OSError, ImageCms.PyCMSError):
                self._sources[profile] = self._rgb
        return self._sources[profile]


def luminance(red: float, green: float, blue: float) -> float:
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _neutral(picture: Any) -> Any:
    """The picture in gray when no pixel has a colour, else None. Two steps are for the rounding of a JPEG."""
    from PIL import ImageChops

    red, green, blue = picture.split()
    apart: list[Any] = [
        ImageChops.difference(red, green),
        ImageChops.difference(green, blue),
        ImageChops.difference(red, blue),
    ]
    return picture.convert("L") if all(one.getextrema()[1] <= 2 for one in apart) else None


def _bilevel(gray: Any) -> Any:
    """Line art, black on white without any other gray, in one bit a pixel."""
    used = [value for value, count in enumerate(gray.histogram()) if count]
    return gray.convert("1", dither=0) if used in ([0], [255], [0, 255]) else gray


def _cmyk_to_gray(picture: Any) -> Any:
    return picture.convert("RGB").convert("L")


def most_ink(picture: Any) -> float:
    """The most ink on one pixel of a CMYK picture, in percent."""
    from PIL import ImageMath

    c, m, y, k = picture.split()
    total = ImageMath.lambda_eval(lambda v: v["c"] + v["m"] + v["y"] + v["k"], c=c, m=m, y=y, k=k)
    return float(total.getextrema()[1]) / 2.55


def limited(picture: Any, limit: int) -> Any:
    """A CMYK picture with at most `limit` percent of ink on each pixel; black stays, the others give way."""
    from PIL import Image, ImageMath

    if most_ink(picture) <= limit:
        return picture
    most = int(limit * 2.55)
    c, m, y, k = picture.split()
    made = []
    for one in (c, m, y):

        def less(v: Any) -> Any:
            colour = v["max"](v["c"] + v["m"] + v["y"], 1)
            over = v["max"](colour + v["k"] - most, 0)
            # up by one part in the division, so that the sum stays within the limit
            return v["convert"](v["max"](v["one"] - (v["one"] * over + colour - 1) / colour, 0), "L")

        made.append(ImageMath.lambda_eval(less, c=c, m=m, y=y, k=k, one=one))
    return Image.merge("CMYK", (*made, k))
