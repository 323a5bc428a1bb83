# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The cases in `rights/cases/*.yaml`: how a row becomes a register, an article's front and a job."""

from __future__ import annotations

import copy
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kanyin.config.job import Job, Places
from kanyin.config.layoutfiles import LayoutFiles
from kanyin.config.register import Register
from kanyin.config.registercheck import cross_check
from kanyin.config.yamlfile import load
from kanyin.findings import Finding, Where
from kanyin.model import Contributor, Decision, Finished, Front, Permissions
from kanyin.rights.decide import decide
from kanyin.rights.evidence import Evidence, Printed, Proof, Used, no
from kanyin.rights.measured import Facts, FromWork, Placed
from kanyin.rights.pages import page_count

CASES = Path(__file__).parent / "rights" / "cases"
FILES = ("publish", "title", "reprint", "excerpt", "finished", "layout", "evidence", "passages")
NOWHERE = Places(Path(), Path(), Path(), Path())
Row = dict[str, Any]


def read_yaml(name: str) -> Any:
    """Every scalar stays a string, as in the register's own reader."""
    return yaml.load((CASES / f"{name}.yaml").read_text("utf-8"), yaml.BaseLoader)


def rows() -> list[tuple[str, Row]]:
    """Every row of every file with its defaults filled in, and its name."""
    found = []
    for name in FILES:
        table = read_yaml(name)
        for case in table["cases"]:
            row = {**table["default"], **case}
            row["job"] = {**table["default"]["job"], **case.get("job", {})}
            found.append((f"{name}: {case['name']}", row))
    return found


def changed(base: Any, register: Row, remove: list[str]) -> Any:
    """A copy of the register with values set by path (`+` appends) and, after that, others removed."""
    data = copy.deepcopy(base)
    for path, value in register.items():
        holder, key = _reach(data, path)
        if key == "+":
            holder.append(value)
        elif isinstance(holder, list):
            holder[int(key)] = value
        else:
            holder[key] = value
    for path in remove:
        holder, key = _reach(data, path)
        if isinstance(holder, list):
            holder[int(key)] = None
        else:
            del holder[key]
    return _without_none(data)


def _reach(data: Any, path: str) -> tuple[Any, str]:
    *steps, last = path.split(".")
    for step in steps:
        data = data[int(step)] if isinstance(data, list) else data.setdefault(step, {})
    return data, last


def _without_none(data: Any) -> Any:
    if isinstance(data, list):
        return [_without_none(item) for item in data if item is not None]
    return {k: _without_none(v) for k, v in data.items()} if isinstance(data, dict) else data


def read_register(data: Any) -> tuple[Register | None, list[Finding]]:
    """Through the real reader and the real cross-checks."""
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_style='"')
    register, findings, _ = load(text, "rights.yaml", Register)
    return register, findings if register is None else cross_check(register, CASES)


def register_of(row: Row) -> Register:
    return _register(json.dumps([row.get("register", {}), row.get("remove", [])]))


@cache
def _register(changes: str) -> Register:
    """Each register is read once: many rows share one, and it cannot be changed."""
    register, findings = read_register(changed(read_yaml("base"), *json.loads(changes)))
    assert register is not None and not findings, [(str(f.where), f.message("en")) for f in findings]
    return register


def front_of(row: Row) -> Front | None:
    """The article says of itself what the register says of its work, but for what the row changes."""
    if row["front"] == "none":
        return None
    given = dict(row["front"])
    front = {key: given.pop(key) for key in ("id", "doi", "lang", "title", "subtitle") if key in given}
    work = register_of(row).works_by_id.get(given.get("excerpt_of") or given.get("reprint_of") or front["id"])
    front.setdefault("title", work.article_title if work and work.article_title else "甲文")
    names = given.pop("authors", [author.name for author in work.authors] if work else [])
    return Front(contribs=tuple(map(Contributor, names)), permissions=Permissions(**given), **front)


def job_of(row: Row) -> Job:
    given = dict(row["job"])
    given["as_of"] = date.fromisoformat(given["as_of"])
    given["parts"] = tuple(given.get("parts", ()))
    given["copies"] = int(given.get("copies", 0))
    return Job(source=Path("source/x"), places=NOWHERE, **given)


def evidence_of(row: Row) -> Evidence:
    """`{grants: {G1: holds}, used: {G1: [1, 500]}, revoked: …, latest: …}`; a proof that fails is its code."""
    given = row.get("evidence", {})
    tables: Row = {
        kind: {id_: Proof() if code == "holds" else no(code, **PROOF) for id_, code in given.get(kind, {}).items()}
        for kind in ("grants", "statements", "exceptions")
    }
    if "used" in given:
        tables["used"] = {id_: Used(int(builds), int(copies)) for id_, (builds, copies) in given["used"].items()}
    tables["revoked"] = {
        id_: (date.fromisoformat(day), Where("log", 1)) for id_, day in given.get("revoked", {}).items()
    }
    tables["printed"] = {
        id_: Printed(date.fromisoformat(day), "0123456789", "") for id_, day in given.get("printed", {}).items()
    }
    if "latest" in given:
        tables["latest"] = date.fromisoformat(given["latest"])
    if "layout" in given:
        held = given["layout"]
        tables["layout"] = LayoutFiles(
            held["name"], held["sha256"], tuple(held.get("same", ())), frozenset(held.get("rules", ()))
        )
    if "text" in given:
        tables["text"] = text_of(given["text"])
    if row["front"] == "none" and given.get("pdf") != "none":
        tables["pdf"] = pdf_of(row, given.get("pdf", {}))
    return Evidence(**tables)


def pdf_of(row: Row, given: Row) -> Finished:
    """The PDF shows what the register says of the work that is asked for, but for what the row changes."""
    work = register_of(row).works_by_id.get(row["job"].get("work", ""))
    title = given.get("title", work.article_title if work else "甲文")
    names = given.get("authors", [author.name for author in work.authors] if work else [])
    text = f"{title}\n{'，'.join(names)}\n{given.get('body', '正文。' * 20)}"
    pages = page_count(work.first_published.pages) if work and work.first_published else 0
    return Finished(
        sha256=given.get("sha256", "0" * 64),
        pages=int(given.get("pages", pages or 8)),
        opening=given.get("opening", text),
        headline=given.get("headline", title),
        titles=tuple(given.get("titles", ())),
        dois=tuple(given.get("dois", ())),
        rights=tuple(given.get("rights", ())),
        owners=tuple(given.get("owners", ())),
    )


def text_of(given: Row) -> Facts:
    """`{works: {W2: {chars: 300, share: 0.05, free: 0, before: 0.02, passages: 3}}, own: 0.99, …}`."""
    works = []
    for id_, one in given.get("works", {}).items():
        chars, share = int(one["chars"]), float(one["share"])
        size, count = chars / share if share else 1, int(one.get("passages", 1))
        before = float(one.get("before", 0))
        placed = [
            Placed(
                Where("a.md", n + 1),
                "甲乙丙",
                chars // count,
                int(one.get("free", chars)) == 0,
                ((n * 100, n * 100 + 20),),
            )
            for n in range(count)
        ]
        together = round(share + before, 4)
        free = int(one.get("free", chars))
        works.append(FromWork(id_, chars, share, free, round(together * size), together, tuple(placed)))
    others = [one for one in works if one.work != given.get("work", "W1")]
    return Facts(
        work=given.get("work", "W1"),
        total=int(given.get("total", 10_000)),
        others=sum(one.chars for one in others),
        free=sum(one.free for one in others),
        works=tuple(works),
        indexed=given.get("indexed", "true") == "true",
        figures=None if given.get("figures") == "none" else int(given.get("figures", 0)),
        own=float(given.get("own", 1)),
        same=given.get("same", "true") == "true",
        covered=float(given.get("covered", 1)),
        pages=given.get("pages") == "true",
        changed=tuple(Placed(Where("a.pdf", page=int(n)), "甲乙丙", 1, False, ()) for n in given.get("changed", ())),
        blind=tuple(map(int, given.get("blind", ()))),
    )


PROOF = {"file": "grants/G1.dsse.json", "keyid": "0", "holder": "cma", "fields": "id", "count": 0, "threshold": 1}


def decide_row(row: Row) -> Decision:
    return decide(front_of(row), register_of(row), job_of(row), row["layout"], evidence_of(row))
