# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""WeasyPrint's lines and blocks on the grid, and what is shown only where a block goes on: its own layout, rounded."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import floor, inf
from typing import Any

from kanyin.composition import grid
from kanyin.composition.properties import key
from kanyin.composition.table_seam import shift_figures

USED = {
    "weasyprint.css.properties": ("ZERO_PIXELS",),
    "weasyprint.formatting_structure.boxes": ("BlockContainerBox", "TableBox"),
    "weasyprint.layout.block": ("block_level_layout", "block_level_width"),
    "weasyprint.layout.inline": ("get_next_linebox",),
    "weasyprint.layout.percent": ("percentage", "resolve_percentages"),
    "weasyprint.text.line_break": ("strut",),
}
"""Module → what of it is replaced or called."""

TOLERANCE = 0.01  # px
_SPACES = [f"{kind}_{side}" for kind in ("margin", "padding") for side in ("top", "bottom")]
original: dict[str, Any] = {}


def install() -> None:
    """Wrap blocks and lines, for this process. To be called once, after the lines are ours."""
    from weasyprint.layout import block, inline

    original["block"] = block.block_level_layout
    original["line"] = inline.get_next_linebox
    block.block_level_layout = block_level_layout
    inline.get_next_linebox = next_linebox


def next_linebox(context: Any, linebox: Any, *rest: Any) -> tuple[Any, Any]:
    """The next line, its height and baseline on the grid of line-height-step."""
    from weasyprint.text.line_break import strut

    line, resume_at = original["line"](context, linebox, *rest)
    step = linebox.style["line_height_step"]
    if step and line is not None and line.height:
        plain = context.__dict__.get("kanyin_plain_line") or strut(linebox.style)
        height, baseline = grid.line(line.height, line.baseline, plain, step)
        if abs(height - line.height) > TOLERANCE or abs(baseline - line.baseline) > TOLERANCE:
            y = line.position_y
            line.translate(0, baseline - line.baseline)
            line.position_y, line.height, line.baseline = y, height, baseline
            linebox.height = height
    return line, resume_at


def block_level_layout(
    context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any, *rest: Any, **more: Any
) -> Any:
    """A block, as high as block-step-size asks, with what is shown only where it goes on."""
    from weasyprint.formatting_structure import boxes

    begin = box.position_y
    result = fragment(context, box, bottom_space, skip_stack, containing_block, *rest, **more)
    new, resume_at = result[0], result[1]
    if isinstance(new, boxes.TableBox):
        shift_figures(new)
    if new is not None and resume_at is not None:
        _close(new)
        return result
    step = box.style["block_step_size"]
    if not step or new is None:
        return result
    size = new.border_box_y() + new.border_height() - begin
    style = box.style
    above, below = grid.shares(grid.spare(size, step, style["block_step_round"]), style["block_step_align"])
    if skip_stack is not None:
        above, below = 0.0, above + below
    if above:
        new.translate(0, above)
        new.position_y -= above
        new.margin_top += above
    # blank that the foot of the column cuts off need not find room there
    below = min(below, max(0.0, context.page_bottom - bottom_space - new.border_box_y() - new.border_height()))
    if new.border_bottom_width:
        new.margin_bottom += below
    else:
        new.height += below
    return result


def fragment(
    context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any, *rest: Any, **more: Any
) -> Any:
    """Lay out a block whose first child may be meant for the fragments after the first (-kanyin-fragments: rest)."""
    lay = original["block"]
    if not _is_continued(box):
        return lay(context, box, bottom_space, skip_stack, containing_block, *rest, **more)
    from weasyprint.css.properties import ZERO_PIXELS

    head = box.children[0]
    shown = box.copy()
    if skip_stack is None:
        nothing = head.copy_with_children([])
        nothing.style = head.style.copy()
        nothing.style.update({"display": ("block", "flow"), "break_after": "avoid", "line_height_step": 0})
        nothing.style.update(dict.fromkeys(_SPACES, ZERO_PIXELS))
        shown.children = [nothing, *box.children[1:]]
        return lay(context, shown, bottom_space, None, containing_block, *rest, **more)
    measure(context, box, containing_block)
    head.position_x, head.position_y = box.content_box_x(), box.position_y
    first = lay(context, head, -inf, None, box)[0]
    height = first.margin_height()
    shown.position_y += height
    result = lay(context, shown, bottom_space, skip_stack, containing_block, *rest, **more)
    new = result[0]
    if new is not None:
        new.children = [first, *new.children]
        new.position_y -= height
        new.height += height
    return result


def _close(table: Any) -> None:
    """Rule off a table at a break, when its decoration is to be cloned: collapsed borders are not by themselves."""
    from weasyprint.formatting_structure import boxes

    style = table.style
    if not isinstance(table, boxes.TableBox) or style["box_decoration_break"] != "clone":
        return
    if style["border_collapse"] != "collapse" or table.children[-1].is_footer:
        return
    vertical, horizontal = table.collapsed_border_grid
    row = sum(len(group.children) for group in table.children)
    if table.skipped_rows:
        row += table.skipped_rows - (len(table.children[0].children) if table.children[0].is_header else 0)
    table.collapsed_border_grid = vertical, [*horizontal[:row], horizontal[-1], *horizontal[row + 1 :]]
    table.skip_cell_border_bottom = False


def _is_continued(box: Any) -> bool:
    known = box.__dict__.get("kanyin_continued")
    if known is None:
        children = getattr(box, "children", ())
        name = key("-kanyin-fragments")
        known = box.kanyin_continued = bool(
            children and box.element is not None and children[0].style[name] == "rest" and box.style[name] == "all"
        )
    return bool(known)


def measure(context: Any, box: Any, containing_block: Any) -> None:
    from weasyprint.layout.block import block_level_width
    from weasyprint.layout.percent import resolve_percentages

    resolve_percentages(box, containing_block)
    block_level_width(box, containing_block)


# ---------------------------------------------------------------- columns and what stands in them


@dataclass
class Out:
    """A float laid out. `slot` is the height it takes, a whole number of steps."""

    box: Any
    slot: float
    absolute: list[Any] = field(default_factory=list)
    fixed: list[Any] = field(default_factory=list)


class Resume(dict[int, Any]):
    """Where a page goes on: {block of the flow: skip stack}, floats that wait, and the rest of a broken one."""

    def __init__(self, index: int, stack: Any, waiting: tuple[int, ...], rest: Any) -> None:
        super().__init__({index: stack})
        self.waiting, self.rest = waiting, rest

    def __eq__(self, other: object) -> bool:
        return dict.__eq__(self, other) and (self.waiting, self.rest) == (
            getattr(other, "waiting", None),
            getattr(other, "rest", None),
        )

    __hash__ = None

    def __deepcopy__(self, memo: object) -> Resume:
        ((index, stack),) = self.items()
        return Resume(index, stack, self.waiting, self.rest)


def without_margin(flow: list[Any], index: int) -> list[Any]:
    """The flow, when block `index` begins a column: a margin is dropped there."""
    block = flow[index]
    if getattr(block.style["margin_top"], "value", 0) <= 0:
        return flow
    from weasyprint.css.properties import ZERO_PIXELS

    block = block.copy()
    block.style = block.style.copy()
    block.style["margin_top"] = ZERO_PIXELS
    return [*flow[:index], block, *flow[index + 1 :]]


def deepest(box: Any) -> float:
    """Where the last thing in a column ends: blocks that go on in the next one have been filled up with blank."""
    from weasyprint.formatting_structure import boxes

    while isinstance(box, boxes.BlockContainerBox):
        children = [child for child in box.children if child.is_in_normal_flow()]
        if not children:
            break
        box = children[-1]
    return float(box.position_y + box.margin_height())


def column_measures(box: Any) -> tuple[int, float, float]:
    """Number, width and gap of the columns of a box, px."""
    from weasyprint.layout.percent import percentage

    style = box.style
    width, count = style["column_width"], style["column_count"]
    gap = style["font_size"] if style["column_gap"] == "normal" else percentage(style["column_gap"], style, box.width)
    if width == "auto":
        return count, max(0.0, box.width - (count - 1) * gap) / count, gap
    fitting = max(1, floor((box.width + gap) / (width + gap)))
    count = fitting if count == "auto" else max(1, min(count, fitting))
    return count, (box.width + gap) / count - gap, gap
