# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Inline content → HTML, with what may not be parted at a line end held together.

No character is ever added, and one alone is changed (a straight apostrophe between letters is printed as ’): a copied
page must read as the source does. What belongs together (number and
unit, symbol and value, word and citation mark) is wrapped in `<span class="nb">`, which the layout sets `nowrap`.
CLREQ 3.1.3 (禁则) and GB/T 15835 name the cases.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kanyin.findings import Finding, KanyinError, Where, finding
from kanyin.model import Footnote, Inline, InlineFormula, LineBreak, Link, Styled, Text, Xref
from kanyin.typeset import citations, formulas

_UNIT = (
    r"(?:mmHg|kPa|Pa|mmol|μmol|nmol|pmol|mol|kcal|kJ|J|kg|mg|μg|ng|pg|g|mm|cm|km|μm|nm|m|ml|mL|μl|μL|dl|dL|L|kU|IU|U"
    r"|kHz|MHz|Hz|kV|mV|V|mA|Gy|mSv|min|ms|s|h|d|bpm|%|％|‰|℃|°C|°)"
)
_GAP = "[ \u00a0\u2009\u202f]"
_NUMBER = rf"\d+(?:[.,]\d+)*(?:{_GAP}\d{{3}}(?!\d))*"
_KEEP = re.compile(
    rf"(?:(?<![A-Za-z0-9])[-−+])?{_NUMBER}(?:%|％)?(?:{_GAP}?[～~–±×/-]{_GAP}?[−+]?{_NUMBER}(?:%|％)?)*"
    rf"(?:{_GAP}?{_UNIT}(?:[/·][A-Za-z0-9μ()·²³]+)*(?![A-Za-z]))?"
    rf"|[)）]{_GAP}{_UNIT}(?![A-Za-z])"
    rf"|(?<![A-Za-z/]){_UNIT}/[A-Za-z0-9²³]+(?![A-Za-z/])"
)
_RELATION = re.compile(rf"[²³₀-₉]?{_GAP}?(?:值)?{_GAP}?[=＝<＜>＞≤≥≈]{_GAP}?[-−+]?{_NUMBER}")
_TAIL = re.compile(r"[A-Za-z0-9.%)\]’-]{1,16}\Z|.\Z", re.DOTALL)
_BREAKABLE = re.compile(rf"{_GAP}|[～~–±×/−-]|[%％‰℃°]")
LABEL = 0.6
"""em: room for a character of a number beside a formula."""
_LONGEST_BOUND = 32  # characters; a longer unbroken run would stand out of a column

_TAGS = {
    "bold": ("<strong>", "</strong>"),
    "italic": ("<i>", "</i>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
    "underline": ("<u>", "</u>"),
    "sc": ('<span class="sc">', "</span>"),
    "code": ("<code>", "</code>"),
}
# A word with an apostrophe, which is set by the Latin face: the ’ of the Han face is as wide as a Han character.
_APOSTROPHE = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-zÀ-ɏ]+)+")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


class Html(str):
    """Finished HTML: a template prints it as it is, while every other string is escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass
class _Atom:
    """A piece of a line. `kind`: text may be split; symbol may be followed by its value; bound stays whole."""

    html: str
    text: str
    kind: str
    parts: int = 1


@dataclass
class Inliner:
    """Sets the inline content of one article; collects findings on the way.

    `numbers` gives citation numbers by reference id, `targets` the ids that exist on the page (a reference to anything
    else is printed without a link), `labels` what to print for a cross reference that brings no text of its own.
    `size_pt` is the size for which formulas are drawn, `room_pt` the width of a column for those on lines of their own
    (0 for any); `prefix` goes before every id: articles can share a file.
    """

    numbers: Mapping[str, int]
    targets: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)
    footnotes: Mapping[str, Footnote] = field(default_factory=dict)
    size_pt: float = 10
    room_pt: float = 0
    prefix: str = ""
    findings: list[Finding] = field(default_factory=list)
    _printed: dict[str, int] = field(default_factory=dict)

    def set(self, content: Sequence[Inline]) -> Html:
        """The content as one string of HTML."""
        atoms: list[_Atom] = []
        for inline in _cited_together(content):
            self._add(inline, atoms)
        return Html("".join(_wrap(a) for a in atoms))

    def anchor(self, name: str) -> str:
        """An id as it stands in the page, ready for an attribute."""
        return _attribute(self.prefix + name)

    def _add(self, inline: Inline, atoms: list[_Atom]) -> None:
        match inline:
            case Text(value):
                _add_text(value, atoms)
            case Styled(style, content, reading):
                self._add_styled(style, content, atoms, reading)
            case Xref(ref_type="bibr"):
                _glue(_Atom(*self._citation(inline), "bound"), atoms)
            case Xref(ref_type="fn"):
                for rid in inline.rids:
                    _glue(_Atom(self._footnote(rid, inline.where), "", "bound"), atoms)
            case Xref():
                atoms.append(self._cross_reference(inline))
            case Link(href, content):
                atoms.append(_Atom(self._link(href, content), plain(content), "plain"))
            case InlineFormula(tex, alt, where):
                self._add_formula(tex, alt, where, atoms)
            case LineBreak():
                atoms.append(_Atom("<br>", "", "plain"))

    def _add_styled(self, style: str, content: Sequence[Inline], atoms: list[_Atom], reading: str) -> None:
        text = plain(content)
        if style == "emphasis":
            # 着重号: which characters get a dot (Han do, marks do not: CLREQ 3.3.2) is known where lines are composed
            atoms.append(_Atom(f'<em class="emphasis">{html.escape(text)}</em>', text, "plain"))
            return
        if style == "ruby":
            atoms.append(_Atom(_ruby(text, reading), text, "plain"))
            return
        before, after = _TAGS[style]
        inner = self._code(content) if style == "code" else self.set(content)
        atom = _Atom(f"{before}{inner}{after}", text, "plain")
        if style == "italic" and len(text) <= 3:
            atom.kind = "symbol"
        if style in ("sup", "sub"):
            _glue(atom, atoms)
        else:
            atoms.append(atom)

    def _code(self, content: Sequence[Inline]) -> str:
        """Code as it was written: what is words elsewhere is characters here."""
        return "".join(html.escape(item.value) if isinstance(item, Text) else self.set((item,)) for item in content)

    def _citation(self, xref: Xref) -> tuple[str, str]:
        known = {self.numbers[r]: r for r in xref.rids if r in self.numbers}
        for rid in xref.rids:
            if rid not in self.numbers:
                self.findings.append(finding("TYPESET-CITATION-UNKNOWN", xref.where, key=rid))
        text = f"[{citations.join(sorted(known))}]" if known else "[?]"

        def linked(match: re.Match[str]) -> str:
            return f'<a href="#{self.anchor("ref-" + known[int(match[0])])}">{match[0]}</a>'

        return f'<sup class="cite">{re.sub("[0-9]+", linked, html.escape(text))}</sup>', text

    def _footnote(self, rid: str, where: Where | None) -> str:
        note = self.footnotes.get(rid)
        if note is None:
            self.findings.append(finding("TYPESET-FOOTNOTE-UNKNOWN", where, id=rid))
            return '<sup class="fn-call">[?]</sup>'
        again = rid in self._printed
        mark = _circled(self._printed.setdefault(rid, len(self._printed) + 1))
        if again:
            return f'<sup class="fn-call"><a href="#{self.anchor(rid)}">{mark}</a></sup>'
        return f'<span class="footnote" id="{self.anchor(rid)}" data-mark="{mark}">{self.set(note.content)}</span>'

    def _cross_reference(self, xref: Xref) -> _Atom:
        text = xref.text or "、".join(self.labels.get(r, r) for r in xref.rids)
        shown = html.escape(text)
        target = xref.rids[0] if xref.rids else ""
        if target in self.targets:
            shown = f'<a href="#{self.anchor(target)}">{shown}</a>'
        return _Atom(shown, text, "bound", parts=2 if len(text) <= 8 else 1)

    def _link(self, href: str, content: Sequence[Inline]) -> str:
        inner = self.set(content)
        if href.startswith("#"):
            return f'<a href="#{self.anchor(href[1:])}">{inner}</a>' if href[1:] in self.targets else inner
        if not _SAFE_LINK.match(href):
            self.findings.append(finding("TYPESET-LINK-SCHEME", None, href=href))
            return inner
        return f'<a href="{_attribute(href)}">{inner}</a>'

    def _add_formula(self, tex: str, alt: str, where: Where | None, atoms: list[_Atom]) -> None:
        simple = formulas.as_text(tex)
        if simple is not None:
            text = plain(simple)
            atoms.append(_Atom(self.set(simple), text, "bound", parts=2 if len(text) <= _LONGEST_BOUND else 1))
            return
        atoms.append(_Atom(self.formula(tex, alt, where, display=False), alt or tex, "plain"))

    def formula(self, tex: str, alt: str, where: Where | None, *, display: bool, beside: str = "") -> str:
        """A drawn formula as an image with a text alternative; TeX that cannot be set is a finding, shown as code.

        `beside` is what stands at the right edge, such as its number: it takes room on both sides of one in the middle.
        """
        room = max(0.0, self.room_pt - 2 * LABEL * self.size_pt * len(beside)) if display else 0.0
        try:
            drawing = formulas.draw(tex, self.size_pt, display, room_pt=room)
        except KanyinError as error:
            self.findings += error.findings
            return f"<code>{html.escape(tex)}</code>"
        data = base64.b64encode(drawing.svg.encode()).decode()
        return (
            f'<img class="math" alt="{_attribute(alt or tex)}" src="data:image/svg+xml;base64,{data}" '
            f'style="width:{drawing.width_pt:.2f}pt;height:{drawing.height_pt:.2f}pt;'
            f'vertical-align:{-drawing.depth_pt:.2f}pt">'
        )


def _cited_together(content: Sequence[Inline]) -> Iterator[Inline]:
    """The content, citations that stand side by side as one: [1][2] is printed [1-2]."""
    cited: Xref | None = None
    for inline in content:
        if isinstance(inline, Xref) and inline.ref_type == "bibr":
            cited = replace(cited, rids=cited.rids + inline.rids) if cited else inline
            continue
        if cited:
            yield cited
            cited = None
        yield inline
    if cited:
        yield cited


def plain(content: Sequence[Inline]) -> str:
    """The bare characters, for titles, alternatives and measuring."""
    found = []
    for inline in content:
        match inline:
            case Text(value):
                found.append(value)
            case Styled(_, inner, _) | Link(_, inner):
                found.append(plain(inner))
            case Xref(ref_type, _, text) if ref_type not in ("bibr", "fn"):
                found.append(text)
            case InlineFormula(tex, alt):
                found.append(alt or tex)
            case _:
                pass
    return "".join(found)


def _add_text(value: str, atoms: list[_Atom]) -> None:
    if atoms and atoms[-1].kind == "symbol" and (head := _RELATION.match(value)):
        atoms[-1].html += html.escape(head[0])
        atoms[-1].text += head[0]
        atoms[-1].parts = 2
        atoms[-1].kind = "bound"
        value = value[head.end() :]
    at = 0
    for match in _KEEP.finditer(value):
        if _BREAKABLE.search(match[0]) and len(match[0]) <= _LONGEST_BOUND and not _in_address(value, match.start()):
            if value[at : match.start()]:
                atoms.append(_text_atom(value[at : match.start()]))
            atoms.append(_Atom(words(match[0]), match[0], "bound", parts=2))
            at = match.end()
    if value[at:]:
        atoms.append(_text_atom(value[at:]))


def _in_address(value: str, at: int) -> bool:
    """Whether the place stands inside a DOI, an address or a code, which has to be able to break."""
    before = value[max(0, at - 1) : at]
    return bool(before) and (before in "/._-:" or (before.isascii() and before.isalpha()))


def _text_atom(value: str) -> _Atom:
    return _Atom(words(value), value, "text")


def words(value: str) -> Html:
    """Text as HTML, words with an apostrophe marked as English."""
    out, at = [], 0
    for found in _APOSTROPHE.finditer(value):
        word = html.escape(found[0].replace("'", "’"))
        out += [html.escape(value[at : found.start()]), f'<span class="western" lang="en">{word}</span>']
        at = found.end()
    return Html("".join([*out, html.escape(value[at:])]))


def _glue(atom: _Atom, atoms: list[_Atom]) -> None:
    """Append an atom so that no line can end between it and the word before it."""
    if not atoms or atoms[-1].html == "<br>":
        atoms.append(atom)
        return
    last = atoms[-1]
    if last.kind == "text" and (tail := _TAIL.search(last.text)):
        atoms.pop()
        if last.text[: tail.start()]:
            atoms.append(_text_atom(last.text[: tail.start()]))
        last = _text_atom(tail[0])
        atoms.append(last)
    if len(last.text) + len(atom.text) > _LONGEST_BOUND:
        atoms.append(atom)
        return
    last.html += atom.html
    last.text += atom.text
    last.parts += 1
    last.kind = "symbol" if last.kind == "symbol" else "bound"


def _ruby(base: str, reading: str) -> str:
    """A base with its reading above it: each character with its own where there is one for each."""
    each = reading.split()
    pairs = list(zip(base, each, strict=True)) if len(each) == len(base) else [(base, reading)]
    inner = "".join(f"{html.escape(low)}<rt>{html.escape(high)}</rt>" for low, high in pairs)
    return f"<ruby>{inner}</ruby>"


def _wrap(atom: _Atom) -> str:
    return f'<span class="nb">{atom.html}</span>' if atom.parts > 1 else atom.html


def _circled(number: int) -> str:
    """① to ⑳, then plain numerals."""
    return chr(0x2460 + number - 1) if number <= 20 else str(number)


def _attribute(value: str) -> str:
    return html.escape(value, quote=True)
