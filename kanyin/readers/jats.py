# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""JATS 1.0 to 1.3 (and the NLM DTDs before it) → Article; the mapping is in docs/jats.md.

Publishers write JATS in many ways. What this reader does not know keeps its text and is reported with its place; what
has text and no place in our article (identifiers, counts, custom metadata) is kept in the front matter under `other`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from kanyin.findings import Finding, Where, finding
from kanyin.model import Article, Block, Front, Paragraph, Quote, Reference, Section, TableWrap, Xref
from kanyin.readers.jats_blocks import Blocks
from kanyin.readers.jats_front import FrontReader
from kanyin.readers.jats_inline import Inliner
from kanyin.readers.jats_refs import References
from kanyin.readers.jats_state import State
from kanyin.readers.notice_lines import copied_notices
from kanyin.readers.xmltree import Node, load

SUFFIXES = (".xml", ".nxml")


def read(path: Path) -> tuple[Article | None, list[Finding]]:
    """Read one article. There is none when the file is no XML, no JATS, or passes a limit; findings say why."""
    root, findings = load(path)
    if root is None:
        return None, findings
    article = root if root.name == "article" else next((n for n in root.walk() if n.name == "article"), None)
    if article is None:
        return None, [*findings, finding("JATS-ROOT", root.where, what=root.name)]
    return _Reader(article, path).read(root, findings)


class _Reader:
    def __init__(self, article: Node, path: Path) -> None:
        self.article = article
        self.path = path
        self.state = State(path.parent, article.get("specific-use") == "kanyin")
        self.state.survey(article)
        self.inline = Inliner(self.state)
        self.blocks = Blocks(self.state, self.inline)

    def read(self, root: Node, findings: list[Finding]) -> tuple[Article | None, list[Finding]]:
        state = self.state
        front_reader = FrontReader(state, self.blocks)
        front = front_reader.read(self.article, self.path)
        references = self.references()
        body_node = self.article.first("body")
        body = tuple(self.blocks.blocks(body_node.children, "")) if body_node is not None else ()
        body = self.floats(body)
        back = [*front_reader.sections, *self.back(), *self.attached(front_reader)]
        notes = tuple(self._notes)
        others = front_reader.others(root)
        if not front.title and not state.own:
            state.add(finding("SOURCE-TITLE", front.where or Where(str(self.path), 1)))
        values = {name: getattr(front, name) for name in front.__dataclass_fields__}
        front = Front(**{**values, "other": others, "author_notes": (*front.author_notes, *notes)})
        found = sorted([*findings, *state.findings], key=lambda f: f.where)
        if state.fatal:
            return None, found
        article = Article(front, body, tuple(back), references, tuple(state.footnotes), self.path.parent, self.path)
        return article, [*found, *copied_notices(article)]

    def references(self) -> tuple[Reference, ...]:
        reader = References(self.state, self.inline)
        made: dict[str, Reference] = {}
        for ref in (node for node in self.article.walk() if node.name == "ref"):
            reference = reader.read(ref)
            if reference.id in made:
                self.state.add(
                    finding("SOURCE-DUPLICATE-ID", ref.where, id=reference.id, first=made[reference.id].where)
                )
            made.setdefault(reference.id, reference)
        return tuple(made.values())

    def back(self) -> list[Section]:
        """Statements, appendices and acknowledgements, each a section; footnotes go to their own list."""
        self._notes: list[str] = []
        node = self.article.first("back")
        made: list[Section] = []
        for child in node.nodes if node is not None else []:
            automatic = f"b{len(made) + 1}"
            if child.name == "fn-group":
                made += self.footnotes(child, automatic)
            elif child.name == "app-group":
                made += [self.blocks.section(app, f"b{len(made) + i}") for i, app in enumerate(child.all("app"), 1)]
            elif child.name == "ref-list":
                self.list_heading(child)
            elif child.name in ("title", "label"):
                continue
            else:
                made.append(self.blocks.section(child, automatic))
        return made

    def list_heading(self, node: Node) -> None:
        """参考文献, References: the layout writes it."""
        for part in node.walk():
            if part.name == "title" and re.fullmatch(
                r"\W*(?:参\s*考\s*文\s*献|[Rr]eferences?|REFERENCES|[Bb]ibliography)\W*",
                "".join(r.value for r in part.chars()),
            ):
                part.text()

    def footnotes(self, group: Node, automatic: str) -> list[Section]:
        """Notes that the text calls are footnotes; the others are statements, under the heading of their group."""
        statements: list[Block] = []
        for fn in group.all("fn"):
            if self.state.own or fn.get("id") in self.state.called:
                self.inline.note(fn, self.state.named(fn, "fn"))
            else:
                statements += self.blocks.blocks([child for child in fn.children])
        title = group.first("title")
        if not statements:
            return []
        heading = self.inline.all(title) if title is not None else ()
        if not heading:
            self._notes += [self.inline.plain(fn) for fn in group.all("fn") if fn.get("id") not in self.state.called]
            return []
        return [
            Section(
                self.state.unique(self.state.id(group.get("id")) or automatic, group.where),
                heading,
                tuple(statements),
                group.where,
            )
        ]

    def floats(self, body: tuple[Block, ...]) -> tuple[Block, ...]:
        """Figures and tables that stand together at the end of the file, each behind the block that names it first."""
        group = self.article.first("floats-group", "floats-wrap")
        if group is None:
            return body
        waiting = {getattr(block, "id", str(i)): block for i, block in enumerate(self.blocks.blocks(group.children))}
        placed = _place(body, waiting)
        return (*placed, *waiting.values())

    def attached(self, front_reader: FrontReader) -> list[Section]:
        """Sub-articles and responses: letters, translations, decisions; each a section with what it holds."""
        made = []
        for number, node in enumerate(self.article.all("sub-article", "response"), 1):
            self.state.report(
                "JATS-SUBARTICLE", node.where, node.get("article-type") or node.get("response-type") or node.name
            )
            stub = node.first("front-stub", "front")
            titles = next((n for n in stub.walk() if n.name == "article-title"), None) if stub is not None else None
            heading = self.inline.all(titles) if titles is not None else ()
            body = node.first("body")
            content = self.blocks.blocks(body.children, f"sub{number}") if body is not None else []
            back = node.first("back")
            content += (
                [
                    self.blocks.section(n, f"sub{number}-b{i}")
                    for i, n in enumerate(back.nodes, 1)
                    if n.name != "ref-list"
                ]
                if back
                else []
            )
            name = self.state.unique(self.state.id(node.get("id")) or f"sub{number}", node.where)
            made.append(Section(name, heading, tuple(content), node.where))
        return made


def _place(blocks: tuple[Block, ...], waiting: dict[str, Block]) -> tuple[Block, ...]:
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Section):
            out.append(Section(block.id, block.title, _place(block.content, waiting), block.where))
            continue
        out.append(block)
        out += [waiting.pop(name) for name in _named(block) if name in waiting]
    return tuple(out)


def _named(part: object) -> list[str]:
    """The ids that a block names, in order."""
    if isinstance(part, Xref):
        return list(part.rids)
    if isinstance(part, tuple):
        return [name for item in part for name in _named(item)]
    if isinstance(part, Paragraph | Quote | TableWrap) or hasattr(part, "content") or hasattr(part, "items"):
        return [name for value in vars(part).values() for name in _named(cast(object, value))]
    return []
