# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Captions and notes: `图1：中文 | English`, and lines that begin with 注."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kanyin.model import Bilingual, Inlines
from kanyin.readers.attributes import Attributes, split
from kanyin.readers.context import Context
from kanyin.readers.inlines import read_bilingual, read_inlines
from kanyin.readers.source import Place

_NUMBER = r"[ \u3000]?(?:S?\d+(?:[-–.]\d+)*[A-Za-z]?(?![A-Za-z\d])|[一二三四五六七八九十]+)"
_LABELS = {
    "fig": re.compile(rf"((?:附|续)?图{_NUMBER}|(?:Supplementary )?Fig(?:ure|\.)?{_NUMBER})"),
    "table": re.compile(rf"((?:附|续)?表{_NUMBER}|(?:Supplementary )?Tab(?:le|\.)?{_NUMBER})"),
}
_SEPARATOR = re.compile(r"[ \t\u3000]*[：:][ \t\u3000]*|[.．](?!\d)[ \t\u3000]*|[ \t\u3000]+|\Z")
_ENGLISH = re.compile(rf"(?:Fig(?:ure|\.)?|Tab(?:le|\.)?)({_NUMBER})(?:[ \t]*[:：.．][ \t]*|[ \t]+|\Z)")
_BAR = re.compile(r"(?:^|\s)\|\s+(?=Fig|Tab)")
_NOTE = re.compile(r"注[ \u3000]*[:：]")
_NOTE_CLASS = re.compile(r"[ \t]*\{\.note\}[ \t]*\Z")

Of = Literal["fig", "table"]


@dataclass
class Caption:
    label: str
    text: Bilingual
    attributes: Attributes


def is_caption(line: str, of: Of, *, sure: bool) -> bool:
    """Whether a line reads as a caption. `sure` asks for a mark or space behind the label, so that 表1显示 is text."""
    match = _LABELS[of].match(line)
    if not match:
        return False
    if _SEPARATOR.match(line, match.end()):
        return True
    return not sure and not line.rstrip().endswith(("。", ".", "；", ";"))


def label_of(line: str, of: Of) -> tuple[str, int] | None:
    """The label of a line that is surely a caption, and where the caption behind it begins."""
    match = _LABELS[of].match(line)
    separator = _SEPARATOR.match(line, match.end()) if match else None
    return (match[1], separator.end()) if match and separator else None


def is_english_caption(line: str, of: Of) -> bool:
    """Whether a line is the English half, on a line of its own."""
    return bool(_LABELS[of].match(line) and _ENGLISH.match(line))


def read_caption(lines: list[Place], of: Of, context: Context, given: Attributes) -> Caption:
    """Read one caption line, or two when the second is the English one. `given` are attributes that stood elsewhere."""
    content, attributes = split(lines[0].content)
    if not attributes.raw and len(lines) > 1:
        last, attributes = split(lines[-1].content)
        lines = [*lines[:-1], Place(lines[-1].source, last, lines[-1].line, lines[-1].column)]
    if given.raw:
        attributes = given if not attributes.raw else _both(given, attributes)
    start, label = 0, attributes.values.get("label", "")
    if "label" not in attributes.values and (match := _LABELS[of].match(content)):
        separator = _SEPARATOR.match(content, match.end())
        label, start = match[1], separator.end() if separator else match.end()
    text = content[start:].rstrip()
    if bar := _BAR.search(text):
        text = text[: bar.end()] + _without_label(text[bar.end() :], label, lines[0], context)
    zh, en = read_bilingual(text, lines[0].part(start), context)
    if len(lines) > 1:
        english = _without_label(lines[1].content, label, lines[1], context).strip()
        en = (*en, *read_inlines(english, lines[1], context))
    return Caption(label, Bilingual(zh, en), attributes)


def _without_label(english: str, label: str, place: Place, context: Context) -> str:
    """The English text without `Figure 1`, which is printed from 图1; a label that says something else is kept."""
    match = _ENGLISH.match(english)
    if not match or not label.startswith(("图", "表")):
        return english
    if match[1].strip() != label[1:].strip():
        context.report("SOURCE-CAPTION-NUMBER", place.at(), label=label, english=match[0].strip())
        return english
    return english[match.end() :]


def is_note(content: str) -> bool:
    return bool(_NOTE.match(content) or _NOTE_CLASS.search(content))


def read_notes(place: Place, context: Context, *, by_line: bool) -> tuple[Inlines, ...]:
    """The notes in a paragraph: each line is one, or all are one."""
    content = _NOTE_CLASS.sub("", place.content)
    if not by_line:
        return (read_inlines(content, place, context),)
    notes, offset = [], 0
    for line in content.split("\n"):
        if line.strip():
            notes.append(read_inlines(line.strip(), place.part(offset), context))
        offset += len(line) + 1
    return tuple(notes)


def _both(one: Attributes, other: Attributes) -> Attributes:
    return Attributes(other.id or one.id, one.classes + other.classes, one.values | other.values, one.raw + other.raw)


def lines_of(place: Place) -> list[Place]:
    """Each line of a paragraph with its place."""
    found, offset = [], 0
    for line in place.content.split("\n"):
        found.append(place.part(offset, offset + len(line)))
        offset += len(line) + 1
    return found


def joined(lines: Sequence[Place]) -> Place:
    """Lines as one paragraph again."""
    return Place(lines[0].source, "\n".join(line.content for line in lines), lines[0].line)


def caption_lines(place: Place) -> tuple[Place | None, list[Place]]:
    """The lines before a table that are its caption, and what stands before them."""
    lines = lines_of(place)
    count = 0
    if len(lines) > 1 and is_english_caption(lines[-1].content, "table"):
        count = 2 if is_caption(lines[-2].content, "table", sure=False) else 0
    attributes = split(lines[-1].content)[1]
    if not count and (attributes.id or attributes.values or is_caption(lines[-1].content, "table", sure=False)):
        count = 1
    if not count:
        return None, []
    before = lines[:-count]
    return (joined(before) if before else None), lines[-count:]
