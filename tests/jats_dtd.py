# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The DTD of JATS 1.3 Journal Publishing for tests. It is not part of the project: where it is missing, they skip."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

NAME = "JATS-journalpublishing1-3.dtd"
FOLDERS = [Path(os.environ.get("JATS_DTD", "")), Path(__file__).parents[2] / "shared" / "real" / "dtd"]


@functools.cache
def dtd() -> Any:
    for folder in FOLDERS:
        if (folder / NAME).is_file():
            return etree.DTD(folder / NAME)  # by its name, so that it finds its modules beside it
    pytest.skip(f"NOT CHECKED against the DTD: {NAME} is in none of {', '.join(map(str, FOLDERS))}; set JATS_DTD")


def faults(data: bytes) -> list[str]:
    """What the DTD has to say of a file; nothing is loaded that the file names."""
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
    tree = etree.fromstring(data, parser)
    return [] if dtd().validate(tree) else [str(entry.message) for entry in dtd().error_log]
