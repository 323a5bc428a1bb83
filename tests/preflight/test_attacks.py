# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Whatever is done to a finished file to lose its notice, verify finds it, and says so with the code of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pdf_colours  # noqa: F401
import pdf_decoys  # noqa: F401
import pdf_fonts  # noqa: F401
import pdf_packets  # noqa: F401
import pdf_reaching  # noqa: F401
import pikepdf
import pytest
from pdf_attacks import ATTACKS, Attack, notice_font, stamp_of
from pdf_blank_font import without_ink
from pdf_samples import FONTS, codes, edited, expected, faults, laid_out, permit, put, stamped

from kanyin.findings import ToolError
from kanyin.model import Notice
from kanyin.notice import canonical
from kanyin.preflight.registry import checks
from kanyin.preflight.verify import gather, verify

STATEMENT = "本文观点由作者负责"
ALLOWED = expected(True, STATEMENT)
OF_THE_PERMIT = {"VERIFY-CREDIT", "VERIFY-STATEMENT", "VERIFY-WORK"}


def sample() -> bytes:
    return stamped(pages=3, credit=True, statement=STATEMENT)


def test_the_sample_is_clean_before_it_is_attacked() -> None:
    assert faults(sample(), ALLOWED) == []


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_is_found(attack: Attack) -> None:
    found = codes(edited(sample(), attack.edit), ALLOWED)
    assert attack.codes <= found
    assert found == attack.codes or not attack.alone


@pytest.mark.parametrize("attack", [a for a in ATTACKS if not a.codes & OF_THE_PERMIT], ids=lambda attack: attack.name)
def test_an_attack_is_found_by_those_who_know_no_permit(attack: Attack) -> None:
    assert codes(edited(sample(), attack.edit), None)


SEEN_BY_ALL = {code for attack in ATTACKS for code in attack.codes}


@pytest.mark.parametrize("attack", [a for a in ATTACKS if a.text_remains], ids=lambda attack: attack.name)
def test_searching_the_text_would_have_missed_it(attack: Attack) -> None:
    """On at least one page that the attack reached, every clause is still found by searching."""
    facts = gather(edited(sample(), attack.edit), "", canonical(), fonts=FONTS, expected=None)
    assert all(all(page.clauses) for page in facts.pages)


CLAUSES = canonical().clauses
MUTATIONS = [
    (0, "版权归中华医学会所有", "full stop missing"),
    (0, "版权归中华医学会所有．", "other stop"),
    (0, "版权归中华医学会所有.", "ASCII stop"),
    (0, "版权归中华医学会会所有。", "character doubled"),
    (0, "版权归中华医学所有。", "character missing"),
    (0, "版权归中华医字会所有。", "look-alike character"),
    (0, "版权归中华医学会所无。", "opposite"),
    (0, "版杈归中华医学会所有。", "look-alike character at the start"),
    (0, "著版权归中华医学会所有。", None),
    (0, "版权归中國医学会所有。", "traditional character"),
    (1, "未经授权,不得转载、摘编本刊文章，不得使用本刊的版式设计。", "ASCII comma"),
    (1, "未经授权不得转载、摘编本刊文章，不得使用本刊的版式设计。", "comma missing"),
    (1, "末经授权，不得转载、摘编本刊文章，不得使用本刊的版式设计。", "末 for 未"),
    (1, "已经授权，不得转载、摘编本刊文章，不得使用本刊的版式设计。", "已 for 未"),
    (1, "未经授权，也得转载、摘编本刊文章，不得使用本刊的版式设计。", "不 replaced"),
    (1, "未经授权，得转载、摘编本刊文章，不得使用本刊的版式设计。", "不 missing"),
    (1, "未经授权，不得转载，摘编本刊文章，不得使用本刊的版式设计。", "comma for 、"),
    (1, "未经授权，不得转载、摘编本刊文章，不得使用本刊的版式设计", "last mark missing"),
    (1, "未经授权，不得转载、摘编本刊文，不得使用本刊的版式设计。", "character missing inside"),
    (1, "未经授权，不得转载、摘编本刊文章，不必使用本刊的版式设计。", "必 for 得"),
    (1, "未经授权，不得转载、摘編本刊文章，不得使用本刊的版式设计。", "traditional 編"),
    (1, "未经授权，不得转载 、摘编本刊文章，不得使用本刊的版式设计。", "space inside"),
    (2, "除非特別声明，本刊刊出的所有文章不代表中华医学会和本刊编委会的观点。", "traditional 別"),
    (2, "除非特别声明，本刊出的所有文章不代表中华医学会和本刊编委会的观点。", "one 刊 less"),
    (2, "除非特别声明，本刊刊出的所有文章代表中华医学会和本刊编委会的观点。", "不 missing"),
    (2, "除非特别声明，本刊刊出的所有文章不代表中华医学会和本刊编委的观点。", "会 missing"),
    (2, "除非特别声明，本刊刊出的所有文章不代表中华医学会和本刊编委会的观点．", "other stop at the end"),
    (2, "非特别声明，本刊刊出的所有文章不代表中华医学会和本刊编委会的观点。", "first character missing"),
    (2, "除非特别声明，本刊刊出的所有文章不代表中华医学会或本刊编委会的观点。", "或 for 和"),
    (2, "除非特别声明，本刊刊出的一切文章不代表中华医学会和本刊编委会的观点。", "two characters"),
    (2, "除非特别声明：本刊刊出的所有文章不代表中华医学会和本刊编委会的观点。", "colon for comma"),
]


@pytest.mark.parametrize(("clause", "words", "what"), MUTATIONS, ids=[f"{c}-{w}" for c, _, w in MUTATIONS])
def test_one_character_is_enough(clause: int, words: str, what: str | None) -> None:
    """Stamped with another wording, the file does not pass; `None`: words before the notice leave it whole."""
    changed = tuple(words if n == clause else text for n, text in enumerate(CLAUSES))
    data = put(laid_out(), permit(notice=Notice("near", "zh-Hans", changed, "")))
    found = codes(data) & {"VERIFY-NOTICE-TEXT", "VERIFY-NOTICE-MISSING"}
    assert found == ({"VERIFY-NOTICE-TEXT"} if what else set())
    assert "VERIFY-XMP-RIGHTS" in codes(data)


def test_a_notice_quoted_in_the_article_does_not_stand_in_for_the_stamp() -> None:
    """The quotation is as good as the stamp only if it is as visible: here it is in another face."""
    quoted = laid_out(extra=f'<p style="font-family: Kanyin Hei">{canonical().text}</p>')
    assert codes(quoted) >= {"VERIFY-NOTICE-INK", "VERIFY-PAGE-LABEL"}
    assert faults(put(quoted), permit()) == []


def test_the_lines_between_show_what_they_say_also_to_those_who_know_no_permit() -> None:
    """A credit of glyphs that only it uses, taken out: the notice and the label are whole."""

    def fade(pdf: pikepdf.Pdf) -> None:
        font = notice_font(pdf)
        *notice, credit, label = re.findall(rb"<(\w+)> Tj", stamp_of(pdf.pages[0]).read_bytes())
        others = {line[i : i + 4] for line in (*notice, label) for i in range(0, len(line), 4)}
        own = {int(credit[i : i + 4], 16) for i in range(0, len(credit), 4) if credit[i : i + 4] not in others}
        program = font.DescendantFonts[0].FontDescriptor.FontFile3
        program.write(without_ink(program.read_bytes(), own))

    data = edited(stamped(credit=True), fade)
    assert codes(data) == {"VERIFY-STAMP"}
    assert codes(data, expected(True)) == {"VERIFY-CREDIT"}


def test_a_stamp_for_another_work_is_found() -> None:
    assert codes(put(laid_out(), permit(work="another.work")), permit()) >= {"VERIFY-WORK", "VERIFY-XMP-IDENTIFIER"}


def test_permits_and_pages_must_be_as_many() -> None:
    assert "VERIFY-PAGES" in codes(stamped(pages=2), [permit()])


def test_an_encrypted_file_is_refused_even_when_it_opens() -> None:
    locked = edited(
        stamped(), lambda pdf: None, encryption=pikepdf.Encryption(owner="o", user=""), deterministic_id=False
    )
    assert "VERIFY-ENCRYPTED" in codes(locked)
    shut = edited(
        stamped(), lambda pdf: None, encryption=pikepdf.Encryption(owner="o", user="u"), deterministic_id=False
    )
    assert codes(shut) == {"VERIFY-ENCRYPTED"}


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"no PDF at all", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"])
def test_what_cannot_be_read_is_not_accepted(data: bytes) -> None:
    assert codes(data) == {"VERIFY-UNREADABLE"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("UserUnit", 0),
        ("UserUnit", -1),
        ("UserUnit", 1000),
        ("Rotate", 45),
        ("MediaBox", [0, 0, 0, 0]),
        ("MediaBox", [0, 0, 595, 4000]),
        ("CropBox", [0, 0, 595]),
        ("MediaBox", [-900000, 0, 900000, 842]),
    ],
)
def test_a_page_of_no_size_that_paper_has_is_refused(key: str, value: object) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj[f"/{key}"] = value

    assert codes(edited(sample(), edit)) == {"VERIFY-BOX"}


def test_a_page_tree_that_miscounts_is_refused() -> None:
    """Viewers that believe the number show other pages than those that walk the tree."""
    plain = edited(sample(), lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert codes(plain, ALLOWED) == set()
    tree = re.search(rb"<<[^<>]*/Count 3[^<>]*/Kids[^<>]*>>", plain)
    assert tree
    lying = plain.replace(tree[0], tree[0].replace(b"/Count 3", b"/Count 2"))
    assert "VERIFY-PAGES" in codes(lying, ALLOWED)


def test_an_object_that_says_two_things_is_refused() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.AContents = pdf.make_stream(b"0 0 50 50 re f")

    twice = edited(sample(), edit, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert codes(twice.replace(b"/AContents", b"/Contents "), ALLOWED) == {"VERIFY-UNREADABLE"}


def test_a_font_with_other_shapes_proves_nothing(tmp_path: Path) -> None:
    """Even with a list of fonts beside it that calls it the right one."""
    (tmp_path / "kanyin-song.otf").write_bytes((FONTS / "kanyin-hei.otf").read_bytes())
    (tmp_path / "fonts.yaml").write_bytes((FONTS / "fonts.yaml").read_bytes())
    with pytest.raises(ToolError, match="VERIFY-FONT"):
        verify(sample(), "", canonical(), fonts=tmp_path)


def test_each_check_has_a_file_that_it_finds() -> None:
    elsewhere = {"VERIFY-ENCRYPTED", "VERIFY-PAGES", "VERIFY-PAPER", "VERIFY-UNREADABLE"}
    assert set(checks()) | {"VERIFY-UNREADABLE"} == SEEN_BY_ALL | elsewhere


def test_a_check_yields_its_own_code_only() -> None:
    for attack in (a for a in ATTACKS if a.codes != {"VERIFY-UNREADABLE"}):
        facts = gather(edited(sample(), attack.edit), "", canonical(), fonts=FONTS, expected=ALLOWED)
        for code, check in checks().items():
            assert {found.code for found in check(facts)} <= {code}
