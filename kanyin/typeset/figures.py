# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What is wrong with figures, told at their places before anything is laid out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from kanyin.findings import Finding, finding
from kanyin.model import Article, Figure
from kanyin.typeset.inlines import plain


def check_figures(article: Article) -> list[Finding]:
    """Figures that nobody who hears the page read out would know of (ISO 14289-1:2014, 7.3)."""
    silent = (figure for figure in _figures((article.body, article.back)) if not alternative(figure))
    return [finding("TYPESET-FIGURE-ALT", figure.where, id=figure.id) for figure in silent]


def alternative(figure: Figure) -> str:
    """What is read out in place of a figure: its own text, else its caption."""
    return (figure.alt or plain(figure.caption.zh)).strip()


def _figures(part: object) -> Iterator[Figure]:
    if isinstance(part, Figure):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from _figures(item)
    elif is_dataclass(part):
        for member in fields(part):
            yield from _figures(getattr(part, member.name))
