# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Text of a registered work that no sentence of the source says, and that the page, the file or a reader's eye has."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from measured_project import OWN, body, codes, write
from pipeline_project import Run, pdfs

from kanyin.pipeline import article as line
from kanyin.pipeline import measure

Call = Callable[..., Run]
POLICY = "  excerpt: {index: rights.index, whitelist: [references, affiliations, statute_text]}\n"
FIGURE = "![图](%s){#fig1}\n\n图1：示意"


@pytest.fixture
def indexed(project: Path, run: Call) -> Path:
    register = project / "rights.yaml"
    register.write_text(register.read_text("utf-8").replace("policy:\n", "policy:\n" + POLICY), "utf-8")
    assert run("rights", "index", "source/research").exit == 0
    return project


def taken(project: Path, most: int = 600) -> str:
    text = "".join(body(project, "research")[2:12])[:most]
    return "".join(char for char in text if char not in '\n"|*\\[]$<&')


def drawing(words: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{words}</svg>'


@pytest.mark.parametrize("field", ["column: '%s'", "history: {editor: '%s'}", "doi: '10.5555/%s'"])
def test_every_field_of_the_head_is_compared(indexed: Path, run: Call, field: str) -> None:
    words = taken(indexed).replace("'", "").replace(" ", "")
    done = run("check", write(indexed, "walk", OWN * 4, field % words + "\n"), "--format", "json")
    assert done.exit == 3 and "RIGHTS-PASSAGE-AT" in codes(done)


def test_the_address_of_an_author_and_of_a_link_are_compared(indexed: Path, run: Call) -> None:
    source = write(indexed, "walk", f"{OWN}[此处](https://example.org/{taken(indexed).replace(' ', '')})。")
    assert "RIGHTS-PASSAGE-AT" in codes(run("check", source, "--format", "json"))
    article = indexed / source / "article.md"
    text = article.read_text("utf-8").split("[此处]")[0]
    email = f"{{name: 纪闻溪, corresp: true, email: '{taken(indexed)}'}}"
    article.write_text(text.replace("{name: 纪闻溪}", email), "utf-8")
    assert "RIGHTS-PASSAGE-AT" in codes(run("check", source, "--format", "json"))


def test_the_column_that_an_issue_gives_and_its_title_are_compared(indexed: Path, run: Call) -> None:
    write(indexed, "walk", OWN)
    issue = indexed / "source/whole/issue.yaml"
    issue.parent.mkdir()
    head = "schema: issue/1\nid: i-1\ntitle: '%s'\narticles:\n  - {article: ../walk, column: '%s'}\n"
    for title, column in (("期", taken(indexed, 190)), (taken(indexed, 190), "栏")):
        issue.write_text(head % (title, column), "utf-8")
        assert "RIGHTS-PASSAGES-TOTAL" in codes(run("check", "source/whole", "--format", "json"))
    issue.write_text(head % ("期", "栏"), "utf-8")
    assert run("check", "source/whole").exit == 0


def test_a_table_is_read_downwards_too(indexed: Path, run: Call) -> None:
    words = taken(indexed, 480)
    high = len(words) // 6
    columns = [words[i * high : i * high + high] for i in range(6)]
    rows = "".join("|" + "|".join(column[n] for column in columns) + "|\n" for n in range(high))
    source = write(indexed, "walk", f"{OWN}\n\n表1：示意 {{#tab1}}\n\n|甲|乙|丙|丁|戊|己|\n|-|-|-|-|-|-|\n{rows}")
    assert "RIGHTS-PASSAGE-AT" in codes(run("check", source, "--format", "json"))


def inside(data: bytes) -> bytes:
    held = base64.b64encode(data).decode()
    return drawing(f'<image href="data:image/svg+xml;base64,{held}"/>').encode()


DRAWINGS: dict[str, Callable[[str], tuple[str, bytes]]] = {
    "CDATA": lambda t: ("f.svg", drawing(f"<text><![CDATA[{t}]]></text>").encode()),
    "UTF-16": lambda t: ("f.svg", drawing(f"<text>{t}</text>").encode("utf-16")),
    "between false comments": lambda t: (
        "f.svg",
        drawing(f"<!-- > <style> --><text>{t}</text><!-- > </style> -->").encode(),
    ),
    "between marks of a template": lambda t: ("f.svg", drawing(f"<text>{{#</text><text>{t}</text>#}}").encode()),
    "another name": lambda t: ("f.png", drawing(f"<text>{t}</text>").encode()),
    "inside a drawing": lambda t: ("f.svg", inside(drawing(f"<text>{t}</text>").encode())),
}


@pytest.mark.parametrize("kind", DRAWINGS)
def test_a_drawing_is_known_by_what_it_holds(indexed: Path, run: Call, kind: str) -> None:
    name, data = DRAWINGS[kind](taken(indexed))
    source = write(indexed, "walk", f"{OWN}\n\n{FIGURE % name}")
    (indexed / source / name).write_bytes(data)
    assert "RIGHTS-PASSAGE-AT" in codes(run("check", source, "--format", "json"))


def test_a_drawing_that_another_names_is_read(indexed: Path, run: Call) -> None:
    source = write(indexed, "walk", f"{OWN}\n\n{FIGURE % 'f.svg'}")
    (indexed / source / "f.svg").write_text(drawing('<image href="g.dat"/><image href="f.svg"/>'), "utf-8")
    (indexed / source / "g.dat").write_text(drawing(f"<text>{taken(indexed)}</text>"), "utf-8")
    assert "RIGHTS-PASSAGE-AT" in codes(run("check", source, "--format", "json"))


LAYOUTS = {
    "an attribute": ("article.html.j2", '<main><p class="q" data-x="%s"></p></main>'),
    "a value in a tag": ("article.html.j2", '{%% for x in ["%s"] %%}<main><p>{{ x }}</p></main>{%% endfor %%}'),
    "a style sheet of another name": ("more.style", 'main::after{content:"%s"}'),
}


@pytest.mark.parametrize("kind", LAYOUTS)
def test_what_stands_inside_the_tags_of_a_layout_is_read(indexed: Path, run: Call, kind: str) -> None:
    name, text = LAYOUTS[kind]
    with (indexed / "layouts/journal" / name).open("a", encoding="utf-8") as file:
        file.write(text % taken(indexed))
    assert "RIGHTS-PASSAGE-AT" in codes(run("check", write(indexed, "walk", OWN), "--format", "json"))


def test_an_escape_does_not_bring_in_a_turn_of_direction(indexed: Path, run: Call) -> None:
    source = write(indexed, "walk", OWN, 'column: "\\u202e甲乙\\u202c"\n')
    assert "SOURCE-TURNING" in codes(run("check", source, "--format", "json"))


def test_what_only_the_pages_show_is_refused(indexed: Path, run: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words come out of a layout that is read by nobody before it prints."""
    layout = indexed / "layouts/journal"
    with (layout / "article.html.j2").open("a", encoding="utf-8") as file:
        file.write(f'<main><p class="q" data-x="{taken(indexed)}"></p></main>')
    with (layout / "text.css").open("a", encoding="utf-8") as file:
        file.write(".q::before{content:attr(data-x)}")
    source = write(indexed, "walk", OWN)
    monkeypatch.setattr(measure, "generated", lambda layout: iter(()))
    monkeypatch.setattr(measure, "files", lambda layout: iter(()))
    assert run("check", source).exit == 0
    done = run("build", source, "--format", "json")
    assert done.exit == 3 and not pdfs(indexed / "build") and "RIGHTS-PASSAGE-AT" in codes(done)
    places = [f["where"]["page"] for f in done.json["decision"]["reasons"] if f["code"] == "RIGHTS-PASSAGE-AT"]
    assert places and all(places)
    with monkeypatch.context() as out:
        out.setattr(line, "reread", lambda shown, *_: [one.prepared for one in shown])
        assert run("build", source).exit == 0  # the defence out: the attack succeeds


def test_the_pages_of_an_issue_are_compared_article_by_article(
    indexed: Path, run: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(indexed, "walk", OWN)
    source = indexed / write(indexed, "third", f"{OWN}\n\n{FIGURE % 'f.svg'}")
    words = taken(indexed, 300)
    rows = "".join(f'<text x="4" y="{20 + n * 20}">{words[n * 15 : n * 15 + 15]}</text>' for n in range(20))
    (source / "f.svg").write_text(drawing(rows).replace('"9"', '"420"'), "utf-8")
    (indexed / "source/whole").mkdir()
    (indexed / "source/whole/issue.yaml").write_text(
        "schema: issue/1\nid: i-1\ntitle: 期\narticles:\n  - {article: ../walk}\n  - {article: ../third}\n", "utf-8"
    )
    monkeypatch.setattr(measure, "drawn", lambda article: iter(()))
    done = run("build", "source/whole", "--format", "json")
    assert done.exit == 3 and not pdfs(indexed / "build")
    told = [f["where"] for f in done.json["findings"] if f["code"] == "RIGHTS-PASSAGE-AT"]
    told += [r["where"] for r in done.json["decision"]["reasons"] if r["code"] == "RIGHTS-PASSAGE-AT"]
    assert told and all(where["page"] and "third" in where["file"] for where in told)
