# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Where everything stands in an issue: folios, blank pages, labels, outline. Pure arithmetic on page counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kanyin.config.issue import Folio, Issue, IssueArticle
from kanyin.config.job import Job
from kanyin.model import Permit
from kanyin.pdf.assemble import LINK, Label, Mark, Part
from kanyin.pipeline.prepared import Prepared
from kanyin.typeset.issue_pages import Head, Listed

Place = Literal["front", "articles", "back"]
INSERTED: dict[Place, str] = {"front": "前插", "back": "后插"}
"""What stands before the folios of matter around the articles."""
BLANK = "空白"
COVER, CONTENTS, INDEX = "cover", "contents", "index"
TITLES = {COVER: "封面", CONTENTS: "目次", INDEX: "作者索引"}


@dataclass(frozen=True)
class Piece:
    """An article of an issue that may be printed. `name` is its destination; `closing` stands below it (卷终)."""

    place: Place
    entry: IssueArticle
    prepared: Prepared
    name: str
    filler: Prepared | None = None
    closing: str = ""

    @property
    def prefix(self) -> str:
        """What stands before its ids, so that those of two articles never meet: no id of a work has such a mark."""
        return f"{self.name}~"

    @property
    def permit(self) -> Permit:
        assert self.prepared.decision and self.prepared.decision.permit
        return self.prepared.decision.permit

    @property
    def recto(self) -> bool:
        return self.entry.start == "recto"


def names(ids: Iterable[str]) -> list[str]:
    """A destination for each article: its id; a second article of one id is numbered."""
    found: list[str] = []
    for one in ids:
        name, n = one, 1
        while name in found or name in TITLES:
            n += 1
            name = f"{one}-{n}"
        found.append(name)
    return found


def folios(issue: Issue, pieces: Sequence[Piece], counts: Sequence[int | None]) -> list[Folio | None]:
    """The first folio of each piece, None where a count before it is not known yet."""
    at: dict[Place, Folio | None] = {
        "front": Folio(INSERTED["front"], 1),
        "articles": issue.first,
        "back": Folio(INSERTED["back"], 1),
    }
    found: list[Folio | None] = []
    for piece, count in zip(pieces, counts, strict=True):
        start = at[piece.place]
        if start and (piece.recto or (piece.place == "articles" and issue.start == "recto")) and not start.number % 2:
            start = start.plus(1)
        found.append(start)
        at[piece.place] = start.plus(count) if start and count is not None else None
    return found


def has_own_pages(issue: Issue, job: Job) -> bool:
    """Cover, contents and index belong to the issue as its holder publishes it; others reprint articles."""
    return job.command == "build" and (issue.cover or issue.contents or issue.index)


def after_articles(pieces: Sequence[Piece], starts: Sequence[Folio], counts: Sequence[int]) -> Folio:
    """The folio that follows the last article."""
    ends = [s.plus(n) for p, s, n in zip(pieces, starts, counts, strict=True) if p.place == "articles"]
    return ends[-1]


def closing(issue: Issue) -> str:
    return f"第{issue.volume}卷终" if issue.volume_ends and issue.volume else "卷终" if issue.volume_ends else ""


def head(issue: Issue, pieces: Sequence[Piece], starts: Sequence[Folio], counts: Sequence[int]) -> Head:
    return Head(
        id=issue.id,
        title=issue.title,
        journal=issue.journal or issue.title,
        journal_en=issue.journal_en,
        issn=issue.issn,
        cn=issue.cn,
        publisher=issue.publisher,
        published=issue.published,
        year=issue.year,
        volume=issue.volume,
        issue=issue.issue,
        first=str(issue.first),
        last=str(after_articles(pieces, starts, counts).plus(-1)),
    )


def listed(pieces: Sequence[Piece], starts: Sequence[Folio]) -> list[Listed]:
    """What contents and index say of each piece, those around the articles last."""
    found = [(piece.place != "articles", _listed(piece, start)) for piece, start in zip(pieces, starts, strict=True)]
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _listed(piece: Piece, start: Folio) -> Listed:
    assert piece.prepared.article
    front = piece.prepared.article.front
    return Listed(
        title=front.title,
        subtitle=front.subtitle,
        title_en=front.title_en,
        column=front.column,
        column_en=piece.entry.column_en,
        authors=tuple((person.name, person.name_en) for person in front.contribs),
        folio=str(start),
        link=LINK + piece.name,
    )


def outline(pieces: Sequence[Piece], own: Sequence[str]) -> list[Mark]:
    """Two levels: columns, and below them their articles. `own` are the pages that the issue has beside them."""
    main, last = [p for p in pieces if p.place != "back"], [p for p in pieces if p.place == "back"]
    first = [Mark(TITLES[name], name) for name in own if name != INDEX]
    index = [Mark(TITLES[name], name) for name in own if name == INDEX]
    return [*first, *_columns(main), *index, *_columns(last)]


def _columns(pieces: Iterable[Piece]) -> list[Mark]:
    marks: list[Mark] = []
    for piece in pieces:
        assert piece.prepared.article
        front = piece.prepared.article.front
        mark = Mark(f"{front.title}：{front.subtitle}" if front.subtitle else front.title, piece.name)
        if not front.column:
            marks.append(mark)
        elif marks and marks[-1].below and marks[-1].title == front.column:
            marks[-1] = replace(marks[-1], below=(*marks[-1].below, mark))
        else:
            marks.append(Mark(front.column, piece.name, (mark,)))
    return marks


@dataclass(frozen=True)
class Run:
    """Pages that follow each other: a part, how many pages it has, and the permit under which they are printed."""

    part: Part
    count: int
    permit: Permit


def label(start: Folio) -> Label:
    return Label(start.prefix, start.number)


def in_order(
    issue: Issue,
    pieces: Sequence[Piece],
    runs: Sequence[Run],
    starts: Sequence[Folio],
    before: Sequence[Run],
    after: Sequence[Run],
) -> list[Run]:
    """All pages of the issue: its own (`before`), inserted matter, articles, its index (`after`), matter.

    Blank pages stand where an article begins on a right-hand page, and where an odd folio would be on a left-hand one.
    """
    by_place: dict[Place, list[tuple[Run, Folio]]] = {"front": [], "articles": [], "back": []}
    for piece, run, start in zip(pieces, runs, starts, strict=True):
        by_place[piece.place].append((run, start))
    found = [*before, *(run for run, _ in by_place["front"])]
    wanted = issue.first
    if found and sum(run.count for run in found) % 2 == wanted.number % 2:
        found.append(_blank(Label(BLANK), found[0].permit))
    for run, start in by_place["articles"]:
        if start != wanted:
            found.append(_blank(label(wanted), run.permit))
        found.append(run)
        wanted = start.plus(run.count)
    return [*found, *after, *(run for run, _ in by_place["back"])]


def _blank(called: Label, permit: Permit) -> Run:
    return Run(Part(b"", called), 1, permit)
