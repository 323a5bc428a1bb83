# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Articles made by chance, and articles without their places, for the tests of the readers."""

from __future__ import annotations

import dataclasses
import functools
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from kanyin.findings import Where
from kanyin.model import (
    AbstractPart,
    Affiliation,
    Article,
    Bilingual,
    Cell,
    Contributor,
    DisplayFormula,
    Figure,
    Footnote,
    Front,
    History,
    InlineFormula,
    Journal,
    LineBreak,
    Link,
    ListBlock,
    Paragraph,
    Permissions,
    Quote,
    Reference,
    Section,
    Styled,
    TableWrap,
    Text,
    Xref,
)

# Han (also a rare one), Latin, and every character that means something in Markdown, YAML or HTML
ALPHABET = "肺癌，。：（）“”一二图表注𠮷aBéz019 *_[]<>&$\\`{}|#!:;()-+.=~^\"'/@%　\u00a0"
MEANINGFUL = (
    "图1：肺|注：甲|1. 甲|- 乙|# 丙|> 丁|[1,3]|[@a]|$5|<sub>|&lt;|表2 乙|**注意：**后|5*3*2|[^1]: 甲|```|---|==="
    "|Figure 1 a|{#a}|{.note}|a_b_c|<table>"
)
WORDS = st.one_of(st.text(ALPHABET, min_size=1, max_size=12), st.sampled_from([*MEANINGFUL.split("|"), "|---|"]))


def _text(value: str) -> str:
    return unicodedata.normalize("NFC", value)


words = WORDS.map(_text)
line_text = words.map(str.strip).filter(bool)
name = st.text("肺癌a1：#'\"-[]{},&* \u3000é", min_size=1, max_size=10).map(_text).map(str.strip).filter(bool)
identifier = st.from_regex(r"[a-z][a-z0-9-]{0,5}", fullmatch=True)
tex = st.sampled_from([r"\alpha", "x^2", r"\frac{a}{b}", "|x|", r"P(A | B)", r"5\%", r"\$5", "a_{1}*b"])

styles = st.sampled_from(["bold", "italic", "sup", "sub", "underline", "sc", "emphasis"])
STYLES_OF_ONE_TEXT = ("emphasis", "code")


def normal(items: list[Any], *, trimmed: bool = False) -> tuple[Any, ...]:
    """Neighbouring text is one run; the ends of a line are no white space."""
    merged: list[Any] = []
    for item in items:
        if isinstance(item, Text) and merged and isinstance(merged[-1], Text):
            merged[-1] = Text(_text(merged[-1].value + item.value))
        else:
            merged.append(item)
    if trimmed:
        for at, strip in ((0, str.lstrip), (-1, str.rstrip)):
            while merged and isinstance(merged[at], Text):
                value = strip(merged[at].value)
                if value:
                    merged[at] = Text(value)
                    break
                del merged[at]
    return tuple(merged)


def _inline(xrefs: bool) -> st.SearchStrategy[Any]:
    text = words.map(Text)
    leaves = [
        text,
        text,
        st.builds(InlineFormula, tex, st.sampled_from(["", "甲 | 乙", 'a"b'])),
        st.just(LineBreak()),
        line_text.filter(lambda v: "`" not in v).map(lambda v: Styled("code", (Text(v),))),
        st.lists(st.sampled_from(["r1", "r2"]), min_size=1, max_size=2, unique=True).map(
            lambda r: Xref("bibr", tuple(r))
        ),
    ]
    if xrefs:
        leaves += [
            st.builds(lambda t: Xref("sec", ("first",), t), line_text),
            st.just(Xref("fn", ("fn1",))),
        ]

    readings = (("汉字", "hàn zì"), ("某", 'a "b" \\ {c}|d'), ("A*[b]", "_ei_"))
    leaves.append(st.sampled_from([Styled("ruby", (Text(base),), reading) for base, reading in readings]))

    def around(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        content = st.lists(inner, min_size=1, max_size=3).map(normal)
        return st.builds(Styled, styles, content)

    found = st.recursive(st.one_of(leaves), around, max_leaves=4)
    linked = st.builds(lambda v: Link("https://example.org/a_b?c=1", (Text(v),)), line_text)
    return st.one_of(found, found, linked)


@functools.cache  # made once: to make a strategy takes longer than to draw from it
def inlines(xrefs: bool = True) -> st.SearchStrategy[Any]:
    content = st.lists(_inline(xrefs), min_size=1, max_size=5)
    return content.map(lambda items: normal(items, trimmed=True)).filter(bool)


bilingual = st.builds(Bilingual, inlines(), st.one_of(st.just(()), inlines()))


@st.composite
def tables(draw: st.DrawFn) -> TableWrap:
    width = draw(st.integers(1, 3))
    aligns = [draw(st.sampled_from(["", "left", "center", "right"])) for _ in range(width)]
    odd = draw(st.booleans())

    def rows(count: int, header: bool) -> tuple[tuple[Cell, ...], ...]:
        made = []
        for _ in range(count):
            row = []
            for x in range(width):
                content = draw(st.one_of(st.just(()), inlines()))
                row.append(Cell(content, header or (odd and x == 0), aligns[x]))
            made.append(tuple(row))
        if made and width > 1 and draw(st.booleans()):
            made[0] = (dataclasses.replace(made[0][0], colspan=2), *made[0][2:])
        if len(made) > 1 and made[0][0].colspan == 1 and draw(st.booleans()):
            made[0] = (dataclasses.replace(made[0][0], rowspan=2), *made[0][1:])
            made[1] = made[1][1:]
        return tuple(made)

    head = rows(draw(st.integers(0, 2)), True)
    label = draw(st.sampled_from(["", "表1", "附表2", "Table S1", "甲"]))
    caption = draw(st.one_of(st.just(Bilingual()), bilingual))
    notes = tuple(draw(st.lists(inlines(), max_size=2)))
    page = draw(st.sampled_from(["column", "page"]))
    return TableWrap("", label, caption, head, rows(draw(st.integers(0, 3)), False), notes, page)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    label = draw(st.sampled_from(["", "图1", "图2-1", "甲"]))
    caption = draw(st.one_of(st.just(Bilingual()), bilingual))
    notes = draw(st.one_of(st.just(()), inlines()))
    file = draw(st.sampled_from(["a.png", "图 1.png", "b(1).png", "c_d.png"]))
    return Figure("", label, caption, file, draw(st.one_of(st.just(""), line_text)), "column", notes)


paragraphs = inlines().map(Paragraph)
formulas = st.builds(DisplayFormula, st.just(""), tex, st.sampled_from(["", "甲"]), st.sampled_from(["", "(甲)"]))


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    some = st.lists(inner, min_size=1, max_size=2).map(tuple)
    return st.one_of(
        st.builds(Quote, some),
        st.builds(
            lambda ordered, items: ListBlock(ordered, tuple(items)),
            st.booleans(),
            st.lists(some, min_size=1, max_size=3),
        ),
    )


blocks = st.recursive(st.one_of(paragraphs, paragraphs, tables(), figures(), formulas), _nested, max_leaves=4)


@functools.cache
@st.composite
def sections(draw: st.DrawFn, depth: int = 3) -> Section:
    content: list[Any] = draw(st.lists(blocks, max_size=3))
    if depth > 1:
        content += draw(st.lists(sections(depth=depth - 1), max_size=2))
    return Section("", draw(inlines()), tuple(content))


fronts = st.builds(
    Front,
    id=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,7}", fullmatch=True),
    title=name,
    lang=st.sampled_from(["zh-Hans", "en"]),
    title_en=st.one_of(st.just(""), name),
    column=st.one_of(st.just(""), name),
    doi=st.sampled_from(["", "10.1000/a: b #c"]),
    contribs=st.lists(
        st.builds(
            Contributor, name, st.one_of(st.just(""), name), st.just(("a1",)), st.booleans(), email=st.just("a@b.cn")
        ),
        max_size=2,
    ).map(tuple),
    affs=st.just((Affiliation("a1", "某院: 胸外科", "Hospital"),)),
    abstract=st.lists(st.builds(AbstractPart, st.sampled_from(["", "目的"]), inlines(xrefs=False)), max_size=3).map(
        tuple
    ),
    kwds=st.lists(name, max_size=2).map(tuple),
    funding=st.lists(name, max_size=2).map(tuple),
    journal=st.builds(Journal, name=name, year=st.sampled_from(["", "2024"]), issue=st.sampled_from(["", "03"])),
    history=st.builds(
        History, received=st.one_of(st.none(), st.dates(date(1990, 1, 1))), editor=st.one_of(st.just(""), name)
    ),
    permissions=st.builds(
        Permissions, declared=st.sampled_from(["", "版权归甲。\n乙"]), holder=st.sampled_from(["", "cma"])
    ),
    reference_style=st.sampled_from(["gbt7714-2025", "medical"]),
)
csl = st.fixed_dictionaries(
    {"type": st.just("article-journal"), "title": name},
    optional={
        "issued": st.just({"date-parts": [[2018, 2]]}),
        "author": st.just([{"family": "王", "given": "某"}, {"literal": "某组: 甲"}]),
        "custom": st.just({"a": {"b": "c"}, "d": ["e", "f"]}),
        "volume": st.sampled_from(["", "012"]),
    },
)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Articles in the form in which a reader makes them: ids in order, nothing empty, cross references that lead on."""
    first = Section("first", (Text("甲"),), tuple(draw(st.lists(blocks, max_size=2))))
    body = (*draw(st.lists(blocks, max_size=3)), *draw(st.lists(sections(), max_size=2)), first)
    back = tuple(draw(st.lists(sections(depth=2), max_size=2)))
    refs = tuple(Reference(key, draw(csl)) for key in ("r1", "r2"))
    footnotes = (Footnote("fn1", draw(inlines(xrefs=False))),)
    article = Article(draw(fronts), body, back, refs, footnotes, Path(), Path("article.md"))
    return _Namer(draw(st.booleans())).name(article)


class _Namer:
    """Gives ids: those that the reader would give, or others."""

    def __init__(self, automatic: bool) -> None:
        self.own = not automatic
        self.counts = {"fig": 0, "tab": 0, "eq": 0}

    def name(self, article: Article) -> Article:
        body = self.all(article.body, "")
        back = tuple(self.section(s, f"b{i}") for i, s in enumerate(article.back, 1))
        return dataclasses.replace(article, body=body, back=back)

    def all(self, content: tuple[Any, ...], parent: str) -> tuple[Any, ...]:
        made, sections = [], 0
        for block in content:
            if isinstance(block, Section):
                sections += 1
                made.append(self.section(block, f"{parent}-{sections}" if parent else f"s{sections}"))
            else:
                made.append(self.block(block))
        return tuple(made)

    def section(self, section: Section, automatic: str) -> Section:
        identifier = section.id or (f"x-{automatic}" if self.own else automatic)
        return dataclasses.replace(section, id=identifier, content=self.all(section.content, automatic))

    def block(self, block: Any) -> Any:
        match block:
            case Figure():
                return dataclasses.replace(block, id=self.next("fig"))
            case TableWrap():
                return dataclasses.replace(block, id=self.next("tab"))
            case DisplayFormula() if self.own:
                return dataclasses.replace(block, id=self.next("eq"))
            case Quote():
                return Quote(tuple(self.block(b) for b in block.content))
            case ListBlock():
                return ListBlock(block.ordered, tuple(tuple(self.block(b) for b in item) for item in block.items))
        return block

    def next(self, kind: str) -> str:
        self.counts[kind] += 1
        return f"{'x' if self.own else ''}{kind}{self.counts[kind]}"


def bare(value: Any) -> Any:
    """The value without its places."""
    if isinstance(value, Where):
        return None
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{f.name: bare(getattr(value, f.name)) for f in dataclasses.fields(value)})
    if isinstance(value, tuple):
        return tuple(bare(item) for item in value)
    return value


def strings(value: Any) -> str:
    """Every text anywhere in a value, but not ids and the names of kinds."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "".join(strings(item) for item in value)
    if dataclasses.is_dataclass(value):
        ours = {"id", "style", "ref_type", "rids", "align", "width", "where", "layout_where"}
        return "".join(strings(getattr(value, f.name)) for f in dataclasses.fields(value) if f.name not in ours)
    return ""
