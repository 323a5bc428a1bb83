# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Plain text → Article, for `import`. Such a text is often copied from a web page.

Each line is a paragraph. The rights notice goes into `permissions.declared` as it stood, a title or lead that stands
twice is kept once, punctuation becomes Chinese, lines that surely name source, date or author go into the front matter,
what belongs to the page alone is left out, and numbered short lines become headings. Every one of these is a finding
that shows what was there; nothing else is lost.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kanyin import notice
from kanyin.findings import Finding, Where, finding
from kanyin.model import Article, Block, Front, History, Paragraph, Permissions, Section, Text
from kanyin.readers.fields import PAGE, Fields
from kanyin.readers.notice_lines import looks_altered, take_notice
from kanyin.readers.punctuation import is_reference, restore
from kanyin.readers.source import Source, read_bytes

SUFFIXES = (".txt",)

_LONGEST_TITLE = 80
_SHORTEST_TITLE = 4  # letters of a title that is known again
_LONGEST_HEADING = 30
_SHORTEST_LEAD = 12  # characters that are neither space nor mark
_LEAD_LINES = 4  # the lead and its copy stand among the first paragraphs
_HEADINGS = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、．.]\s*\S"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]\s*\S"),
    re.compile(r"\d{1,2}(?:[、．]|\.(?!\d))\s*\S|\d{1,2}[ \u3000]+(?=[\u3400-\u9fff])"),
    re.compile(r"\d{1,2}\.\d{1,2}(?!\d|\.\d)[、．.]?\s*[^\d\s]"),
    re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}[、．.]?\s*[^\d\s]"),
)
_HEAD_LINES, _TAIL_LINES = 8, 8  # where a page says what it is, and what else it can do
_LEAD_LABEL = re.compile(r"(?:导语|导读|摘要|提要|内容提要|核心提示|编者按)[:：]?")
_SHORTEST_PART = 20  # letters of a lead that stands inside another paragraph
_NOTICE_REST = re.compile(r"[（(【\[]?\s*(?:版权声明|版权说明|声明|版权|注意|注)?\s*[:：。.]?\s*[)）】\]]?")
_NO_HEADING_END = re.compile(r"[。．.；;，,：:？?！!…]\Z")


@dataclass
class Line:
    """A line that holds something; `number` and `column` count from 0."""

    text: str
    number: int
    column: int


def read(path: Path) -> tuple[Article | None, list[Finding]]:
    """Read one text file: UTF-8, UTF-16 with a mark, else GB18030. There is no article when nothing can be read."""
    data, findings = read_bytes(path)
    if data is None:
        return None, findings
    text, encoding = _decode(data)
    if text is None:
        return None, [finding("SOURCE-ENCODING", Where(str(path), 1))]
    source = Source(text, str(path))
    if encoding:
        findings.append(finding("IMPORT-ENCODING", Where(str(path), 1), encoding=encoding))
    findings += source.findings
    article = _Importer(source, path, findings).run()
    return article, sorted(findings, key=lambda f: f.where)


def _decode(data: bytes) -> tuple[str | None, str]:
    """The text, and the encoding when it is not UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        tried = [("utf-16", "UTF-16")]
    else:
        tried = [("utf-8", ""), ("gb18030", "GB18030")]
    for codec, shown in tried:
        try:
            return data.decode(codec), shown
        except UnicodeDecodeError:
            continue
    return None, ""


class _Importer:
    def __init__(self, source: Source, path: Path, findings: list[Finding]) -> None:
        self.source = source
        self.path = path
        self.findings = findings

    def run(self) -> Article | None:
        declared, text = self.without_notice()
        lines = _lines(text)
        if not lines and not declared:
            self.findings.append(finding("IMPORT-EMPTY", Where(self.source.file, 1)))
            return None
        title = ""
        fields = Fields()
        lines = self.without_rest_of_notice(lines, text)
        lines = self.fields(lines, fields)
        if lines:
            title, lines = self.title(lines)
            lines = self.without_copy(lines, title)
        for line in lines:
            if looks_altered(line.text):
                self.report("IMPORT-NOTICE-ALTERED", line, before=line.text)
        body = self.body(lines)
        front = Front(
            id=self.path.stem,
            title=title,
            contribs=tuple(fields.authors),
            author_notes=tuple(fields.notes),
            history=History(published=fields.published, editor=fields.editor),
            permissions=Permissions(declared=declared, where=Where(self.source.file, 1)),
            where=Where(self.source.file, 1),
        )
        return Article(front, body, root=self.path.parent, path=self.path)

    def report(self, code: str, line: Line, offset: int = 0, **args: object) -> None:
        self.findings.append(finding(code, self.source.where(line.number, line.column + offset), **args))

    def without_notice(self) -> tuple[str, str]:
        """The notice as it stood, and the text with white space in its place, so that places stay right."""
        text = self.source.text
        taken = take_notice(text)
        for start, end in taken.spans:
            number = text.count("\n", 0, start)
            line = Line("", number, start - (text.rfind("\n", 0, start) + 1))
            self.report("IMPORT-NOTICE", line, before=text[start:end])
        for start, end in taken.spans:
            text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
        return taken.declared, text

    def without_rest_of_notice(self, lines: list[Line], text: str) -> list[Line]:
        """Drop what a notice leaves behind: brackets around it, and 版权声明 before it."""
        shown = text.split("\n")
        kept = []
        for line in lines:
            cut = self.source.lines[line.number] != shown[line.number]
            following = next((n for n in range(line.number + 1, len(shown)) if self.source.lines[n].strip()), -1)
            heads = following >= 0 and not shown[following].strip() and "声明" in line.text
            if (cut or heads) and _NOTICE_REST.fullmatch(line.text):
                self.report("IMPORT-PAGE", line, before="".join(line.text.split()))
            else:
                kept.append(line)
        return kept

    def title(self, lines: list[Line]) -> tuple[str, list[Line]]:
        first = lines[0]
        if len(first.text) > _LONGEST_TITLE or first.text.endswith("。"):
            self.report("SOURCE-TITLE", first)
            return "", lines
        self.report("IMPORT-TITLE", first, before=first.text)
        return self.chinese(first), lines[1:]

    def fields(self, lines: list[Line], fields: Fields) -> list[Line]:
        """Take lines for the front matter from the begin and the end of the text; elsewhere they are text."""
        kept: list[Line] = []
        for index, line in enumerate(lines):
            near = index < _HEAD_LINES or index >= len(lines) - _TAIL_LINES
            name = fields.take(line.text) if near else ""
            if name:
                code = "IMPORT-PAGE" if name == PAGE else "IMPORT-FIELD"
                self.report(code, line, field=name, before=line.text)
                continue
            if near and kept and fields.resembles(line.text):
                self.report("IMPORT-FIELD-UNSURE", line, before=line.text)
            kept.append(line)
        return kept

    def without_copy(self, lines: list[Line], title: str) -> list[Line]:
        """Drop a title that stands again, and a lead whose every letter stands in another of the first paragraphs."""
        again = next((i for i, line in enumerate(lines[:_LEAD_LINES]) if _letters(line.text) == _letters(title)), -1)
        if again >= 0 and len(_letters(title)) >= _SHORTEST_TITLE:
            self.report("IMPORT-TITLE-AGAIN", lines[again], before=lines[again].text)
            lines = lines[:again] + lines[again + 1 :]
        plain = [_LEAD_LABEL.sub("", line.text, count=1) for line in lines[:_LEAD_LINES]]
        folded = [_letters(text) for text in plain]
        # of two equal leads the one goes that has fewer Chinese marks, or a label; the second one, when they are alike
        worth = [(_chinese_marks(text), text == line.text) for text, line in zip(plain, lines, strict=False)]
        for index, letters in enumerate(folded):
            for other, full in enumerate(folded):
                if index == other or len(letters) < _SHORTEST_LEAD:
                    continue
                less = worth[index] < worth[other] or (worth[index] == worth[other] and index > other)
                worse = letters == full and less
                if worse or _is_part(letters, full):
                    self.report("IMPORT-LEAD", lines[index], before=lines[index].text)
                    return lines[:index] + lines[index + 1 :]
        return lines

    def body(self, lines: list[Line]) -> tuple[Block, ...]:
        """Paragraphs, in sections where numbered short lines part them."""
        top: list[Block] = []
        open_sections: list[tuple[int, Section, list[Block]]] = []

        def close(rank: int) -> None:
            while open_sections and open_sections[-1][0] >= rank:
                _, section, content = open_sections.pop()
                finished = Section(section.id, section.title, tuple(content), section.where)
                (open_sections[-1][2] if open_sections else top).append(finished)

        counts: dict[str, int] = {}
        for index, line in enumerate(lines):
            rank = _rank(line.text, lines[index - 1].text if index else "", lines[index + 1 : index + 2])
            where = self.source.where(line.number, line.column)
            if rank < 0:
                content = open_sections[-1][2] if open_sections else top
                content.append(Paragraph((Text(self.chinese(line)),), where))
                continue
            close(rank)
            self.report("IMPORT-HEADING", line, before=line.text)
            parent = open_sections[-1][1].id if open_sections else ""
            counts[parent] = counts.get(parent, 0) + 1
            identifier = f"{parent}-{counts[parent]}" if parent else f"s{counts[parent]}"
            open_sections.append((rank, Section(identifier, (Text(self.chinese(line)),), (), where), []))
        close(0)
        return tuple(top)

    def chinese(self, line: Line) -> str:
        restored = restore(line.text)
        if restored.changes:
            first, count = restored.changes[0], len(restored.changes)
            kinds = Counter(f"{change.old} → {change.new}" for change in restored.changes)
            shown = "；".join(f"{kind}（{times}）" if times > 1 else kind for kind, times in kinds.most_common())
            self.report("IMPORT-PUNCTUATION", line, first.offset, count=count, kinds=shown, before=first.before,
                        after=first.after)  # fmt: skip
        for offset in restored.unpaired:
            self.report("IMPORT-QUOTE", line, offset, before=line.text[max(0, offset - 8) : offset + 9])
        if is_reference(line.text):
            self.report("IMPORT-REFERENCE", line, before=line.text)
        return restored.text


def _lines(text: str) -> list[Line]:
    found = []
    for number, line in enumerate(text.split("\n")):
        stripped = line.strip()
        if stripped:
            found.append(Line(stripped, number, len(line) - len(line.lstrip())))
    return found


def _letters(text: str) -> str:
    """What is said, without white space and marks."""
    return "".join(char for char in notice.fold(text)[0] if char.isalnum())


def _is_part(letters: str, full: str) -> bool:
    """Whether a shortened lead (it usually ends in an ellipsis) stands at the begin of the full one, or well inside."""
    inside = letters in full if len(letters) >= _SHORTEST_PART else full.startswith(letters)
    return len(letters) < len(full) and inside


def _chinese_marks(text: str) -> int:
    return sum(text.count(mark) for mark in "，。、；：？！（）《》“”")


def _rank(text: str, before: str, following: Sequence[Line]) -> int:
    """The depth of a heading, or -1. A numbered line beside another of its kind is an item of a list."""
    if len(text) > _LONGEST_HEADING or _NO_HEADING_END.search(text) or not following:
        return -1
    for rank, pattern in enumerate(_HEADINGS):
        if pattern.match(text):
            return -1 if pattern.match(before) or pattern.match(following[0].text) else rank
    return -1
