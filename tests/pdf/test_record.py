# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""One record, written twice: the XMP packet and the document information say the same."""

from __future__ import annotations

from datetime import date, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_samples import CREDIT, WORK, permit, record

from kanyin.model import AbstractPart, Article, Contributor, Front, History, Journal, Styled, Text
from kanyin.notice import canonical
from kanyin.pdf.metadata import CLAIMS, NOTICE_EN, Claims, Record, info, xmp
from kanyin.pdf.metadata import record as record_of

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
ID = "0123"
BUILD = "012345678901"


def read(packet: bytes) -> dict[str, list[str] | dict[str, str]]:
    """Local name → texts, or language → text."""
    found: dict[str, list[str] | dict[str, str]] = {}
    description = ElementTree.fromstring(packet).find(f".//{RDF}Description")
    assert description is not None
    for element in description:
        items = element.findall(f"*/{RDF}li")
        langs = {i.get("{http://www.w3.org/XML/1998/namespace}lang", ""): i.text or "" for i in items}
        name = element.tag.partition("}")[2]
        found[name] = [element.text or ""] if not items else [i.text or "" for i in items] if "" in langs else langs
    return found


def test_the_packet_says_whose_it_is_and_what_may_be_done_with_it() -> None:
    allowed = permit(credit=(CREDIT,), statement="本文观点由作者负责")
    said = read(
        xmp(record(rights_en="All rights reserved.", holder=("中华医学会", "CMA")), [allowed], Claims(), ID, BUILD)
    )
    assert said["rights"] == {
        "x-default": canonical().text,
        "zh": canonical().text,
        "en": "All rights reserved.",
    }
    assert said["Marked"] == ["True"]
    assert said["Owner"] == ["中华医学会", "CMA"]
    assert said["UsageTerms"] == dict.fromkeys(("x-default", "zh"), f"特别声明：本文观点由作者负责\n{CREDIT}")
    assert said["Identifier"] == [WORK, f"doi:10.3760/{WORK}", f"build:{BUILD}"]
    assert said["identifier"] == [f"doi:10.3760/{WORK}"]
    assert said["title"] == {
        "x-default": "院前急救时间与预后",
        "zh": "院前急救时间与预后",
        "en": "Pre-hospital time and outcome",
    }
    assert said["creator"] == ["王伟", "李娜"]


def test_an_issue_names_all_its_works_and_terms_once() -> None:
    permits = [permit(work="a", credit=("甲",)), permit(work="a", credit=("甲",)), permit(work="b", credit=("乙",))]
    said = read(xmp(record(doi=""), permits, Claims(), ID, BUILD))
    assert said["Identifier"] == ["a", "b", f"build:{BUILD}"]
    assert said["UsageTerms"]["zh"] == "甲\n乙"  # type: ignore[call-overload]
    assert said["identifier"] == ["a"]


def test_dates_are_written_as_each_place_wants_them() -> None:
    assert info(record())["/CreationDate"] == "D:20241210083000+08'00'"
    assert read(xmp(record(), [permit()], Claims(), ID, BUILD))["CreateDate"] == ["2024-12-10T08:30:00+08:00"]


def test_a_date_without_its_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        info(record(created=datetime(2024, 12, 10)))


@pytest.mark.parametrize(
    ("claims", "present", "absent"),
    [
        (Claims(), [], ["pdfaid:part", "pdfuaid:part", "pdfxid", "pdfaExtension:schemas"]),
        (CLAIMS["screen"], ["<pdfuaid:part>1<"], ["pdfaid:part", "pdfaExtension:schemas"]),
        (
            CLAIMS["archive"],
            ["<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "<pdfaSchema:prefix>pdfuaid<"],
            ["pdfxid:GTS"],
        ),
        (Claims(a="2B"), ["<pdfaid:part>2<", "<pdfaid:conformance>B<"], ["<pdfuaid:part", "prefix>pdfuaid<"]),
        (Claims(x="PDF/X-4"), ["GTS_PDFXVersion>PDF/X-4<", "<pdf:Trapped>False<"], ["pdfaid:part"]),
    ],
)
def test_only_what_is_claimed_is_written(claims: Claims, present: list[str], absent: list[str]) -> None:
    text = xmp(record(), [permit()], claims, ID, BUILD).decode()
    text = text.partition("<rdf:Description")[2].partition(">")[2]
    assert all(one in text for one in present)
    assert not any(f"<{one}" in text or (one.startswith("prefix") and one in text) for one in absent)


def test_pdf_a_is_told_of_every_property_it_does_not_know() -> None:
    journal = Journal(name="测试医学杂志", issn="0000-0000", volume="1")
    text = xmp(record(journal=journal), [permit()], CLAIMS["archive"], ID, BUILD).decode()
    for name in ("publicationName", "issn", "volume", "doi"):
        assert f"<prism:{name}>" in text
        assert f"<pdfaProperty:name>{name}<" in text
    assert "number" not in text


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_title_comes_back_from_the_packet(zh: str, en: str) -> None:
    """But for control characters, surrogates and carriage returns, which XML cannot hold or changes."""
    if any(0xD800 <= ord(c) <= 0xDFFF for c in zh + en):
        return
    said = read(xmp(record(title=(zh, en)), [permit()], Claims(), ID, BUILD)).get("title", {})
    assert isinstance(said, dict)
    for lang, text in (("zh", zh), ("en", en)):
        kept = "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
        assert said.get(lang, "").replace("\n", "") == kept.replace("\n", "")


def test_the_record_of_an_article() -> None:
    front = Front(
        id="x",
        title="题目",
        title_en="Title",
        doi="10.1/x",
        contribs=(Contributor("王伟"), Contributor("李娜")),
        abstract=(AbstractPart("目的", (Text("观察"), Styled("italic", (Text("P"),)))),),
        kwds=("急救",),
        journal=Journal(name="测试医学杂志"),
        history=History(published=date(2024, 12, 10), accepted=date(2024, 10, 1)),
    )
    made = record_of(Article(front, ()), permit(), "screen")
    assert made == Record(
        title=("题目", "Title"),
        created=made.created,
        profile="screen",
        authors=("王伟", "李娜"),
        doi="10.1/x",
        publisher=("测试医学杂志", ""),
        holder=("中华医学会", ""),
        rights_en=NOTICE_EN[canonical().sha256],
        journal=front.journal,
        description=("目的：观察P", ""),
        keywords=("急救",),
    )
    assert made.created.isoformat() == "2024-12-10T00:00:00+08:00"
