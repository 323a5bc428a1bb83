# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Block rules that Markdown lacks, or in which it would lose something.

The library's own table rule drops cells that a row has too many; this one keeps every cell with its column, so that a
ragged row can be reported. Several rows above the delimiter row make a head of several rows.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kanyin.readers.attributes import ATTRIBUTES, parse
from kanyin.readers.inline_rules import trimmed

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

MAX_HEAD_ROWS = 6

# an escaped character, code, a formula: a bar inside them parts no cells
_PIECE = re.compile(r"\\.|(`+)(?:(?!\1).)+\1(?!`)|\$(?![\s$])[^\\$]*(?:\\.[^\\$]*)*(?<!\s)\$(?!\d)|(\|)")
_DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_LIST = re.compile(r"(?:[-+*]|\d{1,9}[.)])[ \t]")  # a table that begins a list item begins inside it
_NOTE = re.compile(r"注[:：]")
_FOOTNOTE = re.compile(r"\[\^([^\s\[\]]+)\]:[ \t]*")
_HTML_TABLE = re.compile(r"(?:<(?:html|body|div)\b[^<>]*>\s*)*<table\b", re.IGNORECASE)
_HTML_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
_COMMENT_END = re.compile("-->")


@dataclass
class RawCell:
    text: str
    column: int


@dataclass
class RawTable:
    """A pipe table as it was written: rows of (line, cells); lines and columns count from 0."""

    head: list[tuple[int, list[RawCell]]]
    body: list[tuple[int, list[RawCell]]]
    aligns: list[str]


def split_row(line: str, column: int = 0) -> list[RawCell]:
    """The cells of one line; `column` is where the line begins in the file."""
    bars = [m.start() for m in _PIECE.finditer(line) if m[2]]
    if not bars:
        return []
    edges = [-1, *bars, len(line)]
    cells = []
    for start, end in itertools.pairwise(edges):
        text = line[start + 1 : end]
        shown = text.rstrip().lstrip(" \t")  # an ideographic space before a sub-item (　男) indents it
        cells.append(RawCell(shown, column + start + 1 + len(text) - len(text.lstrip(" \t"))))
    if not line[: bars[0]].strip():
        del cells[0]
    if len(bars) > 0 and not line[bars[-1] + 1 :].strip() and cells:
        del cells[-1]
    return cells


def pipe_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = _line(state, start)
    if start + 2 > end or "|" not in first or _LIST.match(first):
        return False
    delimiter = _find_delimiter(state, start, end)
    if delimiter < 0:
        return False
    if silent:
        return True
    terminators = state.md.block.ruler.getRules("blockquote")
    table = RawTable([_row(state, n) for n in range(start, delimiter)], [], _aligns(_line(state, delimiter)))
    line = delimiter + 1
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        if _NOTE.match(_line(state, line)) or any(rule(state, line, end, True) for rule in terminators):
            break
        row = _row(state, line)
        if not row[1]:
            break
        table.body.append(row)
        line += 1
    token = state.push("pipe_table", "table", 0)
    token.map = [start, line]
    token.meta["table"] = table
    state.line = line
    return True


def _find_delimiter(state: StateBlock, start: int, end: int) -> int:
    for line in range(start + 1, min(end, start + 1 + MAX_HEAD_ROWS)):
        text = _line(state, line)
        if "|" not in text or state.sCount[line] < state.blkIndent:
            # one column: |---| has its bars, ---- would be a heading's underline
            return -1
        if "-" in text and _DELIMITER.fullmatch(text):
            return line
    return -1


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _row(state: StateBlock, line: int) -> tuple[int, list[RawCell]]:
    begin = state.bMarks[line] + state.tShift[line]
    return line, split_row(_line(state, line), begin - (state.src.rfind("\n", 0, begin) + 1))


def _aligns(line: str) -> list[str]:
    names = {(True, True): "center", (True, False): "left", (False, True): "right", (False, False): ""}
    return [names[c.text.startswith(":"), c.text.endswith(":")] for c in split_row(line)]


def display_formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`$$ … $$ {#id}` on lines of its own. Without an end it stays a paragraph, in which the dollars are reported."""
    first = _line(state, start)
    if not first.startswith("$$"):
        return False
    collected, line = [], start
    rest = first[2:]
    while "$$" not in rest:
        collected.append(rest)
        line += 1
        if line >= end or state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            return False
        rest = _line(state, line)
    tex, _, behind = rest.partition("$$")
    attributes = ATTRIBUTES.fullmatch(behind.strip())
    tex = trimmed("\n".join([*collected, tex]))
    if (behind.strip() and not attributes) or not tex:
        return False
    if silent:
        return True
    token = state.push("display_formula", "", 0)
    token.content = tex
    token.map = [start, line + 1]
    if attributes:
        token.meta["attributes"] = parse(attributes[0])
    state.line = line + 1
    return True


def footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`[^1]: text`, up to a blank line or the next footnote."""
    match = _FOOTNOTE.match(_line(state, start))
    if not match:
        return False
    if silent:
        return True
    lines = [_line(state, start)[match.end() :]]
    line = start + 1
    while line < end and not state.isEmpty(line) and not _FOOTNOTE.match(_line(state, line)):
        lines.append(_line(state, line))
        line += 1
    token = state.push("footnote_definition", "", 0)
    token.content = "\n".join(lines).strip()
    token.info = match[1]
    token.map = [start, line]
    state.line = line
    return True


def html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A whole HTML table, or a comment. Other HTML is a paragraph, and its tags are looked at one by one."""
    first = _line(state, start)
    if not first.startswith("<"):
        return False
    if _HTML_TABLE.match(first):
        kind, closing = "html_table", _HTML_TABLE_END
    elif first.startswith("<!--"):
        kind, closing = "comment", _COMMENT_END
    else:
        return False
    # looked up once a text: a search from every opening that has no end would take quadratic time
    if kind not in state.env:
        state.env[kind] = max((match.start() for match in closing.finditer(state.src)), default=-1)
    if state.env[kind] < state.bMarks[start]:
        return False
    line = start
    while not closing.search(_line(state, line)):
        line += 1
        if line >= end:
            return False
    if silent:
        return True
    token = state.push(kind, "", 0)
    token.content = state.getLines(start, line + 1, state.blkIndent, False)
    token.map = [start, line + 1]
    state.line = line + 1
    return True
