# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The small commands around the line: fonts, layouts, doctor, init, schema."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from kanyin.config.job import Job, Places
from kanyin.findings import ExitCode, Finding, UsageError, Where, finding
from kanyin.pipeline.outcome import Outcome, has_errors
from kanyin.tools.files import whole_folder

UNTRACKED = "build/\n.keys/\n*.index.key\n*.index.lock\nfonts/*.otf\nfonts/*.ttf\nfonts/.cache/\n"
"""The .gitignore of a new project: what is made anew, and keys, which are nobody's business."""


def fonts_outcome(topic: str, places: Places) -> Outcome:
    """`fonts build` makes the faces from installed packages; `fonts check` compares them with their pins."""
    from kanyin.tools.fonts import build_fonts, check_fonts

    findings = tuple(build_fonts(places.fonts) if topic == "build" else check_fonts(places.fonts))
    return Outcome(findings, exit=ExitCode.TOOL if has_errors(findings) else ExitCode.OK, source=str(places.fonts))


def list_layouts(places: Places) -> list[dict[str, Any]]:
    from kanyin.config.layout import load_layout
    from kanyin.config.layoutfiles import layout_files
    from kanyin.config.layoutlike import sketch

    names = sorted(p.parent.name for p in places.layouts.glob("*/layout.yaml"))
    specs = [load_layout(places.layouts, name) for name in names]
    return [
        {
            "name": s.name,
            "title": s.title,
            "design": s.design,
            "sha256": files.sha256,
            "rules": sketch(files.rules),
            "paper_mm": [s.paper.width, s.paper.height],
            "options": {k: {"default": o.default, "values": o.values, "about": o.about} for k, o in s.options.items()},
        }
        for s, files in ((s, layout_files(s.root, s.sample)) for s in specs)
    ]


def check_layouts(places: Places, as_of: date, today: date) -> list[Outcome]:
    """Render the sample of each layout, to the proof of the notice, into `build/layouts/NAME`."""
    from kanyin.config.layout import load_layout
    from kanyin.pipeline import build
    from kanyin.readers import locate

    outcomes = []
    for name in sorted(p.parent.name for p in places.layouts.glob("*/layout.yaml")):
        spec = load_layout(places.layouts, name)
        out = Places(places.layouts, places.fonts, places.rights, places.out / "layouts" / name)
        outcomes.append(build(Job("build", locate(spec.root / spec.sample), out, as_of, layout=name, today=today)))
    return outcomes


def doctor_report(places: Places) -> tuple[list[dict[str, Any]], Outcome]:
    """What is there and what is missing; exit 5 when something needed is missing."""
    from kanyin.tools.doctor import examine

    probes = examine(places)
    missing = [p for p in probes if p.needed and not p.found]
    findings = tuple(
        finding(
            "DOCTOR-FOUND" if p.found else ("DOCTOR-MISSING" if p.needed else "DOCTOR-ABSENT"),
            Where(),
            name=p.name,
            version=p.version,
            purpose=p.purpose,
            remedy=p.remedy,
        )
        for p in probes
    )
    return [asdict(p) for p in probes], Outcome(findings, exit=ExitCode.TOOL if missing else ExitCode.OK)


def init_project(folder: Path, places: Places) -> Outcome:
    """Start a project: the layouts and fonts list of this one, a register and a first article to write on."""
    if folder.is_symlink() or (folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))):
        raise UsageError(finding("INIT-NOT-EMPTY", Where(str(folder))))
    home = Path(__file__).parent.parent.parent
    with whole_folder(folder.absolute()) as made:
        shutil.copytree(home / "layouts", made / "layouts")
        (made / "fonts").mkdir()
        for file in sorted(home.joinpath("fonts").iterdir()):
            if file.is_file():
                shutil.copy(file, made / "fonts" / file.name)
        shutil.copytree(Path(__file__).parent / "starter", made, dirs_exist_ok=True)
        (made / ".gitignore").write_text(UNTRACKED, "utf-8")
    files = [path for path in folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    done = finding("INIT-DONE", Where(str(folder)), files=len(files), megabytes=f"{size:.1f}")
    return Outcome((done,), source=str(folder))


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file, for editors that complete and check while one types."""
    from pydantic import TypeAdapter

    if kind == "rights":
        from kanyin.config.register import json_schema as register_schema

        schema: dict[str, Any] = _as_read(register_schema())
        return schema
    if kind == "layout":
        from kanyin.config.layout import LayoutSpec as Kind
    elif kind == "issue":
        from kanyin.config.issue import Issue as Kind  # type: ignore[assignment]
    else:
        from kanyin.readers.frontmatter import FrontMatter as Kind  # type: ignore[assignment]
    schema = _as_read(TypeAdapter(Kind).json_schema())
    return schema


def _as_read(schema: Any) -> Any:
    """A schema for values as editors' programs see them: our reader takes `2024` and `true` for the text they are."""
    if isinstance(schema, list):
        return [_as_read(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _as_read(value) for key, value in schema.items()}
    if made.get("type") == "string" and not {"pattern", "format", "enum", "const"} & set(made):
        made["type"] = ["string", "number", "boolean"]
    return made


def index_outcome(sources: Sequence[Path], places: Places, as_of: date) -> Outcome:
    """`rights index`: put the named works into the index that the policy names.

    Raises RightsError when a text under a signed grant would be replaced and there is no build key that is trusted.
    """
    from kanyin.config.register import load_register
    from kanyin.pipeline.measure import index_path, update
    from kanyin.pipeline.signer import signer
    from kanyin.readers import read

    register = load_register(places.rights)
    job = Job("build", places.rights, places, as_of)
    path = index_path(register, job)
    if path is None:
        raise UsageError(finding("MATCH-NOT-NAMED", Where(str(places.rights))))
    findings: list[Finding] = []
    articles = []
    for source in sources:
        if source.name != "issue.yaml":  # its articles are sources of their own
            article, problems = read(source)
            if article is None:
                return Outcome(tuple(problems), exit=ExitCode.SOURCE, source=str(source))
            articles.append(article)
    findings += update(path, register, articles, lambda: signer(register, job))
    return Outcome(tuple(findings), source=str(path))
