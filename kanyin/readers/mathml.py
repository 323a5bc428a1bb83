# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""MathML (presentation) → LaTeX, as far as formulas of journals go; what has no LaTeX keeps its characters."""

from __future__ import annotations

import re

from kanyin.readers.xmltree import Chars, Node

ACCENTS = {
    "¯": "overline", "‾": "overline", "̅": "overline", "^": "hat", "̂": "hat", "ˆ": "hat", "~": "tilde", "˜": "tilde",
    "→": "vec", "⃗": "vec", "˙": "dot", "¨": "ddot", "ˇ": "check", "˘": "breve",
}  # fmt: skip
_UNDER = {"_": "underline", "¯": "underline", "‾": "underline", "̲": "underline", "⏟": "underbrace"}
_OVER = {"⏞": "overbrace"}
_VARIANTS = {
    "normal": "mathrm", "bold": "mathbf", "bold-italic": "boldsymbol", "script": "mathcal", "double-struck": "mathbb",
    "fraktur": "mathfrak", "sans-serif": "mathsf", "monospace": "mathtt",
}  # fmt: skip
_SPECIAL = {"{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "&": r"\&", "_": r"\_", "$": r"\$", "\\": r"\backslash "}
# they take their limits above and below, so that a script is a limit already
_LARGE = frozenset("∑∏∐⋂⋃⋁⋀⨁⨂∫∬∭∮") | {"lim", "max", "min", "sup", "inf", "log", "exp", "sin", "cos", "tan", "ln"}
_INVISIBLE = re.compile("[\u2061-\u2064\u200b]")


def latex(math: Node) -> str:
    """The formula of a `math` element, on one line."""
    return re.sub(r"[ ]{2,}", " ", _all(math)).strip()


def _all(node: Node) -> str:
    """The children one after another; stray characters among them are kept."""
    made = []
    for child in node.children:
        if isinstance(child, Chars):
            child.taken = True
            made.append(signs(child.value.strip()))
        else:
            made.append(_one(child))
    return "".join(made)


def _one(node: Node) -> str:
    args = node.nodes
    match node.name:
        case "mi" | "mn" | "mo":
            return _token(node)
        case "mtext" | "ms":
            words = _words(node, strip=False)
            return rf"\text{{{signs(words)}}}" if words.strip() else r"\ " * bool(words)
        case "mspace":
            return r"\quad " if re.match(r"(?:0\.[5-9]|[1-9])", node.get("width")) else r"\ "
        case "mfrac" if len(args) == 2:
            name = "binom" if node.get("linethickness") in ("0", "0pt") else "frac"
            return rf"\{name}{_group(args[0])}{_group(args[1])}"
        case "msqrt":
            return rf"\sqrt{{{_all(node)}}}"
        case "mroot" if len(args) == 2:
            return rf"\sqrt[{_one(args[1])}]{_group(args[0])}"
        case "msub" | "msup" | "msubsup" if len(args) == (3 if node.name == "msubsup" else 2):
            marks = {"msub": "_", "msup": "^", "msubsup": "_^"}[node.name]
            return _base(args[0]) + "".join(mark + _group(arg) for mark, arg in zip(marks, args[1:], strict=True))
        case "munder" | "mover" | "munderover" if len(args) == (3 if node.name == "munderover" else 2):
            return _stacked(node.name, args)
        case "mmultiscripts":
            return _multiscripts(args)
        case "mtable":
            rows = [" & ".join(_all(cell) for cell in row.nodes) for row in node.all("mtr", "mlabeledtr")]
            return r"\begin{matrix}" + r" \\ ".join(rows) + r"\end{matrix}"
        case "mfenced":
            inner = (node.get("separators") or ",")[:1].join(_one(arg) for arg in args)
            return _fence(node.attrs.get("open", "(")) + inner + _fence(node.attrs.get("close", ")"))
        case "semantics":
            tex = next((a for a in node.all("annotation") if "tex" in a.get("encoding").lower()), None)
            if tex is not None:
                for run in node.chars():
                    run.taken = True
                return tex.text().strip()
            return "".join(_one(arg) for arg in args if arg.name not in ("annotation", "annotation-xml"))
        case "mphantom" | "maligngroup" | "malignmark" | "none" | "mprescripts":
            for run in node.chars():
                run.taken = True
            return ""
        case _:
            return _all(node)


def _token(node: Node) -> str:
    value = _INVISIBLE.sub("", _words(node))
    shown = signs(value)
    variant = _VARIANTS.get(node.get("mathvariant"), "")
    if variant and (variant != "mathrm" or node.name == "mi"):
        return rf"\{variant}{{{shown}}}"
    if node.name == "mi" and len(value) > 1:
        return (
            rf"\{value} "
            if value in ("sin", "cos", "tan", "log", "ln", "exp", "lim", "max", "min")
            else rf"\mathrm{{{shown}}}"
        )
    # a bar beside another sign is read as a fence by nobody; a word as an operator stands upright
    return (
        rf"\mathrm{{{shown}}}"
        if node.name == "mo" and value.isalpha() and value.isascii() and len(value) > 1
        else shown
    )


def _words(node: Node, *, strip: bool = True) -> str:
    text = re.sub(r"\s+", " ", node.text())
    return text.strip() if strip else text


def signs(value: str) -> str:
    return "".join(_SPECIAL.get(char, char) for char in value)


def _group(node: Node) -> str:
    return f"{{{_one(node)}}}"


def _base(node: Node) -> str:
    return _one(node) if node.name in ("mi", "mn", "mo") else _group(node)


def _stacked(name: str, args: list[Node]) -> str:
    mark = "".join(run.value for run in args[1].chars()).strip()
    word = "".join(run.value for run in args[0].chars()).strip()
    if name == "mover" and mark in ACCENTS | _OVER:
        args[1].text()
        return rf"\{(ACCENTS | _OVER)[mark]}{_group(args[0])}"
    if name == "munder" and mark in _UNDER:
        args[1].text()
        return rf"\{_UNDER[mark]}{_group(args[0])}"
    base = _base(args[0])
    if word in _LARGE:
        scripts = {"munder": "_", "mover": "^", "munderover": "_^"}[name]
        return base + "".join(script + _group(arg) for script, arg in zip(scripts, args[1:], strict=True))
    if name == "munderover":
        return rf"\overset{_group(args[2])}{{\underset{_group(args[1])}{_group(args[0])}}}"
    return rf"\{'underset' if name == 'munder' else 'overset'}{_group(args[1])}{_group(args[0])}"


def _multiscripts(args: list[Node]) -> str:
    """Scripts behind the base come in pairs; those behind `mprescripts` stand before it."""
    if not args:
        return ""
    cut = next((i for i, arg in enumerate(args) if arg.name == "mprescripts"), len(args))
    behind, before = args[1:cut], args[cut + 1 :]
    return "{}" * bool(before) + _pairs(before) + _base(args[0]) + _pairs(behind)


def _pairs(scripts: list[Node]) -> str:
    made = "".join(("_", "^")[i % 2] + _group(script) for i, script in enumerate(scripts) if script.name != "none")
    return made


def _fence(sign: str) -> str:
    return signs(sign.strip())
