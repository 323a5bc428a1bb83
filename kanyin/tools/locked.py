# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Bytes that can be read by those alone who can say what they were made from."""

from __future__ import annotations

import hashlib
import hmac
import secrets

_NONCE = 12


def lock(data: bytes, secret: bytes, made_from: bytes) -> bytes:
    """AES-256-GCM (NIST SP 800-38D) under a key of the secret and of what the bytes were made from."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(_key(secret, made_from)).encrypt(nonce, data, None)


def unlock(held: bytes, secret: bytes, made_from: bytes) -> bytes | None:
    """The bytes; None when they were changed, or locked by another secret, or made from something else."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(_key(secret, made_from)).decrypt(held[:_NONCE], held[_NONCE:], None)
    except (InvalidTag, ValueError):
        return None


def _key(secret: bytes, made_from: bytes) -> bytes:
    return hmac.digest(secret, b"kanyin-locked\0" + hashlib.sha256(made_from).digest(), "sha256")
