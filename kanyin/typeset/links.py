# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""DOIs and web addresses: checked before anything becomes a link in a PDF."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

from kanyin.model import Inlines, Link, Text

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


def bare_doi(given: str) -> str:
    """The DOI itself, without the resolver's address or a label before it."""
    return _PREFIX.sub("", given.strip())


def is_doi(doi: str) -> bool:
    return _DOI.fullmatch(doi) is not None


def doi(value: str) -> Inlines:
    """The DOI as a link to its resolver; one that is malformed stays text."""
    if not is_doi(value):
        return (Text(value),)
    return (Link("https://doi.org/" + quote(value, safe="/:;()._-"), (Text(value),)),)


def is_address(url: str) -> bool:
    """Only http, https and ftp become links: a PDF must not carry javascript: or file: out of a reference list."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https", "ftp") and bool(parts.netloc) and " " not in url


def address(url: str) -> Inlines:
    return (Link(url, (Text(url),)),) if is_address(url) else (Text(url),)


def readable(url: str) -> str:
    """The address with its escapes resolved, to look for a DOI in it."""
    return unquote(url)
