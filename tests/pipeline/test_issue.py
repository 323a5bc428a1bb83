# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""One PDF for an issue: what stands in it, in which order, under which number, and that each page is the article's."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from issue_project import Entry, project, write
from pipeline_project import Run, pdfs
from verapdf import failures

from kanyin.cli import main

Call = Callable[..., Run]
ENTRIES = [Entry("one", 6), Entry("two", 60), Entry("three", 6), Entry("small", 1, cites=False), Entry("board", 3)]
ISSUE = """journal_en: A Sample Journal
issn: 0000-0000
year: "2026"
volume: "3"
issue: 11-12
first_page: S13
volume_ends: true
front:
  - {article: ../board}
articles:
  - {column: 论著, column_en: Original Articles, article: ../one, filler: ../small}
  - {column: 论著, column_en: Original Articles, article: ../two, start: recto}
  - {column: 消息, article: ../three, start: recto}
"""


def build(folder: Path, *more: str) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return main(["build", "source/issue", "--as-of", "2026-11-20", "--quiet", "--jobs", "1", *more])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a built issue with each article's own file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        folder = project(tmp_path_factory.mktemp("issue") / "project", ENTRIES, ISSUE)
        assert build(folder, "--articles") == 0
    return folder


@pytest.fixture(scope="module")
def pdf(made: Path) -> pikepdf.Pdf:
    return pikepdf.open(made / "build/issue/screen.pdf")


@pytest.fixture(scope="module")
def texts(made: Path) -> list[str]:
    return texts_of(made / "build/issue/screen.pdf")


def texts_of(path: Path) -> list[str]:
    return [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in pypdfium2.PdfDocument(path)]


def labels(pdf: pikepdf.Pdf) -> list[str]:
    return [page.label for page in pdf.pages]


ORDER = ["封面", "i", "前插1", "空白", "S13", "S14", "S15", "S16", "S17", "S18"]


def test_pages_are_called_what_is_printed_on_them(pdf: pikepdf.Pdf, texts: list[str]) -> None:
    assert labels(pdf) == ORDER
    for label, text in zip(labels(pdf), texts, strict=True):
        if label in ("封面", "空白", "S14"):
            continue  # no head, no folio
        assert label in text.split("版权归中华医学会所有")[0], label


def test_an_odd_folio_stands_on_a_right_hand_page(pdf: pikepdf.Pdf) -> None:
    for sheet, label in enumerate(labels(pdf), start=1):
        if found := re.fullmatch(r"S(\d+)", label):
            assert sheet % 2 == int(found[1]) % 2, label


def test_what_has_no_page_of_its_own_is_blank_but_for_the_notice(texts: list[str], pdf: pikepdf.Pdf) -> None:
    for label in ("空白", "S14"):
        assert texts[labels(pdf).index(label)].startswith("版权归中华医学会所有。")


def test_every_page_bears_the_notice_and_a_work(texts: list[str]) -> None:
    for text in texts:
        assert "版权归中华医学会所有。未经授权" in text
    assert texts[0].count("an-issue·1/") == 1 and any("three·" in text for text in texts)


def test_verify_proves_the_issue_and_each_article(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made)
    assert main(["verify", "build/issue/screen.pdf", "build/issue/one/screen.pdf"]) == 0
    assert len(pdfs(made / "build")) == 5


def test_the_outline_has_two_levels(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        found = [(item.title, [below.title for below in item.children]) for item in outline.root]
        deeper = [below.title for item in outline.root for child in item.children for below in child.children]
    assert found == [
        ("封面", []), ("目次", []), ("论board", []), ("论著", ["论one", "论two"]), ("消息", ["论three"]),
        ("作者索引", []),
    ]  # fmt: skip
    assert not deeper


def destinations(pdf: pikepdf.Pdf) -> dict[str, int]:
    held = list(pdf.Root.Names.Dests.Names)
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    return {str(name): pages[place[0].objgen] for name, place in zip(held[::2], held[1::2], strict=True)}


def test_contents_and_index_lead_to_the_articles(pdf: pikepdf.Pdf) -> None:
    places = destinations(pdf)
    contents = list(dict.fromkeys(str(link.Dest) for link in pdf.pages[1].Annots))
    assert contents == ["one", "two", "three", "board"]
    assert [labels(pdf)[places[name]] for name in contents] == ["S13", "S15", "S17", "前插1"]
    index = pdf.pages[-1].get("/Annots", []) if places["index"] == len(pdf.pages) - 1 else []
    assert {str(link.Dest) for link in index} == {"one", "two", "three", "board"}


def test_links_inside_an_article_stay_inside_it(pdf: pikepdf.Pdf) -> None:
    places = destinations(pdf)
    assert list(places) == sorted(places, key=str.encode)
    for number, page in enumerate(pdf.pages):
        for link in page.get("/Annots", []):
            target = str(link.Dest)
            assert target in places
            if "~" in target:
                assert target.split("~")[0] in {name for name, at in places.items() if at <= number and "~" not in name}


def test_contents_are_in_two_languages(texts: list[str]) -> None:
    assert "目次论著论one甲一S13" in texts[1] and "ContentsOriginalArticlesOnoneJiaYiS13" in texts[1]


def test_a_combined_number_and_the_end_of_the_volume_are_printed(texts: list[str]) -> None:
    assert "2026年第3卷第11-12期" in texts[0] and "Vol.3,No.11-12,2026" in texts[0]
    assert sum("（第3卷终）" in text for text in texts) == 1 and "（第3卷终）" in texts[-1]


def test_the_index_names_everybody_once_with_all_folios(texts: list[str]) -> None:
    assert "作者索引" in texts[-1] and "甲一JiaYiS13" in texts[-1] and "其他丙三S17" in texts[-1]


def test_a_filler_stands_below_its_article_and_has_rights_of_its_own(made: Path, texts: list[str]) -> None:
    (page,) = [text for text in texts if "论small" in text]
    assert "论one" in page and page.index("论one") < page.index("论small")
    manifest = json.loads((made / "build/issue/screen.manifest.json").read_text("utf-8"))
    assert "source/small/article.md" in manifest["inputs"]
    assert [permit["work"] for permit in manifest["permits"]] == ["an-issue", "board", "one", "two", "three"]


def pixels(path: Path, number: int) -> bytes:
    """A page above the zone of the notice, whose last line counts the pages of its own file."""
    page = pypdfium2.PdfDocument(path)[number]
    image = page.render(scale=2).to_pil()
    return image.crop((0, 0, image.width, image.height - int(26 * 72 / 25.4 * 2))).tobytes()


def test_an_articles_own_file_shows_the_same_pages(made: Path, pdf: pikepdf.Pdf) -> None:
    issue, places = made / "build/issue/screen.pdf", destinations(pdf)
    for name in ("one", "two", "three", "board"):
        own = made / f"build/issue/{name}/screen.pdf"
        with pikepdf.open(own) as alone:
            assert labels(alone) == labels(pdf)[places[name] : places[name] + len(alone.pages)]
            for number in range(len(alone.pages)):
                assert pixels(own, number) == pixels(issue, places[name] + number)


def test_every_piece_of_text_is_in_the_tag_tree_once(pdf: pikepdf.Pdf) -> None:
    """By the tree: where keys of two files met, one article would be read in place of the other."""
    held: dict[tuple[int, int], list[int]] = {}

    def walk(element: pikepdf.Object) -> None:
        for kid in element.get("/K", []):
            if isinstance(kid, int):
                held.setdefault(element.Pg.objgen, []).append(kid)
            elif "/S" in kid:
                walk(kid)

    walk(pdf.Root.StructTreeRoot)
    for page in pdf.pages:
        marked = [
            int(operands[1]["/MCID"])
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC" and "/MCID" in operands[1]
        ]
        assert sorted(held.get(page.obj.objgen, [])) == sorted(marked)


class TestChanged:
    """Issues that are not printed, or otherwise."""

    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        issue = "cover: false\ncontents: false\nindex: false\narticles:\n  - {article: ../one}\n"
        return project(tmp_path / "project", ENTRIES[:4], issue)

    def codes(self, folder: Path, capsys: pytest.CaptureFixture[str], command: str = "build") -> tuple[int, set[str]]:
        capsys.readouterr()
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            code = main([command, "source/issue", "--as-of", "2026-11-20", "--format", "json"])
        return code, {f["code"] for f in json.loads(capsys.readouterr().out)["findings"]}

    def change(self, folder: Path, old: str, new: str) -> None:
        path = folder / "source/issue/issue.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def test_a_filler_without_room_is_refused(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        write(folder, 3, Entry("small", 40, cites=False))
        write(folder, 0, Entry("one", 45))
        self.change(folder, "../one}", "../one, filler: ../small}")
        assert "ISSUE-FILLER-ROOM" in self.codes(folder, capsys)[1]
        assert not pdfs(folder)

    def test_a_filler_cites_nothing(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.change(folder, "../one}", "../one, filler: ../two}")
        code, found = self.codes(folder, capsys)
        assert code == 1 and "ISSUE-FILLER-REFERENCES" in found and not pdfs(folder)

    def test_a_refused_filler_refuses_the_issue(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        write(folder, 3, Entry("stranger", 1))
        self.change(folder, "../one}", "../one, filler: ../stranger}")
        code, found = self.codes(folder, capsys)
        assert code == 3 and "ISSUE-ARTICLE" in found and not pdfs(folder)

    @pytest.mark.parametrize("command", ["build", "check"])
    @pytest.mark.parametrize(
        ("old", "new", "code", "found"),
        [
            ("id: an-issue", "id: one", 1, "ISSUE-ID"),
            ("articles:", "year: '2025'\narticles:", 1, "ISSUE-JOURNAL"),
            ("articles:", "front: [{article: ../two, start: recto}]\narticles:", 4, "ISSUE-MATTER"),
            ("articles:", "first_page: 0\narticles:", 4, "CONFIG-VALUE"),
            ("articles:", "first_page: 1-9\narticles:", 4, "CONFIG-VALUE"),
        ],
    )
    def test_what_contradicts_itself_is_refused(
        self, folder: Path, capsys: pytest.CaptureFixture[str], command: str, old: str, new: str, code: int, found: str
    ) -> None:
        path = folder / "source/one/article.md"
        path.write_text(path.read_text("utf-8").replace("rights:", "journal: {year: '2026'}\nrights:"), "utf-8")
        self.change(folder, old, new)
        exit_code, codes = self.codes(folder, capsys, command)
        assert (exit_code, found in codes) == (code, True), codes
        assert not pdfs(folder)

    def test_an_article_that_names_other_pages_is_told(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        write(folder, 0, Entry("one", 6, fpage="7"))
        code, found = self.codes(folder, capsys)
        assert code == 0 and "ISSUE-PAGES" in found

    def test_a_layout_without_pages_for_issues_says_so(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = folder / "layouts/journal/layout.yaml"
        path.write_text(path.read_text("utf-8").replace("issue: issue.html.j2\n", ""), "utf-8")
        self.change(folder, "cover: false\n", "")
        assert "ISSUE-LAYOUT-PAGES" in self.codes(folder, capsys)[1] and not pdfs(folder)


def test_the_same_issue_gives_the_same_bytes_on_one_core_and_on_two(made: Path, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        assert build(made, "--jobs", "2", "--out", str(tmp_path / "out")) == 0
    assert (tmp_path / "out/issue/screen.pdf").read_bytes() == (made / "build/issue/screen.pdf").read_bytes()


@pytest.mark.slow
def test_every_kind_of_page_keeps_the_standards(made: Path, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        assert build(made, "--profile", "archive", "--out", str(tmp_path)) == 0
    archive = (tmp_path / "issue/archive.pdf").read_bytes()
    screen, own = (made / "build/issue" / name for name in ("screen.pdf", "one/screen.pdf"))
    assert failures({"archive": archive}, "PDFA-3A") == {"archive": []}
    files = {"archive": archive, "screen": screen.read_bytes(), "own": own.read_bytes()}
    assert failures(files, "PDFUA-1") == {name: [] for name in files}


@pytest.mark.slow
def test_what_is_tagged_is_what_is_printed(made: Path, texts: list[str]) -> None:
    """By the text, as another reader has it: all that is on the pages but for their heads and the notice."""
    command = ["pdfinfo", "-struct-text", str(made / "build/issue/screen.pdf")]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    tagged = Counter(re.sub(r"\s", "", "".join(re.findall(r'^ *"(.*)"$', said, re.MULTILINE))))
    printed = Counter("".join(texts))
    margins = sum(len(text[text.index("版权归中华医学会所有") :]) + 60 for text in texts)
    assert not {char: n for char, n in (tagged - printed).items() if char not in "-￾"}
    assert (printed - tagged).total() <= margins
