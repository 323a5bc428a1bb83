# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Reference entries in GB/T 7714—2025, GB/T 7714—2015 and the flavour of the medical journals.

One function a shape of entry puts the areas of the standard in order; what the styles differ in is a value
(`kanyin.typeset.types.Style`). The rules and their sources stand in docs/references.md. An entry is set from whatever
is there: missing, unknown or unprinted fields are findings, never a crash and never silence.
"""

from __future__ import annotations

from collections.abc import Sequence

from kanyin.findings import Finding, finding
from kanyin.model import Inlines, Reference
from kanyin.typeset import links
from kanyin.typeset.entry import Entry
from kanyin.typeset.fields import Fields
from kanyin.typeset.names import HAN, Lang
from kanyin.typeset.runs import areas, run
from kanyin.typeset.shapes import SHAPES
from kanyin.typeset.types import ALIASES, KINDS, OTHER, OTHER_ONLINE, STYLES, Kind, Style


def format_references(refs: Sequence[Reference], style: str) -> list[Inlines]:
    """Set each reference, without its number, in the order given. `style` is a key of `STYLES`, else KeyError."""
    return [set_reference(ref, STYLES[style])[0] for ref in refs]


def check_references(refs: Sequence[Reference], style: str) -> list[Finding]:
    """What is missing, unreadable, unknown, unprinted or listed twice, each at the place of its reference."""
    findings = [f for ref in refs for f in set_reference(ref, STYLES[style])[1]]
    seen_ids: dict[str, Reference] = {}
    seen_dois: dict[str, Reference] = {}
    for ref in refs:
        if ref.id in seen_ids:
            findings.append(finding("REF-DUPLICATE-ID", ref.where, id=ref.id))
        seen_ids.setdefault(ref.id, ref)
        doi = links.bare_doi(str(ref.csl.get("DOI") or "")).casefold()
        if doi and doi in seen_dois and seen_dois[doi].id != ref.id:
            findings.append(finding("REF-DUPLICATE", ref.where, id=ref.id, other=seen_dois[doi].id, doi=doi))
        seen_dois.setdefault(doi, ref)
    return findings


def set_reference(ref: Reference, style: Style) -> tuple[Inlines, list[Finding]]:
    """Set one reference; the findings say what could not be printed as the style wants it."""
    fields = Fields(ref.id, ref.csl, ref.where)
    kind = _kind(fields)
    for need in kind.needs:
        if not any(fields.has(name) for name in need.split("|")):
            fields.report("REF-MISSING", field=need.replace("|", " / "), type=fields.text("type"))
    if not fields.has("title"):
        fields.report("REF-MISSING", field="title", type=fields.text("type"))
    content = areas(SHAPES[kind.shape](Entry(fields, style, kind, _language(fields))))
    if unread := fields.left():
        fields.report("REF-UNPRINTED", fields=", ".join(unread), style=style.name)
    return content or run(f"[{ref.id}]."), fields.findings


def _kind(fields: Fields) -> Kind:
    name = fields.text("type")
    kind = KINDS.get(ALIASES.get(name, name))
    if kind is None:
        kind = OTHER_ONLINE if fields.has("URL") else OTHER
        fields.report("REF-TYPE", type=name or "—", mark=kind.code)
    if kind.shape == "book" and kind.code == "M" and (fields.has("event-title") or fields.has("event")):
        return KINDS["proceedings"]
    return kind


def _language(fields: Fields) -> Lang:
    """The item's own language: its `language`, else the script of its title, else that of whatever it has."""
    if declared := fields.text("language"):
        return "zh" if declared.lower().startswith(("zh", "ja", "chi", "中")) else "en"
    for name in ("title", "container-title", "author", "publisher"):
        if fields.has(name):
            return "zh" if HAN.search(str(fields.raw(name) if name == "title" else fields.peek(name))) else "en"
    return "zh"
