# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A waiver is signed, is about one kind of finding in one file, says why, and ends. Nothing else excuses a finding."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pipeline_project import Run

Call = Callable[..., Run]
FILE = "source/news/article.md"


def with_waiver(project: Path, **changes: str) -> None:
    fields = {
        "id": "V1",
        "code": "SOURCE-FIGURE-MISSING",
        "file": FILE,
        "reason": "图片由摄影者另寄",
        "until": "2026-12-31",
        "holder": "cma",
        **changes,
    }
    register = project / "rights.yaml"
    text = register.read_text("utf-8").split("\nwaivers:")[0].rstrip("\n") + "\n"
    register.write_text(text + "\nwaivers:\n  - {" + ", ".join(f"{k}: {v}" for k, v in fields.items()) + "}\n", "utf-8")


@pytest.fixture
def faulty(project: Path, run: Call) -> Path:
    """A project with a build key and a reviewer's, and an article with a figure that is not there."""
    assert run("rights", "keygen").exit == 0
    assert run("rights", "keygen", "--role", "reviewer", "--holder", "cma").exit == 0
    path = project / FILE
    path.write_text(path.read_text("utf-8") + "\n![字](none.png){#fig9}\n", "utf-8")
    assert run("check", "source/news").exit == 1
    return project


def sign(run: Call, key: str = ".keys/reviewer-cma.key") -> Run:
    return run("rights", "sign", "V1", "--key", key)


def checked(run: Call, **given: str) -> tuple[int, set[str]]:
    done = run("check", "source/news", "--format", "json", **given)
    return done.exit, done.codes


def test_signed_it_covers_the_finding_and_is_named(faulty: Path, run: Call) -> None:
    with_waiver(faulty)
    assert sign(run).exit == 0
    done = run("check", "source/news", "--format", "json")
    assert done.exit == 0 and "SOURCE-FIGURE-MISSING" not in done.codes
    (note,) = [f for f in done.json["findings"] if f["code"] == "WAIVER-APPLIED"]
    assert note["severity"] == "note" and "图片由摄影者另寄" in note["message"] and "V1" in note["message"]
    assert note["where"]["file"].endswith(FILE) and note["where"]["line"]


def test_unsigned_it_covers_nothing(faulty: Path, run: Call) -> None:
    with_waiver(faulty)
    assert checked(run) == (1, {"SOURCE-FIGURE-MISSING", "WAIVER-UNVERIFIED", "MATCH-NOT-COMPARED"})


def test_a_key_of_another_role_does_not_sign_it(faulty: Path, run: Call) -> None:
    with_waiver(faulty)
    assert sign(run, ".keys/build.key").exit == 3


@pytest.mark.parametrize(
    "change",
    [
        {"reason": "换了理由"},
        {"until": "2027-12-31"},
        {"holder": "kanyin"},
        {"file": "source/../source/news/article.md"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_changed_after_it_was_signed_it_covers_nothing(faulty: Path, run: Call, change: dict[str, str]) -> None:
    with_waiver(faulty)
    assert sign(run).exit == 0
    with_waiver(faulty, **change)
    code, found = checked(run)
    assert code == 1 and "WAIVER-UNVERIFIED" in found


def test_it_ends_with_its_last_day(faulty: Path, run: Call) -> None:
    with_waiver(faulty)
    sign(run)
    assert checked(run, as_of="2026-12-31")[0] == 0
    code, found = checked(run, as_of="2027-01-01")
    assert code == 1 and {"WAIVER-EXPIRED", "SOURCE-FIGURE-MISSING"} <= found


@pytest.mark.parametrize("change", [{"file": "source/research/article.md"}, {"code": "SOURCE-XREF"}])
def test_another_file_or_another_finding_is_not_covered(faulty: Path, run: Call, change: dict[str, str]) -> None:
    with_waiver(faulty, **change)
    sign(run)
    code, found = checked(run)
    assert code == 1 and "SOURCE-FIGURE-MISSING" in found and "WAIVER-APPLIED" not in found


@pytest.mark.parametrize("code", ["RIGHTS-NO-GRANT", "RIGHTS-PASSAGES-OVER", "MATCH-DISGUISE-INVISIBLE", "LOG-BROKEN"])
def test_rights_and_their_proof_are_not_waived(faulty: Path, run: Call, code: str) -> None:
    with_waiver(faulty, code=code)
    done = run("check", "source/news", "--format", "json")
    assert done.exit == 3 and "REGISTER-WAIVER-RIGHTS" in done.codes


@pytest.mark.parametrize(
    "comment",
    ["<!-- kanyin-ignore -->", "<!-- kanyin: ignore SOURCE-FIGURE-MISSING -->", "<!-- noqa -->", "[//]: # (nolint)"],
)
def test_a_source_cannot_excuse_itself(faulty: Path, run: Call, comment: str) -> None:
    path = faulty / FILE
    path.write_text(path.read_text("utf-8").replace("![字](none", f"{comment}\n\n![字](none"), "utf-8")
    code, found = checked(run)
    assert code != 0 and "WAIVER-APPLIED" not in found
