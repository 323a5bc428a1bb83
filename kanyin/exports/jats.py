# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Article → JATS 1.3 (Journal Publishing, ANSI/NISO Z39.96-2021), for archives; the mapping is in docs/jats.md.

`readers.jats` reads it back as the same article. The file says what the permit says: whose the article is, the notice
in its words, and whom a grant allowed to print it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass

from kanyin.config.register import Register, Work
from kanyin.exports.jats_body import Body
from kanyin.exports.jats_front import article_meta, journal_meta
from kanyin.exports.jats_inline import Cite, Inliner, Math
from kanyin.exports.jats_refs import reference
from kanyin.exports.xml import el, lines, text
from kanyin.findings import RightsError, Where, finding
from kanyin.model import Article, DisplayFormula, Figure, Footnote, Permit, Section, TableWrap

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.3 20210610//EN"'
    ' "JATS-journalpublishing1-3.dtd">\n'
)
_NAMESPACES = {
    "xmlns:ali": "http://www.niso.org/schemas/ali/1.0/",
    "xmlns:mml": "http://www.w3.org/1998/Math/MathML",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
}
OWN = "kanyin"
"""`article/@specific-use` of a file of ours: then its ids and spaces are to be taken exactly."""


def _uncited(rids: Sequence[str]) -> str:
    return ""


def _unmathematical(tex: str, display: bool) -> str:
    return ""


def write(
    article: Article,
    permit: Permit,
    *,
    register: Register | None = None,
    cite: Cite = _uncited,
    math: Math = _unmathematical,
) -> bytes:
    """The file as UTF-8. `register` tells the licence and the rights in single figures; `cite` and `math` what is
    printed for a citation and a formula.

    Raises RightsError for a permit that covers only parts: the file would hold the whole.
    """
    if permit.parts:
        raise RightsError(finding("JATS-PARTS", article.front.where or Where(), parts=", ".join(permit.parts)))
    work = register.works_by_id.get(permit.work) if register else None
    inline = Inliner(frozenset(_ids(article)), frozenset(ref.id for ref in article.refs), cite, math)
    body = Body(inline, lambda part: _part_rights(part, work, register))
    front = lines(
        [journal_meta(article.front), article_meta(article.front, _permissions(article, permit, work), inline)]
    )
    back = [body.back(section) for section in article.back]
    if article.footnotes:
        back.append(el("fn-group", {}, lines(map(body.footnote, article.footnotes)), "\n"))
    if article.refs:
        back.append(el("ref-list", {}, lines(map(reference, article.refs)), "\n"))
    values = {
        **_NAMESPACES,
        "article-type": "research-article",
        "dtd-version": "1.3",
        "xml:lang": article.front.lang,
        "specific-use": OWN,
    }
    parts = [
        el("front", {}, front, "\n"),
        el("body", {}, body.blocks(article.body), "\n"),
        el("back", {}, lines(back), "\n") if back else "",
    ]
    return (_HEAD + el("article", values, lines(parts), "\n") + "\n").encode()


def _ids(part: object) -> Iterator[str]:
    """The ids that a cross reference may name."""
    if isinstance(part, tuple):
        for item in part:
            yield from _ids(item)
    elif is_dataclass(part):
        if isinstance(part, Section | Figure | TableWrap | DisplayFormula | Footnote) and part.id:
            yield part.id
        for member in fields(part):
            if member.name not in ("front", "refs"):
                yield from _ids(getattr(part, member.name))


def _permissions(article: Article, permit: Permit, work: Work | None) -> str:
    """Copyright, the notice in its own words, the lines a grant obliges to print, and the open licence if any."""
    front = article.front
    year = front.permissions.year or front.journal.year
    if not year and front.history.published:
        year = str(front.history.published.year)
    sentences = [permit.notice.text, *permit.credit, *([permit.statement] if permit.statement else [])]
    terms = [el("license-p", {}, text(sentence)) for sentence in sentences]
    kind = "all-rights-reserved"
    if work and work.title.licence:
        kind = "open-access"
        start = {"start_date": work.title.term.from_.isoformat()}
        terms.insert(0, el("ali:license_ref", start, text(work.title.licence)))
    parts = [
        el("copyright-statement", {}, text(f"© {year} {permit.holder_name}".replace("  ", " "))),
        el("copyright-year", {}, text(year)) if year else "",
        el("copyright-holder", {}, text(permit.holder_name)),
        el("license", {"license-type": kind, "xml:lang": permit.notice.lang}, lines(terms), "\n"),
    ]
    return el("permissions", {}, lines(parts), "\n")


def _part_rights(part: str, work: Work | None, register: Register | None) -> str:
    """The permissions of a figure or table whose holder is another than the work's."""
    entry = next((p for p in work.parts if p.id == part and p.holder), None) if work else None
    if entry is None or register is None:
        return ""
    holder = register.holders_by_id.get(entry.holder)
    name = holder.name if holder else entry.holder
    terms = el("license", {}, el("license-p", {}, text(entry.licence))) if entry.licence else ""
    return el(
        "permissions",
        {},
        el("copyright-statement", {}, text(f"© {name}")),
        el("copyright-holder", {}, text(name)),
        terms,
    )
