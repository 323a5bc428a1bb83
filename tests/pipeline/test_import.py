# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""`import` of Word files and JATS from the command line, and `article.xml` built like any other source."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from docx_files import PICTURE, docx, p
from pdf_samples import permit
from pipeline_project import Run

from kanyin.exports.jats import write
from kanyin.readers import read

Call = Callable[..., Run]
CLAIM = ("--work", "kanyin-sample-research", "--grantee", "org:demo-press")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    + "1f15c4890000000d49444154789c6360000002000001e221bc33"
    "0000000049454e44ae426082"
)


def test_a_word_file_with_its_picture(run: Call, project: Path) -> None:
    title = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    body = p("题名", "T") + p("引言与方法。") + f"<w:p>{PICTURE}</w:p>"
    (project / "论文.docx").write_bytes(docx(body, picture=PNG, styles=title))
    done = run("import", "论文.docx", "--to", "source/new", "--id", "new", "--format", "json", as_of="")
    assert done.exit == 0, done.err
    assert "IMPORT-WRITTEN" in done.codes
    assert (project / "source" / "new" / "image1.png").read_bytes() == PNG
    article, findings = read(project / "source" / "new" / "article.md")
    assert article and "SOURCE-FIGURE-MISSING" not in {f.code for f in findings}


def test_a_picture_of_another_name_is_never_overwritten(run: Call, project: Path) -> None:
    (project / "a.docx").write_bytes(docx(p("文。") + f"<w:p>{PICTURE}</w:p>", picture=PNG))
    (project / "source" / "new").mkdir()
    (project / "source" / "new" / "image1.png").write_bytes(b"mine")
    done = run("import", "a.docx", "--to", "source/new", "--format", "json", as_of="")
    assert (done.exit, done.codes) == (2, {"IMPORT-EXISTS"})
    assert not (project / "source" / "new" / "article.md").exists()


@pytest.fixture
def jats(project: Path) -> Path:
    """The sample as JATS alone."""
    article, _ = read(project / "source" / "research" / "article.md")
    assert article
    (project / "source" / "research" / "article.xml").write_bytes(write(article, permit()))
    (project / "source" / "research" / "article.md").unlink()
    return project / "source" / "research" / "article.xml"


def test_jats_is_checked_as_markdown_is(run: Call, jats: Path) -> None:
    done = run("check", "source/research", "--format", "json")
    assert done.exit == 0, done.err


@pytest.mark.slow
def test_jats_is_built_as_markdown_is(run: Call, jats: Path, project: Path) -> None:
    done = run("build", "source/research")
    assert done.exit == 0, done.err
    assert (project / "build" / "research" / "screen.pdf").is_file()


def test_jats_is_imported(run: Call, jats: Path, project: Path) -> None:
    done = run("import", str(jats), "--to", "source/again", "--format", "json", as_of="")
    assert done.exit == 0, done.err
    again, _ = read(project / "source" / "again" / "article.md")
    assert again and again.front.id == "kanyin-sample-research"
    assert (project / "source" / "again" / "fig1.svg").is_file()


@pytest.mark.parametrize("name", ["a.doc", "a.pdf", "a"])
def test_what_cannot_be_imported_is_told_what_can(run: Call, project: Path, name: str) -> None:
    (project / name).write_bytes(b"x")
    done = run("import", name, "--to", "source/new", "--format", "json", as_of="")
    assert done.exit == 4 and done.codes == {"IMPORT-SUFFIX"}
    (found,) = done.json["findings"]
    assert ".docx" in found["hint"] and "make_pdf.py import" not in found["hint"], "no advice to do the same again"
    assert not (project / "source/new").exists()


def test_an_import_counts_what_came_through(run: Call, project: Path) -> None:
    source = project / "mine.md"
    source.write_text("---\ntitle: 题\n---\n# 甲\n\n一\n\n> 二\n\n- 三\n\n## 乙\n\n四\n", "utf-8")
    done = run("import", "mine.md", "--to", "source/new", "--format", "json", as_of="")
    (said,) = [f["message"] for f in done.json["findings"] if f["code"] == "IMPORT-WRITTEN"]
    assert said.endswith("sections: 2, paragraphs: 4, figures: 0, tables: 0, references: 0")


@pytest.mark.parametrize(
    "command",
    [("import", "bad.docx", "--to", "source/new"), ("verify", "bad.pdf"), ("reprint", "bad.pdf", *CLAIM)],
    ids=lambda command: command[0],
)
def test_what_libraries_say_of_a_damaged_file_is_said_in_chinese(
    run: Call, project: Path, command: tuple[str, ...]
) -> None:
    for name in ("bad.docx", "bad.pdf"):
        (project / name).write_bytes(b"nothing of the kind")
    done = run(*command, "--lang", "zh", "--format", "json", as_of="")
    said = next(f["message"] for f in done.json["findings"] if f["severity"] == "error")
    assert not re.search("[A-Za-z]{3,} [A-Za-z]{2,}|Error", said), said
    assert "损坏" in said
