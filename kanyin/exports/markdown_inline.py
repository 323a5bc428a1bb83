# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Inlines → Markdown that reads back as the same Inlines, with characters escaped only where they would mean more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kanyin.model import Inline, InlineFormula, LineBreak, Link, Styled, Text, Xref

# `<`, `&` and `_` stand in running text without harm unless they begin a tag, an entity or emphasis
_ESCAPED = re.compile(r"[\\`*$\[\]{}]|<(?=[A-Za-z/!?])|&(?=[#A-Za-z])|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|!(?=\[|\Z)")
_LINE_START = re.compile(
    r"\d{1,9}(?=[.)](?:[ \t]|\Z))|\[\^[^\]]+\](?=:)"
    r"|(?=#{1,6}(?:[ \t]|\Z)|>|[-+](?:[ \t]|\Z)|=+[ \t]*\Z|~~~|-[- \t]*\Z|\|)"
)
_MEANT = re.compile(
    r"注[ \u3000]*[:：]|[附续]?[图表][ \u3000]?(?:S?\d|[一二三四五六七八九十])"
    r"|(?:Supplementary )?(?:Fig(?:ure|\.)?|Tab(?:le|\.)?)[ \u3000]?S?\d"
)
_TAGS = {"sup": "sup", "sub": "sub", "underline": "u"}


def inlines(content: Sequence[Inline], *, bar: bool = False) -> str:
    """The content as one line. With `bar`, vertical bars are escaped: a table or caption would be cut at them."""
    out = ""
    for index, inline in enumerate(content):
        out += _inline(inline, out, content[index + 1] if index + 1 < len(content) else None, bar)
    return out


def paragraph(content: Sequence[Inline]) -> str:
    """A paragraph, whose beginning must be taken neither for a heading, list or table nor for a caption or note."""
    line = guarded(inlines(content))
    return f"&#{ord(line[0])};{line[1:]}" if _MEANT.match(line) else line


def guarded(line: str) -> str:
    """A line that begins no heading, list, quotation, rule, table or footnote, and keeps its white space."""
    if match := _LINE_START.match(line):
        return f"{line[: match.end()]}\\{line[match.end() :]}"
    if line[:1].isspace():
        return f"&#{ord(line[0])};{line[1:]}"
    return line


def attributes(id: str = "", *classes: str, **values: str) -> str:
    """`{#id .class key=value}` with a space before it, or nothing."""
    parts = [f"#{id}"] if id else []
    parts += [f".{name}" for name in classes]
    parts += [f"{key}={quoted(value)}" for key, value in values.items()]
    return f" {{{' '.join(parts)}}}" if parts else ""


def quoted(value: str) -> str:
    return value if re.fullmatch(r"[\w.-]+", value) else '"' + re.sub(r'(["\\])', r"\\\1", value) + '"'


def _inline(inline: Inline, before: str, after: Inline | None, bar: bool) -> str:
    match inline:
        case Text(value):
            text = _ESCAPED.sub(lambda m: "\\" + m[0], value)
            return text.replace("|", "\\|") if bar else text
        case Styled():
            return _styled(inline, before, after, bar)
        case Xref(ref_type="bibr"):
            return "[" + "; ".join(f"@{rid}" for rid in inline.rids) + "]"
        case Xref(ref_type="fn"):
            return "".join(f"[^{footnote_label(rid)}]" for rid in inline.rids)
        case Xref():
            target = "#" + ",".join(inline.rids)
            return f"{_bracketed(inlines((Text(inline.text),), bar=bar))}({target})"
        case Link(href, content):
            shown = f"<{href}>" if re.search(r"[\s()]", href) else href
            return f"{_bracketed(inlines(content, bar=bar))}({shown})"
        case InlineFormula(tex, alt):
            digit = isinstance(after, Text) and after.value[:1].isdigit()  # right behind, it would undo the formula
            named = attributes(alt=alt).strip() if alt or digit else ""
            return f"${tex}$" + (named.replace("|", "\\|") if bar else named)
        case LineBreak():
            return "<br>"


def footnote_label(identifier: str) -> str:
    """The footnote `fn1` is called by `[^1]`; any other by its id."""
    match = re.fullmatch(r"fn(\d+)", identifier)
    return match[1] if match else identifier


def _styled(inline: Styled, before: str, after: Inline | None, bar: bool) -> str:
    single = inline.content[0] if len(inline.content) == 1 else None
    if inline.style == "code" and isinstance(single, Text) and (code := _code(single.value, before, bar)):
        return code
    content = inlines(inline.content, bar=bar)
    if inline.style == "ruby":
        named = attributes("", "ruby", text=inline.reading).strip()
        return _bracketed(content) + (named.replace("|", "\\|") if bar else named)
    if inline.style in _TAGS:
        return f"<{_TAGS[inline.style]}>{content}</{_TAGS[inline.style]}>"
    if inline.style in ("bold", "italic") and _safe(inline, before, after):
        mark = "**" if inline.style == "bold" else "*"
        return f"{mark}{content}{mark}"
    return f"{_bracketed(content)}{{.{inline.style}}}"


def _bracketed(content: str) -> str:
    """In brackets, and no citation or footnote call."""
    return f"[\\{content}]" if content[:1] in ("@", "^") else f"[{content}]"


def _safe(inline: Styled, before: str, after: Inline | None) -> bool:
    """Whether asterisks are sure to be read as emphasis: plain words inside, no asterisk or odd sign around."""
    if len(inline.content) != 1 or not isinstance(inline.content[0], Text):
        return False
    value = inline.content[0].value
    if not value or not (value[0].isalnum() and value[-1].isalnum()):
        return False
    following = after.value[:1] if isinstance(after, Text) else "" if after is None else "*"
    if before[-1:].isdigit() or following.isdigit():
        return False
    return not (before[-1:] in ("*", "\\") or following in ("*", "_"))


def _code(value: str, before: str, bar: bool) -> str:
    """Backticks, when the code can stand between them as it is."""
    if not value or "\n" in value or value.strip() != value or value[0] == "`" or value[-1] == "`":
        return ""
    if before.endswith("`") or (bar and re.search("[|<]", value)):
        return ""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", value)), default=0))
    return f"{fence}{value}{fence}"
