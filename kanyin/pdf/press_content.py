# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Content streams with their colours replaced. Every other byte of an operator stays as it was.

Text in black ink is set to overprint: a letter that knocks out the tint below it leaves a white rim when the plates do
not meet to a hair.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kanyin.pdf.press_colour import Colours, Inks, Mode, luminance

BLACK: Inks = (0.0, 0.0, 0.0, 1.0)
OVERPRINT, KNOCKOUT = "PressOver", "PressKnock"
"""Names of the two graphics states, in the resources of every stream that shows text."""

_TOKEN = re.compile(rb"%[^\r\n]*|(?P<string>\()|<[0-9A-Fa-f\s]*>|<<|>>|[\[\]{}]|/[^\s()<>\[\]{}/%]*|[^\s()<>\[\]{}/%]+")
_ESCAPE_OR_BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)
_NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)$")
_SHOW = {b"Tj", b"TJ", b"'", b'"'}
_PAINT = {b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"sh", b"Do"}
_ENDS = _PAINT | {b"n"}
_DEVICE = {b"g": 1, b"rg": 3, b"k": 4}


class Unknown(ValueError):
    """Something in the file that cannot be brought to press; says what."""


@dataclass
class _State:
    """What of the graphics state matters here. A space is the name of one, a colour None when it is no plain one."""

    space: dict[bool, str] = field(default_factory=lambda: {False: "/DeviceGray", True: "/DeviceGray"})
    black: bool = True
    over: bool = False


def tokens(data: bytes) -> Iterator[bytes]:
    """The tokens of a content stream, without comments (ISO 32000-1, 7.8.2). Raises Unknown on an open string."""
    at = 0
    while found := _TOKEN.search(data, at):
        at = found.end()
        if found["string"]:
            depth = 1
            while depth:
                inner = _ESCAPE_OR_BRACKET.search(data, at)
                if inner is None:
                    raise Unknown("(")
                at = inner.end()
                depth += {b"(": 1, b")": -1}.get(inner[0], 0)
            yield data[found.start() : at]
        elif not found[0].startswith(b"%"):
            yield found[0]


def operations(data: bytes) -> Iterator[tuple[list[bytes], bytes]]:
    """Operands and operator, one after the other."""
    operands: list[bytes] = []
    for token in tokens(data):
        if token[:1] in b"/([<" or token in (b"]", b">>", b"true", b"false", b"null") or _NUMBER.match(token):
            operands.append(token)
        else:
            yield operands, token
            operands = []


def rewritten(data: bytes, colours: Colours, mode: Mode, space_of: Callable[[str], str], *, page: bool) -> bytes:
    """The stream with inks in place of colours.

    `space_of` gives for a name in the resources what kind of space it is: a device space, /Lab or /Pattern. A `page`
    starts in black; what is drawn inside one takes over the colour. Raises Unknown.
    """
    state = _State()
    kept: list[_State] = []
    out: list[bytes] = [b"0 0 0 1 k 0 0 0 1 K"] if page and mode != "mask" else []
    path = -1  # where the path that waits for its painting began
    for operands, name in operations(data):
        if name == b"q":
            kept.append(_State(dict(state.space), state.black, state.over))
        elif name == b"Q" and kept:
            state = kept.pop()
        elif name in (b"BI", b"ID"):
            raise Unknown("BI")
        elif (made := _colour(operands, name, state, colours, mode, space_of)) is not None:
            out.append(made)
            continue
        elif name in _SHOW | _PAINT and mode != "mask":
            wanted = name in _SHOW and state.black
            if wanted != state.over:  # no state is set amid a path (ISO 32000-1, figure 9)
                out.insert(len(out) if path < 0 else path, f"/{OVERPRINT if wanted else KNOCKOUT} gs".encode())
                state.over = wanted
        if name in (b"m", b"re") and path < 0:
            path = len(out)
        elif name in _ENDS:
            path = -1
        out.append(b" ".join([*operands, name]))
    return b"\n".join(out)


def _colour(
    operands: list[bytes],
    name: bytes,
    state: _State,
    colours: Colours,
    mode: Mode,
    space_of: Callable[[str], str],
) -> bytes | None:
    """What takes the place of an operator that sets a colour or a space; None for any other."""
    small = name.lower()
    stroke = name.isupper()
    if small == b"cs":
        state.space[stroke] = space_of(operands[0].decode("latin-1"))
        pattern = state.space[stroke] == "/Pattern"
        if not stroke:
            state.black = not pattern
        # a new space starts with its black
        return b" ".join([*operands, name]) if pattern else _operator(BLACK, stroke, mode)
    if small in _DEVICE:
        state.space[stroke] = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}[_DEVICE[small]]
    elif small not in (b"sc", b"scn"):
        return None
    if state.space[stroke] == "/Pattern":
        if not stroke:
            state.black = False
        return b" ".join([*operands, name])
    inks = _inks(state.space[stroke], [float(v) for v in operands], colours)
    if not stroke:
        state.black = inks == BLACK
    return _operator(inks, stroke, mode)


def _inks(space: str, values: list[float], colours: Colours) -> Inks:
    if len(values) != {"/DeviceGray": 1, "/DeviceCMYK": 4}.get(space, 3):
        raise Unknown(f"{space} {len(values)}")
    if space == "/DeviceGray":
        return 0.0, 0.0, 0.0, round(1 - min(1.0, max(0.0, values[0])), 4)
    if space == "/DeviceRGB":
        red, green, blue = values
        return colours.rgb(red, green, blue)
    if space == "/DeviceCMYK":
        c, m, y, k = values
        return colours.inks(c, m, y, k)
    if space == "/Lab":
        lightness, a, b = values
        return colours.lab(lightness, a, b)
    raise Unknown(space)


def _operator(inks: Inks, stroke: bool, mode: Mode) -> bytes:
    if mode == "mask":
        return f"{plain(gray_of(inks))} {'G' if stroke else 'g'}".encode()
    return f"{' '.join(plain(v) for v in inks)} {'K' if stroke else 'k'}".encode()


def gray_of(inks: Inks) -> float:
    """How light inks are, as a viewer adds them up."""
    c, m, y, k = inks
    return max(0.0, 1 - k - luminance(c, m, y))


def plain(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"
