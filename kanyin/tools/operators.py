# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Content that every viewer reads alike: whole tokens, known operators, their operands, in the order of ISO 32000-1.

Where a token is run together with the next one, a number has a shape of its own or an image stands between operators,
each viewer goes on reading at another place: what one takes for data ends a state in another, and with it the clip
that keeps a page from its notice. Pure; it reads the bytes of unpacked streams.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

LARGEST = 32767
"""The greatest magnitude of a number: beyond it readers of 16 and of 32 bits part (ISO 32000-1, table C.1)."""
_WHITE = b"\0\t\n\f\r "
_SPACE = rb"[\0\t\n\f\r ]"
_END = rb"(?=[\0\t\n\f\r ()<>\[\]/]|$)"
_TOKEN = re.compile(
    rb"(?P<space>" + _SPACE + rb"+)"
    rb"|(?P<number>[+-]?(?:[0-9]{1,9}(?:\.[0-9]{0,24})?|\.[0-9]{1,24}))" + _END +
    rb"|(?P<name>/[!-$&'*-.0-;=?-Z\\^-z|~\x80-\xff]*)" + _END +
    rb"|(?P<open><<|\[)|(?P<close>>>|\])"
    rb"|(?P<string>\()|(?P<hex><[0-9A-Fa-f\t\n\f\r ]*>)"
    rb"|(?P<word>[A-Za-z'\"][A-Za-z0-9*]*)" + _END,
)  # fmt: skip
_IN_STRING = re.compile(rb"[^()\\]*(?:\\.[^()\\]*)*([()])", re.DOTALL)
_PAGE, _PATH, _CLIP, _TEXT = "page", "path", "clip", "text"
_STATE = {"cm": "nnnnnn", "w": "n", "J": "n", "j": "n", "M": "n", "d": "[n", "ri": "/", "i": "n", "gs": "/"}
_COLOUR = {"CS": "/", "cs": "/", "G": "n", "g": "n", "RG": "nnn", "rg": "nnn", "K": "nnnn", "k": "nnnn"}
_SPACES = {"SC", "sc", "SCN", "scn"}
_MARKS = {"MP": "/", "DP": "/*", "BMC": "/", "BDC": "/*", "EMC": "", "BX": "", "EX": ""}
_STYLE = {"Tc": "n", "Tw": "n", "Tz": "n", "TL": "n", "Tf": "/n", "Tr": "n", "Ts": "n"}
_SHOW = {"Td": "nn", "TD": "nn", "Tm": "nnnnnn", "T*": "", "Tj": "s", "TJ": "[", "'": "s", '"': "nns"}
_BEGIN = {"m": "nn", "re": "nnnn"}
_GO_ON = {"l": "nn", "c": "nnnnnn", "v": "nnnn", "y": "nnnn", "h": ""}
_PAINT = dict.fromkeys(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n"), "")
_ALONE = {"q": "", "Q": "", "BT": "", "sh": "/", "Do": "/"}
_ANYWHERE = _COLOUR | _MARKS | _STYLE
_ALLOWED = {
    _PAGE: _ANYWHERE | _STATE | _ALONE | _BEGIN,
    _TEXT: _ANYWHERE | {name: kinds for name, kinds in _STATE.items() if name != "cm"} | _SHOW | {"ET": ""},
    _PATH: _BEGIN | _GO_ON | _PAINT | {"W": "", "W*": ""},
    _CLIP: _PAINT,
}
"""What may stand in an object of each kind (ISO 32000-1, figure 9), and the kinds of its operands."""
_NEXT = (
    {"BT": _TEXT, "ET": _PAGE, "W": _CLIP, "W*": _CLIP} | dict.fromkeys(_BEGIN, _PATH) | dict.fromkeys(_PAINT, _PAGE)
)


def odd_content(streams: Sequence[bytes]) -> str:
    """The same of the streams of a page, which are read as one (ISO 32000-1, 7.8.2), with space between them."""
    for one, other in pairwise(streams):
        if one[-1:] not in _WHITE and other[:1] not in _WHITE:
            return _shown(one[-10:] + other[:10])
    return odd(b"\n".join(streams))


def odd(data: bytes) -> str:
    """The first thing in a content stream that viewers may read in different ways; empty when there is none.

    It has to be whole: its last operator ends it, outside of any path or text.
    """
    operands, level, at, within = "", 0, 0, _PAGE
    while at < len(data):
        found = _TOKEN.match(data, at)
        if found is None or ((kind := str(found.lastgroup)) == "number" and abs(float(found[0])) > LARGEST):
            return _shown(data[at : at + 20])
        start, at = at, found.end()
        if kind == "string" and (at := _end_of_string(data, at)) < 0:
            return "("
        if kind == "word" and found[0] not in (b"true", b"false", b"null"):
            name = found[0].decode()
            if level or not _fits(name, operands, within):
                return _shown(data[start:at])
            operands, within = "", _NEXT.get(name, within)
        elif kind == "close":
            level -= 1
            if level < 0:
                return _shown(found[0])
        elif kind == "open":
            operands += "" if level else found[0].decode()[0]
            level += 1
        elif kind != "space" and not level:
            operands += {"number": "n", "name": "/", "string": "s", "hex": "s"}.get(kind, "?")
    return "" if within == _PAGE and not operands and not level else "…"


def _fits(name: str, operands: str, within: str) -> bool:
    """Whether an operator may stand here, and has what it takes and no more."""
    if name in _SPACES:
        colours = operands.removesuffix("/") if name in ("SCN", "scn") else operands
        return within in (_PAGE, _TEXT) and bool(operands) and colours == "n" * len(colours)
    wanted = _ALLOWED[within].get(name)
    if wanted == "/*":
        return operands in ("//", "/<")
    return wanted is not None and operands == wanted


def _end_of_string(data: bytes, at: int) -> int:
    """The place behind a literal string whose bracket was opened before `at`; -1 when it is not closed."""
    depth = 1
    while depth:
        found = _IN_STRING.match(data, at)
        if found is None:
            return -1
        depth += 1 if found[1] == b"(" else -1
        at = found.end()
    return at


def _shown(token: bytes) -> str:
    return token.split()[0].decode("latin-1").encode("ascii", "replace").decode() if token.split() else "-"
