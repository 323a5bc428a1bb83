# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""刊印: articles in, rights decided, stamped PDFs out."""

__version__ = "0.1.0"
