# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The metadata say what the pages say: rights, owner, work; and its two kinds do not contradict each other."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from kanyin.findings import Finding, Where, finding
from kanyin.preflight.facts import Facts, Packet
from kanyin.preflight.page_lines import label, statement
from kanyin.preflight.registry import check

_OURS = {
    "dc:format", "dc:title", "dc:creator", "dc:description", "dc:subject", "dc:language", "dc:publisher",
    "dc:identifier", "dc:rights", "xmpRights:Marked", "xmpRights:Owner", "xmpRights:UsageTerms", "xmp:Identifier",
    "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "pdf:Producer", "pdf:Keywords", "pdf:Trapped",
    "xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass", "pdfaid:part", "pdfaid:conformance",
    "pdfuaid:part", "pdfxid:GTS_PDFXVersion", "prism:publicationName", "prism:issn", "prism:volume", "prism:number",
    "prism:startingPage", "prism:endingPage", "prism:doi", "pdfaExtension:schemas",
}  # fmt: skip
"""Every property that a stamp of ours may write."""
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
    """dc:rights is the notice, in Chinese and by default, with its English rendering or without; and nothing more."""
    xmp = facts.structure.xmp
    if xmp is None:
        return
    notice = facts.notice.text
    english = NOTICE_EN.get(hashlib.sha256(notice.encode()).hexdigest(), "")
    wanted = [("x-default", notice), ("zh", notice), *([("en", english)] if english else [])]
    said = list(xmp.values.get("dc:rights", ()))
    if said not in (wanted, wanted[:2]):
        found = next((value for pair in said if (value := pair[1]) and pair not in wanted), "-")
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
    owners = xmp.all("xmpRights:Owner")
    wanted = {permit.holder_name for permit in facts.permits[:1]} or _holders(facts)
    if len(owners) != 1 or owners[0] not in wanted:
        found, owner = ", ".join(owners) or "-", ", ".join(sorted(wanted))
        yield finding("VERIFY-XMP-OWNER", Where(facts.name), found=found, owner=owner)


def _holders(facts: Facts) -> set[str]:
    """Whom the notice itself names: 版权归…所有."""
    return set(re.findall("版权归(.+?)所有", facts.notice.text))


@check("VERIFY-XMP-IDENTIFIER")
def identifier(facts: Facts) -> Iterator[Finding]:
    """The works that are permitted, or that the pages name, are those of xmp:Identifier; a DOI is one."""
    xmp = facts.structure.xmp
    if xmp is None:
        return
    works = [permit.work for permit in facts.permits] or [page.label[0] for page in facts.pages if page.label]
    works = list(dict.fromkeys(works))
    named, doi = xmp.all("xmp:Identifier"), xmp.all("prism:doi")
    own = [f"doi:{value}" for value in doi]
    # Which build it is, VERIFY-BUILD asks.
    builds = [name for name in named if name.startswith("build:")]
    if len(doi) > 1 or named != [*works, *own, *builds[:1]] or xmp.all("dc:identifier") != (own or works[:1]):
        found = ", ".join([*xmp.all("dc:identifier"), *named, *doi]) or "-"
        yield finding("VERIFY-XMP-IDENTIFIER", Where(facts.name), found=found, works=", ".join(works) or "-")


@check("VERIFY-XMP-TERMS")
def terms(facts: Facts) -> Iterator[Finding]:
    """xmpRights:UsageTerms says what the permits add to the pages, and what the pages print; nothing else."""
    xmp = facts.structure.xmp
    if xmp is None:
        return
    said = xmp.values.get("xmpRights:UsageTerms", ())
    text = said[0][1] if said else ""
    lines = text.split("\n") if text else []
    if facts.permits:
        statements = [statement(permit.statement) for permit in facts.permits if permit.statement]
        wanted = list(dict.fromkeys([*statements, *(line for permit in facts.permits for line in permit.credit)]))
        odd = next((line for line in [*wanted, *lines] if line not in lines or line not in wanted), "")
    else:
        odd = _unprinted(facts, lines)
    if odd or (said and [*said] != [("x-default", text), ("zh", text)]):
        yield finding("VERIFY-XMP-TERMS", Where(facts.name), line=odd or text or "-")


def _unprinted(facts: Facts, lines: list[str]) -> str:
    """What of these lines no page prints, or what a page prints after its notice that is none of them."""
    missed = set(lines)
    for page in facts.pages:
        if page.stamp is None or page.label is None:
            continue
        rest = page.stamp.text.removeprefix(facts.notice.text).removesuffix(label(*page.label))
        for line in lines:
            if line and rest.startswith(line):
                rest = rest.removeprefix(line)
                missed.discard(line)
        if rest:
            return rest
    return next(iter(sorted(missed)), "")


@check("VERIFY-METADATA")
def other_words(facts: Facts) -> Iterator[Finding]:
    """No second place speaks of rights: the packet has the properties that we write, and nothing else has any."""
    flaws = [flaw.what for flaw in facts.structure.flaws if flaw.code == "VERIFY-METADATA"]
    for what in dict.fromkeys([*facts.structure.strangers, *flaws]):
        yield finding("VERIFY-METADATA", Where(facts.name), what=what)
    for name in sorted((facts.structure.xmp.values if facts.structure.xmp else {}).keys() - _OURS):
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
        "Title (zh)": (_first(xmp, "dc:title"), next(iter(xmp.langs("dc:title", "zh")), _first(xmp, "dc:title"))),
        "Subject": (info.get("Subject", ""), _first(xmp, "dc:description")),
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
