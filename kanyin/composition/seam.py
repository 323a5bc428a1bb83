# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""WeasyPrint's inside, and nothing else: where its inline layout is replaced by composed paragraphs.

WeasyPrint asks for the next line, again and again, and shapes the rest of the paragraph each time. Here a paragraph is
planned once: its text is shaped in pieces that are cached for the whole document, its lines are chosen together, and
each question for a line is answered from the plan. Lines are drawn from the same glyphs. What the plan does not know
(floats, right-to-left text, preformatted text …) is left to WeasyPrint as it was.

Pinned to one version of WeasyPrint; `USED` names every inner thing that is touched, and a test looks for each.
This file is long because the rule is that the engine's inside is touched in one place.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from kanyin.composition import emphasis, page_seam, paint_seam, ruby, table_seam, tag_seam
from kanyin.composition.font_seam import face, glyph_width, hyphen
from kanyin.composition.hyphenation import positions
from kanyin.composition.marks import Class, classify
from kanyin.composition.optimal import Line, advances
from kanyin.composition.paragraph import Flat, Paragraph
from kanyin.composition.properties import KEYWORDS, PREFIX, key, policy
from kanyin.composition.shaping import COMPLEX, Cluster
from kanyin.composition.writing import operations

ENGINE = "70.0"
"""The version whose inside this file knows."""

USED = {
    "weasyprint": ("CSS", "HTML"),
    "weasyprint.css.properties": ("INHERITED", "INITIAL_VALUES", "KNOWN_PROPERTIES"),
    "weasyprint.css.validation.properties": ("PROPERTIES", "get_single_keyword"),
    "weasyprint.draw": ("draw_text",),
    "weasyprint.draw.text": ("draw_first_line",),
    "weasyprint.formatting_structure.boxes": ("AtomicInlineLevelBox", "InlineBox", "LineBox", "TextBox"),
    "weasyprint.layout.inline": (
        "_adjust_line_height", "avoid_collisions", "get_next_linebox", "inline_min_content_width",
        "line_box_verticality", "split_inline_level",
    ),
    "weasyprint.layout.percent": ("resolve_percentages",),
    "weasyprint.layout.preferred": ("adjust", "inline_max_content_width", "inline_min_content_width"),
    "weasyprint.text.line_break": ("Layout", "strut"),
}  # fmt: skip
"""Module → what of it is replaced or called."""

KEPT = 100
"""How many paragraphs are kept planned: those of the pages being laid out, which columns lay out more than once."""

_installed = False
_original: dict[str, Any] = {}


class _NotComposable(Exception):
    """Something in the paragraph is WeasyPrint's to set."""


def install() -> None:
    """Replace the inline layout for this process. Calling it again changes nothing."""
    global _installed
    if _installed:
        return
    import weasyprint
    from weasyprint import draw
    from weasyprint.layout import inline, preferred

    _register()
    _original["next"] = inline.get_next_linebox
    _original["draw"] = draw.text.draw_first_line
    _original["text"] = draw.draw_text
    _original["min"] = preferred.inline_min_content_width
    _original["max"] = preferred.inline_max_content_width
    inline.get_next_linebox = _next_linebox
    draw.text.draw_first_line = _draw_first_line
    draw.draw_text = _draw_text
    preferred.inline_min_content_width = _min_content_width
    preferred.inline_max_content_width = _max_content_width
    inline.inline_min_content_width = _min_content_width
    page_seam.install()
    paint_seam.install()
    tag_seam.install()
    table_seam.install(_measurable)
    _original["sheets"] = weasyprint.HTML._ua_stylesheets
    sheet = weasyprint.CSS(string=ruby.SHEET)
    weasyprint.HTML._ua_stylesheets = lambda html, forms=False: [*_original["sheets"](html, forms), sheet]
    _installed = True


def _register() -> None:
    """Make the properties known to the style sheets' reader and to inheritance."""
    from weasyprint.css import properties
    from weasyprint.css.validation import properties as validation

    page_seam.own_prefix()
    for name, (initial, others) in KEYWORDS.items():
        properties.INITIAL_VALUES[key(name)] = initial
        properties.INHERITED.add(key(name))
        page_seam.make_known(name)

        def one_of(tokens: Any, allowed: tuple[str, ...] = (initial, *others)) -> str | None:
            word = validation.get_single_keyword(tokens)
            return word if word in allowed else None

        one_of.wants_base_url = False  # type: ignore[attr-defined]
        validation.PROPERTIES[name.removeprefix(PREFIX)] = one_of


# ---------------------------------------------------------------- a paragraph's contents


@dataclass
class _Node:
    """A box of the line's tree with the clusters [first, end) that lie in it."""

    box: Any
    kind: str  # "text", "inline", "atom", "ruby" (an annotation, whose clusters are those of its base)
    first: int = 0
    end: int = 0
    children: list[_Node] = field(default_factory=list)
    path: tuple[int, ...] = ()
    offsets: list[int] = field(default_factory=list)  # for text: character offset of each cluster, and the text's end
    places: list[int] = field(default_factory=list)  # the same in bytes of UTF-8, as the engine counts
    ends: list[int] = field(default_factory=list)  # for inline: the ends of the children
    before: float = 0.0  # left margin, border and padding of an inline box, px
    after: float = 0.0
    texts: list[tuple[Any, list[Cluster | None]]] = field(default_factory=list)  # of an annotation
    width: float = 0.0  # of an annotation, px


class _Composed(Paragraph):
    """A line box of the engine as a paragraph, with the way back from clusters to boxes."""

    def __init__(self, context: Any, linebox: Any, containing_block: Any) -> None:
        self.context, self.containing_block = context, containing_block
        self.width = getattr(containing_block, "width", None)
        self.children = linebox.children
        self.atoms = False
        self.owner: list[_Node] = []
        self.padded: list[_Node] = []
        self.annotations: list[_Node] = []
        self.flat = Flat()
        self.roots = [self._node(child, (i,), nowrap=False, raised=False) for i, child in enumerate(linebox.children)]
        self.ends = [node.end for node in self.roots]
        style = linebox.style
        asked = policy({name: style[key(name)] for name in KEYWORDS}, style["lang"] or "")
        justify = style["text_align_all"] == "justify" and style["text_justify"] != "none"
        anywhere = style["overflow_wrap"] in ("anywhere", "break-word")
        super().__init__(self.flat, asked, justify=justify, anywhere=anywhere)
        for node in self.annotations:
            ruby.make_room(self.widths, self.costs, node.first, node.end, node.width)
        for node in self.padded:
            self.pad(node.first, node.end, node.before, node.after)
        self.hyphenate(self._hyphen_places, lambda k: _hyphen(self.owner[k].box.style).width)

    def _node(self, box: Any, path: tuple[int, ...], *, nowrap: bool, raised: bool) -> _Node:
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout.percent import resolve_percentages

        if not box.is_in_normal_flow() or box.is_leader:
            raise _NotComposable
        style = box.style
        space = style["white_space"]
        node = _Node(box, "atom", len(self.owner), path=path)
        within = {"nowrap": nowrap or space == "nowrap", "raised": raised or _is_raised(style)}
        if isinstance(box, boxes.TextBox):
            if space not in ("normal", "nowrap") and not (space == "pre-line" and box.text == "\n"):
                raise _NotComposable
            node.kind = "text"
            resolve_percentages(box, self.containing_block)
            self._text(node, **within)
        elif isinstance(box, boxes.InlineBox):
            if space not in ("normal", "nowrap", "pre-line"):
                raise _NotComposable
            node.kind = "inline"
            resolve_percentages(box, self.containing_block)
            if box.element_tag == "rt":
                return self._annotation(node)
            node.children = [self._node(child, (*path, i), **within) for i, child in enumerate(box.children)]
            if box.element_tag == "ruby":
                self._bases(node)
            node.ends = [child.end for child in node.children]
        elif isinstance(box, boxes.AtomicInlineLevelBox):
            self.atoms = True
            width = _atomic(self.context, box, self.containing_block, 0, [], []).margin_width()
            self.flat.add(None, Class.OBJECT, style["font_size"], width, raised=False, nowrap=nowrap)
            self.owner.append(node)
        else:
            raise _NotComposable
        node.end = len(self.owner)
        if node.kind == "inline":
            self._edges(node)
        return node

    def _text(self, node: _Node, *, nowrap: bool, raised: bool) -> None:
        text, style = node.box.text, node.box.style
        em = style["font_size"]
        if not em or COMPLEX.search(text) or style["direction"] != "ltr":
            raise _NotComposable
        clusters = face(style).cache.clusters(text)
        if clusters is None:
            raise _NotComposable
        letter = 0.0 if style["letter_spacing"] == "normal" else style["letter_spacing"]
        word = style["word_spacing"]
        offset = place = 0
        for cluster in clusters:
            width = cluster.width + letter
            if word and cluster.text in " \u00a0":
                width += word
            node.offsets.append(offset)
            node.places.append(place)
            offset += len(cluster.text)
            place += len(cluster.text.encode())
            self.flat.add(
                cluster, classify(cluster.text[0], cluster.width / em), em, width, raised=raised, nowrap=nowrap
            )
        node.offsets.append(offset)
        node.places.append(place)
        self.owner += [node] * len(clusters)

    def _edges(self, node: _Node) -> None:
        box = node.box
        for side in ("margin_left", "margin_right"):
            if getattr(box, side) == "auto":
                setattr(box, side, 0)
        node.before = box.margin_left + box.border_left_width + box.padding_left
        node.after = box.margin_right + box.border_right_width + box.padding_right
        if node.before or node.after:
            if node.first == node.end:
                raise _NotComposable
            self.padded.append(node)

    def _annotation(self, node: _Node) -> _Node:
        from weasyprint.formatting_structure import boxes

        node.kind, node.end = "ruby", node.first
        for box in node.box.descendants():
            if isinstance(box, boxes.TextBox):
                clusters = None if COMPLEX.search(box.text) else face(box.style).cache.clusters(box.text.strip())
                if clusters is None:
                    raise _NotComposable
                node.texts.append((box, list(clusters)))
                node.width += sum(cluster.width for cluster in clusters)
            elif not isinstance(box, boxes.InlineBox):
                raise _NotComposable
        return node

    def _bases(self, parent: _Node) -> None:
        """What stands before an annotation, back to the one before it, is its base."""
        begin = parent.first
        for node in parent.children:
            if node.kind == "ruby":
                node.first = min(begin, node.end)
                if node.first < node.end:
                    self.annotations.append(node)
                begin = node.end

    def _hyphen_places(self, word: str, start: int, end: int) -> list[int]:
        """Where a Latin word may be divided, by its own language."""
        node = self.owner[start]
        style = node.box.style
        if style["hyphens"] != "auto" or not style["lang"] or end > node.end or self.flat.nowrap[start]:
            return []
        return positions(word, style["lang"], style["hyphenate_limit_chars"], self.context.dictionaries)

    def cluster_at(self, skip_stack: Any) -> int:
        """The cluster that a skip stack points at."""
        nodes, node = self.roots, None
        while skip_stack:
            ((index, skip_stack),) = skip_stack.items()
            if node is not None and node.kind == "text":
                return int(node.first + bisect_left(node.places, index))
            if index >= len(nodes):
                return node.end if node else len(self.owner)
            node = nodes[index]
            nodes = node.children
        return node.first if node else 0

    def skip_stack(self, k: int) -> Any:
        """The skip stack that points at a cluster."""
        node = self.owner[k]
        stack: Any = None
        if node.kind == "text" and k > node.first:
            stack = {node.places[k - node.first]: None}
        for index in reversed(node.path):
            stack = {index: stack}
        return stack


def _hyphen(style: Any) -> Cluster:
    found = hyphen(style)
    if found is None:
        raise _NotComposable
    return found


def _is_raised(style: Any) -> bool:
    align = style["vertical_align"]
    return align not in ("baseline", "middle", "top", "bottom", "text-top", "text-bottom") and align != 0


# ---------------------------------------------------------------- questions of the engine


def _paragraph(context: Any, linebox: Any, containing_block: Any) -> _Composed | None:
    """The paragraph of a line box, made once; None when it is the engine's to set."""
    recent: dict[int, tuple[Any, Any]] = context.__dict__.setdefault("kanyin_paragraphs", {})
    name = id(linebox.children)  # copies of a line box share their contents, and then their paragraph
    children, known = recent.get(name, (None, None))
    if children is linebox.children and not (
        known and known.atoms and known.width != getattr(containing_block, "width", None)  # may depend on the width
    ):
        return known  # type: ignore[no-any-return]
    try:
        known = _Composed(context, linebox, containing_block)
    except _NotComposable:
        known = None
    while len(recent) >= KEPT:
        del recent[next(iter(recent))]
    recent[name] = linebox.children, known
    return known  # type: ignore[no-any-return]


def _wanted(linebox: Any, containing_block: Any) -> bool:
    style, around = linebox.style, containing_block.style
    return (
        style["white_space"] in ("normal", "nowrap", "pre-line")
        and style["direction"] == "ltr"
        and around["text_overflow"] != "ellipsis"
        and around["block_ellipsis"] == "none"
    )


def _next_linebox(
    context: Any, linebox: Any, position_y: float, bottom_space: float, skip_stack: Any, containing_block: Any,
    absolute_boxes: Any, fixed_boxes: Any, first_letter_style: Any, first_line_style: Any,
) -> tuple[Any, Any]:  # fmt: skip
    """The next line of a line box and where the one after it begins; see `get_next_linebox` of the engine."""
    from weasyprint.layout import inline

    paragraph = None
    if not (context.excluded_shapes or first_letter_style or first_line_style) and _wanted(linebox, containing_block):
        paragraph = _paragraph(context, linebox, containing_block)
    if paragraph is None or not paragraph.owner:
        result: tuple[Any, Any] = _original["next"](
            context, linebox, position_y, bottom_space, skip_stack, containing_block,
            absolute_boxes, fixed_boxes, first_letter_style, first_line_style)  # fmt: skip
        return result
    start, count = paragraph.cluster_at(skip_stack), len(paragraph.owner)
    while start < count and paragraph.flat.text[start] == " ":
        start += 1
    if start >= count:
        return None, None
    linebox.position_y = position_y
    linebox.width = linebox.height = 0
    position_x, position_y, available = inline.avoid_collisions(context, linebox, containing_block, outer=False)
    indent = linebox.text_indent
    line, room = paragraph.line(available, indent, start)
    maker = _Maker(context, paragraph, line, room, containing_block, absolute_boxes, fixed_boxes)
    box = maker.line(linebox, position_x + indent, position_y)
    resume_at = paragraph.skip_stack(line.end) if line.end < count else None
    linebox.width, linebox.height = box.width, box.height
    bottom, top = inline.line_box_verticality(box)
    box.baseline = -top
    box.position_y = top
    box.height = bottom - top
    box.margin_top = box.margin_bottom = 0
    box.translate(_offset(box, room, last=line.last), position_y - top)
    box.position_y = position_y
    return box, resume_at


def _offset(line: Any, room: float, *, last: bool) -> float:
    """The offset of a line by text-align; a justified line is already as wide as its room."""
    align = line.style["text_align_all"]
    if last and line.style["text_align_last"] != "auto":
        align = line.style["text_align_last"]
    spare = float(max(0.0, room - line.width))
    if align in ("right", "end"):
        return spare
    return spare / 2 if align == "center" else 0.0


def _min_content_width(
    context: Any, box: Any, outer: bool = True, skip_stack: Any = None, first_line: bool = False,
    is_line_start: bool = False,
) -> float:  # fmt: skip
    """The width of the widest piece that cannot be broken; columns of tables are measured by it."""
    from weasyprint.layout import preferred

    paragraph = None if skip_stack or first_line else _measurable(context, box)
    if paragraph is None:
        return float(_original["min"](context, box, outer, skip_stack, first_line, is_line_start))
    indent = box.style["text_indent"]
    own = indent.value if getattr(indent, "unit", "%") != "%" else 0
    return float(preferred.adjust(box, outer, paragraph.least_width() + max(0, own)))


def _max_content_width(context: Any, box: Any, outer: bool = True, is_line_start: bool = False) -> float:
    """The width of the text on one line."""
    from weasyprint.layout import preferred

    paragraph = _measurable(context, box)
    if paragraph is None:
        return float(_original["max"](context, box, outer, is_line_start))
    return float(preferred.adjust(box, outer, paragraph.greatest_width() + 0.01))


def _measurable(context: Any, box: Any) -> _Composed | None:
    """The paragraph of a line box that holds text alone: pictures are measured by the engine."""
    from weasyprint.formatting_structure import boxes

    if not isinstance(box, boxes.LineBox):
        return None
    if any(isinstance(inner, boxes.AtomicInlineLevelBox) for inner in box.descendants()):
        return None
    paragraph = _paragraph(context, box, (0, 0))
    return paragraph if paragraph and paragraph.owner else None


# ---------------------------------------------------------------- boxes of a line


class _Maker:
    """Makes the boxes of one chosen line, its text boxes holding their glyphs and places."""

    def __init__(
        self, context: Any, paragraph: _Composed, line: Line, room: float,
        containing_block: Any, absolute_boxes: Any, fixed_boxes: Any,
    ) -> None:  # fmt: skip
        self.context, self.paragraph, self.chosen = context, paragraph, line
        self.containing_block, self.absolute, self.fixed = containing_block, absolute_boxes, fixed_boxes
        self.widths = advances(line, paragraph.measures, room, justify=paragraph.justify)
        self.x = self.y = self.begin = 0.0

    def line(self, linebox: Any, x: float, y: float) -> Any:
        from weasyprint.layout import inline

        self.x, self.y, self.begin = x, y, x
        line, paragraph = self.chosen, self.paragraph
        new = _slim(linebox.copy_with_children(self._among(paragraph.roots, paragraph.ends)))
        new.remove_decoration(start=line.start != 0, end=line.end < len(paragraph.owner))
        inline._adjust_line_height(new)
        new.position_x, new.position_y, new.width = x, y, self.x - x
        return new

    def _among(self, nodes: Sequence[_Node], ends: Sequence[int]) -> list[Any]:
        """The boxes of those nodes that lie in the line. A paragraph may have thousands: only these are looked at."""
        made: list[Any] = []
        for number in range(bisect_left(ends, self.chosen.start), len(nodes)):
            if nodes[number].first > self.chosen.end:
                break
            if (box := self._make(nodes[number])) is not None:
                made.append(box)
        return made

    def _make(self, node: _Node) -> Any:
        """The part of a box that lies in the line, or None."""
        line = self.chosen
        if node.kind == "ruby":
            return self._annotation(node) if line.start <= node.first < min(node.end, line.end) else None
        first, end = max(node.first, line.start), min(node.end, line.end)
        if first >= end and not (node.kind == "inline" and self._stands_here(node)):
            return None
        if node.kind == "text":
            return self._text(node, first, end)
        if node.kind == "inline":
            return self._inline(node)
        box = _atomic(self.context, node.box, self.containing_block, self.y, self.absolute, self.fixed)
        box.translate(self.x - box.position_x, 0)
        self.x += self.widths[node.first - line.start]
        return box

    def _stands_here(self, node: _Node) -> bool:
        """An empty inline box (the target of a link) belongs to the line of the cluster behind it."""
        line, count = self.chosen, len(self.paragraph.owner)
        return node.first == node.end and (line.start <= node.first < line.end or node.first == line.end == count)

    def _inline(self, node: _Node) -> Any:
        from weasyprint.layout import inline

        begin = self.x
        starts, ends = node.first >= self.chosen.start, node.end <= self.chosen.end
        before, after = (node.before if starts else 0.0), (node.after if ends else 0.0)
        self.x += before
        children = self._among(node.children, node.ends)
        self.x += after
        new = _slim(node.box.copy_with_children(children))
        new.remove_decoration(start=not starts, end=not ends)
        new.position_x, new.position_y = begin, self.y
        new.width = self.x - begin - before - after
        inline._adjust_line_height(new)
        return new

    def _text(self, node: _Node, first: int, end: int) -> Any:
        from weasyprint.text.line_break import strut

        line, paragraph, box = self.chosen, self.paragraph, node.box
        shown = box.text[node.offsets[first - node.first] : node.offsets[end - node.first]]
        clusters = paragraph.flat.clusters[first:end]
        widths = self.widths[first - line.start : end - line.start]
        lead = paragraph.widths.lead[first:end]
        if first == line.start and paragraph.flat.classes[first] is Class.OPEN:
            lead[0] += paragraph.widths.at_start[first]
        if paragraph.padded:
            widths = [w - outer for w, outer in zip(widths, self._padding(first, end), strict=True)]
        if end == line.end:
            shown = shown.rstrip(" \n")
            if line.hyphen:
                hyphen = _hyphen(box.style)
                shown = shown.rstrip("\u00ad") + hyphen.text
                clusters, widths, lead = [*clusters, hyphen], [*widths, hyphen.width], [*lead, 0.0]
        new = _slim(box.copy())  # not `copy_with_text`, which refuses a line that holds nothing but a line break
        new.text = shown
        new.width = sum(widths)
        # every line of a style has the baseline of its first font, whatever faces its characters come from
        line_height, new.baseline = strut(box.style)
        new.height = face(box.style).height
        new.margin_top = new.margin_bottom = (line_height - new.height) / 2
        new.position_x, new.position_y = self.x, self.y
        new.pango_layout = _Setting(shown, clusters, widths, lead, box.style)
        self.x += new.width
        return new

    def _annotation(self, node: _Node) -> Any:
        """An annotation above its base. It takes no room in the line but for its height, where the leading is short."""
        from weasyprint.text.line_break import strut

        paragraph, style = self.paragraph, node.box.style
        start, own, base = self.chosen.start, style["font_size"], paragraph.flat.ems[node.first]
        left, right = ruby.middle(
            node.first, node.end, start, self.widths, paragraph.widths, paragraph.flat.classes)  # fmt: skip
        x = self.begin + (left + right - node.width) / 2
        tall = ruby.height(base, own, strut(paragraph.owner[node.first].box.style)[0])
        new = node.box.copy_with_children([])
        new.style = style.copy()
        new.style["vertical_align"] = ruby.rise(base, own)
        new.position_x, new.position_y, new.width = x, self.y, node.width
        for box in (new, *(box for box, _ in node.texts)):
            for side in ("left", "right", "top", "bottom"):
                for part in (f"margin_{side}", f"padding_{side}", f"border_{side}_width"):
                    setattr(box, part, 0)
        new.height, new.baseline = tall, tall - ruby.DESCENT * own
        for box, clusters in node.texts:
            text = box.copy()
            text.text, widths = box.text.strip(), [cluster.width if cluster else 0.0 for cluster in clusters]
            text.width, text.height, text.baseline = sum(widths), face(box.style).height, new.baseline
            text.margin_top = text.margin_bottom = (tall - text.height) / 2
            text.position_x, text.position_y = x, self.y
            text.pango_layout = _Setting(text.text, clusters, widths, [0.0] * len(widths), box.style)
            x += text.width
            new.children = (*new.children, text)
        return new

    def _padding(self, first: int, end: int) -> list[float]:
        """What of the advances belongs to the padding of inline boxes around, not to the text."""
        extra = [0.0] * (end - first)
        for node in self.paragraph.padded:
            if first <= node.first < end:
                extra[node.first - first] += node.before
            if first <= node.end - 1 < end:
                extra[node.end - 1 - first] += node.after
        return extra


def _slim(box: Any) -> Any:
    """The same box in half the memory: a dictionary copied by `dict()` keeps the room that its model once grew to."""
    box.__dict__ = {name: value for name, value in box.__dict__.items()}
    return box


def _atomic(context: Any, box: Any, containing_block: Any, y: float, absolute: Any, fixed: Any) -> Any:
    """Lay out an inline block or a picture at x = 0."""
    from weasyprint.layout.inline import split_inline_level

    box.position_y = y
    found = split_inline_level(
        context, box, 0, float("inf"), 0, None, containing_block, absolute, fixed, [], [], [], None, None
    )
    return found[0]


# ---------------------------------------------------------------- drawing


class _Setting:
    """Stands where the engine keeps its Pango layout: glyphs with their final places."""

    __slots__ = ("clusters", "lead", "lines", "style", "text", "widths")

    first_line_direction = 0
    max_width = None

    def __init__(
        self, text: str, clusters: list[Cluster | None], widths: list[float], lead: list[float], style: Any
    ) -> None:
        self.text, self.clusters, self.style = text, clusters, style
        self.widths = array("d", widths)
        self.lead = array("d", lead) if any(lead) else bytes(len(lead))
        self.lines: Any = None
        if style["text_decoration_line"] != "none":
            from weasyprint.text.line_break import Layout

            self.lines = Layout(style)

    def __getattr__(self, name: str) -> Any:
        """Where lines of decoration stand, and how thick they are."""
        return getattr(self.lines, name)

    def reactivate(self, style: Any) -> None:
        """Nothing to shape again."""

    def deactivate(self) -> None:
        """Nothing to let go."""


def _draw_first_line(stream: Any, textbox: Any, text_overflow: Any, block_ellipsis: Any, matrix: Any) -> Any:
    """Write the glyphs of a text box; lines that the engine has set are drawn by the engine."""
    setting = textbox.pango_layout
    if not isinstance(setting, _Setting):
        return _original["draw"](stream, textbox, text_overflow, block_ellipsis, matrix)
    if not textbox.text.strip() or textbox.style["font_size"] < 1e-6:
        return []
    stream.set_text_matrix(*matrix.values)
    size = textbox.style["font_size"]
    fonts = stream.__dict__.setdefault("kanyin_fonts", {})

    def font_of(cluster: Cluster, number: int) -> Any:
        address = cluster.font.address, number
        if address not in fonts:
            font = stream.add_font(cluster.font.pango)[0]
            fonts[address] = _twin(stream, font, number) if number else font
        return fonts[address]

    def width_of(cluster: Cluster, glyph: int) -> int:
        return glyph_width(stream, cluster.font.pango, glyph, size)

    for what, value in operations(setting.clusters, setting.widths, setting.lead, size, font_of, width_of):
        if what == "show":
            stream.show_text(value)
        elif what == "font":
            stream.set_font_size(value.hash, size)  # type: ignore[union-attr]
        else:
            stream.set_text_rise(value)
    return []


def _twin(stream: Any, font: Any, number: int) -> Any:
    """The same font under another name, with a map of its own from glyphs to characters."""
    twins = stream._fonts
    key = "kanyin", font.hash, number
    if key not in twins:
        twin = twins[key] = copy(font)
        name = font.name.split(b"+", 1)[1]
        twin.hash = font.hash[:-1] + chr(65 + (ord(font.hash[-1]) - 65 + number) % 26)
        twin.name = b"/" + twin.hash.encode() + b"+" + name
        twin.widths, twin.to_unicode = {}, {}
    return twins[key]


def _draw_text(stream: Any, textbox: Any, *rest: Any) -> None:
    """Draw a text box, and the dots of emphasis below its Han: as shapes, so that the text stays as it is."""
    _original["text"](stream, textbox, *rest)
    setting = textbox.pango_layout
    style = textbox.style
    if style["text_emphasis"] == "none" or not isinstance(setting, _Setting) or style["visibility"] != "visible":
        return
    em = style["font_size"]
    y = textbox.position_y + textbox.baseline + emphasis.BELOW * em
    with stream.stacked():
        stream.set_color(style["color"])
        stream.set_color(style["color"], stroke=True)
        stream.set_line_width(emphasis.STROKE * em)
        for x in emphasis.middles(setting.clusters, setting.widths, em, textbox.position_x):
            begin, *curves = emphasis.circle(x, y, emphasis.RADIUS * em)
            stream.move_to(*begin)
            for curve in curves:
                stream.curve_to(*curve)
        if style["text_emphasis"] == "dot":
            stream.fill()
        else:
            stream.stroke()
