# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What holds for every test: no network, and no clock that decides whether a property holds."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

LOOPBACK = "127.0.0.1"
HOME = Path(__file__).resolve().parents[1]

hypothesis.settings.register_profile("kanyin", deadline=None)
hypothesis.settings.load_profile("kanyin")


class NetworkUsedError(RuntimeError):
    """A test reached for the network."""


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Every connection but those to this machine itself fails, and so does every name look-up."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def refuse(*arguments: object, **named: object) -> None:
        raise NetworkUsedError(f"a test used the network: {arguments}")

    def local_only(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX and not (isinstance(address, tuple) and address[0] == LOOPBACK):
            refuse(address)
        connect(self, address)

    def no_names(host: object, *arguments: Any, **named: Any) -> Any:
        if host != LOOPBACK:
            refuse(host)
        return look_up(LOOPBACK, *arguments, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", local_only)
        patch.setattr(socket.socket, "connect_ex", local_only)
        patch.setattr(socket, "getaddrinfo", no_names)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing is kept in, or taken from, the folders of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def fonts() -> Path:
    """The folder of the built fonts; `make test` builds them."""
    from kanyin.tools.fonts import coverage

    coverage(HOME / "fonts")
    return HOME / "fonts"
