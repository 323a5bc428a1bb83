# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What the content of a page leaves open when it ends: a state, a mark, a text. A stamp must not fall into it.

Viewers close such things at the end of the page and pass over a state that is taken back once too often. So a stream
that closes follows the content, and superfluous operators are left out of it; all else stays as it is.
"""

from __future__ import annotations

from typing import Any

from kanyin.pdf.finished_enclose import streams as streams_of

_PAIRS = {"q": ("q", 1), "Q": ("q", -1), "BDC": ("BDC", 1), "BMC": ("BDC", 1), "EMC": ("BDC", -1)}
_PAIRS |= {"BT": ("BT", 1), "ET": ("BT", -1), "BX": ("BX", 1), "EX": ("BX", -1)}
_CLOSING = (("BT", b"ET\n"), ("BDC", b"EMC\n"), ("BX", b"EX\n"), ("q", b"Q\n"))


def balanced(pdf: Any, page: Any) -> tuple[list[Any], bytes]:
    """The content streams of the page, and the operators that close what they leave open."""
    import pikepdf

    streams = streams_of(page.obj)
    if not streams:
        return [], b""
    page.obj["/Contents"] = pikepdf.Array(streams)
    operators = [str(one.operator) for one in pikepdf.parse_content_stream(page, " ".join(_PAIRS))]
    open_ = dict.fromkeys(["q", "BDC", "BT", "BX"], 0)
    superfluous = False
    for operator in operators:
        kind, step = _PAIRS[operator]
        if open_[kind] + step < 0:
            superfluous = True
        else:
            open_[kind] += step
    if superfluous:
        streams = [pdf.make_stream(_without_superfluous(page))]
    return streams, b"".join(closing * open_[kind] for kind, closing in _CLOSING)


def _without_superfluous(page: Any) -> bytes:
    """The content without operators that close what was never opened."""
    import pikepdf

    kept, open_ = [], dict.fromkeys(["q", "BDC", "BT", "BX"], 0)
    for one in pikepdf.parse_content_stream(page):
        kind, step = _PAIRS.get(str(one.operator), ("", 0))
        if kind and open_[kind] + step < 0:
            continue
        if kind:
            open_[kind] += step
        kept.append(one)
    return bytes(pikepdf.unparse_content_stream(kept))
