# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The project's own files, as the house tests read them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
PACKAGE = HOME / "kanyin"


@cache
def modules() -> dict[Path, ast.Module]:
    """Every module of the package, by its path from the project's folder."""
    return {p.relative_to(HOME): ast.parse(p.read_text("utf-8")) for p in sorted(PACKAGE.rglob("*.py"))}


@cache
def own_files() -> tuple[Path, ...]:
    """Every file that belongs to the project: known to git. What lies beside is somebody's own."""
    command = ["git", "ls-files", "-z", "--cached"]
    listed = subprocess.run(command, cwd=HOME, capture_output=True, check=True, text=True).stdout
    return tuple(sorted(p for name in listed.split("\0") if name and (p := HOME / name).is_file()))


def room(path: Path) -> str:
    """`kanyin/pdf/stamp.py` → `pdf`; `kanyin/model.py` → `model`."""
    return path.parts[1].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[tuple[str, ast.stmt]]:
    """The top-level name of every absolute import, with its statement."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.partition(".")[0], node
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0], node


def inside_functions(tree: ast.AST) -> set[ast.stmt]:
    """Statements that run when a function is called, or that only a type checker reads."""
    found: set[ast.stmt] = set()
    for node in ast.walk(tree):
        checked = isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or checked:
            found.update(child for child in ast.walk(node) if isinstance(child, ast.stmt))
    return found
