# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Attacks that have no place in another room, each with its defence taken out; and that the guide names real tests."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pipeline_project import HOME, Run

from kanyin import commands

Call = Callable[..., Run]
TABLE = (HOME / "docs" / "threats.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d+) \|.*\| ([^|]+) \| ([^|]+) \|$", TABLE, re.MULTILINE)
OUT_OF_REACH = {20}
"""Rows that have no defence, and say so."""


def named(cell: str) -> list[tuple[str, ...]]:
    """`file.py::Class::test` as (file, Class, test); a file alone names all of its tests."""
    return [tuple(one.split("::")) for one in re.findall(r"`([\w/]+\.py[\w:]*)`", cell)]


def found_in(file: str, *inside: str) -> list[ast.FunctionDef]:
    """The tests that a name stands for; none where it stands for nothing, or for something that never runs."""
    nodes: list[ast.stmt] = ast.parse((HOME / "tests" / file).read_text("utf-8")).body
    for name in inside:
        found = [one for one in nodes if isinstance(one, ast.FunctionDef | ast.ClassDef) and one.name == name]
        nodes = found[0].body if len(found) == 1 and isinstance(found[0], ast.ClassDef) else [*found]
    return [one for one in nodes if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")]


def test_the_guide_has_a_row_for_each_threat() -> None:
    assert [int(number) for number, _, _ in ROWS] == list(range(1, 23))


@pytest.mark.parametrize(("number", "holds", "out"), ROWS, ids=[number for number, _, _ in ROWS])
def test_each_threat_has_tests_with_its_defence_and_without(number: str, holds: str, out: str) -> None:
    assert named(holds) and bool(named(out)) == (int(number) not in OUT_OF_REACH)
    for name in (*named(holds), *named(out)):
        assert found_in(*name), name


def test_where_rows_share_a_test_each_has_cases_of_its_own() -> None:
    shared = "test_with_its_checks_taken_out_an_attack_passes"
    rows = {int(number) for number, _, out in ROWS if any(shared in name for name in named(out))}
    tree = ast.parse((HOME / "tests/preflight/test_threats.py").read_text("utf-8"))
    (cases,) = (one.value for one in tree.body if isinstance(one, ast.Assign) and one.targets[0].id == "TAKEN_OUT")  # type: ignore[attr-defined]
    assert {row for row, _ in ast.literal_eval(cases)} == rows


class TestClock:
    """The day is that of Shanghai, to the second, and no zone of the machine changes it."""

    @pytest.mark.parametrize(
        ("moment", "day"),
        [
            ((2026, 12, 31, 15, 59, 59), date(2026, 12, 31)),
            ((2026, 12, 31, 16, 0, 0), date(2027, 1, 1)),
            ((2028, 2, 28, 16, 0, 0), date(2028, 2, 29)),
            ((2028, 2, 29, 15, 59, 59), date(2028, 2, 29)),
        ],
    )
    def test_it_turns_at_midnight_there(
        self, monkeypatch: pytest.MonkeyPatch, moment: tuple[int, ...], day: date
    ) -> None:
        at = datetime(*moment, tzinfo=UTC)  # type: ignore[arg-type]

        class Fixed(datetime):
            @classmethod
            def now(cls, tz: object = None) -> datetime:
                return at.astimezone(tz)  # type: ignore[arg-type]

        monkeypatch.setattr(commands, "datetime", Fixed)
        assert commands.today() == day

    @pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue", "UTC"])
    def test_the_zone_of_the_machine_says_nothing(self, zone: str) -> None:
        code = "from kanyin.commands import today; print(today())"
        environment = {**os.environ, "TZ": zone, "PYTHONPATH": str(HOME)}
        before = commands.today()
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        assert before <= date.fromisoformat(done.stdout.strip()) <= commands.today()

    def test_an_old_day_brings_no_ended_grant_back_to_print(self, run: Call, project: Path) -> None:
        """With a day of one's choice `explain` may suppose; what is printed has to hold today as well."""
        register = project / "rights.yaml"
        register.write_text(register.read_text("utf-8").replace("until: 2035-12-31", "until: 2026-05-31"), "utf-8")
        ask = ("source/research", "--grantee", "org:demo-press")
        assert run("rights", "explain", *ask, "--action", "reprint", as_of="2026-05-31").exit == 0
        assert run("reprint", *ask, as_of="2026-05-31").exit == 3

    def test_were_today_what_one_says_it_is_the_ended_grant_would_print(
        self, run: Call, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        register = project / "rights.yaml"
        register.write_text(register.read_text("utf-8").replace("until: 2035-12-31", "until: 2026-05-31"), "utf-8")
        ask = ("reprint", "source/research", "--grantee", "org:demo-press")
        assert run(*ask, as_of="2026-05-31").exit == 3
        monkeypatch.setattr(commands, "today", lambda: date(2026, 5, 31))
        assert run(*ask, as_of="2026-05-31").exit == 0


def test_without_the_gate_a_page_would_fetch_what_it_names(caplog: pytest.LogCaptureFixture) -> None:
    """The engine by itself goes to the net; there is none for tests, which is how it shows."""
    from weasyprint import HTML

    from kanyin.pdf.fetch import Gate, fetcher

    page = '<img src="http://192.0.2.1/told.png" alt="x">'
    gate = Gate([])
    HTML(string=page, url_fetcher=fetcher(gate)).render()
    assert [f.code for f in gate.findings] == ["RESOURCE-REMOTE"]
    assert "NetworkUsedError" not in caplog.text
    HTML(string=page).render()
    assert "NetworkUsedError" in caplog.text


PARAPHRASE = (
    "研究者请社区里的药师每隔一段时间打电话，问问患者在家量的血压怎样、药有没有按时吃，半年之后再看，"
    "有人打电话的那一组把血压控制住的人更多一些，平均的收缩压也低得更明显。"
)
"""What a section of the sample says, in other words."""


def test_a_free_paraphrase_is_not_found_as_the_guide_says(run: Call, project: Path) -> None:
    """A limit, not a defence: should this ever fail, the guide has to be changed."""
    register = project / "rights.yaml"
    text = register.read_text("utf-8").replace("policy:\n", "policy:\n  excerpt: {index: rights.index}\n")
    entry = (
        "works:\n  - id: mine\n    holder: cma\n    title: {basis: work_for_hire, rights: [reproduce, distribute, "
        "network], territory: [CN], term: {from: 2026-01-01}, sublicensable: false}\n"
    )
    register.write_text(text.replace("works:\n", entry, 1), "utf-8")
    assert run("rights", "index").exit == 0
    folder = project / "source" / "mine"
    folder.mkdir()
    head = "---\nid: mine\nlang: zh-Hans\ntitle: 电话随访杂谈\nauthors: [{name: 纪闻溪}]\nlayout: journal\n---\n\n"
    (folder / "article.md").write_text(head + PARAPHRASE + "\n", "utf-8")
    done = run("check", "source/mine", "--format", "json")
    assert done.exit == 0, done.json["findings"]
    assert "RIGHTS-PASSAGE-AT" not in {reason["code"] for reason in done.json["decision"]["reasons"]}
