# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Colour spaces that every viewer understands alike, so that black stays black and white stays white.

A viewer may be told to take another space for the plain gray of the notice (ISO 32000-1, 8.6.5.6), to blend a page in a
space of its own, or to show it as a press with some profile would. Each follows this as far as it can, and PDFium not
at all. Pure: it reads objects that `structure` opened.
"""

from __future__ import annotations

import functools
import hashlib
import io
from collections.abc import Iterator
from typing import Any

from kanyin.preflight.facts import Flaw

DEVICE = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
DEFAULTS = {"/DefaultGray", "/DefaultRGB", "/DefaultCMYK"}
FAMILIES = {"/ICCBased", "/Indexed", "/Lab", "/CalGray", "/CalRGB", "/Separation", "/DeviceN", "/Pattern"}
KNOWN = {
    "384b832de3412066743b52a75ee906b6fb9fb8d9e09e936fc2c43223815c6e0a": 3,
    "b35713ef7eff09349d4c3249e5f377736d06d8a2671c54712971a3546bf17c57": 4,
}
"""The profiles of our own files, by their SHA-256, with their channels: sRGB of the archive, FOGRA39 of the press."""
_MODES = {1: (b"GRAY", "L"), 3: (b"RGB ", "RGB"), 4: (b"CMYK", "CMYK")}
_STEPS = range(0, 256, 15)
_WHITE, _BLACK = 225, 90
"""Gray of sRGB, 0 to 255: paper is not darker than the one, full black not lighter than the other."""
_LAB = {(0.964296, 1.0, 0.825105), (0.950456, 1.0, 1.089058)}
"""The white points of D50 and D65 as the engine writes them, into every file."""
_ENTRIES = 256
_SMALLEST = 128
"""Bytes of the header of a profile (ICC.1:2010, 7.2)."""


def odd_space(space: Any) -> str:
    """The family of a colour space that viewers draw in different ways; empty when they agree."""
    family = _family(space)
    if family in DEVICE:
        return ""
    if family == "/ICCBased" and sound(space[1]):
        return ""
    if family == "/Lab" and tuple(round(float(v), 6) for v in space[1].get("/WhitePoint", [])) in _LAB:
        return ""
    if family == "/Indexed" and _is_whole(space):
        return ""
    if family == "/Pattern" and len(space) == 2 and not odd_space(space[1]):
        return ""
    return family or "?"


def _family(space: Any) -> str:
    if _kind(space) == "array" and len(space):
        return str(space[0])
    return str(space) if _kind(space) == "name_" else ""


def _kind(held: Any) -> str:
    return str(getattr(getattr(held, "_type_code", None), "name", ""))


def _is_whole(space: Any) -> bool:
    """Whether a palette holds a colour for each of its numbers, and is one of a space that is itself well."""
    base = space[1]
    if len(space) != 4 or odd_space(base):
        return False
    channels = DEVICE.get(_family(base), 3 if _family(base) == "/Lab" else 0)
    if _family(base) == "/ICCBased":
        channels = int(base[1].get("/N", 0))
    table = space[3].read_bytes() if _kind(space[3]) == "stream" else bytes(space[3])
    highest = int(space[2])
    return channels > 0 and 0 <= highest < _ENTRIES and len(table) >= channels * (highest + 1)


def sound(stream: Any) -> bool:
    """Whether a profile is one of ours, or one in which white is light, black is dark and gray is in between."""
    return _is_sound(bytes(stream.read_bytes()), int(stream.get("/N", 0)))


@functools.lru_cache(maxsize=64)
def _is_sound(profile: bytes, channels: int) -> bool:
    if KNOWN.get(hashlib.sha256(profile).hexdigest()) == channels:
        return True
    if channels not in _MODES or len(profile) < _SMALLEST or profile[36:40] != b"acsp":
        return False
    space, mode = _MODES[channels]
    if profile[16:20] != space or profile[12:16] not in (b"mntr", b"prtr", b"scnr", b"spac"):
        return False
    from PIL import Image, ImageCms

    try:
        held = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        for intent in (ImageCms.Intent.PERCEPTUAL, ImageCms.Intent.RELATIVE_COLORIMETRIC):
            turn = ImageCms.buildTransform(held, srgb, mode, "RGB", renderingIntent=intent)
            row = Image.new(mode, (len(_STEPS), 1))
            for x, step in enumerate(_STEPS):
                row.putpixel((x, 0), {1: (step,), 3: (step,) * 3, 4: (0, 0, 0, 255 - step)}[channels])
            turned = ImageCms.applyTransform(row, turn)
            grays = list(turned.convert("L").tobytes()) if turned is not None else []
            if not grays or grays != sorted(grays) or grays[0] > _BLACK or grays[-1] < _WHITE:
                return False
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return False
    return True


def page_colours(page: Any, resources: Any, number: int) -> Iterator[Flaw]:
    """VERIFY-CONTENT where the page gives another meaning to the gray of the stamp, wherever that stands."""
    spaces = resources.get("/ColorSpace", {}) if resources else {}
    if "/DefaultGray" in spaces:
        yield Flaw("VERIFY-CONTENT", number, "/DefaultGray")
    group = page.get("/Group", {})
    if "/CS" in group and (odd := odd_space(group["/CS"])):
        yield Flaw("VERIFY-CONTENT", number, f"/Group {odd}")


def intent_flaws(root: Any) -> Iterator[Flaw]:
    """VERIFY-CONTENT where the file asks to be shown by a profile in which black is not black."""
    for intent in root.get("/OutputIntents", []):
        profile = intent.get("/DestOutputProfile")
        if profile is not None and not sound(profile):
            yield Flaw("VERIFY-CONTENT", 0, "/OutputIntents")
