# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Proving the notice is cheap enough to be done after each build, and grows with the pages and no faster."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from pdf_samples import FONTS, HOME, faults, stamped

LIMIT = 0.5
"""Seconds of CPU for five pages with all imports; 0.15 on a machine of 2024. Room for slow ones, none for mistakes."""


def test_five_pages_from_a_cold_start(tmp_path: Path) -> None:
    file = tmp_path / "sample.pdf"
    file.write_bytes(stamped(pages=5))
    script = f"""
import time; start = time.process_time()
from pathlib import Path
from kanyin.notice import canonical
from kanyin.preflight.verify import verify
assert verify(Path({str(file)!r}).read_bytes(), "", canonical(), fonts=Path({str(FONTS)!r})) == []
print(time.process_time() - start)"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=HOME)
    assert float(done.stdout) < LIMIT


def test_time_grows_with_the_pages() -> None:
    def seconds(pages: int) -> float:
        data = stamped(pages=pages)
        start = time.process_time()
        assert faults(data) == []
        return time.process_time() - start

    few, many = min(seconds(2) for _ in range(3)), min(seconds(20) for _ in range(3))
    assert many < 10 * few * 1.5
