# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Reprints and excerpts of finished PDFs from the command line: rights decide first; a refusal leaves nothing."""

from __future__ import annotations

import functools
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from foreign_samples import foreign
from pdf_samples import FONTS, TEXT
from pipeline_project import Run, pdfs

from kanyin.config.job import Job, Places
from kanyin.findings import UsageError
from kanyin.pdf.paginate import engine
from kanyin.pipeline.deliver import target
from kanyin.pipeline.finished import parts_of
from kanyin.preflight.opening import finished
from kanyin.rights import decide as deciding
from kanyin.tools.files import sha256
from kanyin.tools.fonts import fontconfig

WORK = "kanyin-sample-research"
TITLE = "药师电话随访联合居家血压监测对社区高血压控制的影响：整群随机对照试验（示例）"
AUTHORS = "林知远，沈若兰，顾明川，叶清和，贺子衿，乔怀安"
GRANTEE = "org:demo-press"
Runner = Callable[..., Run]


@functools.cache
def article(title: str = TITLE, style: str = "font-size: 16pt", authors: str = AUTHORS, pages: int = 5) -> bytes:
    """A PDF of another program that shows a title, authors and some text."""
    sections = "".join(f"<section><p>{TEXT}</p></section>" for _ in range(pages))
    html = f"""<html lang="zh-Hans"><head><title>x</title><style>@page {{ size: A4; margin: 20mm 20mm 25mm }}
        section + section {{ break-before: page }}
        body {{ font: 10.5pt/1.7 "Kanyin Song"; margin: 0 }}</style></head>
        <body><p style="{style}">{title}</p><p>{authors}</p>{sections}</body></html>"""
    data: bytes = engine(fontconfig(FONTS)).HTML(string=html).write_pdf()
    return data


def reprint(run: Runner, project: Path, data: bytes, *more: str, command: str = "reprint", work: str = WORK) -> Run:
    path = project / "theirs.pdf"
    path.write_bytes(data)
    done = run(command, str(path), "--work", work, "--grantee", GRANTEE, "--format", "json", *more)
    assert path.read_bytes() == data, "the source is not touched"
    return done


def test_a_permitted_reprint_is_proven_and_delivered(run: Runner, project: Path) -> None:
    done = reprint(run, project, article(), "--cover", "--copies", "100", "--number", "7")
    assert done.exit == 0, done.json
    (output,) = done.json["outputs"]
    path = Path(output["path"])
    assert path == project / "build" / WORK / "reprint-org-demo-press-7.pdf"
    assert output["pages"] == 6
    manifest = json.loads(path.with_suffix(".manifest.json").read_text("utf-8"))
    assert manifest["inputs"]["theirs.pdf"] == sha256(article())
    assert manifest["permits"][0]["action"] == "reprint"
    assert run("verify", str(path)).exit == 0
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo["/Title"]) == TITLE


REFUSED = [
    (article("乙文：另一篇文章的题名"), {"RIGHTS-PDF-TITLE"}),
    (article(style="font-size: 10.5pt"), {"RIGHTS-PDF-TITLE"}),
    (article(style="font-size: 16pt; color: #fff"), {"RIGHTS-PDF-TITLE"}),
    (article(authors="林知远，沈若兰"), {"RIGHTS-PDF-AUTHORS"}),
    (article(authors=AUTHORS + "　DOI：10.5555/other"), {"RIGHTS-PDF-DOI"}),
    (article(authors=AUTHORS + "<br>版权归某出版社所有。"), {"RIGHTS-PDF-OWNER"}),
    (article(pages=4), {"RIGHTS-PDF-PAGES"}),
    (foreign(5, content=b"0 g 100 100 200 200 re f"), {"RIGHTS-PDF-UNREADABLE"}),
]


@pytest.mark.parametrize(("data", "codes"), REFUSED, ids=lambda value: min(value) if isinstance(value, set) else "")
def test_a_file_that_is_not_seen_to_be_the_work(run: Runner, project: Path, data: bytes, codes: set[str]) -> None:
    done = reprint(run, project, data)
    assert done.exit == 3
    forbids = {r["code"] for r in done.json["decision"]["reasons"] if r["effect"] == "forbids"}
    assert forbids == codes
    assert pdfs(project / "build") == []


@functools.cache
def scanned() -> bytes:
    """The pages of a PDF as somebody's scanner saw them: pictures, a little turned, gray, with the marks of JPEG."""
    sheets = [page.render(scale=1.2, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(article())]
    first, *others = [sheet.rotate(0.4, fillcolor=250) for sheet in sheets]
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others, resolution=86.4, quality=70)
    return out.getvalue()


def test_scanned_pages_are_no_text_and_without_that_rule_they_would_be_printed_as_the_work(
    run: Runner, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A facsimile of pages, of whatever they are: somebody has to have looked at it and entered its digest."""
    done = reprint(run, project, scanned())
    assert done.exit == 3 and "RIGHTS-PDF-UNREADABLE" in done.codes and pdfs(project / "build") == []
    monkeypatch.setattr(deciding, "CLAUSES", tuple(rule for rule in deciding.CLAUSES if rule.id != "pdf.read"))
    assert reprint(run, project, scanned()).exit == 0 and len(pdfs(project / "build")) == 1


def test_a_scan_that_somebody_registered(run: Runner, project: Path) -> None:
    scan = foreign(5, content=b"0 g 100 100 200 200 re f")
    register = project / "rights.yaml"
    text = register.read_text("utf-8")
    pinned = f"    finished: [{{sha256: {sha256(scan)}}}]\n    parts:\n      - {{id: methods"
    assert text.count("    parts:\n      - {id: methods") == 1
    register.write_text(text.replace("    parts:\n      - {id: methods", pinned), "utf-8")
    assert reprint(run, project, scan).exit == 0


def test_another_grantee_and_another_work(run: Runner, project: Path) -> None:
    path = project / "theirs.pdf"
    path.write_bytes(article())
    assert run("reprint", str(path), "--work", WORK, "--grantee", "org:nobody").exit == 3
    assert run("reprint", str(path), "--grantee", GRANTEE).exit == 3
    assert run("reprint", str(path), "--work", "kanyin-sample-news", "--grantee", GRANTEE).exit == 3
    assert pdfs(project / "build") == []


@pytest.mark.parametrize(("one", "other"), [("a", "b"), ("a/b", "a:b"), ("a/b", "a%2Fb"), ("a/../b", "b")])
def test_two_works_never_share_an_output(tmp_path: Path, one: str, other: str) -> None:
    """Two files of one name, for one grantee, of two works."""
    places = Places(tmp_path, tmp_path, tmp_path / "rights.yaml", tmp_path / "build")
    paths = [
        target(Job("reprint", tmp_path / work / "screen.pdf", places, date(2026, 1, 1), grantee=GRANTEE, work=work))
        for work in (one, other)
    ]
    assert paths[0] != paths[1]
    assert all(path.parent.parent == tmp_path / "build" for path in paths), "no id leads out of the folder"


def test_an_excerpt_needs_its_pages_registered_and_granted(run: Runner, project: Path) -> None:
    assert reprint(run, project, article(), "--pages", "2-3", command="excerpt").exit == 3
    register = project / "rights.yaml"
    text = register.read_text("utf-8")
    text = text.replace(
        "      - {id: methods, kind: section}", "      - {id: p2-3, kind: pages}\n      - {id: methods, kind: section}"
    )
    grant = "        works: [kanyin-sample-news]\n        parts: {include: [s2]}"
    assert text.count(grant) == 1
    register.write_text(text.replace(grant, f"        works: [{WORK}]\n        parts: {{include: [p2-3]}}"), "utf-8")
    done = reprint(run, project, article(), "--pages", "2-3", command="excerpt")
    assert done.exit == 0, done.json
    assert done.json["outputs"][0]["pages"] == 2
    assert reprint(run, project, article(), "--pages", "2-4", command="excerpt").exit == 3
    assert reprint(run, project, article(), "--parts", "results", command="excerpt").exit == 3


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--profile", "archive"), "REPRINT-FINISHED"),
        (("--layout", "journal"), "REPRINT-FINISHED"),
        (("--number", "3", "--copies", "2"), "REPRINT-NUMBER"),
    ],
)
def test_options_that_do_not_apply(run: Runner, project: Path, more: tuple[str, ...], code: str) -> None:
    done = reprint(run, project, article(), *more)
    assert (done.exit, done.codes) == (2, {code})


def test_options_of_finished_files_are_none_of_a_source(run: Runner, project: Path) -> None:
    done = run("reprint", "source/news", "--grantee", GRANTEE, "--cover", "--format", "json")
    assert (done.exit, done.codes) == (2, {"REPRINT-OPTION"})


@pytest.mark.parametrize("wrong", ["", "0", "5-3", "a", "1-2-3", "1,,2", "-3"])
def test_ranges_of_pages(wrong: str) -> None:
    assert parts_of("3-5,8, 9") == ("p3-5", "p8", "p9")
    with pytest.raises(UsageError):
        parts_of(wrong)


def test_a_file_that_cannot_be_stamped_leaves_nothing(run: Runner, project: Path) -> None:
    done = reprint(run, project, b"%PDF-1.4\nno")
    assert (done.exit, done.codes) == (4, {"VERIFY-UNREADABLE"})
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(article())) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
    done = reprint(run, project, locked.getvalue())
    assert (done.exit, done.codes) == (4, {"VERIFY-ENCRYPTED"})
    assert pdfs(project / "build") == []


def test_the_metadata_speak_too() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(foreign())) as pdf:
        with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
            meta["dc:rights"] = "© 2020 Somebody & Sons"
            meta["dc:identifier"] = "doi:10.5555/def."
        pdf.docinfo["/Title"] = "另一篇"
        pdf.docinfo["/doi"] = "10.5555/abc"
        pdf.save(out)
    seen = finished(out.getvalue(), "a.pdf")
    assert "另一篇" in seen.titles
    assert seen.dois == ("10.5555/abc", "10.5555/def")
    assert seen.rights == ("© 2020 Somebody & Sons",)


def test_explain_tells_why_without_printing(run: Runner, project: Path) -> None:
    path = project / "theirs.pdf"
    path.write_bytes(article())
    done = run("rights", "explain", str(path), "--action", "reprint", "--work", WORK, "--grantee", GRANTEE)
    assert done.exit == 0
    assert pdfs(project / "build") == []
