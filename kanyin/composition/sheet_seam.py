# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The columns of one page, filled by WeasyPrint's own block layout: trials, floats, and the boxes that stand.

How many trials there are, how high the columns and what stands at their edges is decided by `columns`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf
from typing import Any

from kanyin.composition import grid
from kanyin.composition.block_seam import TOLERANCE, Out, Resume, column_measures, deepest, fragment, without_margin
from kanyin.composition.columns import LEAST_LINES, Float, Laid, Placed, Plan, arrange, carried, room
from kanyin.composition.fit_seam import fitted, shrink, turn
from kanyin.composition.fitting import Fit
from kanyin.composition.page_properties import EDGES
from kanyin.composition.properties import key

USED = {
    "weasyprint.layout.block": ("block_box_layout", "remove_placeholders"),
    "weasyprint.layout.column": ("_create_column_box",),
}
"""Module → what of it is replaced or called."""

FOOTNOTE_ROUNDS = 3
LEAST_BEGUN = 1 / 3
"""A float that is longer than a page begins below others where this share of the page is free."""
_PAGE_BREAKS = ("page", "left", "right", "recto", "verso")


NOTHING = object()  # nothing of a box stands on the page


class Sheet:
    """The columns of one page, laid out again and again until they are right; the last trial stands."""

    def __init__(
        self, context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any, page_is_empty: bool
    ) -> None:
        from weasyprint.text.line_break import strut

        self.context, self.box, self.containing_block = context, box, containing_block
        self.page_is_empty, self.skip_stack = page_is_empty, skip_stack
        self.count, self.width, self.gap = column_measures(box)
        self.line = box.style["line_height_step"] or strut(box.style)[0]
        self.top = box.content_box_y()
        area = context.current_footnote_area
        self.flow: list[Any] = []
        self.floats: list[tuple[int, Any, Fit]] = []  # (blocks of the flow before it, box, how it fits)
        for child in box.children:
            shown, how = fitted(context, child, self.width, box.width, area.page.height)
            if shown.style["float"] in EDGES:
                self.floats.append((len(self.flow), shown, how))
            else:
                self.flow.append(shown)
        self.barriers = [i for i, block in enumerate(self.flow) if block.style[key("-kanyin-floats")] == "before"]
        begin: tuple[int, Any] = next(iter(skip_stack.items())) if skip_stack else (0, None)
        self.start, self.stack = begin
        self.waiting: tuple[int, ...] = getattr(skip_stack, "waiting", tuple(range(len(self.floats))))
        self.rest: tuple[int, Any] | None = getattr(skip_stack, "rest", None)
        self.without_text = self.start >= self._limit(())
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
        self.out: dict[tuple[int, int], Out] = {}
        self.plan: Plan = ()
        self.bottom = 0.0
        self.over = False  # the text that may stand on this page is at its end
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
            result = self._again(needed)
        if result is not NOTHING:
            result = self._without_spare(result)
        if result is NOTHING:
            self._discard()
        else:
            self._report()
        return result

    def _without_spare(self, result: Any) -> Any:
        """Give back what is kept for notes that moved on with their line, as far as the line does not come back."""
        kept, reserved = self._note_height(), self.reserved
        while kept + self.line <= reserved + TOLERANCE:
            result = self._again(kept)
            if self._note_height() <= kept + TOLERANCE:
                return result
            kept += self.line
        return result if self.reserved == reserved else self._again(reserved)

    def _again(self, reserved: float) -> Any:
        """The page with so much of its foot kept for notes."""
        self.height -= reserved - self.reserved
        self.reserved = reserved
        self._discard()
        return self._fill()

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
        plan: Plan = () if self.rest else carried(self, ())
        plan, rest = self._broken(plan)
        if rest is None:
            plan = carried(self, plan)
            plan, _ = arrange(self, plan)
        else:
            self.lay(plan)
        filled = all(self.columns) or self.over or self.next_page["break"] in _PAGE_BREAKS
        if not plan and not self.page_is_empty and not (filled and any(self.columns)):
            return NOTHING  # where not every column gets text, one entry of a list would stand alone
        waiting = tuple(number for number in self.waiting if all(p.number != number for p in plan))
        self.ended = self.resume is None and not waiting and rest is None
        if self.ended:
            return None
        index, stack = next(iter(self.resume.items())) if self.resume else (len(self.flow), None)
        return Resume(index, stack, waiting, rest)

    def anchor(self, number: int) -> int:
        return self.floats[number][0]

    def kind(self, number: int) -> str:
        """Its element, and for a `div` its class: what is numbered together keeps its order."""
        box = self.floats[number][1]
        name = box.element.get("class") or ""
        return f"{box.element_tag} {name.partition(' ')[0] if box.element_tag == 'div' else ''}"

    def is_late(self, number: int) -> bool:
        return self.anchor(number) <= self.start and (bool(self.skip_stack) or not self.flow)

    def measure(self, number: int) -> Float:
        anchor, box, how = self.floats[number]
        slot = inf if how.turned else self._out(number).slot
        whole = slot <= self.most + TOLERANCE
        return Float(number, anchor, self._spans(number), EDGES[box.style["float"]], slot, whole, self.kind(number))

    def widen(self, number: int, *, spanning: bool) -> None:
        anchor, box, how = self.floats[number]
        self._forget((number, 0))
        self.out.pop((number, 0), None)
        self.floats[number] = anchor, box, replace(how, spanning=spanning)

    def _spans(self, number: int) -> bool:
        _, box, how = self.floats[number]
        return how.spanning or box.style["float_reference"] == "page"

    def _broken(self, plan: Plan) -> tuple[Plan, tuple[int, Any] | None]:
        """The plan with fragments of the float that is longer than a page, or has one of its own, and the rest of it.

        It begins below the floats that have waited longer than it, where they leave it room enough.
        """
        if self.rest:
            number, rest = self.rest
        else:
            number = next((n for n in self.waiting if all(p.number != n for p in plan)), -1)
            rest = None
            if number < 0 or not self.is_late(number) or self.measure(number).whole:
                return plan, None
            if plan and (
                self.floats[number][2].turned or self._room(plan, None, self.height) < self.height * LEAST_BEGUN
            ):
                return plan, None
        steps = int(self.height / self.line + grid.EPSILON)
        found, after = self._parts(plan, number, rest, self.height)
        if after is None and len(found) > 1:  # its last columns are made level
            low, high = 1, steps
            while low < high:
                middle = (low + high) // 2
                fits = self._parts(plan, number, rest, middle * self.line)[1] is None
                low, high = (low, middle) if fits else (middle + 1, high)
            found, after = self._parts(plan, number, rest, low * self.line if low < steps else self.height)
        return (*plan, *found), after and (number, after)

    def _parts(self, plan: Plan, number: int, rest: Any, height: float) -> tuple[Plan, Any]:
        """Its fragments below the floats of a plan, in columns of a height, and where it goes on."""
        found: Plan = ()
        turned = self.floats[number][2].turned
        places: Sequence[int | None] = [None] if self._spans(number) else range(self.count)
        for part, column in enumerate(places, 1):
            free = height if turned else self._room(plan, column, height)
            self._forget((number, part))
            out, rest = self._lay_float(number, free, rest)
            self.out[number, part] = out
            whole = free if turned else self._room(plan, column, self.height)
            slot = min(whole, free + self.line if rest else out.slot)  # what follows it keeps its distance
            found = (*found, Placed(number, column, "top", slot, self.kind(number), part))
            if rest is None:
                break
        return found, rest

    def _room(self, plan: Plan, column: int | None, height: float) -> float:
        return min(room(plan, c, height) for c in (range(self.count) if column is None else [column]))

    def _limit(self, plan: Plan) -> int:
        """The block of the flow that has to wait for floats before it; the end when none has to."""
        waiting = [self.anchor(n) for n in self.waiting if all(p.number != n for p in plan)]
        return next((i for i in self.barriers if any(anchor <= i for anchor in waiting)), len(self.flow))

    # ------------------------------------------------------------ trials

    def lay(self, plan: Plan, height: float | None = None) -> Laid:
        """Lay out the text beside the floats of a plan, in columns `height` high."""
        self._discard(keep=plan)
        height = self.height if height is None else height
        self.plan, self.bottom = plan, self.top + height
        over = sum(p.height for p in plan if p.column is None and p.edge == "top")
        limit = self._limit(plan)
        self.resume = None if self.start >= limit else {self.start: self.stack}
        ended, depths, begun = [], [], self.start
        broken = self.resume is None
        for c in range(self.count):
            y = self.top + over + sum(p.height for p in plan if p.column == c and p.edge == "top")
            column, depth = None, 0.0
            if not broken:
                column = self._column(c, y, room(plan, c, height), self.flow[:limit], beside_floats=bool(plan))
            if column is not None:
                depth = column.height if self.resume is None else deepest(column) - y
                begun = max([begun, *(child.index + 1 for child in column.children if hasattr(child, "index"))])
                broken = self.resume is None or self.next_page["break"] in _PAGE_BREAKS
            self.columns.append(column)
            depths.append(depth)
            ended.append(limit if self.resume is None else next(iter(self.resume)))
        self.over = self.resume is None
        if self.over and limit < len(self.flow):
            self.resume = {limit: None}
        return Laid(tuple(ended), begun, self.over, tuple(depths))

    def _column(self, c: int, y: float, height: float, flow: list[Any], *, beside_floats: bool) -> Any:
        from weasyprint.layout.block import block_box_layout
        from weasyprint.layout.column import _create_column_box

        if height < 1:
            return None
        context, at = self.context, self.resume
        skip_stack = None if at == {0: None} else at
        if skip_stack and next(iter(skip_stack.values())) is None:
            flow = without_margin(flow, next(iter(skip_stack)))
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

    def _discard(self, keep: Plan = ()) -> None:
        """Forget the last trial, and the floats that are not in the next one: their footnotes wait again."""
        from weasyprint.layout.block import remove_placeholders

        columns = [c for c in self.columns if c is not None]
        remove_placeholders(self.context, columns, self.absolute, self.fixed)
        self.columns, self.absolute, self.fixed = [], [], []
        kept = {(p.number, p.part) for p in keep}
        for name in [name for name in self.out if name not in kept]:
            self._forget(name)

    def _forget(self, name: tuple[int, int]) -> None:
        """Let go of a float with notes, which are to be called again; others are laid out once."""
        from weasyprint.layout.block import remove_placeholders

        out = self.out.get(name)
        if out and any(b.footnote for b in out.box.descendants()):
            remove_placeholders(self.context, [out.box], out.absolute, out.fixed)
            del self.out[name]

    # ------------------------------------------------------------ floats

    def _out(self, number: int) -> Out:
        found = self.out.get((number, 0))
        if found is None:
            found = self.out[number, 0] = self._lay_float(number, inf, None)[0]
        return found

    def _lay_float(self, number: int, height: float, skip_stack: Any) -> tuple[Out, Any]:
        from weasyprint.layout.column import _create_column_box

        _, box, how = self.floats[number]
        spanning = self._spans(number)
        wide = (self.height if how.turned else self.box.width if spanning else self.width) / how.scale
        high = (self.box.width if how.turned else height) / how.scale
        around = _create_column_box(self.box, self.containing_block, [], wide, self.top)
        box = box.copy()
        box.position_x, box.position_y = self.box.content_box_x(), self.top
        out = Out(None, 0.0)
        space = -inf if high == inf else self.context.page_bottom - self.top - high
        out.box, resume_at, *_ = fragment(
            self.context, box, space, skip_stack, around, True, out.absolute, out.fixed, []
        )
        outer = out.box.margin_height() * how.scale
        if how.turned:
            whole = skip_stack is None and resume_at is None
            turn(out.box, how.scale, wide, self.box.width - outer if whole else 0.0)
            outer = self.height
        elif how.scale < 1:
            shrink(out.box, how.scale)
        step = box.style["block_step_size"]
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
            out.box.index = anchor - 0.5  # behind the block before it, and behind floats with the same place
            for column in columns:
                at = next((i for i, c in enumerate(column.children) if getattr(c, "index", -1) >= anchor), None)
                if at is not None:
                    column.children.insert(at, out.box)
                    break
            else:
                (columns[-1].children if columns else loose).append(out.box)
        box.children = [*columns, *loose]
        return box

    def _stacked(self) -> list[tuple[Placed, Out]]:
        """The floats of the plan, moved to their places. What may stand at the foot alone stands lowest there."""
        tops: dict[int | None, float] = {}
        feet: dict[int | None, float] = {}
        over = sum(p.height for p in self.plan if p.column is None and p.edge == "top")
        under = sum(p.height for p in self.plan if p.column is None and p.edge == "bottom")

        def lowest(p: Placed) -> tuple[bool, int]:
            return len(EDGES[self.floats[p.number][1].style["float"]]) == 1, p.number

        result = []
        foot = sorted((p for p in self.plan if p.edge == "bottom"), key=lowest, reverse=True)
        for p in (*foot, *(p for p in self.plan if p.edge == "top")):
            box, column = self.out[p.number, p.part].box, p.column
            if p.edge == "top":
                y = tops.get(column, self.top + (0 if column is None else over))
                tops[column] = y + p.height
            else:
                feet[column] = feet.get(column, self.bottom - (0 if column is None else under)) - p.height
                # what it keeps free below it is for text: at the foot there is none, but above it
                own = box.margin_height() - box.padding_bottom - box.margin_bottom
                y = feet[column] + p.height - own * self.floats[p.number][2].scale
            left = self.box.content_box_x() + (column or 0) * (self.width + self.gap)
            box.translate(left - box.position_x, y - box.position_y)
            result.append((p, self.out[p.number, p.part]))
        return sorted(result, key=lambda found: (found[0].number, found[0].part))

    def _reach(self) -> float:
        """Where the columns and what stands beside them end."""
        if not self.ended or any(p.edge == "bottom" for p in self.plan):
            return self.bottom
        over = sum(p.height for p in self.plan if p.column is None)
        ends = [c.position_y + c.height for c in self.columns if c is not None]
        ends += [self.top + over + sum(p.height for p in self.plan if p.column == c) for c in range(self.count)]
        return float(max(ends))
