# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The content of somebody else's page, kept from the notice: clipped, and where it can be, in a form of its own.

A clip holds as long as its state, and where viewers read content in different ways, what is a picture's data to one
ends a state in another. No operator in a form takes back a state from outside of it. But tags count the marks of a
page's own content, so a tagged page is left as it is, if every viewer reads it alike; if not, the file loses its tags.
"""

from __future__ import annotations

from typing import Any

from kanyin.pdf.boxes import Box
from kanyin.pdf.stamp import number
from kanyin.tools.operators import odd, odd_content

NAME = "/Page"


def streams(page: Any) -> list[Any]:
    """The content streams of a page."""
    import pikepdf

    held = page.get("/Contents")
    found = held if isinstance(held, pikepdf.Array) else [held]
    return [one for one in found if isinstance(one, pikepdf.Stream)]


def untagged(pdf: Any) -> str:
    """Take all tags out where viewers may read the content of a tagged page in different ways; say what it was.

    Content that is sound as a whole, and cut into streams without space between them, is made one stream.
    """
    import pikepdf

    if "/StructTreeRoot" not in pdf.Root:
        return ""
    found = ""
    for page in pdf.pages:
        data = [one.read_bytes() for one in streams(page.obj)]
        if is_tagged(pdf, page.obj) and odd_content(data):
            found = found or odd(b"\n".join(data))
            page.obj["/Contents"] = pikepdf.Array([pdf.make_stream(b"\n".join(data))])
    if not found:
        return ""
    for page in pdf.pages:
        links = page.obj.get("/Annots")
        for one in (page.obj, *(links if isinstance(links, pikepdf.Array) else ())):
            for key in ("/StructParents", "/StructParent"):
                if isinstance(one, pikepdf.Dictionary) and key in one:
                    del one[key]
    for key in ("/StructTreeRoot", "/MarkInfo"):
        if key in pdf.Root:
            del pdf.Root[key]
    return found


def is_tagged(pdf: Any, page: Any) -> bool:
    return "/StructTreeRoot" in pdf.Root and "/StructParents" in page


class Enclosure:
    """Pages that share content and resources share a form."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._forms: dict[Any, Any] = {}
        self._taken: set[tuple[int, int]] = set()

    def around(self, page: Any, content: list[Any], closing: bytes, box: Box) -> bytes:
        """The operators that draw `content` and `closing` of the page, which get the resources of the page, in `box`.

        The page is left with resources that name the form alone.
        """
        import pikepdf

        if not isinstance(page.get("/Resources"), pikepdf.Dictionary):
            page["/Resources"] = pikepdf.Dictionary()
        resources = page["/Resources"]
        if not resources.is_indirect:
            resources = self._pdf.make_indirect(resources)
        key = (tuple(one.objgen for one in content), closing, resources.objgen, box)
        if key not in self._forms:
            self._forms[key] = self._form(content, closing, resources, box)
        page["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary({NAME: self._forms[key]}))
        return f"{NAME} Do\n".encode()

    def _form(self, content: list[Any], closing: bytes, resources: Any, box: Box) -> Any:
        """The stream itself, where it is one and no other form is made of it: a copy would make the file grow."""
        import pikepdf

        if len(content) == 1 and not closing and content[0].objgen not in self._taken:
            form = content[0]
            self._taken.add(form.objgen)
        else:
            form = self._pdf.make_stream(b"\n".join([*(one.read_bytes() for one in content), closing]))
        form["/Type"], form["/Subtype"], form["/Resources"] = pikepdf.Name.XObject, pikepdf.Name.Form, resources
        form["/BBox"] = pikepdf.Array([round(v, 4) for v in box])
        return form


def clip(box: Box) -> bytes:
    """The operators of a clip to a rectangle."""
    x0, y0, x1, y1 = box
    return f"{number(x0)} {number(y0)} {number(x1 - x0)} {number(y1 - y0)} re W n\n".encode()
