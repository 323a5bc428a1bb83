# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What a receipt remembers of the pages of a file, to name a changed one later; and the receipt inside the file."""

from __future__ import annotations

import importlib.metadata
import io

from kanyin.preflight.raster import DPI, Document


def engine() -> str:
    """The renderer by which fingerprints were taken: others draw the same page a little differently."""
    return f"pypdfium2 {importlib.metadata.version('pypdfium2')} at {DPI} dpi, gray"


def fingerprints(data: bytes, name: str) -> tuple[str, ...]:
    """One for each page. Raises SourceError VERIFY-UNREADABLE or VERIFY-ENCRYPTED."""
    document = Document(data, name)
    return tuple(document.page(number, 1.0).fingerprint() for number in range(1, document.count + 1))


def attachment(data: bytes, name: str) -> bytes | None:
    """The embedded file of that name, or None where there is none, or the file cannot be read."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            found = pdf.attachments.get(name)
            return None if found is None else bytes(found.get_file().read_bytes())
    except pikepdf.PdfError:
        return None


def attachments(data: bytes, suffix: str) -> dict[str, bytes]:
    """The embedded files whose names end so. Raises nothing for a file of ours, which has just been proven."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = {name: bytes(spec.get_file().read_bytes()) for name, spec in pdf.attachments.items()}
    return {name: found[name] for name in sorted(found) if name.endswith(suffix)}
