# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Captions where there are only paragraphs: 图1 below a figure, 表1 above a table, each with its English below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from kanyin.findings import Finding, finding
from kanyin.model import Bilingual, Block, Figure, Inlines, Paragraph, TableWrap
from kanyin.readers.captions import Of, is_english_caption, label_of
from kanyin.readers.headings import Heading
from kanyin.readers.inlines import plain, without

Part = Heading | Block
_Float = TypeVar("_Float", Figure, TableWrap)


def give_captions(parts: Sequence[Part]) -> tuple[list[Part], list[Finding]]:
    """Captions go to the figures and tables that have none; each is told."""
    out: list[Part] = []
    findings: list[Finding] = []
    for part in parts:
        last = out[-1] if out else None
        if isinstance(part, Paragraph) and isinstance(last, Figure) and (found := _captioned(last, part, "fig")):
            out[-1] = found
            findings.append(_told(part))
            continue
        if isinstance(part, TableWrap):
            lines = [line for line in out[-2:] if isinstance(line, Paragraph)]
            for used in (lines[-2:], lines[-1:]):
                if made := _with_all(part, used):
                    findings += map(_told, used)
                    del out[len(out) - len(used) :]
                    part = made
                    break
        out.append(part)
    return out, findings


def _with_all(table: TableWrap, lines: Sequence[Paragraph]) -> TableWrap | None:
    """The table with one line, or a Chinese and an English one, as its caption; None when they are none."""
    made: TableWrap | None = table if lines else None
    for line in lines:
        made = _captioned(made, line, "table") if made else None
    return made


def _captioned(float_: _Float, line: Paragraph, of: Of) -> _Float | None:
    text = plain(line.content)
    english = is_english_caption(text, of)
    have = float_.caption
    if english and float_.label and have.zh and not have.en:
        rest = _behind(line, of)
        return replace(float_, caption=Bilingual(have.zh, rest[1])) if rest else None
    if float_.label or have.zh or have.en or not (rest := _behind(line, of)):
        return None
    label, content = rest
    return replace(float_, label=label, caption=Bilingual(content))


def _behind(line: Paragraph, of: Of) -> tuple[str, Inlines] | None:
    """Label and caption of a line that begins with a label and a mark or space behind it."""
    found = label_of(plain(line.content), of)
    content = without(line.content, found[1]) if found else None
    return (found[0], content) if found and content else None


def _told(line: Paragraph) -> Finding:
    return finding("CONVERT-CAPTION", line.where, text=plain(line.content)[:40])
