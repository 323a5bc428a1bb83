# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Other numbers for pages that are laid out already.

Where an article begins in an issue is known when all before it are laid out, and several are laid out at once. Its text
does not ask for the number of a page; its heads do, and which side of the sheet it stands on. So the heads alone are
made anew. Where a layout does ask, in the text or by other margins left and right, the answer is no, and the article
has to be laid out again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_SIDES = ("top", "right", "bottom", "left")
_GEOMETRY = (
    "size",
    *(f"{what}_{side}" for what in ("margin", "padding", "bleed") for side in _SIDES),
    *(f"border_{side}_width" for side in _SIDES),
)


@contextmanager
def keeping() -> Iterator[list[tuple[Any, Any]]]:
    """Keep what the engine knows of a document when its pages are done, for `renumber`."""
    from weasyprint import document

    plain = document.layout_document
    kept: list[tuple[Any, Any]] = []

    def layout(html: Any, root: Any, context: Any, *rest: Any) -> Any:
        kept.append((html, context))
        return plain(html, root, context, *rest)

    document.layout_document = layout
    try:
        yield kept
    finally:
        document.layout_document = plain


def renumber(document: Any, kept: tuple[Any, Any], shift: int) -> bool:
    """Add `shift` to the number of each page. False when that cannot be done; the document is then of no more use."""
    from weasyprint.document import Page
    from weasyprint.formatting_structure.boxes import MarginBox
    from weasyprint.layout.background import layout_backgrounds
    from weasyprint.layout.page import make_margin_boxes

    html, context = kept
    pages = [page._page_box for page in document.pages]
    if _asked(context) or (shift % 2 and not all(_turned(page, html, context) for page in pages)):
        return False
    states = [context.page_maker[number][3] for number in range(1, len(pages) + 1)]
    for values in {id(state[1]): state[1] for state in states}.values():
        values["page"] = [*values["page"][:-1], values["page"][-1] + shift]
    for number, (page, state) in enumerate(zip(pages, states, strict=True), start=1):
        context.current_page = number
        inside = [child for child in page.children if not isinstance(child, MarginBox)]
        page.children = (*inside, *make_margin_boxes(context, page, state))
        layout_backgrounds(page, context.get_image_from_uri)
    document.pages = [Page(page) for page in pages]
    return True


def _asked(context: Any) -> bool:
    """Whether something in the text shows the number of a page."""
    if any(state.get("content_lookups") for *_, state in context.page_maker):
        return True
    items = context.target_collector.counter_lookup_items.items()
    return any(item.missing_target_counters or token != "content" for (_, token), item in items)


def _turned(page: Any, html: Any, context: Any) -> bool:
    """Move a page to the other side of its sheet; False when it would have to be laid out otherwise there."""
    from weasyprint.layout.page import set_page_type_computed_styles

    kind = page.page_type._replace(side="left" if page.page_type.side == "right" else "right")
    set_page_type_computed_styles(kind, html, context.style_for)
    style = context.style_for(kind)
    notes = [context.style_for(each, "@footnote") for each in (page.page_type, kind)]
    if kind.blank or any(style[name] != page.style[name] for name in _GEOMETRY):
        return False
    if notes[0] is not None and any(notes[0][name] != notes[1][name] for name in _GEOMETRY[1:]):
        return False
    style["overflow"] = page.style["overflow"]
    page.page_type, page.style = kind, style
    return True
