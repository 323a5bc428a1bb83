# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A signed project, made once, and a copy of it for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from rights_project import Project, copied, make_project


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return make_project(tmp_path_factory.mktemp("signed") / "project")


@pytest.fixture
def project(pristine: Project, tmp_path: Path) -> Project:
    return copied(pristine, tmp_path / "project")
