# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Measurements: what the program costs and how well it finds. Not part of the package."""
