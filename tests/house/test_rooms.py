# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The shape of the house: who may import whom, where heavy libraries are met, how long a module may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from house.source import HOME, imports, inside_functions, modules, room

# Each of these costs start-up time or is a boundary to somebody else's world: one door a room.
HEAVY = {
    "PIL", "cryptography", "east_asian_spacing", "fontTools", "jinja2", "latex2mathml", "lxml", "markdown_it",
    "pikepdf", "pypdf", "pypdfium2", "rich", "uharfbuzz", "weasyprint", "yaml", "ziamath",
}  # fmt: skip
MAX_LINES = 400
# longer ones, each with its reason
LONGER = {
    "kanyin/composition/seam.py": 710,  # all that touches the inside of the engine's lines stands in one file
}
MAX_FUNCTION_LINES = 80


def test_rooms_import_only_what_stands_below_them() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=HOME, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_pydantic_is_met_only_where_files_are_read() -> None:
    met = {room(path) for path, tree in modules().items() if any(name == "pydantic" for name, _ in imports(tree))}
    # the schema of a file is printed by a helper of the pipeline
    assert met <= {"config", "readers", "pipeline"}


@pytest.mark.parametrize("library", sorted(HEAVY))
def test_a_heavy_library_is_imported_inside_functions(library: str) -> None:
    early = [
        f"{path}:{node.lineno}"
        for path, tree in modules().items()
        for name, node in imports(tree)
        if name == library and node not in inside_functions(tree)
    ]
    assert not early, f"{library} is imported when the module is"


def test_the_engine_is_known_to_its_room_alone() -> None:
    doors = defaultdict(set)
    for path, tree in modules().items():
        for name, _ in imports(tree):
            doors[name].add(room(path))
    # composition teaches the engine the CSS Text properties it lacks; pdf drives it
    assert doors["weasyprint"] <= {"composition", "pdf"}
    assert doors["pypdf"] == {"pdf"}
    assert doors["yaml"] == {"config"}
    assert "pypdf" not in {
        name for path, tree in modules().items() if room(path) == "preflight" for name, _ in imports(tree)
    }


def test_modules_and_functions_stay_short() -> None:
    long = [
        f"{path}: {n} lines"
        for path in modules()
        if (n := len((HOME / path).read_text("utf-8").splitlines())) > LONGER.get(str(path), MAX_LINES)
    ]
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > MAX_FUNCTION_LINES:
                    long.append(f"{path}:{node.lineno} {node.name}: {length} lines")
    assert not long


def test_every_module_says_why_it_exists() -> None:
    assert not [str(path) for path, tree in modules().items() if not ast.get_docstring(tree)]


def test_only_the_decision_makes_a_permit() -> None:
    makers = {
        str(path)
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id in ("mint", "_MINT"))
        or (isinstance(node, ast.Attribute) and node.attr in ("mint", "_MINT"))
        or (isinstance(node, ast.ImportFrom) and any(alias.name in ("mint", "_MINT") for alias in node.names))
    }
    assert makers == {"kanyin/model.py", "kanyin/rights/decide.py"}


def test_no_module_outside_rights_calls_a_permit_into_being() -> None:
    """`dataclasses.replace` and the constructor are refused at run time too; this finds the attempt."""
    attempts = [
        f"{path}:{node.lineno}"
        for path, tree in modules().items()
        if str(path) != "kanyin/model.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Permit"
    ]
    assert not attempts
