# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""layout.yaml: one layout's paper, options, and who owns its design."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from kanyin.config.complaints import near
from kanyin.config.press import Press
from kanyin.config.yamlfile import load_file
from kanyin.findings import UsageError, Where, finding

_strict = ConfigDict(extra="forbid")
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,63}$")]


@dataclass(frozen=True, config=_strict)
class Paper:
    """Paper size in mm."""

    width: Annotated[float, Field(gt=50, lt=1200)] = 210
    height: Annotated[float, Field(gt=50, lt=1200)] = 297


@dataclass(frozen=True, config=_strict)
class Option:
    """A setting that an article or an editor may choose. `values` is empty for free text."""

    default: str
    values: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True, config=_strict)
class LayoutSpec:
    """`design` is the id of this layout in the register, where its holder stands; `issue` is the template of the pages
    that only an issue has (cover, contents, index).

    `notice_zone` is the height in mm, from the bottom edge, that is the notice's: the layout prints nothing there.
    `column` is the width in mm of a column of text: formulas wider than it are divided into lines, unless it is 0.
    """

    schema_: Annotated[Literal["layout/1"], Field(alias="schema")]
    name: Name
    title: str
    design: str
    title_en: str = ""
    paper: Paper = field(default_factory=Paper)
    template: str = "article.html.j2"
    styles: tuple[str, ...] = ("layout.css",)
    issue: str = ""
    sample: str = "sample"
    notice_zone: Annotated[float, Field(ge=12, le=60)] = 20
    column: Annotated[float, Field(ge=0, lt=1200)] = 0
    options: dict[str, Option] = field(default_factory=dict)
    press: Press = field(default_factory=Press)
    where: Where = field(default_factory=Where)
    root: Path = Path()


def load_layout(root: Path, name: str, where: Where | None = None) -> LayoutSpec:
    """Read `root/name/layout.yaml`; `where` says who asked for it. Raises UsageError with findings."""
    folder = root / name
    if not folder.is_dir() or Path(name).name != name:
        known = sorted(p.parent.name for p in root.glob("*/layout.yaml"))
        unknown = finding(
            "LAYOUT-UNKNOWN", where or Where(str(root)), name=name, known=", ".join(known), **near(name, known)
        )
        raise UsageError(unknown)
    spec, findings, doc = load_file(folder / "layout.yaml", LayoutSpec)
    if spec is None:
        raise UsageError(*findings)
    profile = (spec.press.profile.file,) if spec.press.profile else ()
    for named in (spec.template, spec.sample, *spec.styles, *profile):
        if not (folder / named).resolve().is_relative_to(folder.resolve()):
            raise UsageError(finding("LAYOUT-OUTSIDE", doc.where(), name=named))
    if spec.name != name:
        raise UsageError(finding("LAYOUT-NAME", doc.where(("name",)), name=spec.name, folder=name))
    # dataclasses.replace would call the constructor, which knows `schema` by its name in YAML only
    object.__setattr__(spec, "root", folder.resolve())
    return spec
