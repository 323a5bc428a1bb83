# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Compare an article with the index of protected works: facts for the decision."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kanyin.config.job import Job
from kanyin.config.layout import LayoutSpec
from kanyin.config.register import Register
from kanyin.findings import Finding, Where, finding
from kanyin.model import Action, Article
from kanyin.pipeline.channels import beside, drawn, figure_files, files, generated
from kanyin.pipeline.pictures import printed_pictures
from kanyin.rights.match.turn import alone
from kanyin.rights.match.units import Laid, Unit, figures, lay, part_texts, protected, units
from kanyin.rights.match.values import Disguise
from kanyin.rights.measured import Facts, FromWork, Ranges, apart_from, facts, with_more
from kanyin.rights.passages import HALF
from kanyin.rights.request import Request

if TYPE_CHECKING:
    from kanyin.rights.match.index import Index
    from kanyin.rights.match.ledger import Ledger


@dataclass
class Running:
    """What earlier articles of the same issue take, before any of it is in the ledger."""

    taken: list[tuple[str, str, bool, Ranges]] = field(default_factory=list)
    """For whom, of which work, whether that was granted, and its ranges."""

    def of(self, user: str, work: str, granted: bool) -> Ranges:
        own = [spans for u, w, had, spans in self.taken if (u, w) == (user, work) and (granted or not had)]
        return tuple(span for spans in own for span in spans)


def _against_work(found: Facts, article: Article, index: Index, register: Register) -> Facts:
    """How the whole article stands to the work whose name it bears, whatever of it is to be printed."""
    policy = register.policy.excerpt
    text, parts = _indexed(article, policy.whitelist)
    if index.same(found.work, text, parts):
        return found
    share = index.compare(text, min_run=policy.min_run).of(found.work)
    return replace(found, same=False, covered=share.share if share else 0.0)


def _indexed(article: Article, whitelist: Sequence[str]) -> tuple[str, list[tuple[str, str]]]:
    """What an index keeps of an article: its text, that of each part under its id, and the digests of its figures."""
    text = lay(protected((*units(article), *drawn(article)), whitelist)).text
    return text, [*part_texts(article, whitelist), *figure_files(article)]


def index_path(register: Register, job: Job) -> Path | None:
    """The index that the policy names, or where the key, the seal and the ledger of a server's index are; or None."""
    name = register.policy.excerpt.place
    return job.places.rights.parent / name if name else None


def measure(
    article: Article,
    layout: LayoutSpec,
    register: Register,
    job: Job,
    running: Running | None = None,
    further: Sequence[Unit] = (),
    shared: Facts | None = None,
) -> tuple[Facts | None, list[Finding]]:
    """What was measured, None without an index. Raises RightsError when the index cannot be read or was changed.

    `further` is what is said beside the article: by its issue, by its finished pages. It is compared with all that a
    source and a layout could print in another order than that of their files; what only shows there is added, but for
    what belongs to a text that has its own rights and was measured as `shared`.
    """
    path = index_path(register, job)
    if path is None:
        return None, [finding("MATCH-NOT-COMPARED", Where(str(job.places.rights)))]
    server = register.policy.excerpt.server
    index, ledger = open_index(path, server), open_ledger(path, server)
    printed = _printed(article, job)
    laid = lay((*units(printed), *drawn(printed), *generated(layout)))
    measured = index.compare(laid.text, min_run=register.policy.excerpt.min_run)
    request = Request(article.front, register, job, layout.design)
    user = request.user

    def earlier(work: str) -> Ranges:
        """Against a grant all that was printed under it counts; against passages only what nobody granted."""
        own = work == request.work_id
        return (*ledger.earlier(user, work, granted=own), *(running.of(user, work, own) if running else ()))

    found = facts(laid, measured, request.work_id, index.size, register, printed.refs, earlier, len(figures(printed)))
    other = lay((*beside(printed), *files(layout), *further))
    least = register.policy.excerpt.min_run
    again = facts(
        other, index.compare(other.text, min_run=least), request.work_id, index.size, register, (), earlier, None
    )
    found = with_more(found, apart_from(again, shared) if shared else again, index.size, least)
    if found.indexed:
        found = _against_work(found, article, index, register)
    if running is not None:
        running.taken += [
            (user, one.work, one.work == found.work, one.source) for one in taken_from(found, request.action)
        ]
    disguised = [*told(measured.disguises, laid), *printed_pictures(printed)]
    if request.action == "publish" and found.indexed and not found.same and found.covered >= HALF:
        share = f"{found.covered * 100:.1f}%"
        disguised.append(finding("MATCH-REVISED", article.front.where, work=found.work, share=share))
    return found, disguised


def reach(register: Register, job: Job) -> None:
    """Prove that the server still holds what was sealed: what is remembered of an article rests on that.

    An index in a file needs none of this, since a reading is not remembered past a change of the file. Raises
    RightsError, ToolError.
    """
    path, server = index_path(register, job), register.policy.excerpt.server
    if path is not None and server:
        open_index(path, server)


def taken_from(found: Facts, action: Action) -> list[FromWork]:
    """Who publishes his own work takes nothing from it; whoever else prints it does."""
    return [one for one in found.works if action != "publish" or one.work != found.work]


def update(path: Path, register: Register, articles: Sequence[Article], allow: Callable[[], object]) -> list[Finding]:
    """Put works into the index, and take out those that the register no longer names.

    Another text under the id of a work that was granted is another work: it is told, and where grants are signed
    `allow` is asked first, which raises RightsError when it may not be. Then nothing is written.
    """
    from kanyin.rights.match import index as door
    from kanyin.rights.match import seal
    from kanyin.rights.match.ledger import Ledger
    from kanyin.rights.match.store import written

    found: list[Finding] = []
    whitelist = register.policy.excerpt.whitelist
    with alone(path), written(path), door.open(path, server=register.policy.excerpt.server, create=True) as index:
        Ledger(seal.beside(path, "ledger"), index.key, create=not len(index))
        found += _replaced(index, register, articles)
        if found and register.policy.trust != "none":
            allow()
        for article in articles:
            where, work = article.front.where, article.front.id
            if work not in register.works_by_id or article.front.permissions.excerpt_of:
                found.append(finding("MATCH-NOT-REGISTERED", where, work=work))
                continue
            fresh = index.add(work, *_indexed(article, whitelist))
            found.append(finding("MATCH-INDEXED" if fresh else "MATCH-UNCHANGED", where, work=work))
        for work in [work for work in index.extents.ids if work not in register.works_by_id]:
            index.remove(work)
            found.append(finding("MATCH-REMOVED", Where(str(path)), work=work))
        index.save()
        seal.write_seal(path, index.key, index.store)
        found.append(finding("MATCH-INDEX", Where(str(path)), works=len(index), chars=index.chars))
    return found


def _replaced(index: Index, register: Register, articles: Iterable[Article]) -> Iterator[Finding]:
    """Works under a grant that would have another text than the one that stands in the index."""
    for article in articles:
        work = article.front.id
        granted = [g.id for g in register.grants if any(work in entry.works for entry in g.permit)]
        if not granted or article.front.permissions.excerpt_of:
            continue
        if index.replaces(work, *_indexed(article, register.policy.excerpt.whitelist)):
            yield finding("MATCH-REPLACED", article.front.where, work=work, grants=", ".join(granted))


def _state(path: Path) -> tuple[int, int, int]:
    """Changes when the file does, so that a process that lives long sees a new index; no two share a connection."""
    try:
        stat = path.stat()
    except OSError:
        return 0, 0, os.getpid()
    return stat.st_mtime_ns, stat.st_size, os.getpid()


def open_index(path: Path, server: str) -> Index:
    from kanyin.rights.match import seal

    return _index(path, server, _state(seal.beside(path, "seal") if server else path))


@lru_cache(2)
def _index(path: Path, server: str, state: tuple[int, int, int]) -> Index:
    from kanyin.rights.match import index as door

    return door.open(path, server=server)


def open_ledger(path: Path, server: str) -> Ledger:
    from kanyin.rights.match import seal

    place = seal.beside(path, "ledger")
    return _opened(place, _state(place), open_index(path, server).key)


@lru_cache(2)
def _opened(place: Path, state: tuple[int, int, int], key: bytes) -> Ledger:
    from kanyin.rights.match.ledger import Ledger

    return Ledger(place, key)


def _printed(article: Article, job: Job) -> Article:
    """What would be printed of the article."""
    from kanyin.typeset.select import parts, select

    chosen = [part for part in job.parts if part in parts(article)]
    # ids that do not exist are refused elsewhere; until then the whole article is looked at
    return select(article, chosen) if job.command == "excerpt" and len(chosen) == len(job.parts) > 0 else article


def told(disguises: Sequence[Disguise], laid: Laid) -> list[Finding]:
    """What stands in the place of something else, one finding a kind."""
    return [
        finding(
            f"MATCH-DISGUISE-{kind.upper()}",
            laid.units[laid.at(those[0].offset)].where,
            count=len(those),
            text=_around(those[0], laid.text),
        )
        for kind, those in _by_kind(disguises)
    ]


def _by_kind(disguises: Sequence[Disguise]) -> list[tuple[str, list[Disguise]]]:
    kinds: dict[str, list[Disguise]] = {}
    for one in disguises:
        kinds.setdefault(one.kind, []).append(one)
    return sorted(kinds.items())


def _around(one: Disguise, text: str) -> str:
    shown = text[max(one.offset - 4, 0) : one.offset + 5].replace(one.char, f"⟨U+{ord(one.char):04X}⟩")
    return " ".join(shown.split())
