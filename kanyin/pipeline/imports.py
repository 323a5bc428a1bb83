# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Texts from elsewhere into structured source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kanyin.config.scalars import WORK_ID
from kanyin.exports.markdown import write
from kanyin.findings import ExitCode, UsageError, Where, finding
from kanyin.model import Article, Block, Figure, ListBlock, Paragraph, Quote, Section, TableWrap
from kanyin.pipeline.outcome import Outcome, has_errors
from kanyin.tools.files import write_whole


def import_file(file: Path, to: Path, work: str = "") -> Outcome:
    """Write `to/article.md` from an article elsewhere, with its figures. Nothing that is there is overwritten."""
    from kanyin.readers.incoming import bring_in

    target = to / "article.md"
    if target.exists():
        raise UsageError(finding("IMPORT-EXISTS", Where(str(target))))
    incoming = bring_in(file)
    article, findings = incoming.article, incoming.findings
    if article is None:
        return Outcome(tuple(findings), exit=ExitCode.SOURCE, source=str(file))
    article = replace(article, front=replace(article.front, id=_identity(work, article.front.id, to)))
    figures = {**_figures(article, to), **_pictures(incoming.files, to)}
    write_whole({target: write(article).encode(), **figures})
    said = [finding("IMPORT-FIGURE", Where(str(path))) for path in figures]
    said.append(finding("IMPORT-WRITTEN", Where(str(target)), id=article.front.id, **_counts(article)))
    code = ExitCode.FINDINGS if has_errors(findings) else ExitCode.OK
    return Outcome((*findings, *said), exit=code, source=str(file))


def _counts(article: Article) -> dict[str, int]:
    """How much of each kind there is, for a look at whether all came through."""
    kinds = Counter(type(block) for block in _every((*article.body, *article.back)))
    return {
        "sections": kinds[Section],
        "paragraphs": kinds[Paragraph],
        "figures": kinds[Figure],
        "tables": kinds[TableWrap],
        "references": len(article.refs),
    }


def _pictures(files: Mapping[str, bytes], to: Path) -> dict[Path, bytes]:
    """The pictures that came inside the file. Raises UsageError where another file has such a name."""
    for name, data in files.items():
        if (to / name).exists() and (to / name).read_bytes() != data:
            raise UsageError(finding("IMPORT-EXISTS", Where(str(to / name))))
    return {to / name: data for name, data in files.items()}


def _figures(article: Article, to: Path) -> dict[Path, bytes]:
    """The files of the figures under the names they keep, as far as they are not there already.

    What leads out of the article's folder, or is missing, has been reported by the reader and is not copied. Raises
    UsageError where another file has that name.
    """
    found: dict[Path, bytes] = {}
    for name in dict.fromkeys(_files((*article.body, *article.back))):
        source, target = article.root / name, to / name
        try:
            inside = source.resolve().is_relative_to(article.root.resolve())
            if not (inside and source.is_file() and target.resolve().is_relative_to(to.resolve())):
                continue
        except (OSError, ValueError, RuntimeError):  # too long, a NUL, a loop of links
            continue
        data = source.read_bytes()
        if not target.exists():
            found[target] = data
        elif target.read_bytes() != data:
            raise UsageError(finding("IMPORT-EXISTS", Where(str(target))))
    return found


def _files(blocks: Iterable[Block]) -> Iterator[str]:
    yield from (block.file for block in _every(blocks) if isinstance(block, Figure))


def _every(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks and what stands in them."""
    for block in blocks:
        yield block
        if isinstance(block, Section | Quote):
            yield from _every(block.content)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _every(item)


def _identity(asked: str, found: str, to: Path) -> str:
    """The id that was asked for, else the article's own, else the folder's name: one that the register accepts."""
    if asked:
        if not re.fullmatch(WORK_ID, asked):
            raise UsageError(finding("CLI-IMPORT-ID", None, id=asked))
        return asked
    for name in (found, to.resolve().name):
        if re.fullmatch(WORK_ID, name):
            return name
    raise UsageError(finding("CLI-IMPORT-ID", None, id=to.resolve().name))
