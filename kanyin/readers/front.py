# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Front matter → `model.Front`."""

from __future__ import annotations

from collections.abc import Sequence

from kanyin.config.yamlfile import Document
from kanyin.model import (
    AbstractPart,
    Affiliation,
    Contributor,
    Front,
    History,
    Journal,
    Other,
    Permissions,
)
from kanyin.readers.context import Context
from kanyin.readers.frontmatter import AbstractIn, FrontMatter
from kanyin.readers.inlines import read_inlines
from kanyin.readers.source import Place


def make_front(given: FrontMatter, document: Document, context: Context, *, id: str, title: str) -> Front:
    """`id` and `title` are used where the front matter has none."""
    return Front(
        id=given.id or id,
        title=given.title or title,
        lang=given.lang,
        title_en=given.title_en,
        subtitle=given.subtitle,
        subtitle_en=given.subtitle_en,
        column=given.column,
        doi=given.doi,
        contribs=tuple(
            Contributor(a.name, a.name_en, tuple(a.affs), a.corresp, a.email, a.orcid, a.equal, a.role)
            for a in given.authors
        ),
        affs=tuple(Affiliation(a.id, a.name, a.name_en) for a in given.affs),
        abstract=_abstract(given.abstract, "abstract", document, context),
        abstract_en=_abstract(given.abstract_en, "abstract_en", document, context),
        kwds=tuple(given.keywords),
        kwds_en=tuple(given.keywords_en),
        funding=tuple(given.funding),
        funding_en=tuple(given.funding_en),
        author_notes=tuple(given.author_notes),
        journal=_journal(given),
        history=History(given.history.received, given.history.accepted, given.history.published, given.history.editor),
        permissions=_permissions(given, document),
        reference_style=given.reference_style,
        layout=given.layout,
        other=tuple(Other(o.name, o.text) for o in given.other),
        where=document.where(),
        layout_where=document.where(("layout",)),
    )


def _journal(given: FrontMatter) -> Journal:
    j = given.journal
    return Journal(j.name, j.name_en, j.issn, j.cn, j.publisher, j.year, j.volume, j.issue, j.fpage, j.lpage)


def _permissions(given: FrontMatter, document: Document) -> Permissions:
    r = given.rights
    where = document.where(("rights",))
    return Permissions(r.holder, r.year, r.declared, r.excerpt_of, r.reprint_of, r.statement, where)


def _abstract(parts: Sequence[AbstractIn], key: str, document: Document, context: Context) -> tuple[AbstractPart, ...]:
    """Findings inside an abstract point to its key, or to the part in a list."""
    made = []
    for index, part in enumerate(parts):
        text = part.text.strip()
        line = document.where((key, index, "text")).line - 1
        lines = context.source.lines
        # the text of a block scalar begins on the line below its key
        if line + 1 < len(lines) and text.split("\n")[0] not in lines[line]:
            line += 1
        made.append(AbstractPart(part.label, read_inlines(text, Place(context.source, text, line), context)))
    return tuple(made)
