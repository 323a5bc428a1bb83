# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""PDF/X-4 (ISO 15930-7:2010), rule by rule, and what a printer asks beyond it.

One function for one permanent code: it looks at the facts of a file and yields findings of its own code. Errors are
breaches of the standard, or of what this house promises its printers; warnings are advice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from kanyin.findings import Finding, SourceError, Where, finding
from kanyin.preflight.facts import Box
from kanyin.preflight.pdfx_facts import OutputIntent, PageFacts, PressFacts
from kanyin.preflight.pdfx_read import read

VERSION = "PDF/X-4"
INK = 330.0
"""Percent on one spot; sheet-fed offset on coated paper takes 300 to 330."""
HAIRLINE = 0.25
"""Points; thinner strokes break up on the plate."""
PPI, LINE_PPI = 300.0, 800.0
"""Pixels an inch for pictures with tones, and for line art."""
SLACK = 0.01
"""Points, or percent, that rounding may take."""

_KINDS = {"text": "文字", "path": "图形", "image": "图像", "shading": "渐变", "mask": "软蒙版"}

Rule = Callable[[PressFacts], Iterator[Finding]]
_RULES: dict[str, Rule] = {}
CLAIMS = {"X4-VERSION", "X4-XMP-MM", "X4-DATES", "X4-TRAPPED", "X4-ID"}
"""What is written together with the claim, so that it cannot be looked for before."""


def examine(data: bytes, name: str, *, claimed: bool = True) -> list[Finding]:
    """Every breach of PDF/X-4 in a file. Without `claimed` the rules are left out that concern the claim itself."""
    try:
        facts = read(data, name)
    except SourceError as error:
        return list(error.findings)
    return [item for code, rule in _RULES.items() if claimed or code not in CLAIMS for item in rule(facts)]


def rules() -> Mapping[str, Rule]:
    """All rules by code, in the order in which they report."""
    return dict(_RULES)


def rule(code: str) -> Callable[[Rule], Rule]:
    def register(function: Rule) -> Rule:
        _RULES[code] = function
        return function

    return register


def _xmp(facts: PressFacts, name: str) -> str:
    return next(iter(facts.xmp.all(name)), "") if facts.xmp else ""


# ---------------------------------------------------------------- the file as a whole


@rule("X4-HEADER")
def header(facts: PressFacts) -> Iterator[Finding]:
    """PDF 1.6; earlier 1.x headers are met in files that conform otherwise."""
    if not re.fullmatch(r"%PDF-1\.[3-6]", facts.header):
        yield finding("X4-HEADER", Where(facts.name), found=facts.header)


@rule("X4-VERSION")
def version(facts: PressFacts) -> Iterator[Finding]:
    if (said := _xmp(facts, "pdfxid:GTS_PDFXVersion")) != VERSION:
        yield finding("X4-VERSION", Where(facts.name), found=said or "-")


@rule("X4-XMP-MM")
def media_management(facts: PressFacts) -> Iterator[Finding]:
    for name in ("xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass"):
        if not _xmp(facts, name):
            yield finding("X4-XMP-MM", Where(facts.name), what=name)


@rule("X4-DATES")
def dates(facts: PressFacts) -> Iterator[Finding]:
    """Creation, change and packet each with a date, and the title: whose file is it, and of when?"""
    for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "dc:title"):
        if not _xmp(facts, name):
            yield finding("X4-DATES", Where(facts.name), what=name)


@rule("X4-TRAPPED")
def trapped(facts: PressFacts) -> Iterator[Finding]:
    """Whether somebody has trapped it already is either true or false, and said alike in both places."""
    said, info = _xmp(facts, "pdf:Trapped"), facts.info.get("Trapped", "")
    if info not in ("True", "False") or said not in ("", info):
        yield finding("X4-TRAPPED", Where(facts.name), found=f"{info or '-'} / {said or '-'}")


@rule("X4-ID")
def identifier(facts: PressFacts) -> Iterator[Finding]:
    if facts.ids != 2:
        yield finding("X4-ID", Where(facts.name))


@rule("X4-ENCRYPTED")
def encrypted(facts: PressFacts) -> Iterator[Finding]:
    if facts.encrypted:
        yield finding("X4-ENCRYPTED", Where(facts.name))


def _present(code: str, what: Callable[[PressFacts], object]) -> None:
    """A rule that something must not be in the file."""

    def run(facts: PressFacts) -> Iterator[Finding]:
        if found := what(facts):
            yield finding(code, Where(facts.name), what=", ".join(found) if isinstance(found, tuple) else "")

    rule(code)(run)


_present("X4-ACTION", lambda facts: facts.actions)
_present("X4-FORM", lambda facts: facts.forms)
_present("X4-POSTSCRIPT", lambda facts: facts.postscript)
_present("X4-OPI", lambda facts: facts.opi)
_present("X4-ALTERNATE", lambda facts: facts.alternates)
_present("X4-EMBEDDED", lambda facts: facts.attachments)
_present("X4-TRANSFER", lambda facts: facts.transfer)
_present("X4-FILTER", lambda facts: tuple(one for one in facts.filters if one in ("/LZWDecode", "/LZW", "/Crypt")))


# ---------------------------------------------------------------- the printing condition


def _intents(facts: PressFacts) -> list[OutputIntent]:
    return [one for one in facts.intents if one.kind == "/GTS_PDFX"]


@rule("X4-INTENT")
def one_intent(facts: PressFacts) -> Iterator[Finding]:
    if len(_intents(facts)) != 1:
        yield finding("X4-INTENT", Where(facts.name), count=len(_intents(facts)))


@rule("X4-INTENT-PROFILE")
def profile(facts: PressFacts) -> Iterator[Finding]:
    """The profile is embedded, is one of an output device, and has as many parts as its stream says."""
    parts = {"GRAY": 1, "RGB": 3, "CMYK": 4}
    for one in _intents(facts):
        kind, space = one.profile if one.profile else ("-", "-")
        if kind != "prtr" or parts.get(space, one.parts) != one.parts:
            yield finding("X4-INTENT-PROFILE", Where(facts.name), found=f"{kind} {space} {one.parts}")


@rule("X4-INTENT-NAME")
def condition(facts: PressFacts) -> Iterator[Finding]:
    """The condition has a name; and words for people, where no registry explains the name."""
    for one in _intents(facts):
        if not one.identifier or not (one.registry or one.info):
            yield finding("X4-INTENT-NAME", Where(facts.name), found=one.identifier or "-")


# ---------------------------------------------------------------- boxes, fonts, annotations


def _inside(inner: Box, outer: Box) -> bool:
    low = inner[0] >= outer[0] - SLACK and inner[1] >= outer[1] - SLACK
    return low and inner[2] <= outer[2] + SLACK and inner[3] <= outer[3] + SLACK


@rule("X4-TRIM")
def trim(facts: PressFacts) -> Iterator[Finding]:
    for page in facts.pages:
        there = [key for key in ("/TrimBox", "/ArtBox") if key in page.boxes]
        if len(there) != 1:
            found = " ".join(there) or "-"
            yield finding("X4-TRIM", Where(facts.name, page=page.number), found=found)


@rule("X4-BOXES")
def boxes(facts: PressFacts) -> Iterator[Finding]:
    """TrimBox (or ArtBox) in BleedBox in MediaBox; a CropBox does not cut into them from outside the media."""
    for page in facts.pages:
        finished = page.boxes.get("/TrimBox", page.boxes.get("/ArtBox"))
        chain = [("/MediaBox", page.boxes["/MediaBox"])]
        chain += [(key, page.boxes[key]) for key in ("/BleedBox",) if key in page.boxes]
        chain += [("/TrimBox", finished)] if finished else []
        pairs = list(zip(chain[1:], chain, strict=False))
        pairs += [(("/CropBox", page.boxes["/CropBox"]), chain[0])] if "/CropBox" in page.boxes else []
        for (inner, box), (outer, around) in pairs:
            if not _inside(box, around):
                yield finding("X4-BOXES", Where(facts.name, page=page.number), inner=inner, outer=outer)


@rule("X4-FONT")
def fonts(facts: PressFacts) -> Iterator[Finding]:
    for page in facts.pages:
        for name, embedded in page.fonts.items():
            if not embedded:
                yield finding("X4-FONT", Where(facts.name, page=page.number), font=name)


@rule("X4-ANNOTATION")
def no_annotations(facts: PressFacts) -> Iterator[Finding]:
    """None lies on what is printed; marks and traps of printers are part of it."""
    for page in facts.pages:
        area = _printed(page)
        for kind, box in page.annotations:
            if kind not in ("PrinterMark", "TrapNet") and _meet(box, area):
                yield finding("X4-ANNOTATION", Where(facts.name, page=page.number), kind=kind)


def _printed(page: PageFacts) -> Box:
    """What is printed of a page and may stay on the paper: the bleed box, else the finished size."""
    return next(page.boxes[key] for key in ("/BleedBox", "/TrimBox", "/ArtBox", "/MediaBox") if key in page.boxes)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


# ---------------------------------------------------------------- colours and pictures


def _allowed(facts: PressFacts) -> set[str]:
    """Device spaces that the printing condition explains; those of a press of four inks where it cannot be read."""
    space = next((one.profile[1] for one in _intents(facts) if one.profile), "CMYK")
    return {"/DeviceGray", {"CMYK": "/DeviceCMYK", "RGB": "/DeviceRGB"}.get(space, "/DeviceGray")}


@rule("X4-COLOUR")
def colour(facts: PressFacts) -> Iterator[Finding]:
    """Nothing in a device space other than the condition's, and no RGB by any other name: this house sends inks."""
    allowed = _allowed(facts)
    for page in facts.pages:
        used: list[tuple[str, str]] = []
        used += [(one.kind, one.space) for one in page.paints]
        used += [("image", one.space) for one in page.pictures if one.space]
        used += [("mask", space) for space in page.masked]
        for kind, space in dict.fromkeys(used):
            base = space.split()[-1] if space.startswith(("/Separation", "/DeviceN")) else space
            if base not in allowed and base not in ("/ICCBased 4", "/ICCBased 1", "/CalGray", "/Pattern"):
                yield finding(
                    "X4-COLOUR", Where(facts.name, page=page.number), kind=kind, kind_zh=_KINDS[kind], space=space
                )


@rule("X4-GROUP")
def groups(facts: PressFacts) -> Iterator[Finding]:
    for page in facts.pages:
        for space in page.groups:
            if space not in _allowed(facts) | {"/ICCBased 4", "/ICCBased 1"}:
                yield finding("X4-GROUP", Where(facts.name, page=page.number), space=space)


@rule("X4-INK")
def ink(facts: PressFacts) -> Iterator[Finding]:
    for page in facts.pages:
        area = _printed(page)
        found = [sum(one.inks) * 100 for one in page.paints if one.box is None or _meet(one.box, area)]
        found += [one.ink for one in page.pictures if _meet(one.box, area)]
        if found and max(found) > INK + SLACK:
            yield finding("X4-INK", Where(facts.name, page=page.number), found=round(max(found)), most=round(INK))


@rule("X4-BLACK")
def black_text(facts: PressFacts) -> Iterator[Finding]:
    """Dark text is printed with one plate: on four, every letter has coloured edges."""
    for page in facts.pages:
        for one in page.paints:
            c, m, y, k = one.inks or (0.0, 0.0, 0.0, 0.0)
            if one.kind == "text" and k > 0.6 and min(c, m, y) > 0.1:
                found = " ".join(f"{v * 100:.0f}" for v in one.inks)
                yield finding("X4-BLACK", Where(facts.name, page=page.number), found=found)


@rule("X4-OVERPRINT")
def overprint(facts: PressFacts) -> Iterator[Finding]:
    """Black text prints over what lies below it; white never does, or it would vanish."""
    for page in facts.pages:
        for one in page.paints:
            black = one.kind == "text" and one.space == "/DeviceCMYK" and one.inks == (0, 0, 0, 1)
            if (black and not one.over) or (one.over and one.inks and not any(one.inks)):
                found = " ".join(f"{v * 100:.0f}" for v in one.inks)
                yield finding("X4-OVERPRINT", Where(facts.name, page=page.number), found=found)


@rule("X4-HAIRLINE")
def hairlines(facts: PressFacts) -> Iterator[Finding]:
    for page in facts.pages:
        thin = [width for width, box in page.lines.items() if _meet_line(box, _printed(page))]
        if thin and min(thin) < HAIRLINE - SLACK:
            yield finding("X4-HAIRLINE", Where(facts.name, page=page.number), width=f"{min(thin):.2f}", least=HAIRLINE)


def _meet_line(box: Box, area: Box) -> bool:
    """A line has no height or no width of its own."""
    return _meet((box[0] - SLACK, box[1] - SLACK, box[2] + SLACK, box[3] + SLACK), area)


@rule("X4-RESOLUTION")
def resolution(facts: PressFacts) -> Iterator[Finding]:
    for page in facts.pages:
        for one in page.pictures:
            least = LINE_PPI if one.bits == 1 else PPI
            if one.ppi < least - 1 and _meet(one.box, _printed(page)):
                args = {"name": one.name, "found": round(one.ppi), "least": round(least)}
                yield finding("X4-RESOLUTION", Where(facts.name, page=page.number), **args)
