# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The finished pages once more: what they show is compared with the index too, before anything is delivered.

A source can say what no page shows, and a page can show what no source says: a drawing, a style sheet, an order of the
characters. Of what only the pages show the same rules decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kanyin.config.job import Job
from kanyin.config.register import Register
from kanyin.findings import Where
from kanyin.pipeline.decided import decided
from kanyin.pipeline.known import Known
from kanyin.pipeline.measure import Running, index_path, measure
from kanyin.pipeline.prepared import Prepared
from kanyin.rights.match.units import Unit
from kanyin.rights.measured import Facts


@dataclass(frozen=True)
class Shown:
    """An article with its written pages; `filler` stands on them too, `aside` are pages that the issue adds."""

    prepared: Prepared
    data: bytes
    filler: Prepared | None = None
    aside: tuple[bytes, ...] = ()


def reread(shown: Sequence[Shown], known: Known, job: Job) -> list[Prepared]:
    """Articles and fillers with what their pages show, and of those that show more the decision on it.

    Without an index they are as they were. Raises SourceError, RightsError.
    """
    from kanyin.preflight.orders import orders

    parts = [one for each in shown for one in (each.prepared, each.filler) if one]
    if index_path(known.register, job) is None:
        return parts
    found = []
    running = Running()
    for each in shown:
        part, source = each.prepared, str(each.prepared.source)
        pages = [orders(data, source) for data in (each.data, *each.aside)]
        said = [unit for one in pages for unit in _units(one, source)]
        shared = each.filler.measured if each.filler else None
        part = replace(part, further=(*part.further, *said), shared=shared)
        text = remeasured(part, known.register, job, running)
        if text != part.measured:
            reading = replace(part.reading, measured=text)
            part = replace(
                part, reading=reading, decision=decided(reading, known, replace(job, source=part.source), part.article)
            )
        found.append(part)
        if each.filler:
            remeasured(each.filler, known.register, job, running)
            found.append(each.filler)
    return found


def remeasured(prepared: Prepared, register: Register, job: Job, running: Running) -> Facts | None:
    """What stands in an article and on its pages, compared once more."""
    assert prepared.article
    text, _ = measure(prepared.article, prepared.layout, register, job, running, prepared.further, prepared.shared)
    return text


def _units(pages: Sequence[tuple[str, ...]], source: str) -> list[Unit]:
    """Each order of all pages, so that a passage may go on over a page; the same text once."""
    said = [(text, number) for order in zip(*pages, strict=True) for number, text in enumerate(order, 1)]
    return [Unit("generated", text, Where(source, page=number)) for text, number in dict.fromkeys(said)]
