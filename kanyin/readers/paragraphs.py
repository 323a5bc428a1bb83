# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Images that stand in a paragraph: Markdown has them in the line, an article has them as figures."""

from __future__ import annotations

from dataclasses import dataclass, field

from kanyin.readers import grammar
from kanyin.readers.attributes import Attributes
from kanyin.readers.source import Place


@dataclass
class Image:
    file: str
    alt: str
    title: str


@dataclass
class Piece:
    """One image, or the text before, between or behind images."""

    place: Place
    image: Image | None = None
    attributes: Attributes = field(default_factory=Attributes)

    @property
    def begins_line(self) -> bool:
        return not self.place.content.strip() or self.place.content.lstrip(" \t").startswith("\n")

    @property
    def ends_line(self) -> bool:
        return not self.place.content.strip() or self.place.content.rstrip(" \t").endswith("\n")


def image_pieces(place: Place) -> list[Piece]:
    """The paragraph cut at its images; images inside emphasis or links are left where they are."""
    pieces, begin = [], 0
    for token in grammar.inlines(place.content):
        if token.type == "image" and token.level == 0:
            start, end = token.meta["pos"], token.meta["end"]
            if start > begin:
                pieces.append(Piece(place.part(begin, start)))
            alt = "".join(child.content or "\n" * (child.type == "softbreak") for child in token.children or ())
            image = Image(str(token.attrs.get("src", "")), alt.replace("\n", ""), str(token.attrs.get("title", "")))
            pieces.append(Piece(place.part(start, end), image, token.meta.get("attributes", Attributes())))
            begin = end
    if begin < len(place.content):
        pieces.append(Piece(place.part(begin)))
    return pieces
