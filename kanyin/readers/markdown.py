# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""article.md → Article. The format is described for editors in docs/source.md.

Markdown from elsewhere is read too: what an article needs and such a file lacks is reported, and all its text is kept.
"""

from __future__ import annotations

from pathlib import Path

from kanyin import notice
from kanyin.config.yamlfile import Document
from kanyin.findings import Finding, Severity, finding
from kanyin.model import Article
from kanyin.readers import frontmatter, grammar
from kanyin.readers.blocks import Blocks
from kanyin.readers.context import Context
from kanyin.readers.front import make_front
from kanyin.readers.inlines import plain, read_inlines
from kanyin.readers.references import read_references
from kanyin.readers.sections import Sections
from kanyin.readers.source import Source, load

SUFFIXES = (".md", ".markdown")


def read(path: Path) -> tuple[Article | None, list[Finding]]:
    """Read one article. There is none when its front matter cannot be read or a limit is passed; findings say why."""
    source, findings = load(path)
    if source is None:
        return None, findings
    return read_text(source, path)


def read_text(source: Source, path: Path) -> tuple[Article | None, list[Finding]]:
    """`read` for text that has been loaded; `path` says where figures and references are looked for."""
    root = path.parent
    yaml, first_line, findings = frontmatter.split(source)
    findings = [*source.findings, *findings]
    front: frontmatter.FrontMatter | None = frontmatter.FrontMatter()
    document = Document(source.file)
    if yaml is not None:
        front, more, document = frontmatter.read_front(yaml, source)
        findings += more
    elif not findings or findings[-1].code != "SOURCE-FRONT-UNCLOSED":
        findings.append(finding("SOURCE-FRONT-NONE", source.where(0)))
    else:
        front = None
    given = front or frontmatter.FrontMatter()
    references, more = read_references(given.references, document, root)
    listed = front is not None and not any(found.severity is Severity.ERROR for found in more)
    context = Context(source, root, references, [*findings, *more], listed=listed)
    context.ids.update({"abstract": ("sec", document.where(("abstract",)))} if given.abstract else {})
    tokens = grammar.blocks("\n" * first_line + "\n".join(source.lines[first_line:]))
    for token in tokens:
        if token.nesting == 1 and token.level >= grammar.MAX_DEPTH - 1:
            where = source.where(token.map[0] if token.map else 0)
            context.refuse("SOURCE-DEPTH", where, limit=grammar.MAX_DEPTH // 2)
            return None, _in_order(context)
    blocks = Blocks(context)
    sections = Sections(tokens, blocks, context, take_title=not given.title)
    title = ""
    if not given.title:
        if sections.title:
            title = plain(read_inlines(sections.title.content, sections.title, context))
        elif front is not None:
            context.report("SOURCE-TITLE", source.where(0))
    made = make_front(given, document, context, id=_name(path), title=title)
    context.resolve()
    _find_notice(source, first_line, context)
    if front is None or context.fatal:
        return None, _in_order(context)
    article = Article(made, sections.body, tuple(sections.back), references, tuple(blocks.footnotes), root, path)
    return article, _in_order(context)


def _in_order(context: Context) -> list[Finding]:
    return sorted(context.findings, key=lambda found: found.where)


def _name(path: Path) -> str:
    """The id of an article that has none: its folder in `source/`, else the file."""
    return path.resolve().parent.name if path.stem == "article" else path.stem


def _find_notice(source: Source, first_line: int, context: Context) -> None:
    """A copy of the rights notice in the body would be printed as text of the article."""
    if "版权" not in source.text and "未经授权" not in source.text and "特别声明" not in source.text:
        return
    body = "\n".join(source.lines[first_line:])
    for span in notice.find(body):
        line = body.count("\n", 0, span.start)
        column = span.start - (body.rfind("\n", 0, span.start) + 1)
        context.report("SOURCE-NOTICE", source.where(first_line + line, column))
