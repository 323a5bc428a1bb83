# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The server of the tests that need one."""

from postgres_server import postgres

__all__ = ["postgres"]
