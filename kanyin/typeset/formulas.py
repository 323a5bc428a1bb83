# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Formulas: set as text where a line of letters says it all, drawn as glyph outlines where it takes two dimensions.

Text keeps copying, searching and reading aloud exact, and uses the fonts of the body. What is drawn (fractions, roots,
sums, matrices) carries its alternative text. The same input gives the same bytes.
"""

from __future__ import annotations

import functools
import re
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kanyin.findings import Finding, KanyinError, RenderError, Where, finding
from kanyin.model import Article, DisplayFormula, Inline, InlineFormula, Inlines, Styled, Text
from kanyin.typeset.names import HAN
from kanyin.typeset.parts import every
from kanyin.typeset.runs import run
from kanyin.typeset.tex import parse
from kanyin.typeset.texlines import divided
from kanyin.typeset.texnodes import Accent, Fence, Node, Row, Script, Space, Sym, Words
from kanyin.typeset.texwrite import cost, latex, linear

MAX_COST = 6000  # about two seconds of drawing
_BLANKS = {r"\quad": "\u2003", r"\qquad": "\u2003\u2003", r"\enspace": "\u2002"}
_MARGIN = 0.5  # pt around the ink, so that no curve is clipped
_SCRIPT_OF_SCRIPT = 0.55  # of the size of the formula; scripts are 0.7 of it
_SMALLEST = 4.5  # pt; what is smaller cannot be read

# A unit after μ: then it is the prefix micro, which stands upright (GB/T 3100).
_UNIT = re.compile(r"(?:mol|kat|g|m|L|l|M|s|A|V|W|Sv|Gy|Ci|U)(?![a-z])")
_HAT = re.compile(r"(<mover[^>]*><mrow><mi[^>]*>[^<]*</mi></mrow>)<mo>&#x00302;</mo>")
_COMBINING = frozenset("\u0304\u0302\u0303\u0307\u0308")
# Letters above which the faces of the text place a mark. On taller ones it would be struck through the stem, on Greek
# stand beside the letter, unless the face has the two as one glyph (â, ᾱ).
_LOW = frozenset("acegmnopqrsuvwxyz")


@dataclass(frozen=True)
class Drawing:
    """A drawn formula, in pt, and in `alt` what a voice reads.

    It stands in a line with `vertical-align: -depth_pt`; the depth is negative where all ink is above the line.
    """

    svg: str
    width_pt: float
    height_pt: float
    depth_pt: float
    alt: str


def alternative(tex: str) -> str:
    """What a voice reads and a tag holds: a line of Unicode, or the LaTeX itself where it cannot be read."""
    try:
        return linear(parse(tex)) or tex.strip()
    except KanyinError:
        return tex.strip()


def as_text(tex: str) -> Inlines | None:
    """The formula as text with italics and scripts; None if it has to be drawn, or cannot be read at all."""
    try:
        content = _text(parse(tex))
    except KanyinError:
        return None
    return _trimmed(content) if content else None


def draw(
    tex: str,
    size_pt: float,
    display: bool,
    *,
    room_pt: float = 0,
    where: Where | None = None,
    han_font: Path | None = None,
) -> Drawing:
    """Draw a formula with the mathematical font that the drawing library brings along (STIX Two Math).

    One that is wider than `room_pt` is divided into lines, unless that is 0. `han_font` is a TrueType font for Chinese
    characters in the formula. Raises RenderError with FORMULA-SYNTAX,
    -COMMAND, -LIMIT or -GLYPH at `where`.
    """
    try:
        return _draw(tex, size_pt, display, room_pt, str(han_font) if han_font else "")
    except RenderError as error:
        raise RenderError(*(replace(f, where=where or f.where) for f in error.findings)) from None


def mathml(tex: str, display: bool) -> str:
    """The formula as a MathML element with the prefix `mml`, for XML; empty for one that cannot be read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from ziamath.tex import tex2mml

    try:
        tree = parse(tex)
        _affordable(tree)
        made = tex2mml(latex(tree), inline=not display)
    except Exception:
        # the LaTeX stands beside it, and `check` has said what is wrong with that
        return ""
    made = made.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "")
    # bold is how the drawing finds its Han font; here it would mean bold
    made = re.sub(rf'<mtext mathvariant="bold">(?={HAN.pattern})', "<mtext>", made)
    return re.sub(r"<(/?)(?=[a-z])", r"<\1mml:", made)


def check(article: Article) -> list[Finding]:
    """Formulas that cannot be read, each at its place. Nothing is drawn: a missing glyph shows when it is set."""
    findings: list[Finding] = []
    formulas: Iterator[InlineFormula | DisplayFormula] = every(article, InlineFormula, DisplayFormula)
    for formula in formulas:
        try:
            _affordable(parse(formula.tex))
        except RenderError as error:
            findings += [replace(f, where=formula.where or f.where) for f in error.findings]
    return findings


def _affordable(tree: Row) -> None:
    if cost(tree) > MAX_COST:
        raise RenderError(finding("FORMULA-LIMIT", what="嵌套与长度之积 / nesting times length", limit=MAX_COST))


@functools.lru_cache(maxsize=1024)
def _draw(tex: str, size_pt: float, display: bool, room_pt: float, han_font: str) -> Drawing:
    tree = parse(tex)
    alt = linear(tree)
    if not alt:
        raise RenderError(finding("FORMULA-SYNTAX", tex=tex, problem="没有内容 / it is empty"))
    _affordable(tree)
    with warnings.catch_warnings():
        # it opens its font with a function that Python has deprecated; that is its makers' affair, not the reader's
        warnings.simplefilter("ignore", DeprecationWarning)
        from ziamath.config import config
        from ziamath.tex import tex2mml
        from ziamath.zmath import Math

    config.svg2 = False  # outlines in place: no ids that could meet those of another formula
    # a share of its font's own size, 24 pt, whatever size is asked for
    config.minsizefraction = max(_SMALLEST, _SCRIPT_OF_SCRIPT * size_pt) / 24
    config.math.bold_font = han_font or None
    try:

        def drawing(part: Node, margin: float = 0.0) -> Math:
            # as an identifier the mark of one letter keeps its size, as an operator it grows wider than the letter
            mml = _HAT.sub(r"\1<mi>&#710;</mi>", tex2mml(latex(part), inline=not display))
            return Math(mml, size=size_pt, margin=margin)

        if room_pt:
            tree = divided(tree, room_pt, lambda part: float(drawing(part).svgxml().attrib["width"]))
        drawn = drawing(tree, _MARGIN)
        _check_glyphs(tex, alt, drawn.font, han_font)
        svg, depth = drawn.svgxml(), _MARGIN - drawn.getyofst()
    except KanyinError:
        raise
    except Exception as error:
        # the library raises whatever comes to it; to the author all of it means that the formula cannot be set
        problem = f"{type(error).__name__} {error}".strip()
        raise RenderError(finding("FORMULA-SYNTAX", tex=tex, problem=problem)) from error
    return _finished(svg, depth, alt)


def _check_glyphs(tex: str, shown: str, font: object, han_font: str) -> None:
    """A character that no font has would be a blank box in print."""
    for char in shown:
        if HAN.match(char):
            if not han_font:
                raise RenderError(finding("FORMULA-GLYPH", tex=tex, char=char))
        elif not char.isspace() and char not in _DRAWN_OTHERWISE and not font.glyphindex(char):  # type: ignore[attr-defined]
            raise RenderError(finding("FORMULA-GLYPH", tex=tex, char=char))


# Signs that the line for the ear uses and the drawing does not.
_DRAWN_OTHERWISE = frozenset("√∛∜₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢⱼₖₙₘₒₚₜₓ⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ\u0305\u0332\u23de\u23df")


def _finished(svg: object, depth: float, alt: str) -> Drawing:
    from xml.etree import ElementTree as ET

    root: ET.Element = svg  # type: ignore[assignment]
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    root.attrib.update(width=f"{width:g}pt", height=f"{height:g}pt", fill="currentColor", role="img")
    root.attrib["style"] = f"vertical-align:{-depth:.3f}pt"
    root.attrib.pop("xmlns:xlink", None)
    for element in root.iter():
        element.attrib.update({name: "currentColor" for name, value in element.attrib.items() if value == "black"})
    root.attrib["aria-label"] = alt
    return Drawing(ET.tostring(root, encoding="unicode"), width, height, round(depth, 3), alt)


# ---------------------------------------------------------------- as text


def _text(node: Node, script: bool = False) -> Inlines | None:
    """Inlines for what one line can hold; None as soon as something cannot."""
    match node:
        case Sym(text, font, big):
            return None if big or font in ("bb", "cal", "frak") else (_letter(text, font),)
        case Space(command):
            return (Text(_BLANKS.get(command, "\u00a0")),)
        case Words(text, font):
            return (Styled("italic", (Text(text),)),) if font == "it" else (Text(text),)
        case Row(items):
            return _row(items, script)
        case Fence(left, body, right):
            inner = _text(body, script)
            return None if inner is None else run(left, inner, right)
        case Accent(mark, base, wide):
            return _accented(mark, base, wide)
        case Script(base, sub, sup):
            return None if script else _scripted(base, sub, sup)
    return None


def _letter(text: str, font: str) -> Inline:
    slanted = font == "it" or (
        not font and len(text) == 1 and text.isalpha() and (text.isascii() or "α" <= text <= "ω")
    )
    if font == "bf" and text.isalnum():
        return Styled("bold", (Text(text),))
    return Styled("italic", (Text(text),)) if slanted else Text(text)


def _row(items: tuple[Node, ...], script: bool) -> Inlines | None:
    out: Inlines = ()
    for at, item in enumerate(items):
        if isinstance(item, Sym) and item.text == "∼" and not script:
            # between numbers this is the Chinese sign of a range (3～4), anywhere else "about" or "is distributed as"
            piece: Inlines | None = (Text("～" if _number_beside(items, at) else "∼"),)
        elif isinstance(item, Sym) and item.text == "μ" and _UNIT.match(_following(items, at)):
            piece = (Text("μ"),)
        else:
            piece = _text(item, script)
        if piece is None:
            return None
        out = _merged(out, piece)
    return out


def _following(items: tuple[Node, ...], at: int) -> str:
    return "".join(linear(item) for item in items[at + 1 : at + 5]).lstrip()


def _number_beside(items: tuple[Node, ...], at: int) -> bool:
    return at == 0 or at == len(items) - 1 or linear(items[at + 1])[:1].isdigit()


def _merged(before: Inlines, after: Inlines) -> Inlines:
    """Neighbours of the same style become one run; 12 stays one word and so does an italic pair of letters."""
    if before and after and isinstance(before[-1], Styled) and isinstance(after[0], Styled):
        last, first = before[-1], after[0]
        if last.style == first.style and last.style in ("italic", "bold"):
            return run(before[:-1], (Styled(last.style, run(last.content, first.content)),), after[1:])
    return run(before, after)


def _accented(mark: str, base: Node, wide: bool) -> Inlines | None:
    """x̄: a letter with a combining mark; a bar over one letter may come as \\overline."""
    inner = _text(base, True)
    if mark == "\u0305":
        mark = "\u0304"
    if inner is None or len(inner) != 1 or mark not in _COMBINING:
        return None
    letter = inner[0]
    text = letter.content[0] if isinstance(letter, Styled) else letter
    if not isinstance(text, Text) or len(text.value) != 1 or not text.value.isalpha():
        return None
    if text.value not in _LOW and len(unicodedata.normalize("NFC", text.value + mark)) != 1:
        return None
    marked = Text(text.value + mark)
    return (Styled(letter.style, (marked,)),) if isinstance(letter, Styled) else (marked,)


def _scripted(base: Node, sub: Node | None, sup: Node | None) -> Inlines | None:
    inner = _text(base)
    if inner is None or (sub is not None and sup is not None and not _is_mark(sup)):
        return None  # two scripts stand above one another, which takes a drawing
    out = inner
    for part, style in ((sub, "sub"), (sup, "sup")):
        if part is None:
            continue
        content = _text(part, True)
        if content is None:
            return None
        plain = linear(part)
        if style == "sup" and plain in ("∘", "°"):
            out = run(out, "°")
        elif style == "sup" and plain and set(plain) == {"′"}:
            out = run(out, plain)
        elif content and plain:
            out = run(out, (Styled("sup" if style == "sup" else "sub", content),))
    return out


def _is_mark(node: Node) -> bool:
    return set(linear(node)) <= set("′°∘")


def _trimmed(content: Inlines) -> Inlines | None:
    """Without the blanks that a formula has at its edges; None if nothing is left."""
    items = list(content)
    for edge in (0, -1):
        if items and isinstance(items[edge], Text):
            text = items[edge].value  # type: ignore[union-attr]
            text = text.lstrip() if edge == 0 else text.rstrip()
            items[edge] = Text(re.sub("\u00a0+", "\u00a0", text))
    return run(*[(item,) for item in items]) or None
