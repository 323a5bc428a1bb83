# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What a page paints, and in which colours: its operators followed into forms, patterns, soft masks and glyphs.

An interpreter of the graphics state as far as colours, widths and places go (ISO 32000-1, 8.4 and 8.6).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from kanyin.findings import SourceError, Where, finding
from kanyin.preflight.facts import Box
from kanyin.preflight.objects import inherited
from kanyin.preflight.pdfx_facts import Kind, PageFacts, Paint, Picture

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)
_DEEPEST = 24
_DEVICE = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}
_PARTS = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
_FILL = {"f", "F", "f*", "B", "B*", "b", "b*"}
_STROKE = {"S", "s", "B", "B*", "b", "b*"}


@dataclass(frozen=True)
class Colour:
    space: str = "/DeviceGray"
    values: tuple[float, ...] = (0.0,)
    pattern: str = ""


@dataclass(frozen=True)
class State:
    """`visible` is false inside a soft mask, where colours are no inks."""

    matrix: Matrix = _SAME
    fill: Colour = Colour()
    stroke: Colour = Colour()
    width: float = 1.0
    fill_over: bool = False
    stroke_over: bool = False
    opm: int = 0
    render: int = 0
    visible: bool = True


def paint_page(page: Any, facts: PageFacts) -> None:
    """Fill all but `boxes` and `annotations` of one page."""
    group = page.obj.get("/Group")
    if group is not None and "/CS" in group:
        facts.groups[space_of(group.CS, {})] = None
    _Painter(facts).run(page, inherited(page.obj, "/Resources") or {}, State(), 0)


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """`inner` first, then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def around(points: list[tuple[float, float]], matrix: Matrix) -> Box:
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x, y in points]
    ys = [b * x + d * y + f for x, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def space_of(held: Any, resources: Any) -> str:
    """A device space, or what another one is called: /Lab, /Separation, ICC with 3 parts, Indexed over …"""
    import pikepdf

    if isinstance(held, pikepdf.Name):
        named = resources.get("/ColorSpace", {}).get(str(held)) if resources else None
        return space_of(named, {}) if named is not None and str(held) not in _PARTS.values() else str(held)
    kind = str(held[0])
    if kind == "/Indexed":
        return space_of(held[1], resources)
    if kind == "/ICCBased":
        return f"/ICCBased {int(held[1].get('/N', 0))}"
    if kind in ("/Separation", "/DeviceN"):
        return f"{kind} {space_of(held[2], resources)}"
    return kind


def inks(colour: Colour) -> tuple[float, ...]:
    if colour.space == "/DeviceCMYK" and len(colour.values) == 4:
        return colour.values
    if colour.space == "/DeviceGray" and len(colour.values) == 1:
        return 0.0, 0.0, 0.0, 1 - colour.values[0]
    return ()


class _Painter:
    def __init__(self, facts: PageFacts) -> None:
        self.facts = facts
        self.done: set[tuple[Any, ...]] = set()

    def run(self, stream: Any, resources: Any, start: State, depth: int) -> None:
        import pikepdf

        if depth > _DEEPEST:
            # what is not looked at is not accepted
            raise SourceError(finding("VERIFY-UNREADABLE", Where(page=self.facts.number), reason="/Form"))
        state, kept = start, []
        points: list[tuple[float, float]] = []
        found: Any = pikepdf.parse_content_stream(stream)
        for one in found:
            name, operands = str(one.operator), list(one.operands)
            if name == "q":
                kept.append(state)
            elif name == "Q":
                state = kept.pop() if kept else state
            elif name == "cm":
                state = replace(state, matrix=times(_matrix(operands), state.matrix))
            elif name in ("m", "l", "c", "v", "y"):
                numbers = [float(v) for v in operands]
                points += list(zip(numbers[::2], numbers[1::2], strict=True))
            elif name == "re":
                x, y, w, h = (float(v) for v in operands)
                points += [(x, y), (x + w, y + h), (x, y + h), (x + w, y)]
            elif name in _FILL | _STROKE | {"n"}:
                if points:
                    self._path(name, points, state, resources, depth)
                points = []
            elif name in ("Do", "sh"):
                self._external(name, operands[0], state, resources, depth)
            elif name in ("Tj", "TJ", "'", '"'):
                self._text(state, resources, depth)
            elif name == "INLINE IMAGE":
                self._image("inline", one.iimage.obj, state, resources)
            else:
                state = self._set(name, operands, state, resources, depth)

    def _set(self, name: str, operands: list[Any], state: State, resources: Any, depth: int) -> State:
        """The state after an operator that only changes it."""
        small, side = name.lower(), "stroke" if name.isupper() else "fill"
        if name == "w":
            return replace(state, width=float(operands[0]))
        if name == "Tr":
            return replace(state, render=int(operands[0]))
        if name == "Tf":
            self._font(str(operands[0]), state, resources, depth)
        if name == "gs":
            return self._graphics(resources.get("/ExtGState", {}).get(str(operands[0])), state, resources, depth)
        if small in _DEVICE:
            return replace(state, **{side: Colour(_DEVICE[small], _numbers(operands))})  # type: ignore[arg-type]
        if small == "cs":
            space = space_of(operands[0], resources)
            first = {"/DeviceCMYK": (0.0, 0.0, 0.0, 1.0), "/DeviceGray": (0.0,)}.get(space, ())
            return replace(state, **{side: Colour(space, first)})  # type: ignore[arg-type]
        if small in ("sc", "scn"):
            old: Colour = getattr(state, side)
            pattern = str(operands[-1]) if operands and str(operands[-1]).startswith("/") else ""
            return replace(state, **{side: Colour(old.space, _numbers(operands), pattern)})  # type: ignore[arg-type]
        return state

    def _graphics(self, held: Any, state: State, resources: Any, depth: int) -> State:
        if held is None:
            return state
        if "/LW" in held:
            state = replace(state, width=float(held.LW))
        if "/OP" in held:
            state = replace(state, stroke_over=bool(held.OP), fill_over=bool(held.get("/op", held.OP)))
        if "/op" in held:
            state = replace(state, fill_over=bool(held.get("/op")))
        if "/OPM" in held:
            state = replace(state, opm=int(held.OPM))
        mask = held.get("/SMask")
        if mask is not None and hasattr(mask, "keys"):
            self._form(mask.G, replace(state, visible=False), resources, depth)
        return state

    def _paint(
        self, kind: Kind, colour: Colour, state: State, over: bool, box: Box | None, resources: Any, depth: int
    ) -> None:
        if colour.pattern:
            held = resources.get("/Pattern", {}).get(colour.pattern)
            if held is None:
                return
            if int(held.get("/PatternType", 1)) == 2:
                self._shading(held.Shading, state, resources)
            elif ("tile", held.objgen, state.visible) not in self.done:
                self.done.add(("tile", held.objgen, state.visible))
                inner = State(_matrix(held.get("/Matrix", _SAME)), visible=state.visible)
                self.run(held, held.get("/Resources", resources), inner, depth + 1)
        elif not state.visible:
            self.facts.masked[colour.space] = None
        else:
            place = (round(box[0], 3), round(box[1], 3), round(box[2], 3), round(box[3], 3)) if box else None
            self.facts.paints[Paint(kind, colour.space, inks(colour), place, over and state.opm == 1)] = None

    def _path(self, name: str, points: list[tuple[float, float]], state: State, resources: Any, depth: int) -> None:
        box = around(points, state.matrix)
        if name in _FILL:
            self._paint("path", state.fill, state, state.fill_over, box, resources, depth)
            thin = min(box[2] - box[0], box[3] - box[1])
            if state.visible and name not in _STROKE and 0 < thin < 1:
                self._line(thin, box)
        if name in _STROKE:
            a, b, c, d, _, _ = state.matrix
            self._paint("path", state.stroke, state, state.stroke_over, box, resources, depth)
            if state.visible:
                self._line(state.width * math.sqrt(abs(a * d - b * c)), box)

    def _line(self, width: float, box: Box) -> None:
        self.facts.lines.setdefault(round(width, 3), box)

    def _text(self, state: State, resources: Any, depth: int) -> None:
        if state.render in (0, 2, 4, 6):
            self._paint("text", state.fill, state, state.fill_over, None, resources, depth)
        if state.render in (1, 2, 5, 6):
            self._paint("text", state.stroke, state, state.stroke_over, None, resources, depth)

    def _font(self, name: str, state: State, resources: Any, depth: int) -> None:
        held = resources.get("/Font", {}).get(name)
        if held is None or ("font", held.objgen, state.visible) in self.done:
            return
        self.done.add(("font", held.objgen, state.visible))
        kind = str(held.get("/Subtype", ""))
        if kind == "/Type3":
            for glyph in held.get("/CharProcs", {}).values():
                self.run(glyph, held.get("/Resources", resources), replace(state), depth + 1)
            return
        inner = held.DescendantFonts[0] if kind == "/Type0" else held
        descriptor = inner.get("/FontDescriptor", {})
        called = str(held.get("/BaseFont", name)).lstrip("/")
        self.facts.fonts[called] = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))

    def _external(self, operator: str, name: Any, state: State, resources: Any, depth: int) -> None:
        held = resources.get("/XObject" if operator == "Do" else "/Shading", {}).get(str(name))
        if held is None:
            return
        if operator == "sh":
            self._shading(held, state, resources)
        elif str(held.get("/Subtype", "")) == "/Image":
            self._image(str(name), held, state, resources)
        elif str(held.get("/Subtype", "")) == "/Form":
            self._form(held, state, resources, depth)

    def _form(self, form: Any, state: State, resources: Any, depth: int) -> None:
        key = ("form", form.objgen, state)
        if key in self.done:
            return
        self.done.add(key)
        group = form.get("/Group")
        if group is not None and "/CS" in group and state.visible:
            self.facts.groups[space_of(group.CS, resources)] = None
        inner = replace(state, matrix=times(_matrix(form.get("/Matrix", _SAME)), state.matrix))
        self.run(form, form.get("/Resources", resources), inner, depth + 1)

    def _shading(self, held: Any, state: State, resources: Any) -> None:
        space = space_of(held.ColorSpace, resources)
        if not state.visible:
            self.facts.masked[space] = None
            return
        ends = [Colour(space, end) for end in _ends(held.get("/Function"))] or [Colour(space, ())]
        for colour in ends:
            self.facts.paints[Paint("shading", space, inks(colour))] = None

    def _image(self, name: str, held: Any, state: State, resources: Any) -> None:
        from kanyin.preflight.pdfx_ink import most_ink

        if not state.visible:
            return
        width, height = int(held.get("/Width", held.get("/W", 1))), int(held.get("/Height", held.get("/H", 1)))
        a, b, c, d, _, _ = state.matrix
        box = around([(0, 0), (1, 0), (0, 1), (1, 1)], state.matrix)
        sides = math.hypot(a, b), math.hypot(c, d)
        ppi = min(72 * width / sides[0], 72 * height / sides[1]) if min(sides) else math.inf
        if held.get("/ImageMask", held.get("/IM", False)):
            self._paint("image", state.fill, state, state.fill_over, box, resources, 0)
            self.facts.pictures.append(Picture(name, "", round(ppi, 1), 1, True, 0, box))
            return
        space = space_of(held.get("/ColorSpace", held.get("/CS")), resources)
        bits = int(held.get("/BitsPerComponent", held.get("/BPC", 8)))
        ink = most_ink(held) if space == "/DeviceCMYK" else 0.0
        self.facts.pictures.append(Picture(name, space, round(ppi, 1), bits, False, ink, box))


def _matrix(values: Any) -> Matrix:
    a, b, c, d, e, f = (float(v) for v in values)
    return a, b, c, d, e, f


def _numbers(operands: list[Any]) -> tuple[float, ...]:
    return tuple(round(float(v), 4) for v in operands if not str(v).startswith("/"))


def _ends(function: Any) -> list[tuple[float, ...]]:
    """The colours at the ends of the runs that a function is made of; none where it is made in another way."""
    if function is None or not hasattr(function, "keys"):
        return []
    if int(function.get("/FunctionType", -1)) == 3:
        return [end for one in function.Functions for end in _ends(one)]
    if int(function.get("/FunctionType", -1)) == 2:
        return [tuple(float(v) for v in function.get(key, [])) for key in ("/C0", "/C1")]
    return []
