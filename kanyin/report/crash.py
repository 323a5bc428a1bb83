# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Our own bugs: one file, ready to be attached to a report, instead of a stack trace on the screen."""

from __future__ import annotations

import sys

from kanyin.findings import ExitCode
from kanyin.tools.crash import crash_report


def write_crash_report(error: BaseException) -> ExitCode:
    """Write the report and name it on standard error."""
    name = crash_report(error)
    print(f"kanyin 出了错（这是程序的缺陷）；报告在 {name} / a bug in kanyin; the report is in {name}", file=sys.stderr)
    return ExitCode.BUG
