# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The formulas of Word (OMML, ISO/IEC 29500-1, 22.1) → LaTeX; what has no LaTeX keeps its characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanyin.readers.mathml import ACCENTS, signs

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FUNCTIONS = frozenset({"sin", "cos", "tan", "log", "ln", "exp", "lim", "max", "min"})


def latex(node: Element) -> str:
    """The formula of an `oMath` element."""
    return "".join(_one(child) for child in node).strip()


def _one(node: Element) -> str:
    if not node.tag.startswith(MATH):
        return signs("".join(node.itertext()))
    match node.tag.removeprefix(MATH):
        case "r":
            return _run(node)
        case "f":
            name = "binom" if _property(node, "fPr", "type") == "noBar" else "frac"
            return rf"\{name}{_group(node, 'num')}{_group(node, 'den')}"
        case "sSup":
            return _base(node) + "^" + _group(node, "sup")
        case "sSub":
            return _base(node) + "_" + _group(node, "sub")
        case "sSubSup":
            return f"{_base(node)}_{_group(node, 'sub')}^{_group(node, 'sup')}"
        case "sPre":
            return f"{{}}_{_group(node, 'sub')}^{_group(node, 'sup')}{_base(node)}"
        case "rad":
            degree = _part(node, "deg")
            return rf"\sqrt[{degree}]{_group(node, 'e')}" if degree else rf"\sqrt{_group(node, 'e')}"
        case "nary":
            sign = _property(node, "naryPr", "chr") or "∫"
            limits = "".join(
                f"{mark}{{{part}}}" for mark, part in (("_", _part(node, "sub")), ("^", _part(node, "sup"))) if part
            )
            return f"{sign}{limits}{_group(node, 'e')}"
        case "d":
            return _delimited(node)
        case "acc" | "bar":
            mark = _property(node, "accPr", "chr") or ("‾" if node.tag.endswith("bar") else "̂")
            return rf"\{ACCENTS.get(mark, 'overline')}{_group(node, 'e')}"
        case "limLow":
            return f"{_part(node, 'e')}_{_group(node, 'lim')}"
        case "limUpp":
            return rf"\overset{_group(node, 'lim')}{_group(node, 'e')}"
        case "func":
            return f"{_part(node, 'fName')}{_group(node, 'e')}"
        case "m":
            rows = [" & ".join(latex(cell) for cell in row.findall(f"{MATH}e")) for row in node.findall(f"{MATH}mr")]
            return r"\begin{matrix}" + r" \\ ".join(rows) + r"\end{matrix}"
        case "eqArr":
            return r"\begin{matrix}" + r" \\ ".join(latex(e) for e in node.findall(f"{MATH}e")) + r"\end{matrix}"
        case name if name.endswith("Pr"):
            return ""
        case _:
            return latex(node)


def _run(node: Element) -> str:
    text = "".join(t.text or "" for t in node.iter() if t.tag.endswith("}t"))
    if text.strip() in _FUNCTIONS:
        return rf"\{text.strip()} "
    plain = node.find(f"{MATH}rPr/{MATH}nor") is not None or _property(node, "rPr", "sty") == "p"
    if plain and any(char.isalpha() for char in text):
        return rf"\mathrm{{{signs(text)}}}" if text.isalpha() else rf"\text{{{signs(text)}}}"
    return signs(text)


def _delimited(node: Element) -> str:
    opened, closed = (_property(node, "dPr", name) for name in ("begChr", "endChr"))
    parts = [latex(part) for part in node.findall(f"{MATH}e")]
    return signs(_sign(node, "begChr", opened, "(")) + "|".join(parts) + signs(_sign(node, "endChr", closed, ")"))


def _sign(node: Element, name: str, value: str, default: str) -> str:
    """A delimiter that is set to nothing is nothing; one that is not set is a parenthesis."""
    return value if node.find(f"{MATH}dPr/{MATH}{name}") is not None else default


def _part(node: Element, name: str) -> str:
    found = node.find(MATH + name)
    return latex(found) if found is not None else ""


def _group(node: Element, name: str) -> str:
    return f"{{{_part(node, name)}}}"


def _base(node: Element) -> str:
    base = _part(node, "e")
    return base if len(base) == 1 else f"{{{base}}}"


def _property(node: Element, group: str, name: str) -> str:
    found = node.find(f"{MATH}{group}/{MATH}{name}")
    return found.get(f"{MATH}val", "") if found is not None else ""
