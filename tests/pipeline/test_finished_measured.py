# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""With an index a finished PDF is compared like any source: what its pages say, not what it is called."""

from __future__ import annotations

import functools
import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pikepdf
import pytest
from measured_project import OWN, RESEARCH, body, codes
from pdf_samples import FONTS
from pipeline_project import Run, pdfs

from kanyin.pdf.paginate import engine
from kanyin.tools.files import sha256
from kanyin.tools.fonts import fontconfig

Call = Callable[..., Run]
NEWS = "kanyin-sample-news"
INDEX = "  excerpt: {index: rights.index, whitelist: [references, affiliations, statute_text]}\n"
LAST = "      - {id: tab1, kind: table, within: s2-2}\n"
TWO = ("101-105", '"101-102, 105"')
"""How many pages the work had is another test's."""


@functools.cache
def leaf(text: str) -> bytes:
    """A page of another program."""
    html = f"""<html lang="zh-Hans"><head><title>x</title><style>@page {{ size: A4; margin: 25mm }}
        body {{ font: 10.5pt/1.7 "Kanyin Song"; margin: 0 }}</style></head><body><p>{text}</p></body></html>"""
    data: bytes = engine(fontconfig(FONTS)).HTML(string=html).write_pdf()
    return data


_built: list[bytes] = []


@pytest.fixture
def theirs(project: Path, run: Call) -> Path:
    """The research sample as somebody has it who only has the PDF, and a project with an index of the samples."""
    if not _built:
        assert run("build", "source/research").exit == 0
        _built.append((project / "build/research/screen.pdf").read_bytes())
        (project / "build/research/screen.pdf").unlink()
    change(project, "policy:\n", "policy:\n" + INDEX)
    change(project, *TWO)
    assert run("rights", "index").exit == 0
    path = project / "theirs.pdf"
    path.write_bytes(_built[0])
    return path


def change(project: Path, old: str, new: str) -> None:
    register = project / "rights.yaml"
    text = register.read_text("utf-8")
    assert text.count(old) == 1
    register.write_text(text.replace(old, new), "utf-8")


def with_pages(path: Path, *pages: bytes) -> None:
    out = io.BytesIO()
    with pikepdf.open(path) as pdf:
        for page in pages:
            with pikepdf.open(io.BytesIO(page)) as other:
                pdf.pages.extend(other.pages)
        pdf.save(out)
    path.write_bytes(out.getvalue())


def reprint(run: Call, path: Path, *more: str, command: str = "reprint") -> Run:
    return run(command, str(path), "--work", RESEARCH, "--grantee", "org:demo-press", "--format", "json", *more)


def allowed(run: Call, path: Path) -> bool:
    """Whether the reprint would be permitted; nothing is made."""
    return run("rights", "explain", str(path), "--action", "reprint", "--work", RESEARCH, "--grantee", "org:demo-press",
               "--format", "json").exit == 0  # fmt: skip


def refused(done: Run, path: Path, code: str) -> None:
    assert done.exit == 3 and pdfs(path.parent) == [path], done.err
    assert code in codes(done)


def taken(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path.parent / "rights.index.ledger")) as base:
        return sorted(base.execute("SELECT user, work FROM entry WHERE user LIKE 'org:%'"))


def test_the_work_itself_is_reprinted_and_entered_in_the_ledger(theirs: Path, run: Call) -> None:
    done = reprint(run, theirs)
    assert done.exit == 0, done.err
    assert "MATCH-NOT-COMPARED" not in codes(done)
    assert ("org:demo-press", RESEARCH) in taken(theirs)


def test_without_an_index_it_is_said_that_nothing_was_compared(theirs: Path, run: Call) -> None:
    change(theirs.parent, INDEX, "")
    done = run("check", str(theirs), "--format", "json")
    assert "MATCH-NOT-COMPARED" in codes(done)


def test_a_page_of_another_work_is_refused_and_told_where(theirs: Path, run: Call) -> None:
    with_pages(theirs, leaf("".join(body(theirs.parent, "news")[:5])))
    done = reprint(run, theirs)
    refused(done, theirs, "RIGHTS-PASSAGES-OVER")
    places = [f for f in done.json["findings"] if f["code"] == "RIGHTS-PASSAGE-AT"]
    assert places and {(f["where"]["file"], f["where"]["page"]) for f in places} == {(str(theirs), 6)}
    assert taken(theirs) == []
    change(theirs.parent, INDEX, "")
    assert reprint(run, theirs).exit == 0  # the comparison taken out: the attack succeeds


def test_a_few_words_between_others_and_disguised(theirs: Path, run: Call) -> None:
    text = "".join(body(theirs.parent, "news")[1:3])[:150]
    laundered = "".join(one + "&#x200b;" for one in text.replace("血", "⾎"))
    with_pages(theirs, leaf(f"{OWN * 3}{laundered}{OWN * 2}"))
    refused(reprint(run, theirs), theirs, "RIGHTS-PASSAGES-UNQUOTED")


def test_a_quotation_that_names_author_and_title_is_for_a_person_to_judge(theirs: Path, run: Call) -> None:
    text = "".join(body(theirs.parent, "news")[1:3])[:120].replace("“", "").replace("”", "")
    named = "纪闻溪，陆听泉．把血压计请回家：示例市医学会第六届“心脑同护”公众科普日侧记（示例报道）"
    with_pages(theirs, leaf(f"{OWN}有报道说：“{text}”{OWN}<p>[1] {named}．</p>"))
    done = reprint(run, theirs)
    assert done.exit == 3 and done.json["decision"]["verdict"] == "review"
    assert "RIGHTS-PASSAGES-REVIEW" in codes(done)


def test_a_page_that_is_a_picture_is_refused_unless_somebody_looked_at_the_file(theirs: Path, run: Call) -> None:
    scan = io.BytesIO()
    with pikepdf.open(io.BytesIO(leaf("7"))) as pdf:
        pdf.pages[0].contents_add(b" 0 g 100 300 300 300 re f ")
        pdf.save(scan)
    with_pages(theirs, scan.getvalue())
    refused(reprint(run, theirs), theirs, "RIGHTS-PDF-BLIND")
    seen = f"    finished: [{{sha256: {sha256(theirs.read_bytes())}}}]\n    parts:\n      - {{id: methods"
    change(theirs.parent, "    parts:\n      - {id: methods", seen)
    assert allowed(run, theirs)


def test_a_limit_is_compared_with_what_was_measured(theirs: Path, run: Call) -> None:
    granted = "        works: [kanyin-sample-research]\n"
    change(theirs.parent, granted, granted + "        limits: {chars: 4000}\n")
    refused(reprint(run, theirs), theirs, "RIGHTS-GRANT-LIMIT")
    change(theirs.parent, "chars: 4000", "chars: 5000")
    assert allowed(run, theirs)


@pytest.mark.slow
def test_excerpts_of_pages_add_up(theirs: Path, run: Call) -> None:
    """Each of two pages is within the limit, both together are not."""
    parts = "".join(f"      - {{id: p{n}, kind: pages}}\n" for n in (2, 3))
    change(theirs.parent, LAST, LAST + parts)
    granted = f"        works: [{NEWS}]\n        parts: {{include: [s2]}}\n"
    change(
        theirs.parent,
        granted,
        f"        works: [{RESEARCH}]\n        parts: {{include: [p2, p3]}}\n        limits: {{share: 0.4}}\n",
    )
    assert reprint(run, theirs, "--pages", "2", command="excerpt").exit == 0
    done = reprint(run, theirs, "--pages", "3", command="excerpt")
    assert done.exit == 3 and "RIGHTS-GRANT-LIMIT" in codes(done)
    (theirs.parent / "rights.index.ledger").unlink()
    assert "MATCH-LEDGER-MISSING" in codes(reprint(run, theirs, "--pages", "3", command="excerpt"))


@pytest.mark.slow
def test_a_word_that_was_changed(theirs: Path, run: Call) -> None:
    """The file says quick where the work says slow; nothing else differs."""
    project = theirs.parent
    article = project / "source/research/article.md"
    text = article.read_text("utf-8")
    changed = text.replace("提高缓慢", "提高很快", 1)
    assert changed != text
    article.write_text(changed, "utf-8")
    assert run("build", "source/research", "--out", str(project / "other")).exit == 0
    article.write_text(text, "utf-8")
    theirs.write_bytes((project / "other/research/screen.pdf").read_bytes())
    done = reprint(run, theirs)
    assert done.exit == 3
    (told,) = [f for f in done.json["findings"] if f["code"] == "RIGHTS-GRANT-CHANGED"]
    assert "很快" in told["message"] and told["where"]["page"] == 1 and sha256(theirs.read_bytes()) in told["hint"]
    change(project, "        modifications: none\n", "        modifications: textual\n")
    assert allowed(run, theirs)
