# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""XML from anybody → a tree that knows the place of everything, and which of its text has been taken.

Expat of the standard library gives the column too, which others do not. Nothing outside the file is ever loaded: no DTD
and no entity of its own is opened. Named characters (`&alpha;`) are known without a DTD, from the list of HTML, which
holds those of ISO 8879 and MathML. Entities that a file declares are looked up here, once and not again inside each
other, so that no file can grow while it is read.
"""

from __future__ import annotations

import codecs
import html
import html.entities
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from kanyin.findings import Finding, Where, finding
from kanyin.readers.source import composed, read_bytes, suspects

MAX_BYTES = 20_000_000
MAX_DEPTH = 120
MAX_ENTITY = 120
"""Characters of an entity that a file declares: with it, the text of a file grows fortyfold at most."""

_ENCODING = re.compile(rb"""\A<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_DECLARATION = re.compile(r"\A\ufeff?<\?xml[^>]*\?>")


@dataclass(eq=False)
class Chars:
    """A run of characters; `taken` once it has gone into the article."""

    value: str
    where: Where
    taken: bool = False


@dataclass(eq=False)
class Node:
    """An element by its local name; attributes by theirs, so that `xlink:href` is `href` and `xml:lang` is `lang`."""

    name: str
    attrs: dict[str, str]
    where: Where
    children: list[Node | Chars] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attrs.get(name, "")

    @property
    def nodes(self) -> list[Node]:
        return [child for child in self.children if isinstance(child, Node)]

    def all(self, *names: str) -> list[Node]:
        """The children of these names."""
        return [child for child in self.nodes if child.name in names]

    def first(self, *names: str) -> Node | None:
        return next(iter(self.all(*names)), None)

    def walk(self) -> Iterator[Node]:
        """The element and everything in it, in order."""
        yield self
        for child in self.nodes:
            yield from child.walk()

    def chars(self) -> Iterator[Chars]:
        for child in self.children:
            if isinstance(child, Chars):
                yield child
            else:
                yield from child.chars()

    def text(self) -> str:
        """All characters as they stand; taken now."""
        found = list(self.chars())
        for run in found:
            run.taken = True
        return "".join(run.value for run in found)

    @property
    def empty(self) -> bool:
        return not any(run.value.strip() for run in self.chars())


def load(path: Path) -> tuple[Node | None, list[Finding]]:
    """The root of a file. What cannot be read is a finding with its place, never an exception."""
    data, findings = read_bytes(path, MAX_BYTES)
    if data is None:
        return None, findings
    return read_tree(data, str(path))


def read_tree(data: bytes, file: str) -> tuple[Node | None, list[Finding]]:
    """The same of bytes that were read already."""
    text = _decoded(data)
    if text is None:
        return None, [finding("XML-ENCODING", Where(file, 1))]
    return parse(text, file)


def parse(text: str, file: str) -> tuple[Node | None, list[Finding]]:
    # the declaration speaks of bytes; these are characters already
    declaration = _DECLARATION.match(text)
    if declaration:
        text = re.sub(r"[^\n]", " ", declaration[0]) + text[declaration.end() :]
        # nothing may stand before a document type but white space
    builder = _Builder(file)
    try:
        builder.parser.Parse(text.removeprefix("\ufeff"), True)
    except expat.ExpatError as error:
        where = Where(file, error.lineno, error.offset + 1)
        return None, [*builder.findings, finding("XML-FORM", where, problem=expat.ErrorString(error.code))]
    except _RefusedError:
        return None, builder.findings
    runs = [(run.value, run.where) for run in builder.root.chars()] if builder.root else []
    return builder.root, [*builder.findings, *suspects(runs)]


def _decoded(data: bytes) -> str | None:
    """The characters of a file: by its mark, else as it declares itself, else UTF-8."""
    marks = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
    encoding = next((name for mark, name in marks.items() if data.startswith(mark)), "")
    if not encoding:
        declared = _ENCODING.match(data)
        encoding = declared[1].decode() if declared else "utf-8"
        # what calls itself GB2312 or GBK often holds more; the later standard contains the earlier ones
        encoding = "gb18030" if encoding.lower() in ("gb2312", "gbk", "gb_2312-80", "cp936") else encoding
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


class _RefusedError(Exception):
    """The file passes a limit; the finding says which."""


class _Builder:
    """Expat's handlers, filling the tree."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Node | None = None
        self.findings: list[Finding] = []
        self._open: list[Node] = []
        self._entities: dict[str, str] = {}
        self._unknown: set[str] = set()
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.UseForeignDTD(True)  # or a named character without a DTD would be an error
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._declared
        parser.SkippedEntityHandler = self._named
        parser.ExternalEntityRefHandler = self._external
        # with a handler for all the rest, entities are handed over instead of expanded
        parser.DefaultHandler = lambda data: None

    def _where(self) -> Where:
        return Where(self.file, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def _refuse(self, code: str, **args: object) -> None:
        self.findings.append(finding(code, self._where(), **args))
        raise _RefusedError

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= MAX_DEPTH:
            self._refuse("XML-DEPTH", limit=MAX_DEPTH)
        named = {_local(key): composed(value) for key, value in attributes.items() if not key.startswith("xmlns")}
        node = Node(_local(name), named, self._where())
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def _end(self, name: str) -> None:
        self._open.pop()

    def _text(self, data: str) -> None:
        if not self._open:
            return
        siblings = self._open[-1].children
        last = siblings[-1] if siblings else None
        if isinstance(last, Chars):
            last.value = composed(last.value + data) if unicodedata.combining(data[0]) else last.value + composed(data)
        else:
            siblings.append(Chars(composed(data), self._where()))

    def _declared(
        self, name: str, is_parameter: int, value: str | None, base: str | None, system: str | None, *rest: str | None
    ) -> None:
        if is_parameter or value is None:
            return
        if len(value) > MAX_ENTITY or "&" in value.replace("&#", ""):
            self._refuse("XML-ENTITY-LARGE", name=name, limit=MAX_ENTITY)
        self._entities.setdefault(name, html.unescape(value))

    def _named(self, name: str, is_parameter: int) -> None:
        if is_parameter:
            return
        value = self._entities.get(name) or html.entities.html5.get(f"{name};", "")
        if not value:
            if name not in self._unknown:
                self._unknown.add(name)
                self.findings.append(finding("XML-ENTITY-UNKNOWN", self._where(), name=name))
            value = f"&{name};"
        self._text(value)

    def _external(self, context: str | None, base: str | None, system: str | None, public: str | None) -> int:
        """An entity in another file is named and left alone; the DTD is not even named."""
        if context:
            self._named(context.rpartition("\f")[2], 0)
        return 1


def _local(name: str) -> str:
    return name.rpartition(":")[2]
