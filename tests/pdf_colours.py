# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Ways to turn the black of the notice into another colour, or white into black, in viewers other than PDFium.

Importing this adds them to `pdf_attacks.ATTACKS`.
"""

from __future__ import annotations

import struct
from typing import Any

import pikepdf
from pdf_attacks import attack

N = pikepdf.Name


def gray_profile(curve: list[int]) -> bytes:
    """An ICC profile of a gray screen with 256 points of its curve, 0 to 65535 (ICC.1:2001-04)."""

    def numbers(*values: float) -> bytes:
        return b"".join(struct.pack(">i", round(v * 65536)) for v in values)

    white = (0.9642, 1, 0.8249)
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", 5) + b"gray\0" + bytes(79),
        b"cprt": b"text\0\0\0\0x\0\0\0",
        b"wtpt": b"XYZ \0\0\0\0" + numbers(*white),
        b"kTRC": b"curv\0\0\0\0" + struct.pack(">I256H", 256, *curve),
    }
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        data += bytes(-len(data) % 4)
        table += name + struct.pack(">II", 132 + 12 * len(tags) + len(body), len(data))
        body += data
    head = struct.pack(">I4sBBBB", 128 + len(table) + len(body), b"lcms", 2, 0x20, 0, 0) + b"mntrGRAYXYZ "
    head += struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acspAPPL" + bytes(4 + 16) + bytes(4) + numbers(*white)
    return head + bytes(128 - len(head)) + table + body


TURNED = [65535 - 257 * n for n in range(256)]
PLAIN = [257 * n for n in range(256)]


def profile(pdf: pikepdf.Pdf, curve: list[int]) -> Any:
    return pdf.make_stream(gray_profile(curve), N=1, Alternate=N.DeviceGray)


def _name(pdf: pikepdf.Pdf, **spaces: Any) -> None:
    for page in pdf.pages:
        page.obj.Resources.ColorSpace = pikepdf.Dictionary({f"/{key}": space for key, space in spaces.items()})


@attack("gray by a profile that turns it", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    _name(pdf, DefaultGray=pikepdf.Array([N.ICCBased, profile(pdf, TURNED)]))


@attack("gray by another space, even a good one", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    _name(pdf, DefaultGray=pikepdf.Array([N.ICCBased, profile(pdf, PLAIN)]))


@attack("red, green and blue by another space", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    _name(pdf, DefaultRGB=N.DeviceRGB)


@attack("inks by another space", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    _name(pdf, DefaultCMYK=N.DeviceCMYK)


@attack("page blended by a profile that turns gray", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    space = pikepdf.Array([N.ICCBased, profile(pdf, TURNED)])
    for page in pdf.pages:
        page.obj.Group = pikepdf.Dictionary(S=N.Transparency, CS=space)


@attack("press with a profile that turns gray", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    intent = pikepdf.Dictionary(Type=N.OutputIntent, S=N.GTS_PDFX, DestOutputProfile=profile(pdf, TURNED))
    pdf.Root.OutputIntents = pikepdf.Array([intent])


def _in_the_body(pdf: pikepdf.Pdf, space: list[Any]) -> None:
    _name(pdf, X=pikepdf.Array(space))


@attack("gray of a screen with a gamma of its own", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    _in_the_body(pdf, [N.CalGray, pikepdf.Dictionary(WhitePoint=[0.95, 1, 1.09], Gamma=500)])


@attack("colours of a screen of its own", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    _in_the_body(pdf, [N.CalRGB, pikepdf.Dictionary(WhitePoint=[0.95, 1, 1.09], Matrix=[0] * 9)])


@attack("colours by another white", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    _in_the_body(pdf, [N.Lab, pikepdf.Dictionary(WhitePoint=[0.01, 1, 0.01])])


@attack("palette that lacks colours", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    _in_the_body(pdf, [N.Indexed, N.DeviceGray, 3, pikepdf.String(b"\xff\x00")])


@attack("patterns without a colour space", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    _in_the_body(pdf, [N.Pattern])


@attack("profile of one channel that says three", "VERIFY-CONTENT", text_remains=True, alone=True)
def _(pdf: pikepdf.Pdf) -> None:
    _in_the_body(pdf, [N.ICCBased, pdf.make_stream(gray_profile(PLAIN), N=3)])
