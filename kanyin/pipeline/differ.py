# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Compare two PDFs for people, whoever made them: in a confined process."""

from __future__ import annotations

from pathlib import Path

from kanyin.findings import ExitCode, SourceError, Where, finding
from kanyin.pipeline.outcome import Outcome
from kanyin.preflight.compare import Pair, compare
from kanyin.tools.confined import confined

SECONDS, MEGABYTES = 600, 4000


def differences(first: Path, second: Path) -> tuple[tuple[Pair, ...], Outcome]:
    """The pages of both, and exit 1 when any differs. Raises SourceError."""
    left, right = _bytes(first), _bytes(second)
    given = (compare, left, right, str(first), str(second))
    pairs = confined(*given, name=str(second), seconds=SECONDS, megabytes=MEGABYTES)
    found = tuple(
        finding("DIFF-PAGE", Where(str(second), page=pair.number), share=f"{pair.share:.2%}", lines=len(pair.text))
        for pair in pairs
        if not pair.same
    )
    return pairs, Outcome(found, exit=ExitCode.FINDINGS if found else ExitCode.OK, source=str(second))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(finding("VERIFY-UNREADABLE", Where(str(path)), reason=error.strerror)) from error
