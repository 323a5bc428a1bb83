# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""`verify`: a finished PDF, its notice and its receipt.

The receipt proves the file: every byte of it, but for the room in which the receipt itself may stand. Where the bytes
differ, what the receipt knows of each page says what happened to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from kanyin.config.job import Places
from kanyin.config.register import load_register
from kanyin.config.trust import TrustStore
from kanyin.findings import ExitCode, Finding, KanyinError, SourceError, Where, finding
from kanyin.model import Notice
from kanyin.notice import canonical
from kanyin.pdf.attach import NAME, blank
from kanyin.pdf.stamp import build_of
from kanyin.pipeline import receipts
from kanyin.pipeline.outcome import Outcome, Output, has_errors
from kanyin.preflight.fingerprint import attachment, engine, fingerprints
from kanyin.preflight.verify import judged, works
from kanyin.rights import dsse
from kanyin.rights.log import Log
from kanyin.rights.prove import project_log, trust_store
from kanyin.rights.title import notice_of
from kanyin.tools.certify import flaw
from kanyin.tools.confined import confined
from kanyin.tools.files import sha256

MEMORY = 2000, 16
"""Megabytes that a proof may take, and so many more for each of the file."""
SECONDS = 60, 100_000
"""Seconds that a proof may take, and the bytes of a file for which it gets one more: about a page."""
_LIMITS = {"REPRINT-TIME", "REPRINT-MEMORY", "REPRINT-CRASH"}


def verify_file(path: Path, places: Places) -> Outcome:
    """Read a finished PDF again. Raises no KanyinError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        unreadable = finding("VERIFY-UNREADABLE", Where(str(path)), reason=error.strerror)
        return Outcome((unreadable,), exit=ExitCode.SOURCE, source=str(path))
    seconds, megabytes = SECONDS[0] + len(data) // SECONDS[1], MEMORY[0] + MEMORY[1] * (len(data) >> 20)
    try:
        findings, pages = confined(_verified, data, path, places, name=str(path), seconds=seconds, megabytes=megabytes)
    except KanyinError as error:
        if error.findings[0].code not in _LIMITS:
            return Outcome(error.findings, exit=error.exit_code, source=str(path))
        findings, pages = [finding("VERIFY-LIMIT", Where(str(path)), seconds=seconds, megabytes=megabytes)], 0
    if has_errors(findings):
        return Outcome(tuple(findings), exit=ExitCode.NOT_CONFORMANT, source=str(path))
    return Outcome(tuple(findings), (Output(path, sha256(data), pages, None),), source=str(path))


def _verified(data: bytes, path: Path, places: Places) -> tuple[list[Finding], int]:
    """Notice and receipt, in a process with limits: the file may be made to fill the memory or to be read for ever."""
    store, demanded, log = _trusted(places)
    below = _below_certificate(data, path)
    notice = _notice(below, path, places)
    findings, pages = judged(below, str(path), notice, fonts=places.fonts, expected=None)
    return [*findings, *proof(data, path, store, demanded=demanded, log=log)], pages


def _notice(data: bytes, path: Path, places: Places) -> Notice:
    """The notice that the register has of the holder of the works that the pages name; else the canonical one.

    So no file chooses its notice: that of another holder is as wrong as none. Raises RightsError.
    """
    register = load_register(places.rights) if places.rights.exists() else None
    if register is None or all(own.sha256 == canonical().sha256 for own in register.notices):
        return canonical()
    known = register.works_by_id
    holders = {known[name].holder for name in works(data, str(path)) if name in known}
    if len(holders) != 1:
        return canonical()
    return notice_of(register, register.holders_by_id[holders.pop()]) or canonical()


def _below_certificate(data: bytes, path: Path) -> bytes:
    """The file without the update that certifies it, where its receipt speaks of one.

    The receipt is not yet trusted here; if it lies, `proof` refuses it, and the file with it.
    """
    loose = receipts.beside(path)
    try:
        held = loose.read_bytes() if loose.exists() else (attachment(data, NAME) or b"").rstrip(b" ")
        pdf = dsse.read(held, receipts.TYPE).value["pdf"]
        return data[: pdf["size"]] if pdf.get("certified") else data
    except (OSError, dsse.EnvelopeError, KeyError, TypeError, ValueError, AttributeError):
        return data


def _trusted(places: Places) -> tuple[TrustStore | None, bool, Log | None]:
    """The public keys that count, whether the register demands signatures, and the log, if there is one.

    Raises RightsError.
    """
    if not places.rights.exists():
        return None, False, None
    register = load_register(places.rights)
    store = trust_store(register, places.root)
    # whoever verifies with the register and the public keys alone has no log, and a receipt stands without it
    log = project_log(register, places.root, store) if (places.root / register.log).exists() else None
    return store, register.policy.trust != "none", log


def proof(
    data: bytes, path: Path, store: TrustStore | None, *, demanded: bool, log: Log | None = None
) -> Iterator[Finding]:
    """What the receipt says against the file. `demanded`: a file without a receipt is a fault, else it is only told."""
    where = Where(str(path))
    loose, inside = receipts.beside(path), attachment(data, NAME)
    inner = inside.rstrip(b" ") if inside is not None else None
    outer = loose.read_bytes() if loose.exists() else None
    held = outer if outer is not None else inner
    if held is None:
        yield finding("VERIFY-RECEIPT-MISSING" if demanded else "VERIFY-RECEIPT-NONE", where)
        return
    if outer is not None and inner is not None and outer != inner:
        yield finding("VERIFY-RECEIPT-TWO", where, file=loose.name)
    try:
        envelope = dsse.read(held, receipts.TYPE)
        said = envelope.value
        day = date.fromisoformat(said["made"])
    except (dsse.EnvelopeError, KeyError, TypeError, ValueError) as error:
        yield finding("VERIFY-RECEIPT-UNREADABLE", where, problem=error)
        return
    for keyid, signature in envelope.signatures:
        key = store.find(keyid) if store else None
        if key is None or key.role != "build" or not key.was_valid(day):
            yield finding("VERIFY-RECEIPT-KEY", where, keyid=keyid[:16], as_of=day)
            return
        if not envelope.signed_by(key.raw, signature):
            yield finding("VERIFY-RECEIPT-UNREADABLE", where, problem="signature")
            return
    if demanded and any(decision["unsigned"] for decision in said["decisions"]):
        yield finding("VERIFY-RECEIPT-UNSIGNED", where, build=said["build"])
    if log and sha256(envelope.payload) not in {e.body["receipt"] for e in log.entries if e.kind == "build"}:
        yield finding("VERIFY-RECEIPT-UNLOGGED", where, build=said["build"], log=log.path.name)
    if said["pdf"]["name"] != path.name:
        asked = said["request"]
        works = ", ".join(sorted(said["notices"]))
        args = {"name": said["pdf"]["name"], "command": asked["command"], "works": works}
        args |= {"profile": asked["profile"], "grantee": asked["grantee"] or "–"}
        yield finding("VERIFY-RECEIPT-NAME", where, **args)
    yield from _compared(data, said, where)


def _compared(data: bytes, said: Any, where: Where) -> Iterator[Finding]:
    pdf = said["pdf"]
    room = (pdf["room"][0], pdf["room"][1])
    size = pdf["size"]
    if certificate := pdf.get("certified"):
        if problem := flaw(data, certificate):
            yield finding("VERIFY-CERTIFIED", where, problem=problem)
        elif said["raster"] == engine() and [*fingerprints(data, where.file)] != [p["raster"] for p in pdf["pages"]]:
            yield finding("VERIFY-CERTIFIED", where, problem="pages")
        data = data[:size]
    if len(data) == size and sha256(blank(data, room if room[1] else None)) == pdf["sha256"]:
        return
    yield finding("VERIFY-RECEIPT-FILE", where, build=said["build"])
    if len(data) > size and sha256(blank(data[:size], room if room[1] else None)) == pdf["sha256"]:
        yield finding("VERIFY-RECEIPT-UPDATED", where, extra=len(data) - size)
    if build_of(data) not in ("", said["build"]):
        yield finding("VERIFY-RECEIPT-OTHER", where, build=said["build"], found=build_of(data))
    if said["raster"] != engine():
        yield finding("VERIFY-RECEIPT-ENGINE", where, engine=said["raster"])
        return
    try:
        seen = fingerprints(data, where.file)
    except SourceError:
        return  # said already by the checks of the notice
    wanted = [page["raster"] for page in pdf["pages"]]
    if len(seen) != len(wanted):
        gone = [number for number, page in enumerate(wanted, 1) if page not in seen]
        numbers = ", ".join(map(str, gone)) or "–"
        yield finding("VERIFY-RECEIPT-PAGES", where, pages=len(seen), receipt=len(wanted), gone=numbers)
        return
    for number, (now, then) in enumerate(zip(seen, wanted, strict=True), 1):
        if now != then:
            yield finding("VERIFY-RECEIPT-PAGE", Where(where.file, page=number))
