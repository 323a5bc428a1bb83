# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""An article and a permit become one HTML document, arranged by a layout.

The frame of the document (language, title, metadata, first folio) is written here and not by templates: a layout cannot
forget what PDF/UA (ISO 14289-1, 7.1 and 7.2) asks for. What a template wrote is looked at again before it leaves.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass

from kanyin.config.layout import LayoutSpec
from kanyin.findings import Finding, RightsError, UsageError, finding
from kanyin.model import Article, Front, Permit
from kanyin.typeset import citations
from kanyin.typeset.inlines import Inliner
from kanyin.typeset.outline import inspect
from kanyin.typeset.sandbox import render
from kanyin.typeset.select import select
from kanyin.typeset.view import anchors, view

BODY_PT = 10


@dataclass(frozen=True)
class Ending:
    """What stands on the last page below an article: a short notice (补白) with its permit, and a closing line."""

    filler: Article | None = None
    permit: Permit | None = None
    closing: str = ""


FILLER = "filler"
"""The id of the notice below an article, behind the prefix."""


def typeset(
    article: Article,
    permit: Permit,
    layout: LayoutSpec,
    *,
    folio: int = 1,
    before: str = "",
    prefix: str = "",
    ending: Ending | None = None,
    options: Mapping[str, str] | None = None,
) -> tuple[str, list[Finding]]:
    """The whole document, without style sheets: those are `layout.styles`.

    An excerpt is cut to the parts of its permit. `folio` is the number of the first page and `before` what is printed
    before each, `prefix` stands before every id, `options` overrules the defaults of the layout. Raises RightsError for
    a permit of another layout, UsageError for an unknown part or option, RenderError when a template fails.
    """
    permitted(permit, layout)
    chosen = _options(layout, options or {})
    whole = article.front
    if permit.action == "excerpt":
        article = select(article, permit.parts)
    ending = ending or Ending()
    inliner = _inliner(article, layout, prefix)
    shown = view(article, inliner, whole=whole)
    findings = inliner.findings
    if ending.filler:
        permitted(ending.permit, layout)
        below = _inliner(ending.filler, layout, f"{prefix}{FILLER}-")
        shown["filler"] = {"anchor": prefix + FILLER, **view(ending.filler, below, whole=ending.filler.front)}
        findings = [*findings, *below.findings]
    else:
        shown["filler"] = {}
    content = render(layout.root, layout.template, {"article": {**shown, "closing": ending.closing}, "options": chosen})
    findings = [*findings, *inspect(content, str(layout.root / layout.template))]
    return document(article.front, content, Start(folio, before), chosen), findings


def permitted(permit: Permit | None, layout: LayoutSpec) -> None:
    """Raises TypeError without a permit, RightsError for one of another layout."""
    if not isinstance(permit, Permit):
        raise TypeError("nothing is typeset without a Permit")
    if permit.layout not in (layout.design, layout.name):
        raise RightsError(finding("TYPESET-PERMIT-LAYOUT", layout.where, permitted=permit.layout, layout=layout.design))


def _inliner(article: Article, layout: LayoutSpec, prefix: str) -> Inliner:
    targets, labels = anchors(article)
    return Inliner(
        numbers=citations.number(article),
        targets=targets,
        labels=labels,
        footnotes={note.id: note for note in article.footnotes},
        size_pt=BODY_PT,
        room_pt=layout.column * 72 / 25.4,
        prefix=prefix,
    )


def _options(layout: LayoutSpec, given: Mapping[str, str]) -> dict[str, str]:
    chosen = {name: option.default for name, option in layout.options.items()}
    for name, value in given.items():
        option = layout.options.get(name)
        if option is None or (option.values and value not in option.values):
            known = ", ".join(option.values if option else layout.options)
            raise UsageError(finding("TYPESET-OPTION", layout.where, name=name, value=value, known=known))
        chosen[name] = value
    return chosen


@dataclass(frozen=True)
class Start:
    """The number of a document's first page, and what is printed before each number (`S` of S12)."""

    folio: int = 1
    before: str = ""


def document(front: Front, content: str, start: Start, options: Mapping[str, str]) -> str:
    """The frame around what a template wrote."""
    folio = start.folio
    title = f"{front.title}：{front.subtitle}" if front.subtitle else front.title
    classes = " ".join(f"{name}-{value}" for name, value in sorted(options.items()))
    meta = [("author", c.name) for c in front.contribs]
    if front.kwds:
        meta.append(("keywords", ", ".join(front.kwds)))
    side = "right" if folio % 2 else "left"
    history = front.history
    for name, day in (("created", history.published), ("modified", history.published)):
        if day:
            meta.append((f"dcterms.{name}", day.isoformat()))
    head = [
        '<meta charset="utf-8">',
        f"<title>{html.escape(title)}</title>",
        *(f'<meta name="{name}" content="{html.escape(value)}">' for name, value in meta),
        f"<style>@page:first {{ counter-reset: page {folio} }} "
        f'html {{ break-before: {side}; --folio: "{start.before}" }}</style>',
    ]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{html.escape(front.lang)}">',
            "<head>",
            *head,
            "</head>",
            f'<body class="{html.escape(classes)}">',
            content.strip(),
            "</body>",
            "</html>",
            "",
        ]
    )
