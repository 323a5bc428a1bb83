# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Word files → Article, for `import`: mammoth makes HTML of them, which is read as the JATS that it resembles.

Before that, formulas become LaTeX between two marks, because mammoth passes over them; afterwards the text of the file
is compared with the text that came out, and a paragraph that did not come through is reported and put at the end.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kanyin.findings import Finding, Where, finding
from kanyin.model import Article, Block, Front, Paragraph, Text
from kanyin.readers.headings import Heading, nested
from kanyin.readers.jats_blocks import Blocks
from kanyin.readers.jats_inline import Inliner
from kanyin.readers.jats_state import State
from kanyin.readers.notice_lines import copied_notices
from kanyin.readers.omml import MATH, latex
from kanyin.readers.source import read_bytes
from kanyin.readers.xmltree import Chars, Node, parse

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_BYTES = 50_000_000
MAX_UNPACKED = 200_000_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARGINS = re.compile(r"word/(?:header|footer)\d*\.xml")
_PARTS = re.compile(r"word/(?:document|footnotes|endnotes)\d*\.xml")
_BEGIN, _END = "\u27e6\u2060", "\u2060\u27e7"  # white brackets with word joiners: nobody types these
_FORMULA = re.compile(f"{_BEGIN}(.*?){_END}", re.DOTALL)
_STYLES = """
p[style-name='Title'] => p.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='标题'] => p.title:fresh
p[style-name='副标题'] => p.subtitle:fresh
p[style-name='标题 1'] => h1:fresh
p[style-name='标题 2'] => h2:fresh
p[style-name='标题 3'] => h3:fresh
p[style-name='标题 4'] => h4:fresh
u => u
"""
# HTML → the names of JATS, so that one reader serves both
_NAMES = {
    "strong": "bold", "b": "bold", "em": "italic", "i": "italic", "u": "underline", "s": "strike", "a": "ext-link",
    "br": "break", "li": "list-item", "img": "graphic", "blockquote": "disp-quote", "pre": "preformat",
}  # fmt: skip


def read(path: Path) -> tuple[Article | None, list[Finding], dict[str, bytes]]:
    """The article, findings, and its pictures by the names they have in it."""
    data, findings = read_bytes(path, MAX_BYTES)
    if data is None:
        return None, findings, {}
    where = Where(str(path))
    try:
        data, told = _prepared(data)
        html, pictures, messages = _html(data)
    except Exception as error:
        # the library and the formats below it raise whatever comes to them; to the author all of it is a broken file
        return None, [finding("CONVERT-DOCX", where, problem=f"{type(error).__name__}: {error}"[:200])], {}
    root, problems = parse(f"<body>{html}</body>", str(path))
    if root is None:
        return None, problems, {}
    findings = [finding("CONVERT-DOCX-STYLE", where, what=message) for message in dict.fromkeys(messages)]
    state = State(path.parent, own=False)
    reader = _Reader(state)
    article = reader.read(root, path)
    missing = _missing(told, article)
    if missing:
        findings += [finding("CONVERT-DOCX-LOST", where, text=text[:40]) for text in missing]
        left = tuple(Paragraph((Text(text),), where) for text in missing)
        article = Article(article.front, (*article.body, *left), (), (), article.footnotes, path.parent, path)
    kept = [f for f in state.findings if f.code != "SOURCE-FIGURE-MISSING"]  # they come along as `pictures`
    findings += [] if article.front.title else [finding("SOURCE-TITLE", where)]
    findings += copied_notices(article)
    return article, [*findings, *(Finding(f.code, where, f.args) for f in kept)], pictures


def _prepared(data: bytes) -> tuple[bytes, list[str]]:
    """The file with its formulas as marked text, and the text of its paragraphs."""
    from xml.etree import ElementTree as ET

    told: list[str] = []
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as made:
        if sum(info.file_size for info in packed.infolist()) > MAX_UNPACKED:
            raise ValueError(f"unpacked it is larger than {MAX_UNPACKED} bytes")
        for info in packed.infolist():
            content = packed.read(info)
            if _PARTS.fullmatch(info.filename):
                root = ET.fromstring(content)
                _mark(root)
                told += [text for p in root.iter(f"{_WORD}p") if (text := _text(p)).strip()]
                content = ET.tostring(root, encoding="utf-8", xml_declaration=True)
            elif _MARGINS.fullmatch(info.filename):
                margins = (_text(p) for p in ET.fromstring(content).iter(f"{_WORD}p"))
                told += [text for text in margins if re.search(r"[^\W\d]", text)]  # a folio is no text
            made.writestr(info, content)
    return out.getvalue(), [*dict.fromkeys(told)]


def _mark(root: Element) -> None:
    """Each formula becomes a run of text with its LaTeX between marks."""
    from xml.etree import ElementTree as ET

    for parent in list(root.iter()):
        for at, child in enumerate(list(parent)):
            if child.tag == f"{MATH}oMathPara":
                child.tag = f"{_WORD}hyperlink"  # what it holds is read as what stands there
            if child.tag == f"{MATH}oMath":
                run = ET.Element(f"{_WORD}r")
                text = ET.SubElement(run, f"{_WORD}t")
                text.text = f"{_BEGIN}{latex(child)}{_END}"
                parent[at] = run


def _text(paragraph: Element) -> str:
    """The visible text of a paragraph: not what was deleted, and not what its own text boxes hold."""
    out = []
    for node in paragraph:
        if node.tag == f"{_WORD}t":
            out.append(node.text or "")
        elif node.tag != f"{_WORD}p":
            out.append(_text(node))
    return "".join(out)


def _html(data: bytes) -> tuple[str, dict[str, bytes], list[str]]:
    import mammoth

    pictures: dict[str, bytes] = {}

    def keep(image: Any) -> dict[str, str]:
        suffix = (
            str(image.content_type)
            .rpartition("/")[2]
            .replace("jpeg", "jpg")
            .replace("svg+xml", "svg")
            .replace("x-", "")
        )
        name = f"image{len(pictures) + 1}.{suffix}"
        with image.open() as stream:
            pictures[name] = stream.read()
        return {"src": name}

    done = mammoth.convert_to_html(
        io.BytesIO(data),
        style_map=_STYLES,
        convert_image=mammoth.images.img_element(keep),
        ignore_empty_paragraphs=True,
    )
    return done.value, pictures, [message.message for message in done.messages]


class _Reader:
    def __init__(self, state: State) -> None:
        self.state = state
        self.inline = Inliner(state)
        self.blocks = Blocks(state, self.inline)
        self.title = ""
        self.subtitle = ""

    def read(self, body: Node, path: Path) -> Article:
        self.notes(body)
        _rename(body)
        parts: list[Heading | Block] = []
        for child in body.nodes:
            kind = child.get("class")
            if kind in ("title", "subtitle") and not getattr(self, kind):
                setattr(self, kind, self.inline.plain(child))
            elif re.fullmatch(r"h[1-6]", child.name):
                parts.append(Heading(int(child.name[1]), self.inline.all(child)))
            else:
                parts += self.blocks.blocks([child])
        front = Front(re.sub(r"\s+", "-", path.stem), self.title, subtitle=self.subtitle, where=Where(str(path)))
        return Article(front, nested(parts), (), (), tuple(self.state.footnotes), path.parent, path)

    def notes(self, body: Node) -> None:
        """mammoth's list of notes at the end, and its links to them, as footnotes and calls."""
        for node in list(body.walk()):
            for child in node.nodes:
                if child.name == "sup" and len(child.nodes) == 1 and "note-ref-" in child.nodes[0].get("id"):
                    target = child.nodes[0].get("href").lstrip("#")
                    at = node.children.index(child)
                    node.children[at] = Node("xref", {"ref-type": "fn", "rid": target}, child.where)
                    self.state.ids[target] = "fn"
        for listed in [n for n in body.all("ol") if n.nodes and all("note-" in item.get("id") for item in n.nodes)]:
            body.children.remove(listed)
            for item in listed.nodes:
                for part in item.walk():
                    part.children = [
                        c for c in part.children if not (isinstance(c, Node) and "note-ref" in c.get("href"))
                    ]
                self.inline.note(item, item.get("id"))


def _rename(root: Node) -> None:
    for node in root.walk():
        if node.name in ("ul", "ol"):
            node.attrs["list-type"] = "order" if node.name == "ol" else "bullet"
            node.name = "list"
        elif node.name == "img":
            node.attrs["href"] = node.get("src")
            if node.get("alt"):
                node.children.append(Node("alt-text", {}, node.where, [Chars(node.get("alt"), node.where)]))
        node.name = _NAMES.get(node.name, node.name)
        node.children = [piece for child in node.children for piece in _formulas(child)]
    for node in list(root.walk()):
        for at, child in enumerate(node.children):
            if isinstance(child, Node) and child.name == "table" and node.name not in ("td", "th"):
                _head(child)
                node.children[at] = Node("table-wrap", {}, child.where, [child])


def _formulas(child: Node | Chars) -> list[Node | Chars]:
    if isinstance(child, Node) or _BEGIN not in child.value:
        return [child]
    pieces: list[Node | Chars] = []
    for number, piece in enumerate(_FORMULA.split(child.value)):
        if number % 2:
            tex = Node("tex-math", {}, child.where, [Chars(piece, child.where)])
            pieces.append(Node("inline-formula", {}, child.where, [tex]))
        elif piece:
            pieces.append(Chars(piece, child.where))
    return pieces


def _head(table: Node) -> None:
    """Without a row that says so, the first row is the head: it is what people mean by it."""
    rows = table.all("tr")
    if table.first("thead") is None and len(rows) > 1:
        table.children.remove(rows[0])
        table.children.insert(0, Node("thead", {}, rows[0].where, [rows[0]]))


def _missing(told: list[str], article: Article) -> list[str]:
    """Paragraphs of the file whose letters stand nowhere in the article in this order."""
    found = "".join(_letters(text) for text in _strings(article))
    return [text for text in (re.sub(f"{_BEGIN}|{_END}", "", t) for t in told) if _letters(text) not in found]


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _strings(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from _strings(item)
    elif is_dataclass(part):
        for member in fields(part):
            if member.name not in ("id", "style", "ref_type", "rids", "where", "align"):
                yield from _strings(getattr(part, member.name))
