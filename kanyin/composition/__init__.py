# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Chinese composition for WeasyPrint, in the standard's own property names.

`marks`, `breaks`, `spacing`, `optimal` and `paragraph` know Chinese typography and nothing of the engine; `seam` knows
the engine and is the only file that touches its inside. `seam.install()` switches it on for the process.
"""
