# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Inlines → JATS inside a paragraph, a title or a cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kanyin.exports.xml import el, identifier, text
from kanyin.model import Inline, InlineFormula, LineBreak, Link, Styled, Text, Xref

Cite = Callable[[Sequence[str]], str]
"""The printed text of a citation, by the ids it names: 1,3-5."""
Math = Callable[[str, bool], str]
"""A formula as a MathML element, by its LaTeX and whether it stands on a line of its own; empty where there is none."""

_STYLES = {"emphasis": "styled-content", "code": "monospace"}


@dataclass(frozen=True)
class Inliner:
    """`ids` are the parts of the article, `refs` its references: an xref to anything else would not be valid."""

    ids: frozenset[str]
    refs: frozenset[str]
    cite: Cite
    math: Math

    def all(self, content: Sequence[Inline]) -> str:
        return "".join(self.one(inline) for inline in content)

    def one(self, inline: Inline) -> str:
        match inline:
            case Text(value):
                return text(value)
            case Styled("ruby", content, reading):
                return el("ruby", {}, el("rb", {}, self.all(content)), el("rt", {}, text(reading)))
            case Styled(style, content):
                name = _STYLES.get(style, style)
                return el(name, {"style-type": "emphasis" if style == "emphasis" else ""}, self.all(content))
            case Xref():
                return self.xref(inline)
            case Link(href, content):
                return el("ext-link", {"ext-link-type": "uri", "xlink:href": href}, self.all(content))
            case InlineFormula(tex, alt):
                return el("inline-formula", {}, alternative(alt), self.formula(tex, display=False))
            case LineBreak():
                # <break> is for titles and cells only (JATS 1.3, Publishing)
                return el("named-content", {"content-type": "line-break"})

    def xref(self, xref: Xref) -> str:
        if xref.ref_type == "bibr":
            known, kind, shown = self.refs, "ref", self.cite(xref.rids)
            shown = f"[{shown}]" if shown else ""
        else:
            known, kind, shown = self.ids, "", xref.text
        if not set(xref.rids) <= known:
            return text(xref.text)
        rid = " ".join(identifier(name, kind) for name in xref.rids)
        return el("xref", {"ref-type": xref.ref_type, "rid": rid}, text(shown))

    def formula(self, tex: str, *, display: bool) -> str:
        made = self.math(tex, display)
        written = el("tex-math", {}, text(tex))
        return el("alternatives", {}, written, made) if made else written


def alternative(alt: str) -> str:
    return el("alt-text", {}, text(alt)) if alt else ""
