# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""WeasyPrint's tags, and nothing else: what an item of a list holds, beside its mark, belongs to its body.

The engine puts the text of an item into an LBody, but a paragraph of the item beside it, which PDF/UA does not allow
(ISO 14289-1:2014, 7.2; ISO 32000-1:2008, table 336: an LI holds Lbl and LBody).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

USED = {"weasyprint.pdf.tags": ("_build_box_tree",)}
"""Module → what of it is replaced or called."""

_original: dict[str, Any] = {}


def install() -> None:
    """Replace how a box becomes tags, for this process. Calling it again changes nothing."""
    from weasyprint.pdf import tags

    if not _original:
        _original["tree"] = tags._build_box_tree
        tags._build_box_tree = _tree


def _tree(box: Any, parent: Any, pdf: Any, page_number: int, nums: Any, annotations: Any, tags: Any) -> Iterator[Any]:
    for element in _original["tree"](box, parent, pdf, page_number, nums, annotations, tags):
        if element["S"] == "/LI":
            _give_body(element, pdf, nums)
        yield element


def _give_body(item: Any, pdf: Any, nums: Any) -> None:
    loose = [kid for kid in item["K"] if not isinstance(kid, bytes) or _at(kid, pdf)["S"] not in ("/Lbl", "/LBody")]
    if not loose:
        return
    kids = type(item["K"])(loose)
    body = type(item)({"Type": "/StructElem", "S": "/LBody", "K": kids, "Pg": item["Pg"], "P": item.reference})
    pdf.add_object(body)
    at = item["K"].index(loose[0])
    item["K"][:] = [kid for kid in item["K"] if kid not in loose]
    item["K"].insert(at, body.reference)
    for kid in loose:
        if isinstance(kid, bytes):
            _at(kid, pdf)["P"] = body.reference
        else:
            nums[kid] = body.reference


def _at(reference: bytes, pdf: Any) -> Any:
    """The object of a reference: its number is its place."""
    return pdf.objects[int(reference.split()[0])]
