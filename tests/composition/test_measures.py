# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Every measure sees the fault that it is there for, and none where there is none.

The PDFs are written here glyph by glyph, so that what must be measured is known to the hundredth of a point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from composition_pages import lay_out, pdf
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.composition import glyphs, texts
from bench.composition.lines import columns_of
from bench.composition.measures import Measures, main, measure

EM = 10.0
LEFT, RIGHT = 50.0, 250.0
COLUMNS = [(LEFT, RIGHT), (270.0, 470.0)]
CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
{} beginbfchar
{}
endbfchar endcmap end end"""


@dataclass(frozen=True)
class Set:
    """A line to be written: glyphs `pitch` em apart from `x`, or at places of their own (`at`, em from `x`), pt."""

    text: str
    y: float
    x: float = LEFT
    pitch: float = 1.0
    at: Sequence[float] = ()
    size: float = EM
    font: str = "/F1"


def width(character: str) -> float:
    return 0.5 if ord(character) < 0x400 else 1.0


def write(path: Path, *pages: Sequence[Set], map_to: dict[str, str] | None = None, draw: str = "") -> Path:
    """A PDF with one font whose glyph numbers are the characters' code points; Latin is half an em wide."""
    document = pikepdf.new()
    used = sorted({ord(c) for page in pages for line in page for c in line.text})
    shown = {c: (map_to or {}).get(chr(c), chr(c)) for c in used}
    mapped = [f"<{c:04x}> <{text.encode('utf-16-be').hex()}>" for c, text in shown.items() if text]

    def font(name: str) -> pikepdf.Object:
        descriptor = pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor,
            FontName=pikepdf.Name(name),
            Flags=4,
            FontBBox=[0, -200, 1000, 800],
            Ascent=800,
            Descent=-200,
        )
        under = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.CIDFontType2,
            BaseFont=pikepdf.Name(name),
            DW=1000,
            CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            W=[0, pikepdf.Array([500] * 0x400)],
            FontDescriptor=document.make_indirect(descriptor),
        )
        return document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type0,
                BaseFont=pikepdf.Name(name),
                Encoding=pikepdf.Name("/Identity-H"),
                DescendantFonts=[document.make_indirect(under)],
                ToUnicode=document.make_stream(CMAP.format(len(mapped), "\n".join(mapped)).encode()),
            )
        )

    fonts = pikepdf.Dictionary({"/F1": font("/AAAAAA+One"), "/F2": font("/Two")})
    for lines in pages:
        commands = []
        for line in lines:
            place = 0.0
            for k, character in enumerate(line.text):
                x = line.x + (line.at[k] if line.at else place) * line.size
                commands.append(f"BT {line.font} {line.size} Tf {x:.3f} {line.y:.3f} Td <{ord(character):04x}> Tj ET")
                place += line.pitch if width(character) == 1 else 0.5
        page = document.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=fonts)
        page.Contents = document.make_stream((draw + "\n" + "\n".join(commands)).encode())
    document.save(path)
    return path


def look(tmp_path: Path, source: str, *pages: Sequence[Set], **more: object) -> Measures:
    return measure(write(tmp_path / "hand.pdf", *pages, **more), source, EM, COLUMNS)  # type: ignore[arg-type]


FULL = "国民经济发展水平提高了人口老龄化的程度又"  # 20 Han: exactly the measure


def test_a_sound_page_has_no_faults(tmp_path: Path) -> None:
    found = look(tmp_path, FULL * 2 + "完成", [Set(FULL, 700), Set(FULL, 684), Set("完成", 668)])
    assert (found.lines, found.full_lines, found.off_edge, found.exact) == (3, 2, 0, True)
    assert found.pitch_sd == pytest.approx(0, abs=1e-4)
    assert found.pitch_max == pytest.approx(1)
    assert (found.bad_starts, found.bad_ends, found.single_last, found.split_total) == (0, 0, 0, 0)
    assert found.worst == {}


@pytest.mark.parametrize(("short", "off"), [(0.0, 0), (0.9, 0), (1.1, 1), (12.0, 1), (-1.1, 1)])
def test_off_the_edge_is_more_than_a_point(tmp_path: Path, short: float, off: int) -> None:
    pitch = 1 - short / EM / 19
    found = look(tmp_path, FULL + "完成", [Set(FULL, 700, pitch=pitch), Set("完成", 684)])
    assert found.off_edge == off
    assert found.off_edge_max_pt == pytest.approx(abs(short), abs=0.02)
    assert found.over_edge_max_pt == pytest.approx(max(0, -short), abs=0.02)


@pytest.mark.parametrize(("origin", "half", "off"), [(19.0, 0, 0), (19.5, 1, 0), (19.25, 1, 1)])
def test_a_mark_at_the_end_may_be_half_or_full(tmp_path: Path, origin: float, half: int, off: int) -> None:
    """What counts is where its ink may end: in the middle of its em."""
    line = FULL[:19] + "，"
    places = [k * (origin / 19) for k in range(19)] + [origin]
    found = look(tmp_path, line + "完成", [Set(line, 700, at=places), Set("完成", 684)])
    assert (found.end_marks, found.end_marks_half, found.off_edge) == (1, half, off)


@pytest.mark.parametrize(("x", "half"), [(LEFT, 0), (LEFT - 5, 1)])
def test_an_opening_mark_at_the_start(tmp_path: Path, x: float, half: int) -> None:
    found = look(
        tmp_path, FULL + "（" + FULL[:19] + "完成", [Set(FULL, 700), Set("（" + FULL[:19], 684, x=x), Set("完成", 668)]
    )
    assert (found.start_openers, found.start_openers_half) == (1, half)


def test_the_pitch_of_han_is_measured_in_full_lines_only(tmp_path: Path) -> None:
    found = look(tmp_path, FULL[:10] + "完成" * 3, [Set(FULL[:10], 700, pitch=1.1), Set("完成" * 3, 684, pitch=1.5)])
    assert found.pitch_max == pytest.approx(1.1)
    assert found.pitch_mean == pytest.approx(1.1)
    two = look(
        tmp_path,
        FULL[:10] * 2 + "完成",
        [Set(FULL[:10], 700, pitch=1.1), Set(FULL[:10], 684, pitch=0.9), Set("完成", 668)],
    )
    assert two.pitch_sd == pytest.approx(0.1)
    assert two.pitch_min == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("text", "pitch", "pairs", "squeezed"),
    [
        ("甲），乙", 1.0, 1, 0),
        ("甲），乙", 0.5, 1, 1),
        ("甲（）乙", 1.0, 0, 0),
        ("甲——乙", 1.0, 0, 0),
        ("甲，乙。", 1.0, 0, 0),
    ],
)
def test_pairs_of_marks(tmp_path: Path, text: str, pitch: float, pairs: int, squeezed: int) -> None:
    found = look(tmp_path, text, [Set(text, 700, at=[0, 1, 1 + pitch, 3])])
    assert (found.pairs, found.pairs_squeezed) == (pairs, squeezed)


def test_gaps_between_han_and_latin(tmp_path: Path) -> None:
    found = look(tmp_path, "甲a乙", [Set("甲a乙", 700, at=[0, 1.2, 1.7 + 0.4])])
    assert (found.gaps, found.gap_min, found.gap_max) == (2, pytest.approx(0.2), pytest.approx(0.4))
    assert found.gap_mean == pytest.approx(0.3)
    assert found.gap_good == 0.5


def test_a_superscript_makes_no_gap(tmp_path: Path) -> None:
    found = look(tmp_path, "甲1乙", [Set("甲", 700), Set("1", 703, x=LEFT + 10, size=6), Set("乙", 700, x=LEFT + 13)])
    assert (found.gaps, found.lines, found.exact) == (0, 1, True)


def test_a_gap_at_the_edge_of_a_line(tmp_path: Path) -> None:
    line = FULL[:19] + "a"
    found = look(
        tmp_path, line + FULL + "完成", [Set(line, 700, at=[*range(19), 19.2]), Set(FULL, 684), Set("完成", 668)]
    )
    assert found.gap_at_edges == pytest.approx(0.3)


def test_word_spaces(tmp_path: Path) -> None:
    found = look(tmp_path, "a b c", [Set("abc", 700, at=[0, 0.8, 2.1])])
    assert found.word_space_max == pytest.approx(0.8)


@pytest.mark.parametrize("mark", "，。、；：！？）》】」』”’…—～％℃")
def test_forbidden_at_the_start(tmp_path: Path, mark: str) -> None:
    found = look(tmp_path, FULL + mark + "完成", [Set(FULL, 700), Set(mark + "完成", 684)])
    assert found.bad_starts == 1


@pytest.mark.parametrize("mark", "（《【「『“‘([")
def test_forbidden_at_the_end(tmp_path: Path, mark: str) -> None:
    found = look(tmp_path, FULL[:19] + mark + "完成", [Set(FULL[:19] + mark, 700), Set("完成", 684)])
    assert found.bad_ends == 1


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("10", "mg", "unit"),
        ("1", "2", "number"),
        ("0.", "5", "number"),
        ("5", "%", "unit"),
        ("3～", "5", "range"),
        ("P＜", "0.05", "relation"),
        ("P", "=0.05", "relation"),
        ("—", "—", "dash"),
        ("…", "…", "dash"),
        ("[1,", "3]", "citation"),
        ("甲", "[1]", "citation_start"),
    ],
)
def test_splits(tmp_path: Path, before: str, after: str, kind: str) -> None:
    found = look(tmp_path, f"完{before}{after}成", [Set("完" + before, 700), Set(after + "成", 684)])
    assert found.splits[kind] >= 1


def test_an_address_may_be_split_before_a_separator(tmp_path: Path) -> None:
    found = look(tmp_path, "见10.1000/ab.12完", [Set("见10.1000/ab", 700), Set(".12完", 684)])
    assert (found.split_total, found.bad_starts) == (0, 0)


@pytest.mark.parametrize(("rest", "single"), [("完", 1), ("完。", 1), ("完成", 0), ("完成。", 0)])
def test_one_character_in_the_last_line(tmp_path: Path, rest: str, single: int) -> None:
    found = look(tmp_path, FULL + rest, [Set(FULL, 700), Set(rest, 684)])
    assert found.single_last == single


def test_a_paragraph_of_one_character_is_no_fault(tmp_path: Path) -> None:
    assert look(tmp_path, "完\n成", [Set("完", 700), Set("成", 684)]).single_last == 0


def test_baselines_of_two_columns(tmp_path: Path) -> None:
    source = FULL * 4 + "完成"
    first = [Set(FULL, 700), Set(FULL, 684)]
    even = look(tmp_path, source, [*first, Set(FULL, 700, x=270), Set(FULL, 684, x=270), Set("完成", 668, x=270)])
    assert (even.columns, even.baseline_offset_pt) == (2, pytest.approx(0, abs=0.01))
    odd = look(tmp_path, source, [*first, Set(FULL, 697, x=270), Set(FULL, 681, x=270), Set("完成", 665, x=270)])
    assert odd.baseline_offset_pt == pytest.approx(3, abs=0.01)


def test_heights_of_the_columns_of_the_last_page(tmp_path: Path) -> None:
    lines = [Set(FULL, 700 - 16 * k) for k in range(4)]
    found = look(tmp_path, FULL * 5 + "完", [*lines, Set(FULL, 700, x=270), Set("完", 684, x=270)])
    assert found.last_page_difference == pytest.approx(2)


def test_widows_and_orphans(tmp_path: Path) -> None:
    found = look(
        tmp_path,
        FULL * 2 + "完成\n" + FULL + "完成",
        [Set(FULL, 700), Set(FULL, 684)],
        [Set("完成", 700), Set(FULL, 684)],
        [Set("完成", 700)],
    )
    assert found.widows == 3


def test_a_heading_may_not_end_a_column(tmp_path: Path) -> None:
    found = look(
        tmp_path,
        FULL + "完成\n标题\n" + FULL + "完成",
        [
            Set(FULL, 700),
            Set("完成", 684),
            Set("标题", 668, font="/F2"),
            Set(FULL, 700, x=270),
            Set("完成", 684, x=270),
        ],
    )
    assert found.headings_last == 1


def test_the_text_layer(tmp_path: Path) -> None:
    page = [Set("甲乙丙", 700)]
    assert look(tmp_path, "甲乙丙", page).exact
    assert not look(tmp_path, "甲丙乙", page).exact
    assert not look(tmp_path, "甲乙丙丁", page).exact
    radicals = look(tmp_path, "甲生丙", [Set("甲生丙", 700)], map_to={"生": "⽣"})
    assert (radicals.exact, radicals.radicals, radicals.found) == (False, 1, 1.0)
    assert look(tmp_path, "甲乙丙", page, map_to={"乙": "\ufffd"}).replaced == 1
    assert look(tmp_path, "甲乙丙", page, map_to={"乙": ""}).replaced == 1


def test_a_hyphen_at_a_line_s_end_is_no_fault_of_the_text_layer(tmp_path: Path) -> None:
    found = look(tmp_path, "abcdef", [Set("abc-", 700), Set("def", 684)])
    assert (found.exact, found.hyphens) == (True, 1)
    assert not look(tmp_path, "abcdef", [Set("ab-c", 700), Set("def", 684)]).exact


def test_notdef_and_fonts(tmp_path: Path) -> None:
    found = look(tmp_path, "甲乙", [Set("甲\0乙", 700)])
    assert found.notdef == 1
    assert found.not_embedded == 2  # neither font holds a file
    assert found.not_subset == 1


def test_fonts_of_a_real_document_are_embedded_subsets(tmp_path: Path) -> None:
    out = tmp_path / "real.pdf"
    out.write_bytes(pdf(lay_out("<p>甲（乙），x̄±s</p>")))
    found = measure(out, "甲（乙），x̄±s", EM)
    assert (found.exact, found.notdef, found.not_embedded, found.not_subset) == (True, 0, 0, 0)


def test_rules_of_a_table(tmp_path: Path) -> None:
    draw = "1 w 50 700 m 250 700 l S 0.5 w 50 684 m 150 684 l S 150 684 m 250 684 l S 50 600 200 1 re f"
    assert look(tmp_path, "完成", [Set("完成", 690)], draw=draw).table_rules == ("1/0.5/1 |0",)
    upright = look(tmp_path, "完成", [Set("完成", 690)], draw=draw + " 100 600 m 100 700 l S")
    assert upright.table_rules == ("1/0.5/1 |1",)


def test_figures_stand_near_their_mention(tmp_path: Path) -> None:
    found = look(
        tmp_path, "见图1示\n" + FULL + "\n图1完成", [Set("见图1示", 700), Set(FULL, 684)], [Set("图1完成", 700)]
    )
    assert found.figure_distance == 1


@settings(max_examples=20)
@given(st.integers(10, 30), st.floats(30, 90), st.floats(15, 40))
def test_columns_are_found(count: int, left: float, gap: float) -> None:
    second = left + 200 + gap
    made = [
        glyphs.Glyph(0, "国", x + 10 * k, x + 10 * k + 10, 800 - 16 * n, EM, "F", notdef=False)
        for x in (left, second)
        for n in range(count)
        for k in range(2 if n % 5 == 0 else 0, 20)
    ]
    found = columns_of(made, EM)
    assert [round(a, 1) for a, _ in found] == pytest.approx([left, second], abs=0.5)
    assert [round(b, 1) for _, b in found] == pytest.approx([left + 200, second + 200], abs=0.5)


def test_opening_marks_at_the_starts_of_lines_do_not_move_a_column() -> None:
    """Half an em of blank stands left of the edge: with many such lines it looks like an edge of its own."""
    lefts = [LEFT, LEFT, LEFT, LEFT - 0.5 * EM, LEFT - 0.5 * EM]
    found = [
        glyphs.Glyph(0, "甲", left + n * EM, left + (n + 1) * EM, 700.0 - 15 * row, EM, "F", False)
        for row, left in enumerate(lefts)
        for n in range(20)
    ]
    assert columns_of(found, EM)[0][0] == LEFT


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = write(tmp_path / "hand.pdf", [Set(FULL, 700, pitch=0.9), Set("完成", 684)])
    source = tmp_path / "source.txt"
    source.write_text(FULL + "完成", "utf-8")
    assert main([str(made), "--source", str(source), "--em", "10", "--columns", "50:250"]) == 0
    said = capsys.readouterr().out
    assert "off_edge               1\n" in said
    assert "exact                  True\n" in said


@pytest.mark.parametrize("name", texts.names())
def test_the_texts_are_long_and_varied(name: str) -> None:
    plain = texts.plain(texts.load(name))
    bare = "".join(plain.split())
    assert len(bare) >= (2300 if name == "plain" else 6000)
    assert not set("*^") & set(bare.replace("10^9", ""))
    chunks = [bare[k : k + 12] for k in range(len(bare) - 12)]
    assert len(set(chunks)) > 0.985 * len(chunks)
    assert "\N{OBJECT REPLACEMENT CHARACTER}" not in bare


def test_the_markup_of_the_texts() -> None:
    heading, text = texts.parse("# 题^[1]^\n\n甲*P*＜0.05，**乙**，10^9/L。\n")
    assert heading.heading and heading.plain == "题[1]"
    assert text.runs == (("text", "甲"), ("italic", "P"), ("text", "＜0.05，"), ("bold", "乙"), ("text", "，10^9/L。"))
