# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What stands in a line of JATS → Inlines. An element that is not known gives its content, and is reported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, cast

from kanyin.model import Footnote, Inline, InlineFormula, Inlines, LineBreak, Link, Styled, Text, Xref
from kanyin.readers.inlines import plain as plain_text
from kanyin.readers.jats_cite import gather
from kanyin.readers.jats_state import State
from kanyin.readers.joining import join_lines
from kanyin.readers.mathml import latex
from kanyin.readers.xmltree import Chars, Node

Style = Literal["bold", "italic", "sup", "sub", "underline", "sc", "emphasis", "code"]
_STYLES = {"bold", "italic", "sup", "sub", "underline", "sc"}
_CODE = {"monospace", "code"}
# they mean something and look like nothing, here; or hold what does
_CLEAR = {
    "named-content", "styled-content", "abbrev", "roman", "sans-serif", "fixed-case", "alternatives", "p", "target",
    "collab", "institution", "institution-wrap", "article-title", "source", "title", "label", "list", "list-item",
    "def-list", "def-item", "term", "def", "private-char", "chem-struct", "email", "td", "th", "tr", "tbody", "thead",
    "table", "array", "disp-quote", "attrib", "license-p", "textual-form", "product", "award-id", "funding-source",
    "mixed-citation", "element-citation", "name", "surname", "given-names", "year", "volume", "issue", "fpage", "lpage",
    "person-group", "string-name", "pub-id", "publisher-name", "publisher-loc", "related-article", "related-object",
    "ruby", "rb", "rt", "open-access", "x", "caption", "milestone-start", "milestone-end",
    "inline-supplementary-material", "supplementary-material", "addr-line", "city", "state", "country", "postal-code",
    "phone", "fax", "comment", "suffix", "prefix", "date-in-citation", "month", "day", "season", "edition", "etal",
}  # fmt: skip
_LINES = {"p", "list-item", "def-item", "tr", "disp-quote", "caption", "title", "attrib"}
_RAISED = str.maketrans("0123456789+-−=()nia", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵃ")
_LOWERED = str.maketrans("0123456789+-−=()aeijnoxt", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢⱼₙₒₓₜ")
_NUMBERS = re.compile(r"[\s\[\](（）)［］,，、;；–—\-−~～\d]*")
_ADDRESS = re.compile(r"(?:https?|ftp)://\S+")
_TEX = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
_DOLLARS = re.compile(r"\A\s*(?:\$\$(.*)\$\$|\$(.*)\$|\\\[(.*)\\\]|\\\((.*)\\\))\s*\Z", re.DOTALL)


class Inliner:
    def __init__(self, state: State) -> None:
        self.state = state

    def all(self, node: Node, *, without: Sequence[str] = ()) -> Inlines:
        """The content of an element as one line, its ends without white space."""
        content = [child for child in node.children if not (isinstance(child, Node) and child.name in without)]
        return self.line(content)

    def line(self, content: Sequence[Node | Chars]) -> Inlines:
        out = self._run(content)
        if self.state.own:
            return join_lines(out)
        return trimmed(join_lines(gather(out, self.state.refs)))

    def plain(self, node: Node, *, without: Sequence[str] = ()) -> str:
        """The content as bare characters; raised and lowered figures keep their height (CO₂), other styles are lost."""
        if self.state.own:
            return node.text()
        found = self.all(node, without=without)
        if lost := [i for i in found if isinstance(i, Styled) and _raised(i) is None]:
            self.state.report("JATS-STYLE", node.where, f"{node.name}/{lost[0].style}")
        return "".join(_raised(i) or plain_text((i,)) if isinstance(i, Styled) else plain_text((i,)) for i in found)

    def _run(self, content: Sequence[Node | Chars]) -> list[Inline]:
        out: list[Inline] = []
        for child in content:
            if isinstance(child, Chars):
                child.taken = True
                out.append(Text(self.state.spaced(child.value)))
            else:
                out += self.one(child)
        return out

    def one(self, node: Node) -> Sequence[Inline]:
        name = node.name
        if name in _STYLES:
            content = self._run(node.children)
            return [Styled(cast(Style, name), join_lines(content))] if content else []
        if name in _CODE:
            return [Styled("code", (Text(node.text().strip() if not self.state.own else node.text()),))]
        match name:
            case "styled-content" if node.get("style-type") == "emphasis":
                return [Styled("emphasis", join_lines(self._run(node.children)))]
            case "named-content" if node.get("content-type") == "line-break":
                return [LineBreak()]
            case "break" | "hr":
                return [LineBreak()]
            case "ruby" if ruby := _ruby(node):
                return [ruby]
            case "xref":
                return self.xref(node)
            case "ext-link" | "uri" | "email" | "self-uri":
                return self.link(node)
            case "inline-formula" | "disp-formula" | "tex-math" | "math":
                return self.formula(node)
            case "fn":
                return [self.footnote(node)]
            case "graphic" | "inline-graphic" | "media" | "inline-media":
                return self.graphic(node)
            case "index-term" | "index-term-range-end":
                return []  # its text is for an index; it stays with what is not printed
        if name not in _CLEAR:
            self.state.report("JATS-STYLE" if name in ("strike", "overline") else "JATS-UNKNOWN", node.where, name)
        content = self._run(node.children)
        return [LineBreak(), *content, LineBreak()] if name in _LINES and content and not self.state.own else content

    def xref(self, node: Node) -> Sequence[Inline]:
        """A reference to a part of the article. One to anything else keeps its text alone."""
        rids = node.get("rid").split()
        kinds = {self.state.ids[rid] for rid in rids if rid in self.state.ids}
        shown = self._run(node.children)
        text = plain_text(join_lines(shown))
        if not rids or len(kinds) != 1 or any(rid not in self.state.ids for rid in rids):
            if node.get("ref-type") in ("bibr", "fig", "table", "sec", "disp-formula", "fn") or not node.attrs:
                self.state.report("JATS-XREF", node.where, " ".join(rids))
            return shown
        kind = kinds.pop()
        ids = tuple(self.state.id(rid, "ref" if kind == "bibr" else "") for rid in rids)
        xref = Xref(kind, ids, "" if kind in ("bibr", "fn") else text, node.where)
        if kind == "bibr" and not _NUMBERS.fullmatch(text):
            return [*shown, xref]  # by author and year: the words stay, the number follows them
        if kind == "fn" and len(text.strip()) > 3:
            return [*shown, xref]
        return [xref]

    def link(self, node: Node) -> Sequence[Inline]:
        content = join_lines(self._run(node.children))
        href = node.get("href") or plain_text(content).strip()
        if node.get("ext-link-type") == "doi" and href.startswith("10."):
            href = f"https://doi.org/{href}"
        if self.state.own or _ADDRESS.fullmatch(href):
            return [Link(href, content or (Text(href),))]
        return content

    def formula(self, node: Node) -> Sequence[Inline]:
        """A formula; one that is written with letters and raised figures alone is text."""
        tex, alt = self.tex(node)
        if tex:
            return [InlineFormula(tex, alt, node.where)]
        return self._run([child for child in node.children if not (isinstance(child, Node) and child.name == "label")])

    def tex(self, node: Node) -> tuple[str, str]:
        """LaTeX and alternative text of a formula, or two empty texts when it has neither LaTeX nor MathML."""
        inside = list(node.walk())
        alt = next((part.text() for part in inside if part.name == "alt-text"), "")
        given = next((part for part in inside if part.name == "tex-math"), None)
        maths = [part for part in inside if part.name == "math"]
        if given is not None:
            for part in maths:
                part.text()  # the same formula, told twice
            return (given.text() if self.state.own else bare_tex(given.text())), alt
        if maths:
            return " ".join(filter(None, map(latex, maths))), alt
        return "", alt

    def footnote(self, node: Node) -> Xref:
        """A note that stands where it is called."""
        identifier = self.state.named(node, "fn")
        self.note(node, identifier)
        return Xref("fn", (identifier,), "", node.where)

    def note(self, node: Node, identifier: str) -> None:
        label = node.first("label")
        if label is not None:
            label.text()
        self.state.footnotes.append(Footnote(identifier, self.all(node, without=["label"]), node.where))

    def graphic(self, node: Node) -> Sequence[Inline]:
        """A picture in a line: our lines hold none, so its alternative text or its name stands there."""
        self.state.report("JATS-INLINE-GRAPHIC", node.where, node.get("href"))
        return self._run(node.children) or [Text(f"[{node.get('href')}]")]


def bare_tex(value: str) -> str:
    """LaTeX without the document and the dollars that publishers put around it."""
    if whole := _TEX.search(value):
        value = whole[1]
    if found := _DOLLARS.match(value):
        value = next(group for group in found.groups() if group is not None)
    return re.sub(r"\s*\n\s*", " ", value).strip()


def trimmed(content: Inlines) -> Inlines:
    """Without white space and line ends at both ends."""
    items = list(content)
    for at, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while items:
            edge = items[at]
            if isinstance(edge, Text) and (value := strip(edge.value)):
                items[at] = Text(value)
                break
            if not isinstance(edge, Text | LineBreak):
                break
            del items[at]
    out: list[Inline] = []
    for item in items:  # paragraphs in a cell are parted by one line end
        if isinstance(item, LineBreak) and out and isinstance(out[-1], LineBreak):
            continue
        if isinstance(item, Text) and not item.value.strip() and out and isinstance(out[-1], LineBreak):
            continue
        out.append(item)
    return tuple(out)


def _ruby(node: Node) -> Styled | None:
    """A base of plain text with one reading; None for any other, whose parts then stand side by side."""
    parts = node.nodes
    if [part.name for part in parts] != ["rb", "rt"] or any(part.nodes for part in parts):
        return None
    between = [child for child in node.children if isinstance(child, Chars)]
    base, reading = ("".join(chars.value for chars in part.chars()) for part in parts)
    if any(chars.value.strip() for chars in between) or not (base.strip() and reading.strip()):
        return None
    node.text()  # all of it is taken
    return Styled("ruby", (Text(base),), reading.strip())


def _raised(inline: Styled) -> str | None:
    """Raised or lowered characters that Unicode has, else None."""
    table = {"sup": _RAISED, "sub": _LOWERED}.get(inline.style)
    text = plain_text(inline.content)
    if table is None or any(ord(char) not in table for char in text):
        return None
    return text.translate(table)
