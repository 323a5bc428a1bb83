# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""How well and how fast Chinese is set: measures on finished PDFs, ours beside other systems in one run."""
