# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The subset of LaTeX mathematics that is accepted, read into a small tree.

One reading serves all uses: whether a formula can be set as text, what a voice says, and whether it is safe to hand to
the drawing library, which knows no limits of its own. Commands are accepted by name; whatever is not known is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kanyin.findings import RenderError, finding
from kanyin.typeset.texnames import (
    ACCENTS,
    BIG,
    ENVIRONMENTS,
    FENCES,
    FONTS,
    FRACTIONS,
    FUNCTIONS,
    IGNORED,
    SPACES,
    SWITCHES,
    SYMBOLS,
    TEXTS,
)
from kanyin.typeset.texnodes import (
    Accent,
    Fence,
    Font,
    Frac,
    Grid,
    Node,
    Root,
    Row,
    Script,
    Space,
    Stack,
    Sym,
    Words,
)

MAX_LENGTH = 2000
MAX_DEPTH = 24

_TOKEN = re.compile(r"\\(?:[a-zA-Z]+\*?|.|$)|[{}^_&]|\s+|.", re.DOTALL)
# Commands with a star of their own; for any other the star is a character.
_STARRED = frozenset({r"\operatorname*"})


def parse(tex: str) -> Row:
    """Read a formula. Raises RenderError with FORMULA-SYNTAX, FORMULA-COMMAND or FORMULA-LIMIT."""
    if len(tex) > MAX_LENGTH:
        raise RenderError(finding("FORMULA-LIMIT", what="字符数 / characters", limit=MAX_LENGTH))
    reader = _Reader(tex)
    row = reader.row(())
    if not reader.done:
        reader.fail("} 多余 / extra }" if reader.peek() == "}" else f"{reader.peek()} 位置不对 / misplaced")
    return row


@dataclass
class _Reader:
    tex: str
    tokens: list[str] = field(default_factory=list)
    at: int = 0
    depth: int = 0
    font: Font = ""

    def __post_init__(self) -> None:
        for token in _TOKEN.findall(self.tex):
            if token.endswith("*") and len(token) > 1 and token not in _STARRED:
                self.tokens += [token[:-1], "*"]
            else:
                self.tokens.append(token)

    @property
    def done(self) -> bool:
        return self.at >= len(self.tokens)

    def fail(self, problem: str) -> None:
        raise RenderError(finding("FORMULA-SYNTAX", tex=self.tex, problem=problem))

    def peek(self) -> str:
        return "" if self.done else self.tokens[self.at]

    def take(self) -> str:
        token = self.peek()
        self.at += 1
        return token

    def skip(self) -> str:
        """The next token that is not white space, which stays."""
        while self.peek().isspace():
            self.at += 1
        return self.peek()

    def row(self, stops: tuple[str, ...]) -> Row:
        """Everything up to one of `stops`, a closing brace or the end; none of these is taken."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise RenderError(finding("FORMULA-LIMIT", what="嵌套层数 / levels of nesting", limit=MAX_DEPTH))
        font, items = self.font, list[Node]()
        while not self.done:
            token = self.skip()
            if not token or token == "}" or token in stops:
                break
            if token in ("^", "_", "'"):
                self._script(items)
            elif token in (r"\over", r"\choose", r"\atop"):
                self.take()
                bottom = self.row(stops)
                items = [Frac(Row(tuple(items)), bottom, binom=token != r"\over")]
            elif (node := self.atom()) is not None:
                items.append(node)
        self.font = font
        self.depth -= 1
        return Row(tuple(items))

    def _script(self, items: list[Node]) -> None:
        token = self.take()
        last = items.pop() if items and not isinstance(items[-1], Space) else Row(())
        base, sub, sup = (last.base, last.sub, last.sup) if isinstance(last, Script) else (last, None, None)
        if token == "'":
            sup = Row((sup, Sym("′"))) if sup else Sym("′")
        elif token == "^":
            if sup is not None and not (isinstance(sup, Sym) and sup.text == "′"):
                self.fail("两个上标相连 / two superscripts in a row")
            more = self.argument()
            sup = Row((sup, more)) if sup else more
        else:
            if sub is not None:
                self.fail("两个下标相连 / two subscripts in a row")
            sub = self.argument()
        items.append(Script(base, sub, sup))

    def argument(self) -> Node:
        """What a command or a script takes: a group or a single atom."""
        token = self.skip()
        if token in ("", "}", "&", "^", "_"):
            self.fail("缺少内容 / something is missing at the end" if not token else f"{token} 之前缺少内容")
        if token == "{":
            return self.group()
        node = self.atom()
        return node if node is not None else Row(())

    def group(self) -> Row:
        if self.skip() != "{":
            self.fail("缺少 { / a { is missing")
        self.take()
        row = self.row(())
        if self.take() != "}":
            self.fail("缺少 } / a } is missing")
        return row

    def raw(self) -> str:
        """The characters of a group, as typed."""
        if self.skip() != "{":
            return self.take()
        self.take()
        out, open_ = list[str](), 1
        while not self.done:
            token = self.take()
            open_ += (token == "{") - (token == "}")
            if not open_:
                return "".join(out)
            out.append(token)
        self.fail("缺少 } / a } is missing")
        return ""

    def atom(self) -> Node | None:
        """One thing; None for a command that prints nothing."""
        token = self.skip()
        if token == "{":
            return self.group()
        self.take()
        if token == "&":
            self.fail("& 只能用在矩阵和对齐中 / & belongs into a matrix")
        if token == "~":
            return Space()
        if not token.startswith("\\"):
            return Sym("−" if token == "-" else token, self.font)
        return self._command(token)

    def _command(self, token: str) -> Node | None:
        if token in SYMBOLS:
            return Sym(SYMBOLS[token], self.font)
        if token in BIG:
            return Sym(BIG[token], big=True)
        if token in FUNCTIONS:
            return Sym(FUNCTIONS[token], "rm")
        if token in SPACES:
            return Space(SPACES[token]) if SPACES[token] else None
        if token in SWITCHES:
            self.font = SWITCHES[token]
            return None
        if token in FONTS:
            return self._fonted(FONTS[token])
        if token in TEXTS:
            return self._text(token)
        if token in ACCENTS:
            mark, wide = ACCENTS[token]
            return Accent(mark, self.argument(), wide)
        if token in FRACTIONS:
            return Frac(self.argument(), self.argument(), "binom" in token, FRACTIONS[token])
        if token in IGNORED:
            if IGNORED[token]:
                self.argument()
            return None
        return self._structure(token)

    def _structure(self, token: str) -> Node | None:
        if token == r"\sqrt":
            index: Node | None = None
            if self.skip() == "[":
                self.take()
                index = self.row(("]",))
                if self.take() != "]":
                    self.fail("缺少 ] / a ] is missing")
            return Root(self.argument(), index)
        if token in (r"\overset", r"\stackrel", r"\underset"):
            other, base = self.argument(), self.argument()
            if token != r"\underset" and _is_dash(other):
                return Accent("\u0304", base)  # \stackrel{-}{x} is how converters write a bar
            return Stack(base, other, below=token == r"\underset")
        if token == r"\left":
            left = self._fence()
            body = self.row((r"\right",))
            if self.take() != r"\right":
                self.fail(r"\left 没有对应的 \right / \left without \right")
            return Fence(left, body, self._fence())
        if token == r"\begin":
            return self._environment()
        if token in ("\\", r"\\"):
            return Space()  # a backslash before a line's end is a blank in TeX; a line break in a line is one here
        raise RenderError(finding("FORMULA-COMMAND", tex=self.tex, command=token))

    def _fonted(self, font: Font) -> Node:
        outer, self.font = self.font, font
        node = self.argument()
        self.font = outer
        return node

    def _text(self, token: str) -> Node:
        raw = self.raw()
        if "\\" in raw:
            # mathematics inside words: read it as such, upright
            inner = _Reader(raw, depth=self.depth, font=TEXTS[token][0])
            node: Node = inner.row(())
            if not inner.done:
                self.fail("文字中有多余的记号 / a stray mark inside words")
        else:
            node = Words(" ".join(raw.replace("{", "").replace("}", "").replace("$", "").split(" ")), TEXTS[token][0])
        where = TEXTS[token][1]
        return Script(Row(()), sup=node) if where == "sup" else Script(Row(()), sub=node) if where == "sub" else node

    def _fence(self) -> str:
        token = self.skip()
        self.take()
        if token == ".":
            return ""
        mark = FENCES.get(token, token if token in "()[]|/<>" else "")
        if not mark:
            self.fail(f"{token or '末尾'} 不能作括号 / is no bracket")
        return mark

    def _environment(self) -> Node:
        name = self.raw().strip()
        if name not in ENVIRONMENTS:
            raise RenderError(finding("FORMULA-COMMAND", tex=self.tex, command=rf"\begin{{{name}}}"))
        if name == "array":
            self.raw()
        rows: list[list[Node]] = [[]]
        while True:
            rows[-1].append(self.row(("&", r"\\", r"\end")))
            mark = self.take()
            if mark == r"\\":
                rows.append([])
            elif mark == r"\end":
                break
            elif mark != "&":
                self.fail(rf"\begin{{{name}}} 没有结束 / is not ended")
        if self.raw().strip() != name:
            self.fail(rf"\begin{{{name}}} 与 \end 不符 / and \end do not match")
        return Grid(name, tuple(tuple(row) for row in rows if row != [Row(())]))


def _is_dash(node: Node) -> bool:
    while isinstance(node, Row) and len(node.items) == 1:
        node = node.items[0]
    return isinstance(node, Sym) and node.text in ("−", "-", "—", "_", "¯")
