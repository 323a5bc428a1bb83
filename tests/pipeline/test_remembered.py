# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""`check` reads what has changed, and only that; what it keeps decides nothing and cannot be made to."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from pipeline_project import Run

import kanyin.readers
from kanyin.pipeline import plain, remembered
from kanyin.rights.match.index import Index

Call = Callable[..., Run]
TWO = ("check", "source/news", "source/research", "--format", "json")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "kanyin"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the folders whose article was read."""
    seen: list[str] = []
    real = kanyin.readers.read

    def told(path: Path) -> object:
        seen.append(path.parent.name)
        return real(path)

    monkeypatch.setattr(kanyin.readers, "read", told)
    return seen


def kept(cache: Path) -> list[Path]:
    return sorted(p for p in cache.rglob("*") if p.is_file() and p.name != "secret")


def test_what_did_not_change_is_not_read_again_and_says_the_same(run: Call, reads: list[str]) -> None:
    first = run(*TWO)
    assert reads == ["news", "research"]
    assert run(*TWO).out == first.out and first.exit == 0
    assert reads == ["news", "research"]


def test_what_did_not_change_is_not_compared_again(
    run: Call, reads: list[str], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless what it is compared with has changed."""
    compared: list[int] = []
    real = Index.compare
    monkeypatch.setattr(Index, "compare", lambda *a, **k: (compared.append(1), real(*a, **k))[1])
    register = project / "rights.yaml"
    register.write_text(register.read_text("utf-8").replace("policy:\n", "policy:\n  excerpt: {index: i}\n"), "utf-8")
    assert run("rights", "index").exit == 0
    reads.clear()
    first = run(*TWO)
    count = len(compared)
    assert reads == ["news", "research"] and count
    assert run(*TWO).out == first.out and (reads, len(compared)) == (["news", "research"], count)
    article = project / "source/news/article.md"
    article.write_text(article.read_text("utf-8") + "\n另有一句。\n", "utf-8")
    assert run("rights", "index").exit == 0
    reads.clear()
    run(*TWO)
    assert reads == ["news", "research"] and len(compared) > count


def test_an_issue_is_kept_too(run: Call, reads: list[str]) -> None:
    first = run("check", "source/issue", "--format", "json")
    count = len(reads)
    assert count and run("check", "source/issue", "--format", "json").out == first.out
    assert len(reads) == count


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


CHANGES: dict[str, Callable[[Path], None]] = {
    "the article": lambda root: add(root / "source/news/article.md", "\n另有一句。\n"),
    "a file beside it": lambda root: (root / "source/news/new.svg").write_text("<svg/>", "utf-8"),
    "the layout": lambda root: add(root / "layouts/journal/floats.css", "\n/* */\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_read_again(run: Call, reads: list[str], project: Path, change: str) -> None:
    run("check", "source/news")
    CHANGES[change](project)
    run("check", "source/news")
    assert reads == ["news", "news"]


def test_a_fault_that_was_put_in_is_found_and_one_that_was_taken_out_is_gone(run: Call, project: Path) -> None:
    path = project / "source/news/article.md"
    whole = path.read_text("utf-8")
    assert run("check", "source/news").exit == 0
    path.write_text(whole + "\n![字](none.png){#fig9}\n", "utf-8")
    assert run("check", "source/news").exit == run("check", "source/news").exit == 1
    path.write_text(whole, "utf-8")
    assert run("check", "source/news").exit == 0


def test_the_verdict_is_never_kept(run: Call, reads: list[str], project: Path) -> None:
    assert run("check", "source/news").exit == 0
    register = project / "rights.yaml"
    register.write_text(register.read_text("utf-8").replace("id: kanyin-sample-news", "id: another"), "utf-8")
    register.write_text(register.read_text("utf-8").replace("works: [kanyin-sample-news]", "works: [another]"), "utf-8")
    assert run("check", "source/news").exit == 3
    assert reads == ["news"], "nothing had to be read for that"


def test_what_is_printed_is_always_read(run: Call, reads: list[str]) -> None:
    run("check", "source/news")
    assert run("build", "source/news").exit == 0
    assert reads == ["news", "news"]


class TestForged:
    """Somebody writes into the folder, or brings one along from elsewhere."""

    def test_every_changed_byte_makes_it_worthless(self, run: Call, reads: list[str], cache: Path) -> None:
        run("check", "source/news")
        (entry,) = kept(cache)
        data = entry.read_bytes()
        for place in [*range(70), *range(70, len(data), 97)]:
            entry.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
            before = len(reads)
            assert run("check", "source/news").exit == 0 and len(reads) == before + 1
        entry.write_bytes(data[: len(data) // 2])
        assert run("check", "source/news").exit == 0

    def test_the_reading_of_a_clean_article_does_not_stand_in_for_another(
        self, run: Call, project: Path, cache: Path
    ) -> None:
        run("check", "source/news")
        (clean,) = kept(cache)
        add(project / "source/research/article.md", "\n![字](none.png){#fig9}\n")
        assert run("check", "source/research").exit == 1
        for entry in kept(cache):
            entry.write_bytes(clean.read_bytes())
        assert run("check", "source/research").exit == 1

    def test_with_the_mark_taken_out_a_forged_reading_is_believed(
        self, run: Call, project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A cache from another machine: its marks are made with another secret."""
        add(project / "source/news/article.md", "\n![字](none.png){#fig9}\n")
        assert run("check", "source/news").exit == 1
        (entry,) = kept(cache)
        real, clean = entry.read_bytes(), plain.load(entry.read_bytes()[64:])
        forged = tuple(remembered.replace(one, findings=()) for one in clean)
        payload = real[32:64] + plain.dump(forged)
        entry.write_bytes(remembered._marked(b"another secret", payload) + payload)
        assert run("check", "source/news").exit == 1
        entry.write_bytes(remembered._marked(b"another secret", payload) + payload)
        monkeypatch.setattr(remembered.hmac, "compare_digest", lambda a, b: True)
        assert run("check", "source/news").exit == 0

    @pytest.mark.parametrize(
        "body",
        [
            pickle.dumps(()),
            b"",
            b"{}",
            b"[1]",
            b'[{"is": "Reading", "of": {}}]',
            b'[{"is": "os.system", "of": {"command": "true"}}]',
            b'[{"is": "Text", "of": {"value": ""}}]',
            b"[" * 100_000,
        ],
    )
    def test_who_has_the_secret_makes_nothing_run(self, run: Call, reads: list[str], cache: Path, body: bytes) -> None:
        run("check", "source/news")
        (entry,) = kept(cache)
        payload = entry.read_bytes()[32:64] + body
        entry.write_bytes(remembered._marked((cache / "secret").read_bytes(), payload) + payload)
        assert run("check", "source/news").exit == 0
        assert reads == ["news", "news"]

    def test_a_folder_within_the_project_is_not_used(
        self, run: Call, reads: list[str], project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(project / ".cache"))
        assert run("check", "source/news").exit == run("check", "source/news").exit == 0
        assert reads == ["news", "news"] and not (project / ".cache").exists()

    def test_a_secret_that_others_can_read_is_none(self, run: Call, reads: list[str], cache: Path) -> None:
        run("check", "source/news")
        assert (cache / "secret").stat().st_mode & 0o777 == 0o600
        (cache / "secret").chmod(0o644)
        remembered._secret_at.cache_clear()
        run("check", "source/news")
        assert reads == ["news", "news"]


def test_the_folder_may_be_deleted_or_not_be_there_at_all(
    run: Call, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    run("check", "source/news")
    shutil.rmtree(cache)
    assert run("check", "source/news").exit == 0
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert run("check", "source/news").exit == 0
