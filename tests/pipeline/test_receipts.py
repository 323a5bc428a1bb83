# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A PDF is proven by its receipt alone, and whatever is done to either is found."""

from __future__ import annotations

import io
import json
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pipeline_project import HOME, pdfs
from signed_project import EXCERPT, Signed, make_signed
from tight import bound

from kanyin.pdf.stamp import build_of
from kanyin.preflight.fingerprint import attachment

ALONE = ("rights.yaml", "trust")
"""All that a verifier needs beside the file and its receipt: the register that says whose keys count, and the keys."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    project = make_signed(tmp_path_factory.mktemp("receipts") / "project")
    for profile in ("screen", "archive"):
        project.must("build", "source/research", "--profile", profile)
    project.must(*EXCERPT)
    return project


@pytest.fixture
def project(built: Signed, tmp_path: Path) -> Signed:
    return built.copied(tmp_path / "project")


def codes(project: Signed, path: Path) -> list[str]:
    return [found.code for found in project.verified(path)]


def test_a_receipt_says_what_was_asked_decided_used_and_made(built: Signed) -> None:
    from kanyin.pipeline.receipts import TYPE, beside
    from kanyin.rights import dsse

    path = built.pdf("news/excerpt-org-demo-press-s2.pdf")
    said = dsse.read(beside(path).read_bytes(), TYPE).value
    assert said["request"]["grantee"] == "org:demo-press" and said["request"]["parts"] == ["s2"]
    assert said["decisions"][0]["verdict"] == "allow" and said["decisions"][0]["grants"] == ["G-2026-0002"]
    assert {"source/news/article.md", "rights.yaml", "trust/keys.json", "grants/G-2026-0002.dsse.json"} <= set(
        said["inputs"]
    )
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in said["inputs"].values())
    assert {"kanyin", "weasyprint", "pypdf"} <= set(said["tools"]) and said["notices"]
    assert len(said["pdf"]["pages"]) == len(pypdfium2.PdfDocument(path)) and said["pdf"]["sha256"]
    before = built.log().entries[said["log"]["size"] - 1]
    assert said["log"]["head"] == before.hash


def test_with_receipt_and_keys_alone_it_verifies(built: Signed, tmp_path: Path) -> None:
    for name in ALONE:
        source = built.root / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    (tmp_path / "fonts").symlink_to(HOME / "fonts")
    for path in (p for p in (built.root / "build").rglob("*") if p.suffix == ".pdf" or ".receipt." in p.name):
        place = tmp_path / path.relative_to(built.root)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    found = sorted(str(p) for p in (tmp_path / "build").rglob("*.pdf"))
    assert len(found) == 3
    done = Signed(tmp_path).run("verify", *found)
    assert done.returncode == 0, done.stderr


def test_the_archive_carries_its_receipt_inside(project: Signed) -> None:
    path = project.pdf("research/archive.pdf")
    loose = path.with_suffix(".receipt.json")
    inside = attachment(path.read_bytes(), "kanyin-receipt.json")
    assert inside is not None and inside.rstrip(b" ") == loose.read_bytes()
    loose.unlink()
    assert codes(project, path) == []
    with pikepdf.open(path) as pdf:
        (specification,) = [one for one in pdf.Root.AF if one.UF == "kanyin-receipt.json"]
        assert specification.AFRelationship in ("/Data", "/Source", "/Supplement", "/Unspecified")
        assert specification.EF.F.Subtype == "/application/json"


def test_two_receipts_that_differ_are_a_fault(project: Signed) -> None:
    path = project.pdf("research/archive.pdf")
    shutil.copy(project.pdf("research/screen.receipt.json"), path.with_suffix(".receipt.json"))
    assert "VERIFY-RECEIPT-TWO" in codes(project, path)


@pytest.mark.slow
def test_every_byte_of_a_receipt_that_is_changed_is_found(project: Signed) -> None:
    path = project.pdf("news/excerpt-org-demo-press-s2.pdf")
    receipt = path.with_suffix(".receipt.json")
    data = receipt.read_bytes()
    assert codes(project, path) == []
    missed = []
    for place in range(len(data)):
        receipt.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        if not codes(project, path):
            missed.append(place)
    assert not missed
    for short in (0, 1, len(data) // 2, len(data) - 1):
        receipt.write_bytes(data[:short])
        assert codes(project, path)


def test_every_byte_of_a_file_counts(project: Signed) -> None:
    path = project.pdf("news/excerpt-org-demo-press-s2.pdf")
    data = path.read_bytes()
    for place in [*range(0, len(data), len(data) // 40), len(data) - 1]:
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert "VERIFY-RECEIPT-FILE" in codes(project, path), place


Edit = Callable[[pikepdf.Pdf], None]


def rewritten(path: Path, edit: Edit) -> None:
    with pikepdf.open(path) as pdf:
        edit(pdf)
        out = io.BytesIO()
        pdf.save(out)
    path.write_bytes(out.getvalue())


def one_more_dot(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[1]
    page.contents_add(pdf.make_stream(b"q 1 0 0 1 200 500 cm 0 0 3 3 re f Q"), prepend=True)


def no_first_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0]


def strip_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


def other_rights(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
        meta["dc:rights"] = "Public domain"


def white_over_the_notice(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(pdf.make_stream(b"q 1 g 0 0 600 80 re f Q"))


ATTACKS: dict[str, tuple[Edit, str]] = {
    "a page is changed": (one_more_dot, "VERIFY-RECEIPT-PAGE"),
    "a page is taken out": (no_first_page, "VERIFY-RECEIPT-PAGES"),
    "the metadata are stripped": (strip_metadata, "VERIFY-RECEIPT-FILE"),
    "the metadata say something else": (other_rights, "VERIFY-RECEIPT-FILE"),
    "the notice is covered": (white_over_the_notice, "VERIFY-RECEIPT-PAGE"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_done_to_a_file_is_found_and_named(project: Signed, attack: str) -> None:
    edit, code = ATTACKS[attack]
    path = project.pdf("research/screen.pdf")
    rewritten(path, edit)
    found = project.verified(path)
    assert code in [f.code for f in found]
    if code == "VERIFY-RECEIPT-PAGE":
        assert [f.where.page for f in found if f.code == code] == ([2] if edit is one_more_dot else [1])
    if code == "VERIFY-RECEIPT-PAGES":
        assert ("gone", "1") in next(f for f in found if f.code == code).args


def test_a_revision_that_was_added_is_found(project: Signed) -> None:
    path = project.pdf("research/screen.pdf")
    path.write_bytes(path.read_bytes() + b"\n% later\n")
    assert codes(project, path)[:2] == ["VERIFY-RECEIPT-FILE", "VERIFY-RECEIPT-UPDATED"]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Signed:
    """Somebody's own copy of the program and the sources, with other words in an article and without the keys."""
    root = tmp_path / "elsewhere"
    for name in ("layouts", "source/news"):
        shutil.copytree(HOME / name, root / name)
    shutil.copy(HOME / "rights.yaml", root)
    (root / "fonts").symlink_to(HOME / "fonts")
    article = root / "source/news/article.md"
    article.write_text(article.read_text("utf-8").rstrip("\n") + "\n\n这一句谁也没有审定。\n", "utf-8")
    forger = Signed(root)
    forger.must("build", "source/news")
    return forger


def test_what_was_made_elsewhere_is_refused_and_would_pass_where_no_receipt_is_demanded(
    project: Signed, elsewhere: Signed
) -> None:
    """Nobody can be kept from printing pages that are like ours in every respect: what they lack is the receipt."""
    path = project.pdf("news/screen.pdf")
    shutil.copy(elsewhere.pdf("news/screen.pdf"), path)
    done = project.run("verify", str(path), "--format", "json")
    assert done.returncode == 7
    assert [f["code"] for f in json.loads(done.stdout)["findings"]] == ["VERIFY-RECEIPT-MISSING"]
    elsewhere.must("verify", str(path))


def test_the_receipt_of_another_build_does_not_stand_in(project: Signed) -> None:
    path = project.pdf("research/screen.pdf")
    shutil.copy(project.pdf("news/excerpt-org-demo-press-s2.receipt.json"), path.with_suffix(".receipt.json"))
    assert {"VERIFY-RECEIPT-FILE", "VERIFY-RECEIPT-OTHER"} <= set(codes(project, path))


def resealed(project: Signed, path: Path, change: Callable[[Any], None]) -> None:
    """A receipt that says something else, signed by whoever has the build key."""
    from kanyin.pipeline import receipts
    from kanyin.rights import dsse
    from kanyin.rights.keys import load

    said = dsse.read(receipts.beside(path).read_bytes(), receipts.TYPE).value
    change(said)
    receipts.beside(path).write_bytes(receipts.seal(said, load(project.root / ".keys/build.key")))


def test_what_was_decided_upon_unsigned_grants_is_no_proof_where_signatures_are_demanded(project: Signed) -> None:
    path = project.pdf("news/excerpt-org-demo-press-s2.pdf")

    def unsigned(said: Any) -> None:
        said["decisions"][0]["unsigned"] = True

    resealed(project, path, unsigned)
    assert "VERIFY-RECEIPT-UNSIGNED" in codes(project, path)


def test_a_receipt_that_does_not_stand_in_the_log_is_none_whoever_signed_it(project: Signed) -> None:
    path = project.pdf("research/screen.pdf")
    assert project.run("verify", str(path)).returncode == 0
    resealed(project, path, lambda said: said.update(made="2026-11-21"))
    assert codes(project, path) == []  # signed by the build key, and of this very file
    done = project.run("verify", str(path))
    assert done.returncode == 7 and "VERIFY-RECEIPT-UNLOGGED" in done.stderr


def test_a_renamed_file_is_what_its_receipt_says_and_that_is_told(project: Signed) -> None:
    from kanyin.pipeline.receipts import beside

    path = project.pdf("research/screen.pdf")
    other = path.with_name("reprint-org-other.pdf")
    path.rename(other)
    beside(path).rename(beside(other))
    done = project.run("verify", str(other), "--format", "json")
    assert done.returncode == 0
    (told,) = [f for f in json.loads(done.stdout)["findings"] if f["code"] == "VERIFY-RECEIPT-NAME"]
    assert told["severity"] == "note" and "screen.pdf" in told["message"] and "build" in told["message"]


def test_a_key_that_nobody_trusts_proves_nothing(project: Signed, tmp_path: Path) -> None:
    other = make_signed(tmp_path / "other")
    shutil.copy(other.root / "trust/keys.json", project.root / "trust/keys.json")
    assert codes(project, project.pdf("research/screen.pdf")) == ["VERIFY-RECEIPT-KEY"]


def test_each_page_names_work_number_and_build_when_it_is_torn_out(built: Signed, tmp_path: Path) -> None:
    path = built.pdf("research/screen.pdf")
    build = build_of(path.read_bytes())
    with pikepdf.open(path) as pdf:
        count = len(pdf.pages)
        for number in range(count):
            single = pikepdf.new()
            single.pages.append(pdf.pages[number])
            single.save(tmp_path / "page.pdf")
            text = pypdfium2.PdfDocument(tmp_path / "page.pdf")[0].get_textpage().get_text_range()
            assert f"kanyin-sample-research · {number + 1}/{count} · {build}" in text
            assert "不得转载、摘编本刊文章" in text


@pytest.mark.slow
class TestTwoAtOnce:
    def test_a_grant_for_one_build_serves_one_of_them(self, project: Signed) -> None:
        project.edit(
            "        works: [kanyin-sample-news]\n",
            "        works: [kanyin-sample-news]\n        limits: {builds: 2}\n",
        )
        project.must("rights", "sign", "G-2026-0002", "--key", ".keys/grantor-cma.key")
        assert len(project.builds()) == 3  # one of them under the grant
        both = [
            subprocess.Popen(
                project.command(*EXCERPT, "--out", name), cwd=project.root, stdout=-3, stderr=subprocess.PIPE, text=True
            )
            for name in ("one", "two")
        ]
        said = [process.communicate(timeout=300)[1] for process in both]
        assert sorted(process.returncode for process in both) == [0, 3], said
        assert len(project.builds()) == 4
        assert len(pdfs(project.root / "one")) + len(pdfs(project.root / "two")) == 1


class TestBrokenOff:
    """Nothing half permitted: no file without its entry, no name without a whole file."""

    @pytest.mark.slow
    @pytest.mark.parametrize("moment", ["before the log", "after the log"])
    def test_killed_while_it_is_delivered(self, project: Signed, moment: str) -> None:
        before = len(project.builds())
        code = (
            f"import os, signal, sys; sys.path.insert(0, {str(HOME)!r})\n"
            "import kanyin.rights.log as log\n"
            "real = log.Writer.append\n"
            "def die(*a): os.kill(os.getpid(), signal.SIGKILL)\n"
            "def after(*a):\n    real(*a)\n    die()\n"
            f"log.Writer.append = {'die' if moment == 'before the log' else 'after'}\n"
            "from kanyin.cli import main\n"
            f"sys.exit(main({[*EXCERPT, '--out', 'late', '--as-of', '2026-11-20']!r}))\n"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=project.root, capture_output=True, check=False)
        assert done.returncode == -signal.SIGKILL, done.stderr
        assert not [p for p in (project.root / "late").rglob("*") if p.is_file()]
        assert len(project.builds()) == before + (moment == "after the log")
        project.must(*EXCERPT, "--out", "late")
        assert len(pdfs(project.root / "late")) == 1

    def test_a_full_disk(self, project: Signed) -> None:
        before = (project.root / "rights.log.jsonl").read_bytes()
        limit = 60_000  # the log still fits, the PDF does not

        def full() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        done = project.run(*EXCERPT, "--out", "late", before=full)
        assert done.returncode == 5 and "FILES-NOT-WRITABLE" in done.stderr, done.stderr
        assert not [p for p in (project.root / "late").rglob("*") if p.is_file()]
        assert (project.root / "rights.log.jsonl").read_bytes() == before

    def test_a_folder_that_cannot_be_written(self, project: Signed) -> None:
        before, late = (project.root / "rights.log.jsonl").read_bytes(), project.root / "late"
        late.mkdir(0o555)
        done = subprocess.run(
            bound(project.command(*EXCERPT, "--out", "late"), late), cwd=project.root, capture_output=True, text=True
        )
        assert done.returncode == 5 and "FILES-NOT-WRITABLE" in done.stderr, done.stderr
        assert not list(late.rglob("*")) and (project.root / "rights.log.jsonl").read_bytes() == before

    def test_a_log_that_is_damaged_refuses_and_leaves_nothing(self, project: Signed) -> None:
        log = project.root / "rights.log.jsonl"
        log.write_bytes(log.read_bytes().replace(b'"copies":0', b'"copies":9', 1))
        done = project.run(*EXCERPT, "--out", "late")
        assert done.returncode == 3 and "LOG-BROKEN" in done.stderr, done.stderr
        assert not (project.root / "late").exists() or not pdfs(project.root / "late")
