# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The index on a PostgreSQL server, through the commands a person would use; the server is a real one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from measured_project import OWN, RESEARCH, body, codes, write
from pipeline_project import Run, pdfs
from postgres_server import Server, free_port

Call = Callable[..., Run]
REPRINT = ("reprint", "source/research", "--grantee", "org:demo-press", "--copies", "10", "--channel", "web")
EXCERPT = ("excerpt", "source/news", "--parts", "s2", "--grantee", "org:demo-press", "--channel", "web")


def name_index(project: Path, address: str) -> None:
    register = project / "rights.yaml"
    text = register.read_text("utf-8")
    register.write_text(text.replace("policy:\n", f'policy:\n  excerpt: {{index: "{address}"}}\n'), "utf-8")


@pytest.fixture
def served(project: Path, run: Call, postgres: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project with its samples in an index on the server."""
    monkeypatch.setenv("PGPASSWORD", postgres.password)
    name_index(project, postgres.fresh())
    done = run("rights", "index")
    assert done.exit == 0, done.err
    return project


def test_the_samples_are_indexed_there_and_nothing_of_it_lies_in_a_file(served: Path, run: Call) -> None:
    assert sorted(p.name for p in served.glob("rights.index*")) == [
        "rights.index.key", "rights.index.ledger", "rights.index.lock", "rights.index.seal"
    ]  # fmt: skip
    assert run("rights", "index", "--format", "json").codes == {"MATCH-UNCHANGED", "MATCH-INDEX"}
    assert run("check").exit == 0


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_part_under_another_name_is_refused(served: Path, run: Call, command: str) -> None:
    done = run(command, write(served, "walk", "\n\n".join([OWN, *body(served, "research")[2:12]])), "--format", "json")
    assert done.exit == 3 and not pdfs(served / "build")
    assert "RIGHTS-PASSAGES-OVER" in codes(done)
    assert any(f["code"] == "RIGHTS-PASSAGE-AT" and RESEARCH in f["message"] for f in done.json["findings"])


@pytest.mark.parametrize(("limit", "exit_"), [("0.001", 3), ("0.9", 0)])
def test_the_limit_of_a_grant_is_compared_with_what_is_measured_there(
    served: Path, run: Call, limit: str, exit_: int
) -> None:
    register = served / "rights.yaml"
    text = register.read_text("utf-8")
    limited = text.replace("parts: {include: [s2]}", f"parts: {{include: [s2]}}\n        limits: {{share: {limit}}}")
    assert limited != text
    register.write_text(limited, "utf-8")
    done = run(*EXCERPT, "--format", "json")
    assert done.exit == exit_, done.out
    assert ("RIGHTS-GRANT-LIMIT" in codes(done)) is (exit_ == 3)


def test_another_text_under_the_name_of_a_granted_work_is_refused(served: Path, run: Call) -> None:
    assert run(*REPRINT).exit == 0
    article = served / "source/research/article.md"
    text, paragraph = article.read_text("utf-8"), body(served, "research")[5][:60]
    assert paragraph in text
    article.write_text(text.replace(paragraph, OWN * 20 + paragraph), "utf-8")
    done = run(*REPRINT, "--format", "json")
    assert done.exit == 3 and "RIGHTS-GRANT-MODIFIED" in codes(done)


def test_a_work_taken_out_on_the_server_is_noticed_even_where_the_article_was_read_before(
    served: Path, run: Call, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    from kanyin.pipeline import measure

    assert run("check", "source/news").exit == 0
    database = (served / "rights.yaml").read_text("utf-8").split(f":{postgres.port}/")[1].split('"')[0]
    with psycopg.connect(postgres.local.replace("dbname=postgres", f"dbname={database}")) as base:
        base.execute("DELETE FROM work WHERE id = %s", (RESEARCH,))
    measure._index.cache_clear()  # another process
    assert "MATCH-INDEX-CHANGED" in codes(run("check", "source/news", "--format", "json"))


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_server_out_of_reach_is_refused_even_where_the_article_was_read_before(
    served: Path, run: Call, postgres: Server, command: str
) -> None:
    from kanyin.pipeline import measure

    assert run("check", "source/news").exit == 0
    register = served / "rights.yaml"
    register.write_text(register.read_text("utf-8").replace(f":{postgres.port}/", f":{free_port()}/"), "utf-8")
    measure._index.cache_clear()
    done = run(command, "source/news", "--format", "json")
    assert done.exit == 3 and "MATCH-SERVER" in codes(done) and not pdfs(served / "build")


def test_the_password_comes_from_outside_and_is_never_said(
    served: Path, run: Call, postgres: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from kanyin.pipeline import measure

    measure._index.cache_clear()
    monkeypatch.setenv("PGPASSWORD", "not-this-one")
    done = run("check", "source/news")
    assert done.exit == 3 and "MATCH-SERVER" in done.out + done.err
    assert "not-this-one" not in done.out + done.err
    monkeypatch.delenv("PGPASSWORD")
    file = tmp_path / "pgpass"
    file.write_text(f"127.0.0.1:{postgres.port}:*:kanyin:{postgres.password}\n")
    file.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(file))
    done = run("build", "source/news")
    assert done.exit == 0, done.err
    made = b"".join(path.read_bytes() for path in (served / "build").rglob("*.json"))
    assert postgres.password.encode() not in made and postgres.password not in done.out + done.err


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("postgresql://kanyin:hush-hush@127.0.0.1/rights", "REGISTER-SERVER-SECRET"),
        ("postgresql://127.0.0.1/rights?password=hush-hush", "REGISTER-SERVER-SECRET"),
        ("mysql://kanyin:hush-hush@127.0.0.1/rights", "REGISTER-SERVER-SECRET"),
        ("mysql://127.0.0.1/hush-hush", "REGISTER-SERVER"),
        ("postgresql://[127.0.0.1/hush-hush", "REGISTER-SERVER"),
    ],
)
def test_an_address_with_a_password_is_refused_and_not_repeated(
    project: Path, run: Call, address: str, code: str
) -> None:
    name_index(project, address)
    done = run("check", "source/news", "--format", "json")
    assert done.exit == 3 and code in done.codes
    assert "hush-hush" not in done.out + done.err


def test_without_the_driver_the_extra_is_named(project: Path, run: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    name_index(project, "postgresql://kanyin@127.0.0.1/rights")
    monkeypatch.delitem(sys.modules, "kanyin.rights.match.postgres", raising=False)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    for ask in (("check", "source/news"), ("rights", "index")):
        done = run(*ask, "--format", "json")
        assert done.exit == 5 and "kanyin[postgres]" in done.out
