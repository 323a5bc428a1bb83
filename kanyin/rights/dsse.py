# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Signed envelopes: DSSE v1 (secure-systems-lab/dsse) around canonical JSON, one spelling for one envelope.

The signature covers the type too (PAE), so that a signed grant can never pass for a signed receipt. An envelope whose
file is not byte for byte what we would write is refused: then no byte of it can change unseen.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kanyin.rights.canonical import canonical
from kanyin.rights.keys import SigningKey, genuine

MAX_BYTES = 16_000_000


class EnvelopeError(ValueError):
    """Not an envelope of ours, or not of the wanted type."""


@dataclass(frozen=True)
class Envelope:
    """A parsed envelope. `signatures` are (keyid, signature); nothing in it is verified yet."""

    type: str
    payload: bytes
    signatures: tuple[tuple[str, bytes], ...]

    @property
    def value(self) -> Any:
        return json.loads(self.payload)

    def signed_by(self, public: bytes, signature: bytes) -> bool:
        return genuine(public, signature, pae(self.type, self.payload))


def pae(kind: str, payload: bytes) -> bytes:
    """Pre-authentication encoding: lengths before contents, so that no two inputs give the same bytes."""
    name = kind.encode()
    return b"DSSEv1 %d %s %d %s" % (len(name), name, len(payload), payload)


def seal(kind: str, value: Any, keys: Sequence[SigningKey]) -> bytes:
    """Sign a JSON value: the file of its envelope."""
    payload = canonical(value)
    return write(Envelope(kind, payload, tuple((key.keyid, key.sign(pae(kind, payload))) for key in keys)))


def write(envelope: Envelope) -> bytes:
    signatures = [{"keyid": keyid, "sig": _encode(sig)} for keyid, sig in sorted(envelope.signatures)]
    shape = {"payload": _encode(envelope.payload), "payloadType": envelope.type, "signatures": signatures}
    return canonical(shape) + b"\n"


def read(data: bytes, kind: str) -> Envelope:
    """Parse an envelope of one type. Raises EnvelopeError."""
    if len(data) > MAX_BYTES:
        raise EnvelopeError("too large")
    try:
        shape = json.loads(data)
        envelope = Envelope(
            shape["payloadType"],
            _decode(shape["payload"]),
            tuple((item["keyid"], _decode(item["sig"])) for item in shape["signatures"]),
        )
        same = write(envelope) == data and canonical(envelope.value) == envelope.payload
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error) as error:
        raise EnvelopeError("not an envelope") from error
    if not same:
        raise EnvelopeError("not written canonically")
    if envelope.type != kind:
        raise EnvelopeError(f"of type {envelope.type}, not {kind}")
    if len({keyid for keyid, _ in envelope.signatures}) != len(envelope.signatures) or not envelope.signatures:
        raise EnvelopeError("signatures repeated or missing")
    return envelope


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decode(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
