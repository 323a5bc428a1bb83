# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The list of checks: one function for one permanent code.

A check looks at the facts of a file and yields findings of its own code, nothing else. Adding one is a function in a
module named in `MODULES`, a sentence in `wording/verify.toml`, and a damaged file in the tests that it finds.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Iterable, Mapping

from kanyin.findings import Finding
from kanyin.preflight.facts import Facts

MODULES = ("notice_text", "notice_ink", "page_lines", "metadata")

CheckFunction = Callable[[Facts], Iterable[Finding]]
_CHECKS: dict[str, CheckFunction] = {}


def check(code: str) -> Callable[[CheckFunction], CheckFunction]:
    """Register a function as the check of `code`."""

    def register(function: CheckFunction) -> CheckFunction:
        if code in _CHECKS:
            raise ValueError(f"{code} is checked twice")
        _CHECKS[code] = function
        return function

    return register


@functools.cache
def checks() -> Mapping[str, CheckFunction]:
    """All checks, in the order in which they report."""
    for module in MODULES:
        importlib.import_module(f"kanyin.preflight.{module}")
    return dict(_CHECKS)
