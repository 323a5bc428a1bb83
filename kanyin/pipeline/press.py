# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Pages on their way to the press: made into a press file, examined, and only then allowed to call themselves one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kanyin.config.job import Places
from kanyin.config.layout import LayoutSpec
from kanyin.findings import ConformanceError
from kanyin.pdf.metadata import Claims
from kanyin.pipeline.deliver import Made, sheets_target
from kanyin.pipeline.outcome import has_errors

if TYPE_CHECKING:  # what only a press file needs is imported where one is made
    from kanyin.tools.profiles import Intent


def intent_of(layout: LayoutSpec, places: Places) -> Intent:
    """The printing condition of a layout. Raises ToolError when the default's profile is missing, UsageError."""
    from kanyin.tools.profiles import default_intent, own_intent

    own = layout.press.profile
    if own is None:
        return default_intent(places.rights.parent)
    path = layout.root / own.file
    return own_intent(path, layout.where, identifier=own.identifier, info=own.info, registry=own.registry)


def pressed(data: bytes, name: str, layout: LayoutSpec, places: Places) -> tuple[bytes, Claims]:
    """The press file of written pages, and the claim it may make. Raises ConformanceError when it may make none."""
    from kanyin.pdf.press import for_press
    from kanyin.preflight.pdfx import examine

    made = for_press(data, layout.press, intent_of(layout, places))
    found = examine(made, name, claimed=False)
    if has_errors(found):
        raise ConformanceError(*found)
    return made, Claims(x="PDF/X-4")


def imposed(data: bytes, made: Made, layout: LayoutSpec) -> Made:
    """With printer's sheets where the job asks for them. Raises ConformanceError when a notice is lost on them."""
    job = made.job
    if job.impose is None:
        return made
    from kanyin.pdf.impose import plan
    from kanyin.pdf.impose_write import sheets
    from kanyin.preflight.sheets import lost

    mm = 72 / 25.4
    bleed = layout.press.bleed * mm
    size = layout.paper.width * mm, layout.paper.height * mm
    sides = plan(made.pages.count, job.impose, size, bleed)
    written = sheets(data, sides, bleed, title=made.permits[0].work, fonts=job.places.fonts)
    places = [(n, slot.page, slot.trim, slot.turned) for n, side in enumerate(sides, start=1) for slot in side.slots]
    name, notice = str(sheets_target(job)), made.permits[0].notice
    if found := lost(written, data, name, notice, fonts=job.places.fonts, places=places):
        raise ConformanceError(*found)
    return replace(made, sheets=written, sides=len(sides))
