# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A register in a folder of its own, with keys, signatures and a log: no article and no PDF, so that it is quick."""

from __future__ import annotations

import copy
import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from rights_cases import changed, read_yaml

from kanyin.config.job import Job, Places
from kanyin.config.register import Register, load_register
from kanyin.config.trust import TrustStore, load_trust
from kanyin.findings import RightsError
from kanyin.model import Contributor, Decision, Front
from kanyin.pipeline.signing import keygen, sign
from kanyin.rights.decide import decide
from kanyin.rights.evidence import Evidence
from kanyin.rights.log import Log, Writer, open_log, read_log
from kanyin.rights.prove import prove

DAY = date(2026, 6, 1)
TRUST = {"grantor_keys": "trust/keys.json"}
STATEMENT = "本文为本会立场文件"


@dataclass(frozen=True)
class Project:
    """A folder with rights.yaml, trust/keys.json, grants/*.dsse.json, rights.log.jsonl and .keys/."""

    root: Path

    @property
    def places(self) -> Places:
        return Places(self.root, self.root, self.root / "rights.yaml", self.root / "build")

    def with_key(self, name: str) -> Places:
        return Places(self.root, self.root, self.root / "rights.yaml", self.root / "build", self.root / ".keys" / name)

    @property
    def log_file(self) -> Path:
        return self.root / "rights.log.jsonl"

    @property
    def checkpoint(self) -> Path:
        return self.root / "rights.log.jsonl.checkpoint"

    @property
    def store(self) -> TrustStore:
        return load_trust(self.root / "trust" / "keys.json")

    @property
    def log(self) -> Log:
        return read_log(self.log_file, self.store)

    def write(self, data: Any) -> None:
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_style='"')
        (self.root / "rights.yaml").write_text(text, "utf-8")

    def register(self) -> Register:
        return load_register(self.root / "rights.yaml")

    def evidence(self, day: date = DAY) -> Evidence:
        return prove(self.register(), self.root, day)

    def decide(self, **job: Any) -> Decision:
        """A reprint of W1 by org:a, which G1 permits, unless something else is said."""
        given = {
            "command": "reprint",
            "grantee": "org:a",
            "channel": "print_periodical",
            "copies": 1,
            "as_of": DAY,
            **job,
        }
        day = given["as_of"]
        evidence = given.pop("evidence", None) or self.evidence(day)
        asked = Job(source=Path("source/x"), places=self.places, **given)
        front = Front(id="W1", title="甲文", contribs=(Contributor("张三"), Contributor("李四")))
        return decide(front, self.register(), asked, "open", evidence)

    def allowed(self, **job: Any) -> bool:
        """False as well where the register cannot be read."""
        try:
            return self.decide(**job).permit is not None
        except RightsError:
            return False

    def open(self, key: str = "build.key") -> Any:
        from kanyin.rights.keys import load

        return open_log(self.log_file, self.store, load(self.root / ".keys" / key))

    def used(self, copies: int = 1, day: date = DAY, grant: str = "G1") -> None:
        """Write a build under a grant into the log."""
        with self.open() as writer:
            record(writer, copies, day, grant)


def record(writer: Writer, copies: int = 1, day: date = DAY, grant: str = "G1", **more: Any) -> None:
    body = {"build": "0", "grants": [grant], "copies": copies, "action": "reprint", "works": {}, **more}
    writer.append("build", day, body)


def signed_register(**changes: Any) -> Any:
    """The register of the cases, with signatures demanded, a statement, a claim and a waiver."""
    extra = {
        "policy.trust": TRUST,
        "works.0.statement": STATEMENT,
        "exceptions": [
            {
                "id": "E1",
                "article": "24(6)",
                "work": "W1",
                "claimant": "org:c",
                "purpose": "课堂",
                "parts": ["body", "s1", "s2", "fig1", "tab1"],
                "term": {"from": "2026-01-01", "until": "2026-12-31"},
            }
        ],
        "waivers": [
            {
                "id": "V1",
                "code": "REF-STYLE",
                "file": "source/x/article.md",
                "reason": "作者要求",
                "until": "2026-12-31",
                "holder": "cma",
            }
        ],
    }
    return changed(read_yaml("base"), {**extra, **changes}, [])


def make_project(root: Path) -> Project:
    """Build key, grantor and reviewer of cma, everything signed."""
    root.mkdir(parents=True)
    project = Project(root)
    project.write(signed_register())
    start = DAY - timedelta(days=100)
    keygen(project.places, "build", "build", start)
    keygen(project.places, "grantor", "cma", start)
    keygen(project.places, "reviewer", "cma", start)
    sign(project.with_key("grantor-cma.key"), ["G1", "G2", "W1"], start)
    sign(project.with_key("reviewer-cma.key"), ["E1", "V1"], start)
    return project


def copied(project: Project, to: Path) -> Project:
    shutil.copytree(project.root, to)
    return Project(to)


Scalar = tuple[tuple[str | int, ...], str]


def scalars(data: Any, path: tuple[str | int, ...] = ()) -> list[Scalar]:
    """Every scalar of a YAML or JSON value with its path."""
    if isinstance(data, dict):
        return [found for key, value in data.items() for found in scalars(value, (*path, key))]
    if isinstance(data, list):
        return [found for number, value in enumerate(data) for found in scalars(value, (*path, number))]
    return [(path, data)]


def put(data: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """A copy with one scalar set."""
    new = copy.deepcopy(data)
    at = new
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return new


OTHER: dict[str, str] = {
    "agreement": "offer",
    "reprint": "excerpt",
    "excerpt": "reprint",
    "print_periodical": "web",
    "*": "CN",
    "CN": "*",
    "W1": "W2",
    "cma": "soc",
    "s1": "s2",
    "fig1": "tab1",
    "attribute.author": "attribute.title",
    "org:a": "org:b",
}


def flipped(value: str) -> str:
    """Another value of the same kind."""
    if value in OTHER:
        return OTHER[value]
    if value.isdigit():
        return str(int(value) + 1)
    try:
        return (date.fromisoformat(value) + timedelta(days=1)).isoformat()
    except ValueError:
        return value + "x"
