# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What each format says of the same three outcomes: one built, one refused, one with faults in its source."""

from __future__ import annotations

import errno
import json
import os
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kanyin.findings import ExitCode, Lang, Where, finding
from kanyin.model import Decision, Duty, Permit, Reason, mint
from kanyin.notice import canonical
from kanyin.pipeline.outcome import Outcome, Output
from kanyin.report import Report, render


def permit(*duties: Duty) -> Permit:
    return mint(
        action="publish",
        work="w",
        holder="h",
        holder_name="某",
        notice=canonical(),
        layout="l",
        as_of=date(2026, 1, 1),
        duties=duties,
    )


PERMIT = permit()
REFUSED = Reason("RIGHTS-WORK-UNREGISTERED", "forbids", Where("a/article.md", 2, 1), (("work", "a,b:c"),))
FAULT = finding("CONFIG-UNKNOWN-KEY", Where("b/article.md", 3, 5), key="x<y>&\n100%")
REPORT = Report(
    "build",
    (
        Outcome(
            outputs=(Output(Path("o.pdf"), "0" * 64, 2, "screen"),), decision=Decision("allow", (), PERMIT), source="o"
        ),
        Outcome(decision=Decision("deny", (REFUSED,)), exit=ExitCode.RIGHTS, source="a"),
        Outcome((FAULT,), exit=ExitCode.FINDINGS, source="b"),
    ),
    ExitCode.RIGHTS,
)


def test_json_has_every_agreed_key_and_the_most_severe_decision() -> None:
    result = json.loads(render(REPORT, "json", "en")[0])
    assert result["ok"] is False and result["exit"] == 3
    assert result["outputs"] == [{"path": "o.pdf", "sha256": "0" * 64, "pages": 2, "profile": "screen"}]
    assert result["decision"]["verdict"] == "deny"
    assert [f["code"] for f in result["findings"]] == ["RIGHTS-WORK-UNREGISTERED", "CONFIG-UNKNOWN-KEY"]
    assert result["findings"][1]["where"] == {"file": "b/article.md", "line": 3, "column": 5, "page": None}


def test_sarif_points_to_rules_and_places() -> None:
    document = json.loads(render(REPORT, "sarif", "en")[0])
    (run,) = document["runs"]
    assert document["version"] == "2.1.0"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] >= 1 and place["region"]["startColumn"] >= 1


def test_junit_is_xml_with_a_case_for_each_job() -> None:
    suite = ElementTree.fromstring(render(REPORT, "junit", "en")[0]).find("testsuite")
    assert suite is not None
    assert suite.attrib["tests"] == "3" and suite.attrib["failures"] == "2"
    assert [len(case.findall("failure")) for case in suite.findall("testcase")] == [0, 1, 1]


def test_junit_says_everything_that_text_says() -> None:
    """Notes and warnings stand below the cases, each on a line of its own; no character breaks the XML."""
    note = finding("IMPORT-TITLE", Where("c.txt", 1), before="甲<&\x0b")
    report = Report("import", (Outcome((note, FAULT, note), exit=ExitCode.FINDINGS, source="c"),), ExitCode.FINDINGS)
    suite = ElementTree.fromstring(render(report, "junit", "en")[0]).find("testsuite")
    assert suite is not None
    assert [f.attrib["type"] for f in suite.findall("testcase/failure")] == ["CONFIG-UNKNOWN-KEY"]
    said = [line for line in suite.findtext("system-out", "").splitlines() if not line.startswith("  ")]
    assert len(said) == 2 and all(
        "note: " in line and "[IMPORT-TITLE]" in line and "甲<&\ufffd" in line for line in said
    )


def test_github_annotations_escape_what_would_end_them() -> None:
    lines = render(REPORT, "github", "en")[0].splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("::error file=b/article.md,line=3,col=5,title=CONFIG-UNKNOWN-KEY::")
    assert "%0A" in lines[1] and "100%25" in lines[1]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_text_says_place_sentence_hint_and_what_was_made(lang: str) -> None:
    out, err = render(REPORT, "text", lang)  # type: ignore[arg-type]
    assert out == "o.pdf\n"
    assert "a/article.md:2:1" in err and "b/article.md:3:5" in err and "→" in err
    assert "\x1b" not in err
    assert "\x1b[31;1m" in render(REPORT, "text", lang, colour=True)[1]  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_holds_for_every_article_is_said_once(form: str) -> None:
    same = finding("CONFIG-UNKNOWN-KEY", Where("rights.yaml", 1, 1), key="pages")
    twice = Report("build", tuple(Outcome((same,), source=name) for name in "ab"), ExitCode.OK)
    assert "".join(render(twice, form, "en")).count("CONFIG-UNKNOWN-KEY") == 1


def test_what_to_do_about_a_kind_of_note_is_said_once() -> None:
    """An error says it every time: its reader may look at nothing else."""
    found = [finding("IMPORT-TITLE", Where("c.txt", line), before="甲") for line in (1, 2)]
    found += [finding("CONFIG-MISSING-KEY", Where("c.txt", line), key="a") for line in (3, 4)]
    _, err = render(Report("import", (Outcome(tuple(found)),), ExitCode.FINDINGS), "text", "en")
    assert [line[:7] for line in err.splitlines()] == [
        "c.txt:1", "    → C", "c.txt:2", "c.txt:3", "    → A", "c.txt:4", "    → A"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "number", [errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOTDIR, errno.ENOSPC, errno.EEXIST]
)
def test_what_the_system_says_is_said_in_the_language_of_the_reader(number: int) -> None:
    found = finding("VERIFY-UNREADABLE", None, reason=os.strerror(number))
    assert not re.search("[a-z]{3}", found.message("zh")), found.message("zh")
    assert re.search("[a-z]{3}", found.message("en"))


def test_a_reason_of_a_person_is_left_as_it_is() -> None:
    assert "自有的理由" in finding("VERIFY-UNREADABLE", None, reason="自有的理由").message("en")


@pytest.mark.parametrize(("lang", "said"), [("en", "(1 page)"), ("zh", "(1 页)")])
def test_one_page_is_one_page(lang: Lang, said: str) -> None:
    output = Output(Path("o.pdf"), "0" * 64, 1, "screen")
    assert said in render(Report("build", (Outcome(outputs=(output,)),), ExitCode.OK), "text", lang)[1]


def test_a_check_that_passes_says_how_much_it_checked() -> None:
    out, err = render(Report("check", (Outcome(), Outcome()), ExitCode.OK), "text", "zh")
    assert (out, err) == ("", "✓ 检查无误（文章和刊期共 2 篇）\n")
    assert "✓" not in render(Report("check", (Outcome((FAULT,)),), ExitCode.FINDINGS), "text", "zh")[1]


def test_duties_say_what_to_do() -> None:
    owed = Duty("attribute.author", "in_output", "周子衿"), Duty("notice.keep", "in_output", "保留每页的权利声明")
    permitted = Outcome(
        outputs=(Output(Path("o.pdf"), "0" * 64, 2, "screen"),),
        decision=Decision("allow", (), permit(*owed)),
    )
    said = render(Report("excerpt", (permitted,), ExitCode.OK), "text", "zh")[1]
    assert "义务: 署名：周子衿\n" in said and "义务: 保留每页的权利声明\n" in said


def test_a_rule_that_had_nothing_to_look_at_bears_no_tick() -> None:
    rule = {"rule": "r", "fact": "f", "where": {"file": "", "line": 0, "column": 0}, "basis": "", "because": []}
    rule |= {"would_change": "", "below": []}
    for signs, sign in [((True, True), "–"), ((True, False), "✓"), ((False, False), "✗")]:
        told = {"summary": [], "rules": [rule | dict(zip(("holds", "skipped"), signs, strict=True))]}
        said = render(Report("rights", (), ExitCode.OK, (("explanations", [told]),)), "text", "zh")[0]
        assert f"{sign} f" in said
