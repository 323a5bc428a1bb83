# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The Markdown of kanyin: CommonMark, less what loses text silently, plus what an article needs.

The only file that starts markdown-it. One parser serves the whole process: it keeps no state between texts.

Left out: indented code (an indent is a habit of typing, not a program listing), link reference definitions (`[1]: …`
would swallow a bibliography), raw HTML blocks (looked at tag by tag instead).
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from kanyin.readers import block_rules, inline_rules

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.token import Token

MAX_DEPTH = 30
"""Blocks inside blocks (a list counts twice); beyond it the library would drop text, so the file is refused."""


@functools.cache
def parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import autolink, html_inline, image, link

    md = MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_DEPTH})
    md.disable(["code", "reference", "html_block"])
    # file names and ids stay as written; which links are allowed is decided, and reported, by the reader
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    any_place: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    block = md.block.ruler
    block.before("fence", "pipe_table", block_rules.pipe_table, {"alt": ["paragraph", "reference"]})
    block.before("fence", "display_formula", block_rules.display_formula, any_place)
    block.before("fence", "footnote", block_rules.footnote, any_place)
    block.before("fence", "kanyin_html", block_rules.html_block, any_place)
    inline = md.inline.ruler
    inline.at("emphasis", inline_rules.emphasis)
    inline.before("emphasis", "formula", inline_rules.formula)
    inline.before("link", "bracket", inline_rules.bracket)
    inline.at("link", inline_rules.placed(link))
    inline.at("image", inline_rules.with_attributes(image))
    inline.at("autolink", inline_rules.placed(autolink))
    inline.at("html_inline", inline_rules.placed(html_inline))
    return md


def blocks(text: str) -> list[Token]:
    """The block tokens of a text; inline content is left unparsed."""
    md = parser()
    tokens: list[Token] = []
    md.block.parse(text, md, {}, tokens)
    return tokens


def inlines(content: str) -> list[Token]:
    """The inline tokens of a piece of text."""
    md = parser()
    return md.inline.parse(content, md, {}, [])
