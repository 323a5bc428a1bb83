# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Ways to give the font of the notice two meanings, one for each kind of reader.

Importing this adds them to `pdf_attacks.ATTACKS`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pdf_attacks import attack, notice_font

N = pikepdf.Name


def font(name: str, change: Callable[[Any], None]) -> None:
    @attack(name, "VERIFY-CONTENT", text_remains=True, alone=True)
    def _(pdf: pikepdf.Pdf) -> None:
        change(notice_font(pdf).DescendantFonts[0])


def _widths(*more: Any) -> Callable[[Any], None]:
    def change(descendant: Any) -> None:
        descendant.W = pikepdf.Array([*descendant.W, *more])

    return change


font("widths a second time, as a range", _widths(1, 5, 0))
font("widths a second time, in a row", _widths(1, pikepdf.Array([30000] * 5)))
font("width for all the others", lambda descendant: descendant.__setitem__("/DW", 0))


font("registry of others", lambda descendant: descendant.CIDSystemInfo.__setitem__("/Registry", "Adobe-GB1"))


def _packed(change: Callable[[bytes], bytes], **entries: Any) -> Callable[[Any], None]:
    def edit(descendant: Any) -> None:
        program = descendant.FontDescriptor.FontFile3
        program.write(change(program.read_bytes()), **({"filter": N.FlateDecode} | entries))

    return edit


font("program with a wrong sum", _packed(lambda data: zlib.compress(data)[:-4] + bytes(4)))
font("program with more behind it", _packed(lambda data: zlib.compress(data) + b"%!PS"))
font("program packed in a way that nobody knows", _packed(lambda data: data, filter=N.FooDecode))
font(
    "program in digits, behind what are none",
    _packed(lambda data: b"zz" + data.hex().encode() + b">", filter=N.ASCIIHexDecode),
)
font("program with settings of its packing", _packed(zlib.compress, decode_parms=pikepdf.Dictionary(Columns=3)))


def mapped(name: str, pattern: bytes, replacement: bytes, *codes: str) -> None:
    @attack(name, *codes, text_remains=True)
    def _(pdf: pikepdf.Pdf) -> None:
        held = notice_font(pdf).ToUnicode
        changed, count = re.subn(pattern, replacement, held.read_bytes(), count=1)
        assert count
        held.write(changed)


RANGE = rb"1 beginbfrange\n<0001> <0040> <0041>\nendbfrange\n"
mapped("words by a range before the others", rb"(?=\d+ beginbfchar)", RANGE, "VERIFY-CONTENT", "VERIFY-STAMP")
mapped("words in a remark", rb"(?=endcmap)", rb"%1 beginbfchar\n", "VERIFY-CONTENT", "VERIFY-STAMP")
