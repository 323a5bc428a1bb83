# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Inline rules that Markdown lacks: citations, footnote calls, formulas, spans, and emphasis that Chinese can use.

Each rule leaves its offset in `token.meta["pos"]`, so that a finding can name the column.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from kanyin.readers.attributes import ATTRIBUTES, parse
from kanyin.readers.emphasis import flanks

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

    Rule = Callable[[StateInline, bool], bool]

_FOOTNOTE = re.compile(r"\[\^([^\s\[\]]+)\]")
_CITATION = re.compile(r"\[(@[^\[\]]*)\]")
_NUMBERS = re.compile(r"\[(\d{1,3}(?:[ ]?[,，、\-–—~～][ ]?\d{1,3})*)\](?![({])")
_DISPLAY = re.compile(r"\$\$(?!\s*\$\$)([^\\$]*(?:\\.[^\\$]*)*)\$\$", re.DOTALL)
_FORMULA = re.compile(r"\$(?![\s$])([^\\$]*(?:\\.[^\\$]*)*)(?<!\s)\$(?!\d)", re.DOTALL)


def emphasis(state: StateInline, silent: bool) -> bool:
    """`*` and `_`, with the flanks of `kanyin.readers.emphasis`; pairing is left to the library."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    from markdown_it.rules_inline.state_inline import Delimiter

    start = end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before = state.src[start - 1] if start else ""
    after = state.src[end] if end < state.posMax else ""
    opens, closes = flanks(before, after, marker, end - start)
    for _ in range(end - start):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(Delimiter(ord(marker), end - start, len(state.tokens) - 1, -1, opens, closes))
    state.pos = end
    return True


def formula(state: StateInline, silent: bool) -> bool:
    """`$…$`, with optional `{alt="…"}`. A dollar sign that opens nothing becomes a token of its own, to be reported."""
    if state.src[state.pos] != "$":
        return False
    pos = state.pos
    match = _DISPLAY.match(state.src, pos, state.posMax) or _FORMULA.match(state.src, pos, state.posMax)
    end = match.end() if match else pos + (2 if state.src.startswith("$$", pos) else 1)
    attributes = ATTRIBUTES.match(state.src, end, state.posMax) if match else None
    if not silent:
        token = state.push("formula" if match else "unclosed", "", 0)
        token.content = trimmed(match[1]) if match else state.src[pos:end]
        token.meta["pos"] = pos
        if attributes:
            token.meta["attributes"] = parse(attributes[0])
    state.pos = attributes.end() if attributes else end
    return True


def trimmed(tex: str) -> str:
    """A formula without white space around it; a control space (backslash and space) at its end is held by a group."""
    tex = tex.strip()
    return f"{tex} {{}}" if (len(tex) - len(tex.rstrip("\\"))) % 2 else tex


def bracket(state: StateInline, silent: bool) -> bool:
    """`[^1]`, `[@key; @key]`, `[1,3-5]` and `[text]{.class}`; all other brackets are left to the rule for links."""
    if state.src[state.pos] != "[":
        return False
    for kind, pattern in (("footnote", _FOOTNOTE), ("citation", _CITATION), ("numbers", _NUMBERS)):
        if match := pattern.match(state.src, state.pos, state.posMax):
            if not silent:
                token = state.push(kind, "", 0)
                token.content = match[1]
                token.meta["pos"] = state.pos
            state.pos = match.end()
            return True
    return _span(state, silent)


def _span(state: StateInline, silent: bool) -> bool:
    start, maximum = state.pos, state.posMax
    if state.src.find("]{", start, maximum) < 0:
        return False
    close = state.md.helpers.parseLinkLabel(state, start, False)
    attributes = ATTRIBUTES.match(state.src, close + 1, maximum) if close > 0 else None
    if not attributes:
        return False
    if not silent:
        token = state.push("span_open", "span", 1)
        token.meta.update(pos=start, attributes=parse(attributes[0]))
        state.pos, state.posMax = start + 1, close
        state.md.inline.tokenize(state)
        state.posMax = maximum
        state.push("span_close", "span", -1)
    state.pos = attributes.end()
    return True


def placed(rule: Rule) -> Rule:
    """The rule, with its offset left in the first token that it makes."""

    def wrapped(state: StateInline, silent: bool) -> bool:
        start, known = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            for token in state.tokens[known:]:
                if token.type != "text":
                    token.meta["pos"] = start
                    break
        return True

    return wrapped


def with_attributes(rule: Rule) -> Rule:
    """The rule for images, with the attributes right behind and the offset of its end."""
    rule = placed(rule)

    def wrapped(state: StateInline, silent: bool) -> bool:
        if not rule(state, silent):
            return False
        attributes = ATTRIBUTES.match(state.src, state.pos, state.posMax)
        if attributes:
            state.pos = attributes.end()
        if not silent:
            state.tokens[-1].meta["end"] = state.pos
            if attributes:
                state.tokens[-1].meta["attributes"] = parse(attributes[0])
        return True

    return wrapped
