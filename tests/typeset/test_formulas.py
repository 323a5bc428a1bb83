# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Formulas: what becomes text, what is drawn, what is refused, and what a voice reads."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanyin.findings import KanyinError, RenderError, Where
from kanyin.model import (
    Article,
    Bilingual,
    Cell,
    DisplayFormula,
    Front,
    InlineFormula,
    Inlines,
    Paragraph,
    Section,
    Styled,
    TableWrap,
    Text,
)
from kanyin.typeset import formulas
from kanyin.typeset.formulas import alternative, as_text, draw
from kanyin.typeset.tex import parse
from kanyin.typeset.texlines import divided
from kanyin.typeset.texnames import ACCENTS, BIG, ENVIRONMENTS, FUNCTIONS, SYMBOLS
from kanyin.typeset.texnodes import Grid, Node
from kanyin.typeset.texwrite import linear

REAL = Path(__file__).parents[3] / "shared" / "real" / "markdown"
FONTS = Path(__file__).parents[2] / "fonts"


def shown(content: Inlines | None) -> str:
    """*P*<0.05, χ^{2}, x_{i}: inlines as a line, so that a difference can be read."""
    marks = {"italic": ("*", "*"), "bold": ("**", "**"), "sup": ("^{", "}"), "sub": ("_{", "}")}
    out = []
    for item in content or ():
        if isinstance(item, Styled):
            before, after = marks[item.style]
            out.append(before + shown(item.content) + after)
        else:
            assert isinstance(item, Text)
            out.append(item.value)
    return "".join(out)


TEXTS = [
    # what is written, what stands in the line, what is read aloud
    (r"P<0.05", "*P*<0.05", "P < 0.05"),
    (r"P { < } 0 . 0 5", "*P*<0.05", "P < 0.05"),
    (r"\bar{x}\pm s", "*x\u0304*±*s*", "x\u0304 ± s"),
    (r"\stackrel { - } { x } \pm s", "*x\u0304*±*s*", "x\u0304 ± s"),
    (r"\overline{x}", "*x\u0304*", "x\u0305"),
    (r"\hat{p}", "*p\u0302*", "p\u0302"),
    (r"\dot{B}", "*B\u0307*", "B\u0307"),
    (r"a=1,\quad b=2", "*a*=1,\u2003*b*=2", "a = 1, b = 2"),
    (r"\chi^2", "*χ*^{2}", "χ²"),
    (r"\chi ^ { 2 } = 4.31", "*χ*^{2}=4.31", "χ² = 4.31"),
    (r"\mathrm { C D 4 } ^ { + }", "CD4^{+}", "CD4⁺"),
    (r"\mathrm{CO_2}", "CO_{2}", "CO₂"),
    (r"\mathrm { m g \cdot k g ^ { - 1 } }", "mg·kg^{−1}", "mg·kg⁻¹"),
    (r"\beta = 0.52", "*β*=0.52", "β = 0.52"),
    (r"3 7 ^ { \circ } \mathrm { C }", "37°C", "37°C"),
    (r"1 0 ~ \mu \mathrm { L }", "10\u00a0μL", "10 μL"),
    (r"\mu = 3", "*μ*=3", "μ = 3"),
    (r"3 { \sim } 4", "3～4", "3 ∼ 4"),
    (r"2.7 \times 10^{-3}", "2.7×10^{−3}", "2.7 × 10⁻³"),
    (r"4 8 . 9 \%", "48.9%", "48.9%"),
    (r"^ { * * } P < 0.01", "^{**}*P*<0.01", "**P < 0.01"),
    (r"\scriptstyle ( n = 1 2 0 )", "(*n*=120)", "(n = 120)"),
    (r"\left( P = 0.002 \right)", "(*P*=0.002)", "(P = 0.002)"),
    (r"f'(x)", "*f*′(*x*)", "f′(x)"),
    (r"-20", "−20", "−20"),
    (r"a-b", "*a*−*b*", "a − b"),
    (r"\log x", "log*x*", "log x"),
    (r"\text{OR}=1.2", "OR=1.2", "OR = 1.2"),
    (r"\mathbf{A}x", "**A***x*", "Ax"),
    (r"36 . 7 \ ", "36.7", "36.7"),
    ("36.7 \\", "36.7", "36.7"),
    (r"\text{阳性率}=5\%", "阳性率=5%", "阳性率 = 5%"),
]


@pytest.mark.parametrize(("tex", "text", "alt"), TEXTS, ids=[t[0] for t in TEXTS])
def test_simple_formulas_are_text(tex: str, text: str, alt: str) -> None:
    assert shown(as_text(tex)) == text
    assert alternative(tex) == alt


DRAWN = [
    (r"\frac{a+b}{c}", "(a + b)/c"),
    (r"\frac{1}{2}", "1/2"),
    (r"\sqrt{b^2-4ac}", "√(b² − 4ac)"),
    (r"\sqrt[3]{x}", "∛(x)"),
    (r"\sum_{i=1}^{n} x_i", "∑ᵢ₌₁ⁿxᵢ"),
    (r"\int_0^1 f(x)\,dx", "∫₀¹f(x) dx"),
    (r"x_i^2", "xᵢ²"),
    (r"x_{i_1}", "x_(i₁)"),
    (r"\vec{v}", "v\u20d7"),
    (r"\overline{AB}", "A\u0305B\u0305"),
    (r"\mathbb{R}", "R"),
    (r"\binom{n}{k}", "C(n, k)"),
    (r"\overline{X}", "X\u0305"),
    (r"\bar{d}", "d\u0304"),
    (r"\hat{\beta}", "β\u0302"),
    (r"\dot{V}", "V\u0307"),
    (r"a \over b", "a/b"),
    (r"\overset{n}{=}", "=^(n)"),
    (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(a, b; c, d)"),
    (r"\begin{cases} 1 & x>0 \\ 0 & x\le 0 \end{cases}", "{1, x > 0; 0, x ≤ 0"),
    (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "a, = b; = c"),
    (r"\left[ \frac{a}{b} \right.", "[a/b"),
]


@pytest.mark.parametrize(("tex", "alt"), DRAWN, ids=[t[0] for t in DRAWN])
def test_two_dimensions_are_drawn(tex: str, alt: str) -> None:
    assert as_text(tex) is None
    drawing = draw(tex, 10, True)
    assert drawing.alt == alternative(tex) == alt
    assert drawing.width_pt > 2 and drawing.height_pt > 2
    assert drawing.height_pt > drawing.depth_pt


def test_a_drawing_is_outlines_and_nothing_else() -> None:
    root = ElementTree.fromstring(draw(r"\frac{\bar{x}}{\sqrt{n}}", 10, False).svg)
    tags = {element.tag.split("}")[1] for element in root.iter()}
    assert tags <= {"svg", "path", "rect", "g"} and "path" in tags
    assert root.attrib["fill"] == "currentColor" and root.attrib["width"].endswith("pt")
    assert not any("id" in element.attrib or "href" in str(element.attrib) for element in root.iter())
    assert "black" not in ElementTree.tostring(root, encoding="unicode")


def test_the_line_holds_the_drawing_by_its_baseline() -> None:
    x, y = draw(r"\mathbb{R}", 10, False), draw(r"\frac{a}{b}", 10, False)
    assert x.depth_pt < 1 < y.depth_pt  # a letter stands on the line, a fraction hangs below it
    assert f"vertical-align:-{y.depth_pt:.3f}pt" in y.svg


def test_size_scales_the_drawing() -> None:
    small, large = draw(r"\frac{a}{b}", 10, True), draw(r"\frac{a}{b}", 20, True)
    assert large.width_pt == pytest.approx(2 * small.width_pt, rel=0.15)


def _heights(tex: str, size: float) -> list[float]:
    """The height of each glyph of a drawing in pt, from left to right."""
    found = []
    for path in re.findall(r'<path d="([^"]+)"', draw(tex, size, True).svg):
        ys = [float(y) for y in re.findall(r"[-0-9.]+ ([-0-9.]+)", path)]
        found.append(max(ys) - min(ys))
    return found


@pytest.mark.parametrize(("size", "least"), [(10, 0.55), (8, 0.55), (6, 0.75)])
def test_scripts_of_scripts_are_smaller_than_scripts_but_can_be_read(size: float, least: float) -> None:
    base, script, smallest = _heights("x_{x_x}", size)
    # the font draws its small letters a little taller for their size
    assert script / base == pytest.approx(max(0.7, least), abs=0.07)
    assert smallest / base == pytest.approx(least, abs=0.07)


def test_a_bar_is_as_tall_as_the_brackets_beside_it() -> None:
    bracket, bar, *_ = _heights(r"(|\frac{a}{b}", 10)
    assert bar == pytest.approx(bracket, rel=0.15)


def test_the_mark_of_one_letter_does_not_grow_with_it() -> None:
    bare, marked = draw(r"\theta_1", 10, False), draw(r"\hat{\theta}_1", 10, False)
    assert marked.width_pt < bare.width_pt + 0.5


def test_blanks_and_fractions_have_the_size_that_was_asked_for() -> None:
    widths = [draw(rf"a{blank} b", 10, False).width_pt for blank in (r"\,", r"\;", r"\quad", r"\qquad")]
    assert widths == sorted(widths)
    assert widths[3] - widths[2] > 9 and widths[2] - widths[1] > 7
    small, line, large = (draw(rf"\{name}{{a}}{{b}}", 10, False).height_pt for name in ("tfrac", "frac", "dfrac"))
    assert small == pytest.approx(line) and large > line + 3


@pytest.mark.parametrize("face", ["latin", "latin-italic", "latin-bold", "latin-bolditalic", "english-italic"])
def test_a_letter_with_a_mark_is_text_where_the_face_places_the_mark(face: str) -> None:
    from fontTools.ttLib import TTFont

    if not (path := FONTS / f"kanyin-{face}.ttf").exists():
        pytest.skip(f"{path} is not built: run make_pdf.py fonts build")
    font = TTFont(path)
    glyphs = font.getBestCmap()
    anchored: set[str] = set()
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            if table.LookupType == 4 and glyphs[0x0302] in table.MarkCoverage.glyphs:
                anchored |= set(table.BaseCoverage.glyphs)
    for mark, name in (
        ("\u0304", "bar"),
        ("\u0302", "hat"),
        ("\u0303", "tilde"),
        ("\u0307", "dot"),
        ("\u0308", "ddot"),
    ):
        for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ":
            if as_text(rf"\{name}{{{letter}}}") is None:
                continue
            one = unicodedata.normalize("NFC", letter + mark)
            in_one = len(one) == 1 and ord(one) in glyphs
            low = font["glyf"][glyphs[ord(letter)]].yMax < 1.2 * font["OS/2"].sxHeight
            assert in_one or (low and glyphs[ord(letter)] in anchored), (letter, name)


def test_the_same_formula_gives_the_same_bytes_in_another_process() -> None:
    tex = r"\sum_{i=1}^{n} \frac{x_i}{\sqrt{n}}"
    code = (
        "import sys; from kanyin.typeset.formulas import draw; "
        f"sys.stdout.buffer.write(draw({tex!r}, 9.5, True).svg.encode())"
    )
    root = Path(__file__).parents[2]
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=root)
    assert other.stdout.decode() == draw(tex, 9.5, True).svg


def test_the_drawing_library_is_not_loaded_for_text() -> None:
    code = "import sys; from kanyin.typeset.formulas import as_text; as_text('x^2'); sys.exit('ziamath' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2]).returncode == 0


REFUSED = [
    (r"\frac{a}", "FORMULA-SYNTAX"),
    ("{a", "FORMULA-SYNTAX"),
    ("a}", "FORMULA-SYNTAX"),
    ("x^", "FORMULA-SYNTAX"),
    ("x^a^b", "FORMULA-SYNTAX"),
    ("x_a_b", "FORMULA-SYNTAX"),
    ("a & b", "FORMULA-SYNTAX"),
    (r"\left( x", "FORMULA-SYNTAX"),
    (r"\begin{matrix} a", "FORMULA-SYNTAX"),
    (r"\begin{matrix} a \end{cases}", "FORMULA-SYNTAX"),
    ("", "FORMULA-SYNTAX"),
    (r"\quad", "FORMULA-SYNTAX"),
    (r"\foo{x}", "FORMULA-COMMAND"),
    (r"\href{javascript:alert(1)}{x}", "FORMULA-COMMAND"),
    (r"\def\a{\a\a}\a", "FORMULA-COMMAND"),
    (r"\newcommand{\a}{x}\a", "FORMULA-COMMAND"),
    (r"\begin{tikzpicture} \end{tikzpicture}", "FORMULA-COMMAND"),
    (r"\frac{\text{真阳性}}{n}", "FORMULA-GLYPH"),
    ("x" * 2001, "FORMULA-LIMIT"),
    ("{" * 100 + "x" + "}" * 100, "FORMULA-LIMIT"),
    (r"\frac{1}{1+" * 20 + "x" + "}" * 20, "FORMULA-LIMIT"),
    (r"\sqrt{" * 23 + "x" + "}" * 23, "FORMULA-LIMIT"),
]


@pytest.mark.parametrize(("tex", "code"), REFUSED, ids=[f"{code} {tex[:24]}" for tex, code in REFUSED])
def test_refusals_have_a_code_a_place_and_a_hint(tex: str, code: str) -> None:
    where = Where("article.md", 12, 5)
    begun = time.process_time()
    with pytest.raises(RenderError) as refused:
        draw(tex, 10, True, where=where)
    assert time.process_time() - begun < 2
    (finding,) = refused.value.findings
    assert (finding.code, finding.where) == (code, where)
    assert finding.message("zh") and finding.message("en") and finding.hint("zh") and finding.hint("en")


def test_what_cannot_be_read_keeps_its_tex_as_alternative() -> None:
    assert alternative(r" \frac{a} ") == r"\frac{a}" and as_text(r"\frac{a}") is None


def test_check_finds_every_bad_formula_of_an_article_at_its_place() -> None:
    inside = Paragraph((Styled("bold", (InlineFormula("x^", where=Where("article.md", 7)),)),))
    cell = Cell((InlineFormula(r"\foo", where=Where("article.md", 9)), InlineFormula("x^2")))
    table = TableWrap("tab1", "表1", Bilingual(), (), ((cell,),))
    display = DisplayFormula("eq1", _tower(20), where=Where("article.md", 11))
    article = Article(Front("x", "题名"), (Section("s1", (), (inside, table, display)),))
    assert [(f.code, f.where.line) for f in formulas.check(article)] == [
        ("FORMULA-SYNTAX", 7),
        ("FORMULA-COMMAND", 9),
        ("FORMULA-LIMIT", 11),
    ]


def test_the_dearest_formula_that_passes_is_drawn_in_time() -> None:
    depth = next(n for n in range(20, 1, -1) if formulas.cost(formulas.parse(_tower(n))) <= formulas.MAX_COST)
    begun = time.process_time()
    draw(_tower(depth), 10, True)
    assert time.process_time() - begun < 10


def _tower(levels: int) -> str:
    return r"\frac{1}{1+" * levels + "x" + "}" * levels


KNOWN = [*SYMBOLS, *BIG, *FUNCTIONS, *(f"{name}{{x}}" for name in ACCENTS)]
KNOWN += [rf"\begin{{{name}}}{'{c}' if name == 'array' else ''} x \end{{{name}}}" for name in ENVIRONMENTS]


@pytest.mark.parametrize("tex", KNOWN)
def test_every_known_name_can_be_drawn(tex: str) -> None:
    drawing = draw(tex + " x", 10, True)
    assert drawing.svg.count("<path") + drawing.svg.count("<rect") >= 2


def test_chinese_words_are_drawn_with_the_font_that_is_given() -> None:
    font = FONTS / "kanyin-kai.ttf"
    if not font.exists():
        pytest.skip("fonts/kanyin-kai.ttf is not built: run make_pdf.py fonts build")
    drawing = draw(r"\text{敏感度}=\frac{\text{真阳性}}{\text{真阳性}+\text{假阴性}}", 10, True, han_font=font)
    assert drawing.alt == "敏感度 = 真阳性/(真阳性 + 假阴性)"
    assert drawing.svg.count("<path") == 14  # twelve characters, the sign of equality and the plus


COMMANDS = r"\frac \sqrt \bar \left( \right) \mathrm \text \begin{matrix} \end{matrix} \\ \sum \foo \stackrel \over"
fragments = st.sampled_from([*"abxP0159{}^_&'~()[]<>=+-*/|.,;: \\中é\u0000\n", *COMMANDS.split()])


@settings(deadline=None, max_examples=150)
@given(st.lists(fragments, max_size=25).map("".join))
def test_nothing_makes_it_crash(tex: str) -> None:
    alternative(tex)
    if as_text(tex) is None:
        try:
            drawing = draw(tex, 10, False)
        except RenderError as error:
            assert all(f.code.startswith("FORMULA-") for f in error.findings)
        else:
            ElementTree.fromstring(drawing.svg)


def test_formulas_of_real_papers_are_set() -> None:
    """Converter noise, all of it: at most one formula in a hundred may be refused."""
    if not REAL.is_dir():
        pytest.skip(f"{REAL} is absent: the formulas of real papers were not tried")
    counts = {"text": 0, "drawn": 0, "refused": 0}
    for paper in sorted(REAL.glob("*.md")):
        source = paper.read_text("utf-8")
        for display, inline in re.findall(r"\$\$(.+?)\$\$|(?<![\\$])\$([^$\n]+)\$", source, re.DOTALL):
            if not display and as_text(inline) is not None:
                counts["text"] += 1
                continue
            try:
                draw(display or inline, 10, bool(display))
                counts["drawn"] += 1
            except KanyinError:
                counts["refused"] += 1
    assert sum(counts.values()) > 500 and counts["refused"] <= sum(counts.values()) / 100, counts


# ---------------------------------------------------------------- wider than a column


def test_a_wide_formula_is_divided_before_its_signs_and_keeps_to_the_column() -> None:
    tex = "y = " + "+".join(rf"\beta_{{{n}}} (x_{{{n}}} - 1)" for n in range(8))
    whole, narrow = draw(tex, 10, True), draw(tex, 10, True, room_pt=200)
    assert whole.width_pt > 300 and narrow.width_pt <= 200
    assert narrow.height_pt > 1.8 * whole.height_pt
    assert narrow.alt == whole.alt
    assert draw(tex, 10, True, room_pt=whole.width_pt + 1) == whole


@pytest.mark.parametrize(
    ("tex", "room", "lines"),
    [
        ("y = a + b - c", 6, ["y|=a+b", "−c"]),
        ("y = a + b - c", 7, None),
        ("y = a = b = c", 4, ["y|=a", "=b", "=c"]),
        ("a + (b + c) + d", 8, ["a+(b+c)", "+d"]),
        ("a + (b + c) + d", 6, None),
        ("-a = -b - c", 5, ["−a|=−b", "−c"]),
        ("abcdefgh = b + c", 9, ["abcdefgh", "=b+c"]),
        ("abcdefghijklmnopqrst", 9, None),
        (r"\begin{aligned} a &= bbbbbbbbbbbb \end{aligned}", 9, None),
    ],
)
def test_where_it_is_divided(tex: str, room: float, lines: list[str] | None) -> None:
    """At a relation or an operator, never in brackets, where that helps; the lines stand below the first relation."""

    def shown(node: Node) -> str:
        return linear(node).replace(" ", "")

    tree = parse(tex)
    found = divided(tree, room, lambda node: float(len(shown(node))))
    if lines is None:
        assert found == tree
    else:
        (grid,) = found.items
        assert isinstance(grid, Grid)
        assert ["|".join(filter(None, map(shown, row))) for row in grid.rows] == lines
