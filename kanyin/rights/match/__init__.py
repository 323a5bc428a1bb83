# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Text reuse, measured: an index of the protected works that holds no text, and the passages a text has from them.

    text ─fold→ 字 with offsets ─prints→ keyed fingerprints ─search→ regions ─align→ passages ─index→ Measured

`index.open` is the door; `values` is what comes out and imports nothing heavy. docs/matching.md tells how it works,
what was measured and what it cannot find.
"""
