# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Citations as publishers write them, one mark a reference with signs between → one citation, printed by number.

`<sup>[<xref>1</xref>,<xref>3</xref>–<xref>5</xref>]</sup>` holds signs that the layout sets itself: brackets, the
comma, the dash of a range; and the height.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kanyin.model import Inline, Styled, Text, Xref

_COMMA = re.compile(r"\s*[,，、;；]\s*|\s+")
_DASH = re.compile(r"\s*[-–—−~～]\s*")
_SIGNS = re.compile(r"[\s,，、;；\-–—−~～\[\]［］()（）]*")
_OPEN = re.compile(r"[\[［]\s*\Z")
_CLOSE = re.compile(r"\A\s*[\]］]")


def gather(content: Sequence[Inline], refs: Sequence[str]) -> list[Inline]:
    """`refs` are the ids of the reference list, in order: what a range stands for."""
    out: list[Inline] = []
    for inline in _lowered(content):
        if isinstance(inline, Xref) and inline.ref_type == "bibr":
            _join(out, inline, refs)
        else:
            out.append(inline)
    return _unbracketed(out)


def _lowered(content: Sequence[Inline]) -> list[Inline]:
    """Raised citations without their height; the layout raises them."""
    out: list[Inline] = []
    for inline in content:
        if isinstance(inline, Styled) and inline.style == "sup" and _is_citation(inline.content):
            out += inline.content
        else:
            out.append(inline)
    return out


def _is_citation(content: Sequence[Inline]) -> bool:
    cites = any(isinstance(i, Xref) and i.ref_type == "bibr" for i in content)
    return cites and all(
        (isinstance(i, Xref) and i.ref_type == "bibr") or (isinstance(i, Text) and _SIGNS.fullmatch(i.value))
        for i in content
    )


def _join(out: list[Inline], xref: Xref, refs: Sequence[str]) -> None:
    """Put a citation behind what is there: into the citation before it, when only a comma or a dash parts the two."""
    last = out[-1] if out else None
    if isinstance(last, Text) and len(out) > 1 and isinstance(before := out[-2], Xref) and before.ref_type == "bibr":
        rids: tuple[str, ...] | None = None
        if _COMMA.fullmatch(last.value):
            rids = xref.rids
        elif _DASH.fullmatch(last.value):
            rids = _range(before.rids[-1], xref.rids[0], refs)
        if rids is not None:
            out[-2:] = [Xref("bibr", tuple(dict.fromkeys((*before.rids, *rids, *xref.rids))), "", before.where)]
            return
    out.append(xref)


def _range(first: str, last: str, refs: Sequence[str]) -> tuple[str, ...] | None:
    if first not in refs or last not in refs or refs.index(first) > refs.index(last):
        return None
    return tuple(refs[refs.index(first) + 1 : refs.index(last) + 1])


def _unbracketed(content: list[Inline]) -> list[Inline]:
    for at in range(1, len(content) - 1):
        before, xref, after = content[at - 1 : at + 2]
        if not (isinstance(before, Text) and isinstance(xref, Xref) and isinstance(after, Text)):
            continue
        if xref.ref_type == "bibr" and _OPEN.search(before.value) and _CLOSE.match(after.value):
            content[at - 1] = Text(_OPEN.sub("", before.value))
            content[at + 1] = Text(_CLOSE.sub("", after.value))
    return content
