# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What others run: the hooks under pre-commit itself, the scripts of the action and of the guide in a real shell."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from pipeline_project import HOME

HOOKS = yaml.safe_load((HOME / ".pre-commit-hooks.yaml").read_text("utf-8"))
ACTION = yaml.safe_load((HOME / "action.yml").read_text("utf-8"))
GUIDE = (HOME / "docs" / "ci.md").read_text("utf-8")
BROKEN = "\n![字](none.png){#fig9}\n"


def run(command: list[str], cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": "en_GB.UTF-8", **more}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def repository(project: Path) -> Path:
    """The project under git, with the published hooks; only that they run the program as it stands here."""
    hooks = [
        {**hook, "language": "system", "entry": f"{HOME / 'make_pdf.py'} check --as-of 2026-11-20"} for hook in HOOKS
    ]
    (project / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]}))
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
    run([*git, "init", "-q"], project)
    run([*git, "add", "-A"], project)
    run([*git, "commit", "-q", "-m", "all"], project)
    return project


def hook(repository: Path, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pre_commit", "run", name, "--verbose", *arguments]
    return run(command, repository, PRE_COMMIT_HOME=str(repository.parent / "pre-commit"))


def test_pre_commit_takes_the_manifest() -> None:
    done = run([sys.executable, "-m", "pre_commit", "validate-manifest", str(HOME / ".pre-commit-hooks.yaml")], HOME)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_command_that_the_hooks_name_is_installed_with_the_package() -> None:
    text = (HOME / "pyproject.toml").read_text("utf-8")
    assert 'kanyin = "kanyin.cli:main"' in text
    assert {hook["entry"].split()[0] for hook in HOOKS} == {"kanyin"}


def test_the_whole_project_before_a_commit(repository: Path) -> None:
    done = hook(repository, "kanyin-check")
    assert done.returncode == 0, done.stdout + done.stderr
    with (repository / "source/news/article.md").open("a", encoding="utf-8") as file:
        file.write(BROKEN)
    run(["git", "add", "-A"], repository)
    done = hook(repository, "kanyin-check")
    assert done.returncode == 1 and "article.md:" in done.stdout and "SOURCE-FIGURE-MISSING" in done.stdout


def test_changed_articles_alone(repository: Path) -> None:
    assert "no files to check" in hook(repository, "kanyin-check-file").stdout
    with (repository / "source/news/article.md").open("a", encoding="utf-8") as file:
        file.write(BROKEN)
    run(["git", "add", "-A"], repository)
    done = hook(repository, "kanyin-check-file")
    assert done.returncode == 1 and "SOURCE-FIGURE-MISSING" in done.stdout
    done = hook(repository, "kanyin-check-file", "--files", "source/research/article.md", "rights.yaml")
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_not_registered_does_not_get_past_the_hook(repository: Path) -> None:
    path = repository / "source/news/article.md"
    path.write_text(path.read_text("utf-8").replace("kanyin-sample-news", "not-mine", 1), "utf-8")
    run(["git", "add", "-A"], repository)
    done = hook(repository, "kanyin-check-file")
    assert done.returncode != 0 and "RIGHTS-WORK-UNREGISTERED" in done.stdout


def check_step() -> str:
    return str(next(step for step in ACTION["runs"]["steps"] if step["name"] == "Check")["run"])


def act(project: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    given = {"PATHS": "", "RIGHTS": "rights.yaml", "AS_OF": "2026-11-20", "SARIF": "", "LOG_HEAD": "", **inputs}
    return run(["bash", "-e", "-o", "pipefail", "-c", check_step()], project, GITHUB_ACTION_PATH=str(HOME), **given)


def test_the_action_annotates_and_fails(project: Path) -> None:
    done = act(project, SARIF="out.sarif")
    assert done.returncode == 0, done.stderr
    with (project / "source/news/article.md").open("a", encoding="utf-8") as file:
        file.write(BROKEN)
    done = act(project, SARIF="out.sarif", PATHS="source/news source/research")
    assert done.returncode == 1
    assert "::error file=source/news/article.md,line=" in done.stdout
    results = json.loads((project / "out.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert "SOURCE-FIGURE-MISSING" in {result["ruleId"] for result in results}


def test_the_action_finds_that_the_log_of_which_the_head_is_known_is_gone(project: Path) -> None:
    done = act(project, LOG_HEAD="0" * 64)
    assert done.returncode == 3 and "title=LOG-HEAD" in done.stdout, done.stdout


@pytest.mark.parametrize("name", ["PATHS", "RIGHTS", "AS_OF", "SARIF", "LOG_HEAD"])
def test_an_input_of_the_action_is_never_run(project: Path, name: str) -> None:
    act(project, **{name: "$(touch caught) `touch caught` ; touch caught"})
    assert not (project / "caught").exists()


def test_every_input_of_the_action_is_used_and_none_is_put_into_a_script() -> None:
    steps = ACTION["runs"]["steps"]
    used = set(re.findall(r"inputs\.([\w-]+)", json.dumps([step["env"] for step in steps])))
    assert used == set(ACTION["inputs"])
    assert not any("${{" in step["run"] for step in steps)


def blocks() -> dict[str, Any]:
    """The YAML of the guide by its keys."""
    found = [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)]
    return {key: value for block in found for key, value in block.items()}


def test_the_guide_names_hooks_and_inputs_that_exist() -> None:
    ids = set(re.findall(r"- id: (kanyin-[\w-]+)", GUIDE))
    assert ids == {hook["id"] for hook in HOOKS}
    uses = next(step for step in blocks()["jobs"]["rights"]["steps"] if "kanyin@" in step.get("uses", ""))
    assert set(uses["with"]) <= set(ACTION["inputs"])


def test_the_script_for_gitlab_runs(project: Path) -> None:
    given = blocks()["kanyin"]
    report = given["artifacts"]["reports"]["junit"]
    done = run(["bash", "-e", "-c", "\n".join(given["script"])], project, KANYIN=str(HOME))
    assert done.returncode == 0, done.stderr
    assert (project / report).read_text("utf-8").startswith("<?xml")
    setup, fonts = given["before_script"]
    assert (HOME / setup.split()[0].removeprefix("$KANYIN/")).is_file() and "fonts build" in fonts
