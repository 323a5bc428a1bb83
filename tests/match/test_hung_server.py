# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A server that takes connections and answers nothing: refused after a while, not waited for."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest
from postgres_server import Server

from kanyin.findings import RightsError


@pytest.fixture
def asleep(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """A store whose server process stands still."""
    from kanyin.rights.match import postgres as door

    monkeypatch.setattr(door, "GRACE", 0.3)
    monkeypatch.setenv("PGPASSWORD", postgres.password)
    address = postgres.fresh()
    door.PostgresStore(address, writing=True).close()
    store = door.PostgresStore(address)
    store.patience = 0
    process = store.base.info.backend_pid
    os.kill(process, signal.SIGSTOP)
    try:
        yield store
    finally:
        os.kill(process, signal.SIGCONT)
        store.close()


def test_a_server_that_hangs_is_refused(asleep: object) -> None:
    begun = time.monotonic()
    with pytest.raises(RightsError) as caught:
        asleep.extents()  # type: ignore[attr-defined]
    assert time.monotonic() - begun < 5
    assert {one.code for one in caught.value.findings} == {"MATCH-SERVER"}
    assert "no answer" in caught.value.findings[0].message("en")
    with pytest.raises(RightsError):  # and is not asked again
        asleep.extents()  # type: ignore[attr-defined]


def test_without_the_watch_it_would_be_waited_for(asleep: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading.Timer, "start", lambda self: None)
    monkeypatch.setattr(threading.Timer, "join", lambda self: None)
    asked = threading.Thread(target=asleep.extents, daemon=True)  # type: ignore[attr-defined]
    threading.Thread.start(asked)
    asked_for = 0.8
    threading.Thread.join(asked, asked_for)
    assert asked.is_alive(), "still waiting"
    os.kill(asleep.base.info.backend_pid, signal.SIGCONT)  # type: ignore[attr-defined]
    threading.Thread.join(asked, 10)
    assert not asked.is_alive()


def test_the_server_is_told_the_same_bound(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from kanyin.rights.match import postgres as door

    monkeypatch.setenv("PGPASSWORD", postgres.password)
    monkeypatch.setattr(door, "ANSWER", 1)
    address = postgres.fresh()
    door.PostgresStore(address, writing=True).close()
    store = door.PostgresStore(address)
    assert store.base.execute("SHOW statement_timeout").fetchone() == ("1s",)
    with pytest.raises(RightsError) as caught, store._answering():
        store.base.execute("SELECT pg_sleep(20)")
    assert "statement timeout" in caught.value.findings[0].message("en")
    store.close()
