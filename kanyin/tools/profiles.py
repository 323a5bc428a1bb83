# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The colour profile of the printing condition: found, and looked at before anything is printed by it.

The default one stands in `profiles/` beside the register, where `tools/setup.sh` puts it, or where Debian's TeX Live
has it. It is not in the repository; its hash is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kanyin.findings import ToolError, UsageError, Where, finding
from kanyin.seen import noted
from kanyin.tools.files import sha256

FILE = "FOGRA39L_coated.icc"
SHA256 = "b35713ef7eff09349d4c3249e5f377736d06d8a2671c54712971a3546bf17c57"
_DEBIAN = Path("/usr/share/texlive/texmf-dist/tex/generic/colorprofiles")


@dataclass(frozen=True)
class Intent:
    """A printing condition with the bytes of its profile; the names are those of an output intent in a PDF."""

    data: bytes
    identifier: str
    info: str
    registry: str


def default_intent(root: Path) -> Intent:
    """FOGRA39 from `root/profiles` or from Debian. Raises ToolError when neither place has the pinned file."""
    for path in (root / "profiles" / FILE, _DEBIAN / FILE):
        if path.is_file() and sha256(data := path.read_bytes()) == SHA256:
            info = "FOGRA39L Coated: offset on coated paper, ISO 12647-2:2004/Amd 1"
            return Intent(data, "FOGRA39", info, "http://www.color.org")
    raise ToolError(finding("PRESS-PROFILE-MISSING", file=FILE))


def own_intent(path: Path, where: Where, *, identifier: str, info: str, registry: str) -> Intent:
    """The condition that a layout names. Raises UsageError when its file is no profile of a CMYK press."""
    try:
        data = noted(path, path.read_bytes())
    except OSError as error:
        raise UsageError(finding("PRESS-PROFILE-KIND", where, file=path.name, problem=error.strerror)) from None
    if data[36:40] != b"acsp" or int.from_bytes(data[:4], "big") != len(data):
        raise UsageError(finding("PRESS-PROFILE-KIND", where, file=path.name, problem="ICC"))
    kind = data[12:20].decode("latin-1")
    if kind != "prtrCMYK":
        raise UsageError(finding("PRESS-PROFILE-KIND", where, file=path.name, problem=f"{kind[:4]} {kind[4:]}"))
    return Intent(data, identifier, info, registry)
