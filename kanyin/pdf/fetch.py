# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What a page may read: files below the article and the layout, and nothing else.

No network, no path that leaves these folders (also not by a symbolic link), no font files (fonts come from `fonts/`
alone, or a page could be printed in a face that only looks like letters), no image beyond the pixel limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from kanyin.findings import Finding, Where, finding
from kanyin.pdf.drawing import MOST_CHARACTERS, MOST_SHAPES, too_much
from kanyin.seen import noted

MAX_PIXELS = 120_000_000
MAX_BYTES = 256 * 1024 * 1024
FONT_MAGIC = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf", b"wOFF", b"wOF2", b"typ1")
# what a page embeds itself; anything else in a data: URL would be a file that nobody checked
DATA_TYPES = ("data:image/svg+xml", "data:image/png", "data:image/jpeg")


class Refused(ValueError):
    """The engine turns this into a log line; the reader of the report sees the finding instead."""


class Gate:
    """Decides about each URL and keeps a finding for each one it refuses."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self.roots = [root.resolve() for root in roots]
        self.findings: list[Finding] = []
        self.used: set[Path] = set()

    def embedded(self, url: str, data: bytes) -> bytes:
        """What a page carries in itself (a data: URL) is looked at like a file. Raises Refused."""
        if len(data) > MAX_BYTES:
            raise self._refuse("RESOURCE-TOO-LARGE", url, limit=MAX_BYTES)
        if data.startswith(FONT_MAGIC):
            raise self._refuse("RESOURCE-FONT", url)
        self._check_pixels(data, url)
        return data

    def open(self, url: str) -> bytes:
        """The bytes behind a URL. Raises Refused."""
        path = self._path(url)
        try:
            if path.stat().st_size > MAX_BYTES:
                raise self._refuse("RESOURCE-TOO-LARGE", url, limit=MAX_BYTES)
            data = noted(path, path.read_bytes())
        except OSError as error:
            raise self._refuse("RESOURCE-MISSING", url, problem=error.strerror) from None
        if data.startswith(FONT_MAGIC):
            raise self._refuse("RESOURCE-FONT", url)
        self._check_pixels(data, url)
        self.used.add(path)
        return data

    def _path(self, url: str) -> Path:
        parts = urlsplit(url)
        if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
            raise self._refuse("RESOURCE-REMOTE", url)
        path = Path(unquote(parts.path)).resolve()
        if not any(path.is_relative_to(root) for root in self.roots):
            raise self._refuse("RESOURCE-OUTSIDE", url)
        return path

    def _check_pixels(self, data: bytes, url: str) -> None:
        if not data:
            return
        if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
            if too_much(data):
                raise self._refuse("RESOURCE-DRAWING", url, shapes=MOST_SHAPES, characters=MOST_CHARACTERS)
            return
        import io
        import warnings

        from PIL import Image

        try:
            with warnings.catch_warnings(), Image.open(io.BytesIO(data)) as image:
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                pixels = image.width * image.height
        except Image.DecompressionBombError:
            raise self._refuse("RESOURCE-PIXELS", url, limit=MAX_PIXELS) from None
        except (OSError, ValueError, SyntaxError):
            return  # not an image: a style sheet, or something that the engine will complain about itself
        if pixels > MAX_PIXELS:
            raise self._refuse("RESOURCE-PIXELS", url, limit=MAX_PIXELS)

    def _refuse(self, code: str, url: str, **args: Any) -> Refused:
        self.findings.append(finding(code, Where(_shown(url)), url=_shown(url), **args))
        return Refused(code)


def _shown(url: str) -> str:
    text = unquote(urlsplit(url).path) if url.startswith("file:") else url
    return text if len(text) <= 120 else text[:119] + "…"


def fetcher(gate: Gate) -> Any:
    """The gate in the form that WeasyPrint asks for."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class GatedFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith(DATA_TYPES):
                data = gate.embedded(url, super().fetch(url, headers).read())
                return URLFetcherResponse(url, data, {"Content-Type": url[5:].partition(";")[0].partition(",")[0]})
            return URLFetcherResponse(url, gate.open(url))

    return GatedFetcher()
