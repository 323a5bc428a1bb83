# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What is delivered is what it claims: PDF/A-3a and PDF/UA-1 in one file for the archive, PDF/UA-1 for the screen.

veraPDF judges samples of the stamp alone, and what the whole line makes of the project's own sources.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pdf_samples import A4, HOME, edited, put, record, stamped
from verapdf import failures

from kanyin.cli import main
from kanyin.model import Journal

pytestmark = pytest.mark.slow

PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


def unmarked(data: bytes) -> bytes:
    """The same file with the notice as bare text outside the structure tree."""

    def edit(pdf: pikepdf.Pdf) -> None:
        stream = pdf.pages[0].obj.Contents[-1]
        content = stream.read_bytes()
        stream.write(content[: content.index(b"/Artifact")] + content[content.index(b"\nq ") :].replace(b"EMC", b""))

    return edited(data, edit)


def test_the_validator_can_pass_and_can_fail() -> None:
    found = failures({"sound": stamped(), "unmarked": unmarked(stamped())}, "PDFUA-1")
    assert found == {"sound": [], "unmarked": ["7.1-3"]}


def test_the_screen_profile_is_pdf_ua_1() -> None:
    files = {"one": stamped(), "three": stamped(pages=3, credit=True, statement="本文观点由作者负责")}
    assert failures(files, "PDFUA-1") == {"one": [], "three": []}


@pytest.mark.parametrize("standard", ["PDFA-3A", "PDFUA-1"])
def test_the_archive_profile_is_both_in_one_file(standard: str) -> None:
    journal = Journal(name="测试医学杂志", issn="0000-0000", volume="104", issue="46", fpage="1", lpage="3")
    about = record("archive", journal=journal, rights_en="All rights reserved.", publisher=("中华医学会", "CMA"))
    from pdf_samples import laid_out

    picture = f'<img src="{PICTURE}" alt="灰点">'
    files = {
        "plain": stamped(profile="archive"),
        "described, with a picture": put(laid_out(A4, 2, "pdf/a-3a", picture), about=about),
    }
    assert failures(files, standard) == {name: [] for name in files}


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every kind of file that the project's own sources come to, by name."""
    out = tmp_path_factory.mktemp("delivered")
    grant = ["--grantee", "org:demo-press", "--channel", "print_periodical"]
    jobs = {
        f"{source}-{profile}": ["build", f"source/{source}", "--profile", profile]
        for source in ("news", "research", "issue")
        for profile in ("screen", "archive")
    }
    jobs["excerpt"] = ["excerpt", "source/news", "--parts", "s2", *grant]
    jobs["reprint"] = ["reprint", "source/research", *grant]
    jobs["reprint-archive"] = ["reprint", "source/research", *grant, "--profile", "archive"]
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(HOME)
        for name, job in jobs.items():
            assert main([*job, "--out", str(out / name), "--as-of", "2026-11-20", "--quiet"]) == 0
            (found[name],) = (out / name).rglob("*.pdf")
    return found


def judged(files: dict[str, Path], standard: str) -> dict[str, list[str]]:
    return failures({name: path.read_bytes() for name, path in files.items()}, standard)


def test_all_that_is_delivered_is_pdf_ua_1(delivered: dict[str, Path]) -> None:
    assert judged(delivered, "PDFUA-1") == {name: [] for name in delivered}


def test_all_that_is_archived_is_pdf_a_3a(delivered: dict[str, Path]) -> None:
    archived = {name: path for name, path in delivered.items() if name.endswith("archive")}
    assert len(archived) == 4
    assert judged(archived, "PDFA-3A") == {name: [] for name in archived}


def test_every_marked_piece_of_a_page_is_one_leaf_of_the_tree(delivered: dict[str, Path]) -> None:
    """A tree may be valid and yet lack the text of a page, or have it twice; veraPDF does not see that."""
    for name, path in delivered.items():
        with pikepdf.open(path) as pdf:
            leaves = Counter(leaves_of(pdf.Root.StructTreeRoot.K, None))
            marked = Counter(piece for page in pdf.pages for piece in pieces_of(page))
            assert leaves == marked, name
            assert set(leaves.values()) == {1}, name
            assert all(any(p == page.obj.objgen for p, _ in leaves) for page in pdf.pages), name


def leaves_of(kids: pikepdf.Object, page: tuple[int, int] | None) -> Iterator[tuple[tuple[int, int] | None, int]]:
    """(page, MCID) of all marked content below."""
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            if "/K" in kid:
                yield from leaves_of(kid.K, kid.Pg.objgen if "/Pg" in kid else page)
        else:
            yield page, int(kid)


def pieces_of(page: pikepdf.Page) -> Iterator[tuple[tuple[int, int], int]]:
    """(page, MCID) of all marked content that is no artifact."""
    for operands, operator in pikepdf.parse_content_stream(page, "BDC"):
        if str(operator) == "BDC" and "/MCID" in operands[1]:
            yield page.obj.objgen, int(operands[1].MCID)


ARTIFACTS = 130 + 60
"""Characters a page that are no part of the text: the notice with its label, the running head."""


def test_a_voice_reads_all_of_the_text_and_nothing_else(delivered: dict[str, Path]) -> None:
    """Of the short files: poppler takes a minute for the text of a long tree."""
    if not shutil.which("pdfinfo"):
        pytest.skip("NOT CHECKED whether tags hold all text: needs poppler-utils")
    for name in ("news-screen", "news-archive", "excerpt"):
        path = delivered[name]
        tree = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, text=True, check=True).stdout
        said = Counter("".join("".join(re.findall(r'^ +"(.*)"$', tree, re.MULTILINE)).split()))
        page = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
        seen = Counter("".join(page.split()))
        count = page.count("\f")
        credit = 200 * count if name == "excerpt" else 0
        assert not said - seen, name
        assert (seen - said).total() <= ARTIFACTS * count + credit, name
        assert said.total() > 300, name
