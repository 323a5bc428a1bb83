# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Pictures inside a PDF, brought to the inks of a press.

What is written is packed without loss. CMYK in a JPEG is a trap: whether its values are upside down is said in one
place by those who write and looked for in another by those who read.
"""

from __future__ import annotations

import io
import zlib
from typing import Any

from kanyin.pdf.press_colour import Colours, limited, most_ink
from kanyin.pdf.press_content import Unknown

_MODES = {"/DeviceGray": "L", "/DeviceRGB": "RGB", "/DeviceCMYK": "CMYK"}


def convert(image: Any, space: str, colours: Colours, *, limit: int) -> None:
    """Change one image object in place. `space` is the device space of its values. Raises Unknown."""
    from pypdf.generic import NameObject

    if image.get("/ImageMask"):
        return
    if space == "/DeviceGray":
        image[NameObject("/ColorSpace")] = NameObject(space)
        return
    if isinstance(image.get("/Mask"), list):
        raise Unknown("/Mask [ ]")
    picture = _picture(image, space)
    if space == "/DeviceCMYK" and not colours.gray and most_ink(picture) <= limit:
        image[NameObject("/ColorSpace")] = NameObject(space)
        return
    own = picture.info.get("icc_profile") or b""
    made = colours.image(picture, own) if space == "/DeviceRGB" or colours.gray else limited(picture, limit)
    _fill(image, made)


def _picture(image: Any, space: str) -> Any:
    """The values of an image object as a PIL picture."""
    from PIL import Image, ImageChops

    size = int(image["/Width"]), int(image["/Height"])
    if int(image.get("/BitsPerComponent", 8)) != 8:
        raise Unknown(f"/BitsPerComponent {image.get('/BitsPerComponent')}")
    mode, name = _MODES[space], image.get("/Filter")
    upside = [float(v) for v in image.get("/Decode", [])] == [1.0, 0.0] * len(mode)
    if "/Decode" in image and not upside:
        raise Unknown("/Decode")
    name = name[0] if isinstance(name, list) and len(name) == 1 else name
    picture: Image.Image
    if name == "/DCTDecode":
        picture = Image.open(io.BytesIO(image._data))
        if picture.mode != mode:
            raise Unknown(f"/DCTDecode {picture.mode}")
        # this reader turns the values over in every JPEG of four inks, a PDF only where its Decode says so
        turned = mode == "CMYK"
        picture.load()
    else:
        turned = False
        data = _png(image, size) if name == "/FlateDecode" else None
        picture = Image.open(io.BytesIO(data)) if data else Image.frombytes(mode, size, image.get_data())
    if picture.size != size:
        raise Unknown("/Width /Height")
    if upside != turned:
        picture = ImageChops.invert(picture)
    return picture


def _png(image: Any, size: tuple[int, int]) -> bytes | None:
    """Rows predicted as in a PNG, made one again: its reader is quick. None for rows that are not, or in CMYK."""
    parameters = image.get("/DecodeParms")
    parameters = parameters[0] if isinstance(parameters, list) and parameters else parameters
    if not parameters or int(parameters.get("/Predictor", 1)) < 10 or int(parameters.get("/Colors", 1)) != 3:
        return None
    head = size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big") + b"\x08\x02\0\0\0"
    chunks = ((b"IHDR", head), (b"IDAT", image._data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big") for kind, data in chunks
    )


def _fill(image: Any, picture: Any) -> None:
    from pypdf.generic import DictionaryObject, NameObject, NumberObject

    image.pop(NameObject("/Decode"), None)
    bits = 1 if picture.mode == "1" else 8
    values: dict[str, Any] = {
        "/Filter": NameObject("/FlateDecode"),
        "/ColorSpace": NameObject("/DeviceCMYK" if picture.mode == "CMYK" else "/DeviceGray"),
        "/BitsPerComponent": NumberObject(bits),
    }
    image.pop(NameObject("/DecodeParms"), None)
    data = picture.tobytes()
    if bits == 8:
        data = _differences(picture).tobytes()
        parameters = {"/Predictor": 2, "/Colors": len(picture.mode), "/BitsPerComponent": 8, "/Columns": picture.width}
        held = DictionaryObject({NameObject(key): NumberObject(value) for key, value in parameters.items()})
        values["/DecodeParms"] = held
    image.update({NameObject(key): value for key, value in values.items()})
    image._data = zlib.compress(data, 6)
    image.decoded_self = None


def _differences(picture: Any) -> Any:
    """What each pixel has more than the one before it in its row: packs far better (predictor 2, as in TIFF)."""
    from PIL import Image, ImageChops

    before = Image.new(picture.mode, picture.size)
    before.paste(picture, (1, 0))
    return ImageChops.subtract_modulo(picture, before)
