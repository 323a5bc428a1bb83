# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Inline Markdown → `Inlines`. Nothing is lost: what is not understood is printed as it was written, and reported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, cast

from kanyin.findings import Where
from kanyin.model import Inline, InlineFormula, Inlines, LineBreak, Link, Styled, Text, Xref
from kanyin.readers import grammar
from kanyin.readers.attributes import Attributes
from kanyin.readers.context import Context
from kanyin.readers.joining import join_lines
from kanyin.readers.source import Place

if TYPE_CHECKING:
    from markdown_it.token import Token

Style = Literal["bold", "italic", "sup", "sub", "underline", "sc", "emphasis", "code"]

_SPECIAL = re.compile(r"[\n!$&*\[\\_`<]")
_TAG = re.compile(r"<(/?)(sub|sup|br|i|b|em|strong|u)\s*/?>", re.IGNORECASE)
_TAG_STYLES: dict[str, Style] = {
    "sub": "sub", "sup": "sup", "i": "italic", "em": "italic", "b": "bold", "strong": "bold", "u": "underline",
}  # fmt: skip
_CLASS_STYLES: dict[str, Style] = {
    "bold": "bold", "italic": "italic", "sup": "sup", "sub": "sub", "underline": "underline", "sc": "sc",
    "emphasis": "emphasis", "code": "code",
}  # fmt: skip
_KEY = re.compile(r"\s*@([^\s@\[\]{},;，；]+)\s*")
_LINK = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_BAR = re.compile(r"(?:^|\s+)\|\s+")
_PARTED = "\0"  # stands for the bar between two languages; Source lets no such character through


def read_inlines(content: str, place: Place, context: Context) -> Inlines:
    """The content of a paragraph, cell or title. `place` says where `content` stood."""
    if not _SPECIAL.search(content):
        return (Text(content),) if content else ()
    tokens = grammar.inlines(content)
    return _Converter(tokens, place, context).run()


def read_bilingual(content: str, place: Place, context: Context) -> tuple[Inlines, Inlines]:
    """A caption `中文 | English`: parted at the first bar that is neither escaped nor inside code or a formula."""
    converter = _Converter(grammar.inlines(content), place, context)
    converter.parting = True
    found = converter.run()
    for i, inline in enumerate(found):
        if isinstance(inline, Text) and _PARTED in inline.value:
            before, _, after = inline.value.partition(_PARTED)
            head = (Text(before),) if before else ()
            tail = (Text(after),) if after else ()
            return (*found[:i], *head), (*tail, *found[i + 1 :])
    return found, ()


def plain(content: Sequence[Inline]) -> str:
    """The bare characters."""
    found = []
    for inline in content:
        match inline:
            case Text(value):
                found.append(value)
            case Styled(_, inner) | Link(_, inner):
                found.append(plain(inner))
            case Xref(_, _, text):
                found.append(text)
            case InlineFormula(tex):
                found.append(f"${tex}$")
            case _:
                pass
    return "".join(found)


class _Converter:
    """Walks over the tokens of one piece of text."""

    def __init__(self, tokens: list[Token], place: Place, context: Context) -> None:
        self.tokens = tokens
        self.place = place
        self.context = context
        self.parting = False
        self.ends = _ends(tokens)

    def run(self) -> Inlines:
        return self.slice(0, len(self.tokens), top=True)

    def slice(self, start: int, end: int, *, top: bool = False) -> Inlines:
        out: list[Inline] = []
        at = start
        while at < end:
            token = self.tokens[at]
            if at in self.ends:
                close = self.ends[at]
                self.open(token, self.slice(at + 1, close), out)
                at = close
            else:
                self.leaf(token, out, top=top)
            at += 1
        return join_lines(out)

    def open(self, token: Token, content: Inlines, out: list[Inline]) -> None:
        """Something with content."""
        if token.type == "link_open":
            self.link(token, content, out)
            return
        style: Style | None
        if token.type == "html_inline":
            style = _TAG_STYLES[_tag_name(token)]
        elif token.type == "span_open":
            if (ruby := self.ruby(token, content)) is not None:
                out.append(ruby)
                return
            style = self.span_style(token)
        else:
            style = "bold" if token.type == "strong_open" else "italic"
        if style is None:
            out += content
        elif content:
            out.append(Styled(style, content))

    def ruby(self, token: Token, content: Inlines) -> Styled | None:
        """`[汉字]{.ruby text="hàn zì"}`; None for anything else, and for a base that is more than text."""
        attributes = cast(Attributes, token.meta["attributes"])
        reading = attributes.values.get("text", "").strip()
        plainly = len(content) == 1 and isinstance(content[0], Text) and bool(content[0].value.strip())
        if attributes.classes != ("ruby",) or attributes.id or len(attributes.values) > 1 or not (reading and plainly):
            return None
        return Styled("ruby", content, reading)

    def span_style(self, token: Token) -> Style | None:
        attributes = cast(Attributes, token.meta["attributes"])
        if len(attributes.classes) == 1 and not attributes.id and not attributes.values:
            style = _CLASS_STYLES.get(attributes.classes[0])
            if style:
                return style
        self.context.report("SOURCE-ATTRIBUTE", self.at(token), what=attributes.raw)
        return None

    def link(self, token: Token, content: Inlines, out: list[Inline]) -> None:
        href = str(token.attrs.get("href", ""))
        where = self.at(token)
        if title := token.attrs.get("title"):
            self.context.report("SOURCE-ATTRIBUTE", where, what=f'"{title}"')
        if href.startswith("#") and len(href) > 1:
            rids = tuple(rid for rid in href[1:].replace(",#", ",").split(",") if rid)
            xref = Xref("sec", rids, plain(content), where)
            self.context.xrefs.append(xref)
            out.append(xref)
        elif _LINK.match(href):
            out.append(Link(href, content))
        else:
            self.context.report("SOURCE-LINK", where, href=href)
            out += [Text("["), *content, Text(f"]({href})")]

    def leaf(self, token: Token, out: list[Inline], *, top: bool) -> None:
        content = token.content
        match token.type:
            case "text":
                self.text(content, out, top=top)
            case "softbreak":
                out.append(Text("\n"))
            case "hardbreak":
                out.append(LineBreak())
            case "code_inline":
                out.append(Styled("code", (Text(content),)))
            case "formula":
                attributes = token.meta.get("attributes", Attributes())
                if attributes.raw and set(attributes.values) != {"alt"}:
                    self.context.report("SOURCE-ATTRIBUTE", self.at(token), what=attributes.raw)
                out.append(InlineFormula(content, attributes.values.get("alt", ""), self.at(token)))
            case "unclosed":
                self.context.report("SOURCE-FORMULA-UNCLOSED", self.at(token))
                out.append(Text(content))
            case "citation":
                self.citation(token, out)
            case "numbers":
                self.numbers(token, out)
            case "footnote":
                xref = Xref("fn", (footnote_id(content),), "", self.at(token))
                self.context.xrefs.append(xref)
                out.append(xref)
            case "image":
                self.context.report("SOURCE-FIGURE-PLACE", self.at(token), file=token.attrs.get("src", ""))
                out.append(Text(f"![{content}]({token.attrs.get('src', '')})"))
            case "html_inline":
                self.html(token, out)
            case _:
                out.append(Text(content))

    def text(self, content: str, out: list[Inline], *, top: bool) -> None:
        if "](" in content:
            offset = self.place.content.find("](")
            self.context.report("SOURCE-LINK-FORM", self.place.at(max(offset, 0)))
        if content.count("**") > 1:  # a single one is a mark of significance
            offset = self.place.content.find("**")
            self.context.report("SOURCE-EMPHASIS", self.place.at(max(offset, 0)))
        if top and self.parting and (bar := _BAR.search(content)) and (bar[0][0] != "|" or _blank(out)):
            content = content[: bar.start()] + _PARTED + content[bar.end() :]
            self.parting = False
        out.append(Text(content))

    def citation(self, token: Token, out: list[Inline]) -> None:
        where = self.at(token)
        keys = [_KEY.fullmatch(part) for part in re.split("[;；]", token.content)]
        rids = tuple(key[1] for key in keys if key)
        if len(rids) < len(keys):
            self.context.report("SOURCE-CITATION-FORM", where, text=f"[{token.content}]")
            out.append(Text(f"[{token.content}]"))
            return
        for rid in rids:
            if rid not in self.context.known and self.context.listed:
                self.context.report("SOURCE-CITATION-UNKNOWN", where, key=rid)
        out.append(Xref("bibr", rids, "", where))

    def numbers(self, token: Token, out: list[Inline]) -> None:
        """`[1,3-5]`: a citation when the reference list has all these positions, else text."""
        numbers = _positions(token.content)
        references = self.context.references
        where = self.at(token)
        if numbers and max(numbers) <= len(references):
            self.context.numbered.append(where)
            out.append(Xref("bibr", tuple(references[n - 1].id for n in numbers), "", where))
            return
        if numbers and not self.context.listed:
            pass  # the list could not be read, so nothing can be said of places in it
        elif numbers and references:
            self.context.report("SOURCE-CITATION-NUMBER", where, text=f"[{token.content}]", count=len(references))
        elif numbers:
            self.context.numbered.append(where)
        out.append(Text(f"[{token.content}]"))

    def html(self, token: Token, out: list[Inline]) -> None:
        if token.content.startswith("<!--"):
            self.context.report("SOURCE-COMMENT", self.at(token))
        elif _TAG.fullmatch(token.content) and _tag_name(token) == "br":
            out.append(LineBreak())
        else:
            self.context.report("SOURCE-HTML", self.at(token), tag=token.content)
            out.append(Text(token.content))

    def at(self, token: Token) -> Where:
        return self.place.at(token.meta.get("pos", 0))


def footnote_id(label: str) -> str:
    """`[^1]` is the footnote `fn1`; any other label is the id itself."""
    return f"fn{label}" if label.isdigit() else label


def _ends(tokens: Sequence[Token]) -> dict[int, int]:
    """For each token that opens something, the one that closes it. A tag without its pair is in neither place."""
    ends: dict[int, int] = {}
    waiting: list[tuple[int, str]] = []
    for index, token in enumerate(tokens):
        if token.nesting > 0:
            waiting.append((index, ""))
        elif token.nesting < 0:
            while waiting:
                start, tag = waiting.pop()
                if not tag:
                    ends[start] = index
                    break
        elif token.type == "html_inline" and _TAG.fullmatch(token.content):
            tag = _tag_name(token)
            if not token.content.startswith("</"):
                if tag != "br":
                    waiting.append((index, tag))
            elif waiting and waiting[-1][1] == tag:
                ends[waiting.pop()[0]] = index
    return ends


def _tag_name(token: Token) -> str:
    match = _TAG.fullmatch(token.content)
    return match[2].lower() if match else ""


def _positions(text: str) -> list[int]:
    """`1,3-5` → [1, 3, 4, 5]; empty when the numbers cannot be positions (0, or a range that runs backwards)."""
    found: list[int] = []
    for part in re.split("[,，、]", text.replace(" ", "")):
        bounds = [int(number) for number in re.split("[-–—~～]", part)]
        if len(bounds) > 2 or bounds[0] < 1 or bounds[-1] < bounds[0]:
            return []
        found += range(bounds[0], bounds[-1] + 1)
    return found


def _blank(out: Sequence[Inline]) -> bool:
    return not any(not isinstance(inline, Text) or inline.value.strip() for inline in out)


def without(content: Inlines, length: int) -> Inlines | None:
    """The content without its first characters, when those are plain or bold text."""
    out: list[Inline] = list(content)
    while length and out:
        first = out.pop(0)
        text = plain((first,))
        if len(text) <= length:
            length -= len(text)
        elif isinstance(first, Text):
            out.insert(0, Text(text[length:]))
            length = 0
        elif isinstance(first, Styled) and len(first.content) == 1 and isinstance(first.content[0], Text):
            out.insert(0, replace(first, content=(Text(text[length:]),)))
            length = 0
        else:
            return None
    return tuple(out)
