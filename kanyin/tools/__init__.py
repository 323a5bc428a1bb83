# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What the machine must have: fonts made from packages, programs that are probed before they are used."""
