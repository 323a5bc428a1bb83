# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The parts of an article in a text that has only paragraphs: what converters leave of a Chinese journal's page.

Abstract, keywords, numbered headings and the reference list are found by the words and numbers that such articles have.
Each find is a finding; whatever is not sure stays a paragraph. Nothing is left out: the words move, and only labels
(摘要：, 关键词：, 参考文献) that the layout sets itself go.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kanyin.findings import Finding, Where, finding
from kanyin.model import AbstractPart, Article, Block, Inline, Inlines, LineBreak, Paragraph, Reference, Text
from kanyin.readers.citation_text import parse
from kanyin.readers.converted_captions import give_captions
from kanyin.readers.headings import Heading, flat, nested
from kanyin.readers.inlines import plain, without

_ABSTRACT = re.compile(r"\A[【\[]?\s*摘\s*要\s*[】\]]?\s*[:：]?\s*(?=\S)")
_ABSTRACT_EN = re.compile(
    r"\A[【\[]?\s*(?:Abstract|ABSTRACT)\s*[】\]]?\s*[:：]\s*(?=\S)|\A[【\[]\s*(?:Abstract|ABSTRACT)\s*[】\]]\s*"
)
_KEYWORDS = re.compile(r"\A[【\[]?\s*关\s*键\s*词\s*[】\]]?\s*[:：]?\s*(?=\S)")
_KEYWORDS_EN = re.compile(
    r"\A[【\[]?\s*(?:Key\s?words?|KEY\s?WORDS?|Keywords?)\s*[】\]]?\s*[:：]\s*(?=\S)", re.IGNORECASE
)
# what the same paragraph often tells after the keywords
_BEHIND_KEYWORDS = re.compile(r"\n|【|\[?(?:中图分类号|文献标[志识]码|文章编号|DOI\b)")
_LABELS = re.compile(r"(目的|背景|方法|对象与方法|资料与方法|材料与方法|结果|结论|讨论)\s*[:：]?\s*")
_LABELS_EN = re.compile(r"\b(Objectives?|Background|Aims?|Purpose|Methods?|Results?|Conclusions?)\b\s*[:：]?\s*")
_NUMBER = re.compile(r"\A\s*(\d{1,2}(?:[.．]\d{1,2}){0,3})[.．、]?\s*(?=[\u3400-\u9fff“《（]|[A-Z][A-Za-z])")
_NO_END = re.compile(r"[。．.；;，,：:？?！!…]\s*\Z")
_REFERENCES = re.compile(r"\A\s*[【\[]?\s*(?:参\s*考\s*文\s*献|References?|REFERENCES?)\s*[】\]]?\s*[:：]?\s*\Z")
_ENTRY = re.compile(r"(?:\A|(?<=[\s.．。]))\s*[\[［【]\s*(\d{1,3})\s*[\]］】]\s*")
_LONGEST = 40  # characters of a heading


def recognise(article: Article) -> tuple[Article, list[Finding]]:
    """The article with the parts that were found. Front matter that is there already is left alone."""
    finder = _Finder(article)
    return finder.run(), finder.findings


class _Finder:
    def __init__(self, article: Article) -> None:
        self.article = article
        self.front = article.front
        self.findings: list[Finding] = []

    def run(self) -> Article:
        parts = flat(self.article.body)
        parts = self.front_matter(parts)
        parts, references = self.references(parts)
        parts, told = give_captions(parts)
        self.findings += told
        parts = self.headings(parts)
        return replace(self.article, front=self.front, body=nested(parts), refs=self.article.refs or references)

    def report(self, code: str, where: Where | None, text: str) -> None:
        self.findings.append(finding(code, where, text=text[:40]))

    # ------------------------------------------------------------ abstract and keywords

    def front_matter(self, parts: Sequence[Heading | Block]) -> list[Heading | Block]:
        """The first abstract and the first keywords of each language; those of a second article stay in the text."""
        out: list[Heading | Block] = []
        for part in parts:
            rest = self.field(part) if isinstance(part, Paragraph) else part
            if rest is not None:
                out.append(rest)
        return out

    def field(self, part: Paragraph) -> Paragraph | None:
        """What is left of a paragraph when its abstract or keywords have been taken."""
        text = plain(part.content)
        for pattern, name, labels in ((_ABSTRACT, "abstract", _LABELS), (_ABSTRACT_EN, "abstract_en", _LABELS_EN)):
            if not getattr(self.front, name) and (found := pattern.match(text)) and len(text) > found.end() + 20:
                content = without(part.content, found.end())
                if content is None:
                    continue
                self.fill(**{name: _parts(content, labels)})
                self.report("CONVERT-ABSTRACT", part.where, text)
                return None
        for pattern, name in ((_KEYWORDS, "kwds"), (_KEYWORDS_EN, "kwds_en")):
            text = _lines(part.content)
            if not getattr(self.front, name) and (found := pattern.match(text)):
                end = after.start() if (after := _BEHIND_KEYWORDS.search(text)) else len(text)
                listed = text[found.end() : end]
                words = [word.strip(" .。") for word in re.split(r"[;；]|[,，、](?!\d)", listed)]
                if len(words) == 1 and listed.count(" ") >= 2:
                    words = listed.split()
                if len(listed) < 200:
                    self.fill(**{name: tuple(filter(None, words))})
                    self.report("CONVERT-KEYWORDS", part.where, text)
                    rest = text[end:].strip()
                    return Paragraph((Text(rest),), part.where) if rest else None
        return part

    def fill(self, **found: Any) -> None:
        self.front = replace(self.front, **found)

    # ------------------------------------------------------------ references

    def references(self, parts: Sequence[Heading | Block]) -> tuple[list[Heading | Block], tuple[Reference, ...]]:
        """The entries below the heading of the list, when they count 1, 2, 3 … and the article has no list yet."""
        at = next((i for i, part in enumerate(parts) if _is_list_heading(part)), -1)
        if at < 0 or self.article.refs:
            return list(parts), ()
        end, entries = at + 1, list[tuple[str, Where | None]]()
        while end < len(parts) and isinstance(part := parts[end], Paragraph):
            found = _entries(_lines(part.content))
            if not found or found[0][0] != len(entries) + 1:
                break
            entries += [(text, part.where) for _, text in found]
            end += 1
        if not entries:
            return list(parts), ()
        heading = parts[at]
        where = heading.where if isinstance(heading, Heading | Paragraph) else None
        self.findings.append(finding("CONVERT-REFERENCES", where, count=len(entries)))
        made = []
        for number, (text, place) in enumerate(entries, 1):
            csl = parse(text)
            if csl is None:
                self.report("CONVERT-REFERENCE-WORDS", place, text)
                csl = {"type": "document", "title": text}
            made.append(Reference(f"r{number}", csl, place))
        return [*parts[:at], *parts[end:]], tuple(made)

    # ------------------------------------------------------------ headings

    def headings(self, parts: Sequence[Heading | Block]) -> list[Heading | Block]:
        """Short numbered paragraphs are headings; their number, or that of a heading, tells the level."""
        out: list[Heading | Block] = []
        for index, part in enumerate(parts):
            if isinstance(part, Heading):
                level = _level(plain(part.title))
                out.append(replace(part, level=level) if level else part)
            elif isinstance(part, Paragraph) and self.is_heading(part, parts[index + 1 : index + 2]):
                text = plain(part.content)
                self.report("CONVERT-HEADING", part.where, text)
                out.append(Heading(_level(text), part.content, part.where))
            else:
                out.append(part)
        return out

    def is_heading(self, part: Paragraph, following: Sequence[Heading | Block]) -> bool:
        text = plain(part.content)
        if not _level(text) or len(text) > _LONGEST or _NO_END.search(text) or not following:
            return False
        after = following[0]
        # beside another of its kind it is an item of a list, unless that one is a level below it
        beside = _level(plain(after.content)) if isinstance(after, Paragraph) else 0
        return beside != _level(text)


def _is_list_heading(part: Heading | Block) -> bool:
    content = part.title if isinstance(part, Heading) else part.content if isinstance(part, Paragraph) else ()
    return bool(content) and bool(_REFERENCES.match(plain(content)))


def _lines(content: Inlines) -> str:
    return "".join("\n" if isinstance(inline, LineBreak) else plain((inline,)) for inline in content)


def _entries(text: str) -> list[tuple[int, str]]:
    """[1] … [2] …: the entries of a paragraph that begins with one, else none. Their numbers follow each other."""
    marks: list[re.Match[str]] = []
    for mark in _ENTRY.finditer(text):
        if not marks or int(mark[1]) == int(marks[-1][1]) + 1:
            marks.append(mark)
    if not marks or marks[0].start() != 0:
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    parted = zip(marks, ends, strict=True)
    return [(int(mark[1]), re.sub(r"\s+", " ", text[mark.end() : end]).strip()) for mark, end in parted]


def _level(text: str) -> int:
    found = _NUMBER.match(text)
    if not found or len(text.strip()) == len(found[1]):
        return 0
    return len(re.split(r"[.．]", found[1]))


def _parts(content: Inlines, labels: re.Pattern[str]) -> tuple[AbstractPart, ...]:
    """A structured abstract by its labels, when at least two of them stand in it, the first at its beginning."""
    marks = [
        (index, found)
        for index, inline in enumerate(content)
        if isinstance(inline, Text)
        for found in labels.finditer(inline.value)
        if _begins(inline.value, found.start(), index)
    ]
    if len(marks) < 2 or marks[0][0] or marks[0][1].start():
        return (AbstractPart("", content),)
    made = []
    for number, (index, found) in enumerate(marks):
        after = marks[number + 1] if number + 1 < len(marks) else (len(content), None)
        made.append(AbstractPart(found[1], _slice(content, index, found.end(), after[0], after[1])))
    return tuple(part for part in made)


def _begins(text: str, at: int, index: int) -> bool:
    """A label stands at the beginning or behind the end of a sentence."""
    before = text[:at].rstrip()
    return (not before and not index) or before.endswith(("。", "；", ".", ";"))


def _slice(content: Inlines, first: int, begin: int, last: int, found: re.Match[str] | None) -> Inlines:
    out: list[Inline] = []
    for index in range(first, min(last + 1, len(content))):
        inline = content[index]
        if isinstance(inline, Text):
            start = begin if index == first else 0
            end = found.start() if found is not None and index == last else len(inline.value)
            if value := inline.value[start:end].strip() if index in (first, last) else inline.value:
                out.append(Text(value))
        elif index != last or found is None:
            out.append(inline)
    return tuple(out)
