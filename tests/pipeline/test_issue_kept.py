# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What is laid out again when an issue is built again, and what a build that is killed leaves behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from issue_project import HOME, Entry, project, write
from pipeline_project import pdfs

from kanyin.cli import main
from kanyin.config.issue import Folio
from kanyin.config.job import Job, Places
from kanyin.config.layout import load_layout
from kanyin.model import Permit, mint
from kanyin.notice import canonical
from kanyin.pipeline import kept_pages, remembered, sheets
from kanyin.pipeline.kept_pages import Kept, Shelf
from kanyin.seen import Seen
from kanyin.tools.locked import lock, unlock

ENTRIES = [Entry("one", 4), Entry("two", 4), Entry("three", 4)]
ISSUE = """cover: false
contents: false
index: false
articles:
  - {article: ../one}
  - {article: ../two}
  - {article: ../three}
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/kanyin/pages"


@pytest.fixture
def folder(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = project(tmp_path / "project", ENTRIES, ISSUE)
    monkeypatch.chdir(made)
    return made


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Hears the name of each article that is laid out."""
    heard: list[str] = []
    real = sheets.Bench._lay

    def lay(bench: sheets.Bench, number: int, sheet: sheets.Sheet) -> sheets.Laid:
        heard.append(Path(sheet.source).parent.name)
        return real(bench, number, sheet)

    monkeypatch.setattr(sheets.Bench, "_lay", lay)
    return heard


def build(*more: str, day: str = "2026-11-20") -> int:
    return main(["build", "source/issue", "--as-of", day, "--quiet", "--jobs", "1", *more])


def built(laid: list[str], *more: str, day: str = "2026-11-20") -> list[str]:
    """What is laid out in a build that succeeds."""
    laid.clear()
    assert build(*more, day=day) == 0
    return sorted(laid)


def permit(**more: Any) -> Permit:
    told = {
        "action": "publish",
        "work": "a",
        "holder": "h",
        "holder_name": "某学会",
        "layout": "l",
        "notice": canonical(),
    }
    return mint(**{**told, "as_of": date(2026, 3, 1), **more})


def test_a_change_in_one_article_lays_out_that_article_alone(folder: Path, laid: list[str]) -> None:
    whole = folder / "build/issue/screen.pdf"
    assert built(laid) == ["one", "three", "two"]
    first = whole.read_bytes()
    assert built(laid) == [] and whole.read_bytes() == first
    assert built(laid, day="2026-11-19") == []
    write(folder, 1, Entry("two", 5))
    assert built(laid) == ["two"] and whole.read_bytes() != first
    write(folder, 1, Entry("two", 4))
    assert built(laid) == ["two"] and whole.read_bytes() == first


def test_articles_that_move_to_another_page_are_laid_out_again(folder: Path, laid: list[str]) -> None:
    built(laid)
    write(folder, 1, Entry("two", 60))
    assert built(laid) == ["three", "two"]
    fresh = (folder / "build/issue/screen.pdf").read_bytes()
    assert built(laid, "--out", "other") == []
    assert (folder / "other/issue/screen.pdf").read_bytes() == fresh


def test_a_changed_picture_is_a_changed_article(folder: Path, laid: list[str]) -> None:
    _draw(folder, 10)
    built(laid)
    _draw(folder, 20)
    assert built(laid) == ["one"]


class TestShelf:
    """A page is found for exactly what it was made from."""

    SOURCE = Path("/source/article.md")

    @pytest.fixture
    def job(self, folder: Path) -> Job:
        places = Places(folder / "layouts", folder / "fonts", folder / "rights.yaml", folder / "build")
        return Job("build", folder / "source/issue/issue.yaml", places, date(2026, 3, 1))

    def sheet(self, job: Job) -> sheets.Sheet:
        layout = load_layout(job.places.layouts, "journal")
        return sheets.Sheet("<p>", layout, (self.SOURCE.parent,), Path("fonts.conf"), "screen", "article.md", 1)

    def found(self, job: Job, sheet: sheets.Sheet, *permits: Permit, source: Path = SOURCE) -> bool:
        return Shelf.of(job).find(source, sheet, permits, Seen()) is not None

    @pytest.fixture
    def kept(self, job: Job) -> sheets.Sheet:
        sheet = self.sheet(job)
        Shelf.of(job).keep(self.SOURCE, sheet, [permit()], Kept(Folio("S", 3), 2, b"pages", ()), Seen())
        assert Shelf.of(job).find(self.SOURCE, sheet, [permit()], Seen()) == Kept(Folio("S", 3), 2, b"pages", ())
        return sheet

    def test_of_another_job(self, job: Job, kept: sheets.Sheet) -> None:
        assert self.found(replace(job, as_of=date(2027, 1, 1), processes=2), kept, permit(as_of=date(2027, 1, 1)))
        assert not self.found(replace(job, profile="archive"), kept, permit())
        assert not self.found(replace(job, command="reprint", grantee="g"), kept, permit())
        assert not self.found(job, kept, permit(), source=Path("/source/other.md"))

    def test_under_another_permit(self, job: Job, kept: sheets.Sheet) -> None:
        assert not self.found(job, kept)
        assert not self.found(job, kept, permit(), permit(work="filler"))
        for field, value in (
            ("work", "b"),
            ("holder", "x"),
            ("grants", ("G",)),
            ("credit", ("c",)),
            ("statement", "s"),
        ):
            assert not self.found(job, kept, permit(**{field: value})), field

    @pytest.mark.parametrize("field", ["html", "roots", "profile", "filler"])
    def test_of_other_html(self, job: Job, kept: sheets.Sheet, field: str) -> None:
        value = (Path("/elsewhere"),) if field == "roots" else "archive" if field == "profile" else "other"
        assert not self.found(job, replace(kept, **{field: value}), permit())

    def test_in_another_layout(self, job: Job, kept: sheets.Sheet) -> None:
        sheet = job.places.layouts / "journal/text.css"
        times = sheet.stat()
        sheet.write_text(sheet.read_text("utf-8").replace("orphans: 2", "orphans: 3"), "utf-8")
        os.utime(sheet, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert not self.found(job, kept, permit())

    def test_with_other_fonts(self, job: Job, kept: sheets.Sheet) -> None:
        job.places.fonts.unlink()
        job.places.fonts.mkdir()
        assert not self.found(job, kept, permit())

    @pytest.mark.parametrize("what", ["program", "_shapers"])
    def test_by_another_program(self, job: Job, kept: sheets.Sheet, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
        monkeypatch.setattr(kept_pages, what, lambda: "another")
        assert not self.found(job, kept, permit())

    def test_by_another_user(self, job: Job, kept: sheets.Sheet, cache: Path) -> None:
        (cache.parent / "secret").write_bytes(b"x" * 32)
        remembered._secret_at.cache_clear()
        assert not self.found(job, kept, permit())


def _draw(folder: Path, width: int) -> None:
    path = folder / "source/one/article.md"
    text = path.read_text("utf-8").split("\n![")[0].rstrip("\n")
    path.write_text(f"{text}\n\n![图](a.svg){{#fig1}}\n\n图1：图\n", "utf-8")
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 99"><rect width="{width}" height="9"/></svg>'
    (folder / "source/one/a.svg").write_text(drawing, "utf-8")


def test_what_is_kept_prints_nothing_that_is_not_permitted_now(folder: Path, laid: list[str], cache: Path) -> None:
    built(laid)
    for path in pdfs(folder):
        path.unlink()
    register = folder / "rights.yaml"
    register.write_text(register.read_text("utf-8").replace("id: two\n", "id: sold\n"), "utf-8")
    assert build() == 3 and not pdfs(folder)
    for held in cache.iterdir():
        assert b"%PDF" not in held.read_bytes() and b"stream" not in held.read_bytes()


def test_damaged_pages_are_laid_out_again(folder: Path, laid: list[str], cache: Path) -> None:
    built(laid)
    first = (folder / "build/issue/screen.pdf").read_bytes()
    one, two, three = sorted(cache.iterdir())
    before = two.read_bytes()
    one.write_bytes(one.read_bytes()[:-9])
    two.write_bytes(before[:99] + bytes([before[99] ^ 1]) + before[100:])
    three.write_bytes(before)
    assert built(laid) == ["one", "three", "two"], "cut, flipped, another's"
    one.unlink()
    two.write_bytes(b"")
    three.unlink()
    assert built(laid) == ["one", "three", "two"], "gone, empty"
    assert (folder / "build/issue/screen.pdf").read_bytes() == first


@pytest.mark.parametrize(
    "rule", ["@page :left { margin-left: 70pt; margin-right: 45.276pt }", "h1::after { content: counter(page) }"]
)
def test_a_layout_that_asks_for_the_page_is_laid_out_for_it(folder: Path, laid: list[str], rule: str) -> None:
    """The heads alone cannot be numbered then: what is on page 2 is laid out as what it is."""
    sheet = folder / "layouts/journal/page.css"
    sheet.write_text(sheet.read_text("utf-8") + rule, "utf-8")
    twice = {"@page": ["two"], "h1::a": ["three", "two"]}[rule[:5]]
    assert built(laid) == sorted(["one", "two", "three", *twice])
    first = (folder / "build/issue/screen.pdf").read_bytes()
    assert built(laid) == [] and (folder / "build/issue/screen.pdf").read_bytes() == first
    page = pypdfium2.PdfDocument(folder / "build/issue/screen.pdf")[1]
    assert re.search(r"^2\b", page.get_textpage().get_text_bounded(), re.MULTILINE)
    if "margin" in rule:
        assert round(_first_letter(page)) == 70


def _first_letter(page: pypdfium2.PdfPage) -> float:
    """The left edge of the title, in points."""
    text = page.get_textpage()
    start, _ = text.search("论two").get_next() or (0, 0)
    return float(text.get_charbox(start, loose=True)[0])


def test_nothing_is_kept_inside_a_project(folder: Path, laid: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    built(laid)
    assert built(laid) == ["one", "three", "two"] and not (folder / "cache/kanyin/pages").exists()


def test_what_was_not_delivered_is_not_kept(
    folder: Path, laid: list[str], cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "build").write_text("in the way", "utf-8")
    assert build() == 5 and not cache.exists()


def test_a_lock_opens_for_the_same_only() -> None:
    held = lock(b"pages", b"s" * 32, b"made from")
    assert unlock(held, b"s" * 32, b"made from") == b"pages"
    assert unlock(held, b"t" * 32, b"made from") is None
    assert unlock(held, b"s" * 32, b"made from more") is None
    assert unlock(held[:5], b"s" * 32, b"made from") is None
    assert lock(b"pages", b"s" * 32, b"made from") != held


@pytest.mark.parametrize("seconds", [0.9, 1.8])
def test_a_killed_build_leaves_no_file_and_the_next_one_finishes(folder: Path, seconds: float) -> None:
    """SIGKILL, which nobody can answer: the whole group or the parent alone, whose processes then end by themselves."""
    command = [
        sys.executable,
        str(HOME / "make_pdf.py"),
        "build",
        "source/issue",
        "--jobs",
        "2",
        "--as-of",
        "2026-11-20",
    ]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    time.sleep(seconds)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    left = {path.name for path in (folder / "build").rglob("*") if path.is_file()}
    assert left in (set(), {"screen.pdf", "screen.manifest.json"})
    assert build() == 0
    assert main(["verify", "build/issue/screen.pdf"]) == 0
    assert {path.name for path in (folder / "build").rglob("*") if path.is_file()} == {
        "screen.pdf", "screen.manifest.json"
    }  # fmt: skip
