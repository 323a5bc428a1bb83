# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Where WeasyPrint's columns are replaced by our own, and its reader learns our properties.

What `seam` is for lines, this file and the two below it are for pages. WeasyPrint lays out each column as a block that
begins where the one before ended; that is kept. What is ours is how many columns there are to fill, how high each is,
and what stands at their edges (`sheet_seam`), and that blocks take steps (`block_seam`). Boxes with `column-span`, and
columns in columns, are WeasyPrint's as before.
"""

from __future__ import annotations

import logging
from typing import Any

from kanyin.composition import block_seam
from kanyin.composition.block_seam import measure
from kanyin.composition.page_properties import EDGES, KEYWORDS, LENGTHS
from kanyin.composition.properties import PREFIX, key
from kanyin.composition.sheet_seam import NOTHING, Sheet

USED = {
    "weasyprint.css.computed_values": ("COMPUTER_FUNCTIONS", "length"),
    "weasyprint.css.properties": ("INHERITED", "INITIAL_VALUES", "KNOWN_PROPERTIES"),
    "weasyprint.css.tokens": ("get_length", "get_single_keyword"),
    "weasyprint.css": ("preprocess_declarations",),
    "weasyprint.css.validation": ("PREFIX", "PROPRIETARY"),
    "weasyprint.css.validation.properties": ("PROPERTIES",),
    "weasyprint.document": ("Document",),
    "weasyprint.layout.block": ("collapse_margin", "columns_layout"),
    "weasyprint.text.line_break": ("strut",),
}
"""Module → what of it is replaced or called."""

_original: dict[str, Any] = {}
LOGGER = logging.getLogger("kanyin.composition")  # `pdf.paginate` makes findings of what is said here


class ColumnsFailed(Exception):
    """A fault in our own columns; its cause says which."""


def install() -> None:
    """Replace columns, and wrap blocks and lines, for this process. To be called once, after the lines are ours."""
    from weasyprint import document
    from weasyprint.layout import block

    _register()
    _original["render"] = document.Document._render
    document.Document._render = _render
    _original["columns"] = block.columns_layout
    block.columns_layout = _columns_layout
    block_seam.install()


def own_prefix() -> None:
    """Have the style sheets' reader take our proprietary properties: it passes over all prefixes but its own."""
    from weasyprint import css

    read, theirs = css.preprocess_declarations, css.validation.PREFIX

    def renamed(base_url: Any, declarations: Any, prelude: Any = None) -> Any:
        found = list(declarations)
        for one in found:
            if one.type == "declaration" and one.lower_name.startswith(PREFIX):
                one.lower_name = theirs + one.lower_name.removeprefix(PREFIX)
        return read(base_url, found, prelude)

    css.preprocess_declarations = renamed


def make_known(name: str) -> None:
    """A property that exists; a proprietary one is asked for with its prefix alone."""
    from weasyprint.css import properties, validation

    bare = name.removeprefix(PREFIX)
    properties.KNOWN_PROPERTIES.add(bare)
    if bare != name:
        validation.PROPRIETARY.add(bare)


def _register() -> None:
    from weasyprint.css import computed_values, properties, tokens
    from weasyprint.css.validation import properties as validation

    def learn(name: str, initial: object, read: Any, *, inherited: bool = False) -> None:
        properties.INITIAL_VALUES[key(name)] = initial
        make_known(name)
        if inherited:
            properties.INHERITED.add(key(name))
        read.wants_base_url = False
        validation.PROPERTIES[name.removeprefix(PREFIX)] = read

    for name, (initial, others) in KEYWORDS.items():

        def one_of(found: Any, allowed: tuple[str, ...] = (initial, *others)) -> str | None:
            word = tokens.get_single_keyword(found)
            return word if word in allowed else None

        learn(name, initial, one_of)
    for name, inherited in LENGTHS.items():

        def size(found: Any) -> Any:
            if tokens.get_single_keyword(found) == "none":
                return tokens.Dimension(0, "px")
            return tokens.get_length(found[0], negative=False) if len(found) == 1 else None

        def pixels(style: Any, of: str, value: Any) -> float:
            return float(computed_values.length(style, of, value, pixels_only=True)) if value else 0.0

        computed_values.COMPUTER_FUNCTIONS[key(name)] = pixels
        learn(name, 0.0, size, inherited=inherited)

    usual = validation.PROPERTIES["float"]

    def edge(found: Any) -> Any:
        word = tokens.get_single_keyword(found)
        return word if word in EDGES else usual(found)

    edge.wants_base_url = False  # type: ignore[attr-defined]
    validation.PROPERTIES["float"] = edge


def _render(*given: Any) -> Any:
    """Lay out a document; all of it with the engine's columns where ours fail, and never without saying so."""
    from weasyprint.layout import block

    try:
        return _original["render"](*given)
    except ColumnsFailed as failed:
        LOGGER.warning("%r", failed.__cause__, exc_info=failed)
    block.columns_layout = _original["columns"]
    try:
        return _original["render"](*given)
    finally:
        block.columns_layout = _columns_layout


def _columns_layout(
    context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any, page_is_empty: bool,
    absolute_boxes: Any, fixed_boxes: Any, adjoining_margins: Any, first_letter_style: Any, first_line_style: Any,
) -> Any:  # fmt: skip
    """The part of a multi-column box that stands on this page; see `columns_layout` of the engine."""
    style = box.style
    if context.in_column or style["height"] != "auto" or any(c.style["column_span"] == "all" for c in box.children):
        return _original["columns"](
            context, box, bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, fixed_boxes,
            adjoining_margins, first_letter_style, first_line_style)  # fmt: skip
    from weasyprint.layout.block import collapse_margin
    from weasyprint.text.line_break import strut

    box = box.copy_with_children(box.children)
    box.position_y += collapse_margin(adjoining_margins)
    measure(context, box, containing_block)
    box.position_y += 0 if skip_stack is None else -box.margin_top
    box.remove_decoration(start=skip_stack is not None, end=False)
    context.in_column = True
    context.kanyin_plain_line = strut(style)
    try:
        sheet = Sheet(context, box, bottom_space, skip_stack, containing_block, page_is_empty)
        resume_at = sheet.fill()
        done = None if resume_at is NOTHING else sheet.finish()
    except Exception as error:
        raise ColumnsFailed from error
    finally:
        context.in_column = False
        context.kanyin_plain_line = None
    if resume_at is NOTHING:
        # the engine takes a place to go on for "not all of it stands here", and looks at no box then
        return None, {0: None}, {"break": "any", "page": None}, [], False
    absolute_boxes.extend(sheet.absolute)
    fixed_boxes.extend(sheet.fixed)
    return done, resume_at, sheet.next_page, [], False
