# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""How much ink a picture lays on one spot."""

from __future__ import annotations

import io
from typing import Any


def most_ink(image: Any) -> float:
    """The most ink on one pixel of a DeviceCMYK image object, in percent; 0 for one that cannot be opened up."""
    from PIL import Image, ImageChops, ImageMath

    filters = str(image.get("/Filter", ""))
    size = int(image.Width), int(image.Height)
    picture: Image.Image
    if "/DCTDecode" in filters:
        picture = Image.open(io.BytesIO(image.read_raw_bytes()))
        turned = True  # the reader turns the values of every such file over, a PDF only where its Decode says so
        picture.load()
    elif int(image.get("/BitsPerComponent", 8)) == 8 and "/JPXDecode" not in filters:
        picture = Image.frombytes("CMYK", size, bytes(image.read_bytes()))
        turned = False
    else:
        return 0.0
    if picture.mode != "CMYK":
        return 0.0
    if ([float(v) for v in image.get("/Decode", [])] == [1.0, 0.0] * 4) != turned:
        picture = ImageChops.invert(picture)
    c, m, y, k = (one.convert("I") for one in picture.split())
    total: Any = ImageMath.lambda_eval(lambda v: v["c"] + v["m"] + v["y"] + v["k"], c=c, m=m, y=y, k=k)
    return round(float(total.getextrema()[1]) / 2.55, 1)
