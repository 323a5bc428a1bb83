# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What viewers may read in different ways is named; what programs write every day is not."""

from __future__ import annotations

import pytest

from kanyin.tools.operators import odd

SOUND = [
    b"",
    b"q 1 0 0 -1 0 841.89 cm /GS0 gs Q",
    b"q\n0.5 g 0 0 900 60 re f\nQ\n",
    b"q 0 0 m 10 10 l 20 30 40 50 60 70 c 1 2 3 4 v 1 2 3 4 y h W* n Q",
    b"/P <</MCID 0>>BDC BT /F1 10.5 Tf 1 0 0 1 72 700 Tm [(a\\)\\(b) -20.5 <00A1>]TJ T* (c(d)e)' 1 2 (x)\" ET EMC",
    b"/Artifact<</Type/Pagination/Attached[/Top/Left]/BBox[0 0 1 1]/Alt null/On true>>BDC EMC",
    b"/Cs1 cs 1 .5 -.25 scn /Pattern CS /P1 SCN 1 0 0 rg 0 0 0 1 K [3 2]0 d /Im1 Do /Sh1 sh BX EX",
    b"-32767 +4. .5 32767 re n",
]
ODD = {
    "an image between operators": b"BI /W 1 /H 1 /BPC 8 /CS /G ID 0 (EI ) Q Q Q 0 0 900 60 re f EI",
    "a remark": b"q % Q\nQ",
    "run together": b"0 0 900 60re f",
    "an operator and a string": b"0 0 900 60 re(x)f",
    "an operator and a name": b"0 0 900 60 re/f f",
    "a power of ten": b"0 1e2 900 60 re f",
    "another base": b"0 16#64 900 60 re f",
    "a comma": b"0 100,0 900 60 re f",
    "a sign alone": b"0 - 100 900 60 re f",
    "two signs": b"0 --5 900 60 re f",
    "a sign behind": b"0 100- 900 60 re f",
    "two points": b"0 1.0.0 900 60 re f",
    "larger than sixteen bits": b"0 32768 900 60 re f",
    "smaller than thirty-two bits": b"0 500 900 -3000000000 re W n",
    "long beyond measure": b"0 0000000000000000000000100 900 60 re f",
    "no current point": b"0 60 900 60 v 0 0 l f",
    "too many operands": b"1 0 0 900 60 re f",
    "too few": b"0 0 900 re f",
    "of another kind": b"(1) g",
    "unknown": b"0 0 900 60 re foo f",
    "a state in a path": b"0 0 900 60 re q Q f",
    "a clip that no path ends": b"0 0 900 60 re W Q",
    "a path in a text": b"BT 0 0 900 60 re f ET",
    "a text in a text": b"BT BT ET ET",
    "a string left open": b"(a",
    "digits that are none": b"BT <zz> Tj ET",
    "an array left open": b"[1 2",
    "closed once too often": b"1] 0 d",
    "an operator in an array": b"[0 0 900 60 re f] 0 d",
    "braces": b"{ 0 0 900 60 re f }",
    "a text left open": b"BT",
    "operands without an operator": b"0 0",
    "a glyph's width": b"1000 0 d0",
}


@pytest.mark.parametrize("content", SOUND)
def test_what_programs_write_is_sound(content: bytes) -> None:
    assert odd(content) == ""


@pytest.mark.parametrize("name", ODD)
def test_what_viewers_read_in_different_ways_is_named(name: str) -> None:
    assert odd(ODD[name])
