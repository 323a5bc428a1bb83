# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The notice can be seen: its ink is there, dark, and nothing may come to lie over it."""

from __future__ import annotations

from collections.abc import Iterator

from kanyin.findings import Finding, Where, finding
from kanyin.preflight.facts import Box, Facts
from kanyin.preflight.notice_text import faulty
from kanyin.preflight.registry import check
from kanyin.preflight.sight import CONTRAST, broken, last


@check("VERIFY-NOTICE-INK")
def ink(facts: Facts) -> Iterator[Finding]:
    for page, printed in faulty(facts, "ink"):
        yield finding("VERIFY-NOTICE-INK", Where(facts.name, page=page.number), char=broken(printed))


@check("VERIFY-NOTICE-CONTRAST")
def contrast(facts: Facts) -> Iterator[Finding]:
    for page, printed in faulty(facts, "contrast"):
        found = f"{min(glyph.contrast for glyph in printed.glyphs):.1f}"
        yield finding("VERIFY-NOTICE-CONTRAST", Where(facts.name, page=page.number), found=found, least=f"{CONTRAST:g}")


@check("VERIFY-ANNOTATION")
def annotation(facts: Facts) -> Iterator[Finding]:
    """An annotation is drawn over the page, and many viewers let it be moved or shown later.

    So only links that draw nothing are let through at all, and none over the lines.
    """
    for flaw in facts.structure.flaws:
        if flaw.code == "VERIFY-ANNOTATION":
            yield finding("VERIFY-ANNOTATION", Where(facts.name, page=flaw.page), kind=flaw.what)
    for page in facts.pages:
        boxes = [found.box for places in page.printed.values() if (found := last(places))]
        for kind, box in page.annotations:
            if any(_meet(box, other) for other in boxes):
                yield finding("VERIFY-ANNOTATION", Where(facts.name, page=page.number), kind=kind)


@check("VERIFY-LAYER")
def layer(facts: Facts) -> Iterator[Finding]:
    """A picture shows the layers in one state only; what another state covers or hides, nobody can prove."""
    names = [flaw.what for flaw in facts.structure.flaws if flaw.code == "VERIFY-LAYER"]
    if names:
        yield finding("VERIFY-LAYER", Where(facts.name), names=", ".join(names))


@check("VERIFY-ACTIVE")
def active(facts: Facts) -> Iterator[Finding]:
    """Scripts, forms and their like change the page when it is opened, clicked or printed."""
    for flaw in facts.drawn:
        if flaw.code == "VERIFY-ACTIVE":
            yield finding("VERIFY-ACTIVE", Where(facts.name), what=flaw.what)


@check("VERIFY-CONTENT")
def content(facts: Facts) -> Iterator[Finding]:
    """Content that viewers and presses draw in different ways."""
    for flaw in facts.drawn:
        if flaw.code == "VERIFY-CONTENT":
            yield finding("VERIFY-CONTENT", Where(facts.name, page=flaw.page), what=flaw.what)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
