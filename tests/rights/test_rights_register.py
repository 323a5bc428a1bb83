# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A register is read whole or not at all, and what it says cannot be bent by the way YAML is written."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
import yaml
from rights_cases import Row, changed, read_register, read_yaml

from kanyin.config.register import json_schema, load_register
from kanyin.findings import ExitCode, RightsError

CASES = read_yaml("register")["cases"]
PROJECT = Path(__file__).parents[2]


def refused(text: str, tmp_path: Path) -> list[tuple[str, int]]:
    """Codes and lines of the findings with which a register is refused; exit code 3 always."""
    path = tmp_path / "rights.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(RightsError) as caught:
        load_register(path)
    assert caught.value.exit_code == ExitCode.RIGHTS == 3
    return [(f.code, f.where.line) for f in caught.value.findings]


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["name"])
def test_case(row: Row) -> None:
    register, findings = read_register(changed(read_yaml("base"), row.get("register", {}), row.get("remove", [])))
    assert [f.code for f in findings] == row["codes"]
    assert all(f.message("zh") and f.message("en") and f.where.line for f in findings)
    assert (register is None) == any(code.startswith("CONFIG-") for code in row["codes"])


BASE = (Path(__file__).parent / "cases" / "base.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("what", "old", "new", "code"),
    [
        ("a key twice", "policy: {trust: none}", "policy: {trust: none, trust: none}", "CONFIG-DUPLICATE-KEY"),
        ("a section twice", "policy: {trust: none}", "policy: {trust: none}\ngrants: []", "CONFIG-DUPLICATE-KEY"),
        ("an anchor", "policy: {trust: none}", "policy: &p {trust: none}", "CONFIG-ALIAS"),
        ("an alias", "policy: {trust: none}", "policy: *p", "CONFIG-ALIAS"),
        ("a merge key", "policy: {trust: none}", "policy: {<<: {trust: none}}", "CONFIG-UNKNOWN-KEY"),
        ("a tag", "policy: {trust: none}", "policy: {trust: !!str none}", "CONFIG-TAG"),
        ("a second document", "policy: {trust: none}", "policy: {trust: none}\n---\n{}", "CONFIG-DOCUMENTS"),
        ("an empty value", "policy: {trust: none}", "policy: {trust: }", "CONFIG-VALUE"),
        ("deep nesting", "policy: {trust: none}", "policy: " + "[" * 60 + "]" * 60, "CONFIG-DEPTH"),
        ("a list where pairs belong", "policy: {trust: none}", "policy: [trust, none]", "CONFIG-VALUE"),
    ],
)
def test_yaml_that_says_one_thing_to_people_and_another_to_programs(
    what: str, old: str, new: str, code: str, tmp_path: Path
) -> None:
    line = BASE.splitlines().index(old) + 1
    found = refused(BASE.replace(old, new), tmp_path)
    assert code in [found_code for found_code, _ in found]
    assert all(line <= at <= line + 2 for _, at in found), found


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("policy: {trust: none}", "policy: {trust: none, trust: all}", {"trust": "all"}),
        ("policy: {trust: none}", "policy: {<<: {trust: none}}", {"trust": "none"}),
        ("policy: {trust: none}", "policy: {trust: !!str none}", {"trust": "none"}),
        ("policy: {trust: none}", "policy: &p {trust: none}", {"trust": "none"}),
    ],
)
def test_a_reader_of_any_yaml_takes_the_tricks_without_a_word(old: str, new: str, what: object, tmp_path: Path) -> None:
    """The defence out: of two values the last one counts, whatever a person has read above it."""
    assert yaml.safe_load(BASE.replace(old, new))["policy"] == what
    assert refused(BASE.replace(old, new), tmp_path)


@pytest.mark.parametrize("text", ["", "- a list", "just words", "a: [", "\x00", "schema: rights/1"])
def test_what_is_no_register_is_refused(text: str, tmp_path: Path) -> None:
    assert refused(text, tmp_path)


def test_a_register_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RightsError) as caught:
        load_register(tmp_path / "none.yaml")
    assert [f.code for f in caught.value.findings] == ["CONFIG-UNREADABLE"]
    (tmp_path / "rights.yaml").write_bytes(b"schema: \xff\xfe")
    with pytest.raises(RightsError):
        load_register(tmp_path / "rights.yaml")


def test_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (project / "grants").symlink_to(tmp_path / "elsewhere")
    text = BASE.replace("  - id: G1\n", "  - id: G1\n    signature: grants/G1.json\n")
    text = text.replace("trust: none", "trust: {grantor_keys: trust/keys.json}")
    assert [code for code, _ in refused(text, project)] == ["REGISTER-PATH"]


def test_without_its_check_a_link_would_lead_out_of_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    project.mkdir()
    elsewhere.mkdir()
    (elsewhere / "works").write_text("anybody's", "utf-8")
    (project / "inside").symlink_to(elsewhere)
    text = BASE.replace("policy: {trust: none}", "policy: {trust: none, excerpt: {index: inside/works}}")
    assert [code for code, _ in refused(text, project)] == ["REGISTER-PATH"]
    monkeypatch.setattr(Path, "is_relative_to", lambda self, other: True)
    register = load_register(project / "rights.yaml")
    assert (project / register.policy.excerpt.index).read_text("utf-8") == "anybody's"


def test_a_finding_points_to_the_entry(tmp_path: Path) -> None:
    text = BASE.replace("  - id: W2\n    holder: soc", "  - id: W2\n    holder: nobody")
    line = text.splitlines().index("  - id: W2") + 1
    assert refused(text, tmp_path) == [("REGISTER-UNKNOWN-HOLDER", line)]


def test_the_projects_own_register_is_read() -> None:
    register = load_register(PROJECT / "rights.yaml")
    assert {"kanyin-sample-news", "kanyin-sample-research"} <= set(register.works_by_id)
    assert register.policy.trust == "none"


def test_the_example_in_the_guide_is_a_register() -> None:
    guide = (PROJECT / "docs" / "rights.md").read_text("utf-8")
    example = guide.split("```yaml\n")[1].split("```")[0].replace("（64 位十六进制）", "0" * 64)
    register, findings = read_register(yaml.load(example, yaml.BaseLoader))
    assert register is not None and not findings


def test_the_schema_describes_the_file_as_it_is_written() -> None:
    schema = json_schema()
    assert {"schema", "as_of_policy", "holders", "policy"} == set(schema["required"])
    assert "from" in schema["$defs"]["Term"]["required"] and schema["additionalProperties"] is False
    assert '"where"' not in json.dumps(schema) and "Where" not in json.dumps(schema)


def test_two_thousand_works_are_read_at_once(tmp_path: Path) -> None:
    """Under 0.3 s of CPU where this was measured; the bound here is ten times that, for slow and busy machines."""
    base = read_yaml("base")
    work = base["works"][0]
    base["works"] += [{**work, "id": f"N{i}", "doi": f"10.5555/n{i}"} for i in range(2000)]
    path = tmp_path / "rights.yaml"
    path.write_text(yaml.dump(base, Dumper=NoAlias, allow_unicode=True), "utf-8")
    before = time.process_time()
    assert len(load_register(path).works) == 2003
    assert time.process_time() - before < 3


class NoAlias(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True
