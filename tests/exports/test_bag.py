# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Bags: what was packed is proven as a whole, and whatever is done to a bag afterwards is found."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pdf_samples import permit

from kanyin.exports.bag import check, pack
from kanyin.findings import RightsError

PAYLOAD = {"a.pdf": b"%PDF", "source/图 1.png": b"png", "100%\n.txt": b""}


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    for name, data in pack(PAYLOAD, [permit()], {"External-Description": "示例\n两行"}).items():
        path = tmp_path / "bag" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "bag"


def test_a_bag_proves_itself(bag: Path) -> None:
    assert check(bag) == []
    info = (bag / "bag-info.txt").read_text("utf-8")
    assert "Source-Organization: 中华医学会\n" in info
    assert "External-Description: 示例 两行\n" in info
    assert "Payload-Oxum: 7.3\n" in info


def test_the_same_files_give_the_same_bag() -> None:
    assert pack(PAYLOAD, [permit()], {}) == pack(dict(reversed(PAYLOAD.items())), [permit()], {})


@pytest.mark.parametrize("algorithm", ["sha256", "sha512"])
def test_other_programs_agree(bag: Path, algorithm: str) -> None:
    program = shutil.which(f"{algorithm}sum")
    if not program:
        pytest.skip(f"NOT CHECKED by another program: no {algorithm}sum")
    # its own way to write a line end differs, so that one file is looked at by itself
    lines = [line for line in (bag / f"manifest-{algorithm}.txt").read_text("utf-8").splitlines() if "%" not in line]
    assert len(lines) == len(PAYLOAD) - 1
    done = subprocess.run(
        [program, "-c", "--strict"], cwd=bag, input="\n".join(lines) + "\n", text=True, capture_output=True
    )
    assert done.returncode == 0, done.stderr


def change(bag: Path) -> None:
    (bag / "data" / "a.pdf").write_bytes(b"%PDX")


def remove(bag: Path) -> None:
    (bag / "data" / "a.pdf").unlink()


def add(bag: Path) -> None:
    (bag / "data" / "b.pdf").write_bytes(b"")


def retell(bag: Path) -> None:
    (bag / "bag-info.txt").write_text("Source-Organization: me\n", "utf-8")


def lead_out(bag: Path) -> None:
    (bag.parent / "x").write_bytes(b"")
    with (bag / "manifest-sha256.txt").open("a") as stream:
        stream.write("0" * 64 + "  ../x\n")


def link_out(bag: Path) -> None:
    (bag.parent / "x").write_bytes(b"%PDF")
    (bag / "data" / "a.pdf").unlink()
    (bag / "data" / "a.pdf").symlink_to(bag.parent / "x")


def undeclare(bag: Path) -> None:
    (bag / "bagit.txt").unlink()


def weaken(bag: Path) -> None:
    (bag / "manifest-sha512.txt").unlink()


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (change, "BAG-CHANGED"),
        (remove, "BAG-MISSING"),
        (add, "BAG-EXTRA"),
        (retell, "BAG-CHANGED"),
        (lead_out, "BAG-LINE"),
        (link_out, "BAG-EXTRA"),
        (undeclare, "BAG-FORM"),
        (weaken, "BAG-FORM"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_what_was_done_to_a_bag_is_found(bag: Path, harm: Callable[[Path], None], code: str) -> None:
    harm(bag)
    assert code in {found.code for found in check(bag)}


def test_parts_are_not_packed() -> None:
    with pytest.raises(RightsError) as refused:
        pack(PAYLOAD, [permit(parts=("s1",))], {})
    assert [found.code for found in refused.value.findings] == ["BAG-PARTS"]
