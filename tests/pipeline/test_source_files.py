# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""An archive file brings its source along: the JATS of every whole article, and of an excerpt nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from jats_dtd import faults
from pipeline_project import Run, pdfs
from reader_articles import bare
from verapdf import failures

from kanyin.config.register import load_register
from kanyin.model import Article, DisplayFormula, Front, InlineFormula, Paragraph, Reference, Text, Xref
from kanyin.pipeline.source_files import jats
from kanyin.readers import read
from kanyin.readers.jats import read as read_jats

HOME = Path(__file__).resolve().parents[2]
Call = Callable[..., Run]


def sources(path: Path) -> dict[str, bytes]:
    """The files that a PDF names as its source, in the order of its name tree."""
    with pikepdf.open(path) as pdf:
        associated = [one.objgen for one in pdf.Root.get("/AF", [])]
        found = {}
        for name, spec in pdf.attachments.items():
            assert spec.obj.objgen in associated
            assert str(spec.obj.EF.F.Subtype) == "/text/xml"
            if str(spec.obj.AFRelationship) == "/Source":
                found[name] = bytes(spec.get_file().read_bytes())
        return found


@pytest.mark.slow
def test_an_archive_file_holds_its_jats(run: Call, project: Path) -> None:
    assert run("build", "source/research", "--profile", "archive").exit == 0
    (path,) = pdfs(project / "build")
    ((name, data),) = sources(path).items()
    assert name == "kanyin-sample-research.xml"
    assert not faults(data)
    (project / "source" / "research" / name).write_bytes(data)
    inside, _ = read_jats(project / "source" / "research" / name)
    article, _ = read(project / "source" / "research" / "article.md")
    assert inside and article
    assert bare(inside.front) == bare(article.front)
    assert bare(inside.body) == bare(article.body)
    found = path.read_bytes()
    assert failures({"a": found}, "PDFA-3A") == {"a": []}
    assert failures({"a": found}, "PDFUA-1") == {"a": []}
    assert run("verify", str(path), as_of="").exit == 0


@pytest.mark.slow
def test_an_issue_holds_the_jats_of_each_article(run: Call, project: Path) -> None:
    assert run("build", "source/issue", "--profile", "archive").exit == 0
    (path,) = pdfs(project / "build")
    assert list(sources(path)) == ["kanyin-sample-news.xml", "kanyin-sample-research.xml"]
    assert failures({"a": path.read_bytes()}, "PDFA-3A") == {"a": []}


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["screen", "print"])
def test_other_profiles_hold_none(run: Call, project: Path, profile: str) -> None:
    assert run("build", "source/news", "--profile", profile).exit == 0
    (path,) = pdfs(project / "build")
    assert sources(path) == {}


EVERYTHING = """
- 甲
- 乙

  - 子，`代码`
  - 丑，$x^2$

1. 壹

   续段。

   > 引文。

2. 贰[^n]

[汉字]{.ruby text="hàn zì"}与[着重]{.emphasis}。

[^n]: 注文。
"""


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["screen", "archive"])
def test_lists_and_what_they_hold_are_tagged_soundly(run: Call, project: Path, profile: str) -> None:
    article = project / "source" / "news" / "article.md"
    article.write_text(article.read_text("utf-8") + EVERYTHING, "utf-8")
    assert run("build", "source/news", "--profile", profile).exit == 0
    (path,) = pdfs(project)
    assert failures({"a": path.read_bytes()}, "PDFUA-1") == {"a": []}


@pytest.mark.slow
def test_an_excerpt_brings_nothing_of_the_rest_along(run: Call, project: Path) -> None:
    grant = ("--grantee", "org:demo-press", "--channel", "print_periodical")
    assert run("excerpt", "source/news", "--parts", "s2", *grant, "--profile", "archive").exit == 0
    (path,) = pdfs(project / "build")
    assert sources(path) == {}


def test_citations_are_numbered_as_in_print_and_formulas_have_mathml() -> None:
    from pdf_samples import permit

    formulas = [
        r"\frac{a}{b}",
        r"\bar x \pm s",
        r"\chi^2",
        r"\text{若}x<5\%",
        r"\begin{matrix}a&b\\c&d\end{matrix}",
        r"\sqrt[3]{x}",
    ]
    body = [
        Paragraph((Text("甲"), Xref("bibr", ("r2", "r1")), *(InlineFormula(tex) for tex in formulas))),
        *(DisplayFormula(f"e{n}", tex) for n, tex in enumerate(formulas)),
        Paragraph((InlineFormula(r"\nonsense{"),)),
    ]
    refs = tuple(Reference(f"r{n}", {"type": "book", "title": "乙"}) for n in (1, 2, 3))
    article = Article(Front("a", "题"), tuple(body), (), refs)
    data = jats(article, permit(), load_register(HOME / "rights.yaml"))
    assert not faults(data)
    text = data.decode()
    assert '<xref ref-type="bibr" rid="ref-r2 ref-r1">[1-2]</xref>' in text
    assert text.count("<mml:math ") == 2 * len(formulas)
    assert "<mml:mtext>若</mml:mtext>" in text


@pytest.mark.parametrize(
    ("references", "said"),
    [
        ("[{id: a, title: 甲, type: book}]", {"SOURCE-CITATION-UNKNOWN": 1, "CITE-UNUSED": 1}),
        ("[{title: 甲, type: book}]", {"SOURCE-REFERENCE-ID": 1}),
        ("none.yaml", {"SOURCE-UNREADABLE": 1}),
    ],
)
def test_a_missing_reference_is_told_once(run: Call, project: Path, references: str, said: dict[str, int]) -> None:
    folder = project / "source/mine"
    folder.mkdir()
    (folder / "article.md").write_text(f"---\ntitle: 题\nreferences: {references}\n---\n甲[@z]。\n", "utf-8")
    found = run("check", "source/mine", "--format", "json").json["findings"]
    codes = [f["code"] for f in found if f["code"].startswith(("CITE-", "SOURCE-"))]
    assert Counter(codes) == said
