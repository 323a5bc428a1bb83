# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Pages on their way to the press: made into a press file, examined, and only then allowed to call themselves one."""

from __future__ import annotations

from kanyin.config.job import Places
from kanyin.config.layout import LayoutSpec
from kanyin.findings import ConformanceError
from kanyin.pdf.metadata import Claims
from kanyin.pipeline.outcome import has_errors
from kanyin.tools.profiles import Intent, default_intent, own_intent


def intent_of(layout: LayoutSpec, places: Places) -> Intent:
    """The printing condition of a layout. Raises ToolError when the default's profile is missing, UsageError."""
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
