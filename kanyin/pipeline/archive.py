# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Packages that a library keeps: the archive file of an article or issue with its JATS, pictures and receipt, in a bag.

The file is built as `build --profile archive` builds it, so the same decision, receipt and log stand before it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kanyin.config.job import Job
from kanyin.exports.bag import check, pack
from kanyin.findings import ExitCode, Finding, KanyinError, UsageError, Where, finding
from kanyin.pipeline import build
from kanyin.pipeline.known import Known
from kanyin.pipeline.outcome import Outcome, Output
from kanyin.pipeline.package import told
from kanyin.preflight.fingerprint import attachments
from kanyin.tools.files import may_write, sha256, write_whole


def archive(job: Job) -> Outcome:
    """Build one article or issue and pack it into `OUT/NAME`. Raises no KanyinError; crosses processes."""
    folder = job.places.out / (job.source.parent.name if job.source.is_file() else job.source.name)
    try:
        may_write(folder)  # before an article is built, and entered into the log, for a package that cannot be
    except KanyinError as error:
        return Outcome(error.findings, exit=error.exit_code, source=str(job.source))
    with tempfile.TemporaryDirectory(prefix="kanyin-") as made:
        outcome = build(replace(job, profile="archive", places=replace(job.places, out=Path(made))))
        if outcome.exit or outcome.decision is None or outcome.decision.permit is None:
            return outcome
        try:
            packed, more = _bag(Path(made), job, outcome)
            bag = {folder / name: data for name, data in packed.items()}
            if others := sorted(_files(folder) - bag.keys()):
                raise UsageError(finding("BAG-OTHERS", Where(str(others[0]))))
            write_whole(bag)
        except KanyinError as error:
            return Outcome(error.findings, decision=outcome.decision, exit=error.exit_code, source=outcome.source)
    path = folder / "bagit.txt"
    pages = sum(output.pages for output in outcome.outputs)
    output = Output(path, sha256(path.read_bytes()), pages, "archive")
    return replace(outcome, outputs=(output,), findings=(*outcome.findings, *more))


def _bag(made: Path, job: Job, outcome: Outcome) -> tuple[dict[str, bytes], list[Finding]]:
    assert outcome.decision and outcome.decision.permit
    permit = outcome.decision.permit
    payload = {path.name: path.read_bytes() for path in _files(made)}
    jats: dict[str, bytes] = {}
    for output in outcome.outputs:
        jats |= attachments(output.path.read_bytes(), ".xml")
    register = Known.of(job).register
    with tempfile.TemporaryDirectory(prefix="kanyin-") as work:
        further, findings = told(jats, Path(work), job, outcome, permit, register)
    payload |= {f"source/{name}": path.read_bytes() for name, path in _source(payload, job).items()}
    about = {"External-Description": f"{job.source.parent.name}: PDF/A-3a, JATS"}
    return pack({**payload, **jats, **further}, [permit], about), findings


def _source(payload: dict[str, bytes], job: Job) -> dict[str, Path]:
    """What the article was made from: what its manifest lists out of its folder, and the reference list beside it.

    Nothing else in the folder goes along: letters and drafts may lie there.
    """
    folder = job.source.parent
    manifest = next(data for name, data in payload.items() if name.endswith(".manifest.json"))
    listed = {job.places.rights.parent / name for name in json.loads(manifest)["inputs"]} | {job.source}
    listed |= {path for path in folder.iterdir() if path.suffix in (".yaml", ".yml", ".json")}
    inside = [path for path in listed if path.resolve().is_relative_to(folder.resolve()) and path.is_file()]
    return {path.resolve().relative_to(folder.resolve()).as_posix(): path for path in sorted(inside)}


def _files(folder: Path) -> set[Path]:
    return {path for path in _walk(folder)} if folder.is_dir() else set()


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        elif path.is_file() and not path.name.startswith("."):
            yield path


def verify_bag(folder: Path) -> Outcome:
    """Read a package again."""
    findings = tuple(check(folder))
    return Outcome(findings, exit=ExitCode.NOT_CONFORMANT if findings else ExitCode.OK, source=str(folder))
