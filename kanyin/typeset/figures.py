# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What is wrong with figures, told at their places before anything is laid out."""

from __future__ import annotations

from kanyin.findings import Finding, finding
from kanyin.model import Article, Figure
from kanyin.typeset.inlines import plain
from kanyin.typeset.parts import every


def check_figures(article: Article) -> list[Finding]:
    """Figures that nobody who hears the page read out would know of (ISO 14289-1:2014, 7.3)."""
    silent = (figure for figure in every((article.body, article.back), Figure) if not alternative(figure))
    return [finding("TYPESET-FIGURE-ALT", figure.where, id=figure.id) for figure in silent]


def alternative(figure: Figure) -> str:
    """What is read out in place of a figure: its own text, else its caption."""
    return (figure.alt or plain(figure.caption.zh)).strip()
