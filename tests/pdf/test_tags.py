# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Cells name the headers that a reader sees above and before them, however they span; running heads are artifacts."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pdf_samples import A4, laid_out, put

SPANNED = """<table>
<thead><tr><th rowspan=2>a</th><th colspan=2>b</th><th rowspan=2>c</th></tr><tr><th>d</th><th>e</th></tr></thead>
<tbody><tr><td>1</td><td>2</td><td>3</td><td>4</td></tr><tr><th scope=row>5</th><td>6</td><td colspan=2>7</td></tr>
<tr><td rowspan=2>8</td><td>9</td><td>0</td><td>x</td></tr><tr><td>y</td><td>z</td><td>w</td></tr></tbody></table>"""

HEADERS = {
    "a": "", "b": "", "c": "", "d": "b", "e": "b",
    "1": "a", "2": "bd", "3": "be", "4": "c",
    "5": "a", "6": "bd5", "7": "bce5",
    "8": "a", "9": "bd", "0": "be", "x": "c",
    "y": "bd", "z": "be", "w": "c",
}  # fmt: skip
SCOPES = dict.fromkeys("abcde", "/Column") | {"5": "/Row"}


@pytest.fixture(scope="module")
def tagged() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(put(laid_out(A4, 1, "pdf/ua-1", SPANNED))))


def cells(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """Cells by their text, in reading order: the table above, with one letter in each."""
    elements = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") in ("/TH", "/TD")]
    return dict(zip(HEADERS, elements, strict=True))


def test_each_cell_names_its_headers(tagged: pikepdf.Pdf) -> None:
    found = cells(tagged)
    names = {bytes(cell.ID): text for text, cell in found.items() if "/ID" in cell}
    said = {text: "".join(names[bytes(h)] for h in cell.A.get("/Headers", ())) for text, cell in found.items()}
    assert said == HEADERS
    assert {text: str(cell.A.Scope) for text, cell in found.items() if "/Scope" in cell.A} == SCOPES


def test_identifiers_are_found_in_their_tree(tagged: pikepdf.Pdf) -> None:
    names = list(tagged.Root.StructTreeRoot.IDTree.Names)
    keys = [bytes(name) for name in names[::2]]
    assert keys == sorted(set(keys))
    assert [bytes(element.ID) for element in names[1::2]] == keys


def test_running_heads_are_artifacts() -> None:
    """Each is one more artifact on its page, and owned by no element."""
    css = A4 + "@page { @top-center { content: '页眉' } }"

    def artifacts(css: str) -> tuple[int, int]:
        with pikepdf.open(io.BytesIO(put(laid_out(css, 2)))) as pdf:
            page = pdf.pages[1]
            marks = [str(o[0]) for o, _ in pikepdf.parse_content_stream(page, "BDC BMC")]
            owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1 + 2 * int(page.obj.StructParents)]
            return marks.count("/Artifact"), sum(owner is None for owner in owners)

    (bare, _), (headed, unowned) = artifacts(A4), artifacts(css)
    assert (headed - bare, unowned) == (1, 1)
