# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""How well text reuse is found, and what it costs: `python -m bench.rights`."""
