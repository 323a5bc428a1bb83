# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Certification of a finished PDF (ISO 32000-1, 12.8.4; PAdES): a signature that readers of PDF show by themselves.

It permits no change at all (DocMDP P=1). It is the last thing that is done to a file, as an update behind everything
else, so that the receipt goes on proving the file below it. Optional: it needs the extra `sign`.
"""

from __future__ import annotations

import io
import logging
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kanyin.findings import RightsError, ToolError, Where, finding

FIELD = "kanyin"


def fingerprint(pem: Path) -> str:
    """SHA-256 of the certificate in a file that holds it beside its private key. Raises RightsError, ToolError."""
    return str(_signer(pem).signing_cert.sha256_fingerprint).replace(" ", "").lower()


def certify(data: bytes, pem: Path) -> bytes:
    """The file with a certifying signature appended. Raises RightsError for a bad key, ToolError without pyHanko."""
    signer = _signer(pem)
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        subfilter=fields.SigSeedSubFilter.PADES,
        md_algorithm="sha256",
    )
    with _quiet():
        out = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), meta, signer=signer)
    result: bytes = out.getvalue()
    assert result.startswith(data)
    return result


def flaw(data: bytes, expected: str) -> str:
    """What is wrong with the certification of a file, empty when nothing is. Raises ToolError without pyHanko.

    There is one signature, it certifies, permits no change, covers the whole file, and is that of the certificate
    with the SHA-256 `expected`; whose certificate that is, the receipt says.
    """
    _installed()
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    try:
        with _quiet():
            reader = PdfFileReader(io.BytesIO(data))
            found = list(reader.embedded_signatures)
            if len(found) != 1:
                return f"signatures: {len(found)}"
            (one,) = found
            trusted = ValidationContext(trust_roots=[one.signer_cert], allow_fetching=False)
            status = validate_pdf_signature(one, trusted)
    except (PdfError, SignatureValidationError, ValueError, KeyError, TypeError) as error:
        return f"{type(error).__name__}: {error}"
    checks = {
        "certificate": str(one.signer_cert.sha256_fingerprint).replace(" ", "").lower() == expected,
        "signature": status.intact and status.valid,
        "coverage": status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        "later changes": status.modification_level in (None, ModificationLevel.NONE),
        "DocMDP": one.docmdp_level == MDPPerm.NO_CHANGES and "/DocMDP" in reader.root.get("/Perms", {}),
    }
    return ", ".join(name for name, holds in checks.items() if not holds)


def _installed() -> None:
    from importlib.util import find_spec

    if find_spec("pyhanko") is None:
        raise ToolError(finding("CERTIFY-MISSING"))


def _signer(pem: Path) -> Any:
    _installed()
    from pyhanko.sign import signers

    try:
        state = pem.stat()
        if not stat.S_ISREG(state.st_mode) or state.st_mode & 0o077:
            raise RightsError(finding("KEY-PERMISSIONS", Where(str(pem)), mode=f"{stat.S_IMODE(state.st_mode):04o}"))
        with _quiet():
            signer = signers.SimpleSigner.load(str(pem), str(pem))  # type: ignore[no-untyped-call]
    except OSError as error:
        raise RightsError(finding("KEY-UNREADABLE", Where(str(pem)), problem=error.strerror)) from error
    if signer is None:
        raise RightsError(finding("KEY-UNREADABLE", Where(str(pem)), problem="PEM"))
    return signer


@contextmanager
def _quiet() -> Iterator[None]:
    """pyHanko tells its log what it also answers; the answer is what is looked at."""
    log = logging.getLogger("pyhanko")
    before, log.disabled = log.disabled, True
    other = logging.getLogger("pyhanko.sign")
    state, other.disabled = other.disabled, True
    try:
        yield
    finally:
        log.disabled, other.disabled = before, state
