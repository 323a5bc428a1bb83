# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Text that was cut out of a registered work, through the commands a person would use."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from measured_project import OWN, REFERENCE, RESEARCH, body, codes, sentence, write
from PIL import Image, ImageDraw, ImageFont
from pipeline_project import Run, pdfs

from kanyin.rights.match.ledger import Ledger

Call = Callable[..., Run]
PICTURE = "MATCH-PICTURE-PRINT"
POLICY = "  excerpt: {index: rights.index, whitelist: [references, affiliations, statute_text]}\n"


@pytest.fixture
def indexed(project: Path, run: Call) -> Path:
    """The project with an index of its samples."""
    register = project / "rights.yaml"
    register.write_text(register.read_text("utf-8").replace("policy:\n", "policy:\n" + POLICY), "utf-8")
    assert run("rights", "index").exit == 0
    return project


def test_the_samples_are_their_own(indexed: Path, run: Call) -> None:
    done = run("check")
    assert done.exit == 0, done.err


def test_without_an_index_it_is_said_that_nothing_was_compared(project: Path, run: Call) -> None:
    assert "MATCH-NOT-COMPARED" in codes(run("check", "source/news", "--format", "json"))


def test_indexing_again_changes_nothing(indexed: Path, run: Call) -> None:
    before = (indexed / "rights.index").read_bytes()
    again = run("rights", "index", "--format", "json")
    assert again.codes == {"MATCH-UNCHANGED", "MATCH-INDEX"}
    assert (indexed / "rights.index").read_bytes() == before


def test_a_part_under_another_name_is_refused(indexed: Path, run: Call) -> None:
    source = write(indexed, "walk", "\n\n".join([OWN, *body(indexed, "research")[2:12]]))
    done = run("build", source, "--format", "json")
    assert done.exit == 3 and not pdfs(indexed / "build")
    assert "RIGHTS-PASSAGES-OVER" in codes(done)
    (over,) = [f for f in done.json["findings"] if f["code"] == "RIGHTS-PASSAGES-OVER"]
    assert over["where"]["line"] > 1 and RESEARCH in over["message"] and over["hint"] and "第24条" in over["basis"]
    places = [f for f in done.json["findings"] if f["code"] == "RIGHTS-PASSAGE-AT"]
    assert places and all(f["where"]["line"] and RESEARCH in f["message"] for f in places)


def test_with_the_comparison_taken_out_it_would_be_printed(indexed: Path, run: Call) -> None:
    source = write(indexed, "walk", "\n\n".join([OWN, *body(indexed, "research")[2:12]]))
    register = indexed / "rights.yaml"
    register.write_text(register.read_text("utf-8").replace(POLICY, ""), "utf-8")
    assert run("check", source).exit == 0


def test_disguised_it_is_refused_all_the_same_and_the_disguise_is_told(indexed: Path, run: Call) -> None:
    paragraphs = body(indexed, "research")[2:12]
    disguised = "\n\n".join("\u200b".join(p) for p in paragraphs)
    done = run("check", write(indexed, "walk", disguised), "--format", "json")
    assert done.exit == 3 and {"RIGHTS-PASSAGES-OVER", "MATCH-DISGUISE-INVISIBLE"} <= codes(done)


def test_a_quotation_with_author_and_source_is_for_a_person_to_judge(indexed: Path, run: Call) -> None:
    text = f"{OWN}\n\n有研究写道：“{sentence(indexed, 160)}”[@r1]。{OWN[:20]}"
    done = run("check", write(indexed, "walk", text, REFERENCE), "--format", "json")
    assert done.exit == 3 and done.json["decision"]["verdict"] == "review"
    assert "RIGHTS-PASSAGES-REVIEW" in codes(done)


@pytest.mark.parametrize(("mark", "cite"), [("“”", ""), ("，，", "[@r1]")], ids=["no source", "no quotation marks"])
def test_half_a_quotation_is_none(indexed: Path, run: Call, mark: str, cite: str) -> None:
    text = f"{OWN}\n\n有研究写道：{mark[0]}{sentence(indexed, 160)}{mark[1]}{cite}。{OWN[:20]}\n\n另见[@r1]。"
    done = run("check", write(indexed, "walk", text, REFERENCE), "--format", "json")
    assert done.exit == 3 and "RIGHTS-PASSAGES-UNQUOTED" in codes(done)


def test_ten_articles_of_a_tenth_are_found(indexed: Path, run: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each article has 8 % of the work, quoted; a reviewer's eye is not asked for below `review_share`."""
    register = indexed / "rights.yaml"
    text = register.read_text("utf-8").replace("{index: rights.index,", '{index: rights.index, review_share: "0.09",')
    register.write_text(text.replace('"0.09"', "0.09"), "utf-8")
    whole = sentence(indexed, 2000)
    pieces = [whole[i : i + 300] for i in range(0, 1200, 300)]
    sources = [write(indexed, f"piece{n}", f"{OWN}\n\n“{piece}”[@r1]。", REFERENCE) for n, piece in enumerate(pieces)]
    results = [run("build", source, "--format", "json") for source in sources]
    assert results[0].exit == 0
    assert [done.exit for done in results[2:]] == [3, 3]
    assert "RIGHTS-PASSAGES-BEFORE" in codes(results[-1])
    monkeypatch.setattr(Ledger, "earlier", lambda self, user, work, granted: ())
    assert run("check", sources[-1]).exit == 0  # the defence out: the attack succeeds


def test_the_articles_of_one_issue_add_up_before_any_is_printed(indexed: Path, run: Call) -> None:
    register = indexed / "rights.yaml"
    register.write_text(
        register.read_text("utf-8").replace("{index: rights.index,", "{index: rights.index, review_share: 0.09,"),
        "utf-8",
    )
    whole = sentence(indexed, 2000)
    for n in range(3):
        write(indexed, f"piece{n}", f"{OWN}\n\n“{whole[n * 300 : n * 300 + 300]}”[@r1]。", REFERENCE)
    issue = (indexed / "source/issue/issue.yaml").read_text("utf-8")
    start = issue.index("articles:")
    entries = "".join(f"  - article: ../piece{n}/article.md\n" for n in range(3))
    (indexed / "source/issue/issue.yaml").write_text(issue[:start] + "articles:\n" + entries, "utf-8")
    done = run("check", "source/issue", "--format", "json")
    assert done.exit == 3 and "RIGHTS-PASSAGES-BEFORE" in codes(done)


def test_what_was_granted_before_does_not_count_against_a_passage_elsewhere(
    indexed: Path, run: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A phrase of the trade that stands in both samples, and an excerpt of one of them that was granted."""
    phrase = "本示例由编辑部为说明版式而作，人物机构均属虚构。"
    register = indexed / "rights.yaml"
    text = register.read_text("utf-8").replace("{index: rights.index,", "{index: rights.index, review_share: 0.09,")
    register.write_text(text, "utf-8")
    for name in ("news", "research"):
        article = indexed / f"source/{name}/article.md"
        article.write_text(article.read_text("utf-8").rstrip("\n") + f"\n\n{phrase}\n", "utf-8")
    assert run("rights", "index").exit == 0
    reprint = ("reprint", "source/research", "--grantee", "org:demo-press", "--channel", "web", "--format", "json")
    first = run("check", "source/research", "--format", "json")
    assert "RIGHTS-PASSAGES-SMALL" in codes(first)
    assert run(*EXCERPT).exit == 0
    monkeypatch.setattr("kanyin.rights.passages._its_own", lambda *_: False)  # which would let it pass by itself
    done = run(*reprint)
    assert done.exit == 0, done.err
    assert "RIGHTS-PASSAGES-BEFORE" not in codes(done)
    real = Ledger.earlier
    monkeypatch.setattr(Ledger, "earlier", lambda self, user, work, granted: real(self, user, work))
    assert "RIGHTS-PASSAGES-BEFORE" in codes(run(*reprint))  # all of it counted: the false refusal


def test_what_two_articles_of_one_holder_share_is_his(
    indexed: Path, run: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    phrase = "本示例由编辑部为说明版式而作，人物机构均属虚构，数据与文献也都是为了演示而写。"
    register = indexed / "rights.yaml"
    text = register.read_text("utf-8").replace("{index: rights.index,", "{index: rights.index, review_share: 0.001,")
    register.write_text(text, "utf-8")
    for name in ("news", "research"):
        article = indexed / f"source/{name}/article.md"
        article.write_text(article.read_text("utf-8").rstrip("\n") + f"\n\n{phrase}\n", "utf-8")
    assert run("rights", "index").exit == 0
    reprint = ("reprint", "source/research", "--grantee", "org:demo-press", "--channel", "web", "--format", "json")
    assert run(*reprint).exit == 0
    monkeypatch.setattr("kanyin.rights.passages._its_own", lambda *_: False)
    done = run(*reprint)
    assert done.exit == 3 and "RIGHTS-PASSAGES-UNQUOTED" in codes(done)


def limit(project: Path, bounds: str) -> None:
    register = project / "rights.yaml"
    text = register.read_text("utf-8")
    register.write_text(
        text.replace("parts: {include: [s2]}", f"parts: {{include: [s2]}}\n        limits: {bounds}"), "utf-8"
    )


EXCERPT = ("excerpt", "source/news", "--parts", "s2", "--grantee", "org:demo-press", "--channel", "web")


@pytest.mark.parametrize(
    ("bounds", "exit_"), [("{share: 0.9}", 0), ("{chars: 2000}", 0), ("{share: 0.1}", 3), ("{chars: 100}", 3)]
)
def test_a_limit_of_a_grant_is_compared_with_what_was_measured(
    indexed: Path, run: Call, bounds: str, exit_: int
) -> None:
    limit(indexed, bounds)
    done = run(*EXCERPT, "--format", "json")
    assert done.exit == exit_
    assert bool(pdfs(indexed / "build")) is (exit_ == 0)
    if exit_:
        assert "RIGHTS-GRANT-LIMIT" in codes(done)


def test_without_an_index_a_limit_on_text_is_not_kept(project: Path, run: Call) -> None:
    limit(project, "{share: 0.9}")
    assert "RIGHTS-GRANT-LIMIT-UNMEASURED" in codes(run(*EXCERPT, "--format", "json"))


def test_another_text_under_the_name_of_a_granted_work_is_refused(indexed: Path, run: Call) -> None:
    article = indexed / "source/research/article.md"
    text = article.read_text("utf-8")
    paragraph = body(indexed, "research")[5][:60]
    assert paragraph in text
    article.write_text(text.replace(paragraph, OWN * 20 + paragraph), "utf-8")
    done = run(
        "reprint",
        "source/research",
        "--grantee",
        "org:demo-press",
        "--copies",
        "10",
        "--channel",
        "web",
        "--format",
        "json",
    )
    assert done.exit == 3 and "RIGHTS-GRANT-MODIFIED" in codes(done)


def test_words_in_a_drawing_are_read(indexed: Path, run: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "".join(f"<text>{p}</text>" for p in body(indexed, "research")[2:12])
    source = write(indexed, "walk", f"{OWN}\n\n![图](fig1.svg){{#fig1}}\n图1：示意")
    (indexed / source / "fig1.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{words}</svg>', "utf-8"
    )
    assert "RIGHTS-PASSAGES-OVER" in codes(run("check", source, "--format", "json"))
    monkeypatch.setattr("kanyin.pipeline.measure.drawn", lambda article: iter(()))
    assert run("check", forgotten(indexed, source)).exit == 0  # the defence out: the attack succeeds


def forgotten(project: Path, source: str) -> str:
    """The source, changed by a blank, so that nothing that was found out about it before counts."""
    article = project / source / "article.md"
    article.write_text(article.read_text("utf-8") + "\n", "utf-8")
    return source


def test_a_page_as_a_picture_is_said_not_to_be_compared(
    indexed: Path, run: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(indexed, "walk", f"{OWN}\n\n![图](page.png){{#fig1}}\n图1：示意")
    lines = "".join(body(indexed, "research")[2:9])
    face = ImageFont.truetype(str(indexed / "fonts/kanyin-song.otf"), 16)
    picture = Image.new("L", (640, 900), 255)
    for n in range(34):
        ImageDraw.Draw(picture).text((30, 20 + n * 25), lines[n * 36 : n * 36 + 36], font=face, fill=0)
    picture.save(indexed / source / "page.png")
    (told,) = [f for f in run("check", source, "--format", "json").json["findings"] if f["code"] == PICTURE]
    assert told["severity"] == "skip" and told["where"]["line"] and "page.png" in told["message"]
    assert PICTURE in codes(run("check", source, "--format", "json"))  # again, when nothing was read anew
    monkeypatch.setattr("kanyin.pipeline.pictures.print_lines", lambda data: 0)
    done = run("check", forgotten(indexed, source), "--format", "json")
    assert done.exit == 0 and PICTURE not in codes(done)  # without it nothing would be said


def test_what_a_style_sheet_would_print_is_read(indexed: Path, run: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "".join(body(indexed, "research")[2:12]).replace("\n", "").replace('"', "")
    escaped = "".join(f"\\{ord(char):06x}" for char in words[:400])
    with next((indexed / "layouts/journal").glob("*.css")).open("a", encoding="utf-8") as sheet:
        sheet.write(f'\np.lead::after {{ content: "{escaped}" "{words[400:]}"; }}\n')
    source = write(indexed, "walk", OWN)
    assert "RIGHTS-PASSAGES-OVER" in codes(run("check", source, "--format", "json"))
    monkeypatch.setattr("kanyin.pipeline.measure.generated", lambda layout: iter(()))
    monkeypatch.setattr("kanyin.pipeline.measure.files", lambda layout: iter(()))
    assert run("check", forgotten(indexed, source)).exit == 0  # the defence out: the attack succeeds


DAMAGE = {
    "the index is gone": lambda p: (p / "rights.index").unlink(),
    "the key is gone": lambda p: (p / "rights.index.key").unlink(),
    "the seal is gone": lambda p: (p / "rights.index.seal").unlink(),
    "the ledger is gone": lambda p: (p / "rights.index.ledger").unlink(),
    "the index is empty": lambda p: (p / "rights.index").write_bytes(b""),
    "the ledger is no database": lambda p: (p / "rights.index.ledger").write_bytes(b"x" * 4096),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_cannot_be_verified_is_refused(indexed: Path, run: Call, damage: str) -> None:
    DAMAGE[damage](indexed)
    done = run("build", "source/news", "--format", "json")
    assert done.exit == 3 and not pdfs(indexed / "build")
    assert any(code.startswith("MATCH-") for code in codes(done))


def test_a_work_taken_out_of_the_index_is_noticed(indexed: Path, run: Call) -> None:
    with closing(sqlite3.connect(indexed / "rights.index")) as base, base:
        base.execute("DELETE FROM work WHERE id = ?", (RESEARCH,))
    assert "MATCH-INDEX-CHANGED" in codes(run("check", "source/news", "--format", "json"))


def test_a_work_that_is_registered_no_more_leaves_the_index(indexed: Path, run: Call) -> None:
    text = (indexed / "rights.yaml").read_text("utf-8")
    start, end = text.index("  - id: kanyin-sample-news"), text.index("\n  # 版式的样张")
    grants = text.index("  - id: G-2026-0002")
    (indexed / "rights.yaml").write_text(
        text[:start] + text[end:grants] + text[text.index("# trust: none", grants) :], "utf-8"
    )
    assert "MATCH-REMOVED" in run("rights", "index", "source/research", "--format", "json").codes
