# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What programs read is valid, whatever the findings say: against schemas, and by others' readers."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import Any, ClassVar

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import FormatChecker
from junitparser import JUnitXml
from lxml import etree

from kanyin.config.yamlfile import load
from kanyin.findings import ExitCode, Finding, Lang, Where, catalogue, finding
from kanyin.pipeline.helpers import json_schema
from kanyin.pipeline.outcome import Outcome
from kanyin.readers.frontmatter import FrontMatter
from kanyin.report import Report, render

HOME = Path(__file__).resolve().parents[2]
OTHERS = Path(sys.prefix) / "schemas"
"""Where `tools/setup.sh test` puts what others say: the schema of SARIF by OASIS, and that of Ant's JUnit reports."""
JUNIT = etree.XMLSchema(etree.parse(str(Path(__file__).with_name("junit.xsd"))))


def closed(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def many(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


WORDS = closed({"text": {"type": "string", "minLength": 1}}, "text")
LEVEL = {"enum": ["none", "note", "warning", "error"]}
REFERENCE = {"type": "string", "pattern": r"^(file:///)?([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})+$"}
PLACE = closed(
    {
        "artifactLocation": closed({"uri": REFERENCE}),
        "region": closed(
            {"startLine": {"type": "integer", "minimum": 1}, "startColumn": {"type": "integer", "minimum": 1}}
        ),
    },
    "artifactLocation",
)
RESULT = closed(
    {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": WORDS,
        "locations": many(closed({"physicalLocation": PLACE})),
    },
    "message",
)
RULE = closed(
    {
        "id": {"type": "string"},
        "shortDescription": WORDS,
        "help": WORDS,
        "defaultConfiguration": closed({"level": LEVEL}),
    },
    "id",
)
RUN = closed(
    {
        "tool": closed(
            {
                "driver": closed(
                    {
                        "name": {"type": "string"},
                        "version": {"type": "string"},
                        "rules": many(RULE) | {"uniqueItems": True},
                    },
                    "name",
                )
            },
            "driver",
        ),
        "invocations": many(
            closed({"executionSuccessful": {"type": "boolean"}, "exitCode": {"type": "integer"}}, "executionSuccessful")
        ),
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": many(RESULT),
    },
    "tool",
)
SARIF = closed(
    {"version": {"const": "2.1.0"}, "$schema": {"type": "string", "format": "uri"}, "runs": many(RUN)},
    "version",
    "runs",
)
"""The part of SARIF 2.1.0 (OASIS Standard, 2020-03-27, clause 3) that is written here, closed as its schema is."""

CODES = sorted(catalogue())
TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
FINDINGS = st.lists(
    st.builds(
        lambda code, file, line, column, text: finding(code, Where(file, line, column), file=text, problem=text),
        st.sampled_from(CODES),
        st.sampled_from(["", "source/文 章/a b.md", "/elsewhere/x%y#z?.md", str(Path.cwd() / "source/a.md")]),
        st.integers(0, 9),
        st.integers(0, 9),
        TEXT,
    ),
    max_size=4,
)


def report(*findings: Finding) -> Report:
    return Report("check", (Outcome(findings, source="source/甲/article.md"), Outcome()), ExitCode.FINDINGS)


class Editor(yaml.SafeLoader):
    """YAML 1.2 as editors' programs read it: no dates, and of words only `true` and `false` are truth values."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {
        first: [(tag, form) for tag, form in forms if not tag.endswith((":timestamp", ":bool"))]
        for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])

FRONT = [
    ("title: 题", True),
    ("title: 2024", True),
    ("abstract: 一段文字", True),
    ("abstract: [{label: 目的, text: 文}]", True),
    ("abstract: [一段]", False),
    ("funding: 一句", True),
    ("funding: [一句, 2]", True),
    ("keywords: 甲；乙", True),
    ("author_notes: 1", True),
    ("authors: [{name: 甲, affs: a1, corresp: true}]\naffs: [{id: a1, name: 院}]", True),
    ("authors: 甲", False),
    ("journal: {year: 2024, volume: 9, issn: 1234-5678}", True),
    ("history: {received: 2024-01-31}", True),
    ("history: {received: 一月}", False),
    ("id: a/b:c.d-e_f", True),
    ("id: 甲 乙", False),
    ("lang: zh-Hans", True),
    ("lang: 中文", False),
    ("reference_style: medical", True),
    ("reference_style: other", False),
    ("references: refs.yaml", True),
    ("titel: 题", False),
]


@pytest.mark.parametrize(("text", "good"), FRONT, ids=[text for text, _ in FRONT])
def test_the_schema_of_articles_takes_what_the_reader_takes(text: str, good: bool) -> None:
    schema = jsonschema.Draft202012Validator(json_schema("article"), format_checker=FormatChecker(["date"]))
    assert schema.is_valid(yaml.load(text, Editor)) == good
    assert (load(text, "a", FrontMatter)[0] is not None) == good


@pytest.mark.parametrize("path", sorted(HOME.glob("source/*/article.md")) + sorted(HOME.glob("layouts/*/sample/*.md")))
def test_samples_are_valid_articles(path: Path) -> None:
    front = yaml.load(path.read_text("utf-8").split("---\n")[1], Editor)
    jsonschema.Draft202012Validator(json_schema("article")).validate(front)


def test_the_register_is_valid_by_its_schema() -> None:
    register = yaml.load((HOME / "rights.yaml").read_text("utf-8"), Editor)
    jsonschema.Draft202012Validator(json_schema("rights")).validate(register)


@given(findings=FINDINGS, lang=st.sampled_from(["zh", "en"]))
def test_sarif_is_valid(findings: list[Finding], lang: Lang) -> None:
    document = json.loads(render(report(*findings), "sarif", lang)[0])
    jsonschema.Draft202012Validator(SARIF).validate(document)
    (run,) = document["runs"]
    for result, found in zip(run["results"], dict.fromkeys(findings), strict=True):
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == found.code


def test_places_are_those_of_the_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    inside, outside = Where(str(tmp_path / "source/文.md"), 3, 5), Where("/elsewhere/文.md", 3, 5)
    one = report(finding("SOURCE-ID", inside), finding("SOURCE-ID", outside))
    results = json.loads(render(one, "sarif", "en")[0])["runs"][0]["results"]
    uris = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results]
    assert uris == ["source/%E6%96%87.md", "file:///elsewhere/%E6%96%87.md"]
    lines = render(one, "github", "en")[0].splitlines()
    assert lines[0].startswith("::error file=source/文.md,line=3,col=5,title=SOURCE-ID::")


@given(findings=FINDINGS, lang=st.sampled_from(["zh", "en"]))
def test_junit_is_valid(findings: list[Finding], lang: Lang) -> None:
    text = render(report(*findings), "junit", lang)[0]
    JUNIT.assertValid(etree.fromstring(text.encode()))
    bad = any(f.severity.name == "ERROR" for f in findings)
    (suite,) = JUnitXml.fromroot(JUnitXml.fromstring(text.encode())._elem)
    assert (suite.tests, suite.failures, suite.errors) == (2, int(bad), 0)
    first, second = suite
    assert first.name == "source/甲/article.md" and bool(first.result) == bad and not second.result


def others(name: str) -> bytes:
    if not (OTHERS / name).is_file():
        pytest.skip(f"NOT CHECKED against {name}: it is not in {OTHERS}; run tools/setup.sh test")
    return (OTHERS / name).read_bytes()


EVERY_CODE = report(*(finding(code, Where("source/文 章/a b.md", 3, 5), file="<&>\0") for code in CODES))
NOTHING = report()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sarif_is_valid_by_the_schema_of_its_standard(lang: Lang) -> None:
    schema = json.loads(others("sarif-schema.json"))
    assert schema["title"].endswith("Version 2.1.0 JSON Schema")
    oasis = jsonschema.Draft4Validator(schema, format_checker=FormatChecker())
    for one in (EVERY_CODE, NOTHING):
        oasis.validate(json.loads(render(one, "sarif", lang)[0]))
    document = json.loads(render(EVERY_CODE, "sarif", lang)[0])
    document["runs"][0]["results"][0]["level"] = "skip"
    assert not oasis.is_valid(document)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_junit_is_valid_by_a_schema_that_others_wrote(lang: Lang) -> None:
    """That of Ant's reports, by Windy Road; what Jenkins asks beyond it stands in ours."""
    ant = etree.XMLSchema(etree.fromstring(others("ub_test_reports/schemas/JUnit.xsd")))
    for one in (EVERY_CODE, NOTHING):
        ant.assertValid(etree.fromstring(render(one, "junit", lang)[0].encode()))
    text = render(EVERY_CODE, "junit", lang)[0]
    assert not ant.validate(etree.fromstring(text.replace("<system-err/>", "").encode()))


def test_every_fault_of_a_source_stands_in_its_case() -> None:
    text = render(report(finding("SOURCE-ID"), finding("SOURCE-TITLE")), "junit", "en")[0]
    (suite,) = JUnitXml.fromfile(io.BytesIO(text.encode()))
    (failure,) = next(iter(suite)).result
    assert failure.type == "SOURCE-ID" and "[SOURCE-ID]" in failure.text and "[SOURCE-TITLE]" in failure.text


@pytest.mark.parametrize(
    "broken",
    ["<testsuites/>", "<testsuites><testsuite/></testsuites>", '<testsuites><testcase name="x"/></testsuites>'],
)
def test_the_schema_can_say_no(broken: str) -> None:
    assert not JUNIT.validate(etree.fromstring(broken))


def test_the_moment_can_be_pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert 'timestamp="2026-01-01T00:00:00"' in render(report(), "junit", "en")[0]
