# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Blocks → HTML, flat: headings, paragraphs, tables and figures stand side by side, not in nested boxes.

Flat because WeasyPrint lets only a direct child of a multi-column box span the columns, and a table may stand in a
section of any depth.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from kanyin.findings import finding
from kanyin.model import (
    Bilingual,
    Block,
    DisplayFormula,
    Figure,
    Inlines,
    ListBlock,
    Paragraph,
    Quote,
    Section,
    TableWrap,
    Text,
)
from kanyin.typeset.figures import alternative
from kanyin.typeset.inlines import Html, Inliner, plain
from kanyin.typeset.tables import table

DEEPEST_HEADING = 6
# What explains the letters of a formula goes on with its sentence: it is no new paragraph.
_GOES_ON = re.compile(r"式中|其中|此处|这里|where\b|[，；,;]")
_CONTINUED = '<p class="continued">'


def blocks(content: Sequence[Block], inliner: Inliner, level: int = 2) -> list[str]:
    """Pieces of HTML in order. `level` is that of a heading met first; the title of the article is level 1."""
    out: list[str] = []
    before: Block | None = None
    for block in content:
        match block:
            case Section():
                depth = min(level, DEEPEST_HEADING)
                out.append(f'<h{depth} id="{inliner.anchor(block.id)}">{inliner.set(block.title)}</h{depth}>')
                out += blocks(block.content, inliner, level + 1)
            case Paragraph(content=inlines):
                goes_on = isinstance(before, DisplayFormula) and _GOES_ON.match(plain(inlines))
                out.append(f"{_CONTINUED if goes_on else '<p>'}{inliner.set(inlines)}</p>")
            case ListBlock():
                out.append(_list(block, inliner, level))
            case Quote():
                out.append("\n".join(["<blockquote>", *blocks(block.content, inliner, level), "</blockquote>"]))
            case DisplayFormula():
                out.append(_formula(block, inliner))
            case Figure():
                out.append(_figure(block, inliner))
            case TableWrap():
                out.append(table(block, _caption(block.label, block.caption, inliner), inliner))
        before = block
    return out


def _list(block: ListBlock, inliner: Inliner, level: int) -> str:
    tag = "ol" if block.ordered else "ul"
    items = ("<li>" + "\n".join(blocks(item, inliner, level)) + "</li>" for item in block.items)
    return "\n".join([f"<{tag}>", *items, f"</{tag}>"])


def _formula(block: DisplayFormula, inliner: Inliner) -> str:
    drawn = inliner.formula(block.tex, block.alt, block.where, display=True, beside=block.label)
    label = f'<span class="label">{html.escape(block.label)}</span>' if block.label else ""
    identity = f' id="{inliner.anchor(block.id)}"' if block.id else ""
    return f'<p class="formula"{identity}>{drawn}{label}</p>'


def _figure(block: Figure, inliner: Inliner) -> str:
    alt = alternative(block)
    caption = _caption(block.label, block.caption, inliner)
    if block.notes:
        caption += f'<p class="note">{inliner.set(block.notes)}</p>'
    source = _source(block, inliner)
    image = f'<img src="{html.escape(source)}" alt="{html.escape(alt)}">' if source else ""
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure class="width-{block.width}" id="{inliner.anchor(block.id)}">{image}{below}</figure>'


def _source(block: Figure, inliner: Inliner) -> str:
    """The file's name as a relative address. What leads out of the article's folder is refused here already."""
    path = PurePosixPath(block.file)
    if path.is_absolute() or ".." in path.parts or urlsplit(block.file).scheme or "\\" in block.file:
        inliner.findings.append(finding("TYPESET-FIGURE-PLACE", block.where, file=block.file))
        return ""
    return quote(block.file)


def _caption(label: str, caption: Bilingual, inliner: Inliner) -> str:
    """Chinese caption, English caption below it; the label is translated for the latter (图1 → Figure 1)."""
    lines = ""
    if label or caption.zh:
        lines += f'<p class="caption">{_labelled(label, caption.zh, inliner)}</p>'
    if caption.en:
        lines += f'<p class="caption" lang="en">{_labelled(_english(label), caption.en, inliner)}</p>'
    return lines


def _labelled(label: str, text: Inlines, inliner: Inliner) -> Html:
    """Label and text; the gap between them is the layout's, by a margin on the label."""
    shown = inliner.set(text)
    if not label:
        return shown
    gap = " " if text else ""
    return Html(f'<strong class="label">{inliner.set((Text(label),))}</strong>{gap}{shown}')


def _english(label: str) -> str:
    for zh, en in (("图", "Figure"), ("表", "Table")):
        if label.startswith(zh):
            return f"{en} {label[1:].strip()}"
    return label
