# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Where an article and its layout say something beside the running text: drawings, fields, tables read downwards, style
sheets and templates. What of it is printed shows on the finished pages; here it is found before anything is printed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import html
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import fields, is_dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_to_bytes

from kanyin.config.layout import LayoutSpec
from kanyin.findings import Finding, Where, finding
from kanyin.model import Article, Figure, Link, TableWrap
from kanyin.rights.match.units import Unit, figures, plain, units
from kanyin.seen import noted

if TYPE_CHECKING:
    from kanyin.readers.xmltree import Node

MAX_DRAWING = 20_000_000
"""Bytes: a drawing that is larger is not read for text; its own check refuses it."""
_DEEP = 8
"""Drawings inside drawings; the engine stops earlier."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")
_SILENT = ("style", "script")
_STRING = re.compile(r"\"((?:\\.|[^\"\\])*)\"|'((?:\\.|[^'\\])*)'", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_TAG = re.compile(r"<(style|script)\b.*?</\1\s*>|<[^>]*>|\{#.*?#\}|\{%.*?%\}", re.DOTALL | re.IGNORECASE)
_MARKUP = (".html", ".j2", ".jinja", ".xml", ".svg")


def drawn(article: Article) -> Iterator[Unit]:
    """Words in drawings, whatever their files are called, and in those that they hold or name."""
    for figure, _, tree in _files_of(article):
        if tree is not None:
            silent = {run for node in tree.walk() if node.name in _SILENT for run in node.chars()}
            words = " ".join(run.value for run in tree.chars() if run not in silent)
            yield Unit("drawing", words, figure.where)


def figure_files(article: Article) -> list[tuple[str, str]]:
    """The SHA-256 of every file that a figure is drawn from, in their order, each under a name that no part has."""
    return [("figure file", hashlib.sha256(data).hexdigest()) for _, data, _ in _files_of(article)]


def _files_of(article: Article) -> Iterator[tuple[Figure, bytes, Node | None]]:
    """Of each figure its file and those inside it, with their trees where they are drawings."""
    for figure in figures(article):
        root, path = article.root.resolve(), _beside(article.root / "article", figure.file)
        if path and path.is_relative_to(root):
            for data, tree in _in_file(path, root, 0):
                yield figure, data, tree


def _in_file(path: Path, root: Path, depth: int) -> Iterator[tuple[bytes, Node | None]]:
    if path.is_file() and path.stat().st_size <= MAX_DRAWING:
        yield from _in_drawing(noted(path, path.read_bytes()), path, root, depth)


def _in_drawing(data: bytes, path: Path, root: Path, depth: int) -> Iterator[tuple[bytes, Node | None]]:
    from kanyin.readers.xmltree import read_tree

    tree = None if data.startswith(_PICTURES) or depth > _DEEP else read_tree(data, str(path))[0]
    yield data, tree
    for node in tree.walk() if tree else ():  # no drawing, or none that the engine draws
        name = node.get("href").strip()
        if name.startswith("data:"):
            yield from _in_drawing(_embedded(name), path, root, depth + 1)
        elif name and not name.startswith("#"):
            other = _beside(path, name)
            if other and other.is_relative_to(root) and other != path and depth <= _DEEP:
                yield from _in_file(other, root, depth + 1)


def _beside(path: Path, name: str) -> Path | None:
    """The file that a drawing names; None for what is no name of a file."""
    try:
        return (path.parent / unquote(name.partition("#")[0])).resolve()
    except (OSError, ValueError, RuntimeError):
        return None


def _embedded(url: str) -> bytes:
    """What a data: URL holds; nothing where that cannot be told."""
    head, _, body = url.partition(",")
    try:
        data = unquote_to_bytes(body)
        return base64.b64decode(data) if head.endswith(";base64") else data
    except (ValueError, binascii.Error):
        return b""


def generated(layout: LayoutSpec) -> Iterator[Unit]:
    """What a layout prints by itself: its templates, and strings of its style sheets."""
    for path in sorted(layout.root.rglob("*")):
        if path.suffix == ".css":
            yield Unit("generated", _strings(path.read_text("utf-8", "replace")), Where(str(path)))
        elif path.suffix in _MARKUP:
            yield Unit("generated", _text(path.read_text("utf-8", "replace")), Where(str(path)))


def files(layout: LayoutSpec) -> Iterator[Unit]:
    """The same files and all others of a layout as they are, with what stands inside tags; its sample is an article."""
    sample = layout.root / layout.sample
    for path in sorted(layout.root.rglob("*")):
        if path.is_file() and sample not in path.parents and path.stat().st_size <= MAX_DRAWING:
            text = path.read_bytes().decode("utf-8", "replace")
            if "\0" not in text:
                yield Unit("generated", html.unescape(text), Where(str(path)))
                yield Unit("generated", _strings(text), Where(str(path)))


def beside(article: Article) -> Iterator[Unit]:
    """What an article says in no sentence of its own: every other field of its head, links, tables read downwards."""
    said = {unit.text for unit in units(article)}
    yield from strings(article.front, article.front.where, said)
    for held in _every((article.body, article.back, article.footnotes, article.front)):
        if isinstance(held, Link):
            yield Unit("generated", unquote(held.href), article.front.where)
        elif isinstance(held, TableWrap):
            for column in zip_longest(*held.head, *held.body):
                yield Unit("generated", "\n".join(plain(cell.content) for cell in column if cell), held.where)


def strings(value: object, where: Where | None, said: Container[str] = ()) -> Iterator[Unit]:
    """All strings in a value, whatever their fields are called, but those `said` already."""
    return (Unit("generated", one, where) for one in _every(value) if isinstance(one, str) and one not in said)


def turned(article: Article) -> list[Finding]:
    """What an escape of YAML or an entity has put in; what stands in the file as it is has been found there."""
    from kanyin.readers.source import TURNING

    text = "\n".join(one for one in _every(article) if isinstance(one, str))
    return [
        finding("SOURCE-TURNING", article.front.where, point=f"U+{ord(char):04X}", count=text.count(char))
        for char in sorted(TURNING)
        if char in text
    ]


def _every(value: object) -> Iterator[object]:
    """The value and everything in it, but the places where it stands."""
    if isinstance(value, Where):
        return
    yield value
    if is_dataclass(value):
        value = [getattr(value, one.name) for one in fields(value)]
    elif isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, tuple | list):
        for inner in value:
            yield from _every(inner)


def _text(markup: str) -> str:
    return html.unescape(_TAG.sub(" ", markup))


def _strings(text: str) -> str:
    """What stands in quotation marks, escapes read: `content` may name a variable, so that every string counts."""
    found = "".join(a or b for a, b in _STRING.findall(text))
    return _ESCAPE.sub(lambda m: chr(min(int(m[1], 16), 0x10FFFF)), found)
