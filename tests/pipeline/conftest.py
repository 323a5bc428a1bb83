# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The fixtures of a project of one's own, for every test of this folder."""

from pipeline_project import project, run
from postgres_server import postgres

__all__ = ["postgres", "project", "run"]
