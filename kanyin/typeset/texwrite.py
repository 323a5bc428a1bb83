# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A formula's tree written out: as a line of Unicode for a voice, and as plain LaTeX for the drawing library."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kanyin.typeset.names import HAN
from kanyin.typeset.texnames import ACCENTS, BIG, ENVIRONMENTS, FUNCTIONS, SYMBOLS
from kanyin.typeset.texnodes import Accent, Fence, Frac, Grid, Node, Root, Row, Script, Space, Stack, Sym, Words

RELATIONS = frozenset("=<>≤≥⩽⩾≠≪≫≡∼≃≈≅∝∈∉⊂⊆⊃⊇→←↔⇒⇐⇔⟶⇌↦＝＜＞")
OPERATORS = frozenset("+−±∓×÷∪∩∧∨⊕⊗")

_RAISED = dict(zip("0123456789+−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+−=()aeijknmoptx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢⱼₖₙₘₒₚₜₓ", strict=True))


# ---------------------------------------------------------------- a line for the ear


def linear(node: Node) -> str:
    """One line of Unicode that reads aloud sensibly: x̄ ± s, χ², β = 0.52, (a + b)/(c), √(x)."""
    return re.sub(r"[ \u00a0]+", " ", _line(node)).strip()


def _line(node: Node) -> str:
    match node:
        case Sym(text) | Words(text):
            return text
        case Space():
            return " "
        case Row(items):
            return "".join(_spaced(items))
        case Script(base, sub, sup):
            return _line(base) + _script(sub, _LOWERED, "_") + _script(sup, _RAISED, "^")
        case Accent(mark, base):
            inner = _line(base)
            return inner + mark if len(inner) == 1 else "".join(c + mark for c in inner if not c.isspace())
        case Frac(top, bottom, binom):
            return f"C({linear(top)}, {linear(bottom)})" if binom else f"{_bracketed(top)}/{_bracketed(bottom)}"
        case Root(body, index):
            order = {"": "√", "3": "∛", "4": "∜"}
            name = linear(index) if index else ""
            return order.get(name, f"({name})√") + f"({linear(body)})"
        case Stack(base, other, below):
            return f"{linear(base)}{'_' if below else '^'}({linear(other)})"
        case Fence(left, body, right):
            return left + linear(body) + right
        case Grid(name, rows):
            left, right = ENVIRONMENTS[name]
            return left + "; ".join(", ".join(linear(cell) for cell in row).strip(" ,") for row in rows) + right


def _spaced(items: Iterable[Node]) -> Iterable[str]:
    """Blanks around relations and operators; a sign with nothing before it keeps none."""
    before = ""
    for item in items:
        text = _line(item)
        core = _bare(item)
        if core in RELATIONS or (
            core in OPERATORS and before and before not in RELATIONS and before not in OPERATORS and before not in "(["
        ):
            text = f" {text} "
        elif isinstance(item, Sym) and len(core) > 1:
            text = f" {text} "  # the name of a function
        if core == "," and not before.isdigit():
            text = ", "
        yield text
        if text.strip():
            before = core or text.strip()[-1:]


def _bare(node: Node) -> str:
    while isinstance(node, Row) and len(node.items) == 1:
        node = node.items[0]
    return node.text if isinstance(node, Sym) else ""


def _script(node: Node | None, small: dict[str, str], sign: str) -> str:
    if node is None or not (text := linear(node)):
        return ""
    tight = text.replace(" ", "")
    if all(c in small for c in tight):
        return "".join(small[c] for c in tight)
    if sign == "^" and set(tight) <= set("′*∗°∘†‡§#"):
        return tight.replace("∘", "°")
    return f"{sign}{tight}" if len(tight) == 1 else f"{sign}({text})"


def _bracketed(node: Node) -> str:
    text = linear(node)
    return text if re.fullmatch(r"[\w.%]+[′²³]?", text) else f"({text})"


# ---------------------------------------------------------------- plain LaTeX


_COMMANDS = {char: name for name, char in reversed([*SYMBOLS.items(), *BIG.items(), *FUNCTIONS.items()])}
_MARKS = {mark: name for name, mark in reversed([*ACCENTS.items()])}
_FONT = {
    "rm": r"\mathrm",
    "it": r"\mathit",
    "bf": r"\mathbf",
    "bb": r"\mathbb",
    "cal": r"\mathcal",
    "frak": r"\mathfrak",
}
_WORDS = {"it": r"\textit", "bf": r"\textbf"}


def latex(node: Node) -> str:
    """The tree as LaTeX of the plainest kind: no macros of the author, no groups that do nothing."""
    match node:
        case Sym(text, font):
            return _symbol(text, font)
        case Space(command):
            return command
        case Words(text, font):
            return _words(text, font)
        case Row(items):
            return " ".join(latex(item) for item in items)
        case Script(base, sub, sup):
            low = f"_{{{latex(sub)}}}" if sub else ""
            high = f"^{{{latex(sup)}}}" if sup else ""
            inner = latex(base)
            return (inner if isinstance(base, Sym) and inner else f"{{{inner}}}") + low + high
        case Accent(mark, base, wide):
            return f"{_MARKS[mark, wide]}{{{latex(base)}}}"
        case Frac(top, bottom, binom, size):
            return rf"\{'' if binom else size}{'binom' if binom else 'frac'}{{{latex(top)}}}{{{latex(bottom)}}}"
        case Root(body, index):
            return r"\sqrt" + (f"[{latex(index)}]" if index else "") + f"{{{latex(body)}}}"
        case Stack(base, other, below):
            return rf"\{'underset' if below else 'overset'}{{{latex(other)}}}{{{latex(base)}}}"
        case Fence(left, body, right):
            return rf"\left{_fence(left)} {latex(body)} \right{_fence(right)}"
        case Grid(name, rows):
            columns = f"{{{'c' * max(map(len, rows), default=1)}}}" if name == "array" else ""
            lines = r" \\ ".join(" & ".join(latex(cell) for cell in row) for row in rows)
            return rf"\begin{{{name}}}{columns} {lines} \end{{{name}}}"


def _symbol(text: str, font: str) -> str:
    if HAN.search(text):
        return rf"\textbf{{{text}}}"  # Han characters come from the font that is given for bold text
    if text == "−":
        return "-"
    if text == "|":
        return text  # by its name it would grow as tall as the whole formula
    if text in FUNCTIONS.values():
        return "\\" + text if "\\" + text in FUNCTIONS else text
    shown = _COMMANDS.get(text, text)
    if font and text.isalnum() and text.isascii():
        return f"{_FONT[font]} {{{shown}}}"
    return shown


def _words(text: str, font: str) -> str:
    parts = re.split(f"({HAN.pattern}+)", text)
    out = []
    for part in parts:
        if HAN.search(part):
            out.append(rf"\textbf{{{part}}}")
        elif part:
            out.append(_WORDS.get(font, r"\text") + f"{{{part}}}")
    return " ".join(out)


def _fence(mark: str) -> str:
    return "." if not mark else _COMMANDS.get(mark, mark)


def cost(node: Node, level: int = 0) -> int:
    """What drawing will cost: the library's work doubles with every level of nesting."""
    match node:
        case Row(items):
            return sum(cost(item, level) for item in items)
        case Script(base, sub, sup):
            return cost(base, level + 1) + sum(cost(part, level + 1) for part in (sub, sup) if part)
        case Accent(_, base):
            return cost(base, level + 1)
        case Frac(a, b) | Stack(a, b):
            return cost(a, level + 1) + cost(b, level + 1)
        case Root(body, index):
            return cost(body, level + 1) + (cost(index, level + 1) if index else 0)
        case Fence(_, body, _):
            return (2 << level) + cost(body, level + 1)
        case Grid(_, rows):
            return sum(cost(cell, level + 2) for row in rows for cell in row)
        case Words(text):
            return len(text) << level
    return 1 << level
