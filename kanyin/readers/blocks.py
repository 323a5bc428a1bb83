# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Block tokens → the blocks of an article, in order, with captions and notes joined to what they belong to."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, cast

from kanyin.findings import Where
from kanyin.model import (
    Bilingual,
    Block,
    DisplayFormula,
    Figure,
    Footnote,
    Inline,
    Inlines,
    LineBreak,
    ListBlock,
    Paragraph,
    Quote,
    Styled,
    TableWrap,
    Text,
)
from kanyin.readers import captions
from kanyin.readers.attributes import Attributes
from kanyin.readers.context import Context
from kanyin.readers.figures import check_file
from kanyin.readers.html_tables import HtmlTable
from kanyin.readers.inlines import footnote_id, read_inlines
from kanyin.readers.paragraphs import Piece, image_pieces
from kanyin.readers.source import Place
from kanyin.readers.tables import read_pipe_table

if TYPE_CHECKING:
    from markdown_it.token import Token

_TABLES = ("pipe_table", "html_table")
_INDENTED = re.compile("\n\u3000+")


class Blocks:
    """Reads tokens one after another; figures, tables and formulas are numbered through the article."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.footnotes: list[Footnote] = []
        self.figures = 0
        self.tables = 0
        self.formulas = 0

    def read(self, tokens: Sequence[Token]) -> list[Block]:
        """The blocks of a run of tokens without headings."""
        out: list[Block] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            end = _end(tokens, at)
            match token.type:
                case "paragraph_open":
                    at = self.paragraph(tokens, at, out)
                    continue
                case "pipe_table" | "html_table":
                    self.table(token, [], out)
                case "display_formula":
                    out.append(self.formula(token))
                case "footnote_definition":
                    self.footnote(token)
                case "bullet_list_open" | "ordered_list_open":
                    out += self.list(tokens[at : end + 1])
                case "blockquote_open":
                    out.append(Quote(tuple(self.read(tokens[at + 1 : end])), self.where(token)))
                case "heading_open":  # inside a list or quotation, where no section can begin
                    self.context.report("SOURCE-HEADING-PLACE", self.where(token))
                    place = self.place(tokens[at + 1])
                    title = read_inlines(place.content, place, self.context)
                    if title:
                        out.append(Paragraph((Styled("bold", title),), self.where(token)))
                case _:
                    out += self.other(token)
            at = end + 1
        return out

    def other(self, token: Token) -> list[Block]:
        """What an article has no place for; code keeps its lines, a comment or rule is dropped, each with a finding."""
        where = self.where(token)
        if token.type == "comment":
            self.context.report("SOURCE-COMMENT", where)
        elif token.type == "hr":
            self.context.report("SOURCE-RULE", where)
        elif token.type == "fence":
            self.context.report("SOURCE-CODE", where)
            content: list[Inline] = []
            language = re.fullmatch(r"[A-Za-z0-9+#.-]*", token.info.strip())
            lines = token.content.rstrip("\n").split("\n")
            for line in lines if language else [token.info.strip(), *lines]:
                content += [Text(line), LineBreak()] if line else [LineBreak()]
            return [Paragraph((Styled("code", tuple(content[:-1])),), where)] if len(content) > 1 else []
        return []

    def paragraph(self, tokens: Sequence[Token], at: int, out: list[Block]) -> int:
        """A paragraph, or the caption or note that it is. Returns where to go on."""
        place = self.place(tokens[at + 1])
        follower = tokens[at + 3] if at + 3 < len(tokens) else None
        if follower is not None and follower.type in _TABLES:
            before, lines = captions.caption_lines(place)
            if lines:
                if before:
                    self.text(before, out)
                self.table(follower, lines, out)
                return at + 4
        if out and self.belongs(place, out):
            return at + 3
        self.text(place, out)
        return at + 3

    def belongs(self, place: Place, out: list[Block]) -> bool:
        """Give a caption or a note to the figure or table before it."""
        last = out[-1]
        if isinstance(last, TableWrap) and not last.notes and captions.is_note(place.content):
            out[-1] = dataclasses.replace(last, notes=captions.read_notes(place, self.context, by_line=True))
            return True
        if not isinstance(last, Figure):
            return False
        if not last.notes and captions.is_note(place.content):
            out[-1] = dataclasses.replace(last, notes=captions.read_notes(place, self.context, by_line=False)[0])
            return True
        bare = last.caption == Bilingual() and not last.label
        if bare and captions.is_caption(place.content, "fig", sure=True):
            out[-1] = self.captioned(last, place, Attributes(), out)
            return True
        return False

    def captioned(self, figure: Figure, place: Place, given: Attributes, out: list[Block]) -> Figure:
        """The figure with its caption, an English line below it, and note lines below that."""
        lines = captions.lines_of(place)
        count = 2 if len(lines) > 1 and captions.is_english_caption(lines[1].content, "fig") else 1
        caption = captions.read_caption(lines[:count], "fig", self.context, given)
        if caption.attributes.raw != given.raw:
            self.context.report("SOURCE-ATTRIBUTE", place.at(), what=caption.attributes.raw)
        figure = dataclasses.replace(figure, label=caption.label, caption=caption.text)
        rest = lines[count:]
        if rest:
            below = captions.joined(rest)
            if captions.is_note(below.content):
                return dataclasses.replace(figure, notes=captions.read_notes(below, self.context, by_line=False)[0])
            # text right below a caption is a paragraph of its own
            out.append(figure)
            self.text(below, out)
            return cast(Figure, out.pop())
        return figure

    def text(self, place: Place, out: list[Block]) -> None:
        """A paragraph as it stands: figures come out of it, and an indented line begins another one."""
        if "![" in place.content:
            pieces = image_pieces(place)
            if any(piece.image for piece in pieces):
                self.pieces(pieces, place, out)
                return
        content = place.content
        begin = len(content) - len(content.lstrip())
        for indent in _INDENTED.finditer(content):
            self.context.report("SOURCE-INDENT", place.at(indent.start() + 1))
            self.plain(place.part(begin, indent.start()), out)
            begin = indent.end()
        self.plain(place.part(begin) if begin else place, out)

    def plain(self, place: Place, out: list[Block]) -> None:
        if place.content.startswith("|") and "\n|" in place.content:
            self.context.report("SOURCE-TABLE-FORM", place.at())
        content = read_inlines(place.content.rstrip(), place, self.context)
        if content:
            out.append(Paragraph(content, place.at()))

    def pieces(self, pieces: Sequence[Piece], place: Place, out: list[Block]) -> None:
        """A paragraph that holds images: each is a figure, what stands around it stays text or is its caption."""
        for index, piece in enumerate(pieces):
            where = piece.place.at()
            if piece.image:
                alone = (index == 0 or pieces[index - 1].ends_line) and (
                    index + 1 == len(pieces) or pieces[index + 1].begins_line or bool(pieces[index + 1].image)
                )
                if not alone:
                    self.context.report("SOURCE-FIGURE-INLINE", where, file=piece.image.file)
                out.append(self.figure(piece, where))
                continue
            begin = len(piece.place.content) - len(piece.place.content.lstrip())
            rest = piece.place.part(begin, len(piece.place.content.rstrip()))
            last = out[-1] if index else None
            if isinstance(last, Figure) and piece.begins_line:
                given = pieces[index - 1].attributes
                if "label" in given.values or captions.is_caption(rest.content, "fig", sure=False):
                    last = out.pop()
                    out.append(self.captioned(cast(Figure, last), rest, given, out))
                    continue
            if rest.content:
                self.plain(rest, out)

    def figure(self, piece: Piece, where: Where) -> Figure:
        image, attributes = piece.image, piece.attributes
        assert image is not None
        self.figures += 1
        check_file(image.file, where, self.context)
        if image.title:
            self.context.report("SOURCE-ATTRIBUTE", where, what=f'"{image.title}"')
        identifier = self.context.name(attributes.id, f"fig{self.figures}", "fig", where)
        width = self.width(attributes, where, "label")
        label = attributes.values.get("label", "")
        return Figure(identifier, label, Bilingual(), image.file, image.alt, width, (), where)

    def table(self, token: Token, lines: list[Place], out: list[Block]) -> None:
        where = lines[0].at() if lines else self.where(token)
        caption = captions.Caption("", Bilingual(), Attributes())
        if lines:
            caption = captions.read_caption(lines, "table", self.context, Attributes())
        self.tables += 1
        identifier = self.context.name(caption.attributes.id, f"tab{self.tables}", "table", where)
        width = self.width(caption.attributes, where, "label")
        loose: list[Block] = []
        if token.type == "pipe_table":
            head, body = read_pipe_table(token.meta["table"], self.context)
        else:
            html = HtmlTable(self.place(token), self.context)
            head, body = tuple(html.head), tuple(html.body)
            for text in html.loose:
                self.context.report("SOURCE-TABLE-LOOSE", where, text=text[:40])
                self.plain(Place(self.context.source, text, where.line - 1), loose)
        out.append(TableWrap(identifier, caption.label, caption.text, head, body, (), width, where))
        out += loose

    def width(self, attributes: Attributes, where: Where, *others: str) -> Literal["column", "page"]:
        width = attributes.values.get("width", "column")
        known = width in ("column", "page") and not attributes.classes and set(attributes.values) <= {"width", *others}
        if not known:
            self.context.report("SOURCE-ATTRIBUTE", where, what=attributes.raw)
        return "page" if width == "page" else "column"

    def formula(self, token: Token) -> DisplayFormula:
        """A formula on lines of its own; one with an id is numbered (1), (2) … unless it brings a label."""
        where = self.where(token)
        attributes = cast(Attributes, token.meta.get("attributes", Attributes()))
        if attributes.classes or not set(attributes.values) <= {"label", "alt"}:
            self.context.report("SOURCE-ATTRIBUTE", where, what=attributes.raw)
        label = ""
        if attributes.id:
            self.context.name(attributes.id, "", "disp-formula", where)
            self.formulas += 1
            label = f"({self.formulas})"
        label = attributes.values.get("label", label)
        return DisplayFormula(attributes.id, token.content, attributes.values.get("alt", ""), label, where)

    def footnote(self, token: Token) -> None:
        where = self.where(token)
        identifier = self.context.name("", footnote_id(token.info), "fn", where)
        content = read_inlines(token.content, self.place(token), self.context)
        self.footnotes.append(Footnote(identifier, content, where))

    def list(self, tokens: Sequence[Token]) -> list[Block]:
        """A list; one whose numbers do not run 1, 2, 3 … keeps them as text, since the layout would number anew."""
        ordered = tokens[0].type == "ordered_list_open"
        items, numbers, at = [], [], 1
        while at < len(tokens) - 1:
            end = _end(tokens, at)
            numbers.append(tokens[at].info + tokens[at].markup)
            items.append(tuple(self.read(tokens[at + 1 : end])))
            at = end + 1
        where = self.where(tokens[0])
        if not ordered or [n[:-1] for n in numbers] == [str(i + 1) for i in range(len(items))]:
            return [ListBlock(ordered, tuple(items), where)]
        self.context.report("SOURCE-LIST", where, first=numbers[0])
        out: list[Block] = []
        for number, item in zip(numbers, items, strict=True):
            first = item[0] if item and isinstance(item[0], Paragraph) else None
            content: Inlines = first.content if first else ()
            begin = f"{number} "
            if content and isinstance(content[0], Text):
                content = (Text(begin + content[0].value), *content[1:])
            else:
                content = (Text(begin if content else number), *content)
            out += [Paragraph(content, first.where if first else where), *(item[1:] if first else item)]
        return out

    def where(self, token: Token) -> Where:
        return self.place(token).at() if token.content else self.context.source.where(token.map[0] if token.map else 0)

    def place(self, token: Token) -> Place:
        return Place(self.context.source, token.content, token.map[0] if token.map else 0)


def _end(tokens: Sequence[Token], at: int) -> int:
    """The token that closes the one at `at`."""
    if tokens[at].nesting <= 0:
        return at
    level = tokens[at].level
    while tokens[at].nesting >= 0 or tokens[at].level != level:
        at += 1
    return at
