# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What a package tells of itself besides its files: text, contents, rights, what was checked, the deposit of its DOIs.

All of it is made from the JATS inside the archive file, so it says what was printed and not what lies there now.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kanyin import __version__
from kanyin.config.issue import Issue, load_issue
from kanyin.config.job import Job
from kanyin.config.register import Register
from kanyin.exports import plaintext
from kanyin.exports.crossref import deposit
from kanyin.findings import Finding
from kanyin.model import Article, Permit
from kanyin.pipeline.outcome import Outcome
from kanyin.preflight.registry import checks


def told(
    jats: Mapping[str, bytes], folder: Path, job: Job, outcome: Outcome, permit: Permit, register: Register
) -> tuple[dict[str, bytes], list[Finding]]:
    """The further files by name, and findings. `jats` are the articles' files, `folder` is one for what is in work."""
    articles = _articles(jats, folder)
    files = {f"{Path(name).stem}.txt": _text(article, permit) for name, article in articles.items()}
    files["rights.json"] = _json([_rights(article, permit, register) for article in articles.values()])
    files["validation.json"] = _json(_validation(outcome, articles))
    findings: list[Finding] = []
    if job.source.name == "issue.yaml":
        issue = load_issue(job.source)
        files["contents.json"] = _json(_contents(issue, articles.values()))
        if issue.crossref:
            about = issue.crossref
            data, findings = deposit([(article, permit) for article in articles.values()], about, _stamp(issue))
            files |= {"crossref.xml": data} if data else {}
    return files, findings


def _articles(jats: Mapping[str, bytes], folder: Path) -> dict[str, Article]:
    from kanyin.readers import read

    found = {}
    for name in sorted(jats):
        path = folder / name
        path.write_bytes(jats[name])
        article, _ = read(path)
        assert article  # it was written by us, and is read in the tests whatever the article says
        found[name] = replace(article, root=Path(), path=Path())
    return found


def _text(article: Article, permit: Permit) -> bytes:
    from kanyin.typeset.references import format_references

    entries = format_references(article.refs, article.front.reference_style)
    return plaintext.write(article, permit, [plaintext.plain(entry) for entry in entries])


def _rights(article: Article, permit: Permit, register: Register) -> dict[str, Any]:
    """The extract of the register that says why this copy may be kept."""
    work = register.works_by_id.get(article.front.id)
    title = work.title if work else None
    return {
        "work": article.front.id,
        "doi": article.front.doi,
        "holder": permit.holder,
        "holder_name": permit.holder_name,
        "basis": title.basis if title else "",
        "licence": (title.licence or "") if title else "",
        "from": title.term.from_.isoformat() if title else "",
        "notice": permit.notice.text,
        "notice_sha256": permit.notice.sha256,
        "grants": list(permit.grants),
        "unsigned": permit.unsigned,
        "as_of": permit.as_of.isoformat(),
    }


def _validation(outcome: Outcome, articles: Mapping[str, Article]) -> dict[str, Any]:
    """A build delivers only what these checks find nothing wrong with; what they noted stands here."""
    return {
        "kanyin": __version__,
        "files": [
            {"name": one.path.name, "sha256": one.sha256, "pages": one.pages, "profile": one.profile}
            for one in outcome.outputs
        ],
        "checks": sorted(checks()),
        "jats_read_again": sorted(articles),
        "findings": [
            {"code": f.code, "severity": f.severity.name.lower(), "message": f.message("en")} for f in outcome.findings
        ],
    }


def _contents(issue: Issue, articles: Iterable[Article]) -> dict[str, Any]:
    fronts = sorted((article.front for article in articles), key=lambda front: _folio(front.journal.fpage))
    names = ("id", "title", "journal", "journal_en", "issn", "cn", "year", "volume", "issue")
    return {
        **{name: getattr(issue, name) for name in names},
        "articles": [
            {
                "id": front.id, "doi": front.doi, "column": front.column, "title": front.title,
                "title_en": front.title_en, "authors": [one.name for one in front.contribs],
                "fpage": front.journal.fpage, "lpage": front.journal.lpage,
            }
            for front in fronts
        ],
    }  # fmt: skip


def _folio(written: str) -> int:
    return int(found[0]) if (found := re.search("[0-9]+", written)) else 0


def _stamp(issue: Issue) -> int:
    """A number for the deposit that an issue of a later day has greater: its day, or the first of its year."""
    day = issue.published.strftime("%Y%m%d") if issue.published else f"{issue.year or '0000'}0101"
    return int(f"{day}000000")


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
