# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The fontconfig file that shuts out every font of the machine.

It names one folder. Nothing is emboldened, slanted or hinted by the machine, so what is laid out does not depend on it;
a family that does not exist falls to the serif order, where a character that the first face lacks is looked for next.
"""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

_HEAD = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir>{folder}/.cache/fontconfig</cachedir>
  <match target="pattern">
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="embeddedbitmap" mode="assign"><bool>false</bool></edit>
  </match>
"""
_TAIL = "</fontconfig>\n"


def document(folder: Path, families: tuple[tuple[str, ...], tuple[str, ...]]) -> str:
    """The text of fonts.conf. `families` are the orders for serif and for sans-serif text."""
    serif, sans = families
    aliases = (_alias("serif", serif), _alias("sans-serif", sans), _alias("monospace", serif))
    return _HEAD.format(folder=escape(str(folder))) + "".join(aliases) + _append(serif) + _TAIL


def _alias(generic: str, families: tuple[str, ...]) -> str:
    preferred = "".join(f"<family>{escape(name)}</family>" for name in families)
    return f"  <alias binding='same'><family>{generic}</family><prefer>{preferred}</prefer></alias>\n"


def _append(families: tuple[str, ...]) -> str:
    """Whatever was asked for, these come last."""
    values = "".join(f"<string>{escape(name)}</string>" for name in families)
    return f"  <match target='pattern'><edit name='family' mode='append_last'>{values}</edit></match>\n"
