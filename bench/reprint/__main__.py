# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Stamp other people's PDFs and count what came of it: `python -m bench.reprint FOLDER…`.

Each file is taken for the sample work, as if somebody had looked at it, so that its rights are not the question. All
else is done as by `reprint`: in a process with limits, to the proof of the notice and the comparison of every page.
Prints a line for each kind of outcome, and how often happened what must not.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

from kanyin.config.job import Job, Places
from kanyin.config.register import load_register
from kanyin.findings import KanyinError, Severity
from kanyin.model import Finished, Permit
from kanyin.pdf.metadata import Record
from kanyin.pipeline.finished import MEMORY
from kanyin.pipeline.finished_work import Wanted, reprinted
from kanyin.rights.decide import decide
from kanyin.rights.evidence import Evidence
from kanyin.tools.confined import confined

HOME = Path(__file__).resolve().parents[2]
WORK, GRANTEE, DAY = "kanyin-sample-research", "org:demo-press", date(2026, 11, 20)
SECONDS = 120
RAW = {"REPRINT-FAILED", "REPRINT-CRASH", "REPRINT-TIME", "REPRINT-MEMORY"}


def main(folders: list[str]) -> int:
    files = sorted({path for folder in folders for path in Path(folder).rglob("*.pdf") if path.is_file()})
    permit = permitted()
    outcomes: Counter[str] = Counter()
    first: dict[str, str] = {}
    pages = 0
    over = 0
    begun = time.monotonic()
    for path in files:
        data = path.read_bytes()
        try:
            found = confined(
                reprinted,
                data,
                path.name,
                permit,
                Record(("示例", ""), None, ""),
                Wanted(HOME / "fonts"),
                name=path.name,
                seconds=SECONDS,
                megabytes=MEMORY[0] + MEMORY[1] * (len(data) >> 20),
            )
            errors = [one for one in found.findings if one.severity is Severity.ERROR]
            outcome = errors[0].code if errors else "stamped and proven"
            if not errors:
                pages += found.pages
                over += len(found.data) - len(data) > 60_000 + 120 * found.pages
        except KanyinError as error:
            errors = list(error.findings)
            outcome = errors[0].code
        outcomes[outcome] += 1
        if errors:
            first.setdefault(outcome, f"{path.name}: {errors[0].message('en')}")
    for outcome, count in outcomes.most_common():
        print(f"{count:5}  {outcome:24} {first.get(outcome, '')[:150]}")
    raw = sum(count for outcome, count in outcomes.items() if outcome in RAW)
    print(f"{len(files)} files, {pages} pages proven, {time.monotonic() - begun:.0f} s;", end=" ")
    print(f"hung, crashed or failed: {raw}; grown too much: {over}")
    return int(bool(raw or over))


def permitted() -> Permit:
    """The permit that the sample register gives for a file that shows the sample work."""
    register = load_register(HOME / "rights.yaml")
    work = register.works_by_id[WORK]
    places = Places(HOME / "layouts", HOME / "fonts", HOME / "rights.yaml", HOME / "build")
    job = Job("reprint", Path("a.pdf"), places, DAY, grantee=GRANTEE, work=WORK)
    shown = work.article_title + "".join(author.name for author in work.authors)
    seen = Finished("0" * 64, 5, opening=shown, headline=work.article_title)
    decision = decide(None, register, job, "", Evidence(pdf=seen))
    assert decision.permit, decision.reasons
    return decision.permit


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
