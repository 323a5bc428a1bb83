# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Ed25519 keys (RFC 8032): made, kept in files that only their owner can read, used. The only user of cryptography."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kanyin.findings import RightsError, UsageError, Where, finding


@dataclass(frozen=True)
class SigningKey:
    """A private key in memory."""

    private: Any

    @property
    def public(self) -> bytes:
        """The 32 bytes of the public key."""
        raw: bytes = self.private.public_key().public_bytes_raw()
        return raw

    @property
    def keyid(self) -> str:
        return hashlib.sha256(self.public).hexdigest()

    def sign(self, data: bytes) -> bytes:
        signature: bytes = self.private.sign(data)
        return signature


def generate() -> SigningKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return SigningKey(Ed25519PrivateKey.generate())


def save(key: SigningKey, path: Path) -> None:
    """Write the key as PKCS#8 PEM, for its owner alone. Raises UsageError when something is there already."""
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    data = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UsageError(finding("KEY-EXISTS", Where(str(path)))) from None
    except OSError as error:
        raise UsageError(finding("FILES-NOT-WRITABLE", Where(str(path)), problem=error.strerror)) from error
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def load(path: Path) -> SigningKey:
    """Read a private key. Raises RightsError when others can read it too, or when it is no Ed25519 key."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        # the file that was looked at is the file that is read
        with path.open("rb") as stream:
            state = os.fstat(stream.fileno())
            data = stream.read(10_000)
    except OSError as error:
        raise RightsError(finding("KEY-UNREADABLE", Where(str(path)), problem=error.strerror)) from error
    if not stat.S_ISREG(state.st_mode) or state.st_mode & 0o077:
        mode = f"{stat.S_IMODE(state.st_mode):04o}"
        raise RightsError(finding("KEY-PERMISSIONS", Where(str(path)), mode=mode))
    try:
        private = load_pem_private_key(data, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise RightsError(finding("KEY-UNREADABLE", Where(str(path)), problem=type(error).__name__)) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise RightsError(finding("KEY-UNREADABLE", Where(str(path)), problem=type(private).__name__))
    return SigningKey(private)


def genuine(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether the owner of `public` signed these bytes."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True
