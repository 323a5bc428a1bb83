# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The live page: an article as pictures of its pages, in a browser on this machine, made again when a file changes.

Nothing is delivered: no PDF on disk, no receipt, no entry in the log. The notice stands on the pictures all the same,
and of what must not be printed there is no picture.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from kanyin.config.job import Job
from kanyin.findings import ExitCode, Finding, Lang, UsageError, finding
from kanyin.pipeline.outcome import Outcome

DPI = 110
GLANCE = 0.4
"""Seconds between two looks at the files."""
PATIENCE = 20.0
"""Seconds that a browser waits for something new before it asks again."""
WORDS = {
    "zh": {"title": "预览", "refused": "不予付印", "failed": "排不出来", "page": "第 {n} 页", "fine": "没有问题"},
    "en": {"title": "Preview", "refused": "refused", "failed": "not set", "page": "page {n}", "fine": "no findings"},
}
STYLE = """body{font:14px/1.5 sans-serif;margin:1em;background:#eee}h2{font-size:1em}img{background:#fff;margin:.5em;
box-shadow:0 0 4px #999;max-width:calc(100% - 1em)}ul{padding-left:1.2em}.error{color:#b00}.warning,.skip{color:#950}"""
FOLLOW = """let seen=document.querySelector('main').dataset.edition;
(async()=>{for(;;){try{const now=await(await fetch('/edition?seen='+seen)).text();
if(now!==seen){document.querySelector('main').innerHTML=await(await fetch('/pages')).text();seen=now}}
catch(e){await new Promise(r=>setTimeout(r,1000))}}})()"""
SAFE = "default-src 'none'; img-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; script-src 'self'"


@dataclass
class Desk:
    """What lies on the desk for browsers to see: the newest edition, and the ability to wait for the next."""

    lang: Lang
    edition: int = 0
    html: str = ""
    pages: Sequence[bytes] = ()
    news: threading.Condition = field(default_factory=threading.Condition)

    def lay(self, outcomes: Iterable[tuple[Outcome, Sequence[bytes]]]) -> None:
        parts, pages = [], list[bytes]()
        for outcome, pictures in outcomes:
            parts.append(_section(outcome, len(pages), len(pictures), self.edition + 1, self.lang))
            pages += pictures
        with self.news:
            self.edition, self.html, self.pages = self.edition + 1, "".join(parts), pages
            self.news.notify_all()

    def wait(self, seen: int) -> int:
        """The newest edition, once it is another than the one seen, or after a while."""
        with self.news:
            self.news.wait_for(lambda: self.edition != seen, PATIENCE)
            return self.edition


def _section(outcome: Outcome, first: int, count: int, edition: int, lang: Lang) -> str:
    words = WORDS[lang]
    verdict = {ExitCode.OK: "", ExitCode.RIGHTS: words["refused"]}.get(outcome.exit, words["failed"])
    reasons = outcome.decision.reasons if outcome.decision and outcome.decision.permit is None else ()
    said = [*outcome.findings, *(reason.finding() for reason in reasons if reason.effect == "forbids")]
    lines = "".join(_finding(f, lang) for f in dict.fromkeys(said)) or f"<li>{words['fine']}</li>"
    shown = "".join(
        f'<img alt="{words["page"].format(n=n)}" src="/page/{edition}-{first + n}.png">' for n in range(1, count + 1)
    )
    return f"<section><h2>{escape(_near(outcome.source))} {verdict}</h2><ul>{lines}</ul>{shown}</section>"


def _finding(said: Finding, lang: Lang) -> str:
    where = replace(said.where, file=_near(said.where.file))
    place = f"{where}: " if str(where) else ""
    hint = f"<br>→ {escape(said.hint(lang))}" if said.hint(lang) else ""
    kind = said.severity.name.lower()
    return f'<li class="{kind}">{escape(place + said.message(lang))} [{said.code}]{hint}</li>'


def _near(path: str) -> str:
    """As seen from where the command was given, when it lies below."""
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path


def _handler(desk: Desk) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            # another site may have its name point to this machine, to read along in the browser of the same person
            if (self.headers.get("Host") or "").partition(":")[0] not in ("127.0.0.1", "localhost"):
                self.send_error(403)
            elif asked.path == "/":
                title = WORDS[desk.lang]["title"]
                page = (
                    f'<!DOCTYPE html><html lang="{desk.lang}"><meta charset="utf-8"><title>{title}</title>'
                    f"<style>{STYLE}</style><main data-edition='{desk.edition}'>{desk.html}</main>"
                    '<script src="/follow.js"></script></html>'
                )
                self._answer(page.encode(), "text/html; charset=utf-8")
            elif asked.path == "/pages":
                self._answer(desk.html.encode(), "text/html; charset=utf-8")
            elif asked.path == "/follow.js":
                self._answer(FOLLOW.encode(), "text/javascript")
            elif asked.path == "/edition":
                seen = parse_qs(asked.query).get("seen", ["0"])[0]
                self._answer(str(desk.wait(int(seen) if seen.isdecimal() else 0)).encode(), "text/plain")
            else:
                self._picture(asked.path)

        def _picture(self, path: str) -> None:
            pages = {f"/page/{desk.edition}-{n}.png": page for n, page in enumerate(desk.pages, 1)}
            if path in pages:
                self._answer(pages[path], "image/png")
            else:
                self.send_error(404)

        def _answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            for name, value in (("Content-Type", kind), ("Content-Length", str(len(body)))):
                self.send_header(name, value)
            self.send_header("Cache-Control", "no-store")
            self.send_header("Content-Security-Policy", SAFE)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Requests of a browser on the same machine are nothing to tell."""

    return Handler


def preview(jobs: Sequence[Job], lang: Lang, port: int, ready: Callable[[str], None]) -> None:
    """Show the jobs until Ctrl-C; `ready` gets the address. Raises UsageError when the port is taken."""
    desk = Desk(lang)
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), _handler(desk))
    except OSError as error:
        raise UsageError(finding("PREVIEW-PORT", None, port=port, problem=error.strerror or error)) from error
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        ready(f"http://127.0.0.1:{server.server_port}/")
        while True:
            begun = time.time_ns()
            made = [_made(job) for job in jobs]
            watched = {path for _, _, files in made for path in files}
            before = _state(watched)
            desk.lay((outcome, pictures) for outcome, pictures, _ in made)
            # what changed while the pages were made may have been read before it did
            late = any(changed >= begun for changed, _ in before.values())
            while not late and _state(watched) == before:
                time.sleep(GLANCE)
    finally:
        server.shutdown()
        server.server_close()


def _made(job: Job) -> tuple[Outcome, list[bytes], set[Path]]:
    from kanyin.pipeline.article import proof_article
    from kanyin.preflight.portrait import pictures

    proof, files = proof_article(job)
    # what is not there yet may come: a figure that was missing
    folders = {path.parent for path in files} | {job.source if job.source.is_dir() else job.source.parent}
    watched = {*files, *folders, job.places.rights}
    return proof.outcome, pictures(proof.data, str(job.source), DPI) if proof.data else [], watched


def _state(files: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    state = {}
    for path in files:
        try:
            stat = path.stat()
        except OSError:
            state[path] = (0, 0)
        else:
            state[path] = (stat.st_mtime_ns, stat.st_size)
    return state
