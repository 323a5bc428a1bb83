# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The columns of one page, filled by WeasyPrint's own block layout: trials, floats, and the boxes that stand.

How many trials there are, how high the columns and what stands at their edges is decided by `columns`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import floor, inf
from typing import Any

from kanyin.composition import grid
from kanyin.composition.block_seam import TOLERANCE, fragment
from kanyin.composition.columns import LEAST_LINES, Float, Laid, Placed, Plan, arrange, carried, room
from kanyin.composition.page_properties import EDGES

USED = {
    "weasyprint.formatting_structure.boxes": ("BlockContainerBox",),
    "weasyprint.layout.block": ("block_box_layout", "remove_placeholders"),
    "weasyprint.layout.column": ("_create_column_box",),
    "weasyprint.layout.percent": ("percentage",),
}
"""Module → what of it is replaced or called."""

FOOTNOTE_ROUNDS = 3
_PAGE_BREAKS = ("page", "left", "right", "recto", "verso")


class Resume(dict[int, Any]):
    """Where a page goes on: {block of the flow: skip stack}, floats placed so far, and the rest of a broken one."""

    def __init__(self, index: int, stack: Any, floats: int, rest: Any) -> None:
        super().__init__({index: stack})
        self.floats, self.rest = floats, rest

    def __eq__(self, other: object) -> bool:
        return dict.__eq__(self, other) and (self.floats, self.rest) == (
            getattr(other, "floats", None),
            getattr(other, "rest", None),
        )

    __hash__ = None

    def __deepcopy__(self, memo: object) -> Resume:
        ((index, stack),) = self.items()
        return Resume(index, stack, self.floats, self.rest)


NOTHING = object()  # nothing of a box stands on the page


@dataclass
class _Out:
    """A float laid out. `slot` is the height it takes, a whole number of steps."""

    box: Any
    slot: float
    absolute: list[Any] = field(default_factory=list)
    fixed: list[Any] = field(default_factory=list)


class Sheet:
    """The columns of one page, laid out again and again until they are right; the last trial stands."""

    def __init__(
        self, context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any, page_is_empty: bool
    ) -> None:
        from weasyprint.text.line_break import strut

        self.context, self.box, self.containing_block = context, box, containing_block
        self.page_is_empty, self.skip_stack = page_is_empty, skip_stack
        self.count, self.width, self.gap = _columns(box)
        self.line = box.style["line_height_step"] or strut(box.style)[0]
        self.flow = [c for c in box.children if c.style["float"] not in EDGES]
        self.floats: list[tuple[int, Any]] = []  # (blocks of the flow before it, box)
        before = 0
        for child in box.children:
            if child.style["float"] in EDGES:
                self.floats.append((before, child))
            else:
                before += 1
        begin: tuple[int, Any] = next(iter(skip_stack.items())) if skip_stack else (0, None)
        self.start, self.stack = begin
        self.first, self.rest = getattr(skip_stack, "floats", 0), getattr(skip_stack, "rest", None)
        self.last = len(self.floats)
        self.top = box.content_box_y()
        area = context.current_footnote_area
        self.notes = 0.0 if area.height == "auto" else area.margin_height()  # of what stands above these columns
        self.reserved = self.notes
        self.height = context.page_bottom - bottom_space - self.top
        # a float that only notes leave no room for waits for another page rather than being broken
        self.most = self.height if page_is_empty and not self.notes else area.page.height
        self.columns: list[Any] = []
        self.resume: Any = None
        self.next_page: Any = {"break": "any", "page": None}
        self.absolute: list[Any] = []
        self.fixed: list[Any] = []
        self.out: dict[tuple[int, int], _Out] = {}
        self.plan: Plan = ()
        self.bottom = 0.0
        self.ended = False

    # ------------------------------------------------------------ what stands on the page

    def fill(self) -> Any:
        """Lay out the page; where the next one goes on, None at the end, NOTHING when there is no room."""
        result = self._fill()
        for _ in range(FOOTNOTE_ROUNDS):
            needed = self._note_height()
            if result is NOTHING or needed <= self.reserved + TOLERANCE:
                break
            if self.height - needed + self.reserved < LEAST_LINES * self.line:
                break  # a note as long as a page: it goes to the next one
            self.height -= needed - self.reserved
            self.reserved = needed
            self._discard()
            result = self._fill()
        if result is NOTHING:
            self._discard()
        else:
            self._report()
        return result

    def _note_height(self) -> float:
        context = self.context
        return float(context.current_footnote_area.margin_height()) if context.current_page_footnotes else 0.0

    def _report(self) -> None:
        """Footnotes for which no room was kept go to the next page; the page ends above those that stay."""
        context, area = self.context, self.context.current_footnote_area
        moved = 0
        while context.current_page_footnotes and area.margin_height() > self.reserved + TOLERANCE:
            context.report_footnote(context.current_page_footnotes[-1])
            moved += 1
        if moved:
            context.reported_footnotes[-moved:] = reversed(context.reported_footnotes[-moved:])
        context.page_bottom += self.notes
        if context.current_page_footnotes:
            context.page_bottom -= area.margin_height()
        else:
            area.height = "auto"

    def _fill(self) -> Any:
        plan, rest = self._broken()
        if rest is None:
            plan = carried(self, plan)
            plan, _ = arrange(self, plan)
        else:
            self.lay(plan)
        filled = all(self.columns) or self.resume is None or self.next_page["break"] in _PAGE_BREAKS
        if not plan and not self.page_is_empty and not (filled and any(self.columns)):
            return NOTHING  # where not every column gets text, one entry of a list would stand alone
        floats = self.first + len({p.number for p in plan}) - (rest is not None)
        self.ended = self.resume is None and floats == len(self.floats)
        if self.ended:
            return None
        index, stack = next(iter(self.resume.items())) if self.resume else (len(self.flow), None)
        return Resume(index, stack, floats, rest)

    def anchor(self, number: int) -> int:
        return self.floats[number][0]

    def is_late(self, number: int) -> bool:
        return self.anchor(number) <= self.start and (bool(self.skip_stack) or not self.flow)

    def measure(self, number: int) -> Float:
        anchor, box = self.floats[number]
        style = box.style
        slot = self._out(number).slot
        whole = slot <= self.most + TOLERANCE
        kind = f"{box.element_tag} {(box.element.get('class') or '').partition(' ')[0]}"
        return Float(number, anchor, style["float_reference"] == "page", EDGES[style["float"]], slot, whole, kind)

    def _broken(self) -> tuple[Plan, Any]:
        """Fragments of the float that is longer than a page, and the rest of it."""
        rest: Any = self.rest
        plan: Plan = ()
        if self.first == len(self.floats) or not (rest or self.is_late(self.first)):
            return (), None
        item = self.measure(self.first)
        if item.whole and not rest:
            return (), None
        places: Sequence[int | None] = [None] if item.spanning else range(self.count)
        for part, column in enumerate(places):
            found, rest = self._lay_float(item.number, self.height, rest)
            self.out[item.number, part] = found
            slot = self.height if rest else min(found.slot, self.height)
            plan = (*plan, Placed(item.number, column, "top", slot, item.kind, part))
            if rest is None:
                break
        return plan, rest

    # ------------------------------------------------------------ trials

    def lay(self, plan: Plan, height: float | None = None) -> Laid:
        """Lay out the text beside the floats of a plan, in columns `height` high."""
        self._discard(keep=plan)
        height = self.height if height is None else height
        self.plan, self.bottom = plan, self.top + height
        over = sum(p.height for p in plan if p.column is None and p.edge == "top")
        self.resume = None if self.start >= len(self.flow) else {self.start: self.stack}
        ended, depths, begun = [], [], self.start
        broken = self.resume is None
        for c in range(self.count):
            y = self.top + over + sum(p.height for p in plan if p.column == c and p.edge == "top")
            column, depth = None, 0.0
            if not broken:
                column = self._column(c, y, room(plan, c, height), bool(plan))
            if column is not None:
                depth = column.height if self.resume is None else _deepest(column) - y
                begun = max([begun, *(child.index + 1 for child in column.children if hasattr(child, "index"))])
                broken = self.resume is None or self.next_page["break"] in _PAGE_BREAKS
            self.columns.append(column)
            depths.append(depth)
            ended.append(len(self.flow) if self.resume is None else next(iter(self.resume)))
        return Laid(tuple(ended), begun, self.resume is None, tuple(depths))

    def _column(self, c: int, y: float, height: float, beside_floats: bool) -> Any:
        from weasyprint.layout.block import block_box_layout
        from weasyprint.layout.column import _create_column_box

        if height < 1:
            return None
        context, at = self.context, self.resume
        flow, skip_stack = self.flow, None if at == {0: None} else at
        if skip_stack and next(iter(skip_stack.values())) is None:
            flow = self._without_margin(next(iter(skip_stack)))
        column = _create_column_box(self.box, self.containing_block, flow, self.width, y)
        column.position_x += c * (self.width + self.gap)
        free = self.page_is_empty and not beside_floats and height >= self.height - TOLERANCE  # fits on none
        new, resume_at, next_page, *_ = block_box_layout(
            context, column, context.page_bottom - y - height - TOLERANCE, skip_stack, self.containing_block,
            free, self.absolute, self.fixed, [], None, None, discard=False, max_lines=None)  # fmt: skip
        if new is None:
            return None
        self.resume, self.next_page = resume_at, next_page
        return new

    def _without_margin(self, index: int) -> list[Any]:
        """The flow, when block `index` begins a column: a margin is dropped there."""
        block = self.flow[index]
        if getattr(block.style["margin_top"], "value", 0) <= 0:
            return self.flow
        from weasyprint.css.properties import ZERO_PIXELS

        block = block.copy()
        block.style = block.style.copy()
        block.style["margin_top"] = ZERO_PIXELS
        return [*self.flow[:index], block, *self.flow[index + 1 :]]

    def _discard(self, keep: Plan = ()) -> None:
        """Forget the last trial, and the floats that are not in the next one: their footnotes wait again."""
        from weasyprint.layout.block import remove_placeholders

        columns = [c for c in self.columns if c is not None]
        remove_placeholders(self.context, columns, self.absolute, self.fixed)
        self.columns, self.absolute, self.fixed = [], [], []
        kept = {(p.number, p.part) for p in keep}
        for name in [n for n, out in self.out.items() if n not in kept]:
            out = self.out[name]
            if any(b.footnote for b in out.box.descendants()):
                remove_placeholders(self.context, [out.box], out.absolute, out.fixed)
                del self.out[name]

    # ------------------------------------------------------------ floats

    def _out(self, number: int) -> _Out:
        found = self.out.get((number, 0))
        if found is None:
            found = self.out[number, 0] = self._lay_float(number, inf, None)[0]
        return found

    def _lay_float(self, number: int, height: float, skip_stack: Any) -> tuple[_Out, Any]:
        from weasyprint.layout.column import _create_column_box

        _, box = self.floats[number]
        spanning = box.style["float_reference"] == "page"
        around = _create_column_box(
            self.box, self.containing_block, [], self.box.width if spanning else self.width, self.top
        )
        box = box.copy()
        box.position_x, box.position_y = self.box.content_box_x(), self.top
        out = _Out(None, 0.0)
        space = -inf if height == inf else self.context.page_bottom - self.top - height
        out.box, resume_at, *_ = fragment(
            self.context, box, space, skip_stack, around, True, out.absolute, out.fixed, []
        )
        step = box.style["block_step_size"]
        outer = out.box.margin_height()
        out.slot = grid.up(outer, step) if step else outer
        return out, resume_at

    def finish(self) -> Any:
        """The box with its columns and floats, drawn and read in the order of the source."""
        box = self.box
        columns = [c for c in self.columns if c is not None]
        box.height = self._reach() - box.content_box_y()
        for column in columns:
            column.children = list(column.children)
        loose: list[Any] = []
        for placed, out in self._stacked():
            anchor = self.floats[placed.number][0]
            self.absolute += out.absolute
            self.fixed += out.fixed
            for column in columns:
                at = next((i for i, c in enumerate(column.children) if getattr(c, "index", -1) >= anchor), None)
                if at is not None:
                    column.children.insert(at, out.box)
                    out.box.index = anchor
                    break
            else:
                (columns[-1].children if columns else loose).append(out.box)
                out.box.index = anchor
        box.children = [*columns, *loose]
        return box

    def _stacked(self) -> list[tuple[Placed, _Out]]:
        """The floats of the plan, moved to their places. What may stand at the foot alone stands lowest there."""
        x = self.box.content_box_x()
        tops: dict[int | None, float] = {}
        feet: dict[int | None, float] = {}
        over = sum(p.height for p in self.plan if p.column is None and p.edge == "top")
        under = sum(p.height for p in self.plan if p.column is None and p.edge == "bottom")

        def lowest(p: Placed) -> tuple[bool, int]:
            return len(EDGES[self.floats[p.number][1].style["float"]]) == 1, p.number

        result = []
        for p in sorted(self.plan, key=lowest, reverse=True):
            if p.edge == "bottom":
                foot = feet.setdefault(p.column, self.bottom - (0 if p.column is None else under))
                feet[p.column] = foot - p.height
        for p in sorted(self.plan, key=lambda p: (p.edge, lowest(p))):
            out = self.out[p.number, p.part]
            if p.edge == "top":
                y = tops.get(p.column, self.top + (0 if p.column is None else over))
                tops[p.column] = y + p.height
            else:
                y = feet[p.column]
                feet[p.column] = y + p.height
                y += p.height - out.box.margin_height()
            left = x if p.column is None else x + p.column * (self.width + self.gap)
            out.box.translate(left - out.box.position_x, y - out.box.position_y)
            result.append((p, out))
        return sorted(result, key=lambda found: (found[0].number, found[0].part))

    def _reach(self) -> float:
        """Where the columns and what stands beside them end."""
        if not self.ended or any(p.edge == "bottom" for p in self.plan):
            return self.bottom
        over = sum(p.height for p in self.plan if p.column is None)
        ends = [c.position_y + c.height for c in self.columns if c is not None]
        ends += [self.top + over + sum(p.height for p in self.plan if p.column == c) for c in range(self.count)]
        return float(max(ends))


def _deepest(box: Any) -> float:
    """Where the last thing in a column ends: blocks that go on in the next one have been filled up with blank."""
    from weasyprint.formatting_structure import boxes

    while isinstance(box, boxes.BlockContainerBox):
        children = [child for child in box.children if child.is_in_normal_flow()]
        if not children:
            break
        box = children[-1]
    return float(box.position_y + box.margin_height())


def _columns(box: Any) -> tuple[int, float, float]:
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
