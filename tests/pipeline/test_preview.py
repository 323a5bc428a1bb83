# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The live page, as a browser asks for it: pages that follow the source, none of what is refused, and no files."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pipeline_project import HOME, Run

Get = Callable[..., tuple[int, bytes]]


def listening() -> None:
    """In a new process: Ctrl-C is heard, even when the tests run in the background of a script."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def get(project: Path) -> Iterator[Get]:
    """`get("/")` of the running page: status and body. Ctrl-C at the end has to end it."""
    command = [sys.executable, str(HOME / "make_pdf.py"), "preview", "source/news", "--lang", "en"]
    process = subprocess.Popen(
        command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=listening
    )
    assert process.stdout and process.stderr
    address = process.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:"), process.stderr.read()

    def ask(path: str, host: str = "") -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(address.split("/")[2], timeout=60)
        connection.request("GET", path, headers={"Host": host} if host else {})
        answer = connection.getresponse()
        return answer.status, answer.read()

    try:
        yield ask
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    finally:
        process.kill()
        process.communicate()


def test_pages_follow_the_source_and_what_is_refused_has_none(get: Get, project: Path) -> None:
    def after(edition: int) -> int:
        now = edition
        while now == edition:
            now = int(get(f"/edition?seen={edition}")[1])
        return now

    first = after(0)
    page = get("/")[1].decode()
    assert page.count("<img") == 2
    status, picture = get(f"/page/{first}-1.png")
    assert status == 200 and picture.startswith(b"\x89PNG")
    before = [picture, get(f"/page/{first}-2.png")[1]]
    assert get("/", host="kanyin.example")[0] == 403, "another site's name for this machine"
    assert get("/rights.yaml")[0] == get(f"/page/{first}-9.png")[0] == 404

    article = project / "source" / "news" / "article.md"
    text = article.read_text("utf-8")
    article.write_text(text + "\n添上的一段。\n", "utf-8")
    second = after(first)
    assert get(f"/page/{first}-1.png")[0] == 404 and get(f"/page/{second}-1.png")[0] == 200
    changed = [get(f"/page/{second}-{n}.png")[1] for n in (1, 2)]
    assert changed != before

    article.write_text(text.replace("id: kanyin-sample-news", "id: of-nobody", 1), "utf-8")
    third = after(second)
    page = get("/pages")[1].decode()
    assert "<img" not in page and "refused" in page and "RIGHTS-WORK-UNREGISTERED" in page
    assert get(f"/page/{third}-1.png")[0] == get(f"/page/{second}-1.png")[0] == 404
    assert not (project / "build").exists() and not (project / "rights.log").exists()


def test_a_port_that_is_taken_is_told(run: Callable[..., Run]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = run("preview", "source/news", "--port", str(other.getsockname()[1]), "--format", "json")
    assert (done.exit, done.codes) == (2, {"PREVIEW-PORT"})
