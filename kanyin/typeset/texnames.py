# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The names of LaTeX mathematics that kanyin knows, and what each stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "omicron": "ο", "pi": "π", "varpi": "ϖ", "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ",
    "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
    "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω", "varDelta": "Δ", "varGamma": "Γ", "varTheta": "Θ", "varLambda": "Λ", "varXi": "Ξ", "varPi": "Π",
    "varSigma": "Σ", "varPhi": "Φ", "varPsi": "Ψ", "varOmega": "Ω",
}  # fmt: skip
_SIGNS = {
    "pm": "±", "mp": "∓", "times": "×", "div": "÷", "cdot": "·", "ast": "∗", "star": "⋆", "circ": "∘", "bullet": "•",
    "oplus": "⊕", "otimes": "⊗", "cap": "∩", "cup": "∪", "wedge": "∧", "vee": "∨", "land": "∧", "lor": "∨",
    "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "leqslant": "≤", "geqslant": "≥", "lt": "<", "gt": ">", "neq": "≠",
    "ne": "≠", "ll": "≪", "gg": "≫", "equiv": "≡", "sim": "∼", "simeq": "≃", "approx": "≈", "cong": "≅", "propto": "∝",
    "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆", "supset": "⊃", "supseteq": "⊇", "mid": "∣",
    "parallel": "∥", "perp": "⊥", "angle": "∠", "triangle": "△", "bigtriangleup": "△", "square": "□", "Box": "□",
    "to": "→", "rightarrow": "→", "leftarrow": "←", "gets": "←", "leftrightarrow": "↔", "Rightarrow": "⇒",
    "Leftarrow": "⇐", "Leftrightarrow": "⇔", "iff": "⇔", "implies": "⇒", "uparrow": "↑", "downarrow": "↓",
    "longrightarrow": "⟶", "mapsto": "↦", "rightleftharpoons": "⇌", "infty": "∞", "partial": "∂", "nabla": "∇",
    "forall": "∀", "exists": "∃", "emptyset": "∅", "varnothing": "∅", "neg": "¬", "lnot": "¬", "ell": "ℓ", "hbar": "ℏ",
    "Re": "ℜ", "Im": "ℑ", "aleph": "ℵ", "prime": "′",
    "ldots": "…", "dots": "…", "cdots": "⋯", "vdots": "⋮", "ddots": "⋱",
    "therefore": "∴", "because": "∵", "degree": "°", "dag": "†", "dagger": "†", "ddag": "‡", "ddagger": "‡", "S": "§",
    "P": "¶", "copyright": "©", "textregistered": "®", "registered": "®", "texttrademark": "™", "textmu": "μ",
    "micro": "μ", "textdegree": "°", "textcelsius": "℃", "celsius": "℃", "AA": "Å", "angstrom": "Å", "pounds": "£",
    "langle": "⟨", "rangle": "⟩",
    "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "lbrace": "{", "rbrace": "}",
    "lbrack": "[", "rbrack": "]", "vert": "|", "lvert": "|", "rvert": "|", "Vert": "‖", "lVert": "‖", "rVert": "‖",
    "backslash": "\\", "setminus": "∖", "colon": ":", "checkmark": "✓", "surd": "√", "imath": "ı", "jmath": "ȷ",
    "blacksquare": "■", "lozenge": "◊", "diamond": "⋄", "textasciitilde": "~", "sharp": "♯", "top": "⊤", "bot": "⊥",
    "textless": "<", "textgreater": ">", "textbar": "|",
}  # fmt: skip
_ESCAPED = {"%": "%", "&": "&", "#": "#", "$": "$", "_": "_", "{": "{", "}": "}", "|": "‖"}

SYMBOLS: Mapping[str, str] = {"\\" + name: char for name, char in (_GREEK | _SIGNS | _ESCAPED).items()}

BIG: Mapping[str, str] = {
    "\\" + name: char
    for name, char in {
        "sum": "∑", "prod": "∏", "coprod": "∐", "int": "∫", "iint": "∬", "iiint": "∭", "oint": "∮", "bigcup": "⋃",
        "bigcap": "⋂", "bigoplus": "⨁", "bigotimes": "⨂", "bigvee": "⋁", "bigwedge": "⋀",
    }.items()
}  # fmt: skip

_NAMED = (
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp lim sup inf max min det dim ker arg gcd "
    "deg hom Pr"
)
FUNCTIONS: Mapping[str, str] = {"\\" + name: name for name in _NAMED.split()}

# The width of a space, as the plain command for it; negative ones do not print.
SPACES: Mapping[str, str] = {
    **{"\\" + name: r"\;" for name in (";", " ", "\t", "\n", "space", "thickspace")},
    **{"\\" + name: r"\," for name in (",", "thinspace")},
    **{"\\" + name: r"\:" for name in (":", ">", "medspace")},
    r"\enspace": r"\enspace", r"\quad": r"\quad", r"\qquad": r"\qquad", r"\!": "", r"\negthinspace": "",
}  # fmt: skip

_Font = Literal["", "rm", "it", "bf", "bb", "cal", "frak"]

FONTS: Mapping[str, _Font] = {
    r"\mathrm": "rm", r"\mathup": "rm", r"\mathsf": "rm", r"\mathtt": "rm", r"\mathit": "it", r"\mathnormal": "",
    r"\mathbf": "bf", r"\boldsymbol": "bf", r"\bm": "bf", r"\pmb": "bf", r"\mathop": "", r"\mathbin": "",
    r"\mathrel": "", r"\mathord": "", r"\operatorname": "rm", r"\operatorname*": "rm",
    r"\mathbb": "bb", r"\mathcal": "cal", r"\mathscr": "cal", r"\mathfrak": "frak",
}  # fmt: skip
SWITCHES: Mapping[str, _Font] = {r"\rm": "rm", r"\tt": "rm", r"\sf": "rm", r"\it": "it", r"\bf": "bf", r"\cal": "cal"}
# Words: their font, and whether they stand raised or lowered.
TEXTS: Mapping[str, tuple[_Font, str]] = {
    r"\text": ("rm", ""), r"\textrm": ("rm", ""), r"\textup": ("rm", ""), r"\textsf": ("rm", ""),
    r"\texttt": ("rm", ""), r"\textnormal": ("rm", ""), r"\mbox": ("rm", ""), r"\hbox": ("rm", ""),
    r"\textit": ("it", ""), r"\emph": ("it", ""), r"\textbf": ("bf", ""), r"\textsuperscript": ("rm", "sup"),
    r"\textsubscript": ("rm", "sub"),
}  # fmt: skip

# A combining mark, and whether it spans all of what it covers.
ACCENTS: Mapping[str, tuple[str, bool]] = {
    r"\bar": ("\u0304", False), r"\overline": ("\u0305", True), r"\hat": ("\u0302", False),
    r"\widehat": ("\u0302", True), r"\tilde": ("\u0303", False), r"\widetilde": ("\u0303", True),
    r"\dot": ("\u0307", False),
    r"\ddot": ("\u0308", False), r"\vec": ("\u20d7", False), r"\overrightarrow": ("\u20d7", True),
    r"\acute": ("\u0301", False), r"\grave": ("\u0300", False), r"\check": ("\u030c", False),
    r"\breve": ("\u0306", False), r"\mathring": ("\u030a", False), r"\underline": ("\u0332", True),
    r"\overbrace": ("\u23de", True), r"\underbrace": ("\u23df", True),
}  # fmt: skip

_Size = Literal["", "d", "t"]
FRACTIONS: Mapping[str, _Size] = {
    r"\frac": "", r"\dfrac": "d", r"\cfrac": "d", r"\tfrac": "t", r"\binom": "", r"\dbinom": "", r"\tbinom": "",
}  # fmt: skip

# Commands that change nothing here; True if they take an argument that does not print.
_SILENT = (
    "displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag big Big bigg Bigg bigl bigr "
    "Bigl Bigr biggl biggr Biggl Biggr middle relax small large normalsize footnotesize"
)
_SILENT_WITH_ARGUMENT = "phantom hphantom vphantom label"
IGNORED: Mapping[str, bool] = {
    **{"\\" + name: False for name in _SILENT.split()},
    **{"\\" + name: True for name in _SILENT_WITH_ARGUMENT.split()},
}

_BRACKETS = (
    "{ } | langle rangle lfloor rfloor lceil rceil vert Vert lvert rvert lVert rVert lbrace rbrace lbrack rbrack "
    "backslash uparrow downarrow"
)
FENCES: Mapping[str, str] = {"\\" + name: SYMBOLS["\\" + name] for name in _BRACKETS.split()}

ENVIRONMENTS: Mapping[str, tuple[str, str]] = {
    "matrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"), "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"), "smallmatrix": ("", ""), "cases": ("{", ""), "array": ("", ""), "aligned": ("", ""),
    "align": ("", ""), "align*": ("", ""), "split": ("", ""), "gathered": ("", ""),
}  # fmt: skip
