# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Everything that a page draws with, brought to press: forms, patterns, shadings, soft masks, drawn glyphs, images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kanyin.config.press import Press
from kanyin.pdf.press_colour import Colours, Mode
from kanyin.pdf.press_content import KNOCKOUT, OVERPRINT, Unknown, gray_of, rewritten
from kanyin.pdf.press_image import convert
from kanyin.pdf.stamp_compact import fill

if TYPE_CHECKING:
    from pypdf import PdfWriter

_BY_PARTS = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
_DEVICE = set(_BY_PARTS.values())


class Converter:
    """Walks the resources of pages; what pages share is converted once."""

    def __init__(self, writer: PdfWriter, colours: Colours, press: Press) -> None:
        from pypdf.generic import BooleanObject, DictionaryObject, NameObject, NumberObject

        self._colours, self._press = colours, press
        self._seen: set[int] = set()
        self._spaces: list[Any] = []

        def state(on: bool) -> Any:
            made = DictionaryObject({NameObject(f"/{key}"): BooleanObject(on) for key in ("OP", "op")})
            made[NameObject("/OPM")] = NumberObject(1 if on else 0)
            return writer._add_object(made)

        self._states = {f"/{OVERPRINT}": state(True), f"/{KNOCKOUT}": state(False)}

    def content(self, data: bytes, resources: Any, mode: Mode, *, page: bool = False) -> bytes:
        """The new content of a stream, and its resources changed in place. Raises Unknown."""
        from pypdf.generic import DictionaryObject, NameObject

        made = rewritten(data, self._colours, mode, lambda name: self._space(name, resources), page=page)
        self._resources(resources, mode)
        if f"/{OVERPRINT} gs".encode() in made:
            states = resources.setdefault(NameObject("/ExtGState"), DictionaryObject()).get_object()
            states.update({NameObject(key): state for key, state in self._states.items()})
        return made

    def finish(self) -> None:
        """Take away the spaces by which colours were named before."""
        from pypdf.generic import NameObject

        for resources in self._spaces:
            resources.pop(NameObject("/ColorSpace"), None)

    def _space(self, held: Any, resources: Any) -> str:
        """The kind of a colour space: a device space, /Lab or /Pattern."""
        held = held.get_object() if hasattr(held, "get_object") else held
        if isinstance(held, str):
            named = resources["/ColorSpace"].get_object() if "/ColorSpace" in resources else {}
            if held in _DEVICE or held == "/Pattern" or held not in named:
                return held
            return self._space(named[held], resources)
        kind = str(held[0])
        if kind == "/ICCBased":
            return _BY_PARTS.get(int(held[1].get_object()["/N"]), kind)
        return {"/CalGray": "/DeviceGray", "/CalRGB": "/DeviceRGB", "/Pattern": "[/Pattern]"}.get(kind, kind)

    def _resources(self, resources: Any, mode: Mode) -> None:
        if id(resources) in self._seen:
            return
        self._seen.add(id(resources))
        self._spaces.append(resources)
        for held in _values(resources, "/ExtGState"):
            mask = held.get("/SMask")
            mask = mask.get_object() if mask is not None else None
            if isinstance(mask, dict):
                self._stream(mask["/G"].get_object(), "mask", resources)
        for held in _values(resources, "/XObject"):
            if held.get("/Subtype") == "/Form":
                self._stream(held, mode, resources)
            elif id(held) not in self._seen and held.get("/Subtype") == "/Image":
                self._seen.add(id(held))
                space = "" if held.get("/ImageMask") else self._space(held["/ColorSpace"], resources)
                if space not in _DEVICE and space:
                    raise Unknown(f"/Image {space}")
                convert(held, space, self._colours, limit=self._press.ink)
        for held in _values(resources, "/Pattern"):
            if held.get("/PatternType") == 1:
                self._stream(held, mode, resources)
            else:
                self._shading(held["/Shading"].get_object(), mode, resources)
        for held in _values(resources, "/Shading"):
            self._shading(held, mode, resources)
        for held in _values(resources, "/Font"):
            if held.get("/Subtype") == "/Type3":
                for glyph in held["/CharProcs"].get_object().values():
                    inner = held.get("/Resources", resources).get_object()
                    stream = glyph.get_object()
                    fill(stream, self.content(stream.get_data(), inner, mode))

    def _stream(self, stream: Any, mode: Mode, outer: Any) -> None:
        """A form or a tile: its content, its resources, the space of its group."""
        from pypdf.generic import NameObject

        if id(stream) in self._seen:
            return
        self._seen.add(id(stream))
        inner = stream["/Resources"].get_object() if "/Resources" in stream else outer
        fill(stream, self.content(stream.get_data(), inner, mode))
        if "/Group" in stream:
            space = "/DeviceGray" if mode == "mask" else "/DeviceCMYK"
            stream["/Group"].get_object()[NameObject("/CS")] = NameObject(space)

    def _shading(self, shading: Any, mode: Mode, resources: Any) -> None:
        from pypdf.generic import NameObject

        if id(shading) in self._seen:
            return
        self._seen.add(id(shading))
        space = self._space(shading["/ColorSpace"], resources)
        if int(shading["/ShadingType"]) not in (2, 3) or space not in _DEVICE:
            raise Unknown(f"/Shading {shading['/ShadingType']} {space}")
        self._function(shading["/Function"].get_object(), space, mode)
        shading[NameObject("/ColorSpace")] = NameObject("/DeviceGray" if mode == "mask" else "/DeviceCMYK")
        if "/Background" in shading:
            shading[NameObject("/Background")] = self._ends(shading["/Background"], space, mode)

    def _function(self, function: Any, space: str, mode: Mode) -> None:
        """The colours at the ends of a run; between them the inks run as the colours did."""
        from pypdf.generic import NameObject

        if isinstance(function, list) or int(function["/FunctionType"]) not in (2, 3):
            raise Unknown("/Function")
        if id(function) in self._seen:
            return
        self._seen.add(id(function))
        if int(function["/FunctionType"]) == 3:
            for one in function["/Functions"]:
                self._function(one.get_object(), space, mode)
            return
        parts = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}[space]
        for key, usual in (("/C0", 0.0), ("/C1", 1.0)):
            function[NameObject(key)] = self._ends(function.get(key, [usual] * parts), space, mode)

    def _ends(self, values: Any, space: str, mode: Mode) -> Any:
        from pypdf.generic import ArrayObject, FloatObject

        numbers = [float(v) for v in values]
        if space == "/DeviceGray":
            inks = (0.0, 0.0, 0.0, 1 - numbers[0])
        elif space == "/DeviceRGB":
            inks = self._colours.rgb(*numbers)
        else:
            inks = self._colours.inks(*numbers)
        return ArrayObject(FloatObject(round(v, 4)) for v in ((gray_of(inks),) if mode == "mask" else inks))


def _values(resources: Any, key: str) -> list[Any]:
    held = resources.get(key)
    return [] if held is None else [one.get_object() for one in held.get_object().values()]
