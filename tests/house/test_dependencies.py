# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Dependencies: declared, used, locked with hashes, and each with its reason."""

from __future__ import annotations

import importlib.metadata
import re
import sys
import tomllib

import pytest
from house.source import HOME, imports, modules
from packaging.requirements import Requirement

PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))
RUNTIME = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
OPTIONAL = [Requirement(line) for extra in PROJECT["project"]["optional-dependencies"].values() for line in extra]
DEV = [Requirement(line) for line in PROJECT["dependency-groups"]["dev"]]
SCHEMAS = [Requirement(line) for line in PROJECT["dependency-groups"]["schemas"]]
# what is called as a program or holds data, so that no import shows it
PROGRAMS = {"binaryornot", "import-linter", "mypy", "opendataloader-pdf", "pre-commit", "reuse", "ruff", "types-PyYAML"}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(file: str) -> dict[str, str]:
    pins = re.findall(r"^([\w.-]+)==(\S+)", (HOME / file).read_text("utf-8"), re.MULTILINE)
    return {canonical(name): version for name, version in pins}


def imported() -> set[str]:
    """The distributions that the package imports."""
    providers = importlib.metadata.packages_distributions()
    names = {name for tree in modules().values() for name, _ in imports(tree)}
    ours_or_python = {"kanyin", *sys.stdlib_module_names}
    return {canonical(distribution) for name in names - ours_or_python for distribution in providers[name]}


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    assert imported() == {canonical(r.name) for r in RUNTIME + OPTIONAL}


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        ("requirements.lock", RUNTIME),
        ("requirements-dev.lock", RUNTIME + OPTIONAL + DEV),
        ("requirements-schemas.lock", SCHEMAS),
    ],
)
def test_the_lock_holds_what_is_declared(file: str, wanted: list[Requirement]) -> None:
    pins = locked(file)
    assert not [str(r) for r in wanted if not r.specifier.contains(pins.get(canonical(r.name), "0"))]


@pytest.mark.parametrize("file", ["requirements.lock", "requirements-dev.lock", "requirements-schemas.lock"])
def test_every_pin_has_hashes_and_no_address(file: str) -> None:
    text = (HOME / file).read_text("utf-8")
    blocks = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(locked(file))
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text


def test_both_locks_agree() -> None:
    runtime, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: dev.get(name) for name in runtime} == runtime


def test_every_dependency_has_its_reason() -> None:
    page = (HOME / "docs" / "dependencies.md").read_text("utf-8")
    assert not [r.name for r in RUNTIME + OPTIONAL + DEV + SCHEMAS if f"`{r.name}`" not in page]


def test_declared_tools_are_those_known_here() -> None:
    assert {r.name for r in DEV} >= PROGRAMS
