# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""One document set by WeasyPrint in a process of its own: `worker.py ours|stock IN.html OUT.pdf FONTS.conf`.

Prints its CPU seconds for layout and for writing, and its peak memory, as JSON. Started as a script, so that a stock
run imports nothing of ours.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import sys
import time
from pathlib import Path


def main() -> None:
    how, source, out, fontconfig = sys.argv[1:]
    os.environ["FONTCONFIG_FILE"] = fontconfig
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    import weasyprint

    if how == "ours":
        sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
        from kanyin.composition import seam

        seam.install()
    elif how != "stock":
        sys.exit(f"unknown: {how}")
    weasyprint.HTML(string="<p>字体 warm").write_pdf()  # imports and font configuration are nobody's layout
    html = Path(source).read_text("utf-8")
    begin = time.process_time()
    document = weasyprint.HTML(string=html).render()
    laid_out = time.process_time()
    data = document.write_pdf()
    written = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    Path(out).write_bytes(small(data) if how == "ours" else data)
    print(json.dumps({"layout": laid_out - begin, "write": written - laid_out, "peak_mb": peak,
                      "pages": len(document.pages)}))  # fmt: skip


def small(data: bytes) -> bytes:
    """As a build delivers it: fonts and objects are made small after the engine."""
    import io

    from pypdf import PdfReader, PdfWriter

    from kanyin.pdf.stamp_compact import compact_fonts
    from kanyin.pdf.stamp_write import written

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)), keep_initial_header=True)
    compact_fonts(writer)
    return written(writer)


if __name__ == "__main__":
    main()
