# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The metadata say what the pages say: rights, owner, work; and its two kinds do not contradict each other."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from kanyin.findings import Finding, Where, finding
from kanyin.preflight.facts import Facts, Packet
from kanyin.preflight.page_lines import statement
from kanyin.preflight.registry import check

_FORBIDDEN = {"xmpRights:WebStatement", "xmpRights:Certificate"}
NOTICE_EN = {
    "79bbc7150a53a8b3df0a20008303f3f5ea8bda0daa16e39fdc9270a272241a81": (
        "Copyright by the Chinese Medical Association. No article of this journal may be reprinted or excerpted, and "
        "its layout may not be used, without authorization. Unless specially stated, the articles published in this "
        "journal do not represent the views of the Chinese Medical Association or of the journal's editorial board."
    )
}
"""The English rendering that may stand beside the notice, by the hash of the notice; said here a second time so that
proof does not believe what writes."""


@check("VERIFY-XMP-MISSING")
def packet(facts: Facts) -> Iterator[Finding]:
    if facts.structure.xmp is None:
        yield finding("VERIFY-XMP-MISSING", Where(facts.name))


@check("VERIFY-XMP-RIGHTS")
def rights(facts: Facts) -> Iterator[Finding]:
    """dc:rights in Chinese, and by default, is the notice; every further one must say the same."""
    xmp = facts.structure.xmp
    if xmp is None:
        return
    said = {lang: xmp.langs("dc:rights", lang) for lang in ("zh", "x-default")}
    english = NOTICE_EN.get(hashlib.sha256(facts.notice.text.encode()).hexdigest(), "")
    for lang, value in xmp.values.get("dc:rights", ()):
        if lang not in said and (lang != "en" or value != english):
            yield finding("VERIFY-XMP-RIGHTS", Where(facts.name), found=value)
    if any(not values or set(values) != {facts.notice.text} for values in said.values()):
        found = next((v for values in said.values() for v in values if v != facts.notice.text), "-")
        yield finding("VERIFY-XMP-RIGHTS", Where(facts.name), found=found)


@check("VERIFY-XMP-MARKED")
def marked(facts: Facts) -> Iterator[Finding]:
    """xmpRights:Marked is True for managed rights; False would declare public domain."""
    xmp = facts.structure.xmp
    if xmp is not None and xmp.all("xmpRights:Marked") != ["True"]:
        yield finding("VERIFY-XMP-MARKED", Where(facts.name), found=", ".join(xmp.all("xmpRights:Marked")) or "-")


@check("VERIFY-XMP-OWNER")
def owner(facts: Facts) -> Iterator[Finding]:
    xmp = facts.structure.xmp
    if xmp is None:
        return
    owners = [name for name in xmp.all("xmpRights:Owner") if name.strip()]
    wanted = {permit.holder_name for permit in facts.permits[:1]}
    if not owners or (wanted and wanted != set(owners)) or set(owners) - set(wanted) - _holders(facts):
        found, owner = ", ".join(owners) or "-", ", ".join(wanted)
        yield finding("VERIFY-XMP-OWNER", Where(facts.name), found=found, owner=owner)


def _holders(facts: Facts) -> set[str]:
    """Whom the notice itself names: 版权归…所有."""
    return set(re.findall("版权归(.+?)所有", facts.notice.text))


@check("VERIFY-XMP-IDENTIFIER")
def identifier(facts: Facts) -> Iterator[Finding]:
    """Every work that the pages name, or that is permitted, is named by xmp:Identifier; dc:identifier is there."""
    xmp = facts.structure.xmp
    if xmp is None:
        return
    printed = {name for page in facts.pages for name, n, _ in page.labels if n == page.number}
    works = printed | {permit.work for permit in facts.permits}
    named = set(xmp.all("xmp:Identifier"))
    if not works <= named or not any(xmp.all("dc:identifier")):
        found = ", ".join(sorted(named)) or "-"
        yield finding("VERIFY-XMP-IDENTIFIER", Where(facts.name), found=found, works=", ".join(sorted(works)))


@check("VERIFY-XMP-TERMS")
def terms(facts: Facts) -> Iterator[Finding]:
    """What the permit adds to the pages, xmpRights:UsageTerms says too."""
    xmp = facts.structure.xmp
    if xmp is None:
        return
    said = [line for text in xmp.langs("xmpRights:UsageTerms", "x-default") for line in text.split("\n")]
    for permit in dict.fromkeys(facts.permits):
        lines = [*permit.credit, *([statement(permit.statement)] if permit.statement else [])]
        for line in lines:
            if line not in said:
                yield finding("VERIFY-XMP-TERMS", Where(facts.name), line=line)


@check("VERIFY-METADATA")
def other_words(facts: Facts) -> Iterator[Finding]:
    """No second place speaks of rights: terms not on the pages, licences, addresses of terms, unknown entries."""
    for what in facts.structure.strangers:
        yield finding("VERIFY-METADATA", Where(facts.name), what=what)
    xmp = facts.structure.xmp
    if xmp is None:
        return
    for _, text in xmp.values.get("xmpRights:UsageTerms", ()):
        for line in text.split("\n"):
            if not any(line in page.text for page in facts.pages) and line.strip():
                yield finding("VERIFY-METADATA", Where(facts.name), what=f"xmpRights:UsageTerms {line}")
    for name in xmp.values:
        if name in _FORBIDDEN or name.startswith("cc:"):
            yield finding("VERIFY-METADATA", Where(facts.name), what=name)


@check("VERIFY-INFO")
def agreement(facts: Facts) -> Iterator[Finding]:
    """The document information and the XMP packet name the same values (ISO 19005-1, 6.7.3, kept for all our files)."""
    xmp = facts.structure.xmp
    if xmp is None:
        return
    info = facts.structure.info
    pairs = {
        "Title": (info.get("Title", ""), _first(xmp, "dc:title")),
        "Keywords": (info.get("Keywords", ""), _first(xmp, "pdf:Keywords")),
        "Producer": (info.get("Producer", ""), _first(xmp, "pdf:Producer")),
        "CreationDate": (_digits(info.get("CreationDate", "")), _digits(_first(xmp, "xmp:CreateDate"))),
        "ModDate": (_digits(info.get("ModDate", "")), _digits(_first(xmp, "xmp:ModifyDate"))),
        "Author": (_names([info.get("Author", "")]), _names(xmp.all("dc:creator"))),
    }
    for field, (left, right) in pairs.items():
        if left != right or (field == "Title" and not left):
            yield finding("VERIFY-INFO", Where(facts.name), field=field, info=left or "-", xmp=right or "-")


def _first(xmp: Packet, name: str) -> str:
    return next(iter(xmp.langs(name, "x-default") or xmp.all(name)), "")


def _digits(moment: str) -> str:
    """A date to the second and its offset, without the marks that PDF and XMP write differently."""
    return re.sub(r"[^0-9+Z-]", "", moment.replace("-", "", 2) if "T" in moment else moment).replace("0000Z", "")


def _names(values: list[str]) -> str:
    """Authors without what stands between them: lists are joined in different ways."""
    return "".join(re.split(r"[;,，；、\s]+", " ".join(values)))
