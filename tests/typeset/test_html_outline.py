# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What a template wrote is looked at again: order of headings, ids, images, foreign elements."""

from __future__ import annotations

import pytest

from kanyin.typeset.outline import inspect


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ("<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2>", []),
        ("<p>before</p><h1>a</h1>", []),
        ("<p>no heading</p>", ["TYPESET-OUTLINE"]),
        ("<h2>b</h2>", ["TYPESET-OUTLINE"]),
        ("<h1>a</h1><h1>b</h1>", ["TYPESET-OUTLINE"]),
        ("<h1>a</h1><h3>b</h3>", ["TYPESET-OUTLINE"]),
        ('<h1>a</h1><img src="x">', ["TYPESET-IMAGE-ALT"]),
        ('<h1>a</h1><img src="x" alt="">', ["TYPESET-IMAGE-ALT"]),
        ('<h1>a</h1><img src="x" alt="图">', []),
        ('<h1 id="a">a</h1><p id="a"></p>', ["TYPESET-ID-TWICE"]),
        *(
            (f"<h1>a</h1><{tag}>", ["TYPESET-TEMPLATE-ELEMENT"])
            for tag in ("script", "style", "LINK", "iframe", "title")
        ),
    ],
)
def test_inspection(content: str, codes: list[str]) -> None:
    assert [f.code for f in inspect(content, "a.j2")] == codes
    assert all(f.where.file == "a.j2" for f in inspect(content, "a.j2"))
