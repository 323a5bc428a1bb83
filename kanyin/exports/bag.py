# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A folder that proves itself: BagIt 1.0 (RFC 8493) with sha256 and sha512, written and read again.

Nothing in it tells when it was made, so that the same files give the same bag.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from kanyin import __version__
from kanyin.findings import Finding, RightsError, Where, finding
from kanyin.model import Permit

ALGORITHMS = ("sha256", "sha512")
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LINE = re.compile(r"([0-9a-f]{64,128})\s+(\S.*)")


def pack(payload: Mapping[str, bytes], permits: Sequence[Permit], about: Mapping[str, str]) -> dict[str, bytes]:
    """All files of a bag by their paths; `payload` are those below data/. `about` adds lines to bag-info.txt.

    Raises RightsError when a permit covers parts only: a library keeps whole works.
    """
    if partial := [permit.work for permit in permits if permit.parts]:
        raise RightsError(finding("BAG-PARTS", None, works=", ".join(partial)))
    files = {f"data/{name}": payload[name] for name in sorted(payload)}
    size, count = sum(map(len, payload.values())), len(payload)
    lines = [
        *(("Source-Organization", name) for name in sorted({permit.holder_name for permit in permits})),
        *(("External-Identifier", work) for work in sorted({permit.work for permit in permits})),
        *about.items(),
        ("Bag-Software-Agent", f"kanyin {__version__}"),
        ("Payload-Oxum", f"{size}.{count}"),
    ]
    tags = {
        "bagit.txt": _DECLARATION.encode(),
        "bag-info.txt": "".join(f"{key}: {' '.join(value.split())}\n" for key, value in lines).encode(),
        **{f"manifest-{name}.txt": _manifest(files, name) for name in ALGORITHMS},
    }
    return {**files, **tags, **{f"tagmanifest-{name}.txt": _manifest(tags, name) for name in ALGORITHMS}}


def _manifest(files: Mapping[str, bytes], algorithm: str) -> bytes:
    lines = (f"{hashlib.new(algorithm, data).hexdigest()}  {_written(name)}\n" for name, data in sorted(files.items()))
    return "".join(lines).encode()


def _written(name: str) -> str:
    """A path in a manifest: line ends, and the sign that writes them, are escaped (RFC 8493, 2.1.3)."""
    return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _read(name: str) -> str:
    return name.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")


def check(folder: Path) -> list[Finding]:
    """Read a bag again: every file that it lists is there and unchanged, and no other is."""
    where = Where(str(folder))
    try:
        declared = (folder / "bagit.txt").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        declared = ""
    manifests = [folder / f"manifest-{name}.txt" for name in ALGORITHMS]
    if declared != _DECLARATION or not all(path.is_file() for path in manifests):
        return [finding("BAG-FORM", where)]
    found: list[Finding] = []
    for prefix in ("manifest", "tagmanifest"):
        for algorithm in ALGORITHMS:
            listed, more = _listed(folder / f"{prefix}-{algorithm}.txt")
            found += more
            for name, digest in listed.items():
                found += _compared(folder, name, algorithm, digest)
            if prefix == "manifest":
                there = {
                    path.relative_to(folder).as_posix() for path in (folder / "data").rglob("*") if not path.is_dir()
                }
                found += [finding("BAG-EXTRA", Where(str(folder / name))) for name in sorted(there - listed.keys())]
    return list(dict.fromkeys(found))


def _listed(path: Path) -> tuple[dict[str, str], list[Finding]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}, [finding("BAG-MISSING", Where(str(path)))]
    listed: dict[str, str] = {}
    found: list[Finding] = []
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        name = _read(match[2]) if match else ""
        if match is None or name in listed or name.startswith("/") or ".." in Path(name).parts:
            found.append(finding("BAG-LINE", Where(str(path), number)))
        else:
            listed[name] = match[1]
    return listed, found


def _compared(folder: Path, name: str, algorithm: str, digest: str) -> list[Finding]:
    path = folder / name
    try:
        if path.is_symlink() or not path.resolve().is_relative_to(folder.resolve()):
            return [finding("BAG-EXTRA", Where(str(path)))]
        with path.open("rb") as stream:
            seen = hashlib.file_digest(stream, algorithm).hexdigest()
    except OSError:
        return [finding("BAG-MISSING", Where(str(path)))]
    return [] if seen == digest else [finding("BAG-CHANGED", Where(str(path)))]
